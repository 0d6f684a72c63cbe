using static TorchSharp.torch;

namespace FedActors.Models.Tensors;

/// <summary>
/// How many threads one training or evaluation may use inside a tensor operation. It is one unless told otherwise: clients
/// train side by side, so that more threads would only compete with them, and libtorch may sum in another order on more.
/// </summary>
public static class TensorThreads
{
    private static volatile int _perTask = 1;

    [ThreadStatic]
    private static int _applied;

    /// <summary>Threads that a task of this process may use, its own included. At least 1, which is the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static int PerTask
    {
        get => _perTask;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _perTask = value;
        }
    }

    /// <summary>To be called on the thread of a task before its first operation: libtorch keeps the number for each thread.</summary>
    /// <exception cref="TorchUnavailableException">libtorch can't be loaded.</exception>
    internal static void Prepare()
    {
        TorchLibrary.Load();
        if (_applied != _perTask)
        {
            _applied = _perTask;
            set_num_threads(_applied);
        }
    }
}
