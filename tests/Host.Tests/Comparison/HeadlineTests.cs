using FedActors.Host.Comparison;

namespace FedActors.Host.Tests.Comparison;

public sealed class HeadlineTests
{
    [Fact]
    public void Policies_are_ranked_by_the_watched_class_and_set_against_the_reference() =>
        Assert.Equal(
            "After 40 rounds, exponential reaches 35.0% on class 1 and 70.0% over all classes; none comes last with 20.0%. "
            + "Without any delay it would be 45.0%.",
            Of("1", ("none", 0.4), ("fresh", 0.9), ("exponential", 0.7), ("hinge", 0.5)));

    [Fact]
    public void Without_a_watched_class_all_classes_count() =>
        Assert.Equal("After 40 rounds, none reaches 40.0% over all classes.", Of("none", ("none", 0.4)));

    [Fact]
    public void The_reference_may_be_alone() =>
        Assert.Equal("Without any delay, the model reaches 45.0% on class 1.", Of("1", ("fresh", 0.9)));

    private static string Of(string watchClass, params (string Policy, double Accuracy)[] policies) => Headline.Of(Results.Report(
        watchClass, [.. policies.Select(policy => Results.Of(policy.Policy, 1, seconds: 1, policy.Accuracy))]));
}
