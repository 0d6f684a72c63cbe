using System.Numerics;
using FedActors.Models.Randomness;

namespace FedActors.Models.Data;

/// <summary>Draws characters under a random warp, with a random pen, over a random background.</summary>
internal static class GlyphPainter
{
    public static readonly ImageShape Shape = new(1, Side, Side);

    private const int Side = 28;
    private const float StepLength = 0.4f;

    public static (byte[] Pixels, byte[] Labels) Paint(int count, ulong seed, string purpose)
    {
        var pixels = new byte[count * Shape.Size];
        var labels = new byte[count];
        var canvas = new float[Shape.Size];
        for (var image = 0; image < count; image++)
        {
            // A generator for each image: the first thousand images are the same in a set of any size.
            var random = new SeededRandom(Seeds.Derive(seed, purpose, image));
            var character = image % GlyphStrokes.Characters.Length;
            labels[image] = (byte)character;
            Array.Clear(canvas);
            DrawCharacter(canvas, character, random);
            Develop(canvas, pixels.AsSpan(image * Shape.Size, Shape.Size), random);
        }

        return (pixels, labels);
    }

    private static void DrawCharacter(float[] canvas, int character, SeededRandom random)
    {
        var warp = GlyphWarp.Draw(random);
        var radius = 0.6f + (0.9f * (float)random.NextDouble());
        foreach (var stroke in GlyphStrokes.Of(character))
        {
            for (var corner = 1; corner < stroke.Length; corner++)
            {
                DrawLine(canvas, warp, stroke[corner - 1], stroke[corner], radius);
            }
        }
    }

    // In short pieces, because a warped line is a curve.
    private static void DrawLine(float[] canvas, in GlyphWarp warp, Vector2 from, Vector2 to, float radius)
    {
        var pieces = Math.Max(1, (int)MathF.Ceiling(Vector2.Distance(from, to) / StepLength));
        var start = warp.Apply(from);
        for (var piece = 1; piece <= pieces; piece++)
        {
            var end = warp.Apply(Vector2.Lerp(from, to, piece / (float)pieces));
            DrawPiece(canvas, start, end, radius);
            start = end;
        }
    }

    private static void DrawPiece(float[] canvas, Vector2 start, Vector2 end, float radius)
    {
        var reach = new Vector2(radius + 1);
        var low = Vector2.Clamp(Vector2.Min(start, end) - reach, Vector2.Zero, new Vector2(Side - 1));
        var high = Vector2.Clamp(Vector2.Max(start, end) + reach, Vector2.Zero, new Vector2(Side - 1));
        var direction = end - start;
        var scale = 1 / MathF.Max(direction.LengthSquared(), 1e-6f);
        for (var row = (int)low.Y; row <= (int)high.Y; row++)
        {
            for (var column = (int)low.X; column <= (int)high.X; column++)
            {
                var offset = new Vector2(column, row) - start;
                var along = Math.Clamp(Vector2.Dot(offset, direction) * scale, 0, 1);
                var distance = (offset - (along * direction)).Length();
                ref var ink = ref canvas[(row * Side) + column];
                ink = MathF.Max(ink, Math.Clamp(radius + 0.5f - distance, 0, 1));
            }
        }
    }

    private static void Develop(float[] canvas, Span<byte> pixels, SeededRandom random)
    {
        var strength = 0.55f + (0.45f * (float)random.NextDouble());
        var noise = 0.02f + (0.16f * (float)random.NextDouble());
        var bits = 0UL;
        for (var pixel = 0; pixel < pixels.Length; pixel++)
        {
            if (pixel % 4 == 0)
            {
                bits = random.NextUInt64();
            }

            // Two bytes of one draw: their sum is spread like a triangle over [−1, 1], near enough to film grain.
            var grain = ((int)(bits & 0xFF) + (int)((bits >> 8) & 0xFF) - 255) / 255f;
            bits >>= 16;
            pixels[pixel] = (byte)(255 * Math.Clamp((strength * canvas[pixel]) + (noise * grain), 0, 1));
        }
    }
}
