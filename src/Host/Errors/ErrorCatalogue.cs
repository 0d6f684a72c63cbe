using System.Text.RegularExpressions;
using FedActors.Actors.Devices;
using FedActors.Host.Data;
using FedActors.Host.Settings;
using FedActors.Models.Data;
using FedActors.Models.Tensors;

namespace FedActors.Host.Errors;

/// <summary>What the user is told of an error, and what the program ends with.</summary>
/// <param name="ExitCode">One of <see cref="Errors.ExitCode"/>.</param>
/// <param name="Message">What is wrong, where, and what to do.</param>
internal sealed record ErrorReport(int ExitCode, string Message);

/// <summary>Every kind of error that reaches the user, in one place.</summary>
internal static partial class ErrorCatalogue
{
    /// <summary>Describes an error.</summary>
    public static ErrorReport Describe(Exception error) => error switch
    {
        SettingsException => new ErrorReport(
            ExitCode.Usage, $"{error.Message}\n`{CommandName.Current} config reference` explains every setting."),
        UsageException or TraceException or DeviceUnavailableException => new ErrorReport(ExitCode.Usage, error.Message),
        DataUnavailableException or CorruptDataException or DownloadException => new ErrorReport(ExitCode.Data, error.Message),
        RunFailedException or TorchUnavailableException => new ErrorReport(ExitCode.Failed, error.Message),
        OperationCanceledException => new ErrorReport(ExitCode.Interrupted, "interrupted."),
        UnauthorizedAccessException => new ErrorReport(ExitCode.Failed, $"a file or folder may not be used: {error.Message}"),
        IOException => new ErrorReport(ExitCode.Failed, $"a file or folder can't be used: {error.Message}"),
        OutOfMemoryException => new ErrorReport(
            ExitCode.Failed, "the machine is out of memory. Fewer clients or a smaller network need less."),
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        _ => new ErrorReport(
            ExitCode.Failed,
            $"an unexpected error, {error.GetType().Name}: {error.Message}\nThe option --verbose shows where it happened."),
    };

    /// <summary>The message of an argument check without the name of the parameter, which means nothing to the user.</summary>
    public static string WithoutParameterName(ArgumentException error) => ParameterName().Replace(error.Message, "");

    [GeneratedRegex(@" \(Parameter '[^']*'\)")]
    private static partial Regex ParameterName();
}
