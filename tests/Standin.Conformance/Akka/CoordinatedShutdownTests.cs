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
    public async Task A_task_that_fails_stops_the_rest_where_its_phase_does_not_recover()
    {
        var failure = await FailureAsync(() => Task.FromException<Done>(new InvalidOperationException("boom")));

        Assert.Equal("boom", Assert.IsType<InvalidOperationException>(failure.InnerException).Message);
        await ExpectNoMsgAsync(Quiet);
    }

    [Fact]
    public async Task A_task_without_end_stops_the_rest_where_its_phase_does_not_recover()
    {
        var failure = await FailureAsync(() => new TaskCompletionSource<Done>().Task);

        Assert.IsType<TimeoutException>(failure.InnerException);
        await ExpectNoMsgAsync(Quiet);
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

    /// <summary>Runs a shutdown with a task in a phase that does not recover, and a note in a later one.</summary>
    private async Task<AggregateException> FailureAsync(Func<Task<Done>> task)
    {
        using var system = ActorSystem.Create("failing", """
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              coordinated-shutdown {
                run-by-clr-shutdown-hook = off
                run-by-actor-system-terminate = off
                phases.service-unbind { recover = off, timeout = 100ms }
              }
            }
            """);
        var coordination = CoordinatedShutdown.Get(system);
        coordination.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "failing", task);
        coordination.AddTask(CoordinatedShutdown.PhaseServiceStop, "next", () =>
        {
            TestActor.Tell("next");
            return Task.FromResult(Done.Instance);
        });

        var failure = await Assert.ThrowsAsync<AggregateException>(
            () => coordination.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience));

        await system.Terminate().WaitAsync(Patience);
        return failure;
    }

    private void Note(string phase, string what) => Coordination.AddTask(phase, what, () =>
    {
        TestActor.Tell(what);
        return Task.FromResult(Done.Instance);
    });
}
