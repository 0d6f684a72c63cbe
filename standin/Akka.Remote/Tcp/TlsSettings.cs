using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Tcp;

/// <summary>The section <c>ssl</c>: the own certificate, and what is demanded of the other side's.</summary>
internal sealed class TlsSettings(X509Certificate2 certificate, bool suppressValidation, bool mutual, bool checkName)
{
    public static TlsSettings Read(Config config, DotNettySslSetup setup)
    {
        var mutual = config.GetBoolean("require-mutual-authentication", true);
        var checkName = config.GetBoolean("validate-certificate-hostname", false);
        try
        {
            return new TlsSettings(LoadCertificate(config), config.GetBoolean("suppress-validation"), mutual, checkName);
        }
        catch (Exception) when (setup is not null)
        {
            return new TlsSettings(setup.Certificate, setup.SuppressValidation, mutual, checkName);
        }
    }

    public SslServerAuthenticationOptions ForServer() => new()
    {
        ServerCertificate = certificate,
        ClientCertificateRequired = mutual,
        RemoteCertificateValidationCallback = (_, other, _, errors) => Accepts(other, errors, demanded: mutual, ofClient: true),
    };

    public SslClientAuthenticationOptions ForClient(string host) => new()
    {
        TargetHost = host,
        ClientCertificates = [certificate],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
        RemoteCertificateValidationCallback = (_, other, _, errors) => Accepts(other, errors, demanded: true, ofClient: false),
    };

    private static X509Certificate2 LoadCertificate(Config config)
    {
        if (config.GetBoolean("certificate.use-thumbprint-over-file"))
        {
            return FromStore(config);
        }

        var path = config.GetString("certificate.path");
        if (string.IsNullOrEmpty(path))
        {
            throw new ConfigurationException("akka.remote.dot-netty.tcp.ssl.certificate.path names no certificate, but enable-ssl is on.");
        }

        var flags = config.GetStringList("certificate.flags", [])
            .Aggregate(X509KeyStorageFlags.DefaultKeySet, (all, flag) => all | Flag(flag));
        return X509CertificateLoader.LoadPkcs12FromFile(path, config.GetString("certificate.password"), flags);
    }

    private static X509Certificate2 FromStore(Config config)
    {
        var thumbprint = config.GetString("certificate.thumbprint");
        if (string.IsNullOrWhiteSpace(thumbprint))
        {
            throw new ConfigurationException(
                "akka.remote.dot-netty.tcp.ssl.certificate.thumbprint is empty, but certificate.use-thumbprint-over-file is on.");
        }

        var location = config.GetString("certificate.store-location") switch
        {
            "local-machine" => StoreLocation.LocalMachine,
            "current-user" => StoreLocation.CurrentUser,
            var other => throw new ConfigurationException(
                $"akka.remote.dot-netty.tcp.ssl.certificate.store-location is {other}; allowed are local-machine and current-user."),
        };
        using var store = new X509Store(config.GetString("certificate.store-name"), location);
        store.Open(OpenFlags.ReadOnly);
        var found = store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: !config.GetBoolean("suppress-validation"));
        return found.Count > 0 ? found[0] : throw new ConfigurationException(
            $"The store {store.Name} of {location} holds no valid certificate with thumbprint {thumbprint}.");
    }

    private static X509KeyStorageFlags Flag(string name) => name switch
    {
        "default-key-set" => X509KeyStorageFlags.DefaultKeySet,
        "exportable" => X509KeyStorageFlags.Exportable,
        "machine-key-set" => X509KeyStorageFlags.MachineKeySet,
        "persist-key-set" => X509KeyStorageFlags.PersistKeySet,
        "user-key-set" => X509KeyStorageFlags.UserKeySet,
        "user-protected" => X509KeyStorageFlags.UserProtected,
        _ => throw new ConfigurationException($"akka.remote.dot-netty.tcp.ssl.certificate.flags knows no {name}."),
    };

    private bool Accepts(X509Certificate other, SslPolicyErrors errors, bool demanded, bool ofClient)
    {
        if (other is null)
        {
            return !demanded;
        }

        // A client's name is not known beforehand, and hosts are often known by names that no certificate holds.
        if (ofClient || !checkName)
        {
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        }

        return suppressValidation || errors == SslPolicyErrors.None;
    }
}
