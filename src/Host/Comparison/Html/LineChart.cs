using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;

namespace FedActors.Host.Comparison.Html;

/// <summary>Draws curves over rounds, with bands of deviation, labels at their ends and marks.</summary>
internal sealed class LineChart
{
    private const int Width = 640;
    private const int Left = 52;
    private const int Top = 26;
    private const int Bottom = 40;
    private const int LabelGap = 15;
    private const int LetterWidth = 8;

    private readonly Axis _across;
    private readonly Axis _up;
    private readonly int _height;
    private readonly IReadOnlyList<ChartLine> _lines;

    /// <summary>A chart.</summary>
    /// <param name="across">From left to right.</param>
    /// <param name="up">From bottom to top.</param>
    /// <param name="height">Height of the drawing, which is 640 wide.</param>
    /// <param name="lines">The curves.</param>
    public LineChart(Axis across, Axis up, int height, IReadOnlyList<ChartLine> lines)
    {
        _across = across;
        _up = up;
        _height = height;
        _lines = lines;
        End = Width - 26 - (LetterWidth * lines.Max(line => line.Label.Length));
    }

    /// <summary>Where the curves end and their labels begin.</summary>
    private int End { get; }

    /// <summary>Draws.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="title">What the chart shows, in a few words.</param>
    /// <param name="description">What is to be seen in it, for those who don't see it.</param>
    /// <param name="level">A value to draw a line across at, with its text, or null.</param>
    public XElement Draw(string id, string title, string description, (double Value, string Text)? level = null)
    {
        var svg = Svg.Drawing(id, Width, _height, title, description, DrawAxes());
        svg.Add(new XAttribute("class", "chart lines"));
        if (level is { } across)
        {
            svg.Add(
                Svg.Line(Left, Y(across.Value), End, Y(across.Value), "level"),
                Svg.Label(Left + 6, Y(across.Value) - 5, "level-text", across.Text));
        }

        svg.Add(Svg.Line(Left, Top, Left, _height - Bottom, "cursor"));
        svg.Add(_lines.Select(DrawBand).OfType<XElement>());
        var marks = 0;
        foreach (var line in _lines)
        {
            svg.Add(DrawLine(line, marks));
            marks += line.Marks.Length;
        }

        svg.Add(DrawLabels());
        return svg;
    }

    private double X(double value) => Left + (_across.Place(value) * (End - Left));

    private double Y(double value) => _height - Bottom - (_up.Place(value) * (_height - Top - Bottom));

    private XElement DrawAxes() => Svg.Group(
        "axes",
        _up.Ticks.Select(tick => new object[]
        {
            Svg.Line(Left, Y(tick.Value), End, Y(tick.Value), "grid"),
            Svg.Label(Left - 8, Y(tick.Value) + 4, "tick end", tick.Text),
        }),
        _across.Ticks.Select(tick => new object[]
        {
            Svg.Line(X(tick.Value), _height - Bottom, X(tick.Value), _height - Bottom + 4, "axis"),
            Svg.Label(X(tick.Value), _height - Bottom + 18, "tick middle", tick.Text),
        }),
        Svg.Line(Left, _height - Bottom, End, _height - Bottom, "axis"),
        Svg.Label((Left + End) / 2.0, _height - 5, "axis-title middle", _across.Title),
        _up.Title.Length > 0 ? Svg.Label(Left - 8, Top - 12, "axis-title end", _up.Title) : null);

    private XElement? DrawBand(ChartLine line)
    {
        var points = line.Points.Where(point => double.IsFinite(point.Y) && point.Deviation is not null).ToList();
        if (points.Count < 2)
        {
            return null;
        }

        var edge = points.Select(point => (point.X, Y: point.Y + point.Deviation!.Value))
            .Concat(Enumerable.Reverse(points).Select(point => (point.X, Y: point.Y - point.Deviation!.Value)));
        return new XElement(
            "polygon",
            new XAttribute("class", $"band {line.Style.Color}"),
            new XAttribute("data-series", line.Style.Key),
            new XAttribute("points", string.Join(' ', edge.Select(point => $"{Svg.Number(X(point.X))},{Svg.Number(Y(point.Y))}"))));
    }

    /// <summary>The curve, its points for the pointer, and its marks.</summary>
    /// <param name="line">The curve.</param>
    /// <param name="marks">How many marks there are already, whose texts must not be covered.</param>
    private XElement DrawLine(ChartLine line, int marks)
    {
        var points = line.Points.Where(point => double.IsFinite(point.Y)).ToList();
        var curve = new XElement("path", new XAttribute("class", "curve"), new XAttribute("d", Path(line.Points)));
        if (line.Style.Dashes is { } dashes)
        {
            curve.Add(new XAttribute("stroke-dasharray", dashes));
        }

        return new XElement(
            "g",
            new XAttribute("class", $"series {line.Style.Color}"),
            new XAttribute("data-series", line.Style.Key),
            curve,
            points.Select(DrawPoint),
            line.Marks.Select((mark, index) => DrawMark(line, mark, marks + index)));
    }

    private XElement DrawPoint(ChartPoint point) => new(
        "circle",
        new XAttribute("class", "point"),
        new XAttribute("cx", Svg.Number(X(point.X))),
        new XAttribute("cy", Svg.Number(Y(point.Y))),
        new XAttribute("r", "3"),
        new XElement("title", point.Tip));

    private object[] DrawMark(ChartLine line, ChartMark mark, int row)
    {
        var at = line.Points.Where(point => double.IsFinite(point.Y)).MinBy(point => Math.Abs(point.X - mark.X));
        var (x, y) = (X(mark.X), Y(at?.Y ?? _up.Low));
        var isLate = x > (Left + End) / 2.0;
        return
        [
            Svg.Line(x, Top, x, _height - Bottom, "mark"),
            new XElement(
                "path",
                new XAttribute("class", "mark-point"),
                new XAttribute("d", $"M{Svg.Number(x)} {Svg.Number(y - 6)}l6 6-6 6-6-6z"),
                new XElement("title", mark.Text)),
            Svg.Label(x + (isLate ? -7 : 7), Top + 12 + (row * LabelGap), isLate ? "mark-text end" : "mark-text", mark.Text),
        ];
    }

    private XElement DrawLabels()
    {
        var ends = _lines
            .Select(line => (Line: line, Last: line.Points.LastOrDefault(point => double.IsFinite(point.Y))))
            .Where(end => end.Last is not null)
            .ToList();
        var places = EndLabels.Spread([.. ends.Select(end => Y(end.Last!.Y))], LabelGap, Top + 4, _height - Bottom);
        return Svg.Group("labels", ends.Zip(places, DrawLabel));
    }

    private XElement DrawLabel((ChartLine Line, ChartPoint? Last) end, double place)
    {
        var (x, y) = (X(end.Last!.X), Y(end.Last.Y));
        return new XElement(
            "g",
            new XAttribute("class", end.Line.Style.Color),
            new XAttribute("data-series", end.Line.Style.Key),
            new XElement(
                "path",
                new XAttribute("class", "leader"),
                new XAttribute("d", $"M{Svg.Number(x + 3)} {Svg.Number(y)}L{Svg.Number(x + 14)} {Svg.Number(place)}")),
            Svg.Label(x + 18, place + 4, "label", end.Line.Label));
    }

    private string Path(ImmutableArray<ChartPoint> points)
    {
        var path = new StringBuilder();
        var isDrawing = false;
        foreach (var point in points)
        {
            if (double.IsFinite(point.Y))
            {
                path.Append(isDrawing ? 'L' : 'M').Append(Svg.Number(X(point.X))).Append(' ').Append(Svg.Number(Y(point.Y)));
            }

            isDrawing = double.IsFinite(point.Y);
        }

        return path.ToString();
    }
}
