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
    }

    [Fact]
    public void A_log_stays_while_the_checkpoint_does_not_know_one_of_its_updates()
    {
        using var log = new AcceptedLog(_folder.Root, _ => { });
        log.Begin(4, []);
        log.Append(Update(1));
        log.Append(Update(2));
        log.Begin(5, [2, 7]);
        log.Append(Update(3));

        Assert.Equal([Update(1), Update(2), Update(3)], log.Read(5).AsEnumerable());
        log.Begin(5, [2, 7]);
        log.Append(Update(4));
        log.Begin(6, [7]);

        Assert.Empty(log.Read(6));
        Assert.Equal([LogPath(6)], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void Where_a_process_died_between_a_checkpoint_and_its_log_the_older_log_is_read()
    {
        Write(4, Update(1));

        Assert.Equal([Update(1)], Read(5));
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
    public void A_log_that_is_written_over_a_longer_one_holds_its_own_updates_alone()
    {
        Write(4, Update(1), Update(2), Update(3));
        var length = new FileInfo(LogPath(4)).Length;

        Write(5, Update(4));

        Assert.Equal(length, new FileInfo(LogPath(5)).Length);
        Assert.Equal([LogPath(5)], Directory.GetFiles(_folder.Root));
        Assert.Equal([Update(4)], Read(5));
    }

    [Fact]
    public void A_log_that_replaced_another_and_was_never_written_is_empty()
    {
        Write(4, Update(1));

        Write(5);

        Assert.Empty(Read(5));
        Write(5, Update(2));
        Assert.Equal([Update(2)], Read(5));
    }

    [Fact]
    public async Task What_is_forced_to_disk_is_in_the_file_while_more_is_appended()
    {
        using var log = new AcceptedLog(_folder.Root, _ => { });
        log.Begin(1, []);
        log.Append(Update(1));
        var forced = log.ForceAsync();
        log.Append(Update(2));
        await forced;

        using var elsewhere = new TemporaryFolder();
        File.Copy(LogPath(1), elsewhere.At(Path.GetFileName(LogPath(1))));
        using var copy = new AcceptedLog(elsewhere.Root, _ => { });
        Assert.Equal([Update(1), Update(2)], copy.Read(1).AsEnumerable());
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
        log.Begin(1, []);

        Assert.Throws<IOException>(() => log.Append(Update(1)));
        log.Dispose();
    }

    private static AcceptedUpdate Update(long id) => new(Small.Given(id), 10, 0.5, 0.25, 1, Small.Vector(6, (ulong)id));

    private string LogPath(long checkpoint) => Path.Combine(_folder.Root, $"accepted-{checkpoint:D8}");

    private void Write(long checkpoint, params AcceptedUpdate[] updates)
    {
        using var log = new AcceptedLog(_folder.Root, _ => { });
        log.Begin(checkpoint, []);
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
