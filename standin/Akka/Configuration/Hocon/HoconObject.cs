using System.Text;
using Newtonsoft.Json;

namespace Akka.Configuration.Hocon;

/// <summary>Keys and their values, in the order of the document.</summary>
public class HoconObject : IHoconElement
{
    /// <summary>Nested dictionaries with a <see cref="HoconValue"/> at every leaf.</summary>
    [JsonIgnore]
    public IDictionary<string, object> Unwrapped =>
        Items.ToDictionary(item => item.Key, item => item.Value.GetObject()?.Unwrapped ?? (object)item.Value);

    public Dictionary<string, HoconValue> Items { get; private init; } = [];

    public bool IsString() => false;

    public string GetString() =>
        throw new NotSupportedException("This element is an object and not a string.");

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() =>
        throw new NotSupportedException("This element is an object and not an array.");

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key);

    /// <summary>The value of <paramref name="key"/>, which is added empty if absent.</summary>
    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
        {
            Items.Add(key, value = new HoconValue());
        }

        return value;
    }

    /// <summary>Takes over everything in <paramref name="other"/>, which wins where both have a value.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, theirs) in other.Items)
        {
            Items[key] = Items.TryGetValue(key, out var mine) ? Combine(mine, theirs) : theirs;
        }
    }

    /// <summary>Like <see cref="Merge"/>, but leaves both objects as they are.</summary>
    internal HoconObject MergeImmutable(HoconObject other)
    {
        var merged = new HoconObject { Items = new Dictionary<string, HoconValue>(Items) };
        merged.Merge(other);
        return merged;
    }

    public override string ToString() => ToString(0);

    public string ToString(int indent)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
        {
            text.Append(' ', indent * 2).Append(HoconText.QuoteKey(key)).Append(" : ")
                .Append(value.ToString(indent)).Append("\r\n");
        }

        return text.ToString();
    }

    private static HoconValue Combine(HoconValue mine, HoconValue theirs) =>
        mine.GetObject() is { } left && theirs.GetObject() is { } right
            ? new HoconValue([left.MergeImmutable(right)])
            : theirs;
}
