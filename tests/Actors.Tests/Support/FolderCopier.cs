using Akka.Actor;

namespace FedActors.Actors.Tests.Support;

/// <summary>
/// Copies a run's folder as a process killed at that moment would leave it. It runs on the journal's own dispatcher,
/// whose only thread writes nothing while it copies.
/// </summary>
internal sealed class FolderCopier(string source) : UntypedActor
{
    public sealed record Copy(string Target) : INoSerializationVerificationNeeded;

    public static Props Props(string source) =>
        Akka.Actor.Props.Create(() => new FolderCopier(source)).WithDispatcher(ActorsConfiguration.JournalDispatcher);

    protected override void OnReceive(object message)
    {
        var target = ((Copy)message).Target;
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
