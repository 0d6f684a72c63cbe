using System.Collections.Immutable;
using FedActors.Models.Tensors;
using static TorchSharp.torch;

namespace FedActors.Models.Data;

/// <summary>
/// Labelled images as bytes, shared read-only by everyone who trains or measures on them. Clients hold indices into it.
/// </summary>
public sealed class ImageSet
{
    private const int ByteValues = 256;

    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly ReadOnlyMemory<byte> _labels;
    private readonly float[] _normalized;

    /// <summary>Wraps pixels and labels, which nobody may change afterwards.</summary>
    /// <param name="name">What to call the set in messages.</param>
    /// <param name="shape">The extents of each image.</param>
    /// <param name="classes">How many classes there are, from 1 to 256.</param>
    /// <param name="pixels">The images one after another, each channel by channel, row by row.</param>
    /// <param name="labels">The class of each image, from 0 to <paramref name="classes"/> − 1.</param>
    /// <param name="mean">The mean of each channel, of pixels scaled to [0, 1].</param>
    /// <param name="deviation">The standard deviation of each channel, positive, of pixels scaled to [0, 1].</param>
    /// <exception cref="ArgumentException">Counts do not agree, or a label or a deviation is out of range.</exception>
    public ImageSet(
        string name,
        ImageShape shape,
        int classes,
        ReadOnlyMemory<byte> pixels,
        ReadOnlyMemory<byte> labels,
        ImmutableArray<double> mean,
        ImmutableArray<double> deviation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, ByteValues);
        if (pixels.Length != (long)labels.Length * shape.Size)
        {
            throw new ArgumentException(
                $"{labels.Length} images of {shape} take {(long)labels.Length * shape.Size} bytes, not {pixels.Length}.",
                nameof(pixels));
        }

        if (mean.Length != shape.Channels || deviation.Length != shape.Channels || deviation.Any(value => !(value > 0)))
        {
            throw new ArgumentException($"Each of the {shape.Channels} channels needs a mean and a positive deviation.", nameof(deviation));
        }

        if (labels.Span.ContainsAnyExceptInRange((byte)0, (byte)(classes - 1)))
        {
            throw new ArgumentException($"A label is outside 0 to {classes - 1}.", nameof(labels));
        }

        Name = name;
        Shape = shape;
        Classes = classes;
        Mean = mean;
        Deviation = deviation;
        _pixels = pixels;
        _labels = labels;
        _normalized = NormalizationTable(mean, deviation);
    }

    /// <summary>What the set is called in messages.</summary>
    public string Name { get; }

    /// <summary>How many images there are.</summary>
    public int Count => _labels.Length;

    /// <summary>The extents of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>The mean of each channel, of pixels scaled to [0, 1].</summary>
    public ImmutableArray<double> Mean { get; }

    /// <summary>The standard deviation of each channel, of pixels scaled to [0, 1].</summary>
    public ImmutableArray<double> Deviation { get; }

    /// <summary>The class of every image.</summary>
    public ReadOnlySpan<byte> ClassLabels => _labels.Span;

    /// <summary>The bytes of one image, channel by channel, row by row.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <returns>As many bytes as <see cref="ImageShape.Size"/>.</returns>
    public ReadOnlySpan<byte> Pixels(int index) => _pixels.Span.Slice(checked(index * Shape.Size), Shape.Size);

    /// <summary>Images as a network takes them: scaled to [0, 1], less the mean, over the deviation.</summary>
    /// <param name="indices">Which images, each from 0 to <see cref="Count"/> − 1; at least one.</param>
    /// <param name="device">Where the tensor goes; by default the processor.</param>
    /// <returns>A new float32 tensor [n, channels, height, width], which the caller disposes.</returns>
    /// <exception cref="ArgumentException">There are no indices, or one is out of range.</exception>
    public Tensor Inputs(ReadOnlySpan<int> indices, TensorDevice? device = null)
    {
        EnsureAllInside(indices);
        var plane = Shape.Height * Shape.Width;
        long[] shape = [indices.Length, Shape.Channels, Shape.Height, Shape.Width];
        var inputs = TensorValues.Stage<float>(shape, ScalarType.Float32, out var target);
        foreach (var index in indices)
        {
            var image = Pixels(index);
            for (var channel = 0; channel < Shape.Channels; channel++)
            {
                Normalize(image.Slice(channel * plane, plane), channel, target[..plane]);
                target = target[plane..];
            }
        }

        return TensorValues.Place(inputs, device ?? TensorDevice.Cpu);
    }

    /// <summary>The classes of images as a loss takes them.</summary>
    /// <param name="indices">Which images, each from 0 to <see cref="Count"/> − 1; at least one.</param>
    /// <param name="device">Where the tensor goes; by default the processor.</param>
    /// <returns>A new int64 tensor [n], which the caller disposes.</returns>
    /// <exception cref="ArgumentException">There are no indices, or one is out of range.</exception>
    public Tensor Labels(ReadOnlySpan<int> indices, TensorDevice? device = null)
    {
        EnsureAllInside(indices);
        var labels = TensorValues.Stage<long>([indices.Length], ScalarType.Int64, out var target);
        var source = ClassLabels;
        for (var position = 0; position < indices.Length; position++)
        {
            target[position] = source[indices[position]];
        }

        return TensorValues.Place(labels, device ?? TensorDevice.Cpu);
    }

    /// <summary>Counts images by class.</summary>
    /// <param name="indices">Which images, each from 0 to <see cref="Count"/> − 1.</param>
    /// <returns>One count for each class.</returns>
    /// <exception cref="ArgumentException">An index is out of range.</exception>
    public int[] CountByClass(ReadOnlySpan<int> indices)
    {
        var counts = new int[Classes];
        foreach (var index in indices)
        {
            EnsureInside(index);
            counts[_labels.Span[index]]++;
        }

        return counts;
    }

    /// <summary>Copies of these images and, after them, of others, which are normalised as these are.</summary>
    /// <param name="others">Images of the same shape and classes.</param>
    internal ImageSet Append(ImageSet others) => new(
        $"{Name} and {others.Name}",
        Shape,
        Classes,
        (byte[])[.. _pixels.Span, .. others._pixels.Span],
        (byte[])[.. _labels.Span, .. others._labels.Span],
        Mean,
        Deviation);

    /// <summary>The first images, without a copy.</summary>
    internal ImageSet Take(int count, string name) =>
        new(name, Shape, Classes, _pixels[..(count * Shape.Size)], _labels[..count], Mean, Deviation);

    private static float[] NormalizationTable(ImmutableArray<double> mean, ImmutableArray<double> deviation)
    {
        var table = new float[mean.Length * ByteValues];
        for (var entry = 0; entry < table.Length; entry++)
        {
            var channel = entry / ByteValues;
            table[entry] = (float)(((entry % ByteValues / 255.0) - mean[channel]) / deviation[channel]);
        }

        return table;
    }

    private void EnsureAllInside(ReadOnlySpan<int> indices)
    {
        if (indices.IsEmpty)
        {
            throw new ArgumentException("At least one image must be chosen.", nameof(indices));
        }

        foreach (var index in indices)
        {
            EnsureInside(index);
        }
    }

    private void EnsureInside(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The set '{Name}' has images 0 to {Count - 1}.");
        }
    }

    private void Normalize(ReadOnlySpan<byte> pixels, int channel, Span<float> target)
    {
        var table = _normalized.AsSpan(channel * ByteValues, ByteValues);
        for (var pixel = 0; pixel < pixels.Length; pixel++)
        {
            target[pixel] = table[pixels[pixel]];
        }
    }
}
