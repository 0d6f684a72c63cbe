using TorchSharp.Tensors;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Value.Rank;

        public long ndim => Value.Rank;

        public long NumberOfElements => Value.Count;

        public long ElementSize => ElementType.Size(Value.Type);

        public ScalarType dtype => Value.Type;

        public Device device => CPU;

        public DeviceType device_type => DeviceType.CPU;

        public int device_index => -1;

        public bool is_cuda => false;

        public bool is_meta => false;

        public bool is_sparse => false;

        public long[] shape => size();

        public bool is_leaf => Value.IsLeaf;

        public bool requires_grad
        {
            get => Value.RequiresGrad;
            set => Value.SetRequiresGrad(value);
        }

        public long dim() => Value.Rank;

        public long numel() => Value.Count;

        public long element_size() => ElementSize;

        public long[] size() => (long[])Value.Shape.Clone();

        public long size(int dim) => Value.Rank == 0
            ? throw TorchError.Of("dimension specified as " + dim + " but tensor has no dimensions")
            : Value.Shape[Shapes.Dimension(dim, Value.Rank)];

        public long[] stride() => (long[])Value.Strides.Clone();

        public long stride(int dim) => Value.Strides[Shapes.Dimension(dim, Value.Rank)];

        public long storage_offset() => Value.Offset;

        public bool is_contiguous() => Value.IsContiguous;

        public bool is_cpu() => true;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => false;

        public bool is_nonzero()
        {
            if (numel() != 1)
            {
                throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");
            }

            return this.ToDouble() != 0;
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Another handle to the same tensor.</summary>
        public Tensor alias() => Result(Value.Shared());

        public override int GetHashCode() => base.GetHashCode();

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) => Operators.Comparing.Equal(Value, target.Value);

        public override string ToString() => TensorText.Metadata(this);

        public string ToString(
            bool disamb, string? fltFormat = null, int? width = null, System.Globalization.CultureInfo? cultureInfo = null,
            string? newLine = null) =>
            disamb ? TensorText.Full(this, fltFormat ?? "g5", cultureInfo, newLine) : ToString();
    }
}
