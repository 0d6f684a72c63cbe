using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Terminal;
using FedActors.Models.Tensors;

namespace FedActors.Host.Hosts;

/// <summary>
/// Carries out <c>fedactors host</c>: takes part in the cluster until the run has ended or the user wants the host to
/// end. A host that the cluster has put out, after a partition, joins again.
/// </summary>
internal sealed class NodeSession
{
    private static readonly TimeSpan PauseBeforeRejoining = TimeSpan.FromSeconds(1);

    private readonly HostEnvironment _environment;
    private readonly NodeSettings _settings;
    private readonly bool _verbose;

    public NodeSession(HostEnvironment environment, NodeSettings settings, bool verbose)
    {
        _environment = environment;
        _settings = settings;
        _verbose = verbose;
    }

    /// <summary>Runs the host.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        SocketCompletions.RunOnWaitingThread();
        TensorThreads.PerTask = _settings.TaskThreads;
        var plan = RunPlanning.Create(_settings.Experiment, RunPlanning.Load(_settings.Experiment));
        var manifest = Manifest.Of(_settings.Experiment, plan);
        var directory = Path.GetFullPath(_settings.RunDirectory ?? RunDirectory.Standard(plan.Settings), _environment.Directory);
        var narration = new NodeNarration(_environment, _settings, _environment.Shown(directory));
        narration.Say(
            $"Host of {plan.Settings.Name}: {plan.Network.Name} on {plan.Settings.Data.Set}, "
            + $"{Text.Count(plan.Settings.Data.Clients, "client")}, {Text.Count(plan.Settings.Rounds, "round")}. Joining the cluster.");
        var settings = _settings;
        while (true)
        {
            NodeOutcome? outcome = null;
            await using (var node = Node.Start(_environment, settings, plan, manifest, directory, narration, _verbose))
            {
                var address = $"{node.Address}";
                var interrupted = Task.Delay(Timeout.InfiniteTimeSpan, _environment.Interruption);
                var first = await Task.WhenAny(node.Outcome, node.PutOut, interrupted);
                if (first == interrupted)
                {
                    narration.Say("Leaving the cluster.");
                    outcome = new NodeOutcome(ExitCode.Interrupted, Error: null);
                }
                else if (first == node.Outcome)
                {
                    outcome = await node.Outcome;
                }
                else if (node.Fault is { } fault)
                {
                    outcome = new NodeOutcome(ExitCode.Failed, fault);
                }

                settings = settings with { Engine = Seeds.WithoutOwn(settings.Engine, address) };
            }

            if (outcome is not null)
            {
                if (outcome.Error is not null)
                {
                    _environment.Error.WriteLine(outcome.Error);
                }

                return outcome.ExitCode;
            }

            narration.Say("The cluster has gone on without this host; joining again.");
            await Task.Delay(PauseBeforeRejoining, _environment.Time, _environment.Interruption);
        }
    }
}
