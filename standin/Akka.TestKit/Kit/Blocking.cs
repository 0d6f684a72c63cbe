namespace Akka.TestKit.Internal;

/// <summary>The blocking forms of the asynchronous expectations.</summary>
internal static class Blocking
{
    public static void Wait(this ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    public static T Wait<T>(this ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    public static List<T> Wait<T>(this IAsyncEnumerable<T> items) => items.ToListAsync().Wait();
}
