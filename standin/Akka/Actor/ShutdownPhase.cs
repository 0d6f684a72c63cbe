using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A phase of the coordinated shutdown.</summary>
internal sealed record ShutdownPhase(IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover)
{
    public static Dictionary<string, ShutdownPhase> Read(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5));
        var section = config.GetConfig("phases");
        var phases = new Dictionary<string, ShutdownPhase>();
        foreach (var name in section.AsEnumerable().Select(entry => entry.Key))
        {
            phases.Add(name, new ShutdownPhase(
                [.. section.GetStringList($"{name}.depends-on")],
                section.GetTimeSpan($"{name}.timeout", defaultTimeout, allowInfinite: false),
                section.GetBoolean($"{name}.recover", true)));
        }

        return phases;
    }

    /// <summary>An order in which every phase comes after those that it depends on.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IReadOnlyList<string> Sort(Dictionary<string, ShutdownPhase> phases)
    {
        var sorted = new List<string>();
        var visiting = new HashSet<string>();
        foreach (var name in phases.Keys.Concat(phases.Values.SelectMany(phase => phase.DependsOn)))
        {
            Visit(name);
        }

        return sorted;

        void Visit(string name)
        {
            if (sorted.Contains(name))
            {
                return;
            }

            if (!visiting.Add(name))
            {
                throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. phase [{name}] depends transitively on itself.");
            }

            if (phases.TryGetValue(name, out var phase))
            {
                foreach (var earlier in phase.DependsOn)
                {
                    Visit(earlier);
                }
            }

            visiting.Remove(name);
            sorted.Add(name);
        }
    }
}
