using Akka.Actor;

namespace Akka.Util;

/// <summary>The form in which an <see cref="ISurrogated"/> object crosses a serializer.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(ActorSystem system);
}

/// <summary>An object that is serialized as something else, such as a reference as its path.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}
