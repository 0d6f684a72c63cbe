using Akka.Configuration;
using Akka.Configuration.Hocon;
using Xunit;

namespace FedActors.Standin.Conformance;

public sealed class HoconTests
{
    [Theory]
    [InlineData("a.b.c = 42")]
    [InlineData("a { b { c = 42 } }")]
    [InlineData("a.b { c : 42 }")]
    [InlineData("""{ "a" : { "b" : { "c" : 42 } } }""")]
    [InlineData("a = { b = { c = 42, d = 1 } }")]
    [InlineData("# comment\na.b.c = 42 // the answer")]
    [InlineData("a\n{\n  b.c = 42\n}")]
    [InlineData("a.b.c = 1\na.b.c = 42")]
    public void There_are_many_ways_to_say_the_same(string hocon)
    {
        Assert.Equal(42, Parse(hocon).GetInt("a.b.c"));
    }

    [Fact]
    public void Objects_with_the_same_key_are_merged()
    {
        var config = Parse("a { x = 1, y = 1 }\na { y = 2, z = 2 }\na.w = 3");

        Assert.Equal(["x:1", "y:2", "z:2", "w:3"], config.GetValue("a").GetObject().Items.Select(item => $"{item.Key}:{item.Value}"));
    }

    [Fact]
    public void A_plain_value_replaces_an_object_and_the_other_way_round()
    {
        Assert.Equal("5", Parse("a { x = 1 }\na = 5").GetString("a"));
        Assert.Equal(1, Parse("a = 5\na { x = 1 }").GetInt("a.x"));
    }

    [Theory]
    [InlineData("a = plain text here", "plain text here")]
    [InlineData("a = plain   spaces  # no comment", "plain   spaces")]
    [InlineData("""a = "quoted, with = and :" """, "quoted, with = and :")]
    [InlineData("""a = "tab\tnewline\nquote\"backslash\\unicode\u0041" """, "tab\tnewline\nquote\"backslash\\unicodeA")]
    [InlineData("a = \"\"\"C:\\no \"escapes\" here\"\"\"", "C:\\no \"escapes\" here")]
    [InlineData("""a = one "two" three""", "one two three")]
    [InlineData("a = /usr/local/share", "/usr/local/share")]
    [InlineData("a = 127.0.0.1", "127.0.0.1")]
    public void Texts_can_be_written_in_several_ways(string hocon, string expected)
    {
        Assert.Equal(expected, Parse(hocon).GetString("a"));
    }

    [Fact]
    public void Null_is_there_but_has_no_text()
    {
        var config = Parse("a = null");

        Assert.True(config.HasPath("a"));
        Assert.Null(config.GetString("a"));
        Assert.False(config.HasPath("b"));
        Assert.Null(config.GetString("b"));
        Assert.Equal("other", config.GetString("b", "other"));
    }

    [Fact]
    public void Numbers_and_booleans_are_read_by_type()
    {
        var config = Parse("int = -7, long = 5000000000, float = 1.5, small = 1e-4, yes = on, no = false");

        Assert.Equal(-7, config.GetInt("int"));
        Assert.Equal(5_000_000_000, config.GetLong("long"));
        Assert.Equal(1.5f, config.GetFloat("float"));
        Assert.Equal(1e-4, config.GetDouble("small"));
        Assert.Equal(1.5m, config.GetDecimal("float"));
        Assert.True(config.GetBoolean("yes"));
        Assert.False(config.GetBoolean("no"));
    }

    [Fact]
    public void What_is_absent_has_the_given_default()
    {
        var config = Parse("");

        Assert.Equal(3, config.GetInt("x", 3));
        Assert.Equal(3L, config.GetLong("x", 3));
        Assert.Equal(0.5, config.GetDouble("x", 0.5));
        Assert.True(config.GetBoolean("x", true));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("x", TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.Zero, config.GetTimeSpan("x"));
        Assert.Equal(10, config.GetByteSize("x", 10));
        Assert.Empty(config.GetStringList("x"));
        Assert.Null(config.GetConfig("x"));
        Assert.Null(config.GetValue("x"));
        Assert.True(config.IsEmpty);
    }

    [Theory]
    [InlineData("a = many", typeof(FormatException))]
    [InlineData("a = { b = 1 }", typeof(ArgumentNullException))]
    public void A_value_of_the_wrong_form_is_refused(string hocon, Type exception)
    {
        Assert.Throws(exception, () => Parse(hocon).GetInt("a"));
    }

    [Fact]
    public void An_unknown_boolean_is_refused()
    {
        Assert.Throws<NotSupportedException>(() => Parse("a = perhaps").GetBoolean("a"));
    }

    [Theory]
    [InlineData("500 ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1 day", 86_400_000)]
    [InlineData("250", 250)]
    [InlineData("3 seconds", 3000)]
    public void Durations_have_units_or_count_milliseconds(string text, double milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse($"a = {text}").GetTimeSpan("a"));
    }

    [Fact]
    public void A_duration_may_be_infinite_unless_that_is_refused()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Parse("a = infinite").GetTimeSpan("a"));
        Assert.Throws<FormatException>(() => Parse("a = infinite").GetTimeSpan("a", allowInfinite: false));
        Assert.Throws<FormatException>(() => Parse("a = soon").GetTimeSpan("a"));
        Assert.Throws<FormatException>(() => Parse("a = -1").GetTimeSpan("a"));
    }

    [Theory]
    [InlineData("128000", 128_000)]
    [InlineData("128000b", 128_000)]
    [InlineData("1 KiB", 1024)]
    [InlineData("1k", 1024)]
    [InlineData("1kB", 1000)]
    [InlineData("64 KiB", 65_536)]
    [InlineData("10 MB", 10_000_000)]
    [InlineData("10m", 10_485_760)]
    [InlineData("2GiB", 2_147_483_648)]
    public void Sizes_have_binary_and_decimal_units(string text, long bytes)
    {
        Assert.Equal(bytes, Parse($"a = {text}").GetByteSize("a"));
    }

    [Fact]
    public void Lists_are_separated_by_commas_or_lines()
    {
        Assert.Equal([1, 2, 3], Parse("a = [1, 2, 3]").GetIntList("a"));
        Assert.Equal([1, 2, 3], Parse("a = [\n  1\n  2\n  3\n]").GetIntList("a"));
        Assert.Equal(["x y", "z"], Parse("a = [x y, \"z\"]").GetStringList("a"));
        Assert.Equal([0.5, 1.5], Parse("a = [0.5, 1.5]").GetDoubleList("a"));
        Assert.Equal([1L, 2L], Parse("a = [1, 2]").GetLongList("a"));
        Assert.Equal([true, false], Parse("a = [on, off]").GetBooleanList("a"));
    }

    [Fact]
    public void Lists_side_by_side_are_joined()
    {
        Assert.Equal([1, 2, 3, 4], Parse("a = [1, 2] [3, 4]").GetIntList("a"));
    }

    [Fact]
    public void A_list_may_hold_objects()
    {
        var items = Parse("a = [ { x = 1 }, { x = 2 } ]").GetValue("a").GetArray();

        Assert.Equal([1, 2], items.Select(item => item.GetObject().GetKey("x").GetInt()));
    }

    [Fact]
    public void A_later_list_replaces_an_earlier_one()
    {
        Assert.Equal([3], Parse("a = [1, 2]\na = [3]").GetIntList("a"));
    }

    [Fact]
    public void A_substitution_takes_the_value_of_another_key()
    {
        var config = Parse("a { name = Ada, list = [1, 2], text = hello ${a.name}, more = ${a.list} [3], object = ${b} }\nb { x = 1 }");

        Assert.Equal("hello Ada", config.GetString("a.text"));
        Assert.Equal([1, 2, 3], config.GetIntList("a.more"));
        Assert.Equal(1, config.GetInt("a.object.x"));
    }

    [Fact]
    public void A_substitution_of_nothing_is_refused()
    {
        Assert.Throws<FormatException>(() => Parse("a = ${b.c}"));
    }

    [Fact]
    public void An_include_brings_in_another_document_where_it_stands()
    {
        var config = ConfigurationFactory.ParseString(
            "outer { include \"inner.conf\"\n  x = 2 }",
            name => Parser.Parse($"file = {name}, x = 1, y = 1", null));

        Assert.Equal("inner.conf", config.GetString("outer.file"));
        Assert.Equal(2, config.GetInt("outer.x"));
        Assert.Equal(1, config.GetInt("outer.y"));
    }

    [Theory]
    [InlineData("a = 1\nurl = http://example.org", typeof(ConfigurationException))]
    [InlineData("a = 1\n@ = 2", typeof(FormatException))]
    [InlineData("a = \"\\q\"", typeof(FormatException))]
    public void What_cannot_be_read_is_refused(string hocon, Type exception)
    {
        Assert.Throws(exception, () => Parse(hocon));
    }

    [Fact]
    public void Keys_in_quotes_may_contain_anything()
    {
        var config = Parse("""deployment { "/user/a.b" { dispatcher = x } }""");

        Assert.Equal("x", config.GetString("deployment.\"/user/a.b\".dispatcher"));
    }

    [Fact]
    public void A_fallback_fills_in_what_is_absent_at_every_depth()
    {
        var config = Parse("a { x = 1 }").WithFallback(Parse("a { x = 2, y = 2 }\nb = 2")).WithFallback(Parse("a.z = 3, b = 3"));

        Assert.Equal(1, config.GetInt("a.x"));
        Assert.Equal(2, config.GetInt("a.y"));
        Assert.Equal(3, config.GetInt("a.z"));
        Assert.Equal(2, config.GetInt("b"));
        Assert.Equal(3, config.GetConfig("a").GetInt("z"));
        Assert.Equal(["x", "y", "z"], config.GetConfig("a").AsEnumerable().Select(pair => pair.Key).Order());
    }

    [Fact]
    public void A_fallback_changes_neither_of_the_two()
    {
        var user = Parse("a.x = 1");
        var reference = Parse("a.y = 2");

        user.WithFallback(reference);

        Assert.False(user.HasPath("a.y"));
        Assert.False(reference.HasPath("a.x"));
    }

    [Fact]
    public void A_list_of_the_user_replaces_that_of_the_reference()
    {
        Assert.Equal([9], Parse("a = [9]").WithFallback(Parse("a = [1, 2]")).GetIntList("a"));
    }

    [Fact]
    public void The_tree_can_be_walked()
    {
        var root = Parse("object { x = 1 }\nlist = [1, 2]\ntext = hello").Root.GetObject();

        Assert.Equal(["object", "list", "text"], root.Items.Keys);
        Assert.True(root.GetKey("object").IsObject());
        Assert.True(root.GetKey("list").IsArray());
        Assert.True(root.GetKey("text").IsString());
        Assert.False(root.GetKey("text").IsObject());
        Assert.False(root.GetKey("object").IsString());
        Assert.Null(root.GetKey("nothing"));
        Assert.IsAssignableFrom<IDictionary<string, object>>(root.Unwrapped["object"]);
    }

    [Fact]
    public void What_is_printed_can_be_read_again()
    {
        var config = Parse("""a { b = "two words", list = [1, 2], c.d = 5 }""");

        var again = Parse(config.ToString());

        Assert.Equal("two words", again.GetString("a.b"));
        Assert.Equal([1, 2], again.GetIntList("a.list"));
        Assert.Equal(5, again.GetInt("a.c.d"));
    }

    [Fact]
    public void Text_is_a_configuration_wherever_one_is_expected()
    {
        Config config = "a = 1";

        Assert.Equal(1, config.GetInt("a"));
        Assert.Equal(2, (config + "b = 2").GetInt("b"));
        Assert.True(Config.Empty.IsNullOrEmpty());
    }

    [Fact]
    public void The_reference_configuration_has_the_defaults_of_the_library()
    {
        var reference = ConfigurationFactory.Default();

        Assert.Equal("INFO", reference.GetString("akka.loglevel"));
        Assert.False(reference.GetBoolean("akka.actor.serialize-messages"));
        Assert.True(reference.GetInt("akka.actor.default-dispatcher.throughput") > 0);
    }

    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);
}
