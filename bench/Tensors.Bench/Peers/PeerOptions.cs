using System.Globalization;

namespace FedActors.Tensors.Bench.Peers;

/// <summary>The settings of a comparison.</summary>
/// <param name="Rounds">How often every row takes its turn.</param>
/// <param name="Python">The Python with PyTorch: a name on the search path, or a path.</param>
/// <param name="Only">Leaves out rows whose names do not contain this; empty for all.</param>
internal sealed record PeerOptions(int Rounds, string Python, string Only)
{
    public const string Usage = "peers [--rounds N] [--python PATH] [--only PART-OF-A-ROW'S-NAME]";

    private static readonly PeerOptions Default = new(Rounds: 15, Python: "python3", Only: "");

    /// <summary>Reads the settings, or yields null where they make no sense.</summary>
    public static PeerOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = Default;
        for (; arguments is [var name, var value, ..]; arguments = arguments[2..])
        {
            switch (name)
            {
                case "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    break;
                case "--python":
                    options = options with { Python = value };
                    break;
                case "--only":
                    options = options with { Only = value };
                    break;
                default:
                    return null;
            }
        }

        return arguments.IsEmpty ? options : null;
    }
}
