using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Hands messages from other systems to the actors of this one, as far as they are allowed.</summary>
internal sealed class InboundDispatcher(Remoting remoting)
{
    private readonly RemoteSettings _settings = remoting.Settings;

    public void Deliver(IInternalActorRef recipient, object message, IActorRef sender)
    {
        if (_settings.LogReceive)
        {
            remoting.Log.Debug("received {0} from {1} for {2}", message, sender, recipient);
        }

        if (message is ActorSelectionMessage selection)
        {
            if (!_settings.UntrustedMode || IsTrusted(recipient, selection))
            {
                ActorSelection.Deliver(recipient, sender, selection);
            }
            else
            {
                remoting.Log.Debug("operating in UntrustedMode, dropping inbound actor selection to [{0}]", recipient.Path);
            }
        }
        else if (message is IPossiblyHarmful && _settings.UntrustedMode)
        {
            remoting.Log.Debug("operating in UntrustedMode, dropping inbound IPossiblyHarmful message of type {0}", message.GetType());
        }
        else
        {
            recipient.Tell(message, sender);
        }
    }

    public void DeliverSystem(IInternalActorRef recipient, SystemMessage message)
    {
        if (_settings.UntrustedMode && message is not (Watch or Unwatch or DeathWatchNotification))
        {
            remoting.Log.Debug("operating in UntrustedMode, dropping inbound system message {0}", message);
        }
        else
        {
            recipient.SendSystemMessage(message);
        }
    }

    private bool IsTrusted(IInternalActorRef recipient, ActorSelectionMessage selection) =>
        selection.Message is not IPossiblyHarmful
        && selection.Elements.All(element => element is SelectChildName)
        && _settings.TrustedSelectionPaths.Contains((recipient.Path / selection.Elements.Select(e => e.ToString())).ToStringWithoutAddress());
}
