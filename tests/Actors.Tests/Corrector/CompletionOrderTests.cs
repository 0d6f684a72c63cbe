using Akka.Actor;
using FedActors.Actors.Corrector;
using FedActors.Actors.Tests.Support;
using FedActors.Actors.Workers;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Tests.Corrector;

/// <summary>Answers depend on the order of requests alone, whichever inverter is faster.</summary>
public sealed class CompletionOrderTests() : CorrectorBench(workers: 3)
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(0, 2, false)]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, true)]
    [InlineData(3, 2, true)]
    public void Busy_threads_killed_inverters_and_early_beginnings_leave_no_trace_in_the_bits(int killed, int busy, bool prepared)
    {
        Start(Small.Inversion with { SwitchBack = new SwitchBackGuard { Window = 2, MinComparisons = 2, Over = 3 } });
        var expected = Play(killed: 0, busy: 0, prepared: false);
        Tell(new CorrectorProtocol.Restore(CorrectorState.Initial, Version));

        var actual = Play(killed, busy, prepared);

        Assert.Equal(expected.Answers, actual.Answers);
        Assert.Equal(expected.State.Clients.Keys, actual.State.Clients.Keys);
        Assert.Equal(
            expected.State.Clients.Values.Select(memory => memory.Latest), actual.State.Clients.Values.Select(memory => memory.Latest));
        Assert.Equal(expected.State.SwitchBack.Comparisons.AsEnumerable(), actual.State.SwitchBack.Comparisons);
        Assert.NotEmpty(actual.State.SwitchBack.Comparisons);
    }

    /// <summary>Two versions, in each of which three clients report, one of them twice.</summary>
    private (SortedDictionary<long, ParameterVector> Answers, CorrectorState State) Play(int killed, int busy, bool prepared)
    {
        var answers = new SortedDictionary<long, ParameterVector>();
        CorrectorState? state = null;
        for (var step = 0; step < 2; step++)
        {
            var version = Version + step;
            var first = 1 + (10 * step);
            StaleUpdate[] updates =
            [
                Update(first, client: 0, baseVersion: version - 4), Update(first + 1, client: 1, baseVersion: version - 2),
                Update(first + 2, client: 0, baseVersion: version - 1), Update(first + 3, client: 2, baseVersion: version - 3),
            ];
            using var gates = new Gates(Workers, busy);
            foreach (var update in prepared ? updates.Reverse() : [])
            {
                Tell(new CorrectorProtocol.Prepare(update, TimeSpan.FromSeconds(update.AssignmentId)));
            }

            foreach (var update in updates)
            {
                Tell(Request(update, version));
            }

            if (step == 0)
            {
                for (var number = 1; number <= killed; number++)
                {
                    Find(Corrector, $"inverter-{number}")?.Tell(Kill.Instance);
                }
            }

            Enter(ExpectCorrected());
            gates.Dispose();
            for (var answer = 1; answer < updates.Length; answer++)
            {
                Enter(ExpectCorrected());
            }

            state = Close(version + 1).State;
        }

        return (answers, state!);

        void Enter(CorrectorProtocol.Corrected corrected)
        {
            Assert.Equal(CorrectionKind.Converted, corrected.Report.Kind);
            answers.Add(corrected.AssignmentId, corrected.Treated!.Update);
        }
    }

    /// <summary>Keeps some of the threads busy.</summary>
    private sealed class Gates : IDisposable
    {
        private readonly WorkerGate[] _gates;

        public Gates(WorkerPool workers, int count) =>
            _gates = [.. Enumerable.Range(0, count).Select(_ => new WorkerGate(workers))];

        public void Dispose()
        {
            foreach (var gate in _gates)
            {
                gate.Dispose();
            }
        }
    }
}
