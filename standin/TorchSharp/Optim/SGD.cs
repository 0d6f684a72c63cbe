using TorchSharp.Kernels;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(
                    parameters.Select(static named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    public class SGD : OptimizerHelper, optim.IMomentum
    {
        private readonly Options _defaults;

        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
        {
            Require(lr >= 0, $"Invalid learning rate: {lr}");
            Require(momentum >= 0, $"Invalid momentum value: {momentum}");
            Require(weight_decay >= 0, $"Invalid weight_decay value: {weight_decay}");
            Require(!nesterov || (momentum > 0 && dampening == 0), "Nesterov momentum requires a momentum and zero dampening");
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                dampening = dampening,
                maximize = maximize,
                momentum = momentum,
                nesterov = nesterov,
                weight_decay = weight_decay,
            };
            foreach (var group in parameters)
            {
                add_param_group(group);
            }
        }

        public double Momentum
        {
            get => _defaults.momentum!.Value;
            set => _defaults.momentum = value;
        }

        public override Tensor? step(Func<Tensor>? closure = null) => StepEach(closure, Update);

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var options = (Options?)param_group.Options ?? new Options();
            options.LearningRate ??= _defaults.LearningRate;
            options.momentum ??= _defaults.momentum;
            options.dampening ??= _defaults.dampening;
            options.weight_decay ??= _defaults.weight_decay;
            options.nesterov ??= _defaults.nesterov;
            options.maximize ??= _defaults.maximize;
            options.InitialLearningRate = options.LearningRate!.Value;
            param_group.Options = options;
            param_group.Parameters = [.. param_group.Parameters];
            _parameter_groups.Add(param_group);
            foreach (var parameter in param_group.Parameters)
            {
                SetState(parameter, new State());
            }
        }

        private static void Require(bool condition, string message)
        {
            if (!condition)
            {
                throw new ArgumentException(message);
            }
        }

        private unsafe void Update(Modules.ParamGroup group, Parameter parameter)
        {
            var options = (Options)group.Options;
            var state = (State)StateOf(parameter);
            var (weight, gradient) = (parameter.Value, parameter.Value.Gradient!);
            var momentum = options.momentum!.Value;
            var isFirst = state.momentum_buffer is null;
            if (momentum != 0 && isFirst)
            {
                state.momentum_buffer = empty_like(parameter).DetachFromDisposeScope();
            }

            var velocity = momentum != 0 ? state.momentum_buffer!.Value : null;
            var rate = options.maximize!.Value ? -options.LearningRate!.Value : options.LearningRate!.Value;
            if (IsPlain(weight, gradient, velocity))
            {
                OptimizerSteps.Sgd(
                    weight.Floats, gradient.Floats, velocity is null ? null : velocity.Floats, weight.Count, (float)rate, (float)momentum,
                    (float)options.dampening!.Value, (float)options.weight_decay!.Value, options.nesterov!.Value, isFirst);
                return;
            }

            using var scope = NewDisposeScope();
            using var g = parameter.grad()!.add(parameter, options.weight_decay!.Value);
            var direction = g;
            if (velocity is not null)
            {
                var buffer = state.momentum_buffer!;
                _ = isFirst ? buffer.copy_(g) : buffer.mul_(momentum).add_(g, 1 - options.dampening!.Value);
                direction = options.nesterov!.Value ? g.add(buffer, momentum) : buffer;
            }

            parameter.add_(direction, -rate);
        }

        /// <summary>The running direction of a parameter.</summary>
        public class State : OptimizerState, IDisposable
        {
            public Tensor? momentum_buffer;

            public override void LoadStateDict(OptimizerState source)
            {
                momentum_buffer?.Dispose();
                momentum_buffer = ((State)source).momentum_buffer;
            }

            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State state && (momentum_buffer is null || momentum_buffer.allclose(state.momentum_buffer!));

            public void Dispose() => momentum_buffer?.Dispose();
        }

        /// <summary>Settings of a group; what is not set comes from the optimiser.</summary>
        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var options = (Options)source;
                (momentum, dampening, weight_decay) = (options.momentum, options.dampening, options.weight_decay);
                (nesterov, maximize) = (options.nesterov, options.maximize);
            }
        }

        /// <summary>Parameters with settings of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : base(
                    parameters,
                    new Options
                    {
                        LearningRate = lr,
                        momentum = momentum,
                        dampening = dampening,
                        weight_decay = weight_decay,
                        nesterov = nesterov,
                        maximize = maximize,
                    })
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }
    }
}
