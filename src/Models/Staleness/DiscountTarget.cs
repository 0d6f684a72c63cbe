namespace FedActors.Models.Staleness;

/// <summary>What a staleness factor multiplies.</summary>
public enum DiscountTarget
{
    /// <summary>The update itself. What divides the sum does not change, so that a discounted update moves the model less.</summary>
    Update,

    /// <summary>The update's weight in the average, whose weights are then made to sum to one.</summary>
    Weight,
}
