using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>Runs an actor at once, on the thread that tells it something.</summary>
public class CallingThreadDispatcher : MessageDispatcher
{
    /// <summary>Where the settings of this dispatcher are.</summary>
    public static new string Id = "akka.test.calling-thread-dispatcher";

    public CallingThreadDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
    }

    /// <remarks>An actor that awaits has to go on by its own scheduler, not by the context of the test that told it something.</remarks>
    protected override void ExecuteTask(IRunnable run)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            run.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    protected override void Shutdown()
    {
    }
}

/// <summary>Makes <see cref="CallingThreadDispatcher"/>.</summary>
public class CallingThreadDispatcherConfigurator : MessageDispatcherConfigurator
{
    public CallingThreadDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites)
    {
    }

    public override MessageDispatcher Dispatcher() => new CallingThreadDispatcher(this);
}
