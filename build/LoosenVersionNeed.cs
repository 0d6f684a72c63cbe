using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;

namespace FedActors.Build
{
    /// <summary>
    /// Makes a copy of an ELF library that loads although the system's libstdc++ lacks a version of its symbols that the
    /// library names but never uses. It does so only where the system does lack it, and only of a library that is known.
    /// </summary>
    public sealed class LoosenVersionNeed : Microsoft.Build.Utilities.Task
    {
        /// <summary>The library, which is left as it is.</summary>
        [Required]
        public string Library { get; set; } = "";

        /// <summary>The hash of the one library that is known to do without the version, in hexadecimal digits.</summary>
        [Required]
        public string Sha256 { get; set; } = "";

        /// <summary>The version that it can do without.</summary>
        [Required]
        public string Version { get; set; } = "";

        /// <summary>Where the copy goes. Where none is needed, nothing is there afterwards.</summary>
        [Required]
        public string Output { get; set; } = "";

        /// <inheritdoc />
        public override bool Execute()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Output));
            File.Delete(Output);
            var elf = File.ReadAllBytes(Library);
            if (SystemLibrary.LacksGcc13() && Hash(elf).Equals(Sha256, StringComparison.OrdinalIgnoreCase))
            {
                VersionNeeds.Loosen(elf, Version);
                var unfinished = Output + "." + Guid.NewGuid().ToString("N");
                File.WriteAllBytes(unfinished, elf);
                File.Move(unfinished, Output);
            }

            return true;
        }

        private static string Hash(byte[] bytes)
        {
            using (var sha = SHA256.Create())
            {
                return BitConverter.ToString(sha.ComputeHash(bytes)).Replace("-", "");
            }
        }
    }

    /// <summary>The system's C++ library.</summary>
    public static class SystemLibrary
    {
        /// <summary>Whether it is older than GCC 13's: whether it lacks the one symbol that came with GLIBCXX_3.4.32.</summary>
        public static bool LacksGcc13()
        {
            try
            {
                Marshal.Prelink(typeof(SystemLibrary).GetMethod(nameof(InitializeStreams)));
                return false;
            }
            catch (EntryPointNotFoundException)
            {
                return true;
            }
            catch (DllNotFoundException)
            {
                return false;
            }
        }

        /// <summary>Looked up, never called.</summary>
        [DllImport("libstdc++.so.6", EntryPoint = "_ZSt21ios_base_library_initv")]
        public static extern void InitializeStreams();
    }

    /// <summary>The versions of symbols that an ELF library needs from others (section .gnu.version_r).</summary>
    public static class VersionNeeds
    {
        private const uint NeedsSection = 0x6ffffffe;
        private const byte Weak = 2;

        /// <summary>Marks a need as weak: a loader that does not find the version goes on, as if it had been there.</summary>
        /// <param name="elf">A 64-bit little-endian library; changed in place.</param>
        /// <param name="version">For example GLIBCXX_3.4.32.</param>
        /// <exception cref="InvalidDataException">It is no such library, is cut short, or needs no such version.</exception>
        public static void Loosen(byte[] elf, string version)
        {
            try
            {
                elf[FindFlags(elf, version)] |= Weak;
            }
            catch (Exception exception)
                when (exception is ArgumentException || exception is IndexOutOfRangeException || exception is OverflowException)
            {
                throw new InvalidDataException("The library is cut short.", exception);
            }
        }

        /// <summary>Where the flags (vna_flags) of a need stand in the file.</summary>
        private static int FindFlags(byte[] elf, string version)
        {
            if (BitConverter.ToUInt32(elf, 0) != 0x464c457f || elf[4] != 2 || elf[5] != 1)
            {
                throw new InvalidDataException("This is no 64-bit little-endian ELF file.");
            }

            var sections = Offset(elf, 0x28);
            int Section(int index) => sections + (index * BitConverter.ToUInt16(elf, 0x3a));
            for (var index = 0; index < BitConverter.ToUInt16(elf, 0x3c); index++)
            {
                var header = Section(index);
                if (BitConverter.ToUInt32(elf, header + 4) != NeedsSection)
                {
                    continue;
                }

                var names = Offset(elf, Section(BitConverter.ToInt32(elf, header + 0x28)) + 0x18);
                var files = BitConverter.ToInt32(elf, header + 0x2c);
                for (var file = Offset(elf, header + 0x18); files > 0; files--, file += BitConverter.ToInt32(elf, file + 12))
                {
                    var need = file + BitConverter.ToInt32(elf, file + 8);
                    for (var needs = BitConverter.ToUInt16(elf, file + 2); needs > 0; needs--, need += BitConverter.ToInt32(elf, need + 12))
                    {
                        if (Name(elf, names + BitConverter.ToInt32(elf, need + 8)) == version)
                        {
                            return need + 4;
                        }
                    }
                }
            }

            throw new InvalidDataException("The library needs no version " + version + ".");
        }

        private static int Offset(byte[] elf, int at) => checked((int)BitConverter.ToInt64(elf, at));

        private static string Name(byte[] elf, int at) => Encoding.ASCII.GetString(elf, at, Array.IndexOf(elf, (byte)0, at) - at);
    }
}
