using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FedActors.Host.Hosts;

/// <summary>Makes certificates for tests: an authority of their own, and one for each host that it has signed.</summary>
internal static class TestCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialLength = 16;

    /// <summary>Makes <c>authority.crt</c> and, for each name, <c>name.pfx</c> without a password, readable by the owner only.</summary>
    /// <param name="directory">Where; made where it is missing.</param>
    /// <param name="names">Names or addresses of the hosts.</param>
    /// <param name="now">When they begin to be valid.</param>
    /// <param name="validFor">For how long.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Create(string directory, IReadOnlyList<string> names, DateTimeOffset now, TimeSpan validFor)
    {
        Directory.CreateDirectory(directory);

        // A clock that is a little behind on another machine is no reason to refuse.
        var from = now - TimeSpan.FromHours(1);
        using var authority = CreateAuthority(from, now + validFor);
        var files = new List<string> { Path.Combine(directory, "authority.crt") };
        File.WriteAllText(files[0], authority.ExportCertificatePem() + "\n");
        foreach (var name in names)
        {
            var file = Path.Combine(directory, $"{name}.pfx");
            using var certificate = CreateHost(name, authority, from, now + validFor);
            WriteSecret(file, certificate.Export(X509ContentType.Pfx));
            files.Add(file);
        }

        return files;
    }

    private static X509Certificate2 CreateAuthority(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=FedActors test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(from, to);
    }

    private static X509Certificate2 CreateHost(string name, X509Certificate2 authority, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], false));
        request.CertificateExtensions.Add(NamesOf(name));
        using var signed = request.Create(authority.SubjectName, SignerOf(authority), from, to, RandomNumberGenerator.GetBytes(SerialLength));
        return signed.CopyWithPrivateKey(key);
    }

    private static X509SignatureGenerator SignerOf(X509Certificate2 authority) =>
        X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!);

    private static X509Extension NamesOf(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        if (name == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        return names.Build();
    }

    private static void WriteSecret(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(content);
    }
}
