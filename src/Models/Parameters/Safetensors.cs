using System.Collections.Immutable;
using FedActors.Models.Files;

namespace FedActors.Models.Parameters;

/// <summary>Reads and writes parameters in the safetensors format, which PyTorch and most other tools read too.</summary>
public static class Safetensors
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors and metadata.</returns>
    /// <exception cref="InvalidDataException">The file is not a sound safetensors file; the message names it and says why.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = File.ReadAllBytes(path);
        try
        {
            return SafetensorsReader.Parse(bytes);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path} is not a sound safetensors file: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream, left open.</param>
    /// <returns>Its tensors and metadata.</returns>
    /// <exception cref="InvalidDataException">The content is not in the safetensors format.</exception>
    public static SafetensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return SafetensorsReader.Parse(buffer.ToArray());
    }

    /// <summary>
    /// Writes parameters under their names. The file appears complete or not at all: it is written beside its place,
    /// flushed to disk and then renamed over what was there.
    /// </summary>
    /// <param name="path">The file to write; its directory exists.</param>
    /// <param name="layout">The names and shapes.</param>
    /// <param name="vector">The parameters; as many as the layout has.</param>
    /// <param name="metadata">Texts to keep with them, or null. Equal arguments give equal bytes.</param>
    /// <exception cref="ArgumentException">The vector does not fit the layout.</exception>
    /// <exception cref="IOException">The file can't be written; what was there before is untouched.</exception>
    public static void Write(
        string path, ParameterLayout layout, ParameterVector vector, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        DurableFile.Write(path, stream => Write(stream, layout, vector, metadata));
    }

    /// <summary>Writes parameters under their names to a stream.</summary>
    /// <param name="stream">The stream, left open.</param>
    /// <param name="layout">The names and shapes.</param>
    /// <param name="vector">The parameters; as many as the layout has.</param>
    /// <param name="metadata">Texts to keep with them, or null.</param>
    /// <exception cref="ArgumentException">The vector does not fit the layout.</exception>
    public static void Write(
        Stream stream, ParameterLayout layout, ParameterVector vector, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(layout);
        layout.EnsureFits(vector, nameof(vector));
        SafetensorsWriter.Write(stream, layout, vector, metadata ?? ImmutableDictionary<string, string>.Empty);
    }
}
