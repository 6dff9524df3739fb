"""Which of several assignments of a Go variable wins."""

import pytest

from govariables import BAD, bashrc, broken_environment, file, goenv, launch, module, settings
from wslgo.goenv import readers
from wslgo.goenv.precedence import assignment_in_effect
from wslgo.machine.host import UNKNOWN, Host, Variable
from wslgo.syntax.file import File


def value_in_effect(*files: File, host: Host = UNKNOWN) -> str | None:
    found = assignment_in_effect(
        "GOPROXY", [assignment for file in files for assignment in readers.assignments(file)], host
    )
    return found.value if found else None


def test_the_editor_wins_over_shells_and_they_over_the_go_env_file() -> None:
    editor, shell, user = settings("a.test"), bashrc("b.test"), goenv("c.test")
    assert value_in_effect(user, shell, editor) == "a.test"
    assert value_in_effect(user, shell) == "b.test"
    assert value_in_effect(user) == "c.test"
    assert value_in_effect(launch('{"GOPROXY": "d.test"}')) is None


def folder_in_effect(name: str, *files: File, host: Host = UNKNOWN) -> str | None:
    found = assignment_in_effect(name, [assignment for file in files for assignment in readers.assignments(file)], host)
    return found.value if found else None


def test_gopath_comes_from_the_setting_then_the_shell_then_the_variables_of_the_editor() -> None:
    setting = file(".vscode/settings.json", '{"go.gopath": "/a"}')
    tools = file(".vscode/settings.json", '{"go.toolsEnvVars": {"GOPATH": "/b"}}')
    shell, user = file(".bashrc", "export GOPATH=/c\n"), file(".config/go/env", "GOPATH=/d\n")
    exported = Host(go_variables=(Variable("GOPATH", "/e", "environment"),))
    assert folder_in_effect("GOPATH", user, shell, tools, setting) == "/a"
    assert folder_in_effect("GOPATH", user, shell, tools) == "/c"
    assert folder_in_effect("GOPATH", user, tools) == "/b"
    assert folder_in_effect("GOPATH", user, tools, host=exported) == "/e"
    assert folder_in_effect("GOPATH", user, tools, setting, host=exported) == "/a"


def test_goroot_comes_from_the_variables_of_the_editor_then_the_setting_then_the_shell() -> None:
    setting = file(".vscode/settings.json", '{"go.goroot": "/a"}')
    tools = file(".vscode/settings.json", '{"go.toolsEnvVars": {"GOROOT": "/b"}}')
    shell = file(".bashrc", "export GOROOT=/c\n")
    assert folder_in_effect("GOROOT", shell, setting, tools) == "/b"
    assert folder_in_effect("GOROOT", shell, setting) == "/a"


def test_variables_for_tests_and_terminals_are_not_in_effect() -> None:
    tests = file(".vscode/settings.json", f'{{"go.testEnvVars": {{"GOPROXY": "{BAD}"}}}}')
    terminals = file(".vscode/settings.json", f'{{"terminal.integrated.env.linux": {{"GOPROXY": "{BAD}"}}}}')
    assert value_in_effect(tests, terminals) is None
    assert not broken_environment(module(), tests, terminals)


def test_more_specific_settings_win() -> None:
    person, machine, workspace, here = (
        settings("a.test", "/mnt/c/Users/me/AppData/Roaming/Code/User/settings.json"),
        settings("b.test", ".vscode-server/data/Machine/settings.json"),
        file("a.code-workspace", '{"settings": {"go.toolsEnvVars": {"GOPROXY": "c.test"}}}'),
        settings("d.test"),
    )
    assert value_in_effect(here, workspace, machine, person) == "d.test"
    assert value_in_effect(workspace, machine, person) == "c.test"
    assert value_in_effect(machine, person) == "b.test"
    assert value_in_effect(person) == "a.test"


def test_an_empty_variable_of_the_environment_does_not_override() -> None:
    assert value_in_effect(bashrc(""), goenv("c.test")) == "c.test"


def test_the_last_line_of_a_file_wins() -> None:
    assert value_in_effect(file(".bashrc", "export GOPROXY=a.test\nexport GOPROXY=b.test\n")) == "b.test"


def test_a_file_of_the_user_wins_over_one_of_the_system() -> None:
    assert value_in_effect(bashrc("a.test"), file("etc/environment", "GOPROXY=b.test\n")) == "a.test"


@pytest.mark.parametrize(
    "files",
    [
        (bashrc("a.test"), bashrc("b.test", ".zshrc")),
        (file(".bashrc", "export GOPROXY=a.test\n[ -d /x ] && export GOPROXY=b.test\n"),),
        (file(".bashrc", "GOPROXY=a.test\n"),),
    ],
)
def test_conditional_and_competing_assignments_are_unknown(files: tuple[File, ...]) -> None:
    assert value_in_effect(*files) is None


def test_the_host_decides_between_rivals() -> None:
    host = Host(go_variables=(Variable("GOPROXY", "b.test", "environment"),))
    assert value_in_effect(bashrc("a.test"), bashrc("b.test", ".zshrc"), host=host) == "b.test"
    assert value_in_effect(goenv("c.test"), host=host) == "b.test"
    assert value_in_effect(host=host) == "b.test"
