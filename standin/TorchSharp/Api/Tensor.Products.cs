using TorchSharp.Autograd;
using TorchSharp.Operators;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Result(Ops.MatMul(Value, target.Value), target);

        public Tensor mm(Tensor target) => Result(Ops.Mm(Value, target.Value), target);

        public Tensor mv(Tensor target) => Result(Ops.Mv(Value, target.Value), target);

        public Tensor bmm(Tensor batch2) => Result(Ops.Bmm(Value, batch2.Value), batch2);

        public Tensor dot(Tensor target) => Result(Ops.Dot(Value, target.Value), target);

        public Tensor vdot(Tensor target) => dot(target);

        public Tensor outer(Tensor vec2)
        {
            using var column = Ops.Unsqueeze(Value, -1);
            return Result(Ops.Mul(column, vec2.Value), vec2);
        }

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Result(Ops.AddMm(Value, mat1.Value, mat2.Value, beta, alpha), mat1, mat2);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
        {
            _ = InPlace.Records(Value, mat1.Value, mat2.Value);
            return CopyOf(addmm(mat1, mat2, beta, alpha));
        }
    }
}
