namespace Akka.Configuration.Hocon;

/// <summary>Reads a document into a tree and resolves its substitutions.</summary>
public sealed class Parser
{
    private readonly HoconReader _reader;
    private readonly Func<string, HoconRoot> _include;
    private readonly List<HoconSubstitution> _substitutions = [];

    private Parser(string text, Func<string, HoconRoot> include)
    {
        _reader = new HoconReader(text);
        _include = include;
    }

    /// <summary>Parses <paramref name="text"/>; <paramref name="includeCallback"/> answers `include "name"`.</summary>
    public static HoconRoot Parse(string text, Func<string, HoconRoot> includeCallback) =>
        new Parser(text, includeCallback).ParseDocument();

    private HoconRoot ParseDocument()
    {
        var document = new HoconObject();
        _reader.SkipBlank();
        ParseMembers(document, "", closing: _reader.TryTake("{"));
        _reader.SkipBlank();
        if (!_reader.AtEnd)
        {
            throw _reader.Error($"unexpected '{_reader.Peek()}' after the end of the document");
        }

        var root = new HoconValue([document]);
        if (_substitutions.Count > 0)
        {
            new SubstitutionResolver(root).Resolve();
        }

        return new HoconRoot(root, _substitutions);
    }

    private void ParseMembers(HoconObject owner, string path, bool closing)
    {
        var openedAt = _reader.Line;
        for (_reader.SkipBlank(); !_reader.AtEnd; _reader.SkipBlank())
        {
            if (closing && _reader.TryTake("}"))
            {
                return;
            }

            if (_reader.TryTakeInclude(out var name))
            {
                Include(owner, name);
            }
            else
            {
                ParseMember(owner, path);
            }

            _reader.SkipBlank();
            _reader.TryTake(",");
        }

        if (closing)
        {
            throw _reader.Error($"the '{{' of line {openedAt} is not closed");
        }
    }

    private void ParseMember(HoconObject owner, string path)
    {
        var key = _reader.TakeKey();
        var value = owner.GetOrCreateKey(key);
        var place = HoconPath.Append(path, key);
        _reader.SkipBlank();
        if (_reader.TryTake("."))
        {
            ParseMember(ObjectIn(value), place);
        }
        else if (_reader.TryTake("{"))
        {
            ParseMembers(ObjectIn(value), place, closing: true);
        }
        else if (_reader.TryTake("+="))
        {
            Append(value, place);
        }
        else if (_reader.TryTake("=") || _reader.TryTake(":"))
        {
            Assign(value, place);
        }
        else
        {
            throw _reader.Error($"expected '=', ':', '{{' or '.' after the key '{key}'");
        }
    }

    private void Include(HoconObject owner, string name)
    {
        if (_include is null)
        {
            throw new ConfigurationException($"Line {_reader.Line} includes '{name}', but nothing was given to include from.");
        }

        var included = _include(name);
        _substitutions.AddRange(included.Substitutions);
        if (included.Value.GetObject() is { } content)
        {
            owner.Merge(content);
        }
    }

    /// <summary>Objects assigned to one key are merged; anything else replaces what was there.</summary>
    private void Assign(HoconValue value, string place)
    {
        var previous = Snapshot(value);
        if (!HasObject(value))
        {
            value.Clear();
        }

        ParseValue(value, place, previous);
    }

    private void Append(HoconValue list, string place)
    {
        var item = new HoconValue();
        ParseValue(item, place, previous: null);
        if (list.Values.Exists(piece => piece is HoconLiteral or HoconObject))
        {
            throw _reader.Error($"'{place} +=' needs a list, but there is another value before");
        }

        list.AppendValue(new HoconArray { item });
    }

    private void ParseValue(HoconValue owner, string place, HoconValue previous)
    {
        _reader.SkipBlank();
        var found = false;
        while (ParsePiece(owner, place, previous))
        {
            found = true;
            var spaces = _reader.TakeSpaces();
            if (spaces.Length > 0)
            {
                owner.AppendValue(new HoconLiteral { Value = spaces });
            }
        }

        if (!found)
        {
            throw _reader.Error($"expected a value for '{place}'");
        }

        while (owner.Values.Count > 1 && IsBlank(owner.Values[^1]))
        {
            owner.Values.RemoveAt(owner.Values.Count - 1);
        }
    }

    private bool ParsePiece(HoconValue owner, string place, HoconValue previous)
    {
        if (_reader.TryTake("{"))
        {
            ParseMembers(ObjectIn(owner), place, closing: true);
        }
        else if (_reader.TryTake("["))
        {
            Replace(owner, ParseArray(place));
        }
        else if (_reader.Peek() == '"')
        {
            Replace(owner, new HoconLiteral { Value = _reader.TakeQuoted() });
        }
        else if (_reader.TryTake("${"))
        {
            var line = _reader.Line;
            var isOptional = _reader.TryTake("?");
            var substitution = new HoconSubstitution(_reader.TakeSubstitutionPath())
            {
                IsOptional = isOptional,
                Line = line,
                Owner = place,
                Previous = previous,
            };
            _substitutions.Add(substitution);
            owner.AppendValue(substitution);
        }
        else if (_reader.SeesUnquoted())
        {
            Replace(owner, new HoconLiteral { Value = _reader.TakeUnquoted() });
        }
        else
        {
            return false;
        }

        return true;
    }

    private HoconArray ParseArray(string place)
    {
        var openedAt = _reader.Line;
        var items = new HoconArray();
        for (_reader.SkipBlank(); !_reader.AtEnd; _reader.SkipBlank())
        {
            if (_reader.TryTake("]"))
            {
                return items;
            }

            var item = new HoconValue();
            ParseValue(item, place, previous: null);
            items.Add(item);
            _reader.SkipBlank();
            _reader.TryTake(",");
        }

        throw _reader.Error($"the '[' of line {openedAt} is not closed");
    }

    /// <summary>Adds a text or list; an object that stood there before gives way.</summary>
    private static void Replace(HoconValue owner, IHoconElement piece)
    {
        if (HasObject(owner))
        {
            owner.Clear();
        }

        owner.AppendValue(piece);
    }

    /// <summary>The object to add keys to: the last piece if it is one, else a new one.</summary>
    private static HoconObject ObjectIn(HoconValue owner)
    {
        var last = owner.Values.FindLast(piece => !IsBlank(piece));
        if (last is HoconObject present)
        {
            return present;
        }

        var added = new HoconObject();
        if (last is not HoconSubstitution)
        {
            owner.Clear();
        }

        owner.AppendValue(added);
        return added;
    }

    private static HoconValue Snapshot(HoconValue value) =>
        value.Values.Count == 0 ? null : new HoconValue([.. value.Values]);

    private static bool HasObject(HoconValue value) => value.Values.Exists(piece => piece is HoconObject);

    private static bool IsBlank(IHoconElement piece) =>
        piece is HoconLiteral literal && string.IsNullOrWhiteSpace(literal.Value);
}
