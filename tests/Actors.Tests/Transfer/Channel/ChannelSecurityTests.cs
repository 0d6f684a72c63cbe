using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Transfer.Channel;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Transfer.Channel;

public sealed class ChannelSecurityTests : IDisposable
{
    private const int Length = 300_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _certificate = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.pfx");

    public ChannelSecurityTests()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllBytes(_certificate, certificate.Export(X509ContentType.Pfx, "secret"));
    }

    public void Dispose() => File.Delete(_certificate);

    [Fact]
    public void Without_encryption_of_the_actors_connections_there_is_none() =>
        Assert.Null(ChannelSecurity.Read(ConfigurationFactory.ParseString("enable-ssl = off")));

    [Fact]
    public async Task An_encrypted_vector_comes_whole()
    {
        var vector = Small.Vector(Length, 1);

        Assert.Equal(vector, await CrossAsync(vector, Settings(suppress: true), Settings(suppress: true)));
    }

    [Fact]
    public async Task Who_is_not_known_to_an_authority_gets_nothing() =>
        await AssertRefusedAsync(here: Settings(suppress: true), there: Settings(suppress: false));

    [Fact]
    public async Task Nothing_is_taken_from_a_host_that_is_not_known_to_an_authority() =>
        await AssertRefusedAsync(here: Settings(suppress: false), there: Settings(suppress: true));

    [Fact]
    public async Task Who_does_not_encrypt_gets_nothing() => await AssertRefusedAsync(here: null, there: Settings(suppress: true));

    private static async Task AssertRefusedAsync(ChannelSecurity? here, ChannelSecurity? there)
    {
        var failure = await Record.ExceptionAsync(() => CrossAsync(Small.Vector(Length, 1), here, there));

        Assert.True(failure is InvalidDataException || Sockets.IsFailure(failure!), $"{failure}");
    }

    private static async Task<ParameterVector> CrossAsync(ParameterVector vector, ChannelSecurity? here, ChannelSecurity? there)
    {
        using var puller = ChannelUnderTest.Open(here);
        using var owner = ChannelUnderTest.Open(there);
        var builder = new ParameterVectorBuilder(vector.Length);
        await puller
            .ReceiveAsync($"{IPAddress.Loopback}", owner.Port, owner.Issue("v", vector.Bytes), builder, CancellationToken.None)
            .WaitAsync(Patience);
        return builder.Build();
    }

    private ChannelSecurity Settings(bool suppress) => ChannelSecurity.Read(ConfigurationFactory.ParseString($$"""
        enable-ssl = on
        ssl {
          suppress-validation = {{(suppress ? "on" : "off")}}
          certificate { path = "{{_certificate.Replace('\\', '/')}}", password = "secret" }
        }
        """))!;
}
