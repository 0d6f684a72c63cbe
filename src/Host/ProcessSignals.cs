using System.Runtime.InteropServices;
using FedActors.Host.Errors;

namespace FedActors.Host;

/// <summary>
/// Turns the signals that ask a process to end into a cancelled token, so that it can end in good order. A second
/// signal ends it at once.
/// </summary>
internal static class ProcessSignals
{
    // Registrations end when they are collected, so they are kept as long as the process lives.
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>Starts to watch.</summary>
    public static CancellationToken Watch()
    {
        var interruption = new CancellationTokenSource();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            Registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                if (interruption.IsCancellationRequested)
                {
                    Environment.Exit(ExitCode.Interrupted);
                }

                context.Cancel = true;
                interruption.Cancel();
            }));
        }

        return interruption.Token;
    }
}
