using System.Collections.Immutable;
using FedActors.Host.Data;
using FedActors.Host.Errors;
using FedActors.Host.Settings;
using FedActors.Host.Terminal;
using FedActors.Models.Data;

namespace FedActors.Host.Commands;

/// <summary>Carries out <c>data list</c> and <c>data check</c>.</summary>
internal sealed class DataListing
{
    private static readonly ImmutableArray<string> FileSets = DataSetCatalogue.Names.Remove(Glyphs.Name);

    private readonly HostEnvironment _environment;

    public DataListing(HostEnvironment environment)
    {
        _environment = environment;
    }

    /// <summary>Lists every known set, where it is looked for, and whether it is there.</summary>
    public async Task<int> ListAsync(CancellationToken cancellation)
    {
        var folder = DataLocation.Find(configured: null, _environment.Directory, _environment.Variable);
        var table = new PlainTable("name", "images", "shape", "classes", "where", "state");
        foreach (var set in DataSetCatalogue.Names)
        {
            if (set == Glyphs.Name)
            {
                table.Add([.. Describe(set, Glyphs.Shared), "built in", "ready"]);
                continue;
            }

            var finding = await Check().CheckAsync(set, folder, cancellation);
            table.Add([.. Describe(set, finding.Data), Path.Combine(folder, set), State(finding)]);
        }

        table.Write(_environment.Out);
        _environment.Out.WriteLine();
        _environment.Out.WriteLine(
            $"Files are looked for in {folder}. Another folder: {DataLocation.Variable}, or data.path in the settings. "
            + $"To fetch: {CommandName.Current} data get mnist");
        return ExitCode.Done;
    }

    /// <summary>Reads everything in a folder.</summary>
    public async Task<int> CheckAsync(string directory, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(directory, _environment.Directory);
        if (!Directory.Exists(folder))
        {
            throw new DataUnavailableException($"{folder} does not exist.");
        }

        var findings = new List<SetFinding>();
        foreach (var set in FileSets.Where(name => DataFiles.AreThere(name, folder)))
        {
            findings.Add(await Check().CheckAsync(set, folder, cancellation));
        }

        if (findings.Count == 0)
        {
            throw new DataUnavailableException($"{folder} holds no file of a known data set ({string.Join(", ", FileSets)}).");
        }

        WriteTables(findings);
        foreach (var error in findings.Select(finding => finding.Error).OfType<Exception>())
        {
            _environment.Error.WriteLine(error.Message);
        }

        var readable = findings.Where(finding => finding.Error is null).SelectMany(finding => finding.Files);
        foreach (var file in readable.Where(file => !file.IsPublished))
        {
            _environment.Error.WriteLine(
                $"{file.Path} can be read, but its content is not the published one. Get the data again, unless you made it yourself.");
        }

        return findings.TrueForAll(finding => finding.IsSound) ? ExitCode.Done : ExitCode.Data;
    }

    private void WriteTables(List<SetFinding> findings)
    {
        var sets = new PlainTable("name", "images", "shape", "classes", "state");
        var files = new PlainTable("file", "size", "content");
        foreach (var finding in findings)
        {
            sets.Add([.. Describe(finding.Set, finding.Data), State(finding)]);
            foreach (var file in finding.Files)
            {
                files.Add(file.Path, Text.Bytes(file.Bytes), file.IsPublished ? "as published" : "not as published");
            }
        }

        sets.Write(_environment.Out);
        if (!files.IsEmpty)
        {
            _environment.Out.WriteLine();
            files.Write(_environment.Out);
        }
    }

    private DataCheck Check() =>
        new(new SettingsReader(_environment.Directory, _environment.Variable).Read(file: null, []).Downloads);

    private static string[] Describe(string set, DataSet? data) => data is null
        ? [set, "–", "–", "–"]
        : [set, $"{data.Training.Count} + {data.Test.Count}", data.Training.Shape.ToString(), $"{data.Training.Classes}"];

    private static string State(SetFinding finding) => finding switch
    {
        { IsSound: true } => "ready",
        { Error: DataUnavailableException } => "missing",
        { Error: not null } => "corrupt",
        _ => "not as published",
    };
}
