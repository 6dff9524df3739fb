"""A fuzzer of all fixes on mutated texts: `python tests/fuzz/fixes.py COUNT [SEED]` tries COUNT files on all cores.

The texts are the examples of the rules, and the files of the recorded cases and of the conformance tests, mutated as an
attacker or an input method would. Each fix of a file is applied alone: its finding must be gone, and the text that the
fix does not touch must be read as before. Then all are applied: a second run of fixes changes nothing.
"""

import itertools
import json
import multiprocessing
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS / "linter"), str(TESTS.parent / "server")]

from test_cases import case  # noqa: E402

import ruledocs  # noqa: E402 - the two folders above make it importable for a script
from wslgo.goenv import readers  # noqa: E402
from wslgo.golang.project import Project  # noqa: E402
from wslgo.linter.check import every_finding  # noqa: E402
from wslgo.linter.finding import Fix, Reported  # noqa: E402
from wslgo.linter.fix import fix_file, source_after  # noqa: E402
from wslgo.linter.rules import all_rules  # noqa: E402
from wslgo.linter.settings import Settings  # noqa: E402
from wslgo.machine.host import UNKNOWN, Host  # noqa: E402
from wslgo.syntax.family import GOENV, WSLCONF, WSLCONFIG, by_name, family_of  # noqa: E402
from wslgo.syntax.file import File, read  # noqa: E402
from wslgo.syntax.wsl.ini import Unread  # noqa: E402
from wslgo.text.source import Source, decode  # noqa: E402
from wslgo.text.span import Span  # noqa: E402

SEED = 1
_CHUNK = 50

# Characters that some readers treat as a space, a line end, a quote or a sign and others do not.
_ODD = (
    *" \t\r\n\f\v\x00\x1a\x1b\x1c\x1d\x1e\x1f\x85\xa0\u2000\u2028\u2029\u3000\ufeff\udcff",
    *"#;=:,|[](){}<>\"'`\\/$%~@!&*+-._",
    *"，；：“”‘’｜＝【】（）－＃　",
    *(
        "\r\n",
        "\\\n",
        "\\\r\n",
        "//",
        "/*",
        "*/",
        "${",
        "$(",
        "; ",
        "# ",
        "= ",
        "REM ",
        "export ",
        "set -gx ",
        "true",
        "0",
    ),
    *(
        "[wsl2]\n",
        "[boot]",
        "[experimental] ",
        "memory=4gb\n",
        "a=b\n",
        "GOPROXY=",
        "GOFLAGS=-mod=mod",
        "wslgo: ignore",
    ),
)


class Scene(NamedTuple):
    """A text with findings, and the context that they depend on."""

    name: str
    file: File
    others: tuple[File, ...] = ()
    host: Host = UNKNOWN
    project: Project | None = None

    def of(self, source: Source) -> "Scene":
        return self._replace(file=read(self.file.path, self.file.family, source, self.file.place))

    def findings(self) -> list[Reported]:
        return list(every_finding(self.file, Settings(), self.others, self.host, self.project))


def corpus() -> list[Scene]:
    """Return the texts that are mutated, each once."""
    found: dict[tuple[str, str], Scene] = {}
    for rule in itertools.chain(_of_rules(), _of_cases(), _of_conformance()):
        if len(rule.file.source.text) < 20_000:  # the limits of wslgo have tests of their own
            found.setdefault((rule.file.family.name, rule.file.source.text), rule)
    return list(found.values())


def _of_rules() -> Iterator[Scene]:
    for rule in all_rules():
        for example in ruledocs.examples(rule):
            if not example.before:
                continue  # a machine without a file
            first, *others = example.before
            scene = Scene(rule.id, first, tuple(others), example.host, example.project)
            yield scene
            if first.family.name == GOENV:
                yield from _in_other_syntaxes(scene)


def _in_other_syntaxes(scene: Scene) -> Iterator[Scene]:
    """Yield the settings of a go env file in the files that shells and PAM read."""
    pairs = [line.partition("=")[::2] for line in scene.file.source.text.splitlines() if "=" in line]
    for path, template in (
        (".profile", "export {}={}\n"),
        (".bashrc", 'export {}="{}"\n'),
        (".config/fish/config.fish", "set -gx {} '{}'\n"),
        (".config/fish/config.fish", "set -gx {} {}\n"),
        ("etc/environment", "{}={}\n"),
    ):
        family = family_of(path)
        assert family is not None
        text = "".join(template.format(name, value) for name, value in pairs)
        yield scene._replace(file=read(path, family, Source(text)))


def _of_cases() -> Iterator[Scene]:
    for path in sorted((TESTS / "cases").glob("*.txt")):
        scene = case(path.read_text(encoding="utf-8").partition("-- report --\n")[0]).scene
        for file in scene.files:
            yield Scene(path.stem, file, scene.beside(file), scene.host, scene.project)


def _of_conformance() -> Iterator[Scene]:
    for name in ("wsl", "goenv", "dotenv", "goproxy"):
        for line in (TESTS / "conformance" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            if (one := _recorded(name, json.loads(line))) is not None:
                yield one


def _recorded(name: str, record: dict[str, Any]) -> Scene | None:
    family = by_name(record.get("kind", name)) or by_name("goenv")
    text = record.get("text", record.get("value"))
    assert family is not None
    if not isinstance(text, str):
        return None
    text = f"GOPROXY={text}\n" if name == "goproxy" else text
    path = {WSLCONFIG: ".wslconfig", WSLCONF: "wsl.conf", "dotenv": ".env"}.get(family.name, ".config/go/env")
    return Scene(name, File(path, family_of(path) or family, decode(text.encode("utf-8", "surrogatepass"))))


def mutated(text: str, other: str, chance: random.Random) -> str:
    """Return the text with a few random mistakes in it."""
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 8))):
        text = _mutated_once(text, other, chance)
    return text[:8_000]


def _mutated_once(text: str, other: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    lines = text.splitlines(keepends=True) or [""]
    line = chance.randrange(len(lines))
    kind = chance.randrange(10)
    if kind < 4:
        return text[:at] + chance.choice(_ODD) + text[at:]
    if kind == 4:
        return text[:at] + text[at + chance.randint(1, 3) :]
    if kind == 5:
        return "".join((*lines[:line], *[lines[line]] * chance.choice((2, 3, 20)), *lines[line + 1 :]))
    if kind == 6:
        lines[line] = lines[line].rstrip("\r\n") + chance.choice(("", " ", "\\", "\\\n"))
        return "".join(lines)
    if kind == 7:
        others = other.splitlines(keepends=True) or [""]
        lines.insert(line, chance.choice(others))
        return "".join(lines)
    if kind == 8:
        return text.replace("\n", "\r\n") if chance.random() < 0.5 else text.rstrip("\n")
    lines[line] = chance.choice(("\f", "\x85", "\x1d", "\xa0", "\u3000", " ", "\t", "\ufeff", "#")) + lines[line]
    return "".join(lines)


# The checks


def faults(scene: Scene) -> Iterator[str]:
    """Yield descriptions of faults of the fixes of a text."""
    before = scene.findings()
    for reported in before:
        for fix in reported.finding.fixes:
            if not any(edit.path for edit in fix.edits):
                yield from _faults_of(scene, before, reported, fix)
    for unsafe in (False, True):
        once = _repaired(scene, unsafe=unsafe)
        again = _repaired(scene.of(once.after.source), unsafe=unsafe)
        if again.after.source != once.after.source or again.applied:
            first, second = once.after.source.text, again.after.source.text
            yield f"a second run (unsafe={unsafe}) gives {second!r} after {first!r}"


def _repaired(scene: Scene, *, unsafe: bool) -> Any:
    return fix_file(scene.file, None, scene.others, unsafe=unsafe, host=scene.host, project=scene.project)


def _faults_of(scene: Scene, before: list[Reported], reported: Reported, fix: Fix) -> Iterator[str]:
    after = scene.of(source_after(scene.file.source, [fix]))
    if after.file.source == scene.file.source:
        yield f"{reported.rule}: {fix.title.render()!r} changes nothing"
        return
    same = (reported.rule, reported.finding.message)
    left = Counter((finding.rule, finding.finding.message) for finding in after.findings())[same]
    were = Counter((earlier.rule, earlier.finding.message) for earlier in before)[same]
    is_gone = any(not edit.new and _covers(edit.span, reported.finding.span) for edit in fix.edits)
    if left >= were and not is_gone and not _reads_further(scene, after, fix):
        yield f"{reported.rule}: {fix.title.render()!r} leaves the finding: {after.file.source.text!r}"
    yield from (f"{reported.rule}: {fix.title.render()!r} {fault}" for fault in _changed(scene, after, fix))


def _reads_further(before: Scene, after: Scene, fix: Fix) -> bool:
    """Return whether WSL now reads lines that it did not read before, which may have the same finding."""
    if before.file.family.name not in (WSLCONF, WSLCONFIG):
        return False
    old, new = _tree(before), _tree(after)
    if fix.encoding:
        return True
    grown = sum(len(edit.new) - (edit.span.end - edit.span.start) for edit in fix.edits)
    return bool(old.bad_lines) and (
        not new.bad_lines or new.bad_lines[0].span.start >= old.bad_lines[0].span.end + grown
    )


def _covers(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _tree(scene: Scene) -> Any:
    return scene.file.tree


def _changed(before: Scene, after: Scene, fix: Fix) -> Iterator[str]:
    """Yield the values that a fix changes though it does not touch their lines."""
    if fix.encoding or fix.bytewise or _repairs_line(before, fix):
        return
    old, new = _values(before), _values(after)
    for name, (value, span) in old.items():
        if not any(edit.span.start <= span.end and span.start <= edit.span.end for edit in fix.edits):
            now = new.get(name, (None, span))[0]
            if now != value:
                yield f"changes {name} from {value!r} to {now!r}: {after.file.source.text!r}"


def _repairs_line(scene: Scene, fix: Fix) -> bool:
    """Return whether a fix makes WSL read another line, whose setting may then precede other ones."""
    if scene.file.family.name not in (WSLCONF, WSLCONFIG):
        return False
    lines = [*_tree(scene).bad_lines, *(node for node in _tree(scene).nodes if isinstance(node, Unread))]
    return any(_covers(line.span, edit.span) for line in lines for edit in fix.edits)


def _values(scene: Scene) -> dict[str, tuple[object, Span]]:
    """Return the values that the consumer reads by name, each with its place."""
    if scene.file.family.name in (WSLCONF, WSLCONFIG):
        holders = _tree(scene).holders
        return {
            name: (holder.converted, holder.written.span)
            for name, holder in holders.items()
            if holder.converted is not None
        }
    last = {assignment.name: assignment for assignment in readers.assignments(scene.file)}
    return {
        name: (found.value, Span(found.name_span.start, max(found.word_span.end, found.value_span.end)))
        for name, found in last.items()
    }


# A run


class Fault(NamedTuple):
    """A fault of the fixes of a text."""

    name: str
    path: str
    text: str
    words: str

    def __str__(self) -> str:
        return f"{self.name} {self.path} {self.text!r}\n    {self.words}"


def tried(numbers: range, seed: int) -> list[Fault]:
    """Return the faults of the texts with these numbers; a number and a seed always give the same text."""
    return [fault for number in numbers for fault in _tried(number, seed)]


_CORPUS: list[Scene] = []


def _tried(number: int, seed: int) -> Iterator[Fault]:
    if not _CORPUS:
        _CORPUS.extend(corpus())
    chance = random.Random(f"{seed} {number}")
    scene = _CORPUS[number % len(_CORPUS)]
    kin = [other for other in _CORPUS if other.file.family is scene.file.family]
    text = mutated(scene.file.source.text, chance.choice(kin).file.source.text, chance)
    scene = scene.of(Source(text, scene.file.source.encoding))
    try:
        yield from (Fault(scene.name, scene.file.path, text, words) for words in faults(scene))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault of this text
        yield Fault(scene.name, scene.file.path, text, f"{type(error).__name__}: {error}")


def _tried_chunk(work: tuple[int, int, int]) -> list[Fault]:
    start, end, seed = work
    return tried(range(start, end), seed)


def main(count: int, seed: int) -> int:
    work = [(start, min(start + _CHUNK, count), seed) for start in range(0, count, _CHUNK)]
    seen: Counter[str] = Counter()
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for some in pool.imap_unordered(_tried_chunk, work):
            for fault in some:
                kind = re.sub(r"'.*", "", fault.words, flags=re.DOTALL)
                seen[kind] += 1
                if seen[kind] <= 3:
                    print(fault, flush=True)
    print(f"{count} files with seed {seed}: {seen.total()} faults")
    for kind, number in seen.most_common():
        print(f"{number:6} {kind}")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SEED))
