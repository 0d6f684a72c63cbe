using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Akka.Serialization.Codecs;

/// <summary>For numbers and the like, which are their bytes.</summary>
internal sealed class BasicCodec<T> : Codec
    where T : unmanaged
{
    public override bool IsInline => true;

    public override void Write(ObjectWriter writer, object value)
    {
        var copy = (T)value;
        writer.WriteBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref copy)));
    }

    public override object Read(ObjectReader reader)
    {
        var value = MemoryMarshal.Read<T>(reader.Take(Unsafe.SizeOf<T>()));

        // A bool that is neither would be a surprise to whoever compares it.
        return typeof(T) == typeof(bool) ? (object)(Unsafe.As<T, byte>(ref value) != 0) : value;
    }
}

/// <summary>For arrays of numbers.</summary>
internal sealed class BasicArrayCodec<T> : Codec
    where T : unmanaged
{
    public override void Write(ObjectWriter writer, object value)
    {
        var array = (T[])value;
        writer.WriteCount(array.Length);
        writer.WriteBytes(MemoryMarshal.AsBytes(array.AsSpan()));
    }

    public override object Read(ObjectReader reader)
    {
        var count = reader.ReadSize(Unsafe.SizeOf<T>());
        return MemoryMarshal.Cast<byte, T>(reader.Take(count * Unsafe.SizeOf<T>())).ToArray();
    }
}

/// <summary>For texts.</summary>
internal sealed class TextCodec : Codec
{
    public override void Write(ObjectWriter writer, object value) => writer.WriteText((string)value);

    public override object Read(ObjectReader reader) => reader.ReadText();
}

/// <summary>For dates, whose kind is part of them.</summary>
internal sealed class DateTimeCodec : Codec
{
    public override bool IsInline => true;

    public override void Write(ObjectWriter writer, object value) => writer.WriteInt64(((DateTime)value).ToBinary());

    public override object Read(ObjectReader reader) => DateTime.FromBinary(reader.ReadInt64());
}

/// <summary>For dates with their distance from Greenwich.</summary>
internal sealed class DateTimeOffsetCodec : Codec
{
    public override bool IsInline => true;

    public override void Write(ObjectWriter writer, object value)
    {
        var date = (DateTimeOffset)value;
        writer.WriteInt64(date.Ticks);
        writer.WriteInt64(date.Offset.Ticks);
    }

    public override object Read(ObjectReader reader) => new DateTimeOffset(reader.ReadInt64(), TimeSpan.FromTicks(reader.ReadInt64()));
}

/// <summary>For decimal numbers, of which not every sixteen bytes are one.</summary>
internal sealed class DecimalCodec : Codec
{
    public override bool IsInline => true;

    public override void Write(ObjectWriter writer, object value)
    {
        foreach (var part in decimal.GetBits((decimal)value))
        {
            writer.WriteInt64(part);
        }
    }

    public override object Read(ObjectReader reader) => new decimal(
        [(int)reader.ReadInt64(), (int)reader.ReadInt64(), (int)reader.ReadInt64(), (int)reader.ReadInt64()]);
}

/// <summary>For values that may be absent.</summary>
internal sealed class NullableCodec(Codec value) : Codec
{
    public override bool IsInline => true;

    public override void Write(ObjectWriter writer, object present)
    {
        writer.WriteByte(present is null ? (byte)0 : (byte)1);
        if (present is not null)
        {
            value.Write(writer, present);
        }
    }

    public override object Read(ObjectReader reader) => reader.ReadByte() == 0 ? null : value.Read(reader);
}

/// <summary>For enums, which are their numbers.</summary>
internal sealed class EnumCodec(Type type, Codec number) : Codec
{
    private readonly Type _number = Enum.GetUnderlyingType(type);

    public override bool IsInline => true;

    public override void Write(ObjectWriter writer, object value) =>
        number.Write(writer, Convert.ChangeType(value, _number, System.Globalization.CultureInfo.InvariantCulture));

    public override object Read(ObjectReader reader) => Enum.ToObject(type, number.Read(reader));
}
