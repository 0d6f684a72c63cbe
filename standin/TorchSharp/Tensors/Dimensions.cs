using System.Runtime.CompilerServices;

namespace TorchSharp.Tensors;

/// <summary>A short list of sizes or strides that lives on the stack.</summary>
[InlineArray(Capacity)]
internal struct Dimensions
{
    public const int Capacity = 16;

    private long _first;
}
