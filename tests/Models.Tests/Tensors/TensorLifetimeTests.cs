using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Tensors;

/// <summary>The memory of a tensor is libtorch's: no garbage collector finds what is forgotten.</summary>
public sealed class TensorLifetimeTests
{
    private static readonly INetwork Cnn = NetworkCatalogue.Get("cnn");
    private static readonly ImageSet Images = Glyphs.Create(20, 10, seed: 1).Training;
    private static readonly int[] All = [.. Enumerable.Range(0, Images.Count)];
    private static readonly ParameterVector Start = Cnn.Initialize(1);
    private static readonly InversionSchedule Short = new(Iterations: 3, Rate: 0.1, Patience: 3, Progress: 0);

    [Fact]
    public void Nothing_lives_on_after_training_evaluation_and_inversion()
    {
        var before = Alive();

        var update = Train();
        Evaluation.Measure(Cnn, Start, Images, batchSize: 7);
        var found = Inversion().Run(Start, update, new UnrolledDescent(2, 0.05), warm: null, seed: 1);
        Inversion().Run(Start, update, new UnrolledDescent(2, 0.05), found.Next, seed: 1);
        found.Reconstruction.UpdateFrom(Cnn, Start, new UnrolledDescent(2, 0.05));

        Assert.Equal(before, Alive());
    }

    [Fact]
    public void Nothing_lives_on_after_work_that_was_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var before = Alive();

        Assert.Throws<OperationCanceledException>(() => Train(cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => Evaluation.Measure(Cnn, Start, Images, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() =>
            Inversion().Run(Start, Start, new UnrolledDescent(2, 0.05), null, seed: 1, cancelled.Token));

        Assert.Equal(before, Alive());
    }

    [Fact]
    public void An_objective_holds_its_tensors_until_it_is_disposed_and_a_value_its_gradients()
    {
        using var scope = NewDisposeScope();
        var (inputs, labels) = (zeros(2, 1, 28, 28), zeros(2, 10));
        var before = Alive();

        var objective = new InversionObjective(Cnn, Start, Start, new UnrolledDescent(1, 0.05), Disparity.L1, Start.TopMagnitudeMask(0.5));
        Assert.Equal(before + 3, Alive());
        var value = objective.Evaluate(inputs, labels);
        Assert.Equal(before + 5, Alive());

        value.Dispose();
        objective.Dispose();
        Assert.Equal(before, Alive());
    }

    [Fact]
    public void Work_that_needs_gradients_gets_them_where_the_caller_has_turned_them_off()
    {
        var expected = Train();

        using var frozen = no_grad();
        var update = Train();
        var replayed = Reconstruction.Draw(Cnn, 2, seed: 1).UpdateFrom(Cnn, Start, new UnrolledDescent(1, 0.05));
        Inversion().Run(Start, update, new UnrolledDescent(2, 0.05), null, seed: 1);

        Assert.Equal(expected, update);
        Assert.True(replayed.L1Norm() > 0);
        Assert.False(is_grad_enabled());
    }

    private static long Alive() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private static ParameterVector Train(CancellationToken token = default) =>
        LocalTraining.Run(Cnn, Start, Images, All, new TrainingRecipe(2, 7, 0.05, Momentum: 0.9, Proximal: 0.1), seed: 1, token).Delta;

    private static UpdateInversion Inversion() => new(
        Cnn,
        new InversionRecipe { Images = 2, Keep = 0.5, Cold = Short, Warm = Short },
        InputRange.Of(Images));
}
