using Akka.Actor;

namespace FedActors.Actors.Hosting;

/// <summary>Which hosts take part, and which clients each carries. A client is carried by one host at a time.</summary>
internal sealed class HostRegister(DownlinkSettings settings)
{
    private readonly Dictionary<IActorRef, LinkProtocol.Register> _byUplink = [];
    private readonly Dictionary<int, IActorRef> _carriers = [];
    private readonly HashSet<IActorRef> _answered = [];

    /// <summary>How an entry went.</summary>
    public abstract record Entry
    {
        /// <summary>The host has been taken in before.</summary>
        public sealed record Known : Entry;

        /// <summary>The host is taken in, perhaps in place of its earlier self.</summary>
        public sealed record Taken(IActorRef? Replaced) : Entry;

        /// <summary>Another host carries its clients.</summary>
        public sealed record Occupied(string Reason) : Entry;

        /// <summary>The host's settings are not those of the run.</summary>
        public sealed record Different(IReadOnlyList<string> Differences) : Entry;
    }

    public IReadOnlyCollection<IActorRef> Uplinks => _byUplink.Keys;

    public bool Knows(IActorRef uplink) => _byUplink.ContainsKey(uplink);

    /// <summary>The address of the host that carries a client, or null.</summary>
    public Address? CarrierOf(int client) => _carriers.TryGetValue(client, out var uplink) ? uplink.Path.Address : null;

    public IActorRef? UplinkAt(Address address) => _byUplink.Keys.FirstOrDefault(uplink => uplink.Path.Address.Equals(address));

    /// <summary>Whether the host has been answered before; from this call on it has.</summary>
    public bool IsAnswered(IActorRef uplink) => !_answered.Add(uplink);

    public Entry Enter(IActorRef uplink, LinkProtocol.Register register)
    {
        if (_byUplink.ContainsKey(uplink))
        {
            return new Entry.Known();
        }

        var differences = settings.Manifest.Differences(SettingsManifest.Parse(register.Settings ?? [])).ToList();
        var clients = register.Clients ?? [];
        if (clients.Any(client => client < 0 || client >= settings.Clients))
        {
            differences.Add($"it carries clients outside of 0 to {settings.Clients - 1}");
        }

        if (differences.Count > 0)
        {
            return new Entry.Different(differences);
        }

        // A host that died and came back before its death was noticed has the same address.
        var earlier = UplinkAt(uplink.Path.Address);
        var carried = clients.Where(client => _carriers.TryGetValue(client, out var carrier) && !carrier.Equals(earlier)).ToList();
        if (carried.Count > 0)
        {
            var other = _byUplink[_carriers[carried[0]]].Host;
            return new Entry.Occupied($"client {carried[0]} is carried by the host {other}");
        }

        if (earlier is not null)
        {
            Remove(earlier);
        }

        _byUplink.Add(uplink, register with { Clients = clients });
        foreach (var client in clients)
        {
            _carriers[client] = uplink;
        }

        return new Entry.Taken(earlier);
    }

    /// <summary>Strikes a host out.</summary>
    /// <returns>What it told of itself, or null where it is unknown.</returns>
    public LinkProtocol.Register? Remove(IActorRef uplink)
    {
        if (!_byUplink.Remove(uplink, out var register))
        {
            return null;
        }

        _answered.Remove(uplink);
        foreach (var client in register.Clients.Where(client => uplink.Equals(_carriers.GetValueOrDefault(client))))
        {
            _carriers.Remove(client);
        }

        return register;
    }
}
