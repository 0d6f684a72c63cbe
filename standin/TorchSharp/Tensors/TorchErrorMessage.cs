using System.Runtime.CompilerServices;
using System.Text;

namespace TorchSharp.Tensors;

/// <summary>An interpolated message that is only put together when the condition it explains has failed.</summary>
[InterpolatedStringHandler]
internal readonly ref struct TorchErrorMessage
{
    private readonly StringBuilder? _text;

    public TorchErrorMessage(int literalLength, int formattedCount, bool condition, out bool isEnabled)
    {
        isEnabled = !condition;
        _text = condition ? null : new StringBuilder(literalLength + 8 * formattedCount);
    }

    public void AppendLiteral(string text) => _text?.Append(text);

    public void AppendFormatted<T>(T value) => _text?.Append(value);

    public override string ToString() => _text?.ToString() ?? string.Empty;
}
