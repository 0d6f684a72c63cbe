using Akka.Actor;
using Akka.TestKit;
using FedActors.Actors.Corrector;
using FedActors.Actors.Federation;
using FedActors.Actors.Settings;
using FedActors.Actors.Workers;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Inversion;

namespace FedActors.Actors.Tests.Support;

/// <summary>A corrector with real inverters between probes: federation and aggregator.</summary>
public abstract class CorrectorBench : TimedActorTest
{
    private protected const long Version = 6;

    private readonly Lazy<WorkerPool> _workers;
    private IActorRef? _corrector;

    protected CorrectorBench(int workers = 1)
    {
        _workers = new Lazy<WorkerPool>(() => new WorkerPool(workers));
        Federation = CreateTestProbe("federation");
        Aggregator = CreateTestProbe("aggregator");
    }

    private protected TestProbe Federation { get; }

    private protected TestProbe Aggregator { get; }

    private protected ManualTime Time { get; } = new();

    private protected WorkerPool Workers => _workers.Value;

    private protected FederationPlan Plan { get; private set; } = Small.Plan(Small.Settings.With(Small.Inversion));

    private protected GradientInversion Policy => (GradientInversion)Plan.Settings.Staleness.Policy;

    private protected IActorRef Corrector => _corrector ?? throw new InvalidOperationException("Start comes first.");

    /// <summary>The parameters of <see cref="Version"/>.</summary>
    private protected ParameterVector Current => Parameters(Version);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (_workers.IsValueCreated)
        {
            Workers.Dispose();
        }
    }

    /// <summary>A corrector that knows where the run stands.</summary>
    private protected void Start(GradientInversion? policy = null, CorrectorState? state = null, ClockMode clock = ClockMode.Virtual)
    {
        StartBlank(policy, clock);
        Tell(new CorrectorProtocol.Restore(state ?? CorrectorState.Initial, Version));
    }

    private protected void StartBlank(GradientInversion? policy = null, ClockMode clock = ClockMode.Virtual)
    {
        Plan = Small.Plan((Small.Settings with { Clock = clock }).With(policy ?? Small.Inversion));
        _corrector = StartBelow(
            Federation, StalenessCorrectorActor.Props(Plan, Policy, Workers, Time), "corrector", FederationActor.DecideOnFailure);
    }

    private protected void Tell(object message) => Aggregator.Send(Corrector, message);

    /// <summary>Some version of the model.</summary>
    private protected ParameterVector Parameters(long version) =>
        Plan.Network.Initialize(Plan.Settings.Seed).Add(Small.Vector(Plan, 1_000 + (ulong)version).Scale(0.1));

    /// <summary>What a client computed from a version.</summary>
    private protected StaleUpdate Update(long assignment, int client = 0, long baseVersion = 2)
    {
        var start = Parameters(baseVersion);
        return new StaleUpdate(assignment, client, baseVersion, 10, start, Small.Train(Plan, start, client, assignment).Delta);
    }

    private protected CorrectorProtocol.Correct Request(StaleUpdate update, long version = Version) =>
        new(update, version - update.BaseVersion, version, Parameters(version));

    private protected void Correct(params StaleUpdate[] updates)
    {
        foreach (var update in updates)
        {
            Tell(Request(update));
        }
    }

    private protected CorrectorProtocol.Corrected ExpectCorrected(long? assignment = null)
    {
        var corrected = Aggregator.ExpectMsg<CorrectorProtocol.Corrected>();
        Assert.Equal(assignment ?? corrected.AssignmentId, corrected.AssignmentId);
        return corrected;
    }

    private protected CorrectorProtocol.VersionClosed Close(long next = Version + 1)
    {
        Tell(new CorrectorProtocol.CloseVersion(next));
        return Aggregator.ExpectMsg<CorrectorProtocol.VersionClosed>();
    }

    /// <summary>Asserts that the corrector, once it has handled its mail, has told the aggregator nothing.</summary>
    private protected void AssertSilent()
    {
        AwaitHandled(Corrector);
        Aggregator.ExpectNoMsg(TimeSpan.Zero);
    }

    private protected void AssertConverted(ParameterVector expected, CorrectorProtocol.Corrected corrected)
    {
        Assert.Equal(CorrectionKind.Converted, corrected.Report.Kind);
        Assert.Equal(new TreatedUpdate(expected), corrected.Treated);
    }

    private protected void AssertFallback(CorrectionKind kind, StaleUpdate update, CorrectorProtocol.Corrected corrected)
    {
        var factor = ((IStalenessDiscount)Policy.Fallback).Factor(Version - update.BaseVersion);
        Assert.Equal(CorrectionReport.Free(kind), corrected.Report);
        Assert.Equal(new TreatedUpdate(update.Delta, factor), corrected.Treated);
    }

    /// <summary>Waits for a condition, and looks often: a tenth of the patience would make for slow tests.</summary>
    private protected void AwaitTrue(Func<bool> condition) => AwaitCondition(condition, Patience, TimeSpan.FromMilliseconds(2));

    /// <summary>What an inverter finds for an update.</summary>
    private protected InverterProtocol.Inverted Invert(StaleUpdate update, WarmStart? begin = null, PastConversion? lookBack = null, long job = 1) =>
        new UpdateInverter(Plan, Policy, TimeProvider.System).Invert(
            new InverterProtocol.Invert(job, update, begin, lookBack), CancellationToken.None);

    /// <summary>The estimate of the fresh update that follows from what was found.</summary>
    private protected ParameterVector Estimate(InverterProtocol.Inverted found, long version = Version) =>
        found.Result.Reconstruction.UpdateFrom(
            Plan.Network, Parameters(version), UnrolledDescent.For(Plan.Settings.Training, 10, Policy.Recipe.EveryBatch));

    /// <summary>The inverter in place; every replacement has another name.</summary>
    private protected IActorRef Inverter(int incarnation = 0, int number = 1)
    {
        var name = incarnation == 0 ? $"inverter-{number}" : $"inverter-{number}-{incarnation}";
        AwaitTrue(() => Find(Corrector, name) is not null);
        return Find(Corrector, name)!;
    }
}
