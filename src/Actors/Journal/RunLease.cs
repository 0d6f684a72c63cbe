using System.Text;

namespace FedActors.Actors.Journal;

/// <summary>
/// The right to write a run's folder, held by one process at a time. A lock that the operating system frees when its
/// process ends, however it ends, keeps others out; a file that names the owner stops a former owner whose lock was lost
/// without its knowing, as network file systems do.
/// </summary>
public sealed class RunLease : IDisposable
{
    private const string LockFile = "run.lock";
    private const string OwnerFile = "run.owner";

    private static readonly int HeldByAnother =
        OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsLinux() ? 11 : 35;

    private readonly string _directory;
    private readonly byte[] _owner = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
    private readonly FileStream _lock;

    private RunLease(string directory, FileStream held)
    {
        _directory = directory;
        _lock = held;
    }

    /// <summary>Takes the folder.</summary>
    /// <param name="directory">The folder, which must exist.</param>
    /// <returns>The lease, or null where another process has it.</returns>
    /// <exception cref="IOException">The folder can't be written, or the lock can't be opened for another reason than a holder.</exception>
    public static RunLease? TryTake(string directory)
    {
        if (Lock(Path.Combine(directory, LockFile)) is not { } held)
        {
            return null;
        }

        var lease = new RunLease(directory, held);
        try
        {
            File.WriteAllBytes(lease.OwnerPath, lease._owner);
            return lease;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Checks that the folder has not been taken by another since. Call it before every write, or around many small ones.</summary>
    /// <exception cref="IOException">It has.</exception>
    public void EnsureHeld()
    {
        Span<byte> owner = stackalloc byte[_owner.Length + 1];
        using var file = File.OpenHandle(OwnerPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.Read(file, owner, 0);
        if (!owner[..length].SequenceEqual(_owner))
        {
            throw new IOException($"Another process has taken over the run in {_directory}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            EnsureHeld();
            File.Delete(OwnerPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It belongs to somebody else by now, or can't be removed; the lock is what counts.
        }

        _lock.Dispose();
    }

    private static FileStream? Lock(string path)
    {
        try
        {
            return new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    Options = FileOptions.DeleteOnClose,
                });
        }
        catch (IOException refusal) when (IsHeldByAnother(refusal))
        {
            return null;
        }
    }

    /// <summary>What the system says of a lock that is taken: EWOULDBLOCK, or ERROR_SHARING_VIOLATION as an HRESULT.</summary>
    private static bool IsHeldByAnother(IOException refusal) => refusal.HResult == HeldByAnother;

    private string OwnerPath => Path.Combine(_directory, OwnerFile);
}
