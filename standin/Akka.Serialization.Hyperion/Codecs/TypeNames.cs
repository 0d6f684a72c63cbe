using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using Akka.Util;

namespace Akka.Serialization.Codecs;

/// <summary>The names of classes in messages, and which of them may be followed.</summary>
internal sealed class TypeNames(HyperionSerializerSettings settings)
{
    private const int MaxRemembered = 10_000;

    /// <summary>Classes that reach out of the process, or run code, when they are made or looked at. What derives from them is meant too.</summary>
    private static readonly HashSet<string> Unsafe =
    [
        "System.Diagnostics.Process",
        "System.Diagnostics.ProcessStartInfo",
        "System.IO.FileSystemInfo",
        "System.IO.Stream",
        "System.CodeDom.Compiler.TempFileCollection",
        "System.Security.Claims.ClaimsIdentity",
        "System.Security.Claims.ClaimsPrincipal",
        "System.Security.Principal.WindowsIdentity",
        "System.Security.Principal.WindowsPrincipal",
        "System.Management.Automation.PSObject",
        "System.Windows.Data.ObjectDataProvider",
        "System.Windows.ResourceDictionary",
        "System.Windows.Forms.AxHost+State",
        "System.Windows.Forms.BindingSource",
        "System.Data.DataSet",
        "System.Data.DataTable",
    ];

    /// <summary>Those that cannot travel at all, whatever the settings say.</summary>
    private static readonly Type[] Impossible =
    [
        typeof(Delegate), typeof(MemberInfo), typeof(Assembly), typeof(Module), typeof(Task), typeof(Thread),
        typeof(System.Runtime.InteropServices.SafeHandle), typeof(IntPtr), typeof(UIntPtr), typeof(Pointer),
    ];

    private readonly ConcurrentDictionary<string, Type> _known = new();
    private readonly ConcurrentDictionary<Type, string> _names = new();
    private readonly HashSet<Type> _allowed = [.. settings.AllowedTypes];

    public string NameOf(Type type) => _names.GetOrAdd(type, t =>
    {
        RequireSafe(t);
        return t.AssemblyQualifiedName;
    });

    /// <summary>The class of a name. Whether it may be read is asked before anything is done with it.</summary>
    /// <exception cref="SerializationException">It may not, or there is none.</exception>
    public Type Find(string name)
    {
        if (_known.TryGetValue(name, out var type))
        {
            return type;
        }

        // Version, culture and key of an assembly are of no importance, as long as it is here.
        type = Type.GetType(name, LoadAssembly, typeResolver: null, throwOnError: false)
            ?? throw new SerializationException($"There is no class [{name}] here");
        if (_allowed.Count > 0 && !_allowed.Contains(type))
        {
            throw new SerializationException($"[{type}] is not among the allowed-types");
        }

        RequireSafe(type);
        if (_known.Count < MaxRemembered)
        {
            _known.TryAdd(name, type);
        }

        return type;
    }

    private static Assembly LoadAssembly(AssemblyName name)
    {
        try
        {
            return Assembly.Load(new AssemblyName(name.Name));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    private void RequireSafe(Type type)
    {
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type.ContainsGenericParameters
            || Array.Exists(Impossible, impossible => impossible.IsAssignableFrom(type)))
        {
            throw new SerializationException($"An object of class [{type}] cannot travel");
        }

        // What makes itself a surrogate or from one does so in the library's way.
        if (!settings.DisallowUnsafeType || typeof(ISurrogate).IsAssignableFrom(type))
        {
            return;
        }

        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.FullName is { } name && Unsafe.Contains(name))
            {
                throw new SerializationException($"[{type}] is unsafe to deserialize");
            }
        }
    }
}
