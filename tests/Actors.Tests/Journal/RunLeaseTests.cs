using FedActors.Actors.Journal;

namespace FedActors.Actors.Tests.Journal;

public sealed class RunLeaseTests
{
    [Fact]
    public void A_folder_is_held_by_one_at_a_time()
    {
        using var folder = new TemporaryFolder();
        using (RunLease.TryTake(folder.Root))
        {
            Assert.Null(RunLease.TryTake(folder.Root));
        }

        using var next = RunLease.TryTake(folder.Root);
        Assert.NotNull(next);
    }

    [Fact]
    public void A_lock_that_cannot_be_opened_is_no_other_holder()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "run.lock");

        // It exists, but to open it ends in too many links.
        File.CreateSymbolicLink(path, path);

        Assert.ThrowsAny<IOException>(() => RunLease.TryTake(folder.Root));
    }

    [Fact]
    public void Whoever_lost_the_folder_without_knowing_is_stopped_before_it_writes()
    {
        using var folder = new TemporaryFolder();
        using var lease = RunLease.TryTake(folder.Root)!;
        lease.EnsureHeld();

        // As another machine does, on a file system whose locks have failed.
        File.WriteAllText(Path.Combine(folder.Root, "run.owner"), "somebody else");

        var refusal = Assert.Throws<IOException>(lease.EnsureHeld);
        Assert.Contains("taken over", refusal.Message);
    }

    [Fact]
    public void A_lease_that_ends_leaves_the_new_owner_alone()
    {
        using var folder = new TemporaryFolder();
        var lease = RunLease.TryTake(folder.Root)!;
        File.WriteAllText(Path.Combine(folder.Root, "run.owner"), "somebody else");

        lease.Dispose();

        Assert.Equal("somebody else", File.ReadAllText(Path.Combine(folder.Root, "run.owner")));
    }

    [Fact]
    public void A_lease_that_ends_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();

        RunLease.TryTake(folder.Root)!.Dispose();

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }
}
