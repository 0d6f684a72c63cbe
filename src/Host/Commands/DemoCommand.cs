using FedActors.Host.Errors;
using FedActors.Host.Runs;
using FedActors.Host.Settings;

namespace FedActors.Host.Commands;

/// <summary><c>fedactors</c> without a command: the defaults, explained.</summary>
internal sealed class DemoCommand
{
    private readonly HostEnvironment _environment;

    public DemoCommand(HostEnvironment environment)
    {
        _environment = environment;
    }

    /// <summary>Explains what is simulated, runs it, and says what to try next.</summary>
    public async Task<int> RunAsync(bool verbose)
    {
        var settings = new SettingsReader(_environment.Directory, _environment.Variable).Read(file: null, []);
        var federation = settings.Federation;
        var slow = federation.Devices.Slow;
        var delay = (int)(slow.Latency / federation.RoundDuration);
        var output = _environment.Out;
        output.WriteLine(
            $"""
            {federation.Data.Clients} devices learn together to read ten drawn characters. Nobody shares data: each device
            trains on its own images, nearly all of one class, and sends only what it learned. The devices that
            hold class {slow.Class} are slow: their updates arrive {delay} rounds late, when the model has moved on. Watch
            class {slow.Class} lag behind the others.

            """);
        var session = new RunSession(_environment, new SessionOptions(Environment.ProcessorCount, TaskThreads: 1, verbose));
        var code = await session.StartAsync(settings, directory: null);
        if (code == ExitCode.Done)
        {
            var name = CommandName.Current;
            output.WriteLine(
                $"""

                Try next:
                  {name} compare config/demo.conf --policies fresh,none,exponential   what if nobody were slow, or late updates counted in full
                  {name} run config/experiments/glyphs-dropout.conf                   devices crash and vanish
                  {name} data get mnist                                               handwritten digits, for config/experiments/mnist-*.conf
                  {name} --help                                                       everything else
                """);
        }

        return code;
    }
}
