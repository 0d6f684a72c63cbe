using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using FedActors.Models.Networks;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Tensors;

public sealed class NativeSettingsTests
{
    [LinuxFact("Only there does .NET keep an environment of its own.")]
    public void Native_code_is_told_to_round_alike_whoever_started_the_process()
    {
        _ = NetworkCatalogue.Names;

        var asked = Environment.GetEnvironmentVariable("MKL_CBWR") ?? (Avx2.IsSupported ? "AVX2,STRICT" : "COMPATIBLE");
        Assert.Equal(asked, Marshal.PtrToStringUTF8(Variable("MKL_CBWR")));
    }

    [DllImport("libc", EntryPoint = "getenv")]
    private static extern nint Variable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
