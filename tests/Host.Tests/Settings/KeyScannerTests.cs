using FedActors.Host.Settings;

namespace FedActors.Host.Tests.Settings;

public sealed class KeyScannerTests
{
    [Fact]
    public void Every_key_is_found_with_its_line()
    {
        var lines = KeyScanner.Scan("""
            # fedactors { commented = out }
            fedactors {
              name = demo, seed = 1   // two on a line
              data { set = glyphs
                path = "a { b } # c" }
              devices.slow.clients = [
                1, 2
              ]
              "quoted.key" : 5
              training
              {
                epochs += 3
              }
              text = ${?HOME}
            }
            """);

        Assert.Equal(2, lines["fedactors"]);
        Assert.Equal(3, lines["fedactors.name"]);
        Assert.Equal(3, lines["fedactors.seed"]);
        Assert.Equal(4, lines["fedactors.data.set"]);
        Assert.Equal(5, lines["fedactors.data.path"]);
        Assert.Equal(6, lines["fedactors.devices.slow.clients"]);
        Assert.Equal(9, lines["fedactors.\"quoted.key\""]);
        Assert.Equal(10, lines["fedactors.training"]);
        Assert.Equal(12, lines["fedactors.training.epochs"]);
        Assert.Equal(14, lines["fedactors.text"]);
        Assert.DoesNotContain("fedactors.commented", lines.Keys);
    }

    [Fact]
    public void The_last_of_two_lines_counts() =>
        Assert.Equal(2, KeyScanner.Scan("a.b = 1\na { b = 2 }\n")["a.b"]);

    [Theory]
    [InlineData("]]]===,,,")]
    [InlineData("a = [1, 2}\n")]
    [InlineData("\"")]
    [InlineData("a = ${")]
    [InlineData("a {{{")]
    public void Nonsense_ends_in_an_answer_or_a_message(string text) =>
        _ = Record.Exception(() => KeyScanner.Scan(text)) is null or KeyScannerException
            ? true
            : throw new InvalidOperationException("The scanner failed in another way.");
}
