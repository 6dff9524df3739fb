"""The meaning of a file besides its findings: the lines that comments are about, the variables that other lines use.

A note above each line shows whether a fix leaves it above another line. Each shell file is run by bash before and after
a fix, without programs to start, with a line at its end that uses each of its Go variables.
"""

import itertools
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fixes import Scene
from wslgo.goenv import readers
from wslgo.linter.finding import Fix
from wslgo.linter.fix import source_after
from wslgo.syntax.family import SHELL
from wslgo.text.source import Source

_SIGNS = {
    **dict.fromkeys(("wslconfig", "wslconf", "goenv", "shell", "fish", "dotenv", "environment"), "#"),
    **dict.fromkeys(("launch", "settings", "workspace", "tasks"), "//"),
}
_NOTE = "remark"
_SET = re.compile(r"([A-Za-z_]\w*)=")
BASH = shutil.which("bash") or "/bin/bash"


def fixes_of(scene: Scene) -> Iterator[tuple[str, Fix]]:
    """Yield the fixes that stay in the file and change its text, with their names."""
    for reported in scene.findings():
        for fix in reported.finding.fixes:
            if not fix.encoding and not fix.bytewise and not any(edit.path for edit in fix.edits):
                yield f"{reported.rule}: {fix.title.render()!r}", fix


def with_notes(scene: Scene) -> tuple[Scene, list[str]] | None:
    """Return the file with a note above each line, and its lines; None if it has lines that go together."""
    sign = _SIGNS.get(scene.file.family.name)
    text = scene.file.source.text
    if sign is None or "\r" in text or "<<" in text or "\\\n" in text or (not text.isprintable() and "\f" in text):
        return None
    lines = text.splitlines()
    noted: list[str] = []
    for number, line in enumerate(lines):
        if line.strip() and not line.strip().startswith(sign):
            noted.append(f"{sign} {_NOTE} {number}")
        noted.append(line)
    return scene.of(Source("\n".join(noted) + "\n", scene.file.source.encoding)), lines


def comment_faults(scene: Scene) -> Iterator[str]:
    """Yield the fixes after which a note is above a line that it is not about."""
    found = with_notes(scene)
    if found is None:
        return
    noted, lines = found
    counts = Counter(line.strip() for line in lines)
    for name, fix in fixes_of(noted):
        if not any("\n" in noted.file.source.text[edit.span.start : edit.span.end] for edit in fix.edits):
            continue  # lines stay where they are
        after = source_after(noted.file.source, [fix]).text.splitlines()
        for note, line in itertools.pairwise(after):
            words = note.split()
            if words[1:2] != [_NOTE] or len(words) != 3 or not words[2].isdigit():
                continue
            own = lines[int(words[2])].strip()
            is_another = line.strip() != own and counts[line.strip()] == 1 and _NOTE not in line
            if is_another or (line.split()[1:2] == [_NOTE] and own not in "\n".join(after)):
                yield f"{name} leaves the comment of {own!r} above {line!r}: {noted.file.source.text!r}"


def variable_faults(scene: Scene) -> Iterator[str]:
    """Yield the fixes after which bash gives another value to a variable that the fix is not about."""
    if scene.file.family.name != SHELL:
        return
    names = sorted({assignment.name for assignment in readers.assignments(scene.file)})
    uses = "".join(f'export USES_{name}="${name}/bin"\n' for name in names)
    used = scene.of(Source(scene.file.source.text.rstrip("\n") + f"\n{uses}"))
    before = _environment(used.file.source.text)
    for name, fix in fixes_of(used):
        after = _environment(source_after(used.file.source, [fix]).text)
        for variable, value in before.items():
            now = after.get(variable)
            about = variable.removeprefix("USES_")
            if now == "/bin" != value:
                yield f"{name} leaves nothing of ${about}: {used.file.source.text!r}"
            if about == variable and now != value and variable not in names and variable not in _set_by(used, fix):
                yield f"{name} changes {variable} from {value!r} to {now!r}: {used.file.source.text!r}"


def _set_by(scene: Scene, fix: Fix) -> set[str]:
    """Return the variables that are set in the lines that a fix changes."""
    text = scene.file.source.text
    spans = [edit.span for edit in fix.edits]
    lines = (text[text.rfind("\n", 0, span.start) + 1 : (text + "\n").find("\n", span.end)] for span in spans)
    return {name for line in lines for name in _SET.findall(line)}


def _environment(text: str) -> dict[str, str]:
    """Return what programs see of a shell file; it can start none itself."""
    end = "\nbuiltin printf '\\n--\\n'; builtin export -p\n"
    done = subprocess.run(
        [BASH, "--norc", "--noprofile", "-c", 'builtin eval "$0"' + end, text],
        env={"PATH": "/nonexistent", "HOME": "/home/me"},
        capture_output=True,
        cwd=Path("/"),
        timeout=10,
        check=False,
    )
    listed = done.stdout.decode("utf-8", "replace").rpartition("\n--\n")[2]
    pairs = (line.removeprefix("declare -x ").partition("=") for line in listed.splitlines() if "=" in line)
    return {name: value.strip('"') for name, _, value in pairs}
