using Akka.Actor;
using FedActors.Models.Parameters;
using FedActors.Models.Training;

namespace FedActors.Actors.Evaluation;

/// <summary>The conversation between the aggregator and the evaluator. It never leaves the process.</summary>
public static class EvaluatorProtocol
{
    /// <summary>Aggregator to evaluator: measure the model as it is after a round.</summary>
    public sealed record Evaluate(int Round, ParameterVector Parameters) : INoSerializationVerificationNeeded;

    /// <summary>Evaluator to aggregator: the measure.</summary>
    public sealed record Evaluated(int Round, EvaluationResult Result, double Seconds) : INoSerializationVerificationNeeded;

    /// <summary>Evaluator to aggregator: the model could not be measured.</summary>
    public sealed record EvaluationFailed(int Round, Exception Cause) : INoSerializationVerificationNeeded;
}
