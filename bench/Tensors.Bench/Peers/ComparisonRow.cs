using FedActors.Tensors.Bench.Costs;
using FedActors.Tensors.Bench.Workloads;

namespace FedActors.Tensors.Bench.Peers;

/// <summary>One piece of work that is timed here and in PyTorch.</summary>
/// <param name="Id">What <c>torch_peer.py</c> knows it by.</param>
/// <param name="Title">What the table calls it.</param>
/// <param name="Goal">How many times as fast as PyTorch it is meant to be.</param>
/// <param name="Repeats">How often it runs in one turn: about a tenth of a second of PyTorch's time.</param>
/// <param name="Operations">Floating-point operations of its products.</param>
/// <param name="Prepare">Makes it ready to run.</param>
internal sealed record ComparisonRow(
    string Id, string Title, double Goal, int Repeats, double Operations, Func<IWorkload> Prepare)
{
    private const int Steps = 5;
    private const int TestImages = 10_000;
    private const int TestBatch = 1_000;

    public static IReadOnlyList<ComparisonRow> All { get; } =
    [
        Update(600, 2, 1),
        Update(100, 2.3, 4),
        Inversion(32, 2.5, 4),
        Inversion(64, 2.5, 2),
        new(
            "evaluation",
            "evaluation of 10,000 images, `cnn`, batches of 1,000",
            3,
            1,
            FloatingPointOperations.Forward("cnn", TestImages),
            static () => new EvaluationWork("cnn", TestImages, TestBatch)),
        Step("lenet5", 32, 2.5, 60),
        Step("lenet5", 128, 2.5, 16),
        Step("resnet8", 32, 1.5, 4),
    ];

    private static ComparisonRow Update(int images, double goal, int repeats) => new(
        $"update-{images}",
        $"local update, `cnn`, {Steps} full-batch steps, {images} images",
        goal,
        repeats,
        Steps * FloatingPointOperations.Step("cnn", images),
        () => new LocalUpdateWork("cnn", images, Steps));

    private static ComparisonRow Inversion(int images, double goal, int repeats) => new(
        $"inversion-{images}",
        $"inversion iteration, `cnn`, {Steps} unrolled steps, {images} images",
        goal,
        repeats,
        FloatingPointOperations.Inversion("cnn", images, Steps),
        () => new InversionWork("cnn", images, Steps));

    private static ComparisonRow Step(string network, int images, double goal, int repeats) => new(
        $"{network}-{images}",
        $"SGD step, `{network}`, batch {images}",
        goal,
        repeats,
        FloatingPointOperations.Step(network, images),
        () => new TrainingStepWork(network, images));
}
