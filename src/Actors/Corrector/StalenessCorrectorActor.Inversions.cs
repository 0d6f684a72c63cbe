using Akka.Event;
using FedActors.Models.Parameters;
using FedActors.Models.Staleness;
using FedActors.Models.Staleness.Guards;

namespace FedActors.Actors.Corrector;

/// <content>The inversions of one client: one after another, each from what the one before left.</content>
public sealed partial class StalenessCorrectorActor
{
    /// <summary>Does what can be done next for a client.</summary>
    private void GoOn(int client)
    {
        var waiting = _conversions.Values.Where(conversion => conversion.Update.Client == client && !conversion.IsReplaying).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        var memory = _state.Clients.GetValueOrDefault(client);
        var requested = waiting.Where(conversion => conversion.Request is not null).MinBy(conversion => conversion.Order);
        var next = requested ?? waiting.MinBy(conversion => (conversion.Due, conversion.Id))!;
        foreach (var other in waiting.Where(other => other != next || !ReferenceEquals(other.BeganFrom, memory)))
        {
            Abandon(other);
        }

        if (next.Job != 0)
        {
            if (next is { Request: not null, Found: { } found })
            {
                Use(next, found);
            }

            return;
        }

        if (requested is not null || IsLikelyConverted(next))
        {
            Begin(next, memory);
        }
    }

    private bool IsLikelyConverted(Conversion conversion) =>
        conversion.Failures == 0
        && _state.SwitchBack.Weight(_policy.SwitchBack, _version) > 0
        && (_policy.Uniqueness is not { } guard || guard.IsUnique(
            new ObservedUpdate(conversion.Update.Client, conversion.Update.BaseVersion, long.MaxValue, conversion.Sketch),
            _state.Observed));

    private void Begin(Conversion conversion, ClientMemory? memory)
    {
        conversion.BeganFrom = memory;
        conversion.Job = ++_jobs;
        _ofJob.Add(conversion.Job, conversion);
        _crew.Give(
            new InverterProtocol.Invert(conversion.Job, conversion.Update, memory?.Latest, conversion.LookBack),
            ahead: conversion.Request is null);
    }

    private void TakeInversion(InverterProtocol.Inverted inverted)
    {
        _crew.Free(inverted.Job);
        if (!_ofJob.TryGetValue(inverted.Job, out var conversion))
        {
            _wastedSeconds += inverted.Seconds;
            return;
        }

        conversion.Found = inverted;
        GoOn(conversion.Update.Client);
    }

    /// <summary>Makes an inversion's result the client's memory, and has the estimate computed from it.</summary>
    private void Use(Conversion conversion, InverterProtocol.Inverted found)
    {
        var client = conversion.Update.Client;
        _ofJob.Remove(conversion.Job);
        if (ErrorComparison.Of(conversion.LookBack?.Version ?? 0, found.EstimateError, found.StaleError) is { } comparison)
        {
            _comparisons.Add(conversion.Order, comparison);
        }

        if (!found.Result.Explains)
        {
            _log.Warning("The update of assignment {0} could not be inverted; the fallback policy treats it", conversion.Id);
            conversion.Job = 0;
            _state = _state with { Clients = _state.Clients.Remove(client) };
            AnswerByFallback(conversion, CorrectionKind.Failed);
            GoOn(client);
            return;
        }

        var request = conversion.Request!;
        var past = new PastConversion(request.Version, found.Result.Reconstruction, conversion.Update.Delta);
        var memory = ClientMemory.After(conversion.BeganFrom, past, found.Result.Next, conversion.LookBack);
        _state = _state with { Clients = _state.Clients.SetItem(client, memory) };
        conversion.IsReplaying = true;
        Replay(conversion);
        GoOn(client);
    }

    private void Replay(Conversion conversion)
    {
        conversion.Job = ++_jobs;
        _ofJob.Add(conversion.Job, conversion);
        _crew.Give(
            new InverterProtocol.Replay(
                conversion.Job,
                conversion.Found!.Result.Reconstruction,
                conversion.Request!.Current,
                conversion.Update.Samples),
            ahead: false);
    }

    private void TakeEstimate(InverterProtocol.Replayed replayed)
    {
        _crew.Free(replayed.Job);
        if (!_ofJob.Remove(replayed.Job, out var conversion))
        {
            return;
        }

        conversion.Job = 0;
        if (!replayed.Estimate.IsFinite())
        {
            AnswerByFallback(conversion, CorrectionKind.Failed);
            return;
        }

        var request = conversion.Request!;
        Context.System.EventStream.Publish(
            new CorrectorProtocol.EstimateMade(conversion.Update, request.Version, request.Current, replayed.Estimate));
        var found = conversion.Found!;
        Answer(
            conversion,
            new TreatedUpdate(Blend(replayed.Estimate, conversion.Update.Delta, conversion.Weight)),
            new CorrectionReport(CorrectionKind.Converted, found.Result.Iterations, found.Seconds + replayed.Seconds));
    }

    private void ReplaceInverter(InverterProtocol.InverterEnded ended)
    {
        if (_crew.Replace(ended) is not { } work || !_ofJob.TryGetValue(work.Job, out var conversion))
        {
            return;
        }

        if (conversion.Failures <= MaxFailures)
        {
            _crew.Give(work, ahead: conversion.Request is null);
            return;
        }

        _log.Warning(
            "The conversion of assignment {0} failed {1} times: {2}", conversion.Id, conversion.Failures, _lastFailure?.Message ?? "");
        if (conversion.Request is null)
        {
            Abandon(conversion);
            return;
        }

        AnswerByFallback(conversion, CorrectionKind.Failed);
        GoOn(conversion.Update.Client);
    }

    /// <summary>Gives up what was begun for a conversion; it may begin again.</summary>
    private void Abandon(Conversion conversion)
    {
        if (conversion.Job == 0)
        {
            return;
        }

        _ofJob.Remove(conversion.Job);
        if (conversion.Found is { } found && !conversion.IsReplaying)
        {
            _wastedSeconds += found.Seconds;
        }
        else
        {
            _crew.Dismiss(conversion.Job);
        }

        conversion.Job = 0;
        conversion.Found = null;
        conversion.BeganFrom = null;
    }

    /// <summary>γ·Δ̂ + (1 − γ)·Δ.</summary>
    private static ParameterVector Blend(ParameterVector estimate, ParameterVector stale, double weight) =>
        weight == 1 ? estimate : estimate.Scale(weight).AddScaled(stale, 1 - weight);
}
