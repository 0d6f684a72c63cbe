using FedActors.Models.Bench.Workloads;

namespace FedActors.Models.Bench.Suites;

/// <summary>Measuring <c>cnn</c> on 10,000 images, a thousand at a time.</summary>
public class EvaluationSuite : WorkloadSuite
{
    private protected override IWorkload Prepare() => new EvaluationWork("cnn", images: 10_000, batch: 1_000);
}
