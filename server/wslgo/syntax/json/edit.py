"""Edits of JSON with comments that keep comments, order, indentation and line ends, for fixes and generation.

The nodes must come from the same tree; a container without its closing bracket is left alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from wslgo.syntax.json import text as jsonctext
from wslgo.syntax.json.jsonc import Jsonc, Node, parse
from wslgo.syntax.json.text import New, Style, canonical, entry_text, plain, value_text
from wslgo.syntax.memo import of_last
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span, apply

Value = jsonctext.Value

_UNIT = "    "  # what VS Code indents with by default
_KEY_BEFORE = pattern(r'[ \t\ufeff]*(?:"(?:[^"\\]|\\.)*"[ \t]*:[ \t]*)?\Z')
_BLANK = " \t\r\n\ufeff\u00a0\u200b\u3000"  # the last four are white space to VS Code alone


def with_member(tree: Jsonc, container: Node, key: str, value: Value) -> tuple[Edit, ...]:
    """Return the edits that add a member at the end of an object."""
    return _append(tree, container, (New(value, key=key),))


def with_elements(tree: Jsonc, container: Node, elements: Sequence[New]) -> tuple[Edit, ...]:
    """Return the edits that add values at the end of an array."""
    return _append(tree, container, elements) if elements else ()


def removals(
    tree: Jsonc,
    container: Node,
    places: Collection[int],
    *,
    with_comments: bool = False,
    with_own_comments: bool = False,
) -> tuple[Edit, ...]:
    """Return the edits that remove entries by their index, with their commas and the lines that only they use.

    Comments around them stay, and those inside, too, unless they are removed `with_comments`. `with_own_comments` those
    inside go as well, and those that touch an entry from above or are on its line: they describe it.
    """
    if not places:
        return ()
    entries = _entries(container)
    kept = [place for place in range(len(entries)) if place not in places]
    is_bare = not any(container.span.covers(comment.span) for comment in tree.comments)
    if not kept and (is_bare or (with_comments and not _comments_between(tree, container))):
        return (Edit(Span(container.span.start + 1, container.span.end - 1), ""),)
    last = kept[-1] if kept else -1
    without_inner = with_comments or with_own_comments
    cuts = [cut for place in places for cut in _cuts(tree, container, place, without_inner, is_last=place > last)]
    if with_own_comments:
        cuts += [cut for place in places for cut in _own_comments(tree, _entries(container)[place])]
    end = container.span.end - 1
    if kept and last < len(entries) - 1 and _comma_behind(tree, entries[-1].end, end) is None:
        comma = _comma_behind(tree, entries[last].end, end)
        cuts += [] if comma is None else [Edit(Span(comma, comma + 1), "")]
    return tuple(_disjoint(cuts))


def replacement(tree: Jsonc, node: Node, value: Value) -> tuple[Edit, ...]:
    """Return the edits that replace a value."""
    text = tree.source.text
    is_stacked = _is_stacked(text, node, _entries(node))
    new = value_text(value, _style(tree), _indentation(text, node.span.start), is_stacked=is_stacked)
    return () if new == text[node.span.start : node.span.end] else (Edit(node.span, new),)


def reshaping(tree: Jsonc, node: Node, value: Value) -> str:
    """Return the edits that turn a node into `value` entry by entry: equal parts stay, and so do comments."""
    indentation = _indentation(tree.source.text, node.span.start)
    text = indentation + tree.source.text[node.span.start : node.span.end]
    while True:
        now = parse(Source(text))
        step = _step(now, now.root, value) if now.root else ()
        if not step:
            return text[len(indentation) :]
        text = apply(text, step)


# From one value to another


def _step(tree: Jsonc, node: Node, value: Value) -> tuple[Edit, ...]:
    """Return the first necessary change; nothing once the node is `value`."""
    if canonical(plain(node)) == canonical(value):
        return ()
    if isinstance(value, Mapping) and node.kind == "object":
        return _member_step(tree, node, value)
    if isinstance(value, Sequence) and not isinstance(value, str) and node.kind == "array":
        return _element_step(tree, node, value)
    kept = _remains(tree, node.span)
    return tuple(Edit(edit.span, kept + edit.new) for edit in replacement(tree, node, value))


def _member_step(tree: Jsonc, node: Node, value: Mapping[str, Value]) -> tuple[Edit, ...]:
    surplus = [place for place, member in enumerate(node.members) if member.key not in value]
    if surplus:
        return removals(tree, node, surplus)
    before: Span | None = None
    for key, wanted in value.items():
        member = node.member(key)
        if member is None or member.value is None:
            return _insert(tree, node, before, New(wanted, key=key))
        step = _step(tree, member.value, wanted)
        if step:
            return step
        before = member.span
    return ()


def _element_step(tree: Jsonc, node: Node, value: Sequence[Value]) -> tuple[Edit, ...]:
    for element, wanted in zip(node.elements, value, strict=False):
        step = _step(tree, element, wanted)
        if step:
            return step
    if len(node.elements) > len(value):
        return removals(tree, node, range(len(value), len(node.elements)))
    return with_elements(tree, node, [New(element) for element in value[len(node.elements) :]])


# Where an entry goes


def _append(tree: Jsonc, container: Node, news: Sequence[New]) -> tuple[Edit, ...]:
    text, entries = tree.source.text, _entries(container)
    if text[container.span.end - 1] not in "}]" or len(text[container.span.start : container.span.end]) < 2:
        return ()
    if entries:
        return _add(tree, container, entries[-1], news)
    if _is_stacked(text, container, entries):
        return (_first_lines(tree, container, news),)
    return (_inside(tree, container, news),)


def _insert(tree: Jsonc, container: Node, before: Span | None, new: New) -> tuple[Edit, ...]:
    """Return the edits that add a member after another one, or before all."""
    if before is not None:
        return _add(tree, container, before, (new,))
    if not container.members:
        return _append(tree, container, (new,))
    first = container.members[0].span
    separator = _separator(tree, first)
    entry = entry_text(
        new, _style(tree), _indentation(tree.source.text, first.start), is_stacked=_has_line_end(separator)
    )
    return (Edit(Span(first.start, first.start), entry + separator),)


def _add(tree: Jsonc, container: Node, last: Span, news: Sequence[New]) -> tuple[Edit, ...]:
    """Return the edits that add entries after another one, written like it."""
    text, separator = tree.source.text, _separator(tree, last)
    is_stacked = _has_line_end(separator) or _has_line_end(text[last.start : last.end])
    indentation = _indentation(text, last.start)
    written = [entry_text(new, _style(tree), indentation, is_stacked=is_stacked) for new in news]
    return _behind(tree, last, container, separator, separator.join(written))


def _separator(tree: Jsonc, beside: Span) -> str:
    """Return the text between two entries: a line end if `beside` is alone on its line."""
    text, style = tree.source.text, _style(tree)
    if text[_line_start(text, beside.start) : beside.start].strip(" \t"):
        return style.comma
    return "," + style.newline + _indentation(text, beside.start)


def _behind(tree: Jsonc, last: Span, container: Node, separator: str, entry: str) -> tuple[Edit, ...]:
    """Return the edits for an entry after the last one and after its comment; a comma at the end stays at the end."""
    between = separator[1:]
    comma = _comma_behind(tree, last.end, container.span.end - 1)
    if comma is not None:
        at = _end_of_line(tree, comma + 1) if _has_line_end(between) else comma + 1
        return (Edit(Span(at, at), f"{between}{entry},"),)
    at = _end_of_line(tree, last.end) if _has_line_end(between) else last.end
    if at == last.end:
        return (Edit(Span(at, at), separator + entry),)
    return (Edit(Span(last.end, last.end), ","), Edit(Span(at, at), between + entry))


def _inside(tree: Jsonc, container: Node, news: Sequence[New]) -> Edit:
    """Return the edits for the first entries of a container on one line, after any comment in it."""
    style = _style(tree)
    padding = style.padding if container.kind == "object" else ""
    entries = style.comma.join(entry_text(new, style, "", is_stacked=False) for new in news)
    return Edit(Span(_empty_from(tree, container), container.span.end - 1), f"{padding}{entries}{padding}")


def _first_lines(tree: Jsonc, container: Node, news: Sequence[New]) -> Edit:
    """Return the edits for the first entries, on lines of their own after any comments."""
    style = _style(tree)
    base = _indentation(tree.source.text, container.span.start)
    line = style.newline + base + style.unit
    entries = f",{line}".join(entry_text(new, style, base + style.unit, is_stacked=True) for new in news)
    return Edit(Span(_empty_from(tree, container), container.span.end - 1), f"{line}{entries}{style.newline}{base}")


def _empty_from(tree: Jsonc, container: Node) -> int:
    """Return where the empty part of a container begins: after its comments."""
    ends = [comment.span.end for comment in tree.comments if container.span.covers(comment.span)]
    return max([container.span.start + 1, *ends])


# How an entry goes


def _cuts(tree: Jsonc, container: Node, place: int, with_comments: bool, *, is_last: bool) -> Iterator[Edit]:
    text, entry = tree.source.text, _entries(container)[place]
    kept = "" if with_comments else _remains(tree, entry)
    comma = _comma_behind(tree, entry.end, container.span.end - 1)
    if comma is not None and text[entry.end : comma].strip(_BLANK):
        yield Edit(Span(comma, comma + 1), "")
    elif comma is not None:
        entry = Span(entry.start, comma + 1)
    yield Edit(entry, kept) if kept else Edit(_with_spaces(text, entry, is_last=is_last), "")


def _own_comments(tree: Jsonc, entry: Span) -> Iterator[Edit]:
    """Yield the cuts of the comments on the lines of an entry and directly above it, if nothing else is there."""
    text = tree.source.text
    line = _line_start(text, entry.start)
    if text[line : entry.start].strip(" \t"):
        return
    start = line
    while start and text[_line_start(text, start - 1) : start].strip().startswith("//"):
        start = _line_start(text, start - 1)
    if start < line:
        yield Edit(Span(start, line), "")
    comma = _comma_behind(tree, entry.end, len(text))
    after = entry.end if comma is None or text[entry.end : comma].strip(_BLANK) else comma + 1
    comment = after + len(text[after:]) - len(text[after:].lstrip(" \t"))
    end = _comment_ends(tree).get(comment)
    if end is not None and text.startswith("//", comment):
        # The line has nothing else, and goes with its end.
        yield Edit(Span(line, end + (2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0)), "")


def _with_spaces(text: str, span: Span, *, is_last: bool) -> Span:
    """Return whole lines if they have no other text; else the span with the spaces that would be left over."""
    line, end = _line_start(text, span.start), span.end
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    is_first = not text[line : span.start].strip(" \t")
    ends_line = text[end : end + 1] in ("\r", "\n")
    if is_first and ends_line:
        return Span(line, end + (2 if text.startswith("\r\n", end) else 1))
    if is_first or not (is_last or ends_line):
        return Span(span.start, end)
    return Span(len(text[: span.start].rstrip(" \t")), span.end)


def _remains(tree: Jsonc, span: Span) -> str:
    """Return the comments inside a removed span, with a line end after one that needs it."""
    line = _style(tree).newline + _indentation(tree.source.text, span.start)
    inside = [comment.text for comment in tree.comments if span.covers(comment.span)]
    return "".join(text + (line if text.startswith("//") else " ") for text in inside)


def _comments_between(tree: Jsonc, container: Node) -> bool:
    """Return whether a container has a comment outside its entries."""
    inside = [comment.span for comment in tree.comments if container.span.covers(comment.span)]
    return any(not any(entry.covers(span) for entry in _entries(container)) for span in inside)


def _disjoint(edits: list[Edit]) -> Iterator[Edit]:
    """Yield the same removals, with overlapping ones merged."""
    done: Edit | None = None
    for edit in sorted(edits):
        if done is None or edit.span.start >= done.span.end:
            yield from () if done is None else (done,)
            done = edit
        else:
            done = Edit(Span(done.span.start, max(done.span.end, edit.span.end)), done.new + edit.new)
    yield from () if done is None else (done,)


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _comma_behind(tree: Jsonc, at: int, end: int) -> int | None:
    """Return the comma that follows `at`, after any comments."""
    text, ends = tree.source.text, _comment_ends(tree)
    while at < end:
        if at in ends:
            at = ends[at]
        elif text[at] == ",":
            return at
        elif text[at] in _BLANK:
            at += 1
        else:
            return None
    return None


def _end_of_line(tree: Jsonc, at: int) -> int:
    """Return the end of the comments on the same line."""
    text, ends = tree.source.text, _comment_ends(tree)
    end = at
    while True:
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        if at not in ends:
            return end
        at = end = ends[at]


@of_last
def _comment_ends(tree: Jsonc) -> dict[int, int]:
    return {comment.span.start: comment.span.end for comment in tree.comments}


# How a file is written


def _entries(container: Node) -> tuple[Span, ...]:
    return tuple(member.span for member in container.members or container.elements)


def _is_stacked(text: str, container: Node, entries: tuple[Span, ...]) -> bool:
    """Return whether entries are on lines of their own; an empty container is like the one around it."""
    if entries:
        return not text[_line_start(text, entries[-1].start) : entries[-1].start].strip(" \t")
    inside = text[container.span.start + 1 : container.span.end - 1]
    before = text[_line_start(text, container.span.start) : container.span.start]
    return "\n" in inside or "\r" in inside or _KEY_BEFORE.match(before) is not None


def _style(tree: Jsonc) -> Style:
    style = tree.style
    return style if isinstance(style, Style) else style_of(tree)


@of_last
def style_of(tree: Jsonc) -> Style:
    """Return how a file is written."""
    text = tree.source.text
    newline = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    is_dense = '":' in text and not re.search(r'":[ \t]', text)
    padding = " " if text.count('{ "') > text.count('{"') else ""
    return Style(newline, unit_of(tree) or _UNIT, padding, ":" if is_dense else ": ", "," if is_dense else ", ")


def unit_of(tree: Jsonc) -> str | None:
    """Return the indentation of the first entry on a line of its own; None without one."""
    text = tree.source.text
    for node in tree.root.walk() if tree.root else ():
        for entry in _entries(node)[:1]:
            outer, inner = _indentation(text, node.span.start), _indentation(text, entry.start)
            if inner != outer and inner.startswith(outer):
                return inner[len(outer) :]
    return None


def _indentation(text: str, at: int) -> str:
    """Return the spaces at the start of the line that contains `at`."""
    start = _line_start(text, at)
    line = text[start:at]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
