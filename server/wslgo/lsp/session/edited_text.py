"""The text of a document in lines, in which a client's changes cost as much as the changed lines.

pygls' own store splits lines at U+2028 too, counts all lines for each change, and puts text behind the end of a line
before its last character.
"""

from wslgo.text.span import Lines, Position, Unit


class EditedText:
    """A text as lines with their ends; the last line has none."""

    def __init__(self, text: str) -> None:
        self._lines = _lines_of(text)

    def replace(self, start: Position, end: Position, new: str, unit: Unit) -> str:
        """Replace a range, which may be reversed, and return the whole text; positions outside are clamped."""
        (first, at), (last, to) = sorted((self._place(start, unit), self._place(end, unit)))
        lines = self._lines
        changed = lines[first][:at] + new + lines[last][to:]
        # A CR and an LF that meet are one line end.
        if first and changed.startswith("\n") and lines[first - 1].endswith("\r"):
            first -= 1
            changed = lines[first] + changed
        if changed.endswith("\r") and last + 1 < len(lines) and lines[last + 1].startswith("\n"):
            last += 1
            changed += lines[last]
        parts = _lines_of(changed)
        if last + 1 < len(lines):
            if parts[-1]:  # the end of the last line is gone, so that the next one continues it
                parts[-1] += lines[last + 1]
                last += 1
            else:
                parts.pop()
        lines[first : last + 1] = parts
        return "".join(lines)

    def _place(self, position: Position, unit: Unit) -> tuple[int, int]:
        """Return the line of a position and the offset in it, which a line end does not belong to."""
        line, character = position
        if line < 0:
            return 0, 0
        if line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        return line, Lines(self._lines[line]).offset(Position(0, character), unit)


def _lines_of(text: str) -> list[str]:
    if text.count("\r") != text.count("\r\n"):
        table = Lines(text)
        return [text[slice(*table.full_span(line))] for line in range(len(table))]
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines
