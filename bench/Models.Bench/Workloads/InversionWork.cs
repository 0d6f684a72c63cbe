using FedActors.Models.Networks;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FedActors.Models.Bench.Workloads;

/// <summary>An iteration of gradient inversion: the L1 objective with its gradients, a step of Adam, and the clamp.</summary>
internal sealed class InversionWork : IWorkload
{
    private const double LearningRate = 0.05;

    // The range of valid inputs after MNIST's normalisation.
    private const double Lowest = -0.43;
    private const double Highest = 2.83;

    private readonly InversionObjective _objective;
    private readonly Parameter _inputs;
    private readonly Parameter _labels;
    private readonly optim.Optimizer _optimizer;

    public InversionWork(string network, int images, int steps)
    {
        set_num_threads(1);
        var model = NetworkCatalogue.Get(network);
        var samples = Samples.For(model, images);
        var start = model.Initialize(seed: 1);
        var recipe = new TrainingRecipe(steps, BatchSize: null, LearningRate);
        var target = LocalTraining.Run(model, start, samples, Samples.All(samples), recipe, seed: 1).Delta;
        _objective = new InversionObjective(model, start, target, new UnrolledDescent(steps, LearningRate), Disparity.L1);

        manual_seed(1);
        _inputs = new Parameter(randn([images, model.Input.Channels, model.Input.Height, model.Input.Width]));
        _labels = new Parameter(randn([images, model.Classes]));
        _optimizer = optim.Adam([_inputs, _labels], 0.1);
    }

    public void Run()
    {
        using var scope = NewDisposeScope();
        var value = _objective.Evaluate(_inputs, _labels);

        // An optimiser reads gradients from its parameters, and this is the way to put them there.
        _optimizer.zero_grad();
        autograd.backward([_inputs, _labels], [value.InputGradient, value.LabelGradient]);
        _optimizer.step();
        using var frozen = no_grad();
        _inputs.clamp_(Lowest, Highest);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
    }
}
