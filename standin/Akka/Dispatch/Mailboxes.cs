using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Chooses the kind of mailbox an actor gets.</summary>
public class Mailboxes
{
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";
    public static readonly string NoMailboxRequirement = "";

    private const string Requirements = "akka.actor.mailbox.requirements";

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MailboxType> _types = new();
    private readonly Dictionary<Type, string> _idsByRequirement = [];

    public Mailboxes(ActorSystem system)
    {
        _system = system;
        DeadLetterMailbox = new DeadLetterMailbox(system.DeadLetters);
        foreach (var (name, id) in Settings.GetConfig(Requirements).AsEnumerable())
        {
            if (Type.GetType(name) is { } requirement)
            {
                _idsByRequirement[requirement] = id.GetString();
            }
        }
    }

    public DeadLetterMailbox DeadLetterMailbox { get; }

    private Config Settings => _system.Settings.Config;

    /// <summary>The semantics that an actor class demands of its queue, or null.</summary>
    public Type GetRequiredType(Type actorType) => GenericArgument(actorType, typeof(IRequiresMessageQueue<>));

    public bool HasRequiredType(Type actorType) => GetRequiredType(actorType) is not null;

    public bool ProducesMessageQueue(Type mailboxType) => GenericArgument(mailboxType, typeof(IProducesMessageQueue<>)) is not null;

    public MailboxType LookupByQueueType(Type queueType) =>
        _idsByRequirement.TryGetValue(queueType, out var id)
            ? Lookup(id)
            : throw new ConfigurationException($"Mailbox Mapping for [{queueType}] not configured");

    /// <exception cref="ConfigurationException">The settings say nothing, or nonsense, about it.</exception>
    public MailboxType Lookup(string id) => id == "unbounded" ? new UnboundedMailbox() : _types.GetOrAdd(id, Configure);

    /// <summary>How many messages an actor with this dispatcher and mailbox may stash; 0 or less if there is no limit.</summary>
    public int StashCapacity(string dispatcher, string mailbox)
    {
        var ofMailbox = string.IsNullOrEmpty(mailbox) ? null : Settings.GetConfig(mailbox);
        if (ofMailbox is not null && ofMailbox.HasPath("stash-capacity"))
        {
            return ofMailbox.GetInt("stash-capacity", -1);
        }

        var ofDispatcher = string.IsNullOrEmpty(dispatcher) ? null : Settings.GetConfig(dispatcher);
        return ofDispatcher is not null && ofDispatcher.HasPath("stash-capacity")
            ? ofDispatcher.GetInt("stash-capacity", -1)
            : Settings.GetInt(DefaultMailboxId + ".stash-capacity", -1);
    }

    /// <summary>What the props name, or else the dispatcher's settings, or else what the actor class demands, or else the default.</summary>
    public MailboxType GetMailboxType(Props props, Config dispatcherConfig)
    {
        var required = GetRequiredType(props.Type);
        if (!string.IsNullOrEmpty(props.Mailbox))
        {
            return Verify(Lookup(props.Mailbox), required, props);
        }

        var ofDispatcher = dispatcherConfig?.GetString("mailbox-type", null);
        if (!string.IsNullOrEmpty(ofDispatcher))
        {
            return Verify(Lookup(dispatcherConfig.GetString("id")), required, props);
        }

        return required is not null && _idsByRequirement.ContainsKey(required) ? LookupByQueueType(required) : Lookup(DefaultMailboxId);
    }

    private static Type GenericArgument(Type type, Type genericInterface) =>
        type?.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == genericInterface)?.GetGenericArguments()[0];

    private static MailboxType Verify(MailboxType mailbox, Type required, Props props)
    {
        var produced = GenericArgument(mailbox.GetType(), typeof(IProducesMessageQueue<>));
        return required is null || produced is null || required.IsAssignableFrom(produced)
            ? mailbox
            : throw new ArgumentException($"produced message queue type [{produced}] does not fulfill requirement [{required}] of actor class [{props.Type}]");
    }

    private MailboxType Configure(string id)
    {
        if (!Settings.HasPath(id))
        {
            throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        }

        var config = Settings.GetConfig(id).WithFallback(Settings.GetConfig(DefaultMailboxId));
        var name = config.GetString("mailbox-type", null);
        var type = Type.GetType(name)
            ?? throw new ConfigurationException($"Found mailbox-type [{name}] in configuration for [{id}], but could not find that type in any loaded assembly");
        return (MailboxType)Activator.CreateInstance(type, _system.Settings, config);
    }
}
