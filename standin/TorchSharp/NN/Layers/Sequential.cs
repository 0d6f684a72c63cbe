using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new([]);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
                new(modules.Select(static (module, index) => (Invariant(index), module)));

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => Sequential(modules.ToArray());

            private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules one after another.</summary>
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.IModule<torch.Tensor, torch.Tensor>> _steps = [];

        internal Sequential(IEnumerable<(string Name, torch.nn.Module<torch.Tensor, torch.Tensor> Module)> modules)
            : base(nameof(Sequential))
        {
            foreach (var (stepName, module) in modules)
            {
                append(stepName, module);
            }
        }

        public int Count => _steps.Count;

        public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _steps[index];

        public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
        {
            register_module(name, (torch.nn.Module)module);
            _steps.Add(module);
            return this;
        }

        public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) =>
            append(Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

        public override torch.Tensor forward(torch.Tensor tensor)
        {
            if (_steps.Count == 0)
            {
                return tensor.alias();
            }

            var current = _steps[0].call(tensor);
            foreach (var step in _steps.Skip(1))
            {
                using var previous = current;
                current = step.call(previous);
            }

            return current;
        }
    }
}
