using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Tensors;

/// <summary>What virtual time rests on: equal calls give equal bits, on any thread, whatever goes on beside them.</summary>
public sealed class SameBitsTests
{
    private const int Beside = 4;

    public static TheoryData<string> NetworkNames => [.. NetworkCatalogue.Names];

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void Training_evaluation_and_inversion_do_not_depend_on_thread_or_company(string name)
    {
        var network = NetworkCatalogue.Get(name);
        var images = SmallImages.Random(24, network.Classes, network.Input);
        var alone = Work(network, images);

        var beside = new ParameterVector[Beside];
        var threads = Enumerable.Range(0, Beside).Select(index => new Thread(() =>
        {
            // What came before leaves other free memory behind on each thread, and a block of another size is still in use.
            rand(100_000 * (index + 1)).Dispose();
            using var inUse = rand(1000 + index);
            beside[index] = Work(network, images);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.All(beside, result => Assert.Equal(alone, result));
    }

    /// <summary>Every number that comes out, one after another.</summary>
    private static ParameterVector Work(INetwork network, ImageSet images)
    {
        int[] all = [.. Enumerable.Range(0, images.Count)];
        var start = network.Initialize(1);
        var whole = LocalTraining.Run(network, start, images, all, new TrainingRecipe(2, null, 0.05), seed: 5);
        var inBatches = new TrainingRecipe(1, 7, 0.05, Momentum: 0.9, Proximal: 0.1);
        var batches = LocalTraining.Run(network, start, images, all, inBatches, seed: 5);
        var measured = Evaluation.Measure(network, start, images, batchSize: 7);
        var inversion = new UpdateInversion(
            network, new InversionRecipe { Images = 3, Cold = new InversionSchedule(2, 0.1, Patience: 2, Progress: 0) }, InputRange.Of(images));
        var found = inversion.Run(start, whole.Delta, new UnrolledDescent(2, 0.05), warm: null, seed: 1);
        var replayed = found.Reconstruction.UpdateFrom(network, start.Add(whole.Delta), new UnrolledDescent(2, 0.05));
        return ParameterVector.FromSpan(
        [
            .. whole.Delta.Span, .. batches.Delta.Span, .. replayed.Span,
            .. found.Reconstruction.Inputs.Span,
            .. found.Reconstruction.LabelLogits.Span,
            (float)whole.Loss, (float)batches.Loss, (float)measured.Loss, (float)found.Disparity,
        ]);
    }
}
