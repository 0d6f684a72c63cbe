using FedActors.Models.Parameters;

namespace FedActors.Models.Aggregation;

/// <summary>Applies an aggregate to the global parameters. Implementations are pure: what they remember is in the state.</summary>
public interface IServerOptimizer
{
    /// <summary>The name in settings, for example <c>adam</c>.</summary>
    string Name { get; }

    /// <summary>The state before the first step.</summary>
    /// <param name="length">The number of parameters.</param>
    /// <returns>The state.</returns>
    ServerOptimizerState Initial(int length);

    /// <summary>Takes one step.</summary>
    /// <param name="current">The global parameters.</param>
    /// <param name="aggregate">What the clients together would change of them, as long as they are.</param>
    /// <param name="state">The state that the step before left, or <see cref="Initial"/>.</param>
    /// <returns>The next global parameters and state.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or the state is of another optimiser.</exception>
    (ParameterVector Next, ServerOptimizerState State) Step(
        ParameterVector current, ParameterVector aggregate, ServerOptimizerState state);
}
