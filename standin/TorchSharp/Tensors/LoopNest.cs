namespace TorchSharp.Tensors;

/// <summary>
/// The loops that visit a result and its (up to three) broadcast operands together, with neighbouring
/// dimensions merged where all of them run on evenly. What is left has as few and as long loops as possible.
/// </summary>
internal struct LoopNest
{
    public int Rank;
    public Dimensions Shape;
    public Dimensions Stride0;
    public Dimensions Stride1;
    public Dimensions Stride2;

    private Dimensions _index;

    public long Offset0;
    public long Offset1;
    public long Offset2;

    public LoopNest(long[] shape, TensorValue operand0, TensorValue operand1, TensorValue? operand2 = null)
    {
        TorchError.Require(shape.Length <= Dimensions.Capacity, $"tensors of more than {Dimensions.Capacity} dimensions are not supported");
        operand2 ??= operand1;

        // Built from the innermost dimension outwards, then turned around.
        for (var i = 1; i <= shape.Length; i++)
        {
            var size = shape[^i];
            if (size == 1)
            {
                continue;
            }

            var (s0, s1, s2) = (StrideOf(operand0, i), StrideOf(operand1, i), StrideOf(operand2, i));
            var last = Rank - 1;
            if (last >= 0
                && s0 == Stride0[last] * Shape[last]
                && s1 == Stride1[last] * Shape[last]
                && s2 == Stride2[last] * Shape[last])
            {
                Shape[last] *= size;
                continue;
            }

            (Shape[Rank], Stride0[Rank], Stride1[Rank], Stride2[Rank]) = (size, s0, s1, s2);
            Rank++;
        }

        if (Rank == 0)
        {
            (Rank, Shape[0], Stride0[0], Stride1[0], Stride2[0]) = (1, 1, 1, 1, 1);
        }

        ((Span<long>)Shape)[..Rank].Reverse();
        ((Span<long>)Stride0)[..Rank].Reverse();
        ((Span<long>)Stride1)[..Rank].Reverse();
        ((Span<long>)Stride2)[..Rank].Reverse();
    }

    public readonly long InnerSize => Shape[Rank - 1];

    /// <summary>Moves the offsets to the next combination of the dimensions before the last <paramref name="inner"/> ones.</summary>
    public bool MoveNext(int inner = 1)
    {
        for (var d = Rank - 1 - inner; d >= 0; d--)
        {
            Offset0 += Stride0[d];
            Offset1 += Stride1[d];
            Offset2 += Stride2[d];
            if (++_index[d] < Shape[d])
            {
                return true;
            }

            _index[d] = 0;
            Offset0 -= Stride0[d] * Shape[d];
            Offset1 -= Stride1[d] * Shape[d];
            Offset2 -= Stride2[d] * Shape[d];
        }

        return false;
    }

    private static long StrideOf(TensorValue operand, int fromEnd) =>
        fromEnd > operand.Rank || operand.Shape[^fromEnd] == 1 ? 0 : operand.Strides[^fromEnd];
}
