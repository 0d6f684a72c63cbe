namespace FedActors.Actors.Corrector;

/// <summary>What became of a stale update.</summary>
/// <param name="Kind">Whether it was converted, and if not, why.</param>
/// <param name="Iterations">Iterations of its inversion.</param>
/// <param name="Seconds">Seconds of inversion and replay.</param>
public sealed record CorrectionReport(CorrectionKind Kind, int Iterations, double Seconds)
{
    /// <summary>A correction that cost nothing.</summary>
    public static CorrectionReport Free(CorrectionKind kind) => new(kind, 0, 0);
}

/// <summary>What the corrector did with a stale update.</summary>
public enum CorrectionKind
{
    /// <summary>Replaced by an estimate of the fresh update, in whole or in part.</summary>
    Converted,

    /// <summary>Fresher updates know as much: treated by the fallback policy.</summary>
    NotUnique,

    /// <summary>After the switch back: aggregated as it is.</summary>
    SwitchedBack,

    /// <summary>Not stale enough, or its base version is gone: treated by the fallback policy.</summary>
    NotConvertible,

    /// <summary>The inversion failed or took too long: treated by the fallback policy.</summary>
    Failed,
}
