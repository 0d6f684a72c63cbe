using Akka;
using Akka.Actor;
using Akka.Configuration;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class CoordinatedShutdownTests : ActorConformance
{
    public CoordinatedShutdownTests()
        : base("akka.coordinated-shutdown { run-by-clr-shutdown-hook = off, exit-clr = off }")
    {
    }

    private CoordinatedShutdown Coordination => CoordinatedShutdown.Get(Sys);

    [Fact]
    public async Task Phases_run_in_their_order_and_end_with_the_system()
    {
        Note(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "late");
        Note(CoordinatedShutdown.PhaseBeforeServiceUnbind, "early");
        Note(CoordinatedShutdown.PhaseServiceStop, "middle");

        await Coordination.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        await ExpectMsgAsync("early");
        await ExpectMsgAsync("middle");
        await ExpectMsgAsync("late");
        await Sys.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_phase_waits_for_its_tasks()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Coordination.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "slow", async () =>
        {
            await gate.Task;
            TestActor.Tell("slow");
            return Done.Instance;
        });
        Note(CoordinatedShutdown.PhaseServiceStop, "next");

        var run = Coordination.Run(CoordinatedShutdown.ClrExitReason.Instance);
        await ExpectNoMsgAsync(Quiet);
        gate.SetResult();

        await ExpectMsgAsync("slow");
        await ExpectMsgAsync("next");
        await run.WaitAsync(Patience);
    }

    [Fact]
    public async Task It_runs_once_and_remembers_why()
    {
        Note(CoordinatedShutdown.PhaseServiceStop, "ran");
        Assert.Null(Coordination.ShutdownReason);

        await Coordination.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).WaitAsync(Patience);
        await Coordination.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        await ExpectMsgAsync("ran");
        await ExpectNoMsgAsync(Quiet);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, Coordination.ShutdownReason);
    }

    [Fact]
    public async Task A_task_that_fails_does_not_stop_the_rest()
    {
        Coordination.AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind, "failing", () => throw new InvalidOperationException("boom"));
        Note(CoordinatedShutdown.PhaseServiceStop, "next");

        await Coordination.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);

        await ExpectMsgAsync("next");
    }

    [Fact]
    public async Task Terminating_the_system_runs_it()
    {
        Note(CoordinatedShutdown.PhaseServiceStop, "ran");

        await Sys.Terminate().WaitAsync(Patience);

        await ExpectMsgAsync("ran");
    }

    [Fact]
    public void An_unknown_phase_is_refused()
    {
        Assert.Throws<ConfigurationException>(() =>
            Coordination.AddTask("no-such-phase", "task", () => Task.FromResult(Done.Instance)));
    }

    private void Note(string phase, string what) => Coordination.AddTask(phase, what, () =>
    {
        TestActor.Tell(what);
        return Task.FromResult(Done.Instance);
    });
}
