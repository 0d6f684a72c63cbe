using Spectre.Console;
using Spectre.Console.Rendering;

namespace FedActors.Host.Terminal;

/// <summary>Redraws something on a terminal for as long as work goes on, and once after.</summary>
internal static class LiveFrames
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(150);

    public static Task FollowAsync(IAnsiConsole console, TimeProvider time, Func<IRenderable> draw, Task work) =>
        console.Live(draw()).StartAsync(async context =>
        {
            while (!work.IsCompleted)
            {
                context.UpdateTarget(draw());
                await Task.WhenAny(work, Task.Delay(FrameTime, time));
            }

            context.UpdateTarget(draw());
        });
}
