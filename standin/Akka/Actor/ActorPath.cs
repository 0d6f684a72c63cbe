using System.Collections.Immutable;
using System.Globalization;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The names from the root down to an actor. A path holds its own name and its parent only, so that a hundred thousand
/// siblings share one copy of what is above them; every text is built when it is asked for.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    internal const string ValidActorNameDescription =
        $"Actor paths MUST: not start with `$`, not be empty, and only contain ASCII letters, digits and these special characters: `{ValidSymbols}`";

    protected ActorPath(Address address, string name)
    {
        ArgumentNullException.ThrowIfNull(address);
        Name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        Parent = parentPath;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    /// <summary>Null for a root.</summary>
    public ActorPath Parent { get; }

    /// <summary>Tells one incarnation of a name from the next; 0 if unknown.</summary>
    public long Uid { get; }

    public ActorPath Root => ParentOf(0);

    public Address Address => Root.RootAddress;

    public int Depth
    {
        get
        {
            var depth = 0;
            for (var path = Parent; path is not null; path = path.Parent)
            {
                depth++;
            }

            return depth;
        }
    }

    public IReadOnlyList<string> Elements => Names(withUid: false);

    internal IReadOnlyList<string> ElementsWithUid => Names(withUid: true);

    /// <summary>Null except in a root.</summary>
    private protected abstract Address RootAddress { get; }

    public static ActorPath operator /(ActorPath path, string name)
    {
        var (element, uid) = SplitUid(name);
        return new ChildActorPath(path, element, uid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
        {
            if (!string.IsNullOrEmpty(element))
            {
                path /= element;
            }
        }

        return path;
    }

    public static bool operator ==(ActorPath left, ActorPath right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath left, ActorPath right) => !(left == right);

    public static bool IsValidPathElement(string s) => !string.IsNullOrEmpty(s) && s[0] != '$' && HasOnlyValidCharacters(s);

    public static string FormatPathElements(IEnumerable<string> pathElements) => string.Join("/", pathElements);

    /// <exception cref="UriFormatException">The text is not a path with an address.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var result) ? result : throw new UriFormatException($"Can not parse an ActorPath: {path}");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        return TryParseAddress(path, out var address, out var names) && TryParse(new RootActorPath(address), names, out actorPath);
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, out ActorPath actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, out ActorPath actorPath)
    {
        actorPath = basePath;
        foreach (var range in absoluteUri.Split('/'))
        {
            var element = absoluteUri[range];
            if (element.Length > 0)
            {
                actorPath /= element.ToString();
            }
        }

        return true;
    }

    public static bool TryParseAddress(string path, out Address address) => TryParseAddress(path, out address, out _);

    public static bool TryParseAddress(string path, out Address address, out ReadOnlySpan<char> absoluteUri) =>
        Address.TryParse(path.AsSpan(), out address, out absoluteUri);

    public ActorPath Child(string childName) => this / childName;

    /// <summary>The ancestor at a depth; a negative depth counts from here upwards.</summary>
    public ActorPath ParentOf(int depth)
    {
        var steps = depth >= 0 ? Depth - depth : -depth;
        var path = this;
        for (; steps > 0 && path.Parent is not null; steps--)
        {
            path = path.Parent;
        }

        return path;
    }

    public ActorPath WithUid(long uid)
    {
        if (Parent is null)
        {
            return uid == ActorCell.UndefinedUid ? this : throw new NotSupportedException("RootActorPath must have undefined Uid");
        }

        return uid == Uid ? this : new ChildActorPath(Parent, Name, uid);
    }

    public string ToStringWithoutAddress() => Format("", withUid: false);

    public override string ToString() => Format(Address.ToString(), withUid: false);

    public string ToStringWithUid() => Format(Address.ToString(), withUid: true);

    public string ToStringWithAddress() => ToString();

    /// <summary>With the given address, unless the path's own one is complete.</summary>
    public string ToStringWithAddress(Address address) => Format(Reachable(address).ToString(), withUid: false);

    public string ToSerializationFormat() => Format(Address.ToString(), withUid: true);

    public string ToSerializationFormatWithAddress(Address address) => Format(Reachable(address).ToString(), withUid: true);

    /// <summary>Names and address count, the uid does not.</summary>
    public bool Equals(ActorPath other)
    {
        var mine = this;
        while (!ReferenceEquals(mine, other))
        {
            if (mine is null || other is null || mine.Name != other.Name)
            {
                return false;
            }

            if (mine.Parent is null || other.Parent is null)
            {
                return mine.Parent is null && other.Parent is null && mine.RootAddress.Equals(other.RootAddress);
            }

            mine = mine.Parent;
            other = other.Parent;
        }

        return true;
    }

    public override bool Equals(object obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        var hash = 17;
        for (var path = this; path is not null; path = path.Parent)
        {
            hash = (hash * 23) ^ path.Name.GetHashCode();
        }

        return hash;
    }

    public int CompareTo(ActorPath other)
    {
        if (ReferenceEquals(this, other))
        {
            return 0;
        }

        if (other is null)
        {
            return 1;
        }

        if (Parent is null || other.Parent is null)
        {
            return (Parent is null ? 1 : 0).CompareTo(other.Parent is null ? 1 : 0) is var rootsLast and not 0
                ? rootsLast
                : string.CompareOrdinal(ToString(), other.ToString());
        }

        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : Parent.CompareTo(other.Parent);
    }

    public ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(ToSerializationFormat());

    internal static (string Name, long Uid) SplitUid(string element)
    {
        var hash = element.IndexOf('#');
        return hash < 0
            ? (element, ActorCell.UndefinedUid)
            : (element[..hash], long.Parse(element.AsSpan(hash + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static bool HasOnlyValidCharacters(string s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c))
            {
                continue;
            }

            if (c != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2]))
            {
                return false;
            }

            i += 2;
        }

        return true;
    }

    private Address Reachable(Address fallback)
    {
        var own = Address;
        return own.Host is not null && own.Port is not null ? own : fallback;
    }

    private ImmutableArray<string> Names(bool withUid)
    {
        var names = new string[Depth];
        var path = this;
        for (var i = names.Length - 1; i >= 0; i--)
        {
            names[i] = path.Name;
            path = path.Parent;
        }

        if (withUid && names.Length > 0 && Uid != ActorCell.UndefinedUid)
        {
            names[^1] = $"{Name}#{Uid}";
        }

        return ImmutableArray.Create(names);
    }

    private string Format(string prefix, bool withUid) => prefix + "/" + FormatPathElements(Names(withUid));

    /// <summary>A path as it is serialized.</summary>
    public sealed class Surrogate : ISurrogate
    {
        public Surrogate(string path) => Path = path;

        public string Path { get; }

        public ISurrogated FromSurrogate(ActorSystem system) => TryParse(Path, out var path) ? path : null;
    }
}
