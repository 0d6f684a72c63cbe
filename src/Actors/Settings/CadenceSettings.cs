namespace FedActors.Actors.Settings;

/// <summary>When the aggregator aggregates.</summary>
public enum CadencePolicy
{
    /// <summary>When all that were assigned have answered or are lost, or at the deadline with a quorum.</summary>
    Synchronous,

    /// <summary>What arrived by the end of each round of fixed duration.</summary>
    Rounds,

    /// <summary>After every so many updates that enter the buffer (FedBuff; Nguyen et al., 2022).</summary>
    Buffered,

    /// <summary>After every update (FedAsync; Xie et al., 2019).</summary>
    Immediate,
}

/// <summary>When the aggregator aggregates.</summary>
/// <param name="Policy">The cadence.</param>
/// <param name="Quorum">Share of a round's assignments, in (0, 1], that must have answered before a deadline may close it.</param>
/// <param name="Deadline">How long a synchronous round waits for all; null waits without end.</param>
/// <param name="BufferSize">Updates that cadence <c>buffered</c> waits for, at least 1. Default 10.</param>
public sealed record CadenceSettings(CadencePolicy Policy, double Quorum, TimeSpan? Deadline, int BufferSize = 10)
{
    /// <summary>Updates that end a round by being in the buffer; null where the buffer does not decide.</summary>
    public int? ClosingBuffer => Policy switch
    {
        CadencePolicy.Buffered => BufferSize,
        CadencePolicy.Immediate => 1,
        _ => null,
    };
}
