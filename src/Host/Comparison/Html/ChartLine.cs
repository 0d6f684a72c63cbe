using System.Collections.Immutable;

namespace FedActors.Host.Comparison.Html;

/// <summary>A curve in a chart.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Label">What stands at its end.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Points">From left to right.</param>
/// <param name="Marks">Where something is to be marked on the curve.</param>
internal sealed record ChartLine(
    string Name, string Label, SeriesStyle Style, ImmutableArray<ChartPoint> Points, ImmutableArray<ChartMark> Marks);

/// <summary>A point of a curve.</summary>
/// <param name="X">Where it is.</param>
/// <param name="Y">Its value. Where it is not finite, the curve has a gap.</param>
/// <param name="Deviation">The deviation over seeds, or null.</param>
/// <param name="Tip">The value in words.</param>
internal sealed record ChartPoint(double X, double Y, double? Deviation, string Tip);

/// <summary>An event on a curve.</summary>
internal sealed record ChartMark(double X, string Text);
