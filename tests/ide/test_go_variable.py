"""Hover, definition and completion of Go variables."""

import pytest

from govariables import bashrc, file, goenv, module
from wslgo.ide.completion.completion import complete
from wslgo.ide.definition import definition, definition_of_variable
from wslgo.ide.hover import go_variable
from wslgo.ide.hover.goproxy import goproxy_steps
from wslgo.linter.scene import Scene
from wslgo.syntax.go import goproxy


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


def test_a_hover_on_a_name_shows_the_value_in_effect() -> None:
    user = goenv("a.test")
    found = go_variable.hover(Scene(user, (bashrc("b.test"),)), 2)
    assert found is not None
    assert "In effect is `b.test`, set in `.bashrc`" in found.markdown()


def test_a_definition_is_the_assignment_in_effect() -> None:
    shell = bashrc("b.test")
    place = definition(Scene(goenv("a.test"), (shell,)), 2)
    assert place is not None
    assert (place.path, shell.source.text[slice(*(place.span or (0, 0)))]) == (".bashrc", "b.test")
    assert definition_of_variable(Scene(module()), "GOPROXY") is None


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
