namespace FedActors.Models.Staleness;

/// <summary>
/// <c>Δ − λ · Δ ⊙ Δ ⊙ (w_t − w_v)</c>: the first-order Taylor term of DC-ASGD (Zheng et al., 2017), whose Hessian is
/// replaced by the square of the gradient, written for updates.
/// </summary>
public sealed class FirstOrder : IStalenessPolicy
{
    private readonly double _lambda;

    /// <summary>Compensates the distance that the model moved.</summary>
    /// <param name="lambda">λ, not negative. Default 4.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lambda"/> is negative or not finite.</exception>
    public FirstOrder(double lambda = 4)
    {
        if (!(lambda >= 0) || !double.IsFinite(lambda))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "The weight λ of the correction is not negative.");
        }

        _lambda = lambda;
    }

    /// <inheritdoc/>
    public string Name => "first-order";

    /// <summary>Name and parameters; equal texts act alike.</summary>
    public override string ToString() => $"{Name}({_lambda:R})";

    /// <inheritdoc/>
    public TreatedUpdate? Treat(ArrivedUpdate arrived)
    {
        ArgumentNullException.ThrowIfNull(arrived);
        if (arrived.Staleness == 0)
        {
            return new TreatedUpdate(arrived.Update);
        }

        var moved = arrived.Current.Subtract(arrived.Start);
        return new TreatedUpdate(
            arrived.Update.AddScaled(arrived.Update.Multiply(arrived.Update).Multiply(moved), -_lambda));
    }
}
