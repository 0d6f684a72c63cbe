using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FedActors.Standin.Conformance.Torch.Networks;

public sealed class ModuleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Parameters_are_named_after_fields()
    {
        using var model = new TwoLayers();
        Assert.Equal(
            ["scale", "first.weight", "first.bias", "second.weight", "second.bias"],
            model.named_parameters().Select(static named => named.name));
    }

    [Fact]
    public void A_state_dictionary_holds_the_live_tensors()
    {
        using var model = new TwoLayers();
        using (no_grad())
        {
            model.state_dict()["scale"].fill_(3);
        }

        Assert.Equal(3f, model.get_parameter("scale")!.item<float>());
    }

    [Fact]
    public void A_model_is_callable_and_trainable()
    {
        using var model = new TwoLayers();
        using var optimizer = optim.SGD(model.parameters(), 0.05);
        var (x, y) = (ones(4, 3), zeros(4, 2));
        var before = functional.mse_loss(model.call(x), y).item<float>();
        for (var i = 0; i < 20; i++)
        {
            optimizer.zero_grad();
            functional.mse_loss(model.call(x), y).backward();
            optimizer.step();
        }

        Assert.True(functional.mse_loss(model.call(x), y).item<float>() < before);
    }

    [Fact]
    public void Sequential_names_its_steps_by_number()
    {
        using var model = Sequential(Conv2d(1, 2, 3), ReLU(), MaxPool2d(2), Flatten(), Linear(2, 3));
        Assert.Equal(["0.weight", "0.bias", "4.weight", "4.bias"], model.named_parameters().Select(static named => named.name));
        Assert.Equal([5L, 3L], model.call(ones(5, 1, 4, 4)).shape);
    }

    [Fact]
    public void Training_mode_reaches_the_children()
    {
        using var model = Sequential(Linear(2, 2), Dropout(0.5));
        model.eval();
        Assert.All(model.children(), static child => Assert.False(child.training));
        var x = ones(3, 2);
        Assert.True(model.call(x).allclose(model.call(x)));
    }

    [Fact]
    public void State_can_be_copied_to_another_model()
    {
        using var source = new TwoLayers();
        using var target = new TwoLayers();
        target.load_state_dict(source.state_dict());
        var x = ones(1, 3);
        Assert.True(target.call(x).allclose(source.call(x)));
    }

    private sealed class TwoLayers : Module<Tensor, Tensor>
    {
        private readonly Parameter scale = Parameter(ones(1));
        private readonly Linear first = Linear(3, 4);
        private readonly Linear second = Linear(4, 2);

        public TwoLayers()
            : base(nameof(TwoLayers)) =>
            RegisterComponents();

        public override Tensor forward(Tensor input) => second.call(first.call(input).relu()) * scale;
    }
}
