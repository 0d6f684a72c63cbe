using Akka.Configuration;

namespace Akka.Serialization;

/// <summary>The section <c>akka.actor.serialization-settings.hyperion</c>.</summary>
public sealed class HyperionSerializerSettings
{
    public static readonly HyperionSerializerSettings Default = Create(HyperionSerializer.DefaultConfiguration()
        .GetConfig("akka.actor.serialization-settings.hyperion"));

    public readonly bool PreserveObjectReferences;
    public readonly bool VersionTolerance;
    public readonly bool DisallowUnsafeType;

    private HyperionSerializerSettings(
        bool preserveObjectReferences, bool versionTolerance, bool disallowUnsafeType, IReadOnlyCollection<Type> allowedTypes)
    {
        PreserveObjectReferences = preserveObjectReferences;
        VersionTolerance = versionTolerance;
        DisallowUnsafeType = disallowUnsafeType;
        AllowedTypes = allowedTypes;
    }

    /// <summary>Empty for any.</summary>
    internal IReadOnlyCollection<Type> AllowedTypes { get; }

    /// <exception cref="ConfigurationException">There is nothing to read, or a class is unknown.</exception>
    public static HyperionSerializerSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
        {
            throw ConfigurationException.NullOrEmptyConfig<HyperionSerializerSettings>("akka.actor.serialization-settings.hyperion");
        }

        if (config.GetStringList("surrogates").Count > 0)
        {
            throw new ConfigurationException("akka.actor.serialization-settings.hyperion.surrogates: this library has no such surrogates.");
        }

        return new HyperionSerializerSettings(
            config.GetBoolean("preserve-object-references", true),
            config.GetBoolean("version-tolerance", true),
            config.GetBoolean("disallow-unsafe-type", true),
            [.. config.GetStringList("allowed-types").Select(Load)]);
    }

    public HyperionSerializerSettings WithPreserveObjectReference(bool preserveObjectReferences) =>
        new(preserveObjectReferences, VersionTolerance, DisallowUnsafeType, AllowedTypes);

    public HyperionSerializerSettings WithVersionTolerance(bool versionTolerance) =>
        new(PreserveObjectReferences, versionTolerance, DisallowUnsafeType, AllowedTypes);

    public HyperionSerializerSettings WithDisallowUnsafeType(bool disallowUnsafeType) =>
        new(PreserveObjectReferences, VersionTolerance, disallowUnsafeType, AllowedTypes);

    private static Type Load(string name) => Type.GetType(name)
        ?? throw new ConfigurationException($"Could not load type [{name}] from allowed-type.");
}
