using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Akka.Configuration;
using FedActors.Actors.Hosting;
using FedActors.Actors.Transfer;
using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Settings;

namespace FedActors.Host.Hosts;

/// <summary>Reads the file of a host: an experiment, what the host does, and the settings of its actor system.</summary>
internal sealed class NodeFile
{
    private const string ExperimentKey = "experiment";
    private const string HostKey = "host";
    private const string Automatic = "auto";

    private static readonly Lazy<SettingSection> ReferenceSection = new(() =>
        SettingsText.Read(ReferenceText(), SettingOrigin.Reference.Source, ".", _ => null).Section(SettingPath.Product));

    private static readonly SettingKind<HostLossPolicy> OnLoss = SettingKinds.Choice(
        ("await", HostLossPolicy.Await), ("reassign", HostLossPolicy.Reassign));

    private static readonly SettingKind<ImmutableArray<string>> Roles = SettingKinds.List(
        $"a list of {HostRole.Aggregator} and {HostRole.Client}", SettingKinds.Choice([HostRole.Aggregator, HostRole.Client]));

    private static readonly SettingKind<int?> Workers = SettingKinds.OrWord(Automatic, SettingKinds.Integer(1));

    private static readonly SettingKind<int?> Port = SettingKinds.OrWord(Automatic, SettingKinds.Integer(1, IPEndPoint.MaxPort));

    private static readonly SettingKind<long> Size = new TextKind<long>("a size such as '64 KiB' or '256 MiB'", TryParseSize);

    private readonly string _directory;
    private readonly Func<string, string?> _variable;

    /// <summary>A reader.</summary>
    /// <param name="directory">What relative names start from.</param>
    /// <param name="variable">Looks up an environment variable.</param>
    public NodeFile(string directory, Func<string, string?> variable)
    {
        _directory = directory;
        _variable = variable;
    }

    /// <summary>Every key of a host with its default, explained.</summary>
    public static string ReferenceText()
    {
        using var stream = typeof(NodeFile).Assembly.GetManifestResourceStream("FedActors.Host.host-reference.conf")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="overrides">What to change, each as <c>key=value</c>.</param>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    /// <exception cref="UsageException">The file names no seeds.</exception>
    public NodeSettings Read(string file, IReadOnlyList<string> overrides)
    {
        var problems = new List<SettingsProblem>();
        var path = Path.GetFullPath(file, _directory);
        var layers = new[] { ReadText(file, path) }
            .Concat(overrides.Select(change => SettingOverride.Read(change, problems)))
            .ToList();
        Throw(problems);

        var own = ReferenceSection.Value;
        var engine = SettingSection.Empty(SettingOrigin.Reference);
        var run = new List<SettingSection>();
        foreach (var layer in layers)
        {
            own = SettingsSchema.Check(Own(layer), ReferenceSection.Value, SettingPath.Product, problems).Over(own);
            engine = layer.Section(SettingPath.Engine).Over(engine);
            run.Add(WithoutOwn(layer));
        }

        Throw(problems);
        var experiment = new SettingsReader(_directory, _variable).Read(ExperimentOf(own, path), [], run);
        var settings = Build(own, engine, experiment, problems);
        RequireSeeds(settings.Engine, file);
        return settings;
    }

    private static NodeSettings Build(SettingSection own, SettingSection engine, HostSettings experiment, List<SettingsProblem> problems)
    {
        var root = new SectionReader(own, ReferenceSection.Value, SettingPath.Product, problems);
        var host = root.Section(HostKey);
        var roles = host.Read("roles", Roles);
        if (roles.IsEmpty)
        {
            host.Reject("roles", $"must name {HostRole.Aggregator}, {HostRole.Client} or both");
        }

        var clients = host.Read("clients", Clients(experiment.Federation.Data.Clients));
        if (clients.IsEmpty == roles.Contains(HostRole.Client) && !roles.IsEmpty)
        {
            host.Reject("clients", $"a host carries devices if, and only if, it has the role {HostRole.Client}");
        }

        var transfer = host.Section("transfer");
        var settings = new NodeSettings
        {
            Experiment = experiment,
            Name = host.Read("name", SettingKinds.Text) is var name && name == Automatic ? null : name,
            Roles = roles,
            Clients = clients,
            RunDirectory = host.Read("run-directory", SettingKinds.Text) is var folder && folder == Automatic ? null : folder,
            Workers = host.Read("workers", Workers) ?? Environment.ProcessorCount,
            TaskThreads = host.Read("task-threads", SettingKinds.Integer(1)),
            OnLoss = host.Read("on-loss", OnLoss),
            Transfer = new TransferSettings
            {
                ConcurrentPulls = transfer.Read("concurrent-pulls", SettingKinds.Integer(1, 1000)),
                CacheSize = transfer.Read("cache", Size),
            },
            TransferPort = transfer.Read("port", Port) ?? 0,
            UpdatesInFlight = transfer.Read("updates-in-flight", Size),
            Engine = Seeds.Align(
                ConfigurationFactory.ParseString(HoconWriter.Write(SettingPath.Engine, engine)).WithFallback(experiment.Engine)),
        };
        Throw(problems);
        return settings;
    }

    /// <summary>Without seeds a host would wait for its cluster for ever.</summary>
    private static void RequireSeeds(Config engine, string file)
    {
        if (engine.GetStringList(Seeds.Key, []).Count == 0)
        {
            throw new UsageException(
                $"{file}: {Seeds.Key} names no host, so that this one can't find the others. The list is the same on all hosts, "
                + $"those with role {HostRole.Aggregator} first, such as {Seeds.Key} = [\"akka.tcp://{Engine.Name}@10.0.0.1:4053\"].");
        }
    }

    private static SettingKind<ImmutableArray<int>> Clients(int count) => new TextKind<ImmutableArray<int>>(
        $"{ClientList.Allowed}; clients are numbered 0 to {count - 1}",
        (string text, out ImmutableArray<int> value) => ClientList.TryParse(text, count, out value));

    private static bool TryParseSize(string text, out long size)
    {
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var unit = end < 0 ? "" : text[end..].Trim();
        long? scale = unit switch
        {
            "" or "B" => 1,
            "KiB" => 1L << 10,
            "MiB" => 1L << 20,
            "GiB" => 1L << 30,
            _ => null,
        };
        size = 0;
        if (scale is null
            || !long.TryParse(end < 0 ? text : text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / scale)
        {
            return false;
        }

        size = number * scale.Value;
        return true;
    }

    private static string? ExperimentOf(SettingSection own, string file) =>
        own.Find(ExperimentKey) is SettingText { Text: { } name } && name != Automatic
            ? Path.GetFullPath(name, Path.GetDirectoryName(file)!)
            : null;

    private static SettingSection Own(SettingSection layer)
    {
        var product = layer.Section(SettingPath.Product);
        return product with { Children = product.Children.RemoveAll(child => !IsOwn(child.Key)) };
    }

    private static SettingSection WithoutOwn(SettingSection layer)
    {
        var product = layer.Section(SettingPath.Product);
        var rest = layer with { Children = layer.Children.RemoveAll(child => child.Key is SettingPath.Engine or SettingPath.Product) };
        return rest.With(SettingPath.Product, product with { Children = product.Children.RemoveAll(child => IsOwn(child.Key)) });
    }

    private static bool IsOwn(string key) => key is ExperimentKey or HostKey;

    private SettingSection ReadText(string file, string path)
    {
        try
        {
            return SettingsText.Read(File.ReadAllText(path), file, Path.GetDirectoryName(path) ?? _directory, _variable);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Mistake(file, $"there is no such file ({path}).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Mistake(file, $"the file can't be read: {exception.Message}");
        }
    }

    private static SettingsException Mistake(string file, string message) => new([new SettingsProblem(new SettingOrigin(file), message)]);

    private static void Throw(List<SettingsProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new SettingsException([.. problems]);
        }
    }
}
