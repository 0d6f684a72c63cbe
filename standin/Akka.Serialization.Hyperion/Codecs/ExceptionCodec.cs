using System.Reflection;
using System.Runtime.CompilerServices;

namespace Akka.Serialization.Codecs;

/// <summary>For exceptions: message, cause and stack trace, as text.</summary>
internal sealed class ExceptionCodec(Type type) : Codec
{
    private static readonly FieldInfo Message = Field("_message");
    private static readonly FieldInfo InnerException = Field("_innerException");
    private static readonly FieldInfo RemoteStackTrace = Field("_remoteStackTraceString");

    public override void Write(ObjectWriter writer, object value)
    {
        var exception = (Exception)value;
        writer.WriteText(exception.Message);
        writer.WriteText(exception.StackTrace ?? "");
        writer.WriteObject(exception.InnerException);
    }

    public override object Read(ObjectReader reader)
    {
        var exception = RuntimeHelpers.GetUninitializedObject(type);
        reader.Announce(exception);
        Message.SetValue(exception, reader.ReadText());
        RemoteStackTrace.SetValue(exception, reader.ReadText());
        InnerException.SetValue(exception, reader.ReadObject() as Exception);
        return exception;
    }

    private static FieldInfo Field(string name) =>
        typeof(Exception).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingFieldException(nameof(Exception), name);
}
