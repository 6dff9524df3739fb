"""Completion in `wslgo.yaml`: keys, and the values that are known."""

from collections.abc import Iterable, Iterator

from wslgo.ide.completion.item import CompletionItem, CompletionKind
from wslgo.ide.team_place import TeamPlace, place_at
from wslgo.knowledge.team_keys import ANY, Shape, TeamKey
from wslgo.knowledge.wsl_key import Key, Kind
from wslgo.knowledge.wslconfig_keys import KEYS as OF_WSLCONFIG
from wslgo.linter.rules import all_rules
from wslgo.linter.team_content import content_of
from wslgo.linter.team_problems import key_at, known_keys, wsl_key
from wslgo.syntax.file import File
from wslgo.text.message import Message
from wslgo.text.span import Span

_ABOUT = Message(en="{about}", zh="{about}")
_EXAMPLE = Message(en="{example}", zh="{example}")
_OF_WSLCONFIG = ("policy", "wslconfig")
_PROXIES = ("direct", '"https://proxy.golang.org"')
_REGISTRIES = ("docker.io/library", "ghcr.io", "mcr.microsoft.com")
_OF_ITEMS = (Shape.RULES, Shape.STEPS, Shape.PROXIES, Shape.REGISTRIES)


def complete(file: File, offset: int) -> tuple[CompletionItem, ...]:
    """Return the keys or values that complete an offset."""
    place = place_at(file.source.text, offset)
    if place is None:
        return ()
    key = key_at(place.path) if place.path else None
    if place.key or (place.is_item and key is not None and key.shape in _OF_ITEMS):
        return tuple(_values(place, key))
    return () if place.is_item else tuple(_keys(place, file))


def _keys(place: TeamPlace, file: File) -> Iterator[CompletionItem]:
    root = content_of(file).root
    around = root.at(*place.above) if root is not None else None
    members = (around.members if around is not None else None) or ()
    there = {member.name for member in members if member.span.start != place.word.start}
    for rank, key in enumerate(known_keys(place.above)):
        name = key.path[-1]
        if name != ANY and name not in there:
            yield _key(name, key, place.word, rank)
    if place.above == _OF_WSLCONFIG:
        for rank, known in enumerate(OF_WSLCONFIG):
            if known.name not in there:
                about = _ABOUT(about=known.about())
                yield CompletionItem(
                    known.name, CompletionKind.KEY, place.word, f"{known.name}: ", about=about, rank=rank
                )
    if place.above == ("check", "severity"):
        yield from _items(_rules(), place.word, end=": ")


def _key(name: str, key: TeamKey, word: Span, rank: int) -> CompletionItem:
    new = f"{name}:" if key.shape is Shape.MAP else f"{name}: "
    detail = _EXAMPLE(example=key.example) if key.example else None
    return CompletionItem(
        name, CompletionKind.KEY, word, new, detail=detail, about=_ABOUT(about=key.about()), rank=rank
    )


def _values(place: TeamPlace, key: TeamKey | None) -> Iterator[CompletionItem]:
    if place.path[:2] == _OF_WSLCONFIG and len(place.path) == 3:
        known = wsl_key(place.path[2])
        yield from _items(_of_wsl(known) if known is not None else (), place.word)
    elif key is None:
        return
    elif key.shape is Shape.RULES:
        yield from _items(_rules(), place.word)
    elif key.shape is Shape.PROXIES:
        yield from _items(_PROXIES, place.word)
    elif key.shape is Shape.REGISTRIES:
        yield from _items(_REGISTRIES, place.word)
    else:
        yield from _items(key.choices, place.word)


def _of_wsl(known: Key) -> tuple[str, ...]:
    return ("true", "false") if known.kind is Kind.BOOL else known.values


def _rules() -> tuple[str, ...]:
    ids = sorted(rule.id for rule in all_rules())
    return (*dict.fromkeys(name.partition("/")[0] for name in ids), *ids)


def _items(values: Iterable[str], word: Span, end: str = "") -> Iterator[CompletionItem]:
    for rank, value in enumerate(values):
        yield CompletionItem(value, CompletionKind.VALUE, word, f"{value}{end}", rank=rank)
