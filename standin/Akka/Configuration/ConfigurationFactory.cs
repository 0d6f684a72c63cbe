using System.Reflection;
using System.Xml.Linq;
using Akka.Configuration.Hocon;
using Newtonsoft.Json;

namespace Akka.Configuration;

/// <summary>Makes <see cref="Config"/> from text, resources, objects and the application's configuration file.</summary>
public class ConfigurationFactory
{
    private static readonly Lazy<HoconValue> Reference =
        new(() => FromResource("Akka.Configuration.akka.conf", typeof(ConfigurationFactory).Assembly).Root);

    /// <summary>The configuration without any settings.</summary>
    public static Config Empty => ParseString("");

    /// <summary>Parses <paramref name="hocon"/>; <paramref name="includeCallback"/> answers `include "name"`.</summary>
    /// <exception cref="FormatException">The text is not HOCON; the message names the line.</exception>
    /// <exception cref="ConfigurationException">An unquoted text contains an assignment character.</exception>
    public static Config ParseString(string hocon, Func<string, HoconRoot> includeCallback) =>
        new(Parser.Parse(hocon, includeCallback));

    /// <summary>Parses <paramref name="hocon"/>, in which nothing can be included.</summary>
    /// <exception cref="FormatException">The text is not HOCON; the message names the line.</exception>
    /// <exception cref="ConfigurationException">An unquoted text contains an assignment character.</exception>
    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <summary>The section `akka` of the application's configuration file, or nothing.</summary>
    public static Config Load()
    {
        var file = AppContext.GetData("APP_CONFIG_FILE") as string
            ?? Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetEntryAssembly()?.GetName().Name}.dll.config");
        if (!File.Exists(file))
        {
            return Empty;
        }

        var section = XDocument.Load(file).Root?.Element("akka")?.Element("hocon");
        return ParseString(section?.Value ?? "");
    }

    /// <summary>The reference settings of the actor system.</summary>
    public static Config Default() => new(new HoconRoot(Reference.Value));

    /// <summary>Parses a resource of the assembly of an object, of a type, or of the given assembly itself.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly) => instanceInAssembly switch
    {
        Assembly assembly => FromResource(resourceName, assembly),
        Type type => FromResource(resourceName, type.Assembly),
        _ => FromResource(resourceName, instanceInAssembly.GetType().Assembly),
    };

    /// <summary>Parses a resource of the assembly that holds <typeparamref name="TAssembly"/>.</summary>
    public static Config FromResource<TAssembly>(string resourceName) =>
        FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Parses a resource of an assembly.</summary>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no embedded resource '{resourceName}'.");
        using var reader = new StreamReader(stream);
        return ParseString(reader.ReadToEnd());
    }

    /// <summary>The properties of an object as settings.</summary>
    public static Config FromObject(object source) => ParseString(JsonConvert.SerializeObject(source));
}
