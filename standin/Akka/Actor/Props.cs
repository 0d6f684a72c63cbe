using System.Linq.Expressions;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The recipe for an actor: its class and arguments, its supervision and its deployment. Never changes.</summary>
public class Props : IEquatable<Props>, ISurrogated
{
    public static readonly Props None = null;

    private static readonly Deploy _defaultDeploy = new();

    private readonly IIndirectActorProducer _producer;

    public Props(Type type)
        : this(type, [])
    {
    }

    public Props(Type type, object[] args)
        : this(_defaultDeploy, type, args)
    {
    }

    public Props(Type type, SupervisorStrategy supervisorStrategy, IEnumerable<object> args)
        : this(_defaultDeploy, type, args.ToArray()) => SupervisorStrategy = supervisorStrategy;

    public Props(Type type, SupervisorStrategy supervisorStrategy, params object[] args)
        : this(_defaultDeploy, type, args) => SupervisorStrategy = supervisorStrategy;

    public Props(Deploy deploy, Type type, IEnumerable<object> args)
        : this(deploy, type, args.ToArray())
    {
    }

    public Props(Deploy deploy, Type type, params object[] args)
        : this(ProducerOf(type, args), deploy, args)
    {
    }

    protected Props()
        : this(UnknownProducer.Instance, _defaultDeploy, [])
    {
    }

    protected Props(Props copy)
        : this(copy._producer, copy.Deploy, copy.Arguments) => SupervisorStrategy = copy.SupervisorStrategy;

    private Props(IIndirectActorProducer producer, Deploy deploy, object[] args)
    {
        _producer = producer;
        Type = producer.ActorType;
        Deploy = deploy;
        Arguments = args ?? [];
    }

    /// <summary>An actor that does nothing.</summary>
    public static Props Empty { get; } = Create<EmptyActor>();

    public Type Type { get; }

    public string TypeName => Type.AssemblyQualifiedName;

    public object[] Arguments { get; }

    public Deploy Deploy { get; protected set; }

    public SupervisorStrategy SupervisorStrategy { get; protected set; }

    public string Dispatcher => Deploy.Dispatcher == Deploy.NoDispatcherGiven ? Dispatchers.DefaultDispatcherId : Deploy.Dispatcher;

    public string Mailbox => Deploy.Mailbox;

    /// <summary>The recipe of actors that have stopped.</summary>
    internal static Props OfTheDead { get; } = new TerminatedProps();

    /// <summary>From <c>() => new MyActor(…)</c>. The arguments are evaluated here and now, once.</summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null)
        where TActor : ActorBase
    {
        Props props;
        if (factory.Body is UnaryExpression)
        {
            props = new Props(new FactoryProducer<TActor>(factory.Compile()), _defaultDeploy, []);
        }
        else
        {
            // Anything but "new T(…)" is a mistake, and an InvalidCastException is what callers of the genuine package get for it.
            var body = (NewExpression)factory.Body;
            var args = ExpressionArguments.Evaluate(body);
            props = new Props(new ConstructorProducer(typeof(TActor), args, body.Constructor), _defaultDeploy, args);
        }

        props.SupervisorStrategy = supervisorStrategy;
        return props;
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(_defaultDeploy, typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(typeof(TActor), supervisorStrategy, []);

    public static Props Create(Type type, params object[] args) => new(type, args);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, _defaultDeploy, args);

    public Props WithDeploy(Deploy deploy) => With(copy => copy.Deploy = deploy.WithFallback(copy.Deploy));

    public Props WithDispatcher(string dispatcher) => With(copy => copy.Deploy = Deploy.WithDispatcher(dispatcher));

    public Props WithMailbox(string mailbox) => With(copy => copy.Deploy = Deploy.WithMailbox(mailbox));

    public Props WithStashCapacity(int stashCapacity) => With(copy => copy.Deploy = Deploy.WithStashCapacity(stashCapacity));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) =>
        With(copy => copy.SupervisorStrategy = supervisorStrategy);

    /// <exception cref="TypeLoadException">The constructor is missing or threw.</exception>
    public virtual ActorBase NewActor()
    {
        try
        {
            return _producer.Produce();
        }
        catch (Exception e)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({string.Join(",", Arguments)})", e);
        }
    }

    public bool Equals(Props other) =>
        ReferenceEquals(this, other)
        || (other is not null && Type == other.Type && Deploy.Equals(other.Deploy) && Arguments.Length == other.Arguments.Length);

    public override bool Equals(object obj) => obj is Props other && other.GetType() == GetType() && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, Deploy);

    public ISurrogate ToSurrogate(ActorSystem system) =>
        new PropsSurrogate { Arguments = Arguments, Type = Type, Deploy = Deploy };

    internal void Release(ActorBase actor) => _producer.Release(actor);

    protected virtual Props Copy() => new(_producer, Deploy, Arguments) { SupervisorStrategy = SupervisorStrategy };

    private static IIndirectActorProducer ProducerOf(Type type, object[] args)
    {
        if (type is null)
        {
            throw new ArgumentNullException(nameof(type), "Props must be instantiated with an actor type.");
        }

        if (typeof(IIndirectActorProducer).IsAssignableFrom(type))
        {
            return (IIndirectActorProducer)Activator.CreateInstance(type, args);
        }

        return typeof(ActorBase).IsAssignableFrom(type)
            ? new ConstructorProducer(type, args ?? [])
            : throw new ArgumentException($"Unknown actor producer [{type.FullName}]", nameof(type));
    }

    private Props With(Action<Props> change)
    {
        var copy = Copy();
        change(copy);
        return copy;
    }

    /// <summary>A recipe as it is serialized.</summary>
    public class PropsSurrogate : ISurrogate
    {
        public Type Type { get; set; }

        public Deploy Deploy { get; set; }

        public object[] Arguments { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new Props(Deploy, Type, Arguments);
    }

    internal sealed class EmptyActor : UntypedActor
    {
        public EmptyActor()
        {
        }

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class UnknownProducer : IIndirectActorProducer
    {
        public static UnknownProducer Instance { get; } = new();

        public Type ActorType => typeof(ActorBase);

        public ActorBase Produce() => throw new InvalidOperationException("No actor producer specified!");

        public void Release(ActorBase actor)
        {
        }
    }
}

/// <summary>The recipe of an actor that has stopped.</summary>
public class TerminatedProps : Props
{
    public override ActorBase NewActor() => throw new InvalidOperationException("This actor has been terminated");
}
