namespace FedActors.Host.Terminal;

/// <summary>A bar of text that fills from the left.</summary>
internal static class ProgressBar
{
    /// <summary>The bar as markup.</summary>
    /// <param name="share">How much of it is full, in [0, 1]; values outside are clamped.</param>
    /// <param name="width">Its characters.</param>
    public static string Draw(double share, int width)
    {
        var filled = double.IsNaN(share) ? 0 : (int)Math.Round(Math.Clamp(share, 0, 1) * width);
        return $"[green]{new string('━', filled)}[/][grey]{new string('─', width - filled)}[/]";
    }
}
