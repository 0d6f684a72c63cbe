using FedActors.Models.Parameters;

namespace FedActors.Models.Tests.Parameters;

public sealed class ParameterLayoutTests
{
    [Fact]
    public void Entries_follow_one_another()
    {
        var layout = ParameterLayout.Create(("weight", [2, 3]), ("bias", [2]), ("scale", []));

        Assert.Equal([(0, 6), (6, 2), (8, 1)], layout.Entries.Select(entry => (entry.Offset, entry.Count)));
        Assert.Equal(9, layout.Count);
    }

    [Fact]
    public void Fingerprint_tells_names_shapes_and_order_apart()
    {
        string[] fingerprints =
        [
            ParameterLayout.Create(("a", [2, 3]), ("b", [2])).Fingerprint,
            ParameterLayout.Create(("a", [3, 2]), ("b", [2])).Fingerprint,
            ParameterLayout.Create(("a", [6]), ("b", [2])).Fingerprint,
            ParameterLayout.Create(("b", [2]), ("a", [2, 3])).Fingerprint,
            ParameterLayout.Create(("a", [2, 3]), ("c", [2])).Fingerprint,
        ];

        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
        Assert.All(fingerprints, fingerprint => Assert.Matches("^[0-9a-f]{64}$", fingerprint));
    }

    [Fact]
    public void Layouts_of_equal_content_are_equal()
    {
        var one = ParameterLayout.Create(("a", [2, 3]));
        var other = ParameterLayout.Create(("a", [2, 3]));

        Assert.Equal(one, other);
        Assert.Equal(one.Entries[0], other.Entries[0]);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Impossible_layouts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ParameterLayout.Create());
        Assert.Throws<ArgumentException>(() => ParameterLayout.Create(("a", [1]), ("a", [1])));
        Assert.Throws<ArgumentException>(() => ParameterLayout.Create((" ", [1])));
        Assert.Throws<ArgumentException>(() => ParameterLayout.Create(("a", [2, 0])));
        Assert.Throws<OverflowException>(() => ParameterLayout.Create(("a", [int.MaxValue, 2])));
    }
}
