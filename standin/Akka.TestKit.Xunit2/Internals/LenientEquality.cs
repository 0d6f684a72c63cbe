using System.Collections;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Equality by value where a type knows it, item by item where it is a collection.</summary>
internal static class LenientEquality
{
    public static bool AreEqual<T>(T expected, T actual)
    {
        if (expected is null || actual is null)
        {
            return expected is null && actual is null;
        }

        return expected switch
        {
            IEquatable<T> equatable => equatable.Equals(actual),
            IComparable<T> comparable => comparable.CompareTo(actual) == 0,
            IComparable comparable => comparable.CompareTo(actual) == 0,
            IEnumerable items when actual is IEnumerable others =>
                items.Cast<object>().SequenceEqual(others.Cast<object>(), ItemEquality.Instance),
            _ => expected.GetType() == actual.GetType() && expected.Equals(actual),
        };
    }

    private sealed class ItemEquality : IEqualityComparer<object>
    {
        public static readonly ItemEquality Instance = new();

        public new bool Equals(object x, object y) => AreEqual(x, y);

        public int GetHashCode(object obj) => obj.GetHashCode();
    }
}
