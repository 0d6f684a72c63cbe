using FedActors.Models.Parameters;

namespace FedActors.Actors.Journal;

/// <summary>Collects the vectors of a record, so that its text can refer to them by number. A vector that is shared is kept once.</summary>
internal sealed class VectorTable
{
    private readonly List<ParameterVector> _vectors = [];
    private readonly Dictionary<ParameterVector, int> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>The vectors, in the order of their numbers.</summary>
    public IReadOnlyList<ParameterVector> Vectors => _vectors;

    /// <summary>Enters a vector.</summary>
    /// <returns>Its number.</returns>
    public int Add(ParameterVector vector)
    {
        if (!_numbers.TryGetValue(vector, out var number))
        {
            number = _vectors.Count;
            _vectors.Add(vector);
            _numbers.Add(vector, number);
        }

        return number;
    }
}
