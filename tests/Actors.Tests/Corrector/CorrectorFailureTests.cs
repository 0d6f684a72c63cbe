using Akka.Actor;
using FedActors.Actors.Corrector;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;

namespace FedActors.Actors.Tests.Corrector;

/// <summary>Whatever fails, every request is answered once.</summary>
public sealed class CorrectorFailureTests : CorrectorBench
{
    [Fact]
    public void An_inverter_that_crashes_during_a_conversion_is_replaced_and_the_answer_is_the_same()
    {
        Start();
        var update = Update(1);
        using (var gate = new WorkerGate(Workers))
        {
            Correct(update);
            AwaitHandled(Corrector);
            Crash(Inverter(), job: 1);
            Inverter(incarnation: 1);
            gate.Open();
        }

        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
        AssertSilent();
    }

    [Fact]
    public void A_conversion_that_crashes_again_and_again_is_left_to_the_fallback()
    {
        Start();
        var update = Update(1) with { Delta = ParameterVector.FromSpan([1, 2, 3]) };
        Correct(update);

        AssertFallback(CorrectionKind.Failed, update, ExpectCorrected(1));
        AwaitHandled(Inverter(incarnation: 3));
        AssertSilent();
    }

    [Fact]
    public void After_a_conversion_that_failed_the_next_one_of_that_client_is_converted()
    {
        Start();
        var (broken, update) = (Update(1) with { Delta = ParameterVector.FromSpan([1, 2, 3]) }, Update(2));
        Correct(broken, update);

        AssertFallback(CorrectionKind.Failed, broken, ExpectCorrected(1));
        AssertConverted(Estimate(Invert(update)), ExpectCorrected(2));
    }

    [Fact]
    public void Inverters_killed_from_outside_do_not_count_as_crashes()
    {
        Start();
        var update = Update(1);
        using (var gate = new WorkerGate(Workers))
        {
            Correct(update);
            for (var incarnation = 0; incarnation < 8; incarnation++)
            {
                Inverter(incarnation).Tell(incarnation % 2 == 0 ? (object)Kill.Instance : PoisonPill.Instance);
            }

            Inverter(incarnation: 8);
            gate.Open();
        }

        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
        AssertSilent();
    }

    [Fact]
    public void A_conversion_past_its_budget_is_left_to_the_fallback_and_its_late_result_is_ignored()
    {
        Start(clock: ClockMode.Wall);
        var update = Update(1);
        using var gate = new WorkerGate(Workers);
        Correct(update);
        AwaitHandled(Corrector);
        Scheduler.Advance(Policy.Budget - TimeSpan.FromMilliseconds(1));
        AssertSilent();
        Scheduler.Advance(TimeSpan.FromMilliseconds(1));

        AssertFallback(CorrectionKind.Failed, update, ExpectCorrected(1));
        Tell(Invert(update) with { Seconds = 3 });
        var closed = Close();
        Assert.Equal(3, closed.WastedSeconds);
        Assert.Empty(closed.State.Clients);
        gate.Open();
        AssertSilent();
    }

    [Fact]
    public void In_virtual_time_a_conversion_may_take_as_long_as_it_takes()
    {
        Start();
        var update = Update(1);
        using (var gate = new WorkerGate(Workers))
        {
            Correct(update);
            AwaitHandled(Corrector);
            Scheduler.Advance(TimeSpan.FromDays(1));
            AssertSilent();
            gate.Open();
        }

        AssertConverted(Estimate(Invert(update)), ExpectCorrected(1));
    }

    [Fact]
    public void The_budget_of_an_answered_conversion_passes_unnoticed()
    {
        Start(clock: ClockMode.Wall);
        Correct(Update(1));
        ExpectCorrected(1);
        Scheduler.Advance(2 * Policy.Budget);

        AssertSilent();
    }

    [Fact]
    public void A_restored_corrector_has_forgotten_what_it_worked_on()
    {
        Start();
        var (old, update) = (Update(1), Update(2));
        var successor = CreateTestProbe();
        using (var gate = new WorkerGate(Workers))
        {
            Correct(old);
            Tell(new CorrectorProtocol.Prepare(Update(3, client: 1), TimeSpan.FromSeconds(9)));
            successor.Send(Corrector, new CorrectorProtocol.Restore(CorrectorState.Initial, Version));
            successor.Send(Corrector, Request(update));
            AwaitHandled(Corrector);
            gate.Open();
        }

        // The second inversion begins from nothing: the first one never was.
        AssertConverted(Estimate(Invert(update)), successor.ExpectMsg<CorrectorProtocol.Corrected>());
        successor.Send(Corrector, new CorrectorProtocol.CloseVersion(Version + 1));
        Assert.Equal([0], successor.ExpectMsg<CorrectorProtocol.VersionClosed>().State.Clients.Keys);
        AssertSilent();
    }

    [Fact]
    public void A_restarted_corrector_says_so_and_answers_nothing_until_it_is_restored()
    {
        // A version closed by one that knows nothing would put nothing in the place of all that was remembered.
        Start();
        Corrector.Tell(Kill.Instance);
        Correct(Update(1));
        Tell(new CorrectorProtocol.CloseVersion(Version + 1));

        Federation.ExpectMsg<CorrectorProtocol.CorrectorRestarted>();
        AssertSilent();
        Tell(new CorrectorProtocol.Restore(CorrectorState.Initial, Version));
        Correct(Update(2));
        AssertConverted(Estimate(Invert(Update(2))), ExpectCorrected(2));
    }

    [Fact]
    public void Inverters_that_die_before_there_is_work_are_replaced()
    {
        StartBlank();
        Inverter().Tell(Kill.Instance);
        Inverter(incarnation: 1);
        Tell(new CorrectorProtocol.Restore(CorrectorState.Initial, Version));
        Correct(Update(1));

        Assert.Equal(CorrectionKind.Converted, ExpectCorrected(1).Report.Kind);
    }

    private static void Crash(IActorRef inverter, long job) =>
        inverter.Tell(new InverterProtocol.WorkFailed(job, new InvalidOperationException("a test wants it so")));
}
