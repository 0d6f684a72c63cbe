namespace Akka.Actor.Internal;

/// <summary>Remembers, for each thread, whose code it is running.</summary>
public static class InternalCurrentActorCellKeeper
{
    [ThreadStatic]
    private static ActorCell _current;

    public static ActorCell Current
    {
        get => _current;
        set => _current = value;
    }
}
