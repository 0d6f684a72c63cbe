using FedActors.Host.Terminal;
using Spectre.Console;

namespace FedActors.Host.Comparison;

/// <summary>Shows the tables of a comparison.</summary>
internal static class ComparisonView
{
    /// <summary>Draws on a terminal, or writes aligned text.</summary>
    public static void Show(IEnumerable<CellTable> tables, HostEnvironment environment)
    {
        foreach (var table in tables)
        {
            environment.Out.WriteLine();
            if (environment.Terminal is { } terminal)
            {
                terminal.MarkupLine($"[bold]{Markup.Escape(table.Title)}[/]");
                terminal.Write(Draw(table));
            }
            else
            {
                Write(table, environment.Out);
            }
        }

        environment.Out.WriteLine();
    }

    private static Table Draw(CellTable cells)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (column, title) in cells.Header.Index())
        {
            var header = new TableColumn(Markup.Escape(title));
            table.AddColumn(column == 0 ? header.NoWrap() : header.RightAligned());
        }

        foreach (var row in cells.Rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }

    private static void Write(CellTable cells, TextWriter output)
    {
        output.WriteLine($"{cells.Title}:");
        var table = new PlainTable([.. cells.Header]);
        foreach (var row in cells.Rows)
        {
            table.Add([.. row]);
        }

        table.Write(output);
    }
}
