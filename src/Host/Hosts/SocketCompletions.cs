namespace FedActors.Host.Hosts;

/// <summary>Which thread goes on when a socket has received or sent.</summary>
internal static class SocketCompletions
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets the thread that waits for sockets read messages itself, instead of waking another one for each. Nothing may block
    /// on that thread, and Akka.Remote does not. To be called before the first socket; a setting of the user's stands.
    /// </summary>
    public static void RunOnWaitingThread()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
