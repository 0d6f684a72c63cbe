using FedActors.Host.Comparison;

namespace FedActors.Host.Tests.Comparison;

public sealed class ComparisonTablesTests
{
    [Fact]
    public void Markdown_has_a_row_for_each_policy_with_means_and_deviations() =>
        Assert.Equal(
            """
            # demo: staleness policies compared

            mlp on glyphs, 100 clients, 40 rounds, seeds 1, 2. Mean ± sample standard deviation over the seeds.

            ## After 40 rounds

            | policy | accuracy | class 1 | training s | evaluation s | wall clock s |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | fresh | 80.0 ± 14.1% | 40.0 ± 7.1% | 3.0 ± 1.4 | 1.5 ± 0.7 | 6.0 ± 2.8 |
            | none | 40.0 ± 0.0% | 20.0 ± 0.0% | 3.0 ± 0.0 | 1.5 ± 0.0 | 6.0 ± 0.0 |

            ## Rounds to an accuracy of

            | policy | 50% | 80% | 90% |
            | --- | ---: | ---: | ---: |
            | fresh | 15.0 ± 7.1 | 30 (1 of 2) | 40 (1 of 2) |
            | none | – | – | – |

            ## On the way

            | policy | round 10 | class 1 | round 20 | class 1 | round 30 | class 1 |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | fresh | 50.0 ± 14.1% | 25.0 ± 7.1% | 65.0 ± 7.1% | 32.5 ± 3.5% | 75.0 ± 7.1% | 37.5 ± 3.5% |
            | none | 10.0 ± 0.0% | 5.0 ± 0.0% | 20.0 ± 0.0% | 10.0 ± 0.0% | 30.0 ± 0.0% | 15.0 ± 0.0% |

            """,
            ComparisonMarkdown.Write(Results.Report(
                "1",
                Results.Of("fresh", 1, seconds: 4, 0.40, 0.60, 0.80, 0.90),
                Results.Of("fresh", 2, seconds: 8, 0.60, 0.70, 0.70, 0.70),
                Results.Of("none", 1, seconds: 6, 0.10, 0.20, 0.30, 0.40),
                Results.Of("none", 2, seconds: 6, 0.10, 0.20, 0.30, 0.40))));

    [Fact]
    public void One_seed_has_no_deviations_and_one_evaluation_no_way()
    {
        var tables = ComparisonTables.Of(Results.Report("none", Results.Of("none", 1, seconds: 6, 0.85))).ToList();

        Assert.Equal(2, tables.Count);
        Assert.Equal(["policy", "accuracy", "training s", "evaluation s", "wall clock s"], tables[0].Header.AsEnumerable());
        Assert.Equal(["none", "85.0%", "3.0", "1.5", "6.0"], tables[0].Rows[0].AsEnumerable());
        Assert.Equal(["none", "10", "10", "–"], tables[1].Rows[0].AsEnumerable());
    }

    [Fact]
    public void Stale_updates_have_a_table_where_there_are_any()
    {
        var table = ComparisonTables.Stale(Results.Report(
            "1",
            Results.Of("none", 1, seconds: 6, 0.10, 0.20, 0.30, 0.40),
            Results.Converting(Results.Of("other", 1, seconds: 6, 0.10, 0.20, 0.30, 0.40), switchRound: 30)))!;

        Assert.Equal(
            ["policy", "mean staleness", "conversions", "failed", "iterations", "seconds each", "switch round"], table.Header.AsEnumerable());
        Assert.Equal(["none", "0.0", "–", "–", "–", "–", "–"], table.Rows[0].AsEnumerable());
        Assert.Equal(["other", "10.0", "20", "1", "300", "0.250", "30"], table.Rows[1].AsEnumerable());
    }

    [Fact]
    public void Seconds_of_inversion_have_a_column_where_there_are_any()
    {
        var table = ComparisonTables.End(Results.Report(
            "1",
            Results.Of("none", 1, seconds: 6, 0.85),
            Results.Converting(Results.Of("other", 1, seconds: 6, 0.85), switchRound: null)));

        Assert.Equal(["0.0", "5.0"], table.Rows.Select(row => row[table.Header.IndexOf("inversion s")]));
    }

    [Fact]
    public void Goals_keep_the_digits_that_were_asked_for() =>
        Assert.Equal(
            ["policy", "80%", "97.5%"],
            ComparisonTables.Speed(Results.Report(
                "1", new ComparisonFocus(null, [0.8, 0.975]), Results.Of("none", 1, seconds: 6, 0.85))).Header.AsEnumerable());
}
