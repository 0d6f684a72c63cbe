using TorchSharp.Threading;

namespace TorchSharp.Kernels;

/// <content>Gradients back to the largest pixels.</content>
internal static unsafe partial class SquarePooling
{
    private readonly struct GradientPass<TLanes, TVector>(SquareGrid grid, float* gradInput, float* gradOut, byte* codes) : IParallelWork
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
            var (parent, secondParent) = (TLanes.Load((float*)(tables + 2 * lanes)), TLanes.Load((float*)(tables + 3 * lanes)));
            var (even, secondEven) = (TLanes.Load((float*)(tables + 4 * lanes)), TLanes.Load((float*)(tables + 5 * lanes)));
            var (odd, secondOdd) = (TLanes.Add(even, TLanes.Broadcast(1)), TLanes.Add(secondEven, TLanes.Broadcast(1)));
            var (columns, pairs, group) = (grid.Columns, grid.Pairs, grid.Group);
            for (var item = start; item < end; item++)
            {
                var at = item * group * columns;
                var count = (int)Math.Min(group, pairs - item * group) * columns;

                // Adding zero, as to a cleared gradient, turns −0 into +0.
                var gradient = TLanes.Add(LoadUpTo<TLanes, TVector>(gradOut + at, count), TLanes.Zero);
                var code = TLanes.LoadBytes(codes + item * lanes);
                var target = gradInput + 4 * at;
                Place(target, gradient, code, parent, even, odd, 4 * count);
                Place(target + 2 * lanes, gradient, code, secondParent, secondEven, secondOdd, 4 * count - 2 * lanes);
            }
        }

        private static void Place(
            float* target, TVector gradient, TVector code, TVector parent, TVector even, TVector odd, int count)
        {
            gradient = TLanes.Permute(gradient, gradient, parent);
            code = TLanes.Permute(code, code, parent);
            StoreColumns<TLanes, TVector>(target, Where(code, even, gradient), Where(code, odd, gradient), count);
        }

        private void RunPairs(long start, long end)
        {
            var lanes = TLanes.Count;
            var (columns, width) = (grid.Columns, grid.Width);
            var (one, two, three) = (TLanes.Broadcast(1), TLanes.Broadcast(2), TLanes.Broadcast(3));
            var source = gradOut + start * columns;
            var marks = codes + start * grid.Steps * lanes;
            for (var pair = start; pair < end; pair++, source += columns)
            {
                var upper = gradInput + grid.PairStart(pair);
                var lower = upper + width;
                for (var column = 0; column < columns; column += lanes, marks += lanes)
                {
                    var count = Math.Min(lanes, columns - column);
                    var gradient = TLanes.Add(LoadUpTo<TLanes, TVector>(source + column, count), TLanes.Zero);
                    var code = TLanes.LoadBytes(marks);
                    StoreColumns<TLanes, TVector>(
                        upper + 2 * column, Where(code, TLanes.Zero, gradient), Where(code, one, gradient), 2 * count);
                    StoreColumns<TLanes, TVector>(lower + 2 * column, Where(code, two, gradient), Where(code, three, gradient), 2 * count);
                }

                ClearRest(pair, upper);
            }
        }

        /// <summary>The column and the row that no window covers.</summary>
        private void ClearRest(long pair, float* upper)
        {
            var width = grid.Width;
            if (width % 2 != 0)
            {
                upper[width - 1] = 0;
                upper[2 * width - 1] = 0;
            }

            if (grid.Height % 2 != 0 && pair % grid.Rows == grid.Rows - 1)
            {
                new Span<float>(upper + 2 * width, width).Clear();
            }
        }

        private static TVector Where(TVector code, TVector wanted, TVector gradient)
            => TLanes.Select(TLanes.Equal(code, wanted), gradient, TLanes.Zero);
    }
}
