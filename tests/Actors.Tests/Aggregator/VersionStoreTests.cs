using FedActors.Actors.Aggregator;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class VersionStoreTests
{
    private readonly VersionStore _store = new();

    [Fact]
    public void A_version_goes_with_its_last_holder()
    {
        Properties.Hold(Gen.Choose(1, 9), holders =>
        {
            var store = new VersionStore();
            var parameters = ParameterVector.Zeros(1);
            store.Add(4, parameters);
            for (var holder = 1; holder < holders; holder++)
            {
                store.Hold(4);
            }

            for (var holder = 0; holder < holders; holder++)
            {
                Assert.Same(parameters, store.Find(4));
                store.Release(4);
            }

            Assert.Null(store.Find(4));
            Assert.Empty(store.Versions);
        });
    }

    [Fact]
    public void A_version_that_is_not_held_can_be_neither_held_nor_released()
    {
        Assert.Throws<KeyNotFoundException>(() => _store.Hold(1));
        Assert.Throws<KeyNotFoundException>(() => _store.Release(1));
    }

    [Fact]
    public void A_version_is_entered_once()
    {
        _store.Add(1, ParameterVector.Zeros(1));

        Assert.Throws<ArgumentException>(() => _store.Add(1, ParameterVector.Zeros(1)));
    }

    [Fact]
    public void A_snapshot_does_not_change_when_the_store_does()
    {
        _store.Add(1, ParameterVector.Zeros(1));
        var snapshot = _store.Snapshot();
        _store.Release(1);

        Assert.Equal([1L], snapshot.Keys);
    }

    [Fact]
    public void Past_the_limit_the_oldest_versions_lie_on_disk_and_are_found_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var store = new VersionStore(new SpilledVersions(folder.Root), mostInMemory: 2);
        for (var version = 0; version < 5; version++)
        {
            store.Add(version, Small.Vector(3, (ulong)version));
        }

        Assert.Equal([0L, 1L, 2L], store.OnDisk);
        Assert.Equal([3L, 4L], store.Snapshot().Keys.Order());
        Assert.All(Enumerable.Range(0, 5), version => Assert.Equal(Small.Vector(3, (ulong)version), store.Find(version)));
    }

    [Fact]
    public void A_released_version_stays_on_disk_until_no_checkpoint_needs_it()
    {
        using var folder = new TemporaryFolder();
        var disk = new SpilledVersions(folder.Root);
        var store = new VersionStore(disk, mostInMemory: 1);
        store.Add(0, ParameterVector.Zeros(1));
        store.Add(1, ParameterVector.Zeros(1));
        store.Release(0);

        Assert.False(store.IsHeld(0));
        Assert.Equal(ParameterVector.Zeros(1), disk.Read(0));
        store.ForgetReleased();
        Assert.Throws<FileNotFoundException>(() => disk.Read(0));
    }
}
