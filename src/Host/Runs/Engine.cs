using System.Net.Sockets;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using FedActors.Actors;
using FedActors.Host.Errors;
using FedActors.Host.Settings;

namespace FedActors.Host.Runs;

/// <summary>The actor system of a run, from its start to its orderly end.</summary>
internal sealed class Engine : IAsyncDisposable
{
    /// <summary>What the actor system is called, in addresses too.</summary>
    public const string Name = "fedactors";

    private const string Tcp = "akka.remote.dot-netty.tcp";

    private Engine(ActorSystem system)
    {
        System = system;
    }

    /// <summary>The actor system.</summary>
    public ActorSystem System { get; }

    /// <summary>Starts the actor system.</summary>
    /// <param name="settings">The user's own settings, which win.</param>
    /// <param name="log">Gets the actors' log lines; null keeps them quiet.</param>
    /// <exception cref="UsageException">The actor system refuses the settings.</exception>
    public static Engine Start(Config settings, TextWriter? log)
    {
        // Standard output belongs to the results, so the actor library's own loggers stay out.
        var defaults = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = {{(log is null ? "OFF" : "INFO")}}
              stdout-loglevel = OFF
              loggers = []
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              coordinated-shutdown.run-by-clr-shutdown-hook = off
            }
            """);
        var system = Create(settings.WithFallback(defaults).WithFallback(ActorsConfiguration.Default));
        if (log is not null)
        {
            var output = TextWriter.Synchronized(log);
            system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new EngineLog(output)), "log"), typeof(LogEvent));
        }

        return new Engine(system);
    }

    /// <summary>Stops every actor and waits for the last.</summary>
    public async ValueTask DisposeAsync()
    {
        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        await System.WhenTerminated;
    }

    private static ActorSystem Create(Config settings)
    {
        try
        {
            return ActorSystem.Create(Name, settings);
        }
        catch (Exception exception) when (settings.GetBoolean($"{Tcp}.enable-ssl", false) && CertificateFault(exception) is not null)
        {
            throw new UsageException(
                $"The certificate in {Tcp}.ssl.certificate.path can't be used, or {Tcp}.ssl.certificate.password is not its password: "
                + CertificateFault(exception)!.Message,
                exception);
        }
        catch (Exception exception) when (PortFault(exception) is not null)
        {
            throw new UsageException(
                $"This host can't listen where {Tcp}.hostname and {Tcp}.port say: {PortFault(exception)!.Message}", exception);
        }
        catch (Exception exception) when (SettingsFault(exception) is not null)
        {
            var fault = SettingsFault(exception)!;
            var reason = fault is ArgumentException argument ? ErrorCatalogue.WithoutParameterName(argument) : fault.Message;
            throw new UsageException($"The settings in {SettingPath.Engine} {{ … }} can't be used: {reason}", exception);
        }
    }

    private static Exception? CertificateFault(Exception exception) =>
        Causes(exception).FirstOrDefault(cause => cause is CryptographicException or IOException or UnauthorizedAccessException);

    private static Exception? PortFault(Exception exception) => Causes(exception).FirstOrDefault(cause => cause is SocketException);

    private static Exception? SettingsFault(Exception exception) =>
        Causes(exception).LastOrDefault(cause => cause is AkkaException or ArgumentException or FormatException);

    /// <summary>An error and what Akka.NET has wrapped in it, from the outside in.</summary>
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
