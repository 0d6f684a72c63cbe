namespace TorchSharp.Memory;

/// <summary>What the pool holds.</summary>
/// <param name="BytesInUse">Rented and not yet returned, rounded up to block sizes.</param>
/// <param name="BytesPooled">Free, ready to be rented again.</param>
/// <param name="PeakBytes">Most that was ever held at once, in use and pooled together.</param>
internal readonly record struct BufferPoolStatistics(long BytesInUse, long BytesPooled, long PeakBytes);
