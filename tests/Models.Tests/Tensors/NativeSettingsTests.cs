using System.Runtime.InteropServices;
using FedActors.Models.Tests.Support;

namespace FedActors.Models.Tests.Tensors;

public sealed class NativeSettingsTests
{
    [LinuxFact("Only there does .NET keep an environment of its own.")]
    public void Native_code_is_told_to_round_alike_whoever_started_the_process()
    {
        _ = FedActors.Models.Networks.NetworkCatalogue.Names;

        Assert.Contains(Marshal.PtrToStringUTF8(Variable("MKL_CBWR")), (string?[])["AVX2,STRICT", "COMPATIBLE", Environment.GetEnvironmentVariable("MKL_CBWR")]);
        Assert.NotEqual(0, Variable("MKL_CBWR"));
    }

    [DllImport("libc", EntryPoint = "getenv")]
    private static extern nint Variable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
