using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>The actor system.</summary>
public partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentDictionary<(Type, string, string), (MessageDispatcherConfigurator, MailboxType)> _howToRun = new();
    private readonly TerminationCallbacks _callbacks = new();
    private IActorRef _deadLetterListener;

    public ActorSystemImpl(string name)
        : this(name, ConfigurationFactory.Default(), ActorSystemSetup.Empty)
    {
    }

    public ActorSystemImpl(string name, Config config, ActorSystemSetup setup, Option<Props>? guardianProps = null)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        }

        ArgumentNullException.ThrowIfNull(config);
        Name = name;
        GuardianProps = guardianProps ?? Option<Props>.None;
        Settings = new Settings(this, config, setup);
        SerializesMessages = Settings.SerializeAllMessages;
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        EventStream.SetLogLevel(Logging.LogLevelFor(Settings.LogLevel));
        Log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), Settings.LogFormatter);
        Scheduler = (IScheduler)Activator.CreateInstance(Type.GetType(Settings.SchedulerClass, throwOnError: true), Settings.Config, Log);
        Provider = (IActorRefProvider)Activator.CreateInstance(Type.GetType(Settings.ProviderClass), name, Settings, EventStream);
        DeadLetters = Provider.DeadLetters;
        Serialization = new Serialization.Serialization(this);
        Mailboxes = new Mailboxes(this);
        Dispatchers = new Dispatchers(this, new DefaultDispatcherPrerequisites(EventStream, Scheduler, Settings, Mailboxes), Log);
        Provider.TerminationTask.ContinueWith(_ => _callbacks.Run(ReleaseThreads), TaskScheduler.Default);
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override ILoggingAdapter Log { get; }

    public override IScheduler Scheduler { get; }

    public override IActorRefProvider Provider { get; }

    public override IActorRef DeadLetters { get; }

    public override IActorRef IgnoreRef => Provider.IgnoreRef;

    public override Serialization.Serialization Serialization { get; }

    public override Mailboxes Mailboxes { get; }

    public override Dispatchers Dispatchers { get; }

    public override IInternalActorRef Guardian => Provider.Guardian;

    public override IInternalActorRef SystemGuardian => Provider.SystemGuardian;

    public override IInternalActorRef LookupRoot => Provider.RootGuardian;

    public override Task WhenTerminated => _callbacks.Done;

    public Option<Props> GuardianProps { get; }

    /// <summary>A copy of the setting beside the things that every message needs.</summary>
    internal bool SerializesMessages { get; }

    public void Start()
    {
        try
        {
            Provider.Init(this);
            LoadExtensions();
            if (Settings.LogDeadLetters > 0)
            {
                _deadLetterListener = SystemActorOf<DeadLetterListener>("deadLetterListener");
            }

            EventStream.StartUnsubscriber(this);
            if (Settings.LogConfigOnStart)
            {
                Log.Info(Settings.ToString());
            }
        }
        catch
        {
            ReleaseThreads();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string name = null) => GuardianProps.IsEmpty
        ? Provider.Guardian.Cell.AttachChild(props, isSystemService: false, name)
        : throw new InvalidOperationException($"cannot create top-level actor {name} from the outside on ActorSystem with custom user guardian");

    public override IActorRef SystemActorOf(Props props, string name = null) =>
        Provider.SystemGuardian.Cell.AttachChild(props, isSystemService: true, name);

    public override IActorRef SystemActorOf<TActor>(string name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) =>
        ActorRefFactoryShared.ActorSelection(actorPath, this, Provider.RootGuardian);

    public override void Stop(IActorRef actor)
    {
        var parent = actor.Path.Parent;
        if (parent == Provider.Guardian.Path)
        {
            Provider.Guardian.Tell(new StopChild(actor), ActorRefs.NoSender);
        }
        else if (parent == Provider.SystemGuardian.Path)
        {
            Provider.SystemGuardian.Tell(new StopChild(actor), ActorRefs.NoSender);
        }
        else
        {
            ((IInternalActorRef)actor).Stop();
        }
    }

    public override Task Terminate() => Settings.CoordinatedShutdownRunByActorSystemTerminate
        ? CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance)
        : FinalTerminate();

    public override void Abort() => FinalTerminate();

    public override void RegisterOnTermination(Action code) => _callbacks.Add(code);

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(LookupRoot, indent: 0);
        return text.ToString();

        void Print(IActorRef actor, int indent)
        {
            text.Append(' ', indent * 2).Append("-> ").Append(actor.Path.Name).Append(' ').AppendLine(Logging.SimpleName(actor));
            if (actor is ActorRefWithCell withCell)
            {
                foreach (var child in withCell.Children.Order())
                {
                    Print(child, indent + 1);
                }
            }
        }
    }

    public override string ToString() => Provider.RootPath.Address.ToString();

    internal override Task FinalTerminate()
    {
        Log.Debug("System shutdown initiated");
        if (!Settings.LogDeadLettersDuringShutdown && _deadLetterListener is not null)
        {
            Stop(_deadLetterListener);
        }

        Provider.Guardian.Stop();
        return WhenTerminated;
    }

    /// <summary>Dispatcher and mailbox for actors of a kind. The answer is found in the settings once.</summary>
    internal (MessageDispatcher Dispatcher, MailboxType Mailbox) HowToRun(Props props, ActorPath path)
    {
        var kind = (props.Type, props.Dispatcher, props.Mailbox);
        if (!_howToRun.TryGetValue(kind, out var found))
        {
            if (!Dispatchers.HasDispatcher(props.Dispatcher))
            {
                throw new ConfigurationException($"Dispatcher [{props.Dispatcher}] not configured for path {path}");
            }

            try
            {
                var dispatcher = Dispatchers.LookupConfigurator(props.Dispatcher);
                found = _howToRun.GetOrAdd(kind, (dispatcher, Mailboxes.GetMailboxType(props, dispatcher.Config)));
            }
            catch (Exception e)
            {
                throw new ConfigurationException(
                    $"Configuration problem while creating [{path}] with dispatcher [{props.Dispatcher}] and mailbox [{props.Mailbox}]", e);
            }
        }

        return (found.Item1.Dispatcher(), found.Item2);
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    private static partial Regex ValidName();

    private void ReleaseThreads()
    {
        (Scheduler as IDisposable)?.Dispose();
        Dispatchers.Shutdown();
    }
}
