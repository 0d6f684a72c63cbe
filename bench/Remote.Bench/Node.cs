using Akka.Actor;
using Akka.Configuration;

namespace FedActors.Remote.Bench;

/// <summary>One of the two systems, with the settings that both have.</summary>
internal static class Node
{
    public static ActorSystem Start(string name, string port = "0", string publicPort = "0") => ActorSystem.Create(
        name,
        ConfigurationFactory.ParseString(
            $$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              actor.provider = remote
              remote.dot-netty.tcp {
                hostname = 127.0.0.1
                port = {{port}}
                public-port = {{publicPort}}
              }
            }
            """));
}
