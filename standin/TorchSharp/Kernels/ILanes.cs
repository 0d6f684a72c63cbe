namespace TorchSharp.Kernels;

/// <summary>
/// Float arithmetic on one vector register. Kernels are written once against this interface; the just-in-time compiler specialises them for
/// <see cref="Lanes512"/>, <see cref="Lanes256"/> and <see cref="PortableLanes"/> and folds the counts below to constants.
/// </summary>
/// <typeparam name="TVector">The vector type whose operations these are.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Most rows of a product tile two vectors wide that fit the registers; see <see cref="OuterTile"/>.</summary>
    static abstract int OuterRows { get; }

    /// <summary>The same for a tile that keeps two sums for each element; none where too few rows would fit to hide a multiplication.</summary>
    static abstract int ChunkedRows { get; }

    /// <summary>Rows and columns of a tile of dot products that fits the registers; see <see cref="DotTile"/>.</summary>
    static abstract int DotSide { get; }

    /// <summary>All lanes zero.</summary>
    static abstract TVector Zero { get; }

    /// <summary>All lanes the same.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>Reads a whole vector.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Reads the first <paramref name="count"/> lanes and nothing beyond; the others are zero.</summary>
    static abstract TVector LoadPart(float* source, int count);

    /// <summary>Reads lanes <paramref name="first"/> to <paramref name="end"/> − 1 and nothing outside; the others are zero.</summary>
    static abstract TVector LoadRange(float* source, int first, int end);

    /// <summary>Writes a whole vector.</summary>
    static abstract void Store(float* destination, TVector value);

    /// <summary>Writes the first <paramref name="count"/> lanes and nothing beyond.</summary>
    static abstract void StorePart(float* destination, TVector value, int count);

    /// <summary>Reads as many bytes as there are lanes, as whole numbers.</summary>
    static abstract TVector LoadBytes(byte* source);

    /// <summary>Writes as many bytes as there are lanes, of whole numbers from 0 to 127.</summary>
    static abstract void StoreAsBytes(byte* destination, TVector value);

    /// <summary>x·y + z, fused where the machine does so; used where the order of a long sum is the kernel's own anyway.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>Sum of the lanes, in a fixed order.</summary>
    static abstract float Sum(TVector value);

    /// <summary>Sum of the lanes in double: for totals of many elements, whose last additions would cost the most digits.</summary>
    static abstract double SumAsDouble(TVector value);

    static abstract TVector Add(TVector x, TVector y);

    static abstract TVector Subtract(TVector x, TVector y);

    static abstract TVector Multiply(TVector x, TVector y);

    static abstract TVector Divide(TVector x, TVector y);

    static abstract TVector Negate(TVector x);

    static abstract TVector Abs(TVector x);

    static abstract TVector Sqrt(TVector x);

    /// <summary>Largest whole number that is not above x.</summary>
    static abstract TVector Floor(TVector x);

    /// <summary>2^x for whole numbers x from −126 to 127.</summary>
    static abstract TVector PowerOfTwo(TVector x);

    static abstract TVector Log(TVector x);

    /// <summary>Smaller value; NaN if either is.</summary>
    static abstract TVector Min(TVector x, TVector y);

    /// <summary>Larger value; NaN if either is.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>Lanes of ones (bits) where the comparison holds.</summary>
    static abstract TVector Equal(TVector x, TVector y);

    /// <inheritdoc cref="Equal"/>
    static abstract TVector Less(TVector x, TVector y);

    /// <inheritdoc cref="Equal"/>
    static abstract TVector LessOrEqual(TVector x, TVector y);

    /// <summary>Lanes of x where the mask is ones, of y where it is zeros.</summary>
    static abstract TVector Select(TVector mask, TVector x, TVector y);

    static abstract TVector Not(TVector mask);

    static abstract TVector Or(TVector x, TVector y);

    /// <summary>The even positions of two vectors laid side by side.</summary>
    static abstract TVector Even(TVector first, TVector second);

    /// <summary>The odd positions of two vectors laid side by side.</summary>
    static abstract TVector Odd(TVector first, TVector second);

    /// <summary>Any lanes of two vectors laid side by side; the bits of <paramref name="indices"/> are integers.</summary>
    static abstract TVector Permute(TVector first, TVector second, TVector indices);

    /// <summary>Two vectors whose even positions are one argument and whose odd positions the other.</summary>
    static abstract (TVector First, TVector Second) Interleave(TVector even, TVector odd);
}
