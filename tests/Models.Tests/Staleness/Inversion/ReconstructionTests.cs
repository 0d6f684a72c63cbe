using FedActors.Models.Data;
using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness.Inversion;
using FedActors.Models.Tensors;
using FedActors.Models.Tests.Support;
using static TorchSharp.torch;

namespace FedActors.Models.Tests.Staleness.Inversion;

public sealed class ReconstructionTests
{
    private static readonly INetwork Network = new Linear(new ImageShape(2, 3, 3), classes: 4);

    [Fact]
    public void A_first_guess_has_the_shape_of_the_network_and_is_drawn_from_the_normal_distribution()
    {
        var drawn = Reconstruction.Draw(Network, 500, seed: 3);

        Assert.Equal((500 * 18, 500 * 4), (drawn.Inputs.Length, drawn.LabelLogits.Length));
        Assert.Equal(500, drawn.Count(Network));
        foreach (var values in new[] { drawn.Inputs, drawn.LabelLogits })
        {
            // Five standard deviations of mean and of mean square.
            Assert.Equal(0, values.ToArray().Average(), 5 / Math.Sqrt(values.Length));
            Assert.Equal(1, values.Dot(values) / values.Length, 5 * Math.Sqrt(2.0 / values.Length));
        }
    }

    [Fact]
    public void The_seed_decides_the_first_guess()
    {
        Assert.Equal(Reconstruction.Draw(Network, 3, 7), Reconstruction.Draw(Network, 3, 7));
        Assert.NotEqual(Reconstruction.Draw(Network, 3, 7).Inputs, Reconstruction.Draw(Network, 3, 8).Inputs);
        Assert.NotEqual(Reconstruction.Draw(Network, 3, 7).LabelLogits, Reconstruction.Draw(Network, 3, 8).LabelLogits);
    }

    [Fact]
    public void A_reconstruction_fits_only_the_shape_it_was_made_for()
    {
        var drawn = Reconstruction.Draw(Network, 3, 7);

        Assert.True(drawn.Fits(Network, 3));
        Assert.False(drawn.Fits(Network, 4));
        Assert.False(drawn.Fits(new Linear(new ImageShape(2, 3, 2), 4), 3));
        Assert.False(drawn.Fits(new Linear(new ImageShape(2, 3, 3), 5), 3));
    }

    [Fact]
    public void No_images_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Reconstruction.Draw(Network, 0, 7));

    [Fact]
    public void An_update_from_a_reconstruction_can_be_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        Reconstruction.Draw(Network, 3, 7).UpdateFrom(
            Network, ParameterVector.Zeros(Network.Layout.Count), new UnrolledDescent(1, 0.1), new CancellationToken(canceled: true)));

    [Fact]
    public void The_range_of_inputs_is_that_of_normalised_pixels_channel_by_channel()
    {
        var images = new ImageSet("two channels", new ImageShape(2, 1, 1), 1, new byte[2], new byte[1], [0.5, 0.25], [0.5, 0.25]);

        var range = InputRange.Of(images);

        Assert.Equal([-1f, -1], range.Lowest.ToArray());
        Assert.Equal([1f, 3], range.Highest.ToArray());
    }

    [Fact]
    public void Inputs_beyond_the_range_are_moved_to_its_bounds_channel_by_channel()
    {
        using var scope = NewDisposeScope();
        var inputs = tensor(new float[] { -9, 0, 9, -9, 0, 9, /* the second input */ 5, -5, 1, 5, -5, 1 }, [2, 2, 1, 3]);

        var (lowest, highest) = new InputRange([-1, -2], [1, 3]).ToTensors(TensorDevice.Cpu);

        Assert.Equal([-1f, 0, 1, -2, 0, 3, 1, -1, 1, 3, -2, 1], TensorValues.ToVector(inputs.clamp_(lowest, highest)).ToArray());
    }
}
