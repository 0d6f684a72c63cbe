namespace TorchSharp.Kernels;

/// <summary>Gather and scatter along an axis. Callers have checked that indices are in range and not negative.</summary>
internal static unsafe class Indexing
{
    /// <summary>result[i] = x[indices[i]] for rows of <paramref name="rowLength"/> elements.</summary>
    public static void SelectRows<T>(T* x, long* indices, T* result, long count, long rowLength)
        where T : unmanaged
    {
        for (long i = 0; i < count; i++)
        {
            Buffer.MemoryCopy(x + indices[i] * rowLength, result + i * rowLength, rowLength * sizeof(T), rowLength * sizeof(T));
        }
    }

    /// <summary>result[indices[i]] += x[i] for rows of <paramref name="rowLength"/> elements, in order of i.</summary>
    public static void AddRows(float* x, long* indices, float* result, long count, long rowLength)
    {
        for (long i = 0; i < count; i++)
        {
            Elementwise.Binary(
                BinaryOperation.Add, result + indices[i] * rowLength, x + i * rowLength, result + indices[i] * rowLength, rowLength);
        }
    }

    /// <summary>
    /// result[o, i, j] = x[o, indices[o, i, j], j]: x is [outer, length, inner], result and indices [outer, count, inner].
    /// </summary>
    public static void Gather<T>(T* x, long* indices, T* result, long outer, long length, long count, long inner)
        where T : unmanaged
    {
        for (long o = 0; o < outer; o++)
        {
            for (long i = 0; i < count; i++)
            {
                for (long j = 0; j < inner; j++)
                {
                    var at = (o * count + i) * inner + j;
                    result[at] = x[(o * length + indices[at]) * inner + j];
                }
            }
        }
    }

    /// <summary>
    /// result[o, indices[o, i, j], j] += x[o, i, j]: result is [outer, length, inner], x and indices [outer, count, inner].
    /// </summary>
    public static void ScatterAdd(float* x, long* indices, float* result, long outer, long length, long count, long inner)
    {
        for (long o = 0; o < outer; o++)
        {
            for (long i = 0; i < count; i++)
            {
                for (long j = 0; j < inner; j++)
                {
                    var at = (o * count + i) * inner + j;
                    result[(o * length + indices[at]) * inner + j] += x[at];
                }
            }
        }
    }

    /// <summary>As <see cref="ScatterAdd"/>, but the last value written stays.</summary>
    public static void Scatter<T>(T* x, long* indices, T* result, long outer, long length, long count, long inner)
        where T : unmanaged
    {
        for (long o = 0; o < outer; o++)
        {
            for (long i = 0; i < count; i++)
            {
                for (long j = 0; j < inner; j++)
                {
                    var at = (o * count + i) * inner + j;
                    result[(o * length + indices[at]) * inner + j] = x[at];
                }
            }
        }
    }
}
