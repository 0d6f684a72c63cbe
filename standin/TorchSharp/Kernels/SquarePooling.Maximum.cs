using System.Runtime.CompilerServices;
using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <content>Finding the largest pixels.</content>
internal static unsafe partial class SquarePooling
{
    /// <summary>Takes the other value where it is larger or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<TLanes, TVector>(ref TVector best, ref TVector code, TVector other, TVector otherCode)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Two selections after each other are faster than one of both conditions: masks stay in the mask registers.
        var isLarger = TLanes.Less(best, other);
        var isNumber = TLanes.Equal(other, other);
        best = TLanes.Select(isNumber, TLanes.Select(isLarger, other, best), other);
        code = TLanes.Select(isNumber, TLanes.Select(isLarger, otherCode, code), otherCode);
    }

    private readonly struct MaximumPass<TLanes, TVector>(SquareGrid grid, float* x, float* y, byte* codes) : IParallelWork
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        public void Run(long start, long end)
        {
            if (grid.IsGrouped)
            {
                RunGroups(start, end);
            }
            else
            {
                RunPairs(start, end);
            }
        }

        private void RunGroups(long start, long end)
        {
            var lanes = TLanes.Count;
            var tables = stackalloc int[6 * lanes];
            FillTables(grid, tables, tables + lanes, tables + 2 * lanes, (float*)(tables + 4 * lanes));
            var (upper, lower) = (TLanes.Load((float*)tables), TLanes.Load((float*)(tables + lanes)));
            var (columns, pairs, group) = (grid.Columns, grid.Pairs, grid.Group);
            var (one, two) = (TLanes.Broadcast(1), TLanes.Broadcast(2));
            for (var item = start; item < end; item++)
            {
                var at = item * group * columns;
                var count = (int)Math.Min(group, pairs - item * group) * columns;
                var source = x + 4 * at;
                var (best, other) = LoadColumns<TLanes, TVector>(source, 4 * count);
                var code = TLanes.Zero;
                Take<TLanes, TVector>(ref best, ref code, other, one);
                var (second, secondOther) = LoadColumns<TLanes, TVector>(source + 2 * lanes, 4 * count - 2 * lanes);
                var secondCode = TLanes.Zero;
                Take<TLanes, TVector>(ref second, ref secondCode, secondOther, one);

                var most = TLanes.Permute(best, second, upper);
                var mostCode = TLanes.Permute(code, secondCode, upper);
                Take<TLanes, TVector>(
                    ref most, ref mostCode, TLanes.Permute(best, second, lower), TLanes.Add(TLanes.Permute(code, secondCode, lower), two));
                StoreUpTo<TLanes, TVector>(y + at, most, count);
                if (codes != null)
                {
                    TLanes.StoreAsBytes(codes + item * lanes, mostCode);
                }
            }
        }

        private void RunPairs(long start, long end)
        {
            var lanes = TLanes.Count;
            var (columns, width) = (grid.Columns, grid.Width);
            var outputs = y + start * columns;
            var marks = codes == null ? null : codes + start * grid.Steps * lanes;
            var (one, two, three) = (TLanes.Broadcast(1), TLanes.Broadcast(2), TLanes.Broadcast(3));
            for (var pair = start; pair < end; pair++, outputs += columns)
            {
                var source = x + grid.PairStart(pair);
                for (var column = 0; column < columns; column += lanes)
                {
                    var count = Math.Min(lanes, columns - column);
                    var (best, second) = LoadColumns<TLanes, TVector>(source + 2 * column, 2 * count);
                    var (third, fourth) = LoadColumns<TLanes, TVector>(source + width + 2 * column, 2 * count);
                    var code = TLanes.Zero;
                    Take<TLanes, TVector>(ref best, ref code, second, one);
                    Take<TLanes, TVector>(ref best, ref code, third, two);
                    Take<TLanes, TVector>(ref best, ref code, fourth, three);
                    StoreUpTo<TLanes, TVector>(outputs + column, best, count);
                    if (marks != null)
                    {
                        TLanes.StoreAsBytes(marks, code);
                        marks += lanes;
                    }
                }
            }
        }
    }
}
