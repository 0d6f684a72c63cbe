namespace Akka.Remote.Wire;

/// <summary>What came in is not what this library writes.</summary>
internal sealed class WireException(string message) : Exception(message);
