using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor.Internal;

/// <summary>Evaluates the arguments of a <c>new</c> expression. Compiling them would take a hundred times as long.</summary>
internal static class ExpressionArguments
{
    public static object[] Evaluate(NewExpression expression) =>
        expression.Arguments.Count == 0 ? [] : [.. expression.Arguments.Select(Evaluate)];

    private static object Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(EvaluateOwner(member)),
        MemberExpression { Member: PropertyInfo property } member => property.GetValue(EvaluateOwner(member)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert when convert.Type.IsAssignableFrom(convert.Operand.Type) =>
            Evaluate(convert.Operand),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };

    private static object EvaluateOwner(MemberExpression member) => member.Expression is null ? null : Evaluate(member.Expression);
}
