namespace Akka.Configuration.Hocon;

/// <summary>A reference `${path}` to another value of the document.</summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    public HoconSubstitution(string path)
    {
        Path = path;
    }

    public string Path { get; set; }

    /// <summary>The value found at <see cref="Path"/>; null until the whole document is read.</summary>
    public HoconValue ResolvedValue { get; set; }

    /// <summary>Whether this was written `${?path}` and may stay without a value.</summary>
    internal bool IsOptional { get; init; }

    /// <summary>The line of the document, for error messages.</summary>
    internal int Line { get; init; }

    /// <summary>Where this reference stands; a reference to its own place means the value before.</summary>
    internal string Owner { get; init; } = "";

    /// <summary>What stood at this place before, or null.</summary>
    internal HoconValue Previous { get; init; }

    public bool IsString() => ResolvedValue is not null && ResolvedValue.IsString();

    public string GetString() => ResolvedValue?.GetString();

    public bool IsArray() => ResolvedValue is not null && ResolvedValue.IsArray();

    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];

    public bool IsObject() => ResolvedValue is not null && ResolvedValue.IsObject();

    public HoconObject GetObject() => ResolvedValue?.GetObject();
}
