namespace Akka.Cluster;

/// <summary>A message between the cluster's own actors on different nodes.</summary>
public interface IClusterMessage
{
}
