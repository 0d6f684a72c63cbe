using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Walks over the characters of a document and cuts out keys, texts and blanks.</summary>
internal sealed class HoconReader
{
    private readonly string _text;
    private int _position;

    public HoconReader(string text)
    {
        _text = text;
    }

    public bool AtEnd => _position >= _text.Length;

    public int Line => 1 + _text.AsSpan(0, Math.Min(_position, _text.Length)).Count('\n');

    public char Peek(int ahead = 0) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    public bool Sees(string pattern) => string.CompareOrdinal(_text, _position, pattern, 0, pattern.Length) == 0;

    public bool TryTake(string pattern)
    {
        if (!Sees(pattern))
        {
            return false;
        }

        _position += pattern.Length;
        return true;
    }

    /// <summary>Passes over white space, line ends and comments.</summary>
    public void SkipBlank()
    {
        while (!AtEnd)
        {
            if (SeesComment())
            {
                while (!AtEnd && Peek() != '\n')
                {
                    _position++;
                }
            }
            else if (char.IsWhiteSpace(Peek()))
            {
                _position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Spaces and tabs, which matter between two pieces of one value.</summary>
    public string TakeSpaces()
    {
        var start = _position;
        while (Peek() is ' ' or '\t')
        {
            _position++;
        }

        return _text[start.._position];
    }

    /// <summary>Whether `include "name"` comes next; if so, passes over it.</summary>
    public bool TryTakeInclude(out string name)
    {
        var start = _position;
        if (TryTake("include") && char.IsWhiteSpace(Peek()))
        {
            SkipBlank();
            if (Peek() == '"')
            {
                name = TakeQuoted();
                return true;
            }
        }

        _position = start;
        name = "";
        return false;
    }

    public string TakeKey()
    {
        if (Peek() == '"')
        {
            return TakeQuoted();
        }

        var start = _position;
        while (!AtEnd && Peek() is not ('.' or '\n') && !HoconText.IsReserved(Peek()) && !SeesComment() && !Sees("+="))
        {
            _position++;
        }

        var key = _text[start.._position].Trim();
        return key.Length > 0 ? key : throw Error(AtEnd ? "expected a key" : $"unexpected character '{Peek()}'");
    }

    public bool SeesUnquoted() =>
        !AtEnd && !char.IsWhiteSpace(Peek()) && !HoconText.IsReserved(Peek()) && !SeesComment();

    public string TakeUnquoted()
    {
        var start = _position;
        while (SeesUnquoted())
        {
            _position++;
        }

        if (Peek() is '=' or ':')
        {
            throw new ConfigurationException(
                $"Could not parse an unquoted text value containing assignment character '=' or ':'.{Where()}\n"
                + "- If you want to declare a new object, please enclose the item with curly brackets.\n"
                + "- If you want to declare a URI address, please enclose the item with double quotes.");
        }

        return _text[start.._position];
    }

    public string TakeQuoted()
    {
        return TryTake("\"\"\"") ? TakeRaw() : TakeEscaped();
    }

    /// <summary>The path in `${path}` or `${?path}`, after the opening characters.</summary>
    public string TakeSubstitutionPath()
    {
        var end = _text.AsSpan(_position).IndexOfAny('}', '\n');
        if (end <= 0 || _text[_position + end] != '}')
        {
            throw Error("expected a path and '}' after '${'");
        }

        var path = _text.Substring(_position, end).Trim();
        _position += end + 1;
        return path;
    }

    public FormatException Error(string problem) => new(problem + Where());

    private bool SeesComment() => Peek() == '#' || (Peek() == '/' && Peek(1) == '/');

    private string TakeRaw()
    {
        var end = _text.IndexOf("\"\"\"", _position, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error("a text in triple quotes is not closed");
        }

        var raw = _text[_position..end];
        _position = end + 3;
        return raw;
    }

    private string TakeEscaped()
    {
        var start = _position++;
        var text = new StringBuilder();
        while (!AtEnd && Peek() != '"')
        {
            var c = _text[_position++];
            text.Append(c == '\\' ? TakeEscape() : c);
        }

        if (AtEnd)
        {
            _position = start;
            throw Error("a quoted text is not closed");
        }

        _position++;
        return text.ToString();
    }

    private char TakeEscape()
    {
        var escaped = Peek();
        _position++;
        switch (escaped)
        {
            case '"' or '\\' or '/':
                return escaped;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when TryTakeHex(out var code):
                return code;
            default:
                throw Error($"Unknown escape code: {escaped}");
        }
    }

    private bool TryTakeHex(out char character)
    {
        var digits = _text.AsSpan(_position, Math.Min(4, _text.Length - _position));
        var found = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, NumberFormatInfo.InvariantInfo, out var code);
        character = (char)code;
        _position += found ? digits.Length : 0;
        return found;
    }

    private string Where()
    {
        var position = Math.Min(_position, _text.Length);
        var start = position == 0 ? 0 : _text.LastIndexOf('\n', position - 1) + 1;
        var end = _text.IndexOf('\n', position);
        var line = _text[start..(end < 0 ? _text.Length : end)].TrimEnd('\r');
        return $" (line {Line}, column {position - start + 1}: `{line.Trim()}`)";
    }
}
