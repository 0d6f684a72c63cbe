using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something with parameters, named after the C# fields that hold them.</summary>
        public partial class Module : IDisposable
        {
            private readonly List<(string name, Module module)> _children = [];
            private readonly List<(string name, Parameter parameter)> _ownParameters = [];
            private readonly List<(string name, Tensor buffer)> _ownBuffers = [];
            private bool _areComponentsRegistered;
            private bool _isTraining = true;

            protected string name;

            protected Module(string name) => this.name = name;

            public virtual bool training => _isTraining;

            public virtual string GetName() => name;

            public virtual void train(bool train = true)
            {
                _isTraining = train;
                foreach (var (_, child) in named_children())
                {
                    child.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    parameter.Value.Gradient?.Release();
                    parameter.Value.Gradient = null;
                }
            }

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in named_children())
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            public virtual void register_buffer(string name, Tensor tensor)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                }

                if (_ownBuffers.Exists(own => own.name == name))
                {
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                }

                _ownBuffers.Add((name, tensor));
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                }

                if (_ownParameters.Exists(own => own.name == name))
                {
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                }

                _ownParameters.Add((name, param));
            }

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _children.RemoveAll(child => child.name == name);
                    return;
                }

                if (name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"module name can't contain \".\", got: {name}");
                }

                if (name.Length == 0)
                {
                    throw new ArgumentException("module name can't be empty string \"\"");
                }

                if (_children.Exists(child => child.name == name))
                {
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                }

                submodule.RegisterComponents();
                _children.Add((name, submodule));
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                _ownBuffers.ForEach(static own => own.buffer.Dispose());
                _ownParameters.ForEach(static own => own.parameter.Dispose());
                foreach (var (_, child) in named_children())
                {
                    child.Dispose();
                }
            }

            /// <summary>Finds modules, parameters and buffers among the fields; to be called at the end of a constructor.</summary>
            protected virtual void RegisterComponents()
            {
                if (_areComponentsRegistered)
                {
                    return;
                }

                foreach (var field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                {
                    if (IsRegistered(field.Name))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                    }
                }

                _areComponentsRegistered = true;
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value)
            {
                var index = _ownParameters.FindIndex(own => own.name == name);
                if (value is null)
                {
                    _ownParameters.RemoveAll(own => own.name == name);
                    return;
                }

                var parameter = value as Parameter ?? new Parameter(value);
                if (index < 0)
                {
                    _ownParameters.Add((name, parameter));
                }
                else
                {
                    _ownParameters[index] = (name, parameter);
                }
            }

            private bool IsRegistered(string name) =>
                _children.Exists(child => child.name == name)
                || _ownParameters.Exists(own => own.name == name)
                || _ownBuffers.Exists(own => own.name == name);
        }
    }
}
