using System.Collections.Immutable;

namespace FedActors.Host.Comparison;

/// <summary>A table as text, however it is drawn. The first column names things, all others are numbers.</summary>
internal sealed record CellTable(string Title, ImmutableArray<string> Header, ImmutableArray<ImmutableArray<string>> Rows);
