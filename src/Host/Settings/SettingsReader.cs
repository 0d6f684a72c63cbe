using System.Text;
using Akka.Configuration;
using FedActors.Actors.Settings;
using FedActors.Host.Settings.Sections;
using FedActors.Models.Data;

namespace FedActors.Host.Settings;

/// <summary>
/// Makes checked settings of the defaults, a file, and what the command line overrides. Reports every mistake in one
/// exception, before anything starts.
/// </summary>
internal sealed class SettingsReader
{
    private const string ReferenceResource = "FedActors.Host.reference.conf";

    private static readonly SettingSection Reference = SettingsText
        .Read(ReferenceText(), SettingOrigin.Reference.Source, ".", _ => null)
        .Section(SettingPath.Product);

    private readonly string _directory;
    private readonly Func<string, string?> _variable;

    /// <summary>A reader of settings.</summary>
    /// <param name="directory">What relative paths on the command line start from.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    public SettingsReader(string directory, Func<string, string?> variable)
    {
        _directory = directory;
        _variable = variable;
    }

    /// <summary>The explained defaults.</summary>
    public static string ReferenceText()
    {
        using var stream = typeof(SettingsReader).Assembly.GetManifestResourceStream(ReferenceResource)
            ?? throw new InvalidOperationException($"The program was built without {ReferenceResource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads settings.</summary>
    /// <param name="file">The settings file, or null for the defaults.</param>
    /// <param name="overrides">What to change, each as <c>key=value</c>; a later one wins.</param>
    /// <param name="seed">What to put in place of the seed, or null.</param>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public HostSettings Read(string? file, IReadOnlyList<string> overrides, string? seed = null) =>
        Read(file, overrides, seed is null ? [] : [SettingOverride.OfSeed(seed, "--seed")]);

    /// <summary>Reads settings.</summary>
    /// <param name="file">The settings file, or null for the defaults.</param>
    /// <param name="overrides">What to change, each as <c>key=value</c>; a later one wins.</param>
    /// <param name="options">What options of their own change; they win over all others.</param>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public HostSettings Read(string? file, IReadOnlyList<string> overrides, IReadOnlyList<SettingSection> options)
    {
        var problems = new List<SettingsProblem>();
        var layers = new List<SettingSection>();
        if (file is not null)
        {
            layers.Add(ReadFile(file, problems));
        }

        layers.AddRange(overrides.Select(change => SettingOverride.Read(change, problems)));
        layers.AddRange(options);
        var settings = Reference;
        var engine = SettingSection.Empty(SettingOrigin.Reference);
        foreach (var layer in layers)
        {
            settings = CheckTopLevel(layer, problems).Over(settings);
            engine = layer.Section(SettingPath.Engine).Over(engine);
        }

        return Build(settings, engine, problems);
    }

    private SettingSection ReadFile(string file, List<SettingsProblem> problems)
    {
        var origin = new SettingOrigin(file);
        var path = Path.GetFullPath(file, _directory);
        try
        {
            return SettingsText.Read(File.ReadAllText(path), file, Path.GetDirectoryName(path) ?? _directory, _variable);
        }
        catch (SettingsException exception)
        {
            problems.AddRange(exception.Problems);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new SettingsProblem(origin, $"there is no such file ({path})."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SettingsProblem(origin, $"the file can't be read: {exception.Message}"));
        }

        return SettingSection.Empty(origin);
    }

    private static SettingSection CheckTopLevel(SettingSection layer, List<SettingsProblem> problems)
    {
        foreach (var (key, node) in layer.Children)
        {
            var isSection = key is SettingPath.Product or SettingPath.Engine;
            if (!isSection)
            {
                problems.Add(new SettingsProblem(
                    node.Origin,
                    $"there is no section {key}. Settings stand in {SettingPath.Product} {{ … }} or {SettingPath.Engine} {{ … }}."));
            }
            else if (node is not SettingSection)
            {
                problems.Add(new SettingsProblem(node.Origin, $"{key} is a section with keys of its own, not a single value."));
            }
        }

        return SettingsSchema.Check(layer.Section(SettingPath.Product), Reference, SettingPath.Product, problems);
    }

    private HostSettings Build(SettingSection settings, SettingSection engine, List<SettingsProblem> problems)
    {
        var section = new SectionReader(settings, Reference, SettingPath.Product, problems);
        var federation = FederationSection.Read(section);
        var downloads = DownloadsSection.Read(section.Section("downloads"));
        if (problems.Count > 0)
        {
            // In the order of the file, then those of the command line.
            throw new SettingsException([.. problems.OrderBy(problem => problem.Origin.Line ?? int.MaxValue)]);
        }

        (federation, settings) = LocateFiles(federation, settings);
        var forEngine = ConfigurationFactory.ParseString(HoconWriter.Write(SettingPath.Engine, engine));
        return new HostSettings(federation, downloads, forEngine, Resolve(settings, engine));
    }

    /// <summary>Makes the paths of all files that the run reads complete, so that it can be resumed from elsewhere.</summary>
    private (FederationSettings Federation, SettingSection Settings) LocateFiles(FederationSettings federation, SettingSection settings)
    {
        if (NeedsFiles(federation.Data.Set) || federation.Data.Drift is { } drift && NeedsFiles(drift.Set))
        {
            var folder = DataLocation.Find(federation.Data.Path, _directory, _variable);
            federation = federation with { Data = federation.Data with { Path = folder } };
            settings = WithPath(settings, "data", "path", folder);
        }

        if (federation.Devices.Trace is { } trace)
        {
            var file = Path.GetFullPath(trace, _directory);
            federation = federation with { Devices = federation.Devices with { Trace = file } };
            settings = WithPath(settings, "devices", "trace", file);
        }

        return (federation, settings);
    }

    private static bool NeedsFiles(string set) => set is not (Glyphs.Name or DriftSettings.Inverted);

    private static SettingSection WithPath(SettingSection settings, string section, string key, string path) =>
        settings.With(section, settings.Section(section).With(key, new SettingText(path, settings.Origin)));

    private static string Resolve(SettingSection settings, SettingSection engine)
    {
        var run = settings with { Children = settings.Children.RemoveAll(child => child.Key == "downloads") };
        var text = new StringBuilder()
            .Append("# The settings of a run, complete. `fedactors run` with this file gives the same run again.\n")
            .Append(HoconWriter.Write(SettingPath.Product, run));
        if (!engine.Children.IsEmpty)
        {
            text.Append(HoconWriter.Write(SettingPath.Engine, engine));
        }

        return text.ToString();
    }
}
