namespace Akka.Remote;

/// <summary>A message that overtakes others on the way out, so that a heartbeat does not wait behind a mountain of data.</summary>
internal interface IPriorityMessage
{
}
