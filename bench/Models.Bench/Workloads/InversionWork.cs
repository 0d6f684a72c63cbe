using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Training;

namespace FedActors.Models.Bench.Workloads;

/// <summary>Gradient inversion of one update: the L1 objective with its gradients, a step of Adam and the clamp, for each iteration.</summary>
internal sealed class InversionWork : IWorkload
{
    private const double LearningRate = 0.05;

    private readonly UpdateInversion _inversion;
    private readonly UnrolledDescent _descent;
    private readonly ParameterVector _start;
    private readonly ParameterVector _target;

    public InversionWork(string network, int images, int steps, int iterations)
    {
        var model = NetworkCatalogue.Get(network);
        var samples = Samples.For(model, images);
        var recipe = new TrainingRecipe(steps, BatchSize: null, LearningRate);
        _start = model.Initialize(seed: 1);
        _target = LocalTraining.Run(model, _start, samples, Samples.All(samples), recipe, seed: 1).Delta;
        _descent = UnrolledDescent.For(recipe, images);
        _inversion = new UpdateInversion(
            model,
            new InversionRecipe { Images = images, Cold = new InversionSchedule(iterations, 0.1, Patience: iterations, Progress: 0) },
            InputRange.Of(samples));
    }

    public void Run() => _ = _inversion.Run(_start, _target, _descent, warm: null, seed: 1);
}
