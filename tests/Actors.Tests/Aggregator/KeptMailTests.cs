using Akka.Actor;
using FedActors.Actors.Aggregator;
using FedActors.Actors.Corrector;
using FedActors.Actors.Devices;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class KeptMailTests
{
    private readonly KeptMail _kept = new();

    [Fact]
    public void A_repetition_takes_the_place_of_what_it_repeats()
    {
        var fetch = new ClientProtocol.FetchVersion(3);
        Keep(Report(1, seed: 1), fetch, Report(2, seed: 2), fetch, Report(1, seed: 3));

        Assert.Equal([Report(1, seed: 3), fetch, Report(2, seed: 2)], Messages());
    }

    [Fact]
    public void A_report_on_somebody_elses_work_does_not_push_out_the_right_one()
    {
        var strange = Report(1, seed: 9) with { Client = 4 };
        Keep(Report(1, seed: 1), strange);

        Assert.Equal([Report(1, seed: 1), strange], Messages());
    }

    [Fact]
    public void A_version_is_kept_for_everyone_who_asks()
    {
        var fetch = new ClientProtocol.FetchVersion(3);
        _kept.Keep(fetch, ActorRefs.Nobody);
        _kept.Keep(fetch, ActorRefs.NoSender!);

        Assert.Equal(2, _kept.TakeAll().Count);
    }

    [Fact]
    public void Other_messages_are_kept_as_often_as_they_come()
    {
        var corrected = new CorrectorProtocol.Corrected(1, null, null!);
        Keep(corrected, corrected);

        Assert.Equal(2, Messages().Count);
    }

    [Fact]
    public void What_was_taken_is_kept_no_longer()
    {
        Keep(Report(1, seed: 1));
        Messages();
        Keep(Report(2, seed: 1), Report(1, seed: 1));

        Assert.Equal([Report(2, seed: 1), Report(1, seed: 1)], Messages());
    }

    private static ClientProtocol.Report Report(long assignment, ulong seed) =>
        new(assignment, 0, 0, 10, Small.Vector(8, seed), Small.Metrics);

    private void Keep(params object[] messages)
    {
        foreach (var message in messages)
        {
            _kept.Keep(message, ActorRefs.Nobody);
        }
    }

    private IReadOnlyList<object> Messages() => [.. _kept.TakeAll().Select(envelope => envelope.Message)];
}
