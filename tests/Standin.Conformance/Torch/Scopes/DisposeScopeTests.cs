using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Scopes;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor x;
        using (NewDisposeScope())
        {
            x = ones(2) + 1;
            Assert.False(x.IsInvalid);
        }

        Assert.True(x.IsInvalid);
    }

    [Fact]
    public void A_tensor_made_outside_survives()
    {
        using var x = ones(2);
        using (NewDisposeScope())
        {
            _ = x + 1;
        }

        Assert.Equal([1f, 1f], x.data<float>().ToArray());
    }

    [Fact]
    public void A_result_can_be_moved_to_the_outer_scope()
    {
        Tensor inner;
        using (NewDisposeScope())
        {
            using (var scope = NewDisposeScope())
            {
                inner = scope.MoveToOuter(ones(2));
            }

            Assert.False(inner.IsInvalid);
        }

        Assert.True(inner.IsInvalid);
    }

    [Fact]
    public void A_result_moved_out_of_the_outermost_scope_lives_until_it_is_disposed()
    {
        Tensor x;
        using (NewDisposeScope())
        {
            x = ones(2).MoveToOuterDisposeScope();
        }

        Assert.False(x.IsInvalid);
        x.Dispose();
    }

    [Fact]
    public void A_detached_tensor_belongs_to_no_scope()
    {
        Tensor x;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                x = ones(2).DetachFromDisposeScope();
            }
        }

        Assert.False(x.IsInvalid);
        x.Dispose();
    }

    [Fact]
    public void A_scope_can_be_emptied_but_for_some()
    {
        using var scope = NewDisposeScope();
        var (kept, other) = (ones(2), ones(2));
        scope.DisposeEverythingBut(kept);
        Assert.False(kept.IsInvalid);
        Assert.True(other.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.True(scope.Contains(kept));
        scope.DisposeEverything();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void Other_disposables_can_be_included()
    {
        var stream = new MemoryStream();
        using (var scope = NewDisposeScope())
        {
            scope.Include(stream);
        }

        Assert.False(stream.CanRead);
    }

    [Fact]
    public void A_tensor_disposed_by_hand_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        var x = ones(2);
        Assert.Equal(1, scope.DisposablesCount);
        x.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Statistics_count_what_lives()
    {
        DisposeScopeManager.Statistics.Reset();
        using (NewDisposeScope())
        {
            var x = ones(2);
            Assert.Equal(1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            x.DetachFromDisposeScope().Dispose();
            Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            _ = ones(2);
        }

        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_graph_keeps_what_it_needs_after_the_handles_are_gone()
    {
        using var x = tensor(new[] { 2f }, requires_grad: true);
        using var loss = Loss(x);
        loss.backward();
        Assert.Equal(32f, x.grad()!.item<float>());

        static Tensor Loss(Tensor x)
        {
            using var scope = NewDisposeScope();
            var square = x * x;
            return (square * square).sum().MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        // No await in here: the scope must end on the thread that began it.
        using var scope = NewDisposeScope();
        var x = zeros(1);
        var other = new Thread(() => x = ones(2));
        other.Start();
        other.Join();
        Assert.Equal(2, x.numel());
        Assert.False(scope.Contains(x));
        x.Dispose();
    }
}
