using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace FedActors.Standin.Conformance.Torch.Differentiation;

public sealed class GraphTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_new_tensor_is_a_leaf_that_asks_for_no_gradient()
    {
        var x = ones(2);
        Assert.True(x.is_leaf);
        Assert.False(x.requires_grad);
        Assert.Null(x.grad());
    }

    [Fact]
    public void A_result_of_a_leaf_that_asks_for_gradients_is_no_leaf()
    {
        var y = ones(2, requires_grad: true) * 2;
        Assert.False(y.is_leaf);
        Assert.True(y.requires_grad);
    }

    [Fact]
    public void Backward_adds_to_the_gradients_of_leaves()
    {
        var x = tensor([1f, 2f], requires_grad: true);
        x.square().sum().backward();
        Assert.Equal([2f, 4f], x.grad()!.data<float>().ToArray());
        x.square().sum().backward();
        Assert.Equal([4f, 8f], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void Every_handle_shows_the_same_gradient()
    {
        var x = ones(2, requires_grad: true);
        var other = x.alias();
        x.sum().backward();
        other.grad()!.mul_(3);
        Assert.Equal([3f, 3f], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_takes_a_vector_for_a_result_that_is_not_a_number()
    {
        var x = tensor([1f, 2f], requires_grad: true);
        autograd.backward(x.square(), tensor([1f, 10f]));
        Assert.Equal([2f, 40f], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_of_many_numbers_without_a_vector_is_refused()
    {
        var y = ones(2, requires_grad: true) * 2;
        Assert.Throws<ExternalException>(y.backward);
    }

    [Fact]
    public void Backward_of_what_was_not_recorded_is_refused() => Assert.Throws<ExternalException>(ones(1).sum().backward);

    [Fact]
    public void Backward_for_some_inputs_leaves_the_others_alone()
    {
        var x = ones(2, requires_grad: true);
        var y = ones(2, requires_grad: true);
        autograd.backward((x * y).sum(), inputs: [x]);
        Assert.NotNull(x.grad());
        Assert.Null(y.grad());
    }

    [Fact]
    public void A_graph_can_be_walked_once()
    {
        var x = ones(2, requires_grad: true);
        var loss = x.exp().sum();
        loss.backward();
        Assert.Throws<ExternalException>(loss.backward);
    }

    [Fact]
    public void A_retained_graph_can_be_walked_again()
    {
        var x = ones(2, requires_grad: true);
        var loss = x.square().sum();
        autograd.backward(loss, retain_graph: true);
        loss.backward();
        Assert.Equal([4f, 4f], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void Grad_returns_gradients_without_storing_them()
    {
        var x = tensor([3f], requires_grad: true);
        var gradient = autograd.grad([x.square().sum()], [x])[0];
        Assert.Equal(6f, gradient.item<float>());
        Assert.Null(x.grad());
        Assert.False(gradient.requires_grad);
    }

    [Fact]
    public void Grad_reaches_values_in_the_middle_of_a_graph()
    {
        var x = tensor([3f], requires_grad: true);
        var y = x * 2;
        var gradients = autograd.grad([y.square().sum()], [y, x]);
        Assert.Equal(12f, gradients[0].item<float>());
        Assert.Equal(24f, gradients[1].item<float>());
    }

    [Fact]
    public void Grad_sums_over_several_outputs()
    {
        var x = tensor([3f], requires_grad: true);
        Assert.Equal(8f, autograd.grad([x.square().sum(), (2 * x).sum()], [x])[0].item<float>());
    }

    [Fact]
    public void An_unused_input_yields_an_empty_handle_where_that_is_allowed()
    {
        var x = ones(1, requires_grad: true);
        var unused = ones(1, requires_grad: true);
        var gradients = autograd.grad([x.sum()], [x, unused], allow_unused: true);
        Assert.False(gradients[0].IsInvalid);
        Assert.True(gradients[1].IsInvalid);
    }

    [Fact]
    public void A_recorded_gradient_can_be_differentiated_three_times()
    {
        var x = tensor([2.0], requires_grad: true);
        var value = x.pow(4).sum();
        for (var order = 1; order <= 3; order++)
        {
            value = autograd.grad([value], [x], retain_graph: true, create_graph: true)[0].sum();
        }

        Assert.Equal(48.0, value.item<double>(), 1e-9);
    }

    [Fact]
    public void Nothing_is_recorded_under_no_grad()
    {
        var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
        }

        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void No_grad_holds_for_its_thread_alone()
    {
        // No await in here: the rest of the test could go on, and end no_grad, on another thread.
        var enabledElsewhere = false;
        using (no_grad())
        {
            var other = new Thread(() => enabledElsewhere = is_grad_enabled());
            other.Start();
            other.Join();
        }

        Assert.True(enabledElsewhere);
    }

    [Fact]
    public void A_detached_value_shares_memory_but_no_history()
    {
        var x = ones(2, requires_grad: true);
        var y = x * 2;
        var detached = y.detach();
        Assert.False(detached.requires_grad);
        using (no_grad())
        {
            detached.fill_(5);
        }

        Assert.Equal([5f, 5f], y.data<float>().ToArray());
    }

    [Fact]
    public void A_kept_gradient_of_a_value_that_is_no_leaf_shows()
    {
        var x = ones(2, requires_grad: true);
        var y = x * 2;
        y.retain_grad();
        y.square().sum().backward();
        Assert.Equal([4f, 4f], y.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void A_value_that_backward_needs_may_not_change_meanwhile()
    {
        var x = ones(2, requires_grad: true);
        var y = x * 1;
        var loss = y.square().sum();
        y.add_(1);
        Assert.Throws<ExternalException>(loss.backward);
    }

    [Fact]
    public void A_value_that_backward_does_not_need_may_change()
    {
        var x = ones(2, requires_grad: true);
        var y = x * 2;
        var loss = (y + 1).sum();
        y.add_(1);
        loss.backward();
        Assert.Equal([2f, 2f], x.grad()!.data<float>().ToArray());
    }

    [Fact]
    public void A_long_chain_of_operations_comes_apart_without_deep_recursion()
    {
        var x = ones(1, requires_grad: true);
        var y = x * 1;
        for (var i = 0; i < 20_000; i++)
        {
            using var previous = y;
            y = previous + 1;
        }

        y.backward();
        Assert.Equal(1f, x.grad()!.item<float>());
    }
}
