using FedActors.Models.Networks;
using FedActors.Models.Parameters;
using FedActors.Models.Tensors;
using static TorchSharp.torch;

namespace FedActors.Models.Staleness.Inversion;

/// <summary>
/// Gradient inversion (Wang and Gao, 2025, section 3): finds data whose local update mimics the one that a client sent.
/// Adam on inputs and label logits, started from N(0, 1) or from what was found for the client before.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="recipe">How to search.</param>
/// <param name="range">Where inputs may lie.</param>
/// <param name="device">Where to compute; by default the processor.</param>
public sealed class UpdateInversion(INetwork network, InversionRecipe recipe, InputRange range, TensorDevice? device = null)
{
    /// <summary>Inverts one update. A pure function that runs on the calling thread.</summary>
    /// <param name="start">w_v, the parameters that the client started from.</param>
    /// <param name="target">Δ, what it sent.</param>
    /// <param name="descent">The steps of its local training.</param>
    /// <param name="warm">
    /// What was found for the client before; null to start from nothing. Where it explains the update no better than no
    /// data at all, or has another shape, it is not used.
    /// </param>
    /// <param name="seed">Seed of the first guess.</param>
    /// <param name="cancellationToken">Looked at before every iteration.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a number is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public InversionResult Run(
        ParameterVector start,
        ParameterVector target,
        UnrolledDescent descent,
        WarmStart? warm,
        ulong seed,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        recipe.Validate();
        var kept = recipe.Keep < 1 ? target.TopMagnitudeMask(recipe.Keep) : null;
        using var objective = new InversionObjective(network, start, target, descent, recipe.Disparity, kept, Device);
        if (warm is not null && warm.Reconstruction.Fits(network, recipe.Images))
        {
            var shrunk = Math.Min(1, objective.Nothing / warm.ColdSize);
            var schedule = recipe.Warm with { Rate = recipe.Warm.Rate * shrunk };
            if (new Search(this, objective, warm.Reconstruction, schedule, cancellationToken).Run() is { } found)
            {
                return found with { Next = warm with { Reconstruction = found.Next.Reconstruction } };
            }
        }

        var guess = Reconstruction.Draw(network, recipe.Images, seed);
        return new Search(this, objective, guess, recipe.Cold, cancellationToken).Run(evenIfHopeless: true)!;
    }

    /// <summary>One descent from one beginning.</summary>
    private sealed class Search(
        UpdateInversion inversion,
        InversionObjective objective,
        Reconstruction begin,
        InversionSchedule schedule,
        CancellationToken cancellationToken)
    {
        private double _first = double.NaN;
        private double _lowest = double.PositiveInfinity;
        private double _milestone = double.PositiveInfinity;
        private int _sinceMilestone;
        private int _iterations;

        /// <summary>Runs to the end of the schedule, or until the disparity no longer falls.</summary>
        /// <returns>The best that was found; null where the beginning is worse than no data at all.</returns>
        public InversionResult? Run(bool evenIfHopeless = false)
        {
            using var scope = NewDisposeScope();
            var (inputs, labelLogits) = begin.ToTensors(inversion.Network, inversion.Device);
            var (lowest, highest) = inversion.Range.ToTensors(inversion.Device);
            var (inputSteps, labelSteps) = (new AdamSteps(inputs), new AdamSteps(labelLogits));
            var (bestInputs, bestLogits) = (inputs.clone(), labelLogits.clone());
            foreach (var (iterations, rate) in schedule.Stages())
            {
                _milestone = double.PositiveInfinity;
                _sinceMilestone = 0;
                for (var iteration = 0; iteration < iterations && _sinceMilestone < schedule.Patience; iteration++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using var value = objective.Evaluate(inputs, labelLogits);
                    _iterations++;
                    if (_iterations == 1)
                    {
                        _first = value.Cost;
                        if (!evenIfHopeless && !(value.Cost < objective.Nothing))
                        {
                            return null;
                        }
                    }

                    if (value.Cost < _lowest)
                    {
                        _lowest = value.Cost;
                        bestInputs.copy_(inputs);
                        bestLogits.copy_(labelLogits);
                    }

                    NoteProgress(value.Cost);
                    inputSteps.Step(value.InputGradient, rate);
                    inputs.clamp_(lowest, highest);
                    labelSteps.Step(value.LabelGradient, rate);
                }
            }

            var best = new Reconstruction(TensorValues.ToVector(bestInputs), TensorValues.ToVector(bestLogits));
            return new InversionResult(new WarmStart(best, objective.Nothing), _first, _lowest, objective.Nothing, _iterations);
        }

        private void NoteProgress(double cost)
        {
            if (cost < _milestone * (1 - schedule.Progress))
            {
                _milestone = cost;
                _sinceMilestone = 0;
            }
            else
            {
                _sinceMilestone++;
            }
        }
    }

    private INetwork Network => network;

    private InputRange Range => range;

    private TensorDevice Device { get; } = device ?? TensorDevice.Cpu;
}
