namespace Akka.Configuration.Hocon;

/// <summary>
/// Gives every substitution of a document its value, then joins the objects that stand side by side in one value.
/// </summary>
internal sealed class SubstitutionResolver
{
    private readonly HoconValue _root;
    private readonly HashSet<HoconValue> _visited = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<HoconValue> _resolving = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<HoconValue> _resolved = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<HoconValue> _absent = new(ReferenceEqualityComparer.Instance);

    public SubstitutionResolver(HoconValue root)
    {
        _root = root;
    }

    public void Resolve() => Visit(_root);

    private void Visit(HoconValue value)
    {
        if (!_visited.Add(value))
        {
            return;
        }

        ResolvePieces(value);
        foreach (var piece in value.Values)
        {
            switch (piece)
            {
                case HoconObject nested:
                    VisitMembers(nested);
                    break;
                case HoconArray items:
                    items.ForEach(Visit);
                    items.RemoveAll(_absent.Contains);
                    break;
                case HoconSubstitution { ResolvedValue: { } target }:
                    Visit(target);
                    break;
            }
        }
    }

    private void VisitMembers(HoconObject members)
    {
        foreach (var (key, member) in members.Items.ToArray())
        {
            Visit(member);
            if (_absent.Contains(member))
            {
                members.Items.Remove(key);
            }
        }
    }

    private void ResolvePieces(HoconValue value)
    {
        if (!_resolved.Contains(value) && _resolving.Add(value))
        {
            foreach (var substitution in value.Values.OfType<HoconSubstitution>().ToArray())
            {
                if (TryFind(substitution, out var target))
                {
                    substitution.ResolvedValue = target;
                }
                else
                {
                    Drop(substitution, value);
                }
            }

            JoinObjects(value);
            _resolving.Remove(value);
            _resolved.Add(value);
        }
    }

    private bool TryFind(HoconSubstitution substitution, out HoconValue target)
    {
        if (substitution.ResolvedValue is { } known)
        {
            target = known;
            return true;
        }

        target = substitution.Path == substitution.Owner
            ? ResolvedPrevious(substitution)
            : Lookup(substitution);
        target ??= FromEnvironment(substitution.Path);
        if (target is null && !substitution.IsOptional)
        {
            throw new FormatException($"Unresolved substitution: {substitution.Path} (line {substitution.Line})");
        }

        return target is not null;
    }

    private HoconValue Lookup(HoconSubstitution substitution)
    {
        if (substitution.Owner.StartsWith(substitution.Path + ".", StringComparison.Ordinal))
        {
            throw Cycle(substitution);
        }

        var node = _root;
        foreach (var key in HoconPath.Split(substitution.Path))
        {
            if (node.GetChildObject(key) is not { } child)
            {
                return null;
            }

            if (_resolving.Contains(child))
            {
                throw Cycle(substitution);
            }

            ResolvePieces(child);
            node = child;
        }

        return _absent.Contains(node) ? null : node;
    }

    private HoconValue ResolvedPrevious(HoconSubstitution substitution)
    {
        if (substitution.Previous is { } previous)
        {
            ResolvePieces(previous);
        }

        return substitution.Previous;
    }

    /// <summary>A value made of nothing but an optional reference to nothing stays what it was before.</summary>
    private void Drop(HoconSubstitution substitution, HoconValue value)
    {
        value.Values.Remove(substitution);
        if (value.Values.Exists(piece => !IsBlank(piece)))
        {
            return;
        }

        value.Values.Clear();
        if (ResolvedPrevious(substitution) is { } previous)
        {
            value.Values.AddRange(previous.Values);
        }
        else
        {
            _absent.Add(value);
        }
    }

    /// <summary>Neighbouring objects become one, in which the later wins; a text or list after objects replaces them.</summary>
    private void JoinObjects(HoconValue value)
    {
        if (value.Values.Count < 2 || !value.Values.Exists(IsObject))
        {
            return;
        }

        var pieces = value.Values.FindAll(piece => !IsBlank(piece));
        if (!IsObject(pieces[^1]))
        {
            value.Values.RemoveRange(0, value.Values.FindLastIndex(IsObject) + 1);
            return;
        }

        var first = pieces.FindLastIndex(piece => !IsObject(piece)) + 1;
        value.NewValue(pieces.Skip(first).Select(ReadObject).Aggregate((earlier, later) => earlier.MergeImmutable(later)));
    }

    private HoconObject ReadObject(IHoconElement piece)
    {
        if (piece is HoconSubstitution { ResolvedValue: { } target })
        {
            Visit(target);
            return target.GetObject();
        }

        return (HoconObject)piece;
    }

    private static HoconValue FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { } text ? new HoconValue([new HoconLiteral { Value = text }]) : null;

    private static FormatException Cycle(HoconSubstitution substitution) =>
        new($"The substitution ${{{substitution.Path}}} refers to itself (line {substitution.Line})");

    private static bool IsObject(IHoconElement piece) =>
        piece is HoconObject || (piece is HoconSubstitution substitution && substitution.IsObject());

    private static bool IsBlank(IHoconElement piece) =>
        piece is HoconLiteral literal && string.IsNullOrWhiteSpace(literal.Value);
}
