using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Tensors;

/// <summary>The exception that TorchSharp raises for whatever libtorch rejects.</summary>
internal static class TorchError
{
    public static ExternalException Of(string message) => new(message);

    public static void Require([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw Of(message);
        }
    }

    public static void Require(
        [DoesNotReturnIf(false)] bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] TorchErrorMessage message)
    {
        if (!condition)
        {
            throw Of(message.ToString());
        }
    }

    public static ExternalException Unsupported(string operation, torch.ScalarType type) =>
        new($"\"{operation}\" not implemented for '{ElementType.Name(type)}'");
}
