using System.Globalization;
using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Two values differ that should be equal.</summary>
public class AkkaEqualException : XunitException
{
    public AkkaEqualException(string format = "", params object[] args)
        : base(args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args))
    {
    }

    public static AkkaEqualException ForMismatchedValues(object expected, object actual, string format = null, params object[] args)
    {
        var problem = string.IsNullOrEmpty(format) ? "Values differ" : string.Format(CultureInfo.InvariantCulture, format, args);
        return new AkkaEqualException(
            $"Assert.Equal() Failure: {problem}{Environment.NewLine}"
            + $"Expected: {Show(expected)}{Environment.NewLine}"
            + $"Actual:   {Show(actual)}");
    }

    private static string Show(object value) => value as string ?? ArgumentFormatter.Format(value);
}
