using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// An immutable tree of settings, read by dotted path. Getters return their default where the path is
/// absent, and throw where the value there has the wrong form.
/// </summary>
/// <remarks>
/// <see cref="Root"/> is the tree with every fallback merged in; the tree before merging is kept only to print it.
/// </remarks>
public class Config
{
    /// <summary>The configuration without any settings.</summary>
    public static readonly Config Empty = ConfigurationFactory.Empty;

    private HoconValue _own;

    public Config()
    {
        Substitutions = [];
    }

    public Config(HoconRoot root)
    {
        Root = root.Value ?? throw new ArgumentNullException(nameof(root), "The root value cannot be null.");
        Substitutions = root.Substitutions;
        _own = root.Value;
    }

    public Config(Config source, Config fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Root = source.Root;
        Fallback = fallback;
        Substitutions = source.Substitutions;
        _own = source._own;
    }

    /// <summary>What this configuration falls back to, or null.</summary>
    public Config Fallback { get; private set; }

    /// <summary>Whether there is no setting at all.</summary>
    public virtual bool IsEmpty => Root is null || Root.IsEmpty;

    /// <summary>The tree of settings, fallbacks merged in.</summary>
    public virtual HoconValue Root { get; private set; }

    /// <summary>The substitutions of the document this was parsed from.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; set; }

    public virtual bool GetBoolean(string path, bool @default = false) => Find(path)?.GetBoolean() ?? @default;

    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    public virtual long? GetByteSize(string path, long? def = null)
    {
        var value = Find(path);
        return value is null ? def : value.GetByteSize();
    }

    public virtual int GetInt(string path, int @default = 0) => Find(path)?.GetInt() ?? @default;

    public virtual long GetLong(string path, long @default = 0) => Find(path)?.GetLong() ?? @default;

    public virtual string GetString(string path, string @default = null)
    {
        var value = Find(path);
        return value is null ? @default : value.GetString();
    }

    public virtual float GetFloat(string path, float @default = 0) => Find(path)?.GetFloat() ?? @default;

    public virtual decimal GetDecimal(string path, decimal @default = 0) => Find(path)?.GetDecimal() ?? @default;

    public virtual double GetDouble(string path, double @default = 0) => Find(path)?.GetDouble() ?? @default;

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Find(path)?.GetTimeSpan(allowInfinite) ?? @default.GetValueOrDefault();

    public virtual IList<bool> GetBooleanList(string path) => FindList(path).GetBooleanList();

    public virtual IList<decimal> GetDecimalList(string path) => FindList(path).GetDecimalList();

    public virtual IList<float> GetFloatList(string path) => FindList(path).GetFloatList();

    public virtual IList<double> GetDoubleList(string path) => FindList(path).GetDoubleList();

    public virtual IList<int> GetIntList(string path) => FindList(path).GetIntList();

    public virtual IList<long> GetLongList(string path) => FindList(path).GetLongList();

    public virtual IList<byte> GetByteList(string path) => FindList(path).GetByteList();

    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) =>
        Find(path)?.GetStringList() ?? defaultPaths;

    /// <summary>The part of the tree below <paramref name="path"/>, or null.</summary>
    public virtual Config GetConfig(string path)
    {
        var value = Find(path);
        return value is null ? null : new Config(new HoconRoot(value));
    }

    /// <summary>The node at <paramref name="path"/>, or null.</summary>
    public HoconValue GetValue(string path) => Find(path);

    /// <summary>Whether anything, be it null, is set at <paramref name="path"/>.</summary>
    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>These settings, completed by those of <paramref name="fallback"/>; this object does not change.</summary>
    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this))
        {
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        }

        if (fallback is null)
        {
            return this;
        }

        if (IsEmpty)
        {
            return fallback;
        }

        var merged = Copy(fallback);
        if (Root.GetObject() is { } mine && fallback.Root?.GetObject() is { } theirs)
        {
            merged.Root = new HoconValue([theirs.MergeImmutable(mine)]);
        }

        return merged;
    }

    /// <summary>The settings at the top level.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() =>
        Root?.GetObject()?.Items ?? Enumerable.Empty<KeyValuePair<string, HoconValue>>();

    /// <summary>The settings without fallbacks, as HOCON.</summary>
    public override string ToString() => _own?.ToString() ?? "";

    /// <summary>The settings as HOCON.</summary>
    public string ToString(bool includeFallback) => includeFallback ? Root.ToString() : ToString();

    /// <summary>A copy whose last fallback is <paramref name="fallback"/>.</summary>
    protected Config Copy(Config fallback = null) => new()
    {
        Fallback = Fallback?.Copy(fallback) ?? fallback,
        Root = Root,
        Substitutions = Substitutions,
        _own = _own,
    };

    public static Config operator +(Config config, string fallback) =>
        config.WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    private HoconValue Find(string path)
    {
        var node = Root ?? throw new InvalidOperationException("Current node should not be null");
        foreach (var key in HoconPath.Split(path))
        {
            node = node.GetChildObject(key);
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    private HoconValue FindList(string path) =>
        Find(path) ?? throw new NullReferenceException($"There is no list at `{path}`.");
}
