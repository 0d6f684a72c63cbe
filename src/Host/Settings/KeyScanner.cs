namespace FedActors.Host.Settings;

/// <summary>
/// Finds the line of every key in a HOCON text, and the brackets and quotes that don't match. The parser of the actor
/// library knows the values, but keeps no lines and forgives an unclosed bracket.
/// </summary>
internal sealed class KeyScanner
{
    private const string KeyEnds = ".=:{}[]\",+\n";

    private readonly string _text;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private int _position;
    private int _line = 1;

    private KeyScanner(string text)
    {
        _text = text;
    }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool AtEnd => _position >= _text.Length;

    /// <summary>The line, from 1, on which each key was last written; keys are full dotted paths.</summary>
    /// <exception cref="KeyScannerException">A bracket or quote has no counterpart.</exception>
    public static IReadOnlyDictionary<string, int> Scan(string text)
    {
        var scanner = new KeyScanner(text);
        scanner.SkipBlank();
        if (scanner.Current == '{')
        {
            scanner.ScanBraces("");
        }
        else
        {
            scanner.ScanMembers("", openedAt: null);
        }

        return scanner._lines;
    }

    private void ScanBraces(string path)
    {
        var openedAt = _line;
        Advance();
        ScanMembers(path, openedAt);
    }

    private void ScanMembers(string path, int? openedAt)
    {
        while (true)
        {
            SkipBlank();
            if (AtEnd)
            {
                if (openedAt is { } line)
                {
                    throw new KeyScannerException("this '{' is never closed.", line);
                }

                return;
            }

            if (Current == '}')
            {
                if (openedAt is null)
                {
                    throw new KeyScannerException("this '}' closes nothing.", _line);
                }

                Advance();
                return;
            }

            if (Current == ',')
            {
                Advance();
                continue;
            }

            ScanMember(path);
        }
    }

    private void ScanMember(string path)
    {
        var start = _position;
        var key = ScanKey(path);
        SkipBlank();
        switch (Current)
        {
            case '{':
                ScanBraces(key);
                break;
            case '=' or ':':
                Advance();
                ScanValue(key);
                break;
            case '+':
                Advance();
                Advance();
                ScanValue(key);
                break;
            default:
                if (_position == start)
                {
                    Advance();
                }

                break;
        }
    }

    private string ScanKey(string path)
    {
        while (true)
        {
            var line = _line;
            var part = Current == '"' ? ScanQuoted() : ScanUnquotedKey();
            if (part == "include" && Current == '"')
            {
                ScanQuoted();
                return path;
            }

            path = SettingPath.Append(path, part);
            _lines[path] = line;
            SkipSpaces();
            if (Current != '.')
            {
                return path;
            }

            Advance();
        }
    }

    private string ScanUnquotedKey()
    {
        var start = _position;
        while (!AtEnd && !KeyEnds.Contains(Current) && !AtComment())
        {
            Advance();
        }

        return _text[start.._position].Trim();
    }

    private void ScanValue(string key)
    {
        SkipBlank();
        while (!AtEnd && Current is not ('\n' or ',' or '}' or ']') && !AtComment())
        {
            switch (Current)
            {
                case '{':
                    ScanBraces(key);
                    break;
                case '[':
                    ScanArray(key);
                    break;
                case '"':
                    ScanQuoted();
                    break;
                case '$':
                    ScanSubstitution();
                    break;
                case '=' or ':':
                    throw new KeyScannerException(
                        $"a text with '{Current}' in it must stand in quotes, and each setting on a line of its own.", _line);
                default:
                    Advance();
                    break;
            }
        }
    }

    private void ScanArray(string key)
    {
        var openedAt = _line;
        Advance();
        while (true)
        {
            SkipBlank();
            switch (Current)
            {
                case '\0' when AtEnd:
                case '}':
                    throw new KeyScannerException("this '[' is never closed.", openedAt);
                case ']':
                    Advance();
                    return;
                case ',':
                    Advance();
                    break;
                default:
                    ScanValue($"{key}[]");
                    break;
            }
        }
    }

    private void ScanSubstitution()
    {
        while (!AtEnd && Current is not ('}' or '\n'))
        {
            Advance();
        }

        if (Current == '}')
        {
            Advance();
        }
    }

    private string ScanQuoted()
    {
        var openedAt = _line;
        var isRaw = _text.AsSpan(_position).StartsWith("\"\"\"");
        var quote = isRaw ? "\"\"\"" : "\"";
        Advance(quote.Length);
        var start = _position;
        while (!_text.AsSpan(_position).StartsWith(quote))
        {
            if (AtEnd || (!isRaw && Current == '\n'))
            {
                throw new KeyScannerException("this quoted text is never closed.", openedAt);
            }

            Advance(!isRaw && Current == '\\' ? 2 : 1);
        }

        var content = _text[start.._position];
        Advance(quote.Length);
        return content;
    }

    private bool AtComment() =>
        Current == '#' || (Current == '/' && _position + 1 < _text.Length && _text[_position + 1] == '/');

    private void SkipBlank()
    {
        while (!AtEnd)
        {
            if (AtComment())
            {
                while (!AtEnd && Current != '\n')
                {
                    Advance();
                }
            }
            else if (char.IsWhiteSpace(Current))
            {
                Advance();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipSpaces()
    {
        while (Current is ' ' or '\t')
        {
            Advance();
        }
    }

    private void Advance(int count = 1)
    {
        for (; count > 0 && !AtEnd; count--)
        {
            if (_text[_position++] == '\n')
            {
                _line++;
            }
        }
    }
}
