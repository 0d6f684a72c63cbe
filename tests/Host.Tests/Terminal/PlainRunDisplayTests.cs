using System.Collections.Immutable;
using FedActors.Actors.Federation;
using FedActors.Host.Terminal;

namespace FedActors.Host.Tests.Terminal;

public sealed class PlainRunDisplayTests
{
    [Fact]
    public void Each_evaluated_round_is_one_line_and_others_are_none()
    {
        var output = new StringWriter();
        var display = new PlainRunDisplay(output, TimeProvider.System, watchClass: 1);

        display.Report(Progress(round: 1, evaluated: null));
        display.Report(Progress(round: 2, evaluated: 2));
        display.Report(Progress(round: 3, evaluated: 2));
        display.Report(Progress(round: 4, evaluated: 4));

        var lines = output.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith(
            "round  2/10  version 2  accuracy  50.0%  class 1  75.0%  loss 1.250  10 updates  3 stale  4 rejected  2 away",
            lines[0],
            StringComparison.Ordinal);
        Assert.StartsWith("round  4/10", lines[1], StringComparison.Ordinal);
    }

    private static RunProgress Progress(int round, int? evaluated) => new()
    {
        Round = round,
        Rounds = 10,
        Version = round,
        FederationTime = TimeSpan.FromSeconds(round),
        LastEvaluation = evaluated is { } of ? Evaluation(of) : null,
        Counters = new RunCounters { UpdatesAggregated = 20, UpdatesRejected = 4 },
        DevicesAway = 2,
    };

    private static RoundRecord Evaluation(int round) => new()
    {
        Round = round,
        Version = round,
        VirtualSeconds = round,
        WallSeconds = 1,
        Accuracy = 0.5,
        Loss = 1.25,
        ClassAccuracy = ImmutableArray.Create(0.25, 0.75),
        Updates = 10,
        StaleUpdates = 3,
        ConvertedUpdates = 0,
        MeanStaleness = 0,
    };
}
