namespace Akka.Serialization.Codecs;

/// <summary>Writes and reads the objects of one class.</summary>
internal abstract class Codec
{
    /// <summary>True if a field of this type needs no word about what is in it: there are no other classes, nor null.</summary>
    public virtual bool IsInline => false;

    /// <summary>What must be the same on both sides.</summary>
    public virtual string Shape => "";

    public abstract void Write(ObjectWriter writer, object value);

    public abstract object Read(ObjectReader reader);
}
