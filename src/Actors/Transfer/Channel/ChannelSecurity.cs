using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;

namespace FedActors.Actors.Transfer.Channel;

/// <summary>
/// Encrypts a channel as <c>akka.remote.dot-netty.tcp</c> says for the actors' connections: with the same certificate, and
/// demanding the same of the other side.
/// </summary>
internal sealed class ChannelSecurity
{
    private readonly X509Certificate2 _certificate;
    private readonly bool _suppressValidation;
    private readonly bool _mutual;

    private ChannelSecurity(X509Certificate2 certificate, bool suppressValidation, bool mutual)
    {
        _certificate = certificate;
        _suppressValidation = suppressValidation;
        _mutual = mutual;
    }

    /// <summary>Reads the settings of the actors' connections.</summary>
    /// <param name="tcp">The section <c>akka.remote.dot-netty.tcp</c>.</param>
    /// <returns>Null where they are not encrypted.</returns>
    public static ChannelSecurity? Read(Config tcp)
    {
        if (!tcp.GetBoolean("enable-ssl"))
        {
            return null;
        }

        var ssl = tcp.GetConfig("ssl");
        return new ChannelSecurity(
            LoadCertificate(ssl),
            ssl.GetBoolean("suppress-validation"),
            ssl.GetBoolean("require-mutual-authentication", true));
    }

    public async Task<Stream> ServeAsync(Stream stream, CancellationToken cancellation)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                ClientCertificateRequired = _mutual,
                RemoteCertificateValidationCallback = (_, other, _, errors) => other is null ? !_mutual : Accepts(errors),
            },
            cancellation).ConfigureAwait(false);
        return encrypted;
    }

    public async Task<Stream> CallAsync(Stream stream, string host, CancellationToken cancellation)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ClientCertificates = [_certificate],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate,
                RemoteCertificateValidationCallback = (_, other, _, errors) => other is not null && Accepts(errors),
            },
            cancellation).ConfigureAwait(false);
        return encrypted;
    }

    private static X509Certificate2 LoadCertificate(Config ssl)
    {
        if (!ssl.GetBoolean("certificate.use-thumbprint-over-file"))
        {
            return X509CertificateLoader.LoadPkcs12FromFile(ssl.GetString("certificate.path"), ssl.GetString("certificate.password"));
        }

        var location = ssl.GetString("certificate.store-location") == "local-machine" ? StoreLocation.LocalMachine : StoreLocation.CurrentUser;
        using var store = new X509Store(ssl.GetString("certificate.store-name"), location);
        store.Open(OpenFlags.ReadOnly);
        var thumbprint = ssl.GetString("certificate.thumbprint");
        return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false).FirstOrDefault()
            ?? throw new ConfigurationException($"The store {store.Name} of {location} holds no certificate with thumbprint {thumbprint}.");
    }

    /// <summary>Hosts are often known by names that no certificate holds, so the authority decides, as for the actors' connections.</summary>
    private bool Accepts(SslPolicyErrors errors) =>
        _suppressValidation || (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;
}
