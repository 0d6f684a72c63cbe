namespace Akka.Util.Internal;

/// <summary>A cast that reads from left to right.</summary>
public static class Extensions
{
    public static T AsInstanceOf<T>(this object self) => (T)self;
}
