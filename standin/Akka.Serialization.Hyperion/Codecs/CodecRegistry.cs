using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Serialization;

namespace Akka.Serialization.Codecs;

/// <summary>Finds the codec of a class, and makes it the first time.</summary>
internal sealed class CodecRegistry
{
    /// <summary>Types that are so common that a number names them. Their order is part of the format.</summary>
    private static readonly Type[] Basic =
    [
        null, typeof(string), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(char), typeof(Guid), typeof(TimeSpan), typeof(decimal),
        typeof(DateTime), typeof(DateTimeOffset), typeof(byte[]), typeof(short[]), typeof(ushort[]), typeof(int[]), typeof(uint[]),
        typeof(long[]), typeof(ulong[]), typeof(float[]), typeof(double[]), typeof(string[]), typeof(object), typeof(Half),
        typeof(Int128), typeof(bool[]), typeof(sbyte[]), typeof(char[]), typeof(Guid[]),
    ];

    private static readonly Dictionary<Type, byte> Numbers =
        Basic.Skip(1).Select((type, i) => (type, i)).ToDictionary(pair => pair.type, pair => (byte)(pair.i + 1));

    private readonly ConcurrentDictionary<Type, Codec> _codecs = new();

    public static byte? NumberOf(Type type) => Numbers.TryGetValue(type, out var number) ? number : null;

    public static Type TypeOf(byte number) => number < Basic.Length
        ? Basic[number]
        : throw new SerializationException($"{number} is the number of no class");

    public Codec For(Type type) => _codecs.GetOrAdd(type, Make);

    /// <summary>Nothing for a type that does not say yet what its objects are.</summary>
    public Codec ForField(Type type) => type.IsValueType ? For(type) : null;

    private static MethodInfo Generic(string name) => typeof(CodecRegistry).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic);

    private Codec Make(Type type)
    {
        if (type == typeof(string))
        {
            return new TextCodec();
        }

        if (type == typeof(DateTime))
        {
            return new DateTimeCodec();
        }

        if (type == typeof(DateTimeOffset))
        {
            return new DateTimeOffsetCodec();
        }

        if (type == typeof(decimal))
        {
            return new DecimalCodec();
        }

        if (type.IsEnum)
        {
            return new EnumCodec(type, For(Enum.GetUnderlyingType(type)));
        }

        if (Nullable.GetUnderlyingType(type) is { } present)
        {
            return new NullableCodec(For(present));
        }

        if (IsBasic(type))
        {
            return (Codec)Activator.CreateInstance(typeof(BasicCodec<>).MakeGenericType(type));
        }

        if (type.IsArray)
        {
            return MakeArray(type);
        }

        if (typeof(Exception).IsAssignableFrom(type))
        {
            return new ExceptionCodec(type);
        }

        return MakeCollection(type) ?? new FieldsCodec(type, this);
    }

    private static bool IsBasic(Type type) =>
        type.IsPrimitive || type == typeof(Guid) || type == typeof(TimeSpan) || type == typeof(Half) || type == typeof(Int128);

    private Codec MakeArray(Type type)
    {
        if (!type.IsSZArray)
        {
            throw new SerializationException($"An array of several dimensions, as [{type}], cannot travel");
        }

        var element = type.GetElementType();
        return IsBasic(element) && element != typeof(bool)
            ? (Codec)Activator.CreateInstance(typeof(BasicArrayCodec<>).MakeGenericType(element))
            : new ArrayCodec(element, this);
    }

    private Codec MakeCollection(Type type)
    {
        if (!type.IsGenericType)
        {
            return null;
        }

        var arguments = type.GetGenericArguments();
        var method = arguments.Length == 1
            ? Generic(nameof(MakeSequence)).MakeGenericMethod(arguments)
            : arguments.Length == 2 ? Generic(nameof(MakeMap)).MakeGenericMethod(arguments) : null;
        return (Codec)method?.Invoke(this, [type]);
    }

    private CollectionCodec<T> MakeSequence<T>(Type type)
    {
        if (type == typeof(List<T>))
        {
            return new CollectionCodec<T>(this, null);
        }

        Func<List<T>, object> make =
            type == typeof(HashSet<T>) ? items => new HashSet<T>(items)
            : type == typeof(SortedSet<T>) ? items => new SortedSet<T>(items)
            : type == typeof(Queue<T>) ? items => new Queue<T>(items)
            : type == typeof(Stack<T>) ? items => new Stack<T>(Enumerable.Reverse(items))
            : type == typeof(LinkedList<T>) ? items => new LinkedList<T>(items)
            : type == typeof(ImmutableList<T>) ? items => ImmutableList.CreateRange(items)
            : type == typeof(ImmutableHashSet<T>) ? items => ImmutableHashSet.CreateRange(items)
            : type == typeof(ImmutableSortedSet<T>) ? items => ImmutableSortedSet.CreateRange(items)
            : type == typeof(ImmutableQueue<T>) ? items => ImmutableQueue.CreateRange(items)
            : type == typeof(ImmutableStack<T>) ? items => ImmutableStack.CreateRange(Enumerable.Reverse(items))
            : null;
        return make is null ? null : new CollectionCodec<T>(this, make);
    }

    private CollectionCodec<KeyValuePair<TKey, TValue>> MakeMap<TKey, TValue>(Type type)
    {
        Func<List<KeyValuePair<TKey, TValue>>, object> make =
            type == typeof(Dictionary<TKey, TValue>) ? items => new Dictionary<TKey, TValue>(items)
            : type == typeof(SortedDictionary<TKey, TValue>) ? items => new SortedDictionary<TKey, TValue>(items.ToDictionary())
            : type == typeof(ConcurrentDictionary<TKey, TValue>) ? items => new ConcurrentDictionary<TKey, TValue>(items)
            : type == typeof(ImmutableDictionary<TKey, TValue>) ? items => ImmutableDictionary.CreateRange(items)
            : type == typeof(ImmutableSortedDictionary<TKey, TValue>) ? items => ImmutableSortedDictionary.CreateRange(items)
            : null;
        return make is null ? null : new CollectionCodec<KeyValuePair<TKey, TValue>>(this, make);
    }
}
