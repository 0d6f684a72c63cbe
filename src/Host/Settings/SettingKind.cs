using System.Diagnostics.CodeAnalysis;

namespace FedActors.Host.Settings;

/// <summary>What may stand at a key, and how it is read.</summary>
/// <param name="Allowed">Completes the sentence "must be …".</param>
internal abstract record SettingKind<T>(string Allowed)
{
    /// <summary>Reads a node; false where it is not of this kind.</summary>
    public abstract bool TryRead(SettingNode node, [MaybeNullWhen(false)] out T value);
}

/// <summary>Reads a single text.</summary>
internal delegate bool TextReader<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>A kind that is one text.</summary>
internal sealed record TextKind<T>(string Allowed, TextReader<T> Reader) : SettingKind<T>(Allowed)
{
    public override bool TryRead(SettingNode node, [MaybeNullWhen(false)] out T value)
    {
        if (node is SettingText { Text: { } text })
        {
            return Reader(text, out value);
        }

        value = default;
        return false;
    }
}
