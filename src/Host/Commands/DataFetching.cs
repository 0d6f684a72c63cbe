using FedActors.Host.Data;
using FedActors.Host.Errors;
using FedActors.Host.Settings;
using FedActors.Host.Terminal;
using FedActors.Models.Data;

namespace FedActors.Host.Commands;

/// <summary>Carries out <c>data get</c>.</summary>
internal sealed class DataFetching
{
    private const string CifarAddress = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";

    private readonly HostEnvironment _environment;

    public DataFetching(HostEnvironment environment)
    {
        _environment = environment;
    }

    /// <summary>Downloads a data set.</summary>
    /// <param name="set">Its name.</param>
    /// <param name="to">The folder that gets a folder of that name; null for the standard place.</param>
    /// <param name="overrides">Changed settings.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FetchAsync(string set, string? to, IReadOnlyList<string> overrides, CancellationToken cancellation)
    {
        var settings = new SettingsReader(_environment.Directory, _environment.Variable).Read(file: null, overrides);
        if (!DataSetCatalogue.Names.Contains(set))
        {
            throw new UsageException($"There is no data set '{set}'. The known ones are {string.Join(", ", DataSetCatalogue.Names)}.");
        }

        if (set == Glyphs.Name)
        {
            _environment.Out.WriteLine("glyphs is built in; there is nothing to get.");
            return ExitCode.Done;
        }

        var root = DataLocation.Find(to, _environment.Directory, _environment.Variable);
        var folder = Path.Combine(root, set);
        var download = settings.Downloads.FirstOrDefault(download => download.Set == set)
            ?? throw new DataUnavailableException(
                $"{set} can't be fetched by this program. Unpack {CifarAddress} into {folder}, "
                + "so that data_batch_1.bin and test_batch.bin are there.");
        Directory.CreateDirectory(folder);
        await FetchFilesAsync(download, folder, cancellation);
        var data = DataSetCatalogue.Load(set, folder);
        _environment.Out.WriteLine($"{set} is ready in {folder}: {data.Training.Count} training and {data.Test.Count} test images.");
        if (DataLocation.Find(configured: null, _environment.Directory, _environment.Variable) != root)
        {
            _environment.Out.WriteLine($"For runs to find it, set {DataLocation.Variable} to {root}, or data.path in the settings.");
        }

        return ExitCode.Done;
    }

    private async Task FetchFilesAsync(DownloadSettings settings, string folder, CancellationToken cancellation)
    {
        using var client = new HttpClient(_environment.Http()) { Timeout = Timeout.InfiniteTimeSpan };
        var download = new DataDownload(client, settings, _environment.Time);
        await DownloadDisplay.ShowAsync(_environment, async bars =>
        {
            foreach (var file in settings.Files)
            {
                var wasFetched = await download.FetchAsync(file, folder, bars.For(file.Name), cancellation);
                bars.Finish(file.Name, wasFetched);
            }
        });
    }
}
