using System.Diagnostics;
using TorchSharp.Kernels;
using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers. The same seed gives the same numbers on every machine.</summary>
    public class Generator : IDisposable
    {
        private static readonly Generator s_default = new(DefaultSeed);

        private const ulong DefaultSeed = 67280421310721;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device);
            Stream = new Philox(seed);
        }

        public static Generator Default => s_default;

        public Device device { get; private set; }

        internal Philox Stream { get; private set; }

        public Generator manual_seed(long seed)
        {
            lock (this)
            {
                Stream = new Philox(unchecked((ulong)seed));
            }

            return this;
        }

        public long seed()
        {
            var seed = Stopwatch.GetTimestamp();
            manual_seed(seed);
            return seed;
        }

        public long initial_seed() => unchecked((long)Stream.Seed);

        public Tensor get_state()
        {
            var state = new byte[2 * sizeof(ulong)];
            BitConverter.TryWriteBytes(state, Stream.Seed);
            BitConverter.TryWriteBytes(state.AsSpan(sizeof(ulong)), Stream.Position);
            return tensor(state);
        }

        public void set_state(Tensor value)
        {
            TorchError.Require(
                value.dtype == ScalarType.Byte && value.numel() == 2 * sizeof(ulong), "RNG state is wrong size");
            var state = value.bytes;
            var stream = new Philox(BitConverter.ToUInt64(state)) { Position = BitConverter.ToUInt64(state[sizeof(ulong)..]) };
            Stream = stream;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Runs an action on the stream; the default generator may be in use by several threads.</summary>
        internal void Draw<TState>(TState state, Action<Philox, TState> action)
        {
            lock (this)
            {
                action(Stream, state);
            }
        }

        protected virtual void Dispose(bool disposing)
        {
        }
    }

    /// <summary>The default generator.</summary>
    public static partial class random
    {
        public static long seed() => Generator.Default.seed();

        public static long initial_seed() => Generator.Default.initial_seed();

        public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);
}
