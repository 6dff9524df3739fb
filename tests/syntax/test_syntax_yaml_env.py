"""The variables of Compose files, workflows and GitLab's CI: values are those of PyYAML, places are exact."""

import random

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax import yaml_env
from wslgo.syntax.shell.word import Quoting
from wslgo.text.source import Source

Values = list[tuple[str, str | None]]


def values(kind: str, text: str) -> Values:
    found = yaml_env.parse(Source(text), kind).assignments
    for assignment in found:
        assert text[slice(*assignment.name_span)] == assignment.name
        if assignment.word.is_literal:
            assert text[slice(*assignment.word.inner)] == assignment.word.value
    return [(assignment.name, assignment.word.value) for assignment in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("services:\n  a:\n    environment:\n      A: x\n", [("A", "x")]),
        ("services:\n  a:\n    environment:\n      - A=x\n      - 'B=y z'\n      - C\n", [("A", "x"), ("B", "y z")]),
        ('services:\n  a:\n    environment: ["A=x", B=y]\n', [("A", "x"), ("B", "y")]),
        ("services:\n  a:\n    build:\n      args:\n        A: 'x'\n", [("A", "x")]),
        ("services:\n  a:\n    build:\n      args:\n      - A=x\n", [("A", "x")]),
        ("x-env:\n  environment: &e\n    A: 0\n", [("A", "0")]),
        ("services:\n  a:\n    environment:\n      A: ${B:-c}\n      D: x$$y\n", [("A", None), ("D", None)]),
        ("services:\n  a:\n    environment:\n      A: x\n        y\n      B: z\n", [("A", None), ("B", "z")]),
        ("services:\n  a:\n    environment:\n      A: |\n        x\n", []),
        ("services:\n  a:\n    environment:\n      A:\n      B: x # why\n", [("B", "x")]),
        ("services:\n  a:\n    environment: {A: x, B: 'y,z'}\n", [("A", "x"), ("B", "y,z")]),
        ("x-env: &e\n  A: x\nservices:\n  a:\n    environment: *e\n", [("A", "x")]),
        (
            "x-env: &e\n  A: x\n  B: y\nservices:\n  a:\n    environment:\n      <<: *e\n      B: z\n",
            [("A", "x"), ("B", "z")],
        ),
        (
            "x-a: &a\n  environment: &e\n    A: x\nservices:\n  b:\n    <<: *a\n  c:\n    environment: *e\n",
            [("A", "x")],
        ),
        ("x-env: &e\n  A: x\nservices:\n  a:\n    labels: *e\n", []),
        ("environment:\n  A: x\nservices:\n  a:\n    labels:\n      A: x\n", []),
    ],
)
def test_compose(text: str, found: Values) -> None:
    assert values("compose", text) == found


JOB = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("env:\n  A: x\n", [("A", "x")]),
        ('env: {A: -mod=mod, B: "y"}\n', [("A", "-mod=mod"), ("B", "y")]),
        ("env: {A: ${{ x }}}\n", []),
        ("jobs:\n  a:\n    env: &e\n      A: x\n  b:\n    env: *e\n", [("A", "x")]),
        ("jobs:\n  a:\n    outputs: &e\n      A: x\n  b:\n    env: *e\n", [("A", "x")]),
        ("jobs:\n  a:\n    outputs: &e\n      A: x\n  b:\n    env:\n      <<: *e\n", []),
        ("jobs:\n  a:\n    env:\n      A: x\n", [("A", "x")]),
        (f"{JOB}      - env:\n          A: x\n", [("A", "x")]),
        (f"{JOB}      - run: go test\n        env:\n          A: ${{{{ matrix.a }}}}\n", [("A", None)]),
        (f"{JOB}      - env:\n          A: $HOME/go\n", [("A", "$HOME/go")]),
        ("runs:\n  steps:\n    - env:\n        A: x\n", [("A", "x")]),
        (f"{JOB}      - run: A=x go test ./...\n", [("A", "x")]),
        (f"{JOB}      - run: env A=x go test ./...\n", [("A", "x")]),
        (f"{JOB}      - run: |\n          export A='x y'\n\n          go test\n", [("A", "x y")]),
        (
            f"{JOB}      - run: |\n          if a; then\n            B=y A=x go test\n          fi\n",
            [("B", "y"), ("A", "x")],
        ),
        (f'{JOB}      - run: echo "A=x y" >> "$GITHUB_ENV"\n', [("A", "x y")]),
        (f"{JOB}      - run: echo A=x >> $GITHUB_ENV\n", [("A", "x")]),
        (f"{JOB}      - run: |\n          echo 'A=x' >>${{GITHUB_ENV}}\n", [("A", "x")]),
        (f'{JOB}      - run: |\n          echo "A=$(pwd)" >> $GITHUB_ENV\n', [("A", None)]),
        (f"{JOB}      - run: echo A=x\n", []),
        (f"{JOB}      - run: go env -w A=x,direct\n", [("A", "x,direct")]),
        (f"{JOB}      - run: A=x\n", []),
        (f"{JOB}      - run: >\n          export A=x\n          y\n", []),
        (f"{JOB}      - run: export A=x\n        shell: pwsh\n", []),
        (f"{JOB}      - run: export A=x\n        shell: bash\n", [("A", "x")]),
        ("jobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: export A=x\n", []),
        ("defaults:\n  run:\n    shell: cmd\n" + f"{JOB}      - run: export A=x\n", []),
        ("name: env\non:\n  workflow_call:\n    inputs:\n      env:\n        default: x\n", []),
    ],
)
def test_workflow(text: str, found: Values) -> None:
    assert values("workflow", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("variables:\n  A: x\n  B: $C\n", [("A", "x"), ("B", None)]),
        ("variables:\n  A:\n    value: x\n    description: why\n", [("A", "x")]),
        ("test:\n  variables:\n    A: 'x'\n", [("A", "x")]),
        ("test:\n  script:\n    - export A=x\n    - go test\n", [("A", "x")]),
        ("before_script:\n  - A=x go test\n", [("A", "x")]),
        ("variables: {A: x}\n", [("A", "x")]),
        (".v: &v\n  A: x\ntest:\n  variables:\n    <<: *v\n    B: z\n", [("A", "x"), ("B", "z")]),
        (".s: &s\n  - export A=x\ntest:\n  script: *s\nlint:\n  script:\n    - *s\n", [("A", "x")]),
        ("variables:\n  A: on\n", []),
        ("variables:\n  A: 'on'\n", [("A", "on")]),
    ],
)
def test_gitlab(text: str, found: Values) -> None:
    assert values("gitlab", text) == found


def test_a_line_can_be_removed_only_beside_others() -> None:
    text = "env:\n  A: x\n  B: y\njobs:\n  a:\n    env:\n      C: z\n    steps:\n      - env: {D: a}\n"
    removals = [found.command for found in yaml_env.parse(Source(text), "workflow").assignments]
    assert [removal and text[slice(*removal)] for removal in removals] == ["  A: x\n", "  B: y\n", None, None]


@pytest.mark.parametrize(
    ("written", "quoting"),
    [("x", Quoting.PLAIN), ("'x'", Quoting.DOUBLED), ('"x"', Quoting.JSON)],
)
def test_quotes_are_known(written: str, quoting: Quoting) -> None:
    [found] = yaml_env.parse(Source(f"env:\n  A: {written}\n"), "workflow").assignments
    assert found.word.quoting is quoting


PIECES = (
    "x",
    "a b",
    ": ",
    ":",
    "#",
    " #",
    "'",
    '"',
    "''",
    "\\",
    '\\"',
    "-",
    "&",
    "*",
    "{",
    "[",
    ",",
    "|",
    "é",
    "\t",
    "\n    ",
    "~",
)


@pytest.mark.slow
def test_a_value_is_the_one_of_pyyaml() -> None:
    chance = random.Random(5)
    known = 0
    for _ in range(4000):
        value = "".join(chance.choices(PIECES, k=chance.randint(1, 4)))
        quote = chance.choice(("", "", "'", '"'))
        text = f"env:\n  A: {quote}{value}{quote}\n  B: y\n"
        found = dict(values("workflow", text))
        try:
            tree = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes only texts
        except yaml.YAMLError:
            continue
        if found.get("A") is not None and isinstance(tree, dict) and isinstance(tree.get("env"), dict):
            known += 1
            assert found["A"] == tree["env"].get("A"), text
    assert known > 500


@given(
    st.sampled_from(("compose", "workflow", "gitlab")),
    st.text(alphabet="envjobs: -\nruA=x'\"|>[]{}&*#\t$", max_size=120),
)
def test_any_text_is_read_and_spans_are_in_it(kind: str, text: str) -> None:
    for found in yaml_env.parse(Source(text), kind).assignments:
        assert found.word.span.start <= found.word.span.end <= len(text)
