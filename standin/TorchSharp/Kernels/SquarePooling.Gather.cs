using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <content>Reading the pixels that codes name.</content>
internal static unsafe partial class SquarePooling
{
    private readonly struct GatherPass<TLanes, TVector>(SquareGrid grid, float* x, float* y, byte* codes) : IParallelWork
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
            for (var item = start; item < end; item++)
            {
                var at = item * group * columns;
                var count = (int)Math.Min(group, pairs - item * group) * columns;
                var (even, odd) = LoadColumns<TLanes, TVector>(x + 4 * at, 4 * count);
                var (secondEven, secondOdd) = LoadColumns<TLanes, TVector>(x + 4 * at + 2 * lanes, 4 * count - 2 * lanes);
                var picked = Pick(
                    TLanes.LoadBytes(codes + item * lanes),
                    TLanes.Permute(even, secondEven, upper),
                    TLanes.Permute(odd, secondOdd, upper),
                    TLanes.Permute(even, secondEven, lower),
                    TLanes.Permute(odd, secondOdd, lower));
                StoreUpTo<TLanes, TVector>(y + at, picked, count);
            }
        }

        private void RunPairs(long start, long end)
        {
            var lanes = TLanes.Count;
            var (columns, width) = (grid.Columns, grid.Width);
            var target = y + start * columns;
            var marks = codes + start * grid.Steps * lanes;
            for (var pair = start; pair < end; pair++, target += columns)
            {
                var source = x + grid.PairStart(pair);
                for (var column = 0; column < columns; column += lanes, marks += lanes)
                {
                    var count = Math.Min(lanes, columns - column);
                    var (first, second) = LoadColumns<TLanes, TVector>(source + 2 * column, 2 * count);
                    var (third, fourth) = LoadColumns<TLanes, TVector>(source + width + 2 * column, 2 * count);
                    StoreUpTo<TLanes, TVector>(
                        target + column, Pick(TLanes.LoadBytes(marks), first, second, third, fourth), count);
                }
            }
        }

        private static TVector Pick(TVector code, TVector first, TVector second, TVector third, TVector fourth)
        {
            var upper = TLanes.Select(TLanes.Equal(code, TLanes.Zero), first, second);
            var lower = TLanes.Select(TLanes.Equal(code, TLanes.Broadcast(2)), third, fourth);
            return TLanes.Select(TLanes.Less(code, TLanes.Broadcast(2)), upper, lower);
        }
    }
}
