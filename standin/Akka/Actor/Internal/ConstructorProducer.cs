using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor.Internal;

/// <summary>Makes actors by a public constructor of their class, which is looked for once.</summary>
internal sealed class ConstructorProducer : IIndirectActorProducer
{
    private static readonly ConcurrentDictionary<ConstructorInfo, ConstructorInvoker> _invokers = new();

    private readonly object[] _args;
    private readonly ConstructorInvoker _invoker;

    public ConstructorProducer(Type actorType, object[] args, ConstructorInfo constructor = null)
    {
        ActorType = actorType;
        _args = args;
        constructor ??= FindConstructor(actorType, args);
        if (constructor is { IsPublic: true } && !actorType.IsAbstract)
        {
            _invoker = _invokers.GetOrAdd(constructor, ConstructorInvoker.Create);
        }
    }

    public Type ActorType { get; }

    public ActorBase Produce()
    {
        // What the binder can't decide at once it decides, or rejects, for every actor anew.
        if (_invoker is null)
        {
            return (ActorBase)Activator.CreateInstance(ActorType, _args);
        }

        try
        {
            return (ActorBase)_invoker.Invoke(_args.AsSpan());
        }
        catch (Exception e)
        {
            throw new TargetInvocationException(e);
        }
    }

    public void Release(ActorBase actor)
    {
    }

    private static ConstructorInfo FindConstructor(Type type, object[] args)
    {
        var fitting = type.GetConstructors().Where(c => Fits(c.GetParameters(), args)).Take(2).ToArray();
        return fitting.Length == 1 ? fitting[0] : null;
    }

    private static bool Fits(ParameterInfo[] parameters, object[] args)
    {
        if (parameters.Length != args.Length)
        {
            return false;
        }

        for (var i = 0; i < args.Length; i++)
        {
            var type = parameters[i].ParameterType;
            var fits = args[i] is null ? !type.IsValueType || Nullable.GetUnderlyingType(type) is not null : type.IsInstanceOfType(args[i]);
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Makes actors by a function.</summary>
internal sealed class FactoryProducer<TActor>(Func<TActor> factory) : IIndirectActorProducer
    where TActor : ActorBase
{
    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => factory();

    public void Release(ActorBase actor)
    {
    }
}
