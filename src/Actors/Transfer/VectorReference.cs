using FedActors.Models.Parameters;

namespace FedActors.Actors.Transfer;

/// <summary>Names a vector that another host has, and says how to recognise it.</summary>
/// <param name="Name">Its name there. No two contents ever have the same name.</param>
/// <param name="Hash">Its <see cref="ParameterVector.Hash"/>.</param>
/// <param name="Length">How many float32 numbers it has.</param>
public sealed record VectorReference(string Name, string Hash, int Length)
{
    /// <summary>Bytes of the vector.</summary>
    public long Size => (long)Length * sizeof(float);

    /// <summary>Whether it can be a reference at all: what comes from the network need not be.</summary>
    public bool IsSound => Name is { Length: > 0 and <= 200 } && Hash is { Length: 32 } && Length >= 0 && Size <= Array.MaxLength;
}
