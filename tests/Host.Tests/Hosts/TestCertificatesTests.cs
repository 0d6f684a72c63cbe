using System.Security.Cryptography.X509Certificates;
using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Hosts;

public sealed class TestCertificatesTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_host_certificate_has_its_key_and_is_trusted_by_whoever_trusts_the_authority()
    {
        var result = await _host.RunAsync("host", "certificate", "--out", "certs", "--host", "localhost", "--host", "10.1.2.3");

        Assert.Equal((ExitCode.Done, ""), (result.ExitCode, result.Error));
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_host.PathOf("certs", "authority.crt"));
        foreach (var name in new[] { "localhost", "10.1.2.3" })
        {
            using var certificate = X509CertificateLoader.LoadPkcs12FromFile(_host.PathOf("certs", $"{name}.pfx"), "");
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(authority);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

            Assert.True(certificate.HasPrivateKey);
            Assert.True(chain.Build(certificate), string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation)));
            Assert.True(certificate.MatchesHostname(name));
        }
    }

    [Fact]
    public async Task Only_the_owner_may_read_a_key()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await _host.RunAsync("host", "certificate", "--out", "certs");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_host.PathOf("certs", "localhost.pfx")));
    }
}
