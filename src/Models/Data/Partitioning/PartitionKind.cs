namespace FedActors.Models.Data;

/// <summary>How training images are dealt to clients.</summary>
public enum PartitionKind
{
    /// <summary>At random: every client sees the same distribution.</summary>
    Iid,

    /// <summary>Sorted by label and cut into blocks: about one class a client.</summary>
    LabelSorted,

    /// <summary>Class proportions of each client drawn from a symmetric Dirichlet distribution.</summary>
    Dirichlet,
}
