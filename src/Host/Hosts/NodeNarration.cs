using Akka.Actor;
using FedActors.Actors.Federation;
using FedActors.Host.Runs;
using FedActors.Host.Terminal;

namespace FedActors.Host.Hosts;

/// <summary>What a host says of itself and the others, a line each, from any thread.</summary>
internal sealed class NodeNarration
{
    private readonly TextWriter _output;
    private readonly PlainRunDisplay _rounds;
    private readonly string _place;

    /// <summary>A narration.</summary>
    /// <param name="environment">Where it goes.</param>
    /// <param name="settings">What the host does.</param>
    /// <param name="place">The folder of the run, as the user would write it.</param>
    public NodeNarration(HostEnvironment environment, NodeSettings settings, string place)
    {
        _output = TextWriter.Synchronized(environment.Out);
        _rounds = new PlainRunDisplay(_output, environment.Time, settings.Experiment.Federation.Evaluation.WatchClass);
        _place = place;
    }

    /// <summary>An address as people write it.</summary>
    public static string Show(Address address) => address.Host is null ? "this host" : $"{address.Host}:{address.Port}";

    /// <summary>Writes a line.</summary>
    public void Say(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }

    /// <summary>Shows where the run stands.</summary>
    public void Report(RunProgress progress) => _rounds.Report(progress);

    /// <summary>Says how the run ended.</summary>
    public void Complete(RunSummary summary) => new RunNarration(_output, _place).Complete(summary);

    /// <summary>What to say of a run that failed.</summary>
    public string Failure(RunOutcome.Failed failed) =>
        $"{failed.Reason}\nWhat was written so far is kept in {_place}.";
}
