using FedActors.Host.Comparison.Html;
using FedActors.Models.Files;

namespace FedActors.Host.Comparison;

/// <summary>The files that a comparison leaves beside the folders of its runs.</summary>
internal static class ComparisonFiles
{
    public const string Json = "compare.json";
    public const string Markdown = "compare.md";
    public const string Page = "report.html";

    /// <summary>Writes all; each is there as a whole or as it was before.</summary>
    public static void Write(ComparisonReport report, string directory)
    {
        DurableFile.Write(Path.Combine(directory, Json), ComparisonJson.Write(report));
        DurableFile.Write(Path.Combine(directory, Markdown), ComparisonMarkdown.Write(report));
        DurableFile.Write(Path.Combine(directory, Page), ReportPage.Write(report));
    }
}
