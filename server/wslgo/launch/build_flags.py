"""The flags in `buildFlags` of an entry, as they reach `go build` and `go test -c` through the Go extension and Delve.

The extension removes `-gcflags` from a string, before VS Code expands variables. Delve then splits the string, and adds
it after its own flags; a list comes before them, each element a word (vscode-go 0.58, Delve 1.27.1).
"""

from functools import lru_cache

from wslgo.launch.delve_behaviour import is_legacy
from wslgo.syntax.go import command_line, flag_words
from wslgo.syntax.go.command_line import Argument, Command, Fault
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.syntax.json.parts import part_edits, part_span
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple

COMPILER_FLAGS = "gcflags"
_VARIABLE = "${"
# Longer flags are not judged: they are not typed, and each rule takes its time.
_LONGEST = 4_000


class BuildFlags(NamedTuple):
    """The words that reach go, with their places: in the string, or the numbers of the elements.

    `removed` are the places of what the extension removes from a string.
    """

    node: Node
    command: Command
    words: tuple[str, ...]
    places: tuple[Span, ...]
    removed: tuple[Span, ...] = ()

    @property
    def is_list(self) -> bool:
        return self.node.string is None

    def arguments(self) -> tuple[Argument, ...]:
        """Return what go reads, as far as that is known without the values of VS Code's variables."""
        return _known_arguments(self.words, self.command, is_list=self.is_list)

    def span(self, tree: Jsonc, first: int, last: int | None = None) -> Span:
        """Return the span of words in the text of the file."""
        last = first if last is None else last
        if not self.is_list:
            return part_span(tree, self.node, Span(self.places[first].start, self.places[last].end))
        return Span(self.node.elements[first].span.start, self.node.elements[last].span.end)

    def replaced(self, tree: Jsonc, first: int, last: int, new: str) -> tuple[Edit, ...]:
        """Return the edits that put one word in the place of several; in a string, `new` is written as it is."""
        if not self.is_list:
            return part_edits(tree, self.node, Span(self.places[first].start, self.places[last].end), new)
        if tree.problems:
            return ()
        rest = range(first + 1, last + 1)
        edits = edit.replacement(tree, self.node.elements[first], new)
        return (*edits, *edit.removals(tree, self.node, rest, with_own_comments=True))

    def removal(self, tree: Jsonc, entry: Node, first: int, last: int) -> tuple[Edit, ...]:
        """Return the edits that remove words; with the last word of a string, its attribute goes."""
        if tree.problems:
            return ()
        if self.is_list:
            return edit.removals(tree, self.node, range(first, last + 1), with_own_comments=True)
        text = self.node.string or ""
        rest = without(text, Span(self.places[first].start, self.places[last].end))
        if rest:
            return edit.replacement(tree, self.node, rest)
        places = [number for number, member in enumerate(entry.members) if member.value is self.node]
        return edit.removals(tree, entry, places, with_own_comments=True)


def without(flags: str, span: Span) -> str:
    """Return the flags before and after a place."""
    return " ".join(part for part in (flags[: span.start].strip(), flags[span.end :].strip()) if part)


def read(configuration: Configuration) -> BuildFlags | None:
    """Return the flags of an entry that builds; None if it has none that can be read."""
    node = configuration.get("buildFlags")
    if node is None or is_legacy(configuration) or node.span.end - node.span.start > _LONGEST:
        return None
    command = command_of(configuration)
    if node.string is not None:
        return _of_string(node, node.string, command)
    return of_list(node, command)


def of_list(node: Node, command: Command) -> BuildFlags | None:
    """Return the flags of a list, each element of which is a word; None if one is not a string."""
    words = tuple(element.string or "" for element in node.elements)
    is_long = node.span.end - node.span.start > _LONGEST
    if is_long or any(element.string is None for element in node.elements):
        return None
    return BuildFlags(node, command, words, tuple(Span(number, number + 1) for number in range(len(words))))


def command_of(configuration: Configuration) -> Command:
    """Return the command of an entry; `auto` also depends on the file in the editor unless the program is a file."""
    if configuration.mode == "auto":
        program = configuration.text("program")
        if not program.endswith(".go"):
            return Command.ANY
        return Command.TEST if program.endswith("_test.go") else Command.BUILD
    return Command.TEST if configuration.mode == "test" else Command.BUILD


def fault_of(flags: BuildFlags) -> Argument | None:
    """Return the argument that go rejects."""
    return next((argument for argument in flags.arguments() if argument.error), None)


def strays_after(flags: BuildFlags, place: int) -> tuple[Argument, ...]:
    """Return the words from a place to the next flag of go: they were meant as a part of the value before them."""
    found: list[Argument] = []
    for argument in flags.arguments():
        if flags.places[argument.first].start < place:
            continue
        if argument.fault not in (Fault.UNKNOWN, Fault.PACKAGE):
            break
        found.append(argument)
    return tuple(found)


def is_accepted(text: str | list[str], command: Command) -> bool:
    """Return whether go accepts these flags, in a string or a list, and no quote lacks its end."""
    if isinstance(text, list):
        return not any(argument.error for argument in command_line.arguments(text, command))
    words = flag_words.delve_words(flag_words.without_compiler_flags(text))
    is_closed = all(word.is_closed for word in words)
    return is_closed and not any(found.error for found in command_line.arguments([w.text for w in words], command))


def _of_string(node: Node, text: str, command: Command) -> BuildFlags:
    return BuildFlags(node, command, *_split(text))


# Several rules ask about the same flags, at each key.
@lru_cache(maxsize=1024)
def _split(text: str) -> tuple[tuple[str, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Return the words of a string, with their places before the extension removed others, and those of the others."""
    offsets = [*range(len(text))]
    removed: list[Span] = []
    while (cut := flag_words.compiler_flags(text)) is not None:
        removed.append(Span(offsets[cut.start], offsets[cut.end - 1] + 1))
        text = text[: cut.start] + text[cut.end :]
        del offsets[cut.start : cut.end]
    words = flag_words.delve_words(text)
    places = tuple(Span(offsets[word.span.start], offsets[word.span.end - 1] + 1) for word in words)
    return tuple(word.text for word in words), places, tuple(removed)


@lru_cache(maxsize=1024)
def _known_arguments(words: tuple[str, ...], command: Command, *, is_list: bool) -> tuple[Argument, ...]:
    known: list[str] = []
    is_whole = True
    for word in words:
        before, variable, _ = word.partition(_VARIABLE)
        if variable and (not is_list or not before):
            is_whole = False
            if before and not before.startswith("-"):
                known.append(word)
            break
        known.append(word)
    found = command_line.arguments(known, command)
    if not is_whole and found and found[-1].fault is Fault.NO_VALUE:
        found = found[:-1]
    return tuple(_without_unknown_value(argument) for argument in found)


def _without_unknown_value(argument: Argument) -> Argument:
    if argument.fault is Fault.VALUE and _VARIABLE in (argument.value or ""):
        return argument._replace(fault=None, error="")
    return argument


def is_of_compiler_flags(flags: BuildFlags, argument: Argument) -> bool:
    """Return whether a word was meant as a part of `-gcflags`, which Delve sets itself."""
    own = [found for found in flags.arguments() if found.name == COMPILER_FLAGS and flags.is_list]
    ends = [*(place.end for place in flags.removed), *(flags.places[found.last].end for found in own)]
    return any(argument in strays_after(flags, end) for end in ends)
