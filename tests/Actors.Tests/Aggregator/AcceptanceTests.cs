using FedActors.Actors.Aggregator;
using FedActors.Actors.Devices;
using FedActors.Actors.Settings;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class AcceptanceTests
{
    private const int Parameters = 3;
    private const int Dealt = 10;

    private static readonly Assignment Assignment = new(Id: 5, Client: 2, BaseVersion: 1, Round: 0, TimeSpan.Zero);
    private static readonly AcceptanceSettings Unbounded = new(MaxNorm: null);

    private readonly VersionStore _versions = new();

    public AcceptanceTests() => _versions.Add(1, ParameterVector.Zeros(Parameters));

    [Fact]
    public void A_proper_update_is_accepted() => Assert.Null(Refusal(Report(1, -2, 0)));

    [Fact]
    public void An_unknown_assignment_is_refused() => AssertRefused("assignment 5 is unknown", Report(1, 2, 3), assignment: null);

    [Fact]
    public void Another_clients_assignment_is_refused() =>
        AssertRefused("belongs to client 2, not 3", Report(1, 2, 3) with { Client = 3 }, Assignment);

    [Fact]
    public void Another_base_version_is_refused() =>
        AssertRefused("starts from version 1, not 4", Report(1, 2, 3) with { BaseVersion = 4 }, Assignment);

    [Fact]
    public void A_base_version_that_is_gone_is_refused()
    {
        _versions.Release(1);

        AssertRefused("base version 1 is no longer held", Report(1, 2, 3), Assignment);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Dealt + 1)]
    public void A_sample_count_other_than_the_dealt_one_is_refused(int samples) =>
        AssertRefused($"counts {samples} images", Report(1, 2, 3) with { SampleCount = samples }, Assignment);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_wrong_length_is_refused(int length) =>
        AssertRefused($"the update has {length} values, the model 3", Report(new float[length]), Assignment);

    [Fact]
    public void A_missing_update_is_refused() =>
        AssertRefused("the update has 0 values", Report(1) with { Update = null! }, Assignment);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused_wherever_it_stands(float value)
    {
        for (var position = 0; position < Parameters; position++)
        {
            var values = new float[Parameters];
            values[position] = value;

            AssertRefused("not finite", Report(values), Assignment);
        }
    }

    [Fact]
    public void A_norm_above_the_bound_is_refused_and_one_at_the_bound_is_not()
    {
        Assert.Contains("norm of the update is 5, above 4.9", Refusal(Report(3, 4, 0), new AcceptanceSettings(4.9)));
        Assert.Null(Refusal(Report(3, 4, 0), new AcceptanceSettings(5)));
        Assert.Null(Refusal(Report(float.MaxValue, 0, 0), Unbounded));
    }

    [Fact]
    public void Whatever_a_client_sends_is_judged_without_an_exception()
    {
        var any = Gen.Elements(0, 1, -1, float.NaN, float.MaxValue, float.MinValue, float.Epsilon, float.PositiveInfinity);
        var reports =
            from id in Gen.Choose(-1, 6)
            from client in Gen.Choose(-1, 3)
            from version in Gen.Choose(-1, 2)
            from samples in Gen.Elements(-1, 0, Dealt - 1, Dealt, Dealt + 1)
            from length in Gen.Choose(0, 4)
            from values in any.ArrayOf(length)
            select new ClientProtocol.Report(id, client, version, samples, ParameterVector.FromSpan(values), Small.Metrics);

        Properties.Hold(
            reports,
            report =>
            {
                var refusal = Refusal(report, new AcceptanceSettings(10), report.AssignmentId == Assignment.Id ? Assignment : null);
                var proper = report is { AssignmentId: 5, Client: 2, BaseVersion: 1, SampleCount: Dealt, Update.Length: Parameters }
                    && report.Update.IsFinite() && report.Update.L2Norm() <= 10;

                Assert.Equal(proper, refusal is null);
            },
            count: 1000);
    }

    private static ClientProtocol.Report Report(params float[] values) =>
        new(Assignment.Id, Assignment.Client, Assignment.BaseVersion, Dealt, ParameterVector.FromSpan(values), Small.Metrics);

    private void AssertRefused(string reason, ClientProtocol.Report report, Assignment? assignment) =>
        Assert.Contains(reason, Refusal(report, Unbounded, assignment));

    private string? Refusal(ClientProtocol.Report report) => Refusal(report, Unbounded);

    private string? Refusal(ClientProtocol.Report report, AcceptanceSettings settings) => Refusal(report, settings, Assignment);

    private string? Refusal(ClientProtocol.Report report, AcceptanceSettings settings, Assignment? assignment) =>
        Acceptance.Refusal(report, assignment, _versions, Parameters, Dealt, settings);
}
