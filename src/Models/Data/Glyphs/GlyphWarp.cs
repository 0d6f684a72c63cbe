using System.Numerics;
using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>A random way to write: turned, stretched, slanted and shifted as a whole, then bent locally.</summary>
internal readonly struct GlyphWarp
{
    private const double MaxTurn = 0.38;
    private const double MaxSlant = 0.3;
    private const double MinScale = 5.8;
    private const double MaxScale = 9.5;
    private const double MaxShift = 3;
    private const double MaxBend = 0.15;
    private const float Centre = 13.5f;

    private readonly Matrix3x2 _whole;
    private readonly Vector4 _bend;
    private readonly Vector4 _phase;
    private readonly Vector4 _frequency;

    private GlyphWarp(Matrix3x2 whole, Vector4 bend, Vector4 phase, Vector4 frequency)
    {
        _whole = whole;
        _bend = bend;
        _phase = phase;
        _frequency = frequency;
    }

    public static GlyphWarp Draw(SeededRandom random)
    {
        var whole =
            Matrix3x2.CreateSkew(Within(random, MaxSlant), 0)
            * Matrix3x2.CreateScale(Between(random, MinScale, MaxScale), Between(random, MinScale, MaxScale))
            * Matrix3x2.CreateRotation(Within(random, MaxTurn))
            * Matrix3x2.CreateTranslation(Centre + Within(random, MaxShift), Centre + Within(random, MaxShift));
        return new GlyphWarp(
            whole,
            new Vector4(Within(random, MaxBend), Within(random, MaxBend), Within(random, MaxBend), Within(random, MaxBend)),
            new Vector4(Within(random, Math.PI), Within(random, Math.PI), Within(random, Math.PI), Within(random, Math.PI)),
            new Vector4(Between(random, 1, 4), Between(random, 1, 4), Between(random, 1, 4), Between(random, 1, 4)));
    }

    /// <summary>Where a point of the character's square comes to lie, in pixels.</summary>
    public Vector2 Apply(Vector2 point)
    {
        // Smooth waves along both axes: the elastic part, small beside the distance of two strokes.
        var along = new Vector4(point.X, point.Y, point.X, point.Y);
        var angle = (along * _frequency) + _phase;
        var bent = new Vector2(
            point.X + (_bend.X * MathF.Sin(angle.X)) + (_bend.Y * MathF.Sin(angle.Y)),
            point.Y + (_bend.Z * MathF.Sin(angle.Z)) + (_bend.W * MathF.Sin(angle.W)));
        return Vector2.Transform(bent, _whole);
    }

    private static float Within(SeededRandom random, double limit) => Between(random, -limit, limit);

    private static float Between(SeededRandom random, double low, double high) => (float)(low + ((high - low) * random.NextDouble()));
}
