namespace Akka.Actor;

public partial class ActorCell
{
    private Receive _behavior;
    private Stack<Receive> _behaviorsBelow;

    /// <summary>What handles the next message; the actor's own <c>Receive</c> until it becomes something else.</summary>
    private Receive CurrentBehavior => _behavior ??= _actor.InitialBehavior;

    public void Become(Receive receive)
    {
        // The initial behaviour stays below whatever comes first, later ones replace each other.
        if (_behaviorsBelow is null || _behaviorsBelow.Count == 0)
        {
            BecomeStacked(receive);
        }
        else
        {
            _behavior = receive;
        }
    }

    public void BecomeStacked(Receive receive)
    {
        // A null stands for the initial behaviour, since an actor may become something before it is fully made.
        (_behaviorsBelow ??= new Stack<Receive>(1)).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked()
    {
        if (_behaviorsBelow is { Count: > 0 })
        {
            _behavior = _behaviorsBelow.Pop();
        }
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(Handling(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(Handling(receive));

    private static Receive Handling(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    private void ClearBehaviors()
    {
        _behavior = null;
        _behaviorsBelow = null;
    }
}
