using TorchSharp.Tensors;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: groups of parameters, and a state for each of them.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            dictionary.State.AddRange(group.Parameters.Select(StateOf));
        }

        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        }

        if (state_dict.State.Count != own.State.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
        }

        for (var i = 0; i < own.Options.Count; i++)
        {
            if (own.Options[i] != state_dict.Options[i])
            {
                own.Options[i].LoadStateDict(state_dict.Options[i]);
            }
        }

        for (var i = 0; i < own.State.Count; i++)
        {
            if (own.State[i] != state_dict.State[i])
            {
                own.State[i].LoadStateDict(state_dict.State[i]);
            }
        }
    }

    protected OptimizerState StateOf(Parameter parameter) => _states[parameter];

    protected void SetState(Parameter parameter, OptimizerState state) => _states[parameter] = state;

    /// <summary>Evaluates the closure, then updates every parameter that has a gradient, unrecorded.</summary>
    protected Tensor? StepEach(Func<Tensor>? closure, Action<ParamGroup, Parameter> update)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = enable_grad();
            loss = closure();
        }

        using var mode = no_grad();
        foreach (var group in _parameter_groups)
        {
            foreach (var parameter in group.Parameters)
            {
                if (parameter.Value.Gradient is not null)
                {
                    update(group, parameter);
                    parameter.Value.Storage.Written();
                }
            }
        }

        return loss;
    }

    /// <summary>Whether the fused steps, which want plain arrays of float32, can do it.</summary>
    private protected static bool IsPlain(params ReadOnlySpan<TensorValue?> values)
    {
        foreach (var value in values)
        {
            if (value is not null && (value.Type != ScalarType.Float32 || !value.IsContiguous))
            {
                return false;
            }
        }

        return true;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var state in _states.Values.OfType<IDisposable>())
        {
            state.Dispose();
        }

        _states.Clear();
        base.Dispose(disposing);
    }
}
