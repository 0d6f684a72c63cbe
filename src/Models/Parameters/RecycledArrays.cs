using System.Runtime;

namespace FedActors.Models.Parameters;

/// <summary>
/// Gives arrays that nobody can reach any more to those who ask for one of the same length, in place of memory that the
/// system must fetch and clear. An array comes back by itself when the collector finds that it is garbage; a span of it is
/// enough to keep it, since the collector follows spans too.
/// </summary>
/// <remarks>
/// Each array has a <see cref="Tag"/> that lives exactly as long as the array does (<see cref="DependentHandle"/>). When both
/// are garbage the collector calls the tag's finalizer, and for that keeps what the tag refers to: the array.
/// </remarks>
internal sealed class RecycledArrays
{
    private readonly Lock _lock = new();
    private readonly List<Tag> _free = [];

    /// <summary>An array that was in use before, or null where none of that length is left.</summary>
    public byte[]? Take(int length)
    {
        lock (_lock)
        {
            var index = _free.FindLastIndex(tag => tag.Array.Length == length);
            if (index < 0)
            {
                return null;
            }

            var taken = _free[index];
            _free.RemoveAt(index);
            GC.ReRegisterForFinalize(taken);
            return taken.Array;
        }
    }

    /// <summary>Lets an array come back when nobody can reach it any more.</summary>
    public void Register(byte[] array) => _ = new Tag(this, array);

    /// <summary>Leaves to the collector what has come back and nobody has taken.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _free.ForEach(tag => tag.Free());
            _free.Clear();
        }
    }

    private void Return(Tag tag)
    {
        lock (_lock)
        {
            _free.Add(tag);
        }
    }

    private sealed class Tag
    {
        private readonly RecycledArrays _home;
        private DependentHandle _life;

        public Tag(RecycledArrays home, byte[] array)
        {
            _home = home;
            Array = array;
            _life = new DependentHandle(array, this);
        }

        ~Tag() => _home.Return(this);

        public byte[] Array { get; }

        /// <summary>Ends the tie. The tag must not be registered for finalization.</summary>
        public void Free() => _life.Dispose();
    }
}
