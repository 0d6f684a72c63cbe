using System.Reflection;
using System.Runtime.CompilerServices;

namespace Akka.Serialization.Codecs;

/// <summary>For exceptions: message and stack trace as text, and the cause, or all causes.</summary>
internal sealed class ExceptionCodec(Type type) : Codec
{
    private static readonly FieldInfo Message = Field<Exception>("_message");
    private static readonly FieldInfo InnerException = Field<Exception>("_innerException");
    private static readonly FieldInfo RemoteStackTrace = Field<Exception>("_remoteStackTraceString");
    private static readonly FieldInfo InnerExceptions = Field<AggregateException>("_innerExceptions");

    public override void Write(ObjectWriter writer, object value)
    {
        var exception = (Exception)value;
        var several = exception as AggregateException;
        writer.WriteText(several is null ? exception.Message : (string)Message.GetValue(several));
        writer.WriteText(exception.StackTrace ?? "");
        writer.WriteObject(exception.InnerException);
        if (several is not null)
        {
            writer.WriteObject(several.InnerExceptions.ToArray());
        }
    }

    public override object Read(ObjectReader reader)
    {
        var exception = RuntimeHelpers.GetUninitializedObject(type);
        reader.Announce(exception);
        Message.SetValue(exception, reader.ReadText());
        RemoteStackTrace.SetValue(exception, reader.ReadText());
        InnerException.SetValue(exception, reader.ReadObject() as Exception);
        if (exception is AggregateException)
        {
            InnerExceptions.SetValue(exception, reader.ReadObject() as Exception[] ?? []);
        }

        return exception;
    }

    private static FieldInfo Field<T>(string name) =>
        typeof(T).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(typeof(T).Name, name);
}
