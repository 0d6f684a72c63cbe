using System.Text;
using FedActors.Host.Terminal;

namespace FedActors.Host.Comparison;

/// <summary>Writes a comparison as Markdown.</summary>
internal static class ComparisonMarkdown
{
    public static string Write(ComparisonReport report)
    {
        var settings = report.Settings;
        var text = new StringBuilder()
            .Append($"# {settings.Name}: staleness policies compared\n\n")
            .Append($"{settings.Network} on {settings.Data.Set}, {Text.Count(settings.Data.Clients, "client")}, ")
            .Append($"{Text.Count(settings.Rounds, "round")}, {report.SeedText}.")
            .Append(report.Seeds.Length == 1 ? "\n" : " Mean ± sample standard deviation over the seeds.\n");
        foreach (var table in ComparisonTables.Of(report))
        {
            text.Append($"\n## {table.Title}\n\n");
            AppendRow(text, table.Header);
            AppendRow(text, table.Header.Select((_, column) => column == 0 ? "---" : "---:"));
            foreach (var row in table.Rows)
            {
                AppendRow(text, row);
            }
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells) =>
        text.Append($"| {string.Join(" | ", cells)} |\n");
}
