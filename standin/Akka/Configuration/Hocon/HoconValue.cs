using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>
/// The value of a key: pieces that are read together as one text, one list or one object.
/// </summary>
public class HoconValue : IMightBeAHoconObject
{
    public HoconValue()
        : this([])
    {
    }

    public HoconValue(List<IHoconElement> values, bool adoptedFromFallback = true)
    {
        Values = values;
        AdoptedFromFallback = adoptedFromFallback;
    }

    /// <summary>Whether there are no pieces, or only an object without keys.</summary>
    public bool IsEmpty => Values.Count == 0 || Values[0] is HoconObject { Items.Count: 0 };

    public List<IHoconElement> Values { get; }

    internal bool AdoptedFromFallback { get; }

    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>A configuration with this value under a single key.</summary>
    public Config AtKey(string key)
    {
        var parent = new HoconObject();
        parent.Items[key] = this;
        return new Config(new HoconRoot(new HoconValue([parent])));
    }

    public void AppendValue(IHoconElement value) => Values.Add(value);

    public void Clear() => Values.Clear();

    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    public bool IsObject() => GetObject() is not null;

    /// <summary>The object this is, or null.</summary>
    public HoconObject GetObject() => Values.Count == 0
        ? null
        : Values[0] switch
        {
            HoconObject direct => direct,
            IMightBeAHoconObject other when other.IsObject() => other.GetObject(),
            _ => null,
        };

    /// <summary>The value below this one, or null.</summary>
    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key);

    public bool IsString() => Values.Count > 0 && Values.TrueForAll(piece => piece.IsString());

    /// <summary>The pieces joined and trimmed; null where they are `null` or no text.</summary>
    public string GetString()
    {
        if (!IsString())
        {
            return null;
        }

        var text = string.Concat(Values.Select(piece => piece.GetString())).Trim();
        return text == "null" ? null : text;
    }

    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var other => throw new NotSupportedException($"Unknown boolean format: {other}"),
    };

    public decimal GetDecimal() => decimal.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public float GetFloat() => float.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public double GetDouble() => double.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public long GetLong() => long.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public int GetInt() => int.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    public byte GetByte() => byte.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>A duration; a number without a unit counts milliseconds, `infinite` is −1 ms.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.ParseDuration(GetString(), allowInfinite);

    /// <summary>A number of bytes; null where there is no text.</summary>
    public long? GetByteSize()
    {
        var text = GetString();
        return string.IsNullOrEmpty(text) ? null : HoconUnits.ParseSize(text);
    }

    public IList<byte> GetByteList() => GetArray().Select(item => item.GetByte()).ToList();

    public IList<int> GetIntList() => GetArray().Select(item => item.GetInt()).ToList();

    public IList<long> GetLongList() => GetArray().Select(item => item.GetLong()).ToList();

    public IList<bool> GetBooleanList() => GetArray().Select(item => item.GetBoolean()).ToList();

    public IList<float> GetFloatList() => GetArray().Select(item => item.GetFloat()).ToList();

    public IList<double> GetDoubleList() => GetArray().Select(item => item.GetDouble()).ToList();

    public IList<decimal> GetDecimalList() => GetArray().Select(item => item.GetDecimal()).ToList();

    public IList<string> GetStringList() => GetArray().Select(item => item.GetString()).ToList();

    /// <summary>The items of all pieces that are lists.</summary>
    public IList<HoconValue> GetArray() =>
        Values.Where(piece => piece.IsArray()).SelectMany(piece => piece.GetArray()).ToList();

    /// <summary>Whether there is at least one item; an empty list does not count.</summary>
    public bool IsArray() => GetArray().Count != 0;

    public override string ToString() => ToString(0);

    public virtual string ToString(int indent)
    {
        if (IsString())
        {
            return HoconText.Quote(GetString());
        }

        if (GetObject() is { } nested)
        {
            return indent == 0
                ? nested.ToString(1)
                : $"{{\r\n{nested.ToString(indent + 1)}{new string(' ', indent * 2)}}}";
        }

        return IsArray()
            ? $"[{string.Join(",", GetArray().Select(item => item.ToString(indent + 1)))}]"
            : "<<unknown value>>";
    }
}
