using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                foreach (var own in _ownParameters)
                {
                    if (seen.Add(own.parameter))
                    {
                        yield return own;
                    }
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (parameterName, parameter) in child.named_parameters())
                    {
                        if (seen.Add(parameter))
                        {
                            yield return ($"{childName}.{parameterName}", parameter);
                        }
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(static named => named.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true)
            {
                foreach (var own in _ownBuffers)
                {
                    yield return own;
                }

                if (!recurse)
                {
                    yield break;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (bufferName, buffer) in child.named_buffers())
                    {
                        yield return ($"{childName}.{bufferName}", buffer);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(static named => named.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _children;

            public virtual IEnumerable<Module> children() => named_children().Select(static named => named.module);

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                {
                    yield return child;
                }

                foreach (var (childName, child) in named_children())
                {
                    foreach (var (moduleName, module) in child.named_modules())
                    {
                        yield return ($"{childName}.{moduleName}", module);
                    }
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(static named => named.module);

            public virtual bool has_parameter(string target) => named_parameters().Any(named => named.name == target);

            public virtual bool has_buffer(string target) => named_buffers().Any(named => named.name == target);

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(named => named.name == target).parameter;

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(named => named.name == target).buffer;

            /// <summary>The parameters and buffers themselves, not copies of them.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (parameterName, parameter) in named_parameters())
                {
                    destination.TryAdd(Prefixed(parameterName), parameter);
                }

                foreach (var (bufferName, buffer) in named_buffers())
                {
                    destination.TryAdd(Prefixed(bufferName), buffer);
                }

                return destination;

                string Prefixed(string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                bool Counts(string key) => skip is null || !skip.Contains(key);
                var unexpected = source.Keys.Where(key => Counts(key) && !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => Counts(key) && !source.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                {
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                }

                foreach (var (key, tensor) in source)
                {
                    if (Counts(key) && destination.TryGetValue(key, out var target))
                    {
                        target.bytes = tensor.bytes;
                    }
                }

                return (missing, unexpected);
            }

            /// <summary>Converts parameters and buffers in place of the old ones.</summary>
            protected internal virtual Module _to(ScalarType dtype)
            {
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    if (tensor.is_floating_point() && tensor.dtype != dtype)
                    {
                        tensor.Convert(dtype);
                    }
                }

                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex = -1) =>
                deviceType == DeviceType.CPU ? this : throw new InvalidOperationException("CUDA is not available.");

            protected internal virtual Module _to(Device device, ScalarType dtype)
            {
                _to(device.type, device.index);
                return _to(dtype);
            }
        }
    }

    public partial class Tensor
    {
        /// <summary>Replaces the array behind this handle by a converted one.</summary>
        internal void Convert(ScalarType type)
        {
            var previous = Value;
            var next = Operators.Copying.Cast(previous, type);
            if (previous.IsLeaf && previous.RequiresGrad)
            {
                next.SetRequiresGrad(true);
            }

            _value = next;
            _guard?.Dismiss();
            _guard = _scope is null ? new LeakGuard(next) : null;
            previous.Release();
        }
    }
}

/// <summary>Moves and converts modules.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType type) where T : torch.nn.Module => (T)module._to(type);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type) where T : torch.nn.Module =>
        (T)module._to(device, type);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1) where T : torch.nn.Module =>
        (T)module._to(deviceType, deviceIndex);

    public static T to<T>(this T module, torch.Device device) where T : torch.nn.Module => (T)module._to(device.type, device.index);

    public static T to<T>(this T module, string device) where T : torch.nn.Module => module.to(new torch.Device(device));

    public static T to<T>(this T module, torch.Tensor other) where T : torch.nn.Module => (T)module._to(other.device, other.dtype);

    public static T cpu<T>(this T module) where T : torch.nn.Module => (T)module._to(DeviceType.CPU);

    public static T cuda<T>(this T module, int deviceIndex = -1) where T : torch.nn.Module => (T)module._to(DeviceType.CUDA, deviceIndex);
}
