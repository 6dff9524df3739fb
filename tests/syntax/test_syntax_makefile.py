"""The variables that makefiles export, compared with what GNU make gives to its programs."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from wslgo.syntax import makefile
from wslgo.text.source import Source


def exported(text: str) -> dict[str, str | None]:
    found = makefile.parse(Source(text)).assignments
    return {assignment.name: assignment.word.value for assignment in found if assignment.is_exported}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("export A=x\n", "x"),
        ("export A := x y\n", "x y"),
        ("A = x\nexport A\n", "x"),
        ("export A\nA ?= x\n", "x"),
        ("export\nA := x\n", "x"),
        (".EXPORT_ALL_VARIABLES:\nA = x\n", "x"),
        ("override export A = x\n", "x"),
        ("export override A = x\n", "x"),
        ("export A = x # why\n", "x "),
        ("export A = 'x'\n", "'x'"),
        ("export A = x\\#y\n", "x#y"),
        ("export A = x \\\n\ty\n", "x y"),
        ("export A = x\r\n", "x"),
        ("t: export A = x\n", "x"),
        ("export A = $(HOME)/x\n", None),
        ("export A = $$HOME/x\n", None),
        ("export A != echo x\n", None),
        ("export A += x\n", None),
        ("export A = x B=y\n", "x B=y"),
    ],
)
def test_a_variable_that_is_exported_is_known(text: str, value: str | None) -> None:
    assert exported(text) == {"A": value}


@pytest.mark.parametrize(
    "text",
    [
        "A = x\n",
        "t:\n\texport A=x\n",
        "t:\n\tA=x\n\ttrue\n",
        "t:\n\t# A=x true\n",
        "\tA=x true\n",
        "B = y\n\tA=x true\n",
        "t:\n\techo A=x\n",
        "define B\nt:\n\tA=x true\nendef\n",
        ".RECIPEPREFIX = >\nt:\n\tA=x true\n",
        "# export A=x\n",
        "define B\nexport A=x\nendef\n",
        "export A=x\nunexport A\n",
        "export-A = x\n",
        "exports A = x\n",
        "t: A\n",
    ],
)
def test_other_lines_export_nothing(text: str) -> None:
    assert exported(text) == {}


@pytest.mark.parametrize("text", ["ifdef X\nexport A=x\nendif\n", "t: export A=x\n", "export A ?= x\n"])
def test_what_may_not_count_is_not_certain(text: str) -> None:
    [found] = makefile.parse(Source(text)).assignments
    assert not found.is_certain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("t:\n\tA=x true\n", "x"),
        ("t: ; A=x true\n", "x"),
        ("t::\n\t@-A='x y' true\n", "x y"),
        ("t: u\n\ttrue\n\n# why\n\tB=y A=x \\\n\t  true\n", "x"),
        ("t:\n\texport A=x; true\n", "x"),
        ("t:\n\texport A=x && true\n", "x"),
        ("t:\n\tenv A=x true\n", "x"),
        ("t:\n\tgo env -w A=x\n\ttrue\n", "x"),
        ("ifdef B\nt:\n\tA=x true\nendif\n", "x"),
        ("t:\n\tA=$(B) true\n", None),
        ("t:\n\tA=$$HOME/x true\n", None),
        ("t:\n\tA=$@ true\n", None),
    ],
)
def test_a_recipe_sets_variables_for_its_commands(text: str, value: str | None) -> None:
    found = makefile.parse(Source(text)).assignments
    [assignment] = [each for each in found if each.name == "A"]
    assert (assignment.word.value, assignment.is_exported, assignment.is_certain) == (value, True, False)
    assert text[slice(*assignment.name_span)] == "A"
    assert assignment.command is None
    if assignment.word.is_literal:
        assert text[slice(*assignment.word.inner)] == value


RECIPES = (
    *("A=x {0}", "A='x y' {0}", "@A=x {0}", "-A=x {0}", "export A=x; {0}", "export A=x", "A=x; {0}", "A=x", "{0}"),
    *("env A=x {0}", "B=z A=x \\\n\t{0}", "A=$(B) {0}", "A=$$B {0}", "A=x B=$$A {0}", "true && A=x {0}", "# A=x {0}"),
    *('A="x" {0}', "A=x\\ y {0}", "A=x true; {0}", "(A=x; {0})", "+A=x {0}", "A=x\\\n\ty {0}"),
)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("head", ["\n\t", " ; ", "\n\ttrue\n\n\t"], ids=["line", "behind", "second"])
def test_a_recipe_sets_what_its_command_gets(head: str, tmp_path: Path) -> None:
    texts = [f"t{number}:{head}{recipe.format('env')}\n" for number, recipe in enumerate(RECIPES)]
    marks = [f"m{number}:\n\t@echo '= {number}'\n" for number in range(len(texts))]
    order = " ".join(f"m{number} t{number}" for number in range(len(texts)))
    (tmp_path / "Makefile").write_text("".join((f"all: {order}\n", *texts, *marks)), encoding="utf-8")
    done = subprocess.run(
        ["make", "-s", "-k", "-C", str(tmp_path)],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    outputs = done.stdout.split("= ")[1:]
    assert len(outputs) == len(RECIPES)
    for recipe, text, output in zip(RECIPES, texts, outputs, strict=True):
        got = [line[2:] for line in output.split("\n") if line.startswith("A=")]
        found = [each.word.value for each in makefile.parse(Source(text)).assignments if each.name == "A"]
        if found and found[0] is not None and "A=x true" not in recipe:
            assert found[0] in got, recipe
        elif not found:
            assert not got or recipe.startswith("("), recipe


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    ("line", "argument", "got"),
    [
        ("export A = x", "", "x"),
        ("export A ?= x", "", "of-environment"),
        ("export A = x", "A=y", "y"),
        ("override export A = x", "A=y", "x"),
    ],
)
def test_a_makefile_wins_over_the_environment(line: str, argument: str, got: str, tmp_path: Path) -> None:
    """Hovers say so (goenv/levels.py)."""
    (tmp_path / "Makefile").write_text(f"{line}\nt:\n\t@echo $$A\n\t@A=z; echo $$A\n", encoding="utf-8")
    command = ["make", "-s", "-C", str(tmp_path), *([argument] if argument else [])]
    environment = {"PATH": "/usr/bin:/bin", "A": "of-environment"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [got, "z"]


def test_names_that_are_exported_elsewhere_are_known() -> None:
    assert makefile.parse(Source("export A B\nunexport B\nexport C = x\n")).exported == {"A", "C"}
    assert makefile.parse(Source("export\n")).exported == {makefile.EVERY_NAME}
    assert makefile.parse(Source("A = x\n")).exported == frozenset()


def test_spans_hold_name_value_and_line() -> None:
    text = "all:\n\ttrue\n  export GOPATH := /srv/go # here\n"
    [found] = makefile.parse(Source(text)).assignments
    assert text[slice(*found.name_span)] == "GOPATH"
    assert text[slice(*found.word.inner)] == "/srv/go "
    assert found.command is not None
    assert text[slice(*found.command)] == "  export GOPATH := /srv/go # here\n"


LINES = (
    *(
        "export A{}{}\n",
        "export A{}{}\n",
        "A{}{}\n",
        "override export A{}{}\n",
        "  export A{}{}\n",
        "export override A{}{}\n",
    ),
    *(
        "export A\n",
        "unexport A\n",
        "export\n",
        "ifdef A\n",
        "ifndef A\n",
        "endif\n",
        "define C\n",
        "endef\n",
        "B{}{}\n",
    ),
    *(
        "t: export A{}{}\n",
        "# export A{}{}\n",
        "t:\n\texport A{}{}\n",
        ".EXPORT_ALL_VARIABLES:\n",
        "export B A\n",
        "\n",
    ),
)
OPERATORS = ("=", " = ", ":=", " := ", "?=", "::=", " +=", "\t=\t")
VALUES = ("x", "~/go", " ", "'y'", '"z z"', "#", "\\#", "\\\n", "\\", "$(B)", "$$", ",", ":", "=", "export", "\t", "\r")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_a_value_that_is_certain_is_the_one_that_programs_get(tmp_path: Path) -> None:
    chance = random.Random(4)
    place = tmp_path / "Makefile"
    known = 0
    for _ in range(500):
        lines = (
            line.format(chance.choice(OPERATORS), "".join(chance.choices(VALUES, k=chance.randint(0, 3))))
            for line in chance.choices(LINES, k=chance.randint(1, 4))
        )
        text = "".join(lines)
        place.write_text(f"{text}\n__all:\n\t@env -0\n", newline="", encoding="utf-8")
        done = subprocess.run(
            ["make", "-s", "-f", place, "__all"],
            env={"PATH": "/usr/bin:/bin"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            continue
        entries = dict(entry.split("=", 1) for entry in done.stdout.split("\0") if "=" in entry)
        found = [assignment for assignment in makefile.parse(Source(f"{text}\n")).assignments if assignment.name == "A"]
        last = found[-1] if found else None
        if last is not None and last.is_certain and last.is_exported and last.word.value is not None:
            known += 1
            assert entries.get("A") == last.word.value, text
        elif entries.get("A"):
            assert found, text
            assert any(assignment.is_exported for assignment in found), text
    assert known > 50
