using System.Reflection;
using System.Runtime.CompilerServices;
using Akka.Remote.Wire;

namespace Akka.Remote.Serialization;

/// <summary>
/// An exception as its class, message and stack trace, then its cause, the first one where there are several. Reading one runs no constructor; a class that is unknown here, or is no
/// exception, comes back as a plain one that names it.
/// </summary>
internal static class SerializedException
{
    private const int MaxDepth = 16;

    private static readonly FieldInfo Message = Field("_message");
    private static readonly FieldInfo InnerException = Field("_innerException");
    private static readonly FieldInfo RemoteStackTrace = Field("_remoteStackTraceString");
    private static readonly FieldInfo HResult = Field("_HResult");
    private static readonly FieldInfo InnerExceptions =
        typeof(AggregateException).GetField("_innerExceptions", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingFieldException(nameof(AggregateException), "_innerExceptions");

    public static void Write(WireWriter writer, Exception exception)
    {
        var depth = 0;
        for (; exception is not null && depth < MaxDepth; exception = exception.InnerException, depth++)
        {
            writer.WriteByte(1);
            writer.WriteString(Akka.Serialization.Serialization.TypeManifest(exception.GetType()));
            writer.WriteString(exception is AggregateException ? (string)Message.GetValue(exception) : exception.Message);
            writer.WriteString(exception.StackTrace ?? "");
            writer.WriteInt32(exception.HResult);
        }

        writer.WriteByte(0);
    }

    public static Exception Read(ref WireReader reader)
    {
        Exception outermost = null;
        Exception last = null;
        for (var depth = 0; depth < MaxDepth && reader.ReadByte() != 0; depth++)
        {
            var exception = Make(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt32());
            if (last is null)
            {
                outermost = exception;
            }
            else
            {
                InnerException.SetValue(last, exception);
                if (last is AggregateException)
                {
                    InnerExceptions.SetValue(last, new[] { exception });
                }
            }

            last = exception;
        }

        return outermost;
    }

    private static Exception Make(string className, string message, string stackTrace, int code)
    {
        var type = Type.GetType(className);
        var isKnown = type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(Exception).IsAssignableFrom(type);
        var exception = isKnown ? (Exception)RuntimeHelpers.GetUninitializedObject(type) : new Exception($"{className}: {message}");
        if (isKnown)
        {
            Message.SetValue(exception, message);
            HResult.SetValue(exception, code);
        }

        if (exception is AggregateException)
        {
            InnerExceptions.SetValue(exception, Array.Empty<Exception>());
        }

        if (stackTrace.Length > 0)
        {
            RemoteStackTrace.SetValue(exception, stackTrace + Environment.NewLine);
        }

        return exception;
    }

    private static FieldInfo Field(string name) =>
        typeof(Exception).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingFieldException(nameof(Exception), name);
}
