using TorchSharp.Operators;
using TorchSharp.Tensors;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements in memory; only of a contiguous tensor.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                {
                    throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                }

                var total = NumberOfElements * ElementSize;
                return total > int.MaxValue
                    ? throw new ArgumentException("Span only supports up to int.MaxValue elements.")
                    : new Span<byte>(Value.Start, (int)total);
            }

            set
            {
                if (!is_contiguous())
                {
                    throw new NotImplementedException("SetBytes() called on non-contiguous tensor.");
                }

                if (NumberOfElements * ElementSize != value.Length)
                {
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                }

                value.CopyTo(new Span<byte>(Value.Start, value.Length));
            }
        }

        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException("Number of elements in the tensor must be 1");
            }

            return data<T>()[0];
        }

        public double ReadCpuDouble(long i) => TensorAccessor<double>.ReadItemAt(this, i);

        public float ReadCpuSingle(long i) => TensorAccessor<float>.ReadItemAt(this, i);

        public int ReadCpuInt32(long i) => TensorAccessor<int>.ReadItemAt(this, i);

        public long ReadCpuInt64(long i) => TensorAccessor<long>.ReadItemAt(this, i);

        public byte ReadCpuByte(long i) => TensorAccessor<byte>.ReadItemAt(this, i);

        public bool ReadCpuBool(long i) => TensorAccessor<bool>.ReadItemAt(this, i);

        public T ReadCpuValue<T>(long i) where T : unmanaged => TensorAccessor<T>.ReadItemAt(this, i);

        public Scalar ToScalar()
        {
            TorchError.Require(Value.Count == 1, $"a Tensor with {Value.Count} elements cannot be converted to Scalar");
            return dtype switch
            {
                ScalarType.Float32 or ScalarType.Float64 => new Scalar(this.ToDouble(), dtype),
                _ => new Scalar(this.ToInt64(), dtype),
            };
        }

        public Tensor clone() => Result(Ops.Clone(Value));

        public Tensor detach()
        {
            var value = Value.Detached();
            return Result(value);
        }

        public Tensor detach_()
        {
            TorchError.Require(Value.Base is null, "a view cannot be detached in place; use detach()");
            Value.ForgetHistory();
            return alias();
        }

        public Tensor contiguous() => Result(Ops.Contiguous(Value));

        public Tensor cpu() => alias();

        public Tensor cuda(Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CUDA)
            {
                throw new ArgumentException("Not a CUDA device.", nameof(device));
            }

            InitializeDeviceType(DeviceType.CUDA);
            return alias();
        }

        public Tensor to_type(ScalarType type, bool copy = false) =>
            Result(copy && type == dtype ? Ops.Clone(Value) : Ops.To(Value, type));

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor to(ScalarType type) => to_type(type);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false)
        {
            InitializeDeviceType(deviceType);
            return copy ? clone() : alias();
        }

        public Tensor to(ScalarType type, Device device, bool copy = false)
        {
            InitializeDevice(device);
            return to_type(type, copy);
        }

        public Tensor to(string device) => to(new Device(device));

        public Tensor to(Device device) => to(device.type, device.index);

        public Tensor to(Tensor other) => to(other.dtype, other.device);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        internal void ValidateType(Type dotnetType)
        {
            if (ElementType.Of(dotnetType) != dtype)
            {
                throw new ArgumentException($"{dotnetType.Name} is not compatible with {dtype}");
            }
        }
    }
}
