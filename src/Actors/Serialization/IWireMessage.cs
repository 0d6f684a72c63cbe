namespace FedActors.Actors.Serialization;

/// <summary>
/// Marks the small messages that hosts exchange, which <see cref="WireMessageSerializer"/> writes. Messages with vectors
/// have serializers of their own.
/// </summary>
public interface IWireMessage;
