using FedActors.Host.Comparison;

namespace FedActors.Host.Tests.Comparison;

public sealed class ComparisonTablesTests
{
    [Fact]
    public void Markdown_has_a_row_for_each_policy_with_means_and_deviations() =>
        Assert.Equal(
            """
            # demo: staleness policies compared

            cnn on glyphs, 100 clients, 40 rounds, seeds 1, 2. Mean ± sample standard deviation over the seeds.

            ## After 40 rounds

            | policy | accuracy | class 1 | training s | wall clock s |
            | --- | ---: | ---: | ---: | ---: |
            | fresh | 80.0 ± 14.1% | 40.0 ± 7.1% | 3.0 ± 1.4 | 6.0 ± 2.8 |
            | none | 40.0 ± 0.0% | 20.0 ± 0.0% | 3.0 ± 0.0 | 6.0 ± 0.0 |

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
        Assert.Equal(["policy", "accuracy", "training s", "wall clock s"], tables[0].Header.AsEnumerable());
        Assert.Equal(["none", "85.0%", "3.0", "6.0"], tables[0].Rows[0].AsEnumerable());
        Assert.Equal(["none", "10", "10", "–"], tables[1].Rows[0].AsEnumerable());
    }
}
