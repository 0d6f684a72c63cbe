using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Models.Bench.Workloads;

/// <summary>Accuracy and loss of a network on a test set.</summary>
internal sealed class EvaluationWork : IWorkload
{
    private readonly INetwork _network;
    private readonly ImageSet _images;
    private readonly ParameterVector _parameters;
    private readonly int _batch;

    public EvaluationWork(string network, int images, int batch)
    {
        _network = NetworkCatalogue.Get(network);
        _images = Samples.For(_network, images);
        _parameters = _network.Initialize(seed: 1);
        _batch = batch;
    }

    public void Run() => _ = Evaluation.Measure(_network, _parameters, _images, batchSize: _batch);
}
