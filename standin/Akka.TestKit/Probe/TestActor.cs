using Akka.Actor;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>What can be asked of a test actor.</summary>
public static class TestActor
{
    public static AutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    public static AutoPilot KeepRunning => TestKit.KeepRunning.Instance;

    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    /// <summary>Whether to keep a message from the test.</summary>
    public delegate bool Ignore(object message);

    /// <summary>From the test: what to ignore from now on.</summary>
    public class SetIgnore : INoSerializationVerificationNeeded
    {
        public SetIgnore(Ignore ignore) => Ignore = ignore;

        public Ignore Ignore { get; }
    }

    /// <summary>From the test: whom to watch.</summary>
    public class Watch : INoSerializationVerificationNeeded
    {
        public Watch(IActorRef actorToWatch) => Actor = actorToWatch;

        public IActorRef Actor { get; }
    }

    /// <summary>From the test: whom to watch no longer.</summary>
    public class Unwatch : INoSerializationVerificationNeeded
    {
        public Unwatch(IActorRef actorToUnwatch) => Actor = actorToUnwatch;

        public IActorRef Actor { get; }
    }

    /// <summary>From the test: who answers before the test looks.</summary>
    public class SetAutoPilot : INoSerializationVerificationNeeded
    {
        public SetAutoPilot(AutoPilot autoPilot) => AutoPilot = autoPilot;

        public AutoPilot AutoPilot { get; }
    }

    /// <summary>From the test: a child to start below the test actor.</summary>
    public class Spawn : INoSerializationVerificationNeeded
    {
        public readonly Props _props;

        public readonly Option<string> _name;

        public readonly Option<SupervisorStrategy> _supervisorStrategy;

        public Spawn(Props props, Option<string> name, Option<SupervisorStrategy> supervisorStrategy)
        {
            _props = props;
            _name = name;
            _supervisorStrategy = supervisorStrategy;
        }

        public IActorRef Apply(IActorRefFactory context) =>
            _name.HasValue ? context.ActorOf(_props, _name.Value) : context.ActorOf(_props);
    }

    /// <summary>To the test: the watch is in place, or gone.</summary>
    internal sealed class WatchAck : INoSerializationVerificationNeeded
    {
        public static readonly WatchAck Instance = new();

        private WatchAck()
        {
        }
    }
}
