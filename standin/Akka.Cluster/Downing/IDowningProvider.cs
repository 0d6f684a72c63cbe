using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Decides about members that can't be reached. Made with the system and the cluster as arguments.</summary>
public interface IDowningProvider
{
    /// <summary>How long what ran on a removed member is left alone before it is started elsewhere.</summary>
    TimeSpan DownRemovalMargin { get; }

    /// <summary>The actor that decides, or null.</summary>
    Props DowningActorProps { get; }
}

/// <summary>Leaves the decision to the program.</summary>
public sealed class NoDowning : IDowningProvider
{
    private readonly Cluster _cluster;

    public NoDowning(ActorSystem system, Cluster cluster) => _cluster = cluster;

    public TimeSpan DownRemovalMargin => _cluster.Settings.DownRemovalMargin;

    public Props DowningActorProps => null;
}
