using FedActors.Host.Errors;
using FedActors.Host.Tests.Support;
using FedActors.Models.Tensors;

namespace FedActors.Host.Tests.EndToEnd;

/// <summary>Runs alone, since it changes how many threads the process's tasks use.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TaskThreadsTests : IDisposable
{
    private const string Name = "task threads";

    private readonly TestHost _host = new();

    public void Dispose()
    {
        TensorThreads.PerTask = 1;
        _host.Dispose();
    }

    [Fact]
    public async Task A_run_gives_its_tasks_the_threads_it_was_told_to()
    {
        Experiment.Write(_host);

        var several = await _host.RunAsync("run", Experiment.File, "--out", "several", "--set", "rounds=2", "--task-threads", "2");
        var duringSeveral = TensorThreads.PerTask;
        var one = await _host.RunAsync("run", Experiment.File, "--out", "one", "--set", "rounds=2");

        Assert.Equal((ExitCode.Done, ""), (several.ExitCode, several.Error));
        Assert.Equal((ExitCode.Done, ""), (one.ExitCode, one.Error));
        Assert.Equal((2, 1), (duringSeveral, TensorThreads.PerTask));
    }
}
