namespace Akka;

/// <summary>Says that an asynchronous step is over, where there is nothing else to return.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }

    public override string ToString() => nameof(Done);
}
