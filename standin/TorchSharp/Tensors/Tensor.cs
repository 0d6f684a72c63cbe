using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A handle to a multi-dimensional array. Several handles may share one array; its memory is returned when the last of them
    /// is disposed, by hand or by its <see cref="DisposeScope"/>, and nothing recorded for differentiation needs it any more.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long s_totalCount;
        private static long s_peakCount;

        private TensorValue? _value;
        private LeakGuard? _guard;
        private DisposeScope? _scope;

        internal Tensor(TensorValue? value)
        {
            _value = value;
            if (value is not null)
            {
                var total = Interlocked.Increment(ref s_totalCount);
                if (total > Volatile.Read(ref s_peakCount))
                {
                    Volatile.Write(ref s_peakCount, total);
                }
            }

            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        public static long TotalCount => Volatile.Read(ref s_totalCount);

        public static long PeakCount => Volatile.Read(ref s_peakCount);

        public string? name { get; set; }

        public bool IsInvalid => _value is null;

        /// <summary>
        /// The scope that will dispose this handle. A handle without one is watched by a finalizer instead, so that
        /// the many that live in scopes cost the garbage collector nothing extra.
        /// </summary>
        internal DisposeScope? OwningDisposeScope
        {
            get => _scope;
            set
            {
                _scope = value;
                if (value is null && _value is not null)
                {
                    _guard ??= new LeakGuard(_value);
                }
                else if (value is not null && _guard is not null)
                {
                    _guard.Dismiss();
                    _guard = null;
                }
            }
        }

        /// <summary>Where the scope keeps this handle in its list.</summary>
        internal int ScopeSlot { get; set; }

        internal TensorValue Value => _value ?? throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public void Dispose()
        {
            _scope?.MarkAsDisposed(this);
            Drop();
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Forgets the scope, which is about to drop this handle itself.</summary>
        internal void LeaveScope() => _scope = null;

        /// <summary>Lets go of the array without a word to the scope.</summary>
        internal void Drop() => MoveValue()?.Release();

        /// <summary>Hands the array over to another owner and leaves this handle empty.</summary>
        internal TensorValue? MoveValue()
        {
            _guard?.Dismiss();
            _guard = null;
            var value = Interlocked.Exchange(ref _value, null);
            if (value is not null)
            {
                Interlocked.Decrement(ref s_totalCount);
            }

            return value;
        }

        /// <summary>Wraps a result. Called on an operand, so that no finalizer takes it before the operation is over.</summary>
        internal Tensor Result(TensorValue value)
        {
            GC.KeepAlive(this);
            return new Tensor(value);
        }

        internal Tensor Result(TensorValue value, object? second, object? third = null)
        {
            GC.KeepAlive(this);
            GC.KeepAlive(second);
            GC.KeepAlive(third);
            return new Tensor(value);
        }

        /// <summary>Returns memory of handles that were neither disposed nor in a scope, once they are garbage.</summary>
        private sealed class LeakGuard(TensorValue value)
        {
            ~LeakGuard()
            {
                Interlocked.Decrement(ref s_totalCount);
                value.Release();
            }

            public void Dismiss() => GC.SuppressFinalize(this);
        }
    }
}
