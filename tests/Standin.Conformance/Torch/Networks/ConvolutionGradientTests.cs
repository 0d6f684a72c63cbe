using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Networks;

/// <summary>
/// The gradients of 3×3 convolutions of many channels, element by element against sums in double: shapes that kernels with fewer products
/// may take, and next to them shapes that such kernels must leave alone.
/// </summary>
public sealed class ConvolutionGradientTests : IDisposable
{
    private const int Side = 3;

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<int, int, int, int, int, int> Shapes => new()
    {
        // images, channels in, height, width, channels out, stride
        { 2, 16, 32, 32, 16, 1 },
        { 5, 16, 8, 12, 32, 1 },
        { 1, 32, 16, 16, 16, 1 },
        { 9, 32, 4, 4, 48, 1 },
        { 3, 64, 8, 8, 64, 1 },
        { 1, 16, 2, 2, 16, 1 },
        { 2, 16, 7, 8, 16, 1 },
        { 2, 17, 8, 8, 16, 1 },
        { 2, 16, 8, 8, 20, 1 },
        { 3, 16, 16, 16, 32, 2 },
        { 2, 32, 9, 7, 64, 2 },
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_element_is_as_near_as_float_allows(int images, int channels, int height, int width, int filters, int stride)
    {
        using var generator = new Generator(11);
        var x = randn([images, channels, height, width], generator: generator).requires_grad_();
        var weight = randn([filters, channels, Side, Side], generator: generator).requires_grad_();
        var y = functional.conv2d(x, weight, null, [stride, stride], [1, 1]);
        var outer = randn(y.shape, generator: generator);
        var gradients = autograd.grad([y], [x, weight], [outer]);

        var (input, kernels) = Defined(x.detach(), weight.detach(), outer, stride);
        AssertNear(input, gradients[0]);
        AssertNear(kernels, gradients[1]);
    }

    /// <summary>Both gradients by the definition, for each output pixel and each weight that made it.</summary>
    private static (double[] Input, double[] Kernels) Defined(Tensor x, Tensor weight, Tensor outer, int stride)
    {
        var (images, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var (filters, rows, columns) = (outer.shape[1], outer.shape[2], outer.shape[3]);
        var (pixels, taps, slopes) = (x.data<float>().ToArray(), weight.data<float>().ToArray(), outer.data<float>().ToArray());
        var (input, kernels) = (new double[pixels.Length], new double[taps.Length]);
        for (var at = 0L; at < slopes.Length; at++)
        {
            var (plane, pixel) = Math.DivRem(at, rows * columns);
            var (image, filter) = Math.DivRem(plane, filters);
            var (row, column) = Math.DivRem(pixel, columns);
            for (var tap = 0L; tap < channels * Side * Side; tap++)
            {
                var (channel, place) = Math.DivRem(tap, Side * Side);
                var i = row * stride - 1 + place / Side;
                var j = column * stride - 1 + place % Side;
                if (i >= 0 && i < height && j >= 0 && j < width)
                {
                    var from = ((image * channels + channel) * height + i) * width + j;
                    var factor = filter * channels * Side * Side + tap;
                    input[from] += (double)slopes[at] * taps[factor];
                    kernels[factor] += (double)slopes[at] * pixels[from];
                }
            }
        }

        return (input, kernels);
    }

    private static void AssertNear(double[] expected, Tensor actual)
    {
        var largest = expected.Max(Math.Abs);
        var error = expected.Zip(actual.data<float>().ToArray(), static (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(error / largest, 0, 2e-6);
    }
}
