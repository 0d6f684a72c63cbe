using System.Buffers.Binary;
using System.Text;
using FedActors.Build;

namespace FedActors.Models.Tests.Build;

/// <summary>The build's change to version needs, on a library made up for it. The real one is in <see cref="NativeLibraryTests"/>.</summary>
public sealed class VersionNeedsTests
{
    private const int NeedsAt = 0x100;
    private const int NamesAt = 0x200;
    private const int SectionsAt = 0x300;
    private const int SectionSize = 64;

    [Theory]
    [InlineData("CXX_1", 0x114)]
    [InlineData("CXX_2", 0x124)]
    [InlineData("GCC_3", 0x144)]
    public void Only_the_flags_of_the_need_that_is_meant_change(string version, int flags)
    {
        var elf = MadeUp();
        var before = elf.ToArray();

        VersionNeeds.Loosen(elf, version);

        Assert.Equal(2, elf[flags]);
        elf[flags] = 0;
        Assert.Equal(before, elf);
    }

    [Fact]
    public void A_need_that_is_weak_already_stays_so()
    {
        var elf = MadeUp();
        VersionNeeds.Loosen(elf, "CXX_2");
        var once = elf.ToArray();

        VersionNeeds.Loosen(elf, "CXX_2");

        Assert.Equal(once, elf);
    }

    [Fact]
    public void A_version_that_is_not_needed_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => VersionNeeds.Loosen(MadeUp(), "CXX_3"));

        Assert.Contains("CXX_3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_such_library_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => VersionNeeds.Loosen([], "CXX_1"));
        Assert.Throws<InvalidDataException>(() => VersionNeeds.Loosen(Encoding.ASCII.GetBytes("MZ, which is no ELF file"), "CXX_1"));
    }

    [Fact]
    public void A_library_that_is_cut_short_anywhere_is_refused()
    {
        // Of the last section's header no more is read than where the names begin.
        var whole = MadeUp()[..(SectionsAt + (2 * SectionSize) + 0x20)];
        for (var length = 0; length < whole.Length; length++)
        {
            var error = Record.Exception(() => VersionNeeds.Loosen(whole[..length], "GCC_3"));

            Assert.True(error is InvalidDataException, $"{length} bytes: {error}");
        }
    }

    /// <summary>
    /// A header, the needs of two files (two versions of the first, one of the second), their names, and three sections of
    /// which the second holds the needs and the third the names.
    /// </summary>
    private static byte[] MadeUp()
    {
        var elf = new byte[SectionsAt + (3 * SectionSize)];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(elf, 0);
        Put64(0x28, SectionsAt);
        Put16(0x3a, SectionSize);
        Put16(0x3c, 3);

        // vn_version, vn_cnt, vn_file, vn_aux, vn_next; then vna_hash, vna_flags, vna_other, vna_name, vna_next.
        Need(NeedsAt, count: 2, first: 0x10, next: 0x30);
        Version(NeedsAt + 0x10, name: 1, next: 0x10);
        Version(NeedsAt + 0x20, name: 7, next: 0);
        Need(NeedsAt + 0x30, count: 1, first: 0x10, next: 0);
        Version(NeedsAt + 0x40, name: 13, next: 0);
        Encoding.ASCII.GetBytes("\0CXX_1\0CXX_2\0GCC_3\0").CopyTo(elf, NamesAt);

        Section(1, type: 0x6ffffffe, NeedsAt, link: 2, info: 2);
        Section(2, type: 3, NamesAt, link: 0, info: 0);
        return elf;

        void Need(int at, ushort count, int first, int next)
        {
            Put16(at, 1);
            Put16(at + 2, count);
            Put32(at + 8, (uint)first);
            Put32(at + 12, (uint)next);
        }

        void Version(int at, int name, int next)
        {
            Put32(at + 8, (uint)name);
            Put32(at + 12, (uint)next);
        }

        void Section(int index, uint type, int offset, uint link, uint info)
        {
            var at = SectionsAt + (index * SectionSize);
            Put32(at + 4, type);
            Put64(at + 0x18, offset);
            Put32(at + 0x28, link);
            Put32(at + 0x2c, info);
        }

        void Put16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(at), value);

        void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(elf.AsSpan(at), value);

        void Put64(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(elf.AsSpan(at), value);
    }
}
