namespace Akka.Actor;

/// <summary>All actors at a path, which may hold patterns; looked for anew with every message.</summary>
public class ActorSelection : ICanTell
{
    public ActorSelection()
    {
    }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path)
        : this(anchor, path.Split('/'))
    {
    }

    /// <exception cref="IllegalActorNameException">A double asterisk is not the last element.</exception>
    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
        : this(anchor, [.. elements.Where(e => !string.IsNullOrEmpty(e)).Select(Read)])
    {
        if (Path.SkipLast(1).Any(e => e is SelectChildRecursive))
        {
            throw new IllegalActorNameException("Double wildcard can only appear at the last path entry");
        }
    }

    /// <summary>Where the path begins.</summary>
    public IActorRef Anchor { get; private set; }

    public SelectionPathElement[] Path { get; private set; }

    public string PathString => "/" + string.Join<SelectionPathElement>("/", Path);

    /// <summary>Without a sender, the actor whose code is running is the sender.</summary>
    public void Tell(object message, IActorRef sender = null) =>
        Deliver((IInternalActorRef)Anchor, sender ?? ActorCell.GetCurrentSelfOrNoSender(), new ActorSelectionMessage(message, Path));

    /// <summary>The first of the actors to answer.</summary>
    /// <exception cref="ActorNotFoundException">None answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <inheritdoc cref="ResolveOne(TimeSpan)"/>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException("subject was null");
        }
        catch (Exception e)
        {
            throw new ActorNotFoundException("Exception occurred while resolving ActorSelection", e);
        }
    }

    public override bool Equals(object obj) =>
        obj is ActorSelection other && Equals(Anchor, other.Anchor) && Path.SequenceEqual(other.Path);

    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    public override string ToString() =>
        $"ActorSelection[Anchor({Anchor.Path}{(Anchor.Path.Uid == ActorCell.UndefinedUid ? "" : $"#{Anchor.Path.Uid}")}), Path({PathString})]";

    internal static void Deliver(IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selection)
    {
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            // Beyond what this process knows, the reference itself knows how to go on.
            if (current is not ActorRefWithCell withCell)
            {
                current.Tell(selection.Copy(elements: selection.Elements[i..]), sender);
                return;
            }

            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = withCell.Parent;
                    break;
                case SelectChildName child:
                    current = withCell.GetSingleChild(child.Name);
                    if (current is Nobody)
                    {
                        TellNobody(anchor, sender, selection);
                        return;
                    }

                    break;
                case SelectChildPattern pattern:
                    FanOut(anchor, withCell, pattern, selection.Elements[(i + 1)..], sender, selection);
                    return;
                case SelectChildRecursive:
                    TellDescendants(withCell, sender, selection.Message);
                    return;
            }
        }

        current.Tell(selection.Message, sender);
    }

    private static SelectionPathElement Read(string element) => element switch
    {
        "**" => SelectChildRecursive.Instance,
        ".." => SelectParent.Instance,
        _ when element.Contains('?') || element.Contains('*') => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };

    private static void FanOut(
        IInternalActorRef anchor,
        ActorRefWithCell parent,
        SelectChildPattern pattern,
        SelectionPathElement[] rest,
        IActorRef sender,
        ActorSelectionMessage selection)
    {
        var matching = parent.Children.Where(child => pattern.Matches(child.Path.Name)).ToArray();
        if (matching.Length == 0)
        {
            TellNobody(anchor, sender, selection);
        }

        var onward = selection.Copy(elements: rest, wildCardFanOut: selection.WildCardFanOut || matching.Length > 1);
        foreach (var child in matching)
        {
            Deliver((IInternalActorRef)child, sender, onward);
        }
    }

    private static void TellDescendants(ActorRefWithCell parent, IActorRef sender, object message)
    {
        foreach (var child in parent.Children.ToArray())
        {
            child.Tell(message, sender);
            if (child is ActorRefWithCell withCell)
            {
                TellDescendants(withCell, sender, message);
            }
        }
    }

    private static void TellNobody(IInternalActorRef anchor, IActorRef sender, ActorSelectionMessage selection)
    {
        if (!selection.WildCardFanOut)
        {
            var path = anchor.Path / selection.Elements.Select(e => e.ToString());
            var eventStream = ((ActorRefWithCell)anchor).Underlying.System.EventStream;
            new EmptyLocalActorRef(anchor.Provider, path, eventStream).Tell(selection, sender);
        }
    }
}
