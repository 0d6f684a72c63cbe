using Akka.Actor;
using FedActors.Actors.Hosting;
using FedActors.Actors.Transfer;
using FedActors.Host.Errors;
using FedActors.Host.Hosts;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Hosts;

public sealed class NodeObserverTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestHost _host = new();
    private readonly ActorSystem _system = ActorSystem.Create("observer", "akka { loglevel = OFF, stdout-loglevel = OFF }");
    private readonly TaskCompletionSource<NodeOutcome> _outcome = new();

    public void Dispose()
    {
        _system.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task The_end_of_the_run_is_said_once_however_often_it_is_heard()
    {
        var ended = new LinkEvents.RunEnded(Succeeded: true, "run is done");

        Assert.Equal(["run is done"], await SaidAsync(ended, ended));
        Assert.Equal(new NodeOutcome(ExitCode.Done, null), await _outcome.Task);
    }

    [Fact]
    public async Task The_leading_host_does_not_hear_of_its_own_end_from_others()
    {
        var said = await SaidAsync(new LinkEvents.SeatTaken(Resumed: false), new LinkEvents.RunEnded(Succeeded: true, "run is done"));

        Assert.Equal(["This host leads the run."], said);
        Assert.False(_outcome.Task.IsCompleted);
    }

    [Fact]
    public async Task A_host_that_finds_the_run_finished_stays_until_the_others_know()
    {
        var said = await SaidAsync(new LinkEvents.FinishedFound("runs"), new LinkEvents.RunEnded(Succeeded: true, "run is done"));

        Assert.Equal(["The run in runs is finished; telling the other hosts."], said);
        Assert.False(_outcome.Task.IsCompleted);

        Assert.Empty(await SaidAsync(LinkEvents.FinishedTold.Instance));
        Assert.Equal(new NodeOutcome(ExitCode.Done, null), await _outcome.Task);
    }

    [Fact]
    public async Task A_run_that_failed_elsewhere_fails_here()
    {
        await SaidAsync(new LinkEvents.RunEnded(Succeeded: false, "run has failed"));

        Assert.Equal(ExitCode.Failed, (await _outcome.Task).ExitCode);
    }

    [Fact]
    public async Task A_host_that_is_refused_ends_with_all_differences()
    {
        Assert.Empty(await SaidAsync(new LinkEvents.Refused(["seed: 1, not 2", "network: mlp, not cnn"])));

        var outcome = await _outcome.Task;
        Assert.Equal(ExitCode.Usage, outcome.ExitCode);
        Assert.Contains("  - seed: 1, not 2\n  - network: mlp, not cnn", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_to_wait_is_said_when_it_is_another()
    {
        var said = await SaidAsync(new LinkEvents.Postponed("one"), new LinkEvents.Postponed("one"), new LinkEvents.Postponed("two"));

        Assert.Equal(2, said.Count);
    }

    [Fact]
    public async Task A_port_that_cannot_be_reached_is_named()
    {
        var said = await SaidAsync(new TransferEvents.OutOfReach("far", 4063, "refused"));

        Assert.Contains("Is port 4063 open between the hosts?", Assert.Single(said), StringComparison.Ordinal);
    }

    /// <summary>What a host says when its observer is told some events.</summary>
    private async Task<IReadOnlyList<string>> SaidAsync(params object[] events)
    {
        var file = _host.Write("host.conf", """
            fedactors.host { roles = [client], clients = all }
            akka.cluster.seed-nodes = ["akka.tcp://fedactors@one:1"]
            """);
        var settings = new NodeFile(_host.Directory, _host.Variable).Read(file, []);
        using var output = new StringWriter();
        var environment = new HostEnvironment { Out = output, Error = output, Directory = _host.Directory, Variable = _host.Variable };
        var observer = _system.ActorOf(NodeObserver.Props(new NodeNarration(environment, settings, "here"), _outcome));
        foreach (var told in events)
        {
            observer.Tell(told);
        }

        await observer.GracefulStop(Patience);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
