"""Shell files as the real shells read them: what a parser knows of a variable is what programs get."""

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from wslgo.syntax.shell import script
from wslgo.text.source import Source

SHELLS = {"bash": ("bash",), "dash": ("dash",), "zsh": ("zsh", "-f"), "ash": ("busybox", "ash")}
PIECES = (
    *(
        "/srv/go",
        "a",
        "~/go",
        "$HOME/x",
        "a b",
        "a=b",
        "-mod=mod",
        "a:~/b",
        "\\\\",
        "é",
        ",",
        "|",
        "off",
        "%",
        "@",
        "a\\ b",
    ),
    *(
        "'x'",
        "'a b'",
        "'$HOME'",
        '"y"',
        '"a b"',
        '"$HOME"',
        '"\\$HOME"',
        '"\\\\"',
        "''",
        '""',
        "${HOME}",
        "$(echo x)",
        "#",
    ),
)
VERBS = (
    "export A={}",
    "A={}\nexport A",
    "export A\nA={}",
    "A={}; export A",
    "A={} # x\nexport A",
    "set -a\nA={}\nset +a",
)
BASH_VERBS = ("declare -x A={}", "typeset -x A={}", "declare -rx A={}")


def values(text: str, parse=script.parse) -> list[str | None]:
    """Return the values of A that programs see; one before a pipe is not set."""
    assignments = parse(Source(text)).assignments
    return [found.word.value for found in assignments if found.name == "A" and found.is_exported and not found.pipe]


def of_real(shell: tuple[str, ...], texts: list[str], tmp_path: Path) -> Iterator[str | None]:
    """Yield the value of A after each text; None if it has none."""
    for number, text in enumerate(texts):
        (tmp_path / f"{number}").write_text(f"{text}\n", encoding="utf-8")
    done = subprocess.run(
        [*shell, "-c", f'for n in $(seq 0 {len(texts) - 1}); do (. "{tmp_path}/$n"; env -0); printf "@@\\n"; done'],
        env={"PATH": "/usr/bin:/bin", "HOME": "/home/me"},
        capture_output=True,
        text=True,
        check=False,
    )
    for shown in done.stdout.split("@@\n")[:-1]:
        found = (entry.removeprefix("A=") for entry in shown.split("\0") if entry.startswith("A="))
        yield next(found, None)


def texts(verbs: tuple[str, ...]) -> list[str]:
    chance = random.Random(2)
    return [chance.choice(verbs).format("".join(chance.choices(PIECES, k=chance.randint(1, 3)))) for _ in range(150)]


@pytest.mark.slow
@pytest.mark.parametrize("name", SHELLS)
def test_a_value_that_is_known_is_the_one_that_programs_get(name: str, tmp_path: Path) -> None:
    if shutil.which(SHELLS[name][0]) is None:
        pytest.skip(f"needs {name}")
    some = texts(VERBS + (BASH_VERBS if name in ("bash", "zsh") else ()))
    read = list(of_real(SHELLS[name], some, tmp_path))
    assert len(read) == len(some)
    known = 0
    for text, value in zip(some, read, strict=True):
        ours = values(text)
        if ours and ours[-1] is not None:
            known += 1
            assert ours[-1] == value, text
    assert known > len(some) // 4


FISH_PIECES = (
    "/srv/go",
    "-mod=x",
    "'a b'",
    '"x"',
    "~/go",
    "$HOME",
    "a,b",
    "(echo x)",
    "a=b",
    "\\ ",
    "'\\''",
    '"$HOME/x"',
)
FISH_VERBS = (
    "set -gx A {}",
    "set -x A {}",
    "set -gx --path A {}",
    "set --global --export A {}",
    "setenv A {}",
    "export A={}",
    "set -xg A {} # x",
)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
def test_a_value_that_is_known_is_the_one_of_fish(tmp_path: Path) -> None:
    chance = random.Random(3)
    some = [
        chance.choice(FISH_VERBS).format("".join(chance.choices(FISH_PIECES, k=chance.randint(1, 2))))
        for _ in range(40)
    ]
    for number, text in enumerate(some):
        (tmp_path / f"{number}").write_text(f"{text}\n", encoding="utf-8")
    known = 0
    for number, text in enumerate(some):
        ours = values(text, script.parse_fish)
        if not ours or ours[-1] is None:
            continue
        known += 1
        done = subprocess.run(
            ["fish", "--no-config", "-c", f"source {tmp_path}/{number}; printenv A"],
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == f"{ours[-1]}\n", text
    assert known > len(some) // 4
