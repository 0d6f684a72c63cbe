using System.Text;
using FedActors.Models.Files;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Files;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_replaced_as_a_whole()
    {
        var path = _folder.At("file");
        DurableFile.Write(path, stream => stream.Write("a longer first content"u8));
        DurableFile.Write(path, stream => stream.Write("second"u8));

        Assert.Equal("second", File.ReadAllText(path, Encoding.UTF8));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there_and_nothing_else()
    {
        var path = _folder.At("file");
        File.WriteAllText(path, "before");

        Assert.Throws<IOException>(() => DurableFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        }));

        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void A_prepared_file_gets_its_name_when_it_is_published_and_goes_when_it_is_not()
    {
        var path = _folder.At("file");
        File.WriteAllText(path, "before");
        using (DurableFile.Prepare(path, stream => stream.Write("never"u8)))
        {
            Assert.Equal("before", File.ReadAllText(path));
        }

        Assert.Equal([path], Directory.GetFiles(_folder.Root));
        using (var file = DurableFile.Prepare(path, stream => stream.Write("after"u8)))
        {
            file.Publish();
        }

        Assert.Equal("after", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Root));
    }

    [FullDiskFact]
    public void A_full_disk_leaves_what_was_there()
    {
        var path = _folder.At("file");
        File.WriteAllText(path, "before");
        File.CreateSymbolicLink(path + ".tmp", "/dev/full");

        Assert.Throws<IOException>(() => DurableFile.Write(path, stream => stream.Write(new byte[100_000])));

        Assert.Equal("before", File.ReadAllText(path));
    }

    [Fact]
    public void Deleting_what_is_not_there_or_can_not_be_deleted_is_no_failure()
    {
        Directory.CreateDirectory(_folder.At("folder"));

        DurableFile.TryDelete(_folder.At("missing"), _ => { });
        DurableFile.TryDelete(_folder.At("folder"), _ => { });

        Assert.True(Directory.Exists(_folder.At("folder")));
    }
}
