using System.Globalization;
using System.Text;

namespace TorchSharp.Tensors;

/// <summary>Tensors as text.</summary>
internal static class TensorText
{
    public static string Metadata(torch.Tensor tensor) =>
        $"{Shapes.Text(tensor.Value.Shape).Replace(", ", "x", StringComparison.Ordinal)}, type = {tensor.dtype}, device = {tensor.device}"
        + (tensor.name is null ? string.Empty : $", name = {tensor.name}");

    public static string Full(torch.Tensor tensor, string format, CultureInfo? culture, string? newLine)
    {
        var text = new StringBuilder(Metadata(tensor));
        text.Append(newLine ?? Environment.NewLine);
        using var flat = Operators.Copying.Cast(tensor.Value, torch.ScalarType.Float64);
        using var compact = flat.Compact();
        Append(text, compact, 0, 0, format, culture ?? CultureInfo.CurrentCulture);
        return text.ToString();
    }

    private static unsafe void Append(StringBuilder text, TensorValue value, int dimension, long offset, string format, CultureInfo culture)
    {
        if (dimension == value.Rank)
        {
            text.Append(value.Pointer<double>()[offset].ToString(format, culture));
            return;
        }

        text.Append('[');
        for (long i = 0; i < value.Shape[dimension]; i++)
        {
            text.Append(i == 0 ? string.Empty : " ");
            Append(text, value, dimension + 1, offset + i * value.Strides[dimension], format, culture);
        }

        text.Append(']');
    }
}
