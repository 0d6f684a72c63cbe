using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Runs;

public sealed class RunDirectoryTests : IDisposable
{
    private readonly TestHost _host = new();

    private string Place => _host.PathOf("runs", "x");

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_new_folder_is_made_with_all_above_it()
    {
        using var directory = RunDirectory.Create(Place);

        Assert.Null(directory.MovedTo);
        Assert.True(Directory.Exists(Place));
    }

    [Fact]
    public void An_empty_folder_is_used_as_it_is()
    {
        Directory.CreateDirectory(Place);

        using var directory = RunDirectory.Create(Place);

        Assert.Null(directory.MovedTo);
    }

    [Fact]
    public void An_earlier_run_is_moved_aside_under_the_next_free_number()
    {
        foreach (var seed in new[] { "first", "second", "third" })
        {
            using var directory = RunDirectory.Create(Place);
            directory.WriteSettings(seed);
        }

        Assert.Equal("first", File.ReadAllText(Path.Combine($"{Place}~1", "config.conf")));
        Assert.Equal("second", File.ReadAllText(Path.Combine($"{Place}~2", "config.conf")));
        Assert.Equal("third", File.ReadAllText(Path.Combine(Place, "config.conf")));
    }

    [Fact]
    public void A_folder_in_which_another_works_is_refused_and_left_alone()
    {
        using var first = RunDirectory.Create(Place);
        first.WriteSettings("mine");

        AssertRefused("another process", () => RunDirectory.Create(Place));
        AssertRefused("another process", () => RunDirectory.Open(Place));
        Assert.Equal("mine", File.ReadAllText(first.Settings));
    }

    [Fact]
    public void A_folder_with_other_things_in_it_is_refused()
    {
        _host.Write("mine/letter.txt", "dear");

        AssertRefused("no run", () => RunDirectory.Create(_host.PathOf("mine")));
        Assert.True(File.Exists(_host.PathOf("mine", "letter.txt")));
    }

    [Fact]
    public void A_lock_that_a_killed_process_left_behind_does_not_matter()
    {
        _host.Write("runs/x/config.conf", "");
        _host.Write("runs/x/run.lock", "");

        using var directory = RunDirectory.Open(Place);

        Assert.Equal(Place, directory.Path);
    }

    [Fact]
    public void A_folder_that_was_left_right_after_it_was_made_can_be_used_again()
    {
        _host.Write("runs/x/run.lock", "");

        using var directory = RunDirectory.Create(Place);

        Assert.Equal($"{Place}~1", directory.MovedTo);
    }

    [Fact]
    public void Settings_that_can_not_be_written_leave_nothing_behind()
    {
        using (var directory = RunDirectory.Create(Place))
        {
            // A folder of that name keeps the file from getting it, as a full disk would.
            Directory.CreateDirectory(directory.Settings);
            Assert.ThrowsAny<SystemException>(() => directory.WriteSettings("mine"));
            Directory.Delete(directory.Settings);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(Place));
    }

    [Fact]
    public void A_run_is_known_by_its_settings()
    {
        Assert.False(RunDirectory.HasRunOf(Place, "mine"));

        using var directory = RunDirectory.Create(Place);
        Assert.False(RunDirectory.HasRunOf(Place, "mine"));
        directory.WriteSettings("mine");

        Assert.True(RunDirectory.HasRunOf(Place, "mine"));
        Assert.False(RunDirectory.HasRunOf(Place, "others"));
    }

    [Fact]
    public void Only_the_folder_of_a_run_can_be_opened()
    {
        Directory.CreateDirectory(Place);

        AssertRefused("holds no run", () => RunDirectory.Open(Place));
        AssertRefused("does not exist", () => RunDirectory.Open(_host.PathOf("gone")));
    }

    private static void AssertRefused(string reason, Func<object> action) =>
        Assert.Contains(reason, Assert.Throws<UsageException>(action).Message, StringComparison.Ordinal);
}
