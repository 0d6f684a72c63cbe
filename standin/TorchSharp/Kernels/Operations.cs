namespace TorchSharp.Kernels;

/// <summary>Elementwise functions of one argument.</summary>
internal enum UnaryOperation
{
    Negate, Absolute, Sign, SquareRoot, ReciprocalSquareRoot, Reciprocal, Exponential, Logarithm, HyperbolicTangent, Sigmoid, Square, Relu,
}

/// <summary>Elementwise functions of two arguments.</summary>
internal enum BinaryOperation
{
    Add, Subtract, Multiply, Divide, Minimum, Maximum, Power,

    /// <summary>x where y &gt; 0, else 0: the gradient of ReLU, x the incoming gradient and y either the input or the output.</summary>
    ReluGradient,

    /// <summary>x·y·(1 − y): the gradient of a sigmoid whose output is y.</summary>
    SigmoidGradient,

    /// <summary>x·(1 − y²): the gradient of a hyperbolic tangent whose output is y.</summary>
    TanhGradient,

    /// <summary>x·sign(y): the gradient of an absolute value taken of y.</summary>
    AbsoluteGradient,
}

/// <summary>Elementwise comparisons.</summary>
internal enum ComparisonOperation
{
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,
}

/// <summary>Ways to fold an axis to one value.</summary>
internal enum ReductionOperation
{
    Sum, Mean, Maximum, Minimum, AbsoluteSum, SquareSum,
}
