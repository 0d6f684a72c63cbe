using FedActors.Host.Settings;
using FedActors.Host.Tests.Support;

namespace FedActors.Host.Tests.Settings;

public sealed class SettingsMistakesTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("name = \"a/b\"", "fedactors.name is 'a/b'", "letters, digits")]
    [InlineData("name = \"\"", "fedactors.name is ''", "letters, digits")]
    [InlineData("seed = -1", "fedactors.seed is '-1'", "whole number from 0")]
    [InlineData("rounds = 0", "fedactors.rounds is '0'", "at least 1")]
    [InlineData("rounds = 1.5", "fedactors.rounds is '1.5'", "whole number")]
    [InlineData("rounds = many", "fedactors.rounds is 'many'", "whole number")]
    [InlineData("rounds = [1]", "fedactors.rounds is a list of 1", "whole number")]
    [InlineData("clock = sundial", "fedactors.clock is 'sundial'", "virtual, wall")]
    [InlineData("round-duration = 0s", "fedactors.round-duration is '0s'", "above 0")]
    [InlineData("device = tpu", "fedactors.device is 'tpu'", "auto, cpu")]
    [InlineData("data.set = imagenet", "fedactors.data.set is 'imagenet'", "glyphs, mnist, cifar10")]
    [InlineData("data.partition = fair", "fedactors.data.partition is 'fair'", "iid, label-sorted, dirichlet")]
    [InlineData("data.alpha = 0", "fedactors.data.alpha is '0'", "above 0")]
    [InlineData("data.alpha = NaN", "fedactors.data.alpha is 'NaN'", "above 0")]
    [InlineData("data.clients = 0", "fedactors.data.clients is '0'", "at least 1")]
    [InlineData("data.samples-per-client = none", "fedactors.data.samples-per-client is 'none'", "or all")]
    [InlineData("data.drift.set = upside-down", "fedactors.data.drift.set is 'upside-down'", "none, inverted, glyphs, mnist, cifar10")]
    [InlineData("data.drift.set = glyphs", "fedactors.data.drift.set is 'glyphs'", "the set that they are from")]
    [InlineData("data.drift.rate = 0", "fedactors.data.drift.rate is '0'", "above 0")]
    [InlineData("data.drift.rotation = 45", "fedactors.data.drift.rotation is '45'", "0, 90, 180, 270")]
    [InlineData("data.drift = inverted", "fedactors.data.drift is a section", "set, rate, rotation")]
    [InlineData("network = transformer", "fedactors.network is 'transformer'", "mlp, cnn, lenet5, resnet8")]
    [InlineData("training.epochs = 0", "fedactors.training.epochs is '0'", "at least 1")]
    [InlineData("training.batch-size = half", "fedactors.training.batch-size is 'half'", "or full")]
    [InlineData("training.learning-rate = Infinity", "fedactors.training.learning-rate is 'Infinity'", "above 0")]
    [InlineData("training.momentum = 1", "fedactors.training.momentum is '1'", "below 1")]
    [InlineData("training.proximal = -0.1", "fedactors.training.proximal is '-0.1'", "at least 0")]
    [InlineData("selection.policy = nicest", "fedactors.selection.policy is 'nicest'", "round-robin, random, available")]
    [InlineData("selection.per-round = 101", "fedactors.selection.per-round is '101'", "data.clients sets to 100")]
    [InlineData("cadence.policy = weekly", "fedactors.cadence.policy is 'weekly'", "rounds, synchronous")]
    [InlineData("cadence.quorum = 0", "fedactors.cadence.quorum is '0'", "above 0 and at most 1")]
    [InlineData("cadence.deadline = 0s", "fedactors.cadence.deadline is '0s'", "above 0, or none")]
    [InlineData("cadence.buffer = 0", "fedactors.cadence.buffer is '0'", "at least 1")]
    [InlineData("selection.concurrency = 101", "fedactors.selection.concurrency is '101'", "data.clients sets to 100")]
    [InlineData("selection.concurrency = 0", "fedactors.selection.concurrency is '0'", "or none")]
    [InlineData("selection.over-selection = 0.5", "fedactors.selection.over-selection is '0.5'", "at least 1")]
    [InlineData("selection.over-selection = 1000", "fedactors.selection.over-selection is '1000'", "but data.clients is 100")]
    [InlineData("devices.latency = 3", "fedactors.devices.latency is '3'", "40 rounds")]
    [InlineData("devices.latency = -1 rounds", "fedactors.devices.latency is '-1 rounds'", "40 rounds")]
    [InlineData("devices.trace = \"\"", "fedactors.devices.trace is ''", "isn't empty")]
    [InlineData("devices.jitter.distribution = gamma", "fedactors.devices.jitter.distribution is 'gamma'", "none, uniform, log-normal")]
    [InlineData("devices.jitter.spread = 1.1", "fedactors.devices.jitter.spread is '1.1'", "from 0 to 1")]
    [InlineData("devices.jitter.sigma = -1", "fedactors.devices.jitter.sigma is '-1'", "at least 0")]
    [InlineData("devices.jitter.of = client", "fedactors.devices.jitter.of is 'client'", "assignment, device")]
    [InlineData("devices.slow.choose = some", "fedactors.devices.slow.choose is 'some'", "none, most-of-class, random, list")]
    [InlineData("devices.slow.choose = list", "fedactors.devices.slow.choose is 'list'", "at least one client")]
    [InlineData("devices.slow.clients = [3, 100]", "fedactors.devices.slow.clients is a list of 2", "below the number of clients")]
    [InlineData("devices.slow.clients = [a]", "fedactors.devices.slow.clients is a list of 1", "list of client numbers")]
    [InlineData("devices.slow.clients = 3", "fedactors.devices.slow.clients is '3'", "list of client numbers")]
    [InlineData("devices.slow.count = 101", "fedactors.devices.slow.count is '101'", "data.clients sets to 100")]
    [InlineData("devices.dropout.crash = 1", "fedactors.devices.dropout.crash is '1'", "below 1")]
    [InlineData("devices.dropout.offline = often", "fedactors.devices.dropout.offline is 'often'", "below 1")]
    [InlineData("devices.dropout.max-backoff = 1ms", "fedactors.devices.dropout.max-backoff is '1ms'", "at least min-backoff")]
    [InlineData("staleness.policy = gradient-conversion", "is 'gradient-conversion'", "one of fresh, none, drop, constant, polynomial,")]
    [InlineData("staleness.discount = both", "fedactors.staleness.discount is 'both'", "update, weight")]
    [InlineData("staleness.constant.factor = 2", "fedactors.staleness.constant.factor is '2'", "from 0 to 1")]
    [InlineData("staleness.exponential.half-life = 0", "fedactors.staleness.exponential.half-life is '0'", "above 0")]
    [InlineData("staleness.drop.limit = -1", "fedactors.staleness.drop.limit is '-1'", "at least 0")]
    [InlineData("staleness.first-order.lambda = -1", "fedactors.staleness.first-order.lambda is '-1'", "at least 0")]
    [InlineData("staleness.weight-prediction.window = 0", "fedactors.staleness.weight-prediction.window is '0'", "at least 1")]
    [InlineData("staleness.tiers.count = 0", "fedactors.staleness.tiers.count is '0'", "at least 1")]
    [InlineData("staleness.gradient-inversion.images = 0", "fedactors.staleness.gradient-inversion.images is '0'", "at least 1")]
    [InlineData("staleness.gradient-inversion.disparity = l3", "fedactors.staleness.gradient-inversion.disparity is 'l3'", "l1, l2, cosine")]
    [InlineData("staleness.gradient-inversion.keep = 0", "fedactors.staleness.gradient-inversion.keep is '0'", "above 0 and at most 1")]
    [InlineData("staleness.gradient-inversion.keep = 1.5", "fedactors.staleness.gradient-inversion.keep is '1.5'", "above 0 and at most 1")]
    [InlineData("staleness.gradient-inversion.every-batch = maybe", "fedactors.staleness.gradient-inversion.every-batch is 'maybe'", "on, off")]
    [InlineData("staleness.gradient-inversion.cold.iterations = 0", "fedactors.staleness.gradient-inversion.cold.iterations is '0'", "at least 1")]
    [InlineData("staleness.gradient-inversion.cold.progress = 1", "fedactors.staleness.gradient-inversion.cold.progress is '1'", "below 1")]
    [InlineData("staleness.gradient-inversion.warm.rate = 0", "fedactors.staleness.gradient-inversion.warm.rate is '0'", "above 0")]
    [InlineData("staleness.gradient-inversion.warm.patience = 0", "fedactors.staleness.gradient-inversion.warm.patience is '0'", "at least 1")]
    [InlineData("staleness.gradient-inversion.min-staleness = 0", "fedactors.staleness.gradient-inversion.min-staleness is '0'", "at least 1")]
    [InlineData("staleness.gradient-inversion.uniqueness.enabled = perhaps", "fedactors.staleness.gradient-inversion.uniqueness.enabled is 'perhaps'", "on, off")]
    [InlineData("staleness.gradient-inversion.uniqueness.window = -1", "fedactors.staleness.gradient-inversion.uniqueness.window is '-1'", "at least 0")]
    [InlineData("staleness.gradient-inversion.uniqueness.quantile = 0", "fedactors.staleness.gradient-inversion.uniqueness.quantile is '0'", "above 0 and at most 1")]
    [InlineData("staleness.gradient-inversion.uniqueness.margin = 0", "fedactors.staleness.gradient-inversion.uniqueness.margin is '0'", "above 0")]
    [InlineData("staleness.gradient-inversion.uniqueness.min-neighbours = 1", "fedactors.staleness.gradient-inversion.uniqueness.min-neighbours is '1'", "at least 2")]
    [InlineData("staleness.gradient-inversion.switch-back.window = 0", "fedactors.staleness.gradient-inversion.switch-back.window is '0'", "at least 1")]
    [InlineData("staleness.gradient-inversion.switch-back.min-comparisons = 2", "fedactors.staleness.gradient-inversion.switch-back.min-comparisons is '2'", "at least 3")]
    [InlineData("staleness.gradient-inversion.switch-back.over = 0", "fedactors.staleness.gradient-inversion.switch-back.over is '0'", "at least 1")]
    [InlineData("staleness.gradient-inversion.budget = 0s", "fedactors.staleness.gradient-inversion.budget is '0s'", "above 0")]
    [InlineData("staleness.gradient-inversion.budget = 30", "fedactors.staleness.gradient-inversion.budget is '30'", "with its unit")]
    [InlineData("staleness.gradient-inversion.fallback = tiers", "fedactors.staleness.gradient-inversion.fallback is 'tiers'", "none, drop, constant, polynomial, hinge, exponential, first-order")]
    [InlineData("staleness.gradient-inversion.fallback = gradient-inversion", "fedactors.staleness.gradient-inversion.fallback is 'gradient-inversion'", "none, drop, constant")]
    [InlineData("acceptance.max-norm = 0", "fedactors.acceptance.max-norm is '0'", "or none")]
    [InlineData("aggregation.rule = best", "fedactors.aggregation.rule is 'best'", "mean, sample-weighted-mean, median")]
    [InlineData("aggregation.trim = 0.5", "fedactors.aggregation.trim is '0.5'", "below 0.5")]
    [InlineData("aggregation.server-optimizer = sgd", "fedactors.aggregation.server-optimizer is 'sgd'", "none, momentum, adam, yogi")]
    [InlineData("aggregation.server.rate = 0", "fedactors.aggregation.server.rate is '0'", "or auto")]
    [InlineData("aggregation.of = weights", "fedactors.aggregation.of is 'weights'", "updates, models")]
    [InlineData("journal.version-memory = 7", "fedactors.journal.version-memory is '7'", "with its unit")]
    [InlineData("evaluation.every = 0 rounds", "fedactors.evaluation.every is '0 rounds'", "at least 1")]
    [InlineData("evaluation.watch-class = five", "fedactors.evaluation.watch-class is 'five'", "or none")]
    [InlineData("journal.interval = soon", "fedactors.journal.interval is 'soon'", "duration")]
    [InlineData("downloads.mnist.mirrors = [\"ftp://x/\"]", "fedactors.downloads.mnist.mirrors", "https://")]
    [InlineData("downloads.mnist.mirrors = []", "fedactors.downloads.mnist.mirrors", "at least one")]
    [InlineData("downloads.mnist.files.t10k-labels-idx1-ubyte = 123", "is '123'", "hexadecimal")]
    [InlineData("training = 5", "fedactors.training is a section", "epochs, batch-size")]
    [InlineData("rounds { a = 1 }", "fedactors.rounds is a single value", "not a section")]
    [InlineData("sed = 1", "no setting fedactors.sed", "Did you mean fedactors.seed?")]
    [InlineData("training.learning_rate = 1", "no setting fedactors.training.learning_rate", "Did you mean fedactors.training.learning-")]
    [InlineData("training.qqqqqqqqq = 1", "no setting fedactors.training.qqqqqqqqq", "The keys of fedactors.training are epochs")]
    public void A_mistake_names_file_line_key_value_and_what_is_allowed(string line, string what, string allowed)
    {
        _host.Write("wrong.conf", $"fedactors {{\n  {line}\n}}\n");

        var problem = Assert.Single(Read("wrong.conf").Problems);

        Assert.Equal(new SettingOrigin("wrong.conf", 2), problem.Origin);
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        _host.Write("wrong.conf", """
            fedactors {
              rounds = none
              training { epoch = 3 }
              network = vgg
            }
            unrelated = 1
            """);

        var problems = Read("wrong.conf", "momentum=2", "training.momentum=2", "no-value").Problems;

        Assert.Equal(
            [
                "wrong.conf, line 2",
                "wrong.conf, line 3",
                "wrong.conf, line 4",
                "wrong.conf, line 6",
                "--set no-value",
                "--set momentum=2",
                "--set training.momentum=2",
            ],
            problems.Select(problem => problem.Origin.ToString()));
    }

    [Fact]
    public void A_default_that_no_longer_fits_is_called_one()
    {
        var problem = Assert.Single(Read(null, "data.clients=5").Problems);

        Assert.StartsWith("by default: fedactors.selection.per-round is '10'", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fedactors {\n  data {\n    clients = 3\n", "this '{' is never closed", 2)]
    [InlineData("fedactors {\n}\n}\n", "this '}' closes nothing", 3)]
    [InlineData("fedactors {\n  name = \"x\n}\n", "quoted text is never closed", 2)]
    [InlineData("fedactors.devices.slow.clients = [1,\n", "this '[' is never closed", 1)]
    [InlineData("fedactors {\n  data.path = C:/data\n}\n", "must stand in quotes", 2)]
    public void Broken_syntax_is_reported_with_its_line(string text, string message, int line)
    {
        _host.Write("broken.conf", text);

        var problem = Assert.Single(Read("broken.conf").Problems);

        Assert.Equal(new SettingOrigin("broken.conf", line), problem.Origin);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named_with_its_full_path() =>
        Assert.Contains(_host.PathOf("gone.conf"), Read("gone.conf").Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_include_is_named()
    {
        _host.Write("main.conf", "include \"gone.conf\"\n");

        Assert.Contains("gone.conf", Read("main.conf").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_includes_itself_is_reported()
    {
        _host.Write("loop.conf", "include \"loop.conf\"\n");

        Assert.Contains("does 'loop.conf' include itself?", Read("loop.conf").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_from_a_key_that_is_not_there_is_reported_with_its_file()
    {
        _host.Write("main.conf", "include \"base.conf\"\n");
        _host.Write("base.conf", "fedactors.rounds = ${fedactors.gone}\n");

        var problem = Assert.Single(Read("main.conf").Problems);

        Assert.Equal(new SettingOrigin("base.conf"), problem.Origin);
        Assert.Contains("fedactors.gone", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_an_included_file_names_that_file()
    {
        _host.Write("main.conf", "include \"base.conf\"\nfedactors.seed = 3\n");
        _host.Write("base.conf", "fedactors {\n  rounds = 0\n}\n");

        Assert.Equal(new SettingOrigin("base.conf", 2), Assert.Single(Read("main.conf").Problems).Origin);
    }

    private SettingsException Read(string? file, params string[] overrides) =>
        Assert.Throws<SettingsException>(() => new SettingsReader(_host.Directory, _host.Variable).Read(file, overrides));
}
