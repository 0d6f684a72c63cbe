namespace TorchSharp.Autograd;

/// <summary>Destroys chains of nodes one after another: a long graph must not become a deep recursion.</summary>
internal static class NodeReaper
{
    [ThreadStatic]
    private static Stack<GraphNode>? t_pending;

    [ThreadStatic]
    private static bool t_busy;

    public static void Destroy(GraphNode node)
    {
        if (t_busy)
        {
            (t_pending ??= new Stack<GraphNode>()).Push(node);
            return;
        }

        t_busy = true;
        try
        {
            node.Destroy();
            while (t_pending is not null && t_pending.TryPop(out var next))
            {
                next.Destroy();
            }
        }
        finally
        {
            t_busy = false;
        }
    }
}
