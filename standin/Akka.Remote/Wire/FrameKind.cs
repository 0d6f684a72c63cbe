namespace Akka.Remote.Wire;

/// <summary>
/// A frame is its length as four bytes, little end first, then one byte of these, then what belongs to the kind. The length
/// counts what follows it.
/// </summary>
internal enum FrameKind : byte
{
    /// <summary>The first frame of who opened the connection: who it is and whom it wants.</summary>
    Hello = 0x01,

    /// <summary>The answer of who accepted it.</summary>
    Welcome = 0x02,

    /// <summary>Or this one, with a reason.</summary>
    Refused = 0x03,

    /// <summary>A message: recipient, sender, serializer, manifest, payload.</summary>
    Message = 0x10,

    /// <summary>A message between cells: its number, then as above.</summary>
    SystemMessage = 0x11,

    /// <summary>All system messages up to this number were handled.</summary>
    Acknowledgement = 0x12,

    /// <summary>Nothing to say.</summary>
    Heartbeat = 0x13,

    /// <summary>The last frame, with a reason.</summary>
    Goodbye = 0x14,
}

/// <summary>Why there is no connection, or no longer one.</summary>
internal enum Farewell : byte
{
    /// <summary>The system stops.</summary>
    Shutdown = 1,

    /// <summary>The other system is quarantined.</summary>
    Quarantined = 2,

    /// <summary>The other system speaks another version, or is not the one that was meant.</summary>
    Misunderstanding = 3,
}
