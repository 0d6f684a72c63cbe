using System.Collections.Immutable;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Federation;
using FedActors.Actors.Journal;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Aggregation;
using FedActors.Models.Files;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Journal;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_folder_holds_no_checkpoint() => Assert.Null(Open().Load());

    [Fact]
    public void The_newest_checkpoint_is_loaded()
    {
        var store = Open();
        store.Save(State(1, 0, 1), 10);
        store.Save(State(2, 1, 2), 20);

        AssertLoads(State(2, 1, 2), 20);
        Assert.Equal(2, store.Newest);
    }

    [Fact]
    public void Where_the_newest_is_damaged_the_one_before_is_loaded()
    {
        Properties.Hold(
            Gen.Elements("checkpoint-00000003", "version-00000003").SelectMany(file => Gen.Choose(0, 60).Select(at => (file, at))),
            given =>
            {
                using var folder = new TemporaryFolder();
                SaveThree(folder.Root);
                Damage(Path.Combine(folder.Root, given.file), given.at);

                Checkpoints.AssertSame(State(2, 2), new CheckpointStore(folder.Root, _ => { }).Load()!.Value.Checkpoint);
            },
            count: 30);
    }

    [Theory]
    [InlineData("checkpoint-00000003")]
    [InlineData("version-00000003")]
    public void Where_a_file_of_the_newest_is_missing_or_cut_off_the_one_before_is_loaded(string file)
    {
        SaveThree(_folder.Root);
        using (var stream = File.OpenWrite(_folder.At(file)))
        {
            stream.SetLength(stream.Length / 2);
        }

        AssertLoads(State(2, 2), 2);

        SaveThree(_folder.Root);
        File.Delete(_folder.At(file));

        AssertLoads(State(2, 2), 2);
    }

    [Fact]
    public void After_falling_back_the_store_goes_on_from_there()
    {
        SaveThree(_folder.Root);
        Damage(_folder.At("checkpoint-00000003"), 20);

        var store = Open();
        store.Load();
        store.Save(State(7, 7), 70);

        AssertLoads(State(7, 7), 70);
    }

    [Fact]
    public void A_version_that_nobody_referred_to_when_the_process_died_is_written_again()
    {
        // The file of a version comes before its checkpoint. A run on the wall clock may come to another version 2.
        Open().Save(State(1, 1), 1);
        DurableFile.Write(_folder.At("version-00000002"), stream => VectorFile.Write(stream, [], [Small.Vector(4, 99)]));

        var store = Open();
        store.Load();
        store.Save(State(2, 2), 2);

        AssertLoads(State(2, 2), 2);
    }

    [Fact]
    public void A_process_that_died_between_two_files_leaves_the_checkpoint_before()
    {
        var store = Open();
        store.Save(State(1, 1), 1);
        store.Save(State(2, 2), 2);
        File.Move(_folder.At("checkpoint-00000002"), _folder.At("checkpoint-00000002.tmp"));

        AssertLoads(State(1, 1), 1);
    }

    [Fact]
    public void Checkpoints_that_are_all_damaged_are_an_error_and_not_a_new_beginning()
    {
        SaveThree(_folder.Root);
        Damage(_folder.At("checkpoint-00000002"), 20);
        Damage(_folder.At("checkpoint-00000003"), 20);

        var error = Assert.Throws<InvalidDataException>(() => Open().Load());

        Assert.Contains("checkpoint", error.Message);
        Assert.True(File.Exists(_folder.At("checkpoint-00000003")));
    }

    [Fact]
    public void Only_what_the_two_newest_need_is_kept()
    {
        var store = Open();
        for (var round = 1; round <= 5; round++)
        {
            store.Save(State(round, 0, round), round);
            store.Prune();
        }

        Assert.Equal(
            ["checkpoint-00000004", "checkpoint-00000005", "version-00000000", "version-00000004", "version-00000005"],
            Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_version_is_written_once()
    {
        var store = Open();
        store.Save(State(1, 0, 1), 1);
        var written = File.GetLastWriteTimeUtc(_folder.At("version-00000000"));
        File.SetLastWriteTimeUtc(_folder.At("version-00000000"), written.AddDays(-1));
        store.Save(State(2, 0, 1), 1);

        Assert.Equal(written.AddDays(-1), File.GetLastWriteTimeUtc(_folder.At("version-00000000")));
    }

    [Theory]
    [InlineData("version-00000002.tmp")]
    [InlineData("checkpoint-00000002.tmp")]
    public void A_refused_write_throws_and_leaves_the_checkpoint_before(string file)
    {
        var store = Open();
        store.Save(State(1, 1), 1);
        Directory.CreateDirectory(_folder.At(file));

        Assert.ThrowsAny<SystemException>(() => store.Save(State(2, 2), 2));

        AssertLoads(State(1, 1), 1);
    }

    [FullDiskFact]
    public void A_full_disk_throws_and_leaves_the_checkpoint_before()
    {
        var store = Open();
        store.Save(State(1, 1), 1);
        File.CreateSymbolicLink(_folder.At("version-00000002.tmp"), "/dev/full");

        Assert.Throws<IOException>(() => store.Save(State(2, 2), 2));

        AssertLoads(State(1, 1), 1);
    }

    private static void SaveThree(string directory)
    {
        foreach (var file in Directory.GetFiles(directory))
        {
            File.Delete(file);
        }

        var store = new CheckpointStore(directory, _ => { });
        store.Save(State(1, 1), 1);
        store.Save(State(2, 2), 2);
        store.Save(State(3, 3), 3);
        store.Prune();
    }

    private static void Damage(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at % bytes.Length] ^= 0x40;
        File.WriteAllBytes(path, bytes);
    }

    private static Checkpoint State(int round, params long[] versions) => new()
    {
        Fingerprint = "some run",
        Round = round,
        Now = TimeSpan.FromSeconds(round),
        Version = versions[^1],
        NextAssignment = (10 * round) + 1,
        SelectionCursor = round % 3,
        Tally = new RoundTally(round, 2, 0, 0, DeadlinePassed: false, Wanted: 2),
        Open = [new Assignment(10 * round, 1, versions[0], round, TimeSpan.FromSeconds(round + 1))],
        Away = [KeyValuePair.Create(3, TimeSpan.MaxValue)],
        Settled = [KeyValuePair.Create(0, (long)round)],
        Statistics = new RoundStatistics { Updates = round },
        Counters = new RunCounters { UpdatesAggregated = round, TrainSeconds = 0.1 * round },
        Evaluations = [],
        Optimizer = new ServerOptimizerState(round, [Small.Vector(4, (ulong)round)]),
        Versions = versions.ToImmutableDictionary(version => version, version => Small.Vector(4, 100 + (ulong)version)),
    };

    private CheckpointStore Open() => new(_folder.Root, _ => { });

    private void AssertLoads(Checkpoint expected, long resultsLength)
    {
        var loaded = Open().Load();

        Assert.NotNull(loaded);
        Checkpoints.AssertSame(expected, loaded.Value.Checkpoint);
        Assert.Equal(resultsLength, loaded.Value.ResultsLength);
    }
}
