using System.Collections.Immutable;

namespace FedActors.Host.Settings;

/// <summary>Where the files of a data set are published.</summary>
/// <param name="Set">Name of the set in the catalogue.</param>
/// <param name="Mirrors">Addresses that a file's name and <c>.gz</c> are appended to, in the order of preference.</param>
/// <param name="Files">The files.</param>
internal sealed record DownloadSettings(string Set, ImmutableArray<Uri> Mirrors, ImmutableArray<DownloadFile> Files);

/// <summary>A published file.</summary>
/// <param name="Name">Its name, unpacked.</param>
/// <param name="Sha256">The hash of its unpacked content, in lower-case hexadecimal digits.</param>
internal sealed record DownloadFile(string Name, string Sha256);
