"""Hover, definition and completion of Go variables."""

import pytest

from govariables import bashrc, file, goenv, launch, module, settings
from wslgo.ide.completion.completion import complete
from wslgo.ide.definition import Definition, definitions
from wslgo.ide.hover import go_variable
from wslgo.ide.hover.goproxy import goproxy_steps
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host, Variable
from wslgo.syntax.go import goproxy
from wslgo.text.span import Span


def test_the_steps_of_goproxy_are_described() -> None:
    lines = [line.render() for line in goproxy_steps(goproxy.parse("https://u:p@a.test|b.test,direct,off"))]
    assert lines[0].startswith("1. asks `https://xxxxx@a.test`; continues after any error")
    assert lines[1].startswith("2. asks `https://b.test`; continues only if the module is not found (404, 410)")
    assert lines[2:4] == ["3. fetches the module from its origin", "Never used: `off`"]
    assert "报错" in goproxy_steps(goproxy.parse("bogus"))[0].render("zh")


def test_a_hover_on_a_value_shows_the_steps() -> None:
    shell = bashrc("goproxy.cn,direct")
    found = go_variable.hover(Scene(shell), shell.source.text.index("goproxy"))
    assert found is not None
    assert "1. asks `https://goproxy.cn`" in found.markdown()
    assert "GOPROXY" in found.markdown("zh")


def words(scene: Scene, offset: int = 2) -> str:
    """Return the hover on a name, without the description of the variable."""
    found = go_variable.hover(scene, offset)
    assert found is not None
    return "\n".join(line for line in found.markdown().split("\n") if "effect" in line or " in `" in line)


def test_a_hover_on_a_name_shows_the_value_in_effect_and_all_places() -> None:
    user = goenv("a.test")
    assert words(Scene(user, (bashrc("b.test"),))) == (
        "In effect is `b.test`, set in `.bashrc:1`\n- `a.test` in `/home/me/.config/go/env:1`: overridden"
    )
    editor = settings("c.test")
    assert words(Scene(user, (bashrc("b.test"), editor))) == (
        "In effect in the editor is `c.test`, set in `.vscode/settings.json:1`\n"
        "- `b.test` in `.bashrc:1`: in terminals\n"
        "- `a.test` in `/home/me/.config/go/env:1`: overridden"
    )


def test_a_hover_tells_the_environment_of_the_server_from_a_line_for_later() -> None:
    shell = bashrc("b.test", "/home/me/.bashrc")
    host = Host(home="/home/me", go_variables=(Variable("GOPROXY", "a.test", "environment"),))
    assert words(Scene(shell, host=host), 9) == (
        "In effect is `a.test`, from the environment\n"
        "- `b.test` in `/home/me/.bashrc:1`: not in this environment: for shells started later"
    )


def test_a_hover_on_the_only_place_names_it_once() -> None:
    assert words(Scene(goenv("a.test"))) == "In effect is `a.test`, set in `/home/me/.config/go/env:1`"


def test_a_hover_says_nothing_of_what_is_in_effect_where_that_is_not_known() -> None:
    entry = launch('{"GOPROXY": "a.test"}')
    assert words(Scene(entry), entry.source.text.index("GOPROXY")) == ""
    host = Host(go_variables=(Variable("GOPROXY", "b.test", "environment"),))
    for path, text in (
        (".github/workflows/a.yml", "env:\n  GOPROXY: a.test\n"),
        ("Dockerfile", "FROM golang\nENV GOPROXY=a.test\n"),
        ("compose.yaml", "services:\n  a:\n    environment:\n      GOPROXY: a.test\n"),
        (".devcontainer.json", '{"containerEnv": {"GOPROXY": "a.test"}}'),
    ):
        there = Scene(file(path, text), (goenv("c.test"), bashrc("d.test")), host=host)
        assert words(there, text.index("GOPROXY")) == ""
        assert [found.path for found in definitions(there, text.index("GOPROXY"))] == [path]


@pytest.mark.parametrize(
    ("path", "text", "note"),
    [
        (".envrc", "export GOPROXY=a.test\n", "with direnv only"),
        ("Makefile", "export GOPROXY = a.test\n", "for make only"),
        ("environment.d/go.conf", "GOPROXY=a.test\n", "for systemd services only"),
    ],
)
def test_a_hover_in_a_file_for_some_programs_says_what_is_in_effect_for_the_others(
    path: str, text: str, note: str
) -> None:
    there = file(path, text)
    host = Host(go_variables=(Variable("GOPROXY", "b.test", "environment"),))
    at = text.index("GOPROXY")
    assert words(Scene(there, host=host), at) == (
        f"In effect is `b.test`, from the environment\n- `a.test` in `{path}:1`: {note}"
    )
    assert definitions(Scene(there, host=host), at) == (Definition(path, Span(len(text) - 7, len(text) - 1)),)


def levels(path: str, text: str, line: int) -> list[str]:
    """Return what a hover on the name in a line says of the levels of the file."""
    at = text.index("GOFLAGS", sum(map(len, text.splitlines(keepends=True)[: line - 1])))
    found = go_variable.hover(Scene(file(path, text)), at)
    assert found is not None
    shown = found.markdown().split("\n")
    return [found for found in shown if found.startswith(("Set", "Written")) or " in line " in found]


WORKFLOW = """env:
  GOFLAGS: -v
jobs:
  a:
    env: {GOFLAGS: -x}
    steps:
      - run: go test
        env:
          GOFLAGS: -n
      - run: GOFLAGS=-a go vet
      - run: echo "GOFLAGS=-p=2" >> $GITHUB_ENV
      - run: go env -w GOFLAGS=-p=3
  b:
    env:
      GOFLAGS: -work
"""


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            2,
            [
                "Set for all jobs; `env` of a job or a step wins over it",
                "- `-x` in line 5 wins there",
                "- `-n` in line 9 wins there",
                "- `-a` in line 10 wins there",
                "- `-work` in line 15 wins there",
            ],
        ),
        (
            5,
            [
                "Set for this job: it wins over `env` at the top, and `env` of a step wins over it",
                "- `-v` in line 2 is overridden here",
                "- `-n` in line 9 wins there",
                "- `-a` in line 10 wins there",
            ],
        ),
        (
            9,
            [
                "Set for this step: it wins over `env` of the job and at the top",
                "- `-v` in line 2 is overridden here",
                "- `-x` in line 5 is overridden here",
            ],
        ),
        (11, ["Set for the later steps of this job; `env` of a step wins over it"]),
        (12, ["Written to the go env file there: an environment variable of this name wins over it"]),
    ],
)
def test_the_levels_of_a_workflow(line: int, found: list[str]) -> None:
    assert levels(".github/workflows/a.yml", WORKFLOW, line) == found


DOCKERFILE = """ARG GOFLAGS=-v
FROM golang AS build
ARG GOFLAGS=-x
ENV A=b \\
    GOFLAGS=-n
RUN GOFLAGS=-a go build
FROM golang
ENV GOFLAGS=-p=2
"""


@pytest.mark.parametrize(
    ("line", "start", "others"),
    [
        (3, "Set for RUN in this stage", ["- `-n` in line 5 wins there", "- `-a` in line 6 wins there"]),
        (5, "Set below this line", ["- `-x` in line 3 is overridden here", "- `-a` in line 6 wins there"]),
        (
            6,
            "Set for this command only",
            ["- `-x` in line 3 is overridden here", "- `-n` in line 5 is overridden here"],
        ),
        (8, "Set below this line", []),
    ],
)
def test_the_levels_of_a_dockerfile(line: int, start: str, others: list[str]) -> None:
    first, *rest = levels("Dockerfile", DOCKERFILE, line)
    assert first.startswith(start)
    assert rest == others


@pytest.mark.parametrize(
    ("path", "text", "line", "start", "others"),
    [
        (
            "Makefile",
            "export GOFLAGS = -v\nt:\n\tGOFLAGS=-n go vet\n",
            1,
            "Set for all that make starts: it",
            ["- `-n`"],
        ),
        ("Makefile", "export GOFLAGS = -v\nt:\n\tGOFLAGS=-n go vet\n", 3, "Set in this line only", ["- `-v`"]),
        ("Makefile", "export GOFLAGS ?= -v\n", 1, "Set for all that make starts, unless", []),
        ("Makefile", "t: ; GOFLAGS=-n go vet\n", 1, "Set in this line only", []),
        (
            ".gitlab-ci.yml",
            "variables:\n  GOFLAGS: -v\na:\n  variables:\n    GOFLAGS: -n\n  script: go vet\n",
            2,
            "Set for all jobs; variables of a job",
            ["- `-n`"],
        ),
        (
            ".gitlab-ci.yml",
            "variables:\n  GOFLAGS: -v\na:\n  variables:\n    GOFLAGS: -n\nb:\n  variables:\n    GOFLAGS: -x\n",
            8,
            "Set for this job: it wins over the variables",
            ["- `-v`"],
        ),
        (
            "compose.yml",
            "services:\n  a:\n    environment: {GOFLAGS: -v}\n",
            3,
            "Set in containers of this service",
            [],
        ),
        ("compose.yml", "services:\n  a:\n    build:\n      args: {GOFLAGS: -v}\n", 4, "Set for the build", []),
        ("compose.yml", "x-e: &e\n  GOFLAGS: -v\nservices:\n  a:\n    environment: *e\n", 2, "Set in containers", []),
        (".devcontainer.json", '{"containerEnv": {"GOFLAGS": "-v"}}', 1, "Set for all programs of the container", []),
        (".devcontainer.json", '{"remoteEnv": {"GOFLAGS": "-v"}}', 1, "Set for the editor in the container", []),
    ],
)
def test_the_levels_of_other_files(path: str, text: str, line: int, start: str, others: list[str]) -> None:
    first, *rest = levels(path, text, line)
    assert first.startswith(start)
    assert [found.split(" in ")[0] for found in rest] == others


def test_files_without_levels_say_nothing_of_them() -> None:
    assert levels(".bashrc", "export GOFLAGS=-v\n", 1) == []
    assert levels(".github/workflows/a.yml", "jobs:\n  a:\n    container:\n      env: {GOFLAGS: -v}\n", 4) == []
    assert levels("Dockerfile", "FROM golang\nENV GOFLAGS=-v\nFROM golang\nENV GOFLAGS=-n\n", 2)[1:] == []


def test_the_definitions_in_a_workflow_are_the_levels_that_meet() -> None:
    there = Scene(file(".github/workflows/a.yml", WORKFLOW))
    at = WORKFLOW.index("GOFLAGS: -n")
    values = [WORKFLOW[slice(*found.span)] for found in definitions(there, at) if found.span]
    assert values == ["-n", "-v", "-x"]


def test_a_conditional_line_may_apply() -> None:
    shell = file(".bashrc", "[ -d /x ] && export GOPROXY=a.test\n")
    assert words(Scene(shell), shell.source.text.index("GOPROXY")) == "- `a.test` in `.bashrc:1`: may apply"


def test_the_definitions_are_all_places_and_the_one_that_wins_comes_first() -> None:
    shell, user = bashrc("b.test"), goenv("a.test")
    assert definitions(Scene(user, (shell,)), 2) == (
        Definition(".bashrc", Span(15, 21)),
        Definition(user.path, Span(8, 14)),
    )
    entry = launch('{"GOPROXY": "c.test"}')
    start = entry.source.text.index("c.test")
    assert definitions(Scene(entry), start - 5) == (Definition(entry.path, Span(start, start + 6)),)


def test_a_value_from_nowhere_has_no_definition() -> None:
    host = Host(go_variables=(Variable("GOPROXY", "b.test", "environment"),))
    assert definitions(Scene(goenv("a.test"), host=host), 2) == ()
    assert definitions(Scene(module()), 0) == ()
    assert definitions(Scene(file(".bashrc", "echo GOPROXY\n")), 6) == ()


def test_a_definition_in_a_file_that_was_not_read_is_the_file() -> None:
    host = Host(goenv_path="/x/env", go_variables=(Variable("GOPROXY", "b.test", "/x/env"),))
    assert definitions(Scene(bashrc("a.test"), host=host), 9)[0] == Definition("/x/env", None)


@pytest.mark.parametrize(
    ("path", "text", "name", "after"),
    [
        (".bashrc", "export GOPR^\n", "GOPROXY", "export GOPROXY=\n"),
        (".bashrc", "export GOPROXY=^\n", "https://goproxy.cn,direct", "export GOPROXY=https://goproxy.cn,direct\n"),
        (".config/go/env", "GOSUM^\n", "GOSUMDB", "GOSUMDB=\n"),
        (".config/go/env", "GOSUMDB=off^\n", "sum.golang.org", "GOSUMDB=sum.golang.org\n"),
        (".config/fish/config.fish", "set -gx GOP^\n", "GOPATH", "set -gx GOPATH \n"),
        (
            ".vscode/settings.json",
            '{"go.toolsEnvVars": {"GO^": "x"}}',
            "GOPROXY",
            '{"go.toolsEnvVars": {"GOPROXY": "x"}}',
        ),
        (".vscode/settings.json", '{"go.toolsEnvVars": {^}}', "GOOS", '{"go.toolsEnvVars": {"GOOS": ""}}'),
    ],
)
def test_names_and_values_are_completed(path: str, text: str, name: str, after: str) -> None:
    offset = text.index("^")
    text = text.replace("^", "")
    items = {item.label: item for item in complete(Scene(file(path, text)), offset)}
    assert text[: items[name].span.start] + items[name].new + text[items[name].span.end :] == after


@pytest.mark.parametrize("name", ["go.testEnvVars", "terminal.integrated.env.linux"])
def test_names_are_completed_in_every_object_of_variables(name: str) -> None:
    text = f'{{"{name}": {{"GO": ""}}}}'
    items = {item.label for item in complete(Scene(file(".vscode/settings.json", text)), text.index('GO"') + 2)}
    assert {"GOPROXY", "GOFLAGS"} <= items


@pytest.mark.parametrize(("path", "text"), [(".bashrc", "echo GO^"), (".vscode/settings.json", '{"a": {"GO^": 1}}')])
def test_nothing_is_completed_elsewhere(path: str, text: str) -> None:
    assert not complete(Scene(file(path, text.replace("^", ""))), text.index("^"))


@pytest.mark.parametrize(
    ("path", "start", "line", "end"),
    [
        ("Dockerfile", "FROM golang\nENV A=b \\\n", "  GOFLAGS=-v \\\n", "  B=c\n"),
        ("Dockerfile", "FROM golang\n", "RUN GOFLAGS=-v go vet\n", ""),
        (".github/workflows/a.yml", "env:\n  GOFLAGS: -x\njobs:\n", "  a:\n    env: {GOFLAGS: -v}\n", ""),
        ("Makefile", "", "export GOFLAGS = -v\n", ""),
    ],
)
def test_a_file_with_many_lines_has_a_short_hover_soon(path: str, start: str, line: str, end: str) -> None:
    text = start + line * 3_000 + end
    assert len(levels(path, text, text.count("\n", 0, text.index("GOFLAGS")) + 1)) <= 9


SHIPPED = "/usr/local/go/go.env"


def test_a_hover_in_the_file_of_the_installation_names_the_command_for_a_value_of_ones_own() -> None:
    there = file(SHIPPED, "GOPROXY=a.test\nGOPROXY=z.test\nGOSUMDB=off\n")
    host = Host(goenv_path="/home/me/.config/go/env", go_variables=(Variable("GOPROXY", "a.test", SHIPPED),))
    found = go_variable.hover(Scene(there, host=host), 2)
    assert found is not None
    shown = found.markdown().split("\n")
    assert any("type: go env -w GOPROXY=..." in line for line in shown)
    assert f"In effect is `a.test`, set in `{SHIPPED}:1`" in shown
    assert definitions(Scene(there, host=host), 2) == (Definition(SHIPPED, Span(8, 14)),)
    user = goenv("b.test")
    found = go_variable.hover(Scene(there, (user,)), 2)
    assert found is not None
    assert f"- `a.test` in `{SHIPPED}:1`: overridden" in found.markdown()
    assert [place.path for place in definitions(Scene(there, (user,)), 2)] == [user.path, SHIPPED]


def test_a_hover_in_the_file_of_the_installation_says_nothing_where_nothing_is_known() -> None:
    assert words(Scene(file(SHIPPED, "GOPROXY=a.test\n"))) == ""


@pytest.mark.parametrize("name", ["GOPROXY", "GOTOOLCHAIN"])
def test_the_file_of_the_installation_is_not_completed(name: str) -> None:
    assert complete(Scene(file(SHIPPED, f"{name}=")), len(name) + 1) == ()
