using Akka.Configuration;

namespace Akka.Actor;

/// <summary>What <c>akka.actor.deployment</c> says of the actors at a path. An asterisk stands for any name.</summary>
public class Deployer
{
    private readonly List<(string[] Pattern, Deploy Deploy)> _deployments = [];

    public Deployer(Settings settings)
    {
        var section = settings.Config.GetConfig("akka.actor.deployment");
        if (section.IsNullOrEmpty())
        {
            return;
        }

        foreach (var (path, value) in section.AsEnumerable())
        {
            if (path != "default" && value.IsObject())
            {
                SetDeploy(Read(path, section.GetConfig($"\"{path}\"")));
            }
        }
    }

    public Deploy Lookup(ActorPath path)
    {
        // Nearly every program has none, and this is asked for every actor.
        if (_deployments.Count == 0 || path.Elements is not ["user", ..] elements)
        {
            return null;
        }

        return Lookup(elements.Skip(1));
    }

    public Deploy Lookup(IEnumerable<string> path)
    {
        var names = path.ToArray();
        lock (_deployments)
        {
            // An exact path is more telling than a pattern.
            return _deployments
                .Where(d => Matches(d.Pattern, names))
                .OrderBy(d => d.Pattern.Count(name => name == "*"))
                .FirstOrDefault().Deploy;
        }
    }

    public void SetDeploy(Deploy deploy)
    {
        lock (_deployments)
        {
            _deployments.Add((deploy.Path.Split('/', StringSplitOptions.RemoveEmptyEntries), deploy));
        }
    }

    private static Deploy Read(string path, Config config) => new Deploy(path, Deploy.NoScopeGiven)
        .WithDispatcher(config.GetString("dispatcher", Deploy.NoDispatcherGiven))
        .WithMailbox(config.GetString("mailbox", Deploy.NoMailboxGiven))
        .WithStashCapacity(config.GetInt("stash-capacity", Deploy.NoStashSize));

    private static bool Matches(string[] pattern, string[] names)
    {
        if (pattern.Length != names.Length)
        {
            return false;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (pattern[i] != "*" && pattern[i] != names[i])
            {
                return false;
            }
        }

        return true;
    }
}
