using FedActors.Actors.Aggregator;
using FedActors.Actors.Tests.Support;

namespace FedActors.Actors.Tests.Aggregator;

public sealed class AssignmentLedgerTests
{
    private readonly AssignmentLedger _ledger = new();

    [Fact]
    public void Ids_rise_by_one_and_are_never_given_twice()
    {
        var first = Give();
        _ledger.Close(first.Id);

        Assert.Equal([1L, 2L, 3L], new[] { first.Id, Give().Id, Give().Id });
    }

    [Fact]
    public void An_id_is_closed_only_after_it_was_given()
    {
        var assignment = Give();

        Assert.False(_ledger.IsClosed(assignment.Id));
        _ledger.Close(assignment.Id);

        Assert.True(_ledger.IsClosed(assignment.Id));
        Assert.Null(_ledger.Find(assignment.Id));
        Assert.All([-1L, 0L, 2L], id => Assert.False(_ledger.IsClosed(id)));
    }

    [Fact]
    public void Open_work_comes_in_the_order_it_was_given()
    {
        var given = Enumerable.Range(0, 5).Select(_ => Give()).ToList();
        _ledger.Close(given[1].Id);

        Assert.Equal([1L, 3L, 4L, 5L], _ledger.Open.Select(assignment => assignment.Id));
    }

    [Fact]
    public void A_restored_ledger_goes_on_where_the_old_one_was()
    {
        var open = Give();
        _ledger.Close(Give().Id);

        var restored = new AssignmentLedger();
        restored.Restore(_ledger.NextId, _ledger.Open, _ledger.Unknown);

        Assert.Same(open, restored.Find(open.Id));
        Assert.True(restored.IsClosed(2));
        Assert.Equal(3, restored.NextId);
    }

    private Assignment Give()
    {
        var assignment = Small.Given(_ledger.NextId);
        _ledger.Give(assignment);
        return assignment;
    }

    [Fact]
    public void Work_of_before_a_crash_is_adopted_in_any_order_and_what_never_comes_is_neither_open_nor_closed()
    {
        _ledger.Restore(10, [], []);

        _ledger.Adopt(Small.Given(13));
        _ledger.Adopt(Small.Given(11));
        _ledger.Close(13);

        Assert.Equal(14, _ledger.NextId);
        Assert.Equal([11], _ledger.Open.Select(open => open.Id));
        Assert.Equal([new IdRange(10, 10), new IdRange(12, 12)], _ledger.Unknown);
        Assert.Equal([false, false, false, true, false], Enumerable.Range(10, 5).Select(id => _ledger.IsClosed(id)));
    }

    [Fact]
    public void An_id_of_before_a_crash_never_means_the_work_of_after_it()
    {
        _ledger.Restore(10, [], []);
        _ledger.Adopt(Small.Given(11));

        _ledger.SkipUnknown();
        var next = Give();
        _ledger.Close(next.Id);

        Assert.All([10L, 12L, 13L, next.Id - 1], id => Assert.False(_ledger.IsClosed(id)));
        Assert.True(_ledger.IsClosed(next.Id));
    }

    [Fact]
    public void What_a_second_crash_left_in_the_log_is_adopted_across_what_was_left_out_at_the_first()
    {
        _ledger.Restore(10, [], []);
        _ledger.SkipUnknown();
        var second = _ledger.NextId + 2;

        _ledger.Restore(10, [], []);
        _ledger.Adopt(Small.Given(second));
        _ledger.Adopt(Small.Given(10));

        Assert.Equal([10, second], _ledger.Open.Select(open => open.Id));
        Assert.Equal([new IdRange(11, second - 1)], _ledger.Unknown);
    }
}
