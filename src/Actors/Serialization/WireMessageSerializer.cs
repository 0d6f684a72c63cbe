using System.Net;
using Akka.Actor;
using Akka.Serialization;
using FedActors.Actors.Devices;
using FedActors.Actors.Hosting;
using FedActors.Actors.Transfer;
using FedActors.Models.Training;

namespace FedActors.Actors.Serialization;

/// <summary>
/// Writes the small messages between hosts. A manifest names the message and the version of its form; no type name
/// travels, and what is not listed here can't be read.
/// </summary>
public sealed class WireMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        ClientProtocol.Join => "join1",
        ClientProtocol.Welcome => "welcome1",
        ClientProtocol.Refused => "refused1",
        ClientProtocol.Assign => "assign1",
        ClientProtocol.FetchVersion => "fetch1",
        ClientProtocol.VersionGone => "gone1",
        ClientProtocol.AssignmentLost => "lost1",
        ClientProtocol.Accepted => "accepted1",
        ClientProtocol.Rejected => "rejected1",
        LinkProtocol.Register => "register1",
        LinkProtocol.Registered => "registered1",
        LinkProtocol.Postponed => "postponed1",
        LinkProtocol.Refused => "host-refused1",
        LinkProtocol.CallRoll => "roll1",
        LinkProtocol.ReportReady => "report1",
        LinkProtocol.VersionReady => "version1",
        LinkProtocol.RunEnded => "ended1",
        LinkProtocol.EndHeard => "end-heard1",
        TransferProtocol.Request => "vector-request1",
        TransferProtocol.Ticket => "vector-ticket1",
        TransferProtocol.Gone => "vector-gone1",
        TransferProtocol.Delivered => "vector-delivered1",
        _ => throw Unknown(o.GetType().FullName),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case ClientProtocol.Join join:
                writer.Put(join.Client).Put(join.SampleCount);
                break;
            case ClientProtocol.Welcome welcome:
                writer.Put(welcome.Client);
                break;
            case ClientProtocol.Refused refused:
                writer.Put(refused.Client).Put(refused.Reason);
                break;
            case ClientProtocol.Assign assign:
                Put(writer.Put(assign.AssignmentId).Put(assign.Client).Put(assign.Version).Put(assign.Round), assign.Recipe);
                break;
            case ClientProtocol.FetchVersion fetch:
                writer.Put(fetch.Version);
                break;
            case ClientProtocol.VersionGone gone:
                writer.Put(gone.Version);
                break;
            case ClientProtocol.AssignmentLost lost:
                Put(writer.Put(lost.AssignmentId).Put(lost.Client).Put((int)lost.Reason), lost.Metrics);
                break;
            case ClientProtocol.Accepted accepted:
                writer.Put(accepted.AssignmentId);
                break;
            case ClientProtocol.Rejected rejected:
                writer.Put(rejected.AssignmentId).Put(rejected.Reason);
                break;
            case LinkProtocol.Register register:
                writer.Put(register.Host).Put(register.Clients).Put(register.Settings);
                break;
            case LinkProtocol.Registered registered:
                writer.Put(registered.Run);
                break;
            case LinkProtocol.Postponed postponed:
                writer.Put(postponed.Reason);
                break;
            case LinkProtocol.Refused refused:
                writer.Put(refused.Differences);
                break;
            case LinkProtocol.CallRoll roll:
                writer.Put(roll.Run);
                break;
            case LinkProtocol.ReportReady ready:
                writer.Put(ready.AssignmentId).Put(ready.Client).Put(ready.BaseVersion).Put(ready.SampleCount);
                Put(Put(writer, ready.Update), ready.Metrics);
                break;
            case LinkProtocol.VersionReady ready:
                Put(writer.Put(ready.Version), ready.Parameters);
                break;
            case LinkProtocol.RunEnded ended:
                writer.Put(ended.Succeeded).Put(ended.Message);
                break;
            case LinkProtocol.EndHeard heard:
                writer.Put(heard.Host);
                break;
            case TransferProtocol.Request request:
                writer.Put(request.Name).Put(request.Offset);
                break;
            case TransferProtocol.Ticket ticket:
                writer.Put(ticket.Name).Put(ticket.Port).Put(ticket.Key);
                break;
            case TransferProtocol.Gone gone:
                writer.Put(gone.Name);
                break;
            case TransferProtocol.Delivered delivered:
                writer.Put(delivered.Name);
                break;
            default:
                throw Unknown(obj.GetType().FullName);
        }

        return writer.ToArray();
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        object message = manifest switch
        {
            "join1" => new ClientProtocol.Join(reader.Int32(), reader.Int32()),
            "welcome1" => new ClientProtocol.Welcome(reader.Int32()),
            "refused1" => new ClientProtocol.Refused(reader.Int32(), reader.Text()),
            "assign1" => new ClientProtocol.Assign(
                reader.Int64(), reader.Int32(), reader.Int64(), reader.Int32(), Recipe(ref reader)),
            "fetch1" => new ClientProtocol.FetchVersion(reader.Int64()),
            "gone1" => new ClientProtocol.VersionGone(reader.Int64()),
            "lost1" => new ClientProtocol.AssignmentLost(reader.Int64(), reader.Int32(), Reason(reader.Int32()), Metrics(ref reader)),
            "accepted1" => new ClientProtocol.Accepted(reader.Int64()),
            "rejected1" => new ClientProtocol.Rejected(reader.Int64(), reader.Text()),
            "register1" => new LinkProtocol.Register(reader.Text(), reader.Int32s(), reader.Texts()),
            "registered1" => new LinkProtocol.Registered(reader.Text()),
            "postponed1" => new LinkProtocol.Postponed(reader.Text()),
            "host-refused1" => new LinkProtocol.Refused(reader.Texts()),
            "roll1" => new LinkProtocol.CallRoll(reader.Text()),
            "report1" => new LinkProtocol.ReportReady(
                reader.Int64(), reader.Int32(), reader.Int64(), reader.Int32(), Reference(ref reader), Metrics(ref reader)),
            "version1" => new LinkProtocol.VersionReady(reader.Int64(), Reference(ref reader)),
            "ended1" => new LinkProtocol.RunEnded(reader.Boolean(), reader.Text()),
            "end-heard1" => new LinkProtocol.EndHeard(reader.Text()),
            "vector-request1" => new TransferProtocol.Request(reader.Text(), reader.Int32()),
            "vector-ticket1" => new TransferProtocol.Ticket(reader.Text(), Port(reader.Int32()), reader.Guid()),
            "vector-gone1" => new TransferProtocol.Gone(reader.Text()),
            "vector-delivered1" => new TransferProtocol.Delivered(reader.Text()),
            _ => throw Unknown(manifest),
        };
        reader.End();
        return message;
    }

    private static WireWriter Put(WireWriter writer, TrainingMetrics metrics) =>
        writer.Put(metrics.Loss).Put(metrics.Seconds).Put(metrics.Restarts);

    private static TrainingMetrics Metrics(ref WireReader reader) => new(reader.Double(), reader.Double(), reader.Int32());

    private static WireWriter Put(WireWriter writer, VectorReference reference) =>
        writer.Put(reference.Name).Put(reference.Hash).Put(reference.Length);

    private static VectorReference Reference(ref WireReader reader)
    {
        var reference = new VectorReference(reader.Text(), reader.Text(), reader.Int32());
        return reference.IsSound ? reference : throw new InvalidDataException("A message refers to a vector that can't be.");
    }

    private static WireWriter Put(WireWriter writer, TrainingRecipe recipe) => writer
        .Put(recipe.Epochs).Put(recipe.BatchSize).Put(recipe.LearningRate).Put(recipe.Momentum).Put(recipe.Proximal);

    private static TrainingRecipe Recipe(ref WireReader reader)
    {
        var recipe = new TrainingRecipe(
            reader.Int32(), reader.OptionalInt32(), reader.Double(), reader.Double(), reader.Double());
        try
        {
            recipe.Validate();
            return recipe;
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException("A message holds a training recipe that can't be.", exception);
        }
    }

    private static LossReason Reason(int value) => Enum.IsDefined((LossReason)value)
        ? (LossReason)value
        : throw new InvalidDataException($"A message gives {value} as the reason of a loss.");

    private static int Port(int value) => value is > IPEndPoint.MinPort and <= IPEndPoint.MaxPort
        ? value
        : throw new InvalidDataException($"A message gives {value} as a port.");

    private static ArgumentException Unknown(string? what) => new($"The serializer of messages between hosts does not know {what}.");
}
