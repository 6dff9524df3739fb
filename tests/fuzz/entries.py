"""Random edits of `launch.json`: after each its entries, judged one by one, have the findings of the whole file.

`python tests/fuzz/entries.py COUNT [SEED]` tries COUNT texts with thirty edits each. The entries are those of the
documentation of the rules, and have variables of it, so each rule that declares to look at one entry at a time
(`by_entry`) is asked about several of them beside each other. A rule that looks across entries, and does not say so,
fails here.
"""

import random
import sys
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

import ruledocs
from wslgo.goenv.readers import assignments, other_assignments
from wslgo.golang.project import Project
from wslgo.linter.check import check
from wslgo.linter.entries import Judged, Surroundings, judge
from wslgo.linter.finding import Reported
from wslgo.linter.rules import all_rules
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import GOMOD, LAUNCH, SETTERS, by_name
from wslgo.syntax.file import File, read
from wslgo.syntax.json.jsonc import Jsonc, Node, parse
from wslgo.syntax.json.text import plain
from wslgo.text.source import BOM, Source

EDITS = 30
PATH = "/home/gopher/app/.vscode/launch.json"

# What a user, a completion or a merge puts into a file, and what breaks it.
_BITS = (
    *'"{}[],:\\x \n\r',
    *(
        "//",
        "/*",
        "*/",
        "\r\n",
        "\u2028",
        "😀",
        BOM,
        "// wslgo: ignore\n",
        "/* wslgo: ignore-file */",
        '""',
        "null",
        "-1.",
    ),
    *('"configurations"', '"configurations": [', '{"a": 1}', ', {"name": "Debug", "type": "go"}', '"name": "Debug", '),
    *('"type": "go", ', '"request": "launch", ', '"mode": "exec", ', '"env": {"GOFLAGS": "-race"}, ', '"inputs": [], '),
)


class World(NamedTuple):
    """The things beside the file of an example."""

    project: Project | None
    host: Host
    others: tuple[File, ...]


class Corpus(NamedTuple):
    """The entries of all examples, with what they have around them, and the members of variables."""

    entries: tuple[str, ...]
    frames: tuple[tuple[str, str], ...]
    variables: tuple[str, ...]
    worlds: tuple[World, ...]


@cache
def corpus() -> Corpus:
    """Return the parts of the documentation of all rules."""
    entries, frames, variables, worlds = [], [], [], [World(None, UNKNOWN, ())]
    for rule in all_rules():
        for example in ruledocs.examples(rule):
            if example.before:
                worlds.append(World(example.project, example.host, example.before[1:]))
            for file in example.before:
                if file.family.name == LAUNCH:
                    found = _entries(file)
                    entries += found
                    frames += _frames(file)
                if file.family.name in SETTERS:
                    named = (*assignments(file), *other_assignments(file))
                    variables += [f'"{each.name}": "{each.value}"' for each in named if each.value]
    unique = (tuple(dict.fromkeys(some)) for some in (entries, frames, variables))
    return Corpus(*unique, tuple(world for world in worlds if all(file.family.name != GOMOD for file in world.others)))


def _entries(file: File) -> list[str]:
    tree = file.tree
    assert isinstance(tree, Jsonc)
    array = tree.at("configurations")
    return [file.source.text[node.span.start : node.span.end] for node in (array.elements if array else ())]


def _frames(file: File) -> list[tuple[str, str]]:
    tree = file.tree
    assert isinstance(tree, Jsonc)
    array = tree.at("configurations")
    if array is None or array.kind != "array":
        return []
    return [(file.source.text[: array.span.start + 1], file.source.text[array.span.end - 1 :])]


def made(chance: random.Random) -> str:
    """Return a random file."""
    known = corpus()
    head, tail = chance.choice(known.frames) if chance.random() < 0.5 else ('{\n"configurations": [', "]}\n")
    separators = ("\n", " ", "", "\n    ", " // remark\n", "\n  /* remark */ ")
    entries = [_entry(chance) for _ in range(chance.randint(0, 6))]
    text = (
        head + ",".join(f"{chance.choice(separators)}{entry}" for entry in entries) + chance.choice(separators) + tail
    )
    if chance.random() < 0.2:
        text = text.replace("\n", "\r\n")
    return BOM + text if chance.random() < 0.1 else text


def _entry(chance: random.Random) -> str:
    known = corpus()
    entry = chance.choice(known.entries)
    if chance.random() < 0.4 and '"env"' not in entry and entry.endswith("}"):
        some = ", ".join(chance.choice(known.variables) for _ in range(chance.randint(1, 3)))
        return f'{entry[:-1].rstrip().rstrip(",")}, "env": {{{some}}}}}'
    return entry


def edited(text: str, history: list[str], chance: random.Random) -> str:
    """Return a text after a random edit; sometimes an earlier text, as after undo."""
    if chance.random() < 0.15:
        return chance.choice(history)
    start = chance.randint(0, len(text))
    end = start if chance.random() < 0.6 else min(len(text), start + chance.choice((1, 1, 2, 5, 50, 300)))
    kind = chance.random()
    if kind < 0.15:
        new = ""
    elif kind < 0.3:
        copied = chance.randint(0, len(text))
        new = text[copied : copied + chance.randint(0, 200)]
    elif kind < 0.4:
        new = f"{_entry(chance)},"
    else:
        new = chance.choice(_BITS)
    return text[:start] + new + text[end:]


def fault(seed: int, number: int) -> str:
    """Return what is wrong after one of the edits of a random file, or ""."""
    chance = random.Random(f"{seed} {number}")
    family = by_name(LAUNCH)
    assert family is not None
    text = made(chance)
    world, settings = chance.choice(corpus().worlds), Settings()
    history = [text]
    file: File | None = None
    before: Judged | None = None
    for _ in range(EDITS):
        last, file = file, read(PATH, family, Source(text), PATH)
        file.continue_from(last)
        if chance.random() < 0.05:
            world, settings = (
                chance.choice(corpus().worlds),
                chance.choice((Settings(), Settings(ignore=("launch/*",)))),
            )
        around = Surroundings(0, settings, world.others, world.host, world.project)
        judged = judge(file, around, before)
        wanted = check(
            read(PATH, family, Source(text), PATH), settings, world.others, world.host, world.project, is_in_editor=True
        )
        if judged is not None and judged.found() != wanted:
            return f"{history[-2:]!r}\n{_difference(judged.found(), wanted)}"
        if not _is_read_as_a_whole(file):
            return f"{history[-2:]!r}\nis not read as the whole text is"
        before = judged or before
        text = edited(text, history, chance)
        history.append(text)
    return ""


def _difference(found: list[Reported], wanted: list[Reported]) -> str:
    first = next((pair for pair in zip(found, wanted, strict=False) if pair[0] != pair[1]), None)
    lists = f"{[each.rule for each in found]}\n{[each.rule for each in wanted]}"
    return lists if first is None else f"{lists}\n{first[0]}\nis not\n{first[1]}"


def _is_read_as_a_whole(file: File) -> bool:
    tree = file.tree
    assert isinstance(tree, Jsonc)
    whole = parse(file.source)
    is_equal = (tree.problems, tree.comments) == (whole.problems, whole.comments)
    return is_equal and _all_of(tree.root) == _all_of(whole.root)


def _all_of(root: Node | None) -> list[object]:
    """Return all that is in a tree, with the places."""
    nodes = list(root.walk()) if root is not None else []
    found = [(node.kind, node.span, node.value, [member[:2] for member in node.members]) for node in nodes]
    return [plain(root) if root is not None else None, *found]


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for found in filter(None, map(fault, repeat(seed), range(count))):
        sys.exit(found)
    print(f"{count} files with {EDITS} edits each: the entries one by one have the findings of the whole file")


if __name__ == "__main__":
    main()
