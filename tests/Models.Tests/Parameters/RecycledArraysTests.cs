using System.Runtime.CompilerServices;
using FedActors.Models.Parameters;

namespace FedActors.Models.Tests.Parameters;

public sealed class RecycledArraysTests
{
    private const int Length = 100_000;
    private const byte Mark = 77;

    private readonly RecycledArrays _arrays = new();

    [Fact]
    public void An_array_that_nobody_can_reach_comes_back_as_it_was_again_and_again()
    {
        Leave();
        for (var round = 0; round < 5; round++)
        {
            Collect();
            AssertMarkedAndLeave();
        }
    }

    [Fact]
    public void A_span_is_enough_to_keep_an_array()
    {
        var span = Make();

        Collect();

        Assert.Null(_arrays.Take(Length));
        Assert.Equal(Mark, span[0]);
    }

    [Fact]
    public void An_array_of_another_length_is_not_given()
    {
        Leave();
        Collect();

        Assert.Null(_arrays.Take(Length + 1));
    }

    [Fact]
    public void An_array_has_one_owner_at_a_time()
    {
        Leave();
        Collect();
        var first = _arrays.Take(Length);

        Assert.Null(_arrays.Take(Length));
        GC.KeepAlive(first);
    }

    [Fact]
    public void What_nobody_has_taken_can_be_left_to_the_collector()
    {
        Leave();
        Collect();

        _arrays.Clear();

        Assert.Null(_arrays.Take(Length));
        Collect();
        Assert.Null(_arrays.Take(Length));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>A method of its own, so that nothing on the stack of the test reaches the array.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Leave() => Make();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Make()
    {
        var array = new byte[Length];
        array.AsSpan().Fill(Mark);
        _arrays.Register(array);
        return array.AsSpan(Length / 2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AssertMarkedAndLeave()
    {
        var array = _arrays.Take(Length);
        Assert.NotNull(array);
        Assert.Equal(-1, array.AsSpan().IndexOfAnyExcept(Mark));
    }
}
