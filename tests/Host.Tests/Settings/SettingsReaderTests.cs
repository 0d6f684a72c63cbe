using FedActors.Actors.Settings;
using FedActors.Host.Settings;
using FedActors.Host.Tests.Support;
using FedActors.Models.Staleness;

namespace FedActors.Host.Tests.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Defaults_are_the_demo()
    {
        var settings = Read(null).Federation;

        Assert.Equal("demo", settings.Name);
        Assert.Equal(new DataSettings("glyphs", null, Models.Data.PartitionKind.LabelSorted, 0.1, 100, 100), settings.Data);
        Assert.Equal(TimeSpan.FromSeconds(40), settings.Devices.Slow.Latency);
        Assert.IsType<GradientInversion>(settings.Staleness.Policy);
    }

    [Fact]
    public void A_later_layer_wins_over_an_earlier_one()
    {
        _host.Write("a.conf", "fedactors { rounds = 7, seed = 8, data.clients = 30 }");

        var settings = Read("a.conf", ["rounds=9", "fedactors.rounds=10", "seed=11"], "12").Federation;

        Assert.Equal((10, 12UL, 30), (settings.Rounds, settings.Seed, settings.Data.Clients));
    }

    [Fact]
    public void Null_means_the_default()
    {
        _host.Write("a.conf", "fedactors { rounds = null }");
        var standard = Read(null, []).Federation.Rounds;

        Assert.Equal(standard, Read("a.conf").Federation.Rounds);
        Assert.Equal(standard, Read(null, ["rounds="]).Federation.Rounds);
    }

    [Fact]
    public void An_include_is_read_relative_to_its_file_and_may_be_overridden()
    {
        _host.Write("sets/base.conf", "fedactors { rounds = 7, seed = 8 }");
        _host.Write("sets/main.conf", "include \"base.conf\"\nfedactors.seed = 9\n");

        var settings = Read("sets/main.conf").Federation;

        Assert.Equal((7, 9UL), (settings.Rounds, settings.Seed));
    }

    [Fact]
    public void Latencies_in_rounds_are_multiples_of_the_round_duration()
    {
        var devices = Read(null, ["round-duration=500ms", "devices.slow.latency=6 rounds", "devices.latency=2s"]).Federation.Devices;

        Assert.Equal(TimeSpan.FromSeconds(3), devices.Slow.Latency);
        Assert.Equal(TimeSpan.FromSeconds(2), devices.Latency);
    }

    [Fact]
    public void A_list_may_be_given_on_the_command_line()
    {
        var slow = Read(null, ["devices.slow.choose=list", "devices.slow.clients=[3, 1]"]).Federation.Devices.Slow;

        Assert.Equal<int>([3, 1], slow.Clients);
    }

    [Fact]
    public void An_environment_variable_is_inserted_and_an_unset_one_means_the_default()
    {
        _host.WithVariable("HOW_MANY", "17");
        _host.Write("a.conf", "fedactors {\n  rounds = ${?HOW_MANY}\n  seed = ${?NOT_SET}\n}\n");

        var settings = Read("a.conf").Federation;

        Assert.Equal((17, 1UL), (settings.Rounds, settings.Seed));
    }

    [Fact]
    public void An_unset_variable_leaves_what_was_said_before_it()
    {
        _host.WithVariable("HOW_MANY", "17");
        _host.Write("a.conf", """
            fedactors {
              rounds = 3
              rounds = ${?HOW_MANY}  # from outside
              seed = 5
              seed = ${?NOT_SET}
              data { clients = 20, clients = 30 }
            }
            """);

        var settings = Read("a.conf").Federation;

        Assert.Equal((17, 5UL, 30), (settings.Rounds, settings.Seed, settings.Data.Clients));
    }

    [Fact]
    public void Data_files_are_looked_for_in_the_settings_then_the_environment_then_beside_the_user()
    {
        Assert.Equal(_host.PathOf("data"), Read(null, ["data.set=mnist"]).Federation.Data.Path);
        _host.WithVariable("FEDACTORS_DATA", "/somewhere");
        Assert.Equal("/somewhere", Read(null, ["data.set=mnist"]).Federation.Data.Path);
        Assert.Equal(_host.PathOf("mine"), Read(null, ["data.set=mnist", "data.path=mine"]).Federation.Data.Path);
    }

    [Fact]
    public void Files_of_the_set_that_the_data_drifts_to_are_looked_for_too()
    {
        Assert.Equal(_host.PathOf("data"), Read(null, ["data.drift.set=mnist"]).Federation.Data.Path);
        Assert.Null(Read(null, ["data.drift.set=inverted"]).Federation.Data.Path);
    }

    [Fact]
    public void A_trace_is_looked_for_from_where_the_program_was_started_and_its_full_path_is_kept()
    {
        var settings = Read(null, ["devices.trace=traces/mine.csv"]);

        Assert.Equal(_host.PathOf("traces", "mine.csv"), settings.Federation.Devices.Trace);
        Assert.Contains($"trace = \"{_host.PathOf("traces", "mine.csv")}\"", settings.Resolved, StringComparison.Ordinal);
        Assert.Null(Read(null).Federation.Devices.Trace);
    }

    [Fact]
    public void The_engines_section_is_passed_on_and_written_down()
    {
        _host.Write("a.conf", "akka { actor.ask-timeout = 5s\n  loglevel = DEBUG }");

        var settings = Read("a.conf", ["akka.loglevel=INFO"]);

        Assert.Equal("INFO", settings.Engine.GetString("akka.loglevel"));
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Engine.GetTimeSpan("akka.actor.ask-timeout"));
        Assert.Contains("akka {", settings.Resolved, StringComparison.Ordinal);
    }

    [Fact]
    public void The_servers_step_size_depends_on_its_optimizer_unless_given()
    {
        // An Adam step of rate 0.01 from rest moves each coordinate by about the rate; momentum's first step is the update.
        Assert.Equal(1f, StepOf("momentum"), 1e-6f);
        Assert.InRange(StepOf("adam"), 0f, 0.011f);
    }

    [Fact]
    public void Keys_of_a_section_written_twice_are_merged_in_the_order_in_which_they_first_came()
    {
        _host.Write("a.conf", """
            akka { second = 2, first = 1 }
            akka.deep { b = 2, a = 1 }
            akka { first = 3, third = 4, deep.c = 5 }
            """);

        var resolved = Read("a.conf").Resolved;

        Assert.Contains(
            """
            akka {
              second = 2
              first = 3
              deep {
                b = 2
                a = 1
                c = 5
              }
              third = 4
            }
            """,
            resolved,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two = ${akka.one}", "two = 3")]
    [InlineData("two = a-${akka.one}", "two = a-3")]
    [InlineData("two = ${akka.section}", "two { a = 1, b = 2 }")]
    [InlineData("two = ${akka.list}", "two = [5, 6]")]
    [InlineData("two = ${akka.list} [7]", "two = [5, 6, 7]")]
    [InlineData("two = [\n  5\n  ${akka.one}\n]", "two = [5, 3]")]
    public void A_value_may_come_from_another_key(string written, string meant)
    {
        const string Others = "akka {\n  one = 3\n  section { a = 1, b = 2 }\n  list = [5, 6]\n}\n";
        _host.Write("written.conf", $"{Others}akka.{written}\n");
        _host.Write("meant.conf", $"{Others}akka.{meant}\n");

        Assert.Equal(Read("meant.conf").Resolved, Read("written.conf").Resolved);
    }

    private float StepOf(string optimizer)
    {
        var server = Read(null, [$"aggregation.server-optimizer={optimizer}"]).Federation.Aggregation.ServerOptimizer;
        var zero = Models.Parameters.ParameterVector.Zeros(1);
        var one = Models.Parameters.ParameterVector.FromSpan([1f]);
        return server.Step(zero, one, server.Initial(1)).Next.Span[0];
    }

    private HostSettings Read(string? file, IReadOnlyList<string>? overrides = null, string? seed = null) =>
        new SettingsReader(_host.Directory, _host.Variable).Read(file, overrides ?? [], seed);
}
