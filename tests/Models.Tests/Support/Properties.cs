using FsCheck;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Support;

/// <summary>Property tests whose random cases are the same in every run.</summary>
internal static class Properties
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20_260_101, 1).WithQuietOnSuccess(true);

    public static void Hold<T>(Gen<T> cases, Action<T> claim, int count = 100) =>
        Check.One(Repeatable.WithMaxTest(count), Prop.ForAll(cases.ToArbitrary(), claim));

    /// <summary>Finite vectors of 1 to 70 numbers: whole vector registers, and a rest.</summary>
    public static Gen<float[]> Floats { get; } = Gen.Choose(1, 70).SelectMany(FloatsOf);

    /// <summary>Two finite vectors of the same length.</summary>
    public static Gen<(float[] First, float[] Second)> FloatPairs { get; } =
        Gen.Choose(1, 70).SelectMany(length => FloatsOf(length).SelectMany(first => FloatsOf(length).Select(second => (first, second))));

    public static Gen<float[]> FloatsOf(int length) => Gen.Choose(-1_000_000, 1_000_000).Select(value => value / 4096f).ArrayOf(length);
}
