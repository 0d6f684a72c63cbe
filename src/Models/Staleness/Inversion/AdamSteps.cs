namespace FedActors.Models.Staleness.Inversion;

/// <summary>Adam (Kingma and Ba, 2015; β₁ = 0.9, β₂ = 0.999) on plain numbers, without a graph around them.</summary>
internal sealed class AdamSteps(int length)
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _first = new float[length];
    private readonly float[] _second = new float[length];
    private int _steps;

    /// <summary>Moves <paramref name="values"/> against <paramref name="gradient"/>.</summary>
    public void Step(Span<float> values, ReadOnlySpan<float> gradient, double rate)
    {
        _steps++;
        var size = (float)(rate / (1 - Math.Pow(FirstDecay, _steps)));
        var rootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(SecondDecay, _steps)));
        for (var index = 0; index < values.Length; index++)
        {
            var slope = gradient[index];
            var first = (FirstDecay * _first[index]) + ((1 - FirstDecay) * slope);
            var second = (SecondDecay * _second[index]) + ((1 - SecondDecay) * slope * slope);
            _first[index] = first;
            _second[index] = second;
            values[index] -= size * first / ((MathF.Sqrt(second) * rootCorrection) + Epsilon);
        }
    }
}
