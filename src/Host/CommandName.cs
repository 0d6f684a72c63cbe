namespace FedActors.Host;

/// <summary>How the user starts this program, for the commands that messages propose.</summary>
internal static class CommandName
{
    private const string Project = "src/Host";

    /// <summary><c>fedactors</c>, or the command that builds and starts it in a checkout of the sources.</summary>
    public static string Current { get; } =
        File.Exists(Path.Combine(Project, "FedActors.Host.csproj")) ? $"dotnet run --project {Project} --" : "fedactors";
}
