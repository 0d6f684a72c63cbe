using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FedActors.Models.Parameters;

/// <summary>The names, shapes and order of a network's parameters: how a flat <see cref="ParameterVector"/> is read.</summary>
public sealed class ParameterLayout : IEquatable<ParameterLayout>
{
    private ParameterLayout(ImmutableArray<ParameterEntry> entries)
    {
        Entries = entries;
        Count = entries.Sum(entry => entry.Count);
        Fingerprint = FingerprintOf(entries);
    }

    /// <summary>The parameters in order; each begins where the one before ends.</summary>
    public ImmutableArray<ParameterEntry> Entries { get; }

    /// <summary>The length of a flat vector of this layout.</summary>
    public int Count { get; }

    /// <summary>The SHA-256 of names and shapes in order, as 64 hexadecimal digits in lower case.</summary>
    public string Fingerprint { get; }

    /// <summary>Lays parameters out one after another.</summary>
    /// <param name="parameters">Names and extents in order. Names are unique and not blank, extents at least 1.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">There is no parameter, a name is blank or repeated, or an extent is less than 1.</exception>
    /// <exception cref="OverflowException">The parameters together have more than <see cref="int.MaxValue"/> numbers.</exception>
    public static ParameterLayout Create(params (string Name, long[] Shape)[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Length == 0)
        {
            throw new ArgumentException("A layout needs at least one parameter.", nameof(parameters));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = ImmutableArray.CreateBuilder<ParameterEntry>(parameters.Length);
        var offset = 0;
        foreach (var (name, shape) in parameters)
        {
            if (string.IsNullOrWhiteSpace(name) || !names.Add(name))
            {
                throw new ArgumentException($"The parameter name '{name}' is blank or used twice.", nameof(parameters));
            }

            var count = 1L;
            foreach (var extent in shape)
            {
                if (extent < 1)
                {
                    throw new ArgumentException(
                        $"The extents of parameter '{name}' must be at least 1, but one is {extent}.",
                        nameof(parameters));
                }

                count = checked(count * extent);
            }

            entries.Add(new ParameterEntry(name, [.. shape], offset, checked((int)count)));
            offset = checked(offset + (int)count);
        }

        return new ParameterLayout(entries.MoveToImmutable());
    }

    /// <summary>Two layouts are equal when names, shapes and order are.</summary>
    /// <param name="other">The layout to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(ParameterLayout? other) => other is not null && Fingerprint == other.Fingerprint;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterLayout);

    /// <inheritdoc/>
    public override int GetHashCode() => Fingerprint.GetHashCode(StringComparison.Ordinal);

    /// <summary>Checks that a vector is as long as this layout says.</summary>
    /// <param name="vector">The vector to be read by this layout.</param>
    /// <param name="argument">The name of the argument to blame.</param>
    /// <exception cref="ArgumentException">The length differs from <see cref="Count"/>.</exception>
    public void EnsureFits(ParameterVector vector, string? argument = null)
    {
        ArgumentNullException.ThrowIfNull(vector, argument);
        if (vector.Length != Count)
        {
            throw new ArgumentException($"The layout has {Count} parameters, but the vector has {vector.Length}.", argument);
        }
    }

    private static string FingerprintOf(ImmutableArray<ParameterEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.Append(entry.Name).Append(':');
            text.AppendJoin(',', entry.Shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
