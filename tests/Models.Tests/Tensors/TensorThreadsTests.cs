using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Tensors;
using FedActors.Models.Tests.Support;
using FedActors.Models.Training;

namespace FedActors.Models.Tests.Tensors;

[Collection(ThreadSettings.Name)]
public sealed class TensorThreadsTests : IDisposable
{
    private static readonly INetwork Cnn = NetworkCatalogue.Get("cnn");
    private static readonly ImageSet Images = Glyphs.Create(120, 10, seed: 1).Training;

    public void Dispose() => TensorThreads.PerTask = 1;

    [Fact]
    public void A_task_has_one_thread_unless_told_otherwise() => Assert.Equal(1, TensorThreads.PerTask);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_task_needs_a_thread(int threads)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TensorThreads.PerTask = threads);
        Assert.Equal(1, TensorThreads.PerTask);
    }

    [Fact]
    public void A_task_uses_what_was_set_on_whatever_thread_it_runs()
    {
        TensorThreads.PerTask = 2;
        var seen = 0;
        var thread = new Thread(() =>
        {
            Train();
            seen = TorchSharp.torch.get_num_threads();
        });
        thread.Start();
        thread.Join();

        Assert.Equal(2, seen);
    }

    [Fact]
    public void More_threads_change_an_update_by_rounding_at_most()
    {
        var alone = Train();
        TensorThreads.PerTask = 2;

        var together = Train();

        Assert.InRange(Closeness.RelativeError(together.Delta.Span, alone.Delta.Span), 0, 1e-6);
        Assert.Equal(alone.Loss, together.Loss, 1e-6);
    }

    private static LocalUpdate Train() => LocalTraining.Run(
        Cnn, Cnn.Initialize(1), Images, Enumerable.Range(0, Images.Count).ToArray(), new TrainingRecipe(2, null, 0.05), seed: 5);
}
