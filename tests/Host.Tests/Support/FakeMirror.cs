using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;

namespace FedActors.Host.Tests.Support;

/// <summary>A web server without a network: answers by address, and counts what it was asked.</summary>
internal sealed class FakeMirror : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<HttpResponseMessage>> _answers = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Requests { get; } = new();

    public FakeMirror Serve(string address, byte[] content)
    {
        _answers[address] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
        return this;
    }

    public FakeMirror Fail(string address, HttpStatusCode status)
    {
        _answers[address] = () => new HttpResponseMessage(status);
        return this;
    }

    public static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var archive = new GZipStream(packed, CompressionLevel.Fastest))
        {
            archive.Write(content);
        }

        return packed.ToArray();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!.ToString();
        Requests.Enqueue(address);
        return _answers.TryGetValue(address, out var answer)
            ? Task.FromResult(answer())
            : throw new HttpRequestException($"No such host is known ({request.RequestUri.Host}).");
    }
}
