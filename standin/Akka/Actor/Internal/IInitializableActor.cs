namespace Akka.Actor.Internal;

/// <summary>An actor with something to do once its constructor is through.</summary>
public interface IInitializableActor
{
    void Init();
}
