using System.Numerics;
using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Operators;

/// <summary>A loop written once for all element types.</summary>
internal interface ITypedLoop
{
    void Run<T>() where T : unmanaged, INumber<T>;
}

/// <summary>Runs a loop for the element type that is only known at run time; booleans run as bytes.</summary>
internal static class TypedLoop
{
    public static void Run<TLoop>(ScalarType type, string operation, TLoop loop) where TLoop : ITypedLoop
    {
        switch (type)
        {
            case ScalarType.Float32: loop.Run<float>(); break;
            case ScalarType.Int64: loop.Run<long>(); break;
            case ScalarType.Float64: loop.Run<double>(); break;
            case ScalarType.Int32: loop.Run<int>(); break;
            case ScalarType.Byte or ScalarType.Bool: loop.Run<byte>(); break;
            case ScalarType.Int16: loop.Run<short>(); break;
            case ScalarType.Int8: loop.Run<sbyte>(); break;
            default: throw TorchError.Unsupported(operation, type);
        }
    }
}
