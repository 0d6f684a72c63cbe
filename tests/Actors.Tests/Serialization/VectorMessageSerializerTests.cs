using Akka.Actor;
using Akka.Serialization;
using FedActors.Actors.Devices;
using FedActors.Actors.Serialization;
using FedActors.Actors.Tests.Support;
using FedActors.Models.Parameters;
using FsCheck.Fluent;

namespace FedActors.Actors.Tests.Serialization;

public sealed class VectorMessageSerializerTests : ActorTest
{
    [Fact]
    public void Reports_and_versions_are_bound_to_it()
    {
        Assert.IsType<VectorMessageSerializer>(Sys.Serialization.FindSerializerFor(Report([1])));
        Assert.IsType<VectorMessageSerializer>(
            Sys.Serialization.FindSerializerFor(new ClientProtocol.VersionFetched(1, ParameterVector.Zeros(1))));
    }

    [Fact]
    public void A_report_comes_back_as_it_was()
    {
        var serializer = Serializer();
        Properties.Hold(
            from values in Properties.Floats
            from ids in Gen.Choose(int.MinValue, int.MaxValue).Select(value => (long)value << 20).Two()
            from numbers in Gen.Choose(int.MinValue, int.MaxValue).Three()
            select new ClientProtocol.Report(
                ids.Item1,
                numbers.Item1,
                ids.Item2,
                numbers.Item2,
                ParameterVector.FromSpan(values),
                new TrainingMetrics(double.NaN, numbers.Item3 / 3.0, numbers.Item3)),
            report => Assert.Equal(report, RoundTrip(serializer, report)));
    }

    [Fact]
    public void A_version_comes_back_as_it_was()
    {
        var serializer = Serializer();
        Properties.Hold(Properties.Floats, values =>
        {
            var fetched = new ClientProtocol.VersionFetched(long.MaxValue, ParameterVector.FromSpan(values));

            Assert.Equal(fetched, RoundTrip(serializer, fetched));
        });
    }

    [Fact]
    public void The_vector_is_written_raw_behind_a_small_header()
    {
        var values = new float[1000];

        Assert.InRange(Serializer().ToBinary(Report(values)).Length, 4000, 4064);
    }

    [Fact]
    public void Bytes_that_hold_no_whole_vector_are_refused()
    {
        var serializer = Serializer();
        var bytes = serializer.ToBinary(Report([1, 2]));

        Assert.Throws<InvalidDataException>(() => serializer.FromBinary(bytes[..^1], serializer.Manifest(Report([1]))));
        Assert.Throws<InvalidDataException>(() => serializer.FromBinary(bytes[..10], serializer.Manifest(Report([1]))));
    }

    [Fact]
    public void Anything_else_is_refused()
    {
        var serializer = Serializer();

        Assert.Throws<ArgumentException>(() => serializer.Manifest("text"));
        Assert.Throws<ArgumentException>(() => serializer.ToBinary("text"));
        Assert.Throws<ArgumentException>(() => serializer.FromBinary([], "text"));
    }

    private static ClientProtocol.Report Report(float[] values) =>
        new(1, 2, 3, 4, ParameterVector.FromSpan(values), Small.Metrics);

    private static object RoundTrip(SerializerWithStringManifest serializer, object message) =>
        serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));

    private VectorMessageSerializer Serializer() => new((ExtendedActorSystem)Sys);
}
