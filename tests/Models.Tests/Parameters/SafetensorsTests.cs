using System.Buffers.Binary;
using System.Text;
using FedActors.Models.Parameters;
using FedActors.Models.Randomness;
using FedActors.Models.Tests.Support;
using FsCheck.Fluent;

namespace FedActors.Models.Tests.Parameters;

public sealed class SafetensorsTests
{
    private static readonly ParameterLayout Layout = ParameterLayout.Create(("weight", [2, 3]), ("bias", [2]));
    private static readonly ParameterVector Vector = ParameterVector.FromSpan([1, 2, 3, 4, 5, 6, float.NaN, -0f]);

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("model.safetensors");

        Safetensors.Write(path, Layout, Vector, new Dictionary<string, string> { ["network"] = "tiny", ["note"] = "ä\n" });
        var file = Safetensors.Read(path);

        Assert.Equal(Vector, file.ReadParameters(Layout));
        Assert.Equal("tiny", file.Metadata["network"]);
        Assert.Equal("ä\n", file.Metadata["note"]);
        Assert.Equal([2, 3], file["weight"].Shape.ToArray());
        Assert.Equal([path], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Any_vector_survives_the_round_trip()
    {
        Properties.Hold(Properties.Floats, values =>
        {
            var layout = ParameterLayout.Create(("values", [values.Length]));
            var vector = ParameterVector.FromSpan(values);
            using var stream = new MemoryStream();

            Safetensors.Write(stream, layout, vector);
            stream.Position = 0;

            Assert.Equal(vector, Safetensors.Read(stream).ReadParameters(layout));
        });
    }

    [Fact]
    public void Equal_content_gives_equal_bytes()
    {
        var forward = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" };
        var backward = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" };

        Assert.Equal(Bytes(forward), Bytes(backward));
    }

    [Fact]
    public void Data_begins_at_a_multiple_of_eight_bytes()
    {
        var header = BinaryPrimitives.ReadUInt64LittleEndian(Bytes());

        Assert.Equal(0UL, header % 8);
    }

    [Fact]
    public void Failed_write_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("model.safetensors");
        Safetensors.Write(path, Layout, Vector);

        Assert.Throws<ArgumentException>(() => Safetensors.Write(path, Layout, ParameterVector.Zeros(3)));

        Assert.Equal(Vector, Safetensors.Read(path).ReadParameters(Layout));
        Assert.Equal([path], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Bytes();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(bytes[..length]));
        }
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_read_but_never_crash()
    {
        var bytes = Bytes(new Dictionary<string, string> { ["network"] = "tiny" });
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            var damaged = (byte[])bytes.Clone();
            for (var count = random.NextInt(4); count >= 0; count--)
            {
                damaged[random.NextInt(damaged.Length)] = (byte)random.NextInt(256);
            }

            try
            {
                foreach (var tensor in Read(damaged).Tensors)
                {
                    Assert.InRange(tensor.Count, 0, damaged.Length);
                }
            }
            catch (InvalidDataException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }, count: 2000);
    }

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387906],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "lies at bytes")]
    [InlineData("""{"a":{"dtype":"Q7","shape":[2],"data_offsets":[0,8]}}""", "unknown type")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "take 4 bytes, but it has 8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "at byte")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "lacks")]
    [InlineData("""{"__metadata__":{"x":1}}""", "not a text")]
    public void Unsound_headers_are_refused_with_the_reason(string header, string reason)
    {
        var bytes = new byte[8 + header.Length + 8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        Encoding.ASCII.GetBytes(header).CopyTo(bytes, 8);

        var exception = Assert.Throws<InvalidDataException>(() => Read(bytes));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_names_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("broken.safetensors");
        File.WriteAllText(path, "short");

        var exception = Assert.Throws<InvalidDataException>(() => Safetensors.Read(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_another_network_are_refused()
    {
        var file = Read(Bytes());

        Assert.Throws<InvalidDataException>(() => file.ReadParameters(ParameterLayout.Create(("other", [2, 3]))));
        Assert.Throws<InvalidDataException>(() => file.ReadParameters(ParameterLayout.Create(("weight", [3, 2]))));
        Assert.Throws<InvalidDataException>(() => file["weight"].ToIntegers());
    }

    private static byte[] Bytes(Dictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, Layout, Vector, metadata);
        return stream.ToArray();
    }

    private static SafetensorsFile Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Safetensors.Read(stream);
    }
}
