namespace Akka.Remote;

/// <summary>All dealings with one other system.</summary>
internal sealed class Association;
