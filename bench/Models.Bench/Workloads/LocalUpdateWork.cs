using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Models.Bench.Workloads;

/// <summary>A client's local update: full-batch steps from the model that it was given.</summary>
internal sealed class LocalUpdateWork : IWorkload
{
    private readonly INetwork _network;
    private readonly ImageSet _images;
    private readonly int[] _indices;
    private readonly ParameterVector _start;
    private readonly TrainingRecipe _recipe;

    public LocalUpdateWork(string network, int images, int steps)
    {
        _network = NetworkCatalogue.Get(network);
        _images = Samples.For(_network, images);
        _indices = Samples.All(_images);
        _start = _network.Initialize(seed: 1);
        _recipe = new TrainingRecipe(steps, BatchSize: null, LearningRate: 0.05);
    }

    public void Run() => _ = LocalTraining.Run(_network, _start, _images, _indices, _recipe, seed: 1);
}
