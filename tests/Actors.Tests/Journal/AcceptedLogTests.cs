using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Journal;

public sealed class AcceptedLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Updates_come_back_in_the_order_they_were_accepted()
    {
        Write(4, Update(3), Update(1), Update(2));

        Assert.Equal([Update(3), Update(1), Update(2)], Read(4));
    }

    [Fact]
    public void Updates_of_another_checkpoint_do_not_come_back()
    {
        Write(4, Update(1));

        Assert.Empty(Read(3));
        Assert.Empty(Read(5));
    }

    [Fact]
    public void The_log_of_a_checkpoint_replaces_older_ones()
    {
        Write(4, Update(1));
        Write(5, Update(2));

        Assert.Empty(Read(4));
        Assert.Equal([Update(2)], Read(5));
    }

    [Fact]
    public void A_torn_tail_is_cut_off_wherever_it_was_torn()
    {
        Write(1, Update(1), Update(2));
        var whole = File.ReadAllBytes(LogPath(1));
        var first = whole.Length / 2;

        for (var length = first; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(LogPath(1), whole[..length]);

            Assert.Equal([Update(1)], Read(1));
            Assert.Equal(first, new FileInfo(LogPath(1)).Length);
        }
    }

    [Fact]
    public void After_a_torn_tail_was_cut_off_the_log_goes_on()
    {
        Write(1, Update(1), Update(2));
        using (var stream = File.OpenWrite(LogPath(1)))
        {
            stream.SetLength(stream.Length - 5);
        }

        Read(1);
        Write(1, Update(3));

        Assert.Equal([Update(1), Update(3)], Read(1));
    }

    [Fact]
    public void An_update_without_a_loss_comes_back()
    {
        var update = Update(1) with { Loss = double.NaN };
        Write(1, update);

        Assert.Equal([update], Read(1));
    }

    [Fact]
    public void Nothing_is_appended_before_the_log_has_begun()
    {
        using var log = new AcceptedLog(_folder.Root, _ => { });

        Assert.Throws<InvalidOperationException>(() => log.Append(Update(1)));
    }

    [FullDiskFact]
    public void A_full_disk_throws_on_the_update_it_has_no_room_for_and_not_again_on_closing()
    {
        File.CreateSymbolicLink(LogPath(1), "/dev/full");
        var log = new AcceptedLog(_folder.Root, _ => { });
        log.Begin(1);

        Assert.Throws<IOException>(() => log.Append(Update(1)));
        log.Dispose();
    }

    private static AcceptedUpdate Update(long id) => new(Small.Given(id), 10, 0.5, 0.25, 1, Small.Vector(6, (ulong)id));

    private string LogPath(long checkpoint) => Path.Combine(_folder.Root, $"accepted-{checkpoint:D8}");

    private void Write(long checkpoint, params AcceptedUpdate[] updates)
    {
        using var log = new AcceptedLog(_folder.Root, _ => { });
        log.Begin(checkpoint);
        foreach (var update in updates)
        {
            log.Append(update);
        }
    }

    private IEnumerable<AcceptedUpdate> Read(long checkpoint)
    {
        using var log = new AcceptedLog(_folder.Root, _ => { });
        return log.Read(checkpoint);
    }
}
