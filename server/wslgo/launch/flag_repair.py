"""Flags in `buildFlags` that go rejects, written so that it accepts them."""

from collections.abc import Iterator

from wslgo.knowledge.go_flags import BUILD_SWITCHES, BUILD_VALUES, CHOICES, LISTS, OF_PACKAGES
from wslgo.knowledge.punctuation import half_width
from wslgo.launch.build_flags import BuildFlags, fault_of, is_accepted, strays_after
from wslgo.syntax.go.command_line import Argument, Fault
from wslgo.syntax.go.flag_words import delve_words
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.text import literal
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit
from wslgo.text.typing import NamedTuple

_SHELL_CALL = pattern(r"\$\(|`")
_DASH = pattern(r"(?<!\S)[\u2010-\u2015\u2212\uff0d]")
_TAG = pattern(r"[A-Za-z_][\w.]*")


class Repair(NamedTuple):
    """The words from `first` to `last`, and those that replace them; in a string, one as it is written."""

    first: int
    last: int
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def repair_of(flags: BuildFlags) -> Repair | None:
    """Return the replacement with which go accepts all flags; None if there is none, or a shell was meant to run."""
    fault = fault_of(flags)
    if fault is None or any(_SHELL_CALL.search(word) for word in flags.words):
        return None
    kinds = _OF_LIST if flags.is_list else _OF_STRING
    for kind in kinds:
        for repair in kind(flags, fault):
            if is_accepted(_repaired(flags, repair), flags.command):
                return repair
    return None


def edits_of(tree: Jsonc, flags: BuildFlags, repair: Repair) -> tuple[Edit, ...]:
    """Return the edits of a repair; none if comments are between the words, or the file has problems."""
    if not flags.is_list:
        return flags.replaced(tree, repair.first, repair.last, repair.text)
    span = flags.span(tree, repair.first, repair.last)
    if tree.problems or any(span.covers(comment.span) for comment in tree.comments):
        return ()
    return (Edit(span, ", ".join(map(literal, repair.words))),)


def _repaired(flags: BuildFlags, repair: Repair) -> str | list[str]:
    if flags.is_list:
        return [*flags.words[: repair.first], *repair.words, *flags.words[repair.last + 1 :]]
    text = flags.node.string or ""
    return text[: flags.places[repair.first].start] + repair.text + text[flags.places[repair.last].end :]


# Kinds of repair: each yields what the words may mean


def _with_strays(flags: BuildFlags, fault: Argument) -> Iterator[Repair]:
    """Yield a flag whose value was cut at a space, with the rest of it."""
    flag = next((found for found in flags.arguments() if found.last + 1 == fault.first), None)
    strays = strays_after(flags, flags.places[flag.last].end) if flag is not None else ()
    if flag is None or not strays:
        return
    parts = [flag.value or "", *(flags.words[stray.first] for stray in strays)]
    if flag.name in LISTS:
        tags = [tag for part in parts for tag in part.strip('"').split(",") if tag]
        if all(map(_TAG.fullmatch, tags)):
            yield Repair(flag.first, strays[-1].last, (f"-{flag.name}={','.join(tags)}",))
    elif flag.name in OF_PACKAGES:
        value = " ".join(parts)
        if flags.is_list:
            yield Repair(flag.first, strays[-1].last, (f"-{flag.name}={value}",))
        elif not {"'", '"', "\\"} & set(value):
            yield Repair(flag.first, strays[-1].last, (f"-{flag.name}='{value}'",))


def _with_single_quotes(flags: BuildFlags, _: Argument) -> Iterator[Repair]:
    text = flags.node.string or ""
    if '"' in text and "'" not in text and "\\" not in text:
        yield _whole(flags, text.replace('"', "'"))


def _with_dash(flags: BuildFlags, fault: Argument) -> Iterator[Repair]:
    name = flags.words[fault.first].partition("=")[0]
    if fault.fault is Fault.PACKAGE and len(name) > 1 and name in BUILD_SWITCHES | BUILD_VALUES:
        yield Repair(fault.first, fault.first, (f"-{flags.words[fault.first]}",))


def _with_choice(flags: BuildFlags, fault: Argument) -> Iterator[Repair]:
    choices = CHOICES[fault.name].values if fault.name in CHOICES else ()
    near = nearest(fault.value or "", [choice for choice in choices if choice])
    if near is not None:
        yield Repair(fault.first, fault.last, (f"-{fault.name}={near}",))


def _in_ascii(flags: BuildFlags, fault: Argument) -> Iterator[Repair]:
    """Yield the words with the punctuation and dashes of ASCII: input methods and web pages have others."""
    if flags.is_list:
        words = flags.words[fault.first : fault.last + 1]
        yield Repair(fault.first, fault.last, tuple(_DASH.sub("-", half_width(word)) for word in words))
    else:
        yield _whole(flags, _DASH.sub("-", half_width(flags.node.string or "")))


def _without_quotes(flags: BuildFlags, fault: Argument) -> Iterator[Repair]:
    """Yield an element without the quotes around it, or around its value."""
    for place in range(fault.first, fault.last + 1):
        word = flags.words[place]
        flag, equals, value = word.partition("=") if word.startswith("-") else ("", "", word)
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" and value[0] not in value[1:-1]:
            yield Repair(place, place, (f"{flag}{equals}{value[1:-1]}",))


def _apart(flags: BuildFlags, fault: Argument) -> Iterator[Repair]:
    """Yield an element without spaces around it; one with several words as one flag with its value, and as words."""
    word = flags.words[fault.first]
    if word.strip() != word and word.strip():
        yield Repair(fault.first, fault.first, (word.strip(),))
    name, space, value = word.partition(" ")
    words = tuple(part.text for part in delve_words(word))
    if not space or "=" in name or len(words) < 2:
        return
    if name.lstrip("-") in OF_PACKAGES:
        yield Repair(fault.first, fault.first, (f"{name}={value.strip()}",))
    yield Repair(fault.first, fault.first, words)


def _whole(flags: BuildFlags, text: str) -> Repair:
    """Return the repair that writes all words of a string again."""
    start, end = flags.places[0].start, flags.places[-1].end
    return Repair(0, len(flags.words) - 1, (text[start:end],))


_OF_STRING = (_with_strays, _with_single_quotes, _with_dash, _with_choice, _in_ascii)
_OF_LIST = (_without_quotes, _apart, _with_strays, _with_dash, _with_choice, _in_ascii)
