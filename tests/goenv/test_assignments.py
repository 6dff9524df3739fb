"""The Go variables that files set, and how their values are rewritten."""

from itertools import chain

import pytest

from govariables import BAD, bashrc, file, goenv, launch, module, settings
from wslgo.goenv import readers
from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import removal_edit, value_edit
from wslgo.linter.check import check
from wslgo.linter.finding import Severity
from wslgo.linter.settings import Settings
from wslgo.machine.host import Host, Mount
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File
from wslgo.text.span import apply

# Files


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".bashrc", 'export GOPROXY="x.test"\n'),
        (".zshenv", "export GOPROXY=x.test\n"),
        ("etc/profile.d/go.sh", "export GOPROXY='x.test'\n"),
        ("etc/environment", 'GOPROXY="x.test"\n'),
        (".config/fish/config.fish", "set -gx GOPROXY x.test\n"),
        (".config/go/env", "GOPROXY=x.test\n"),
        (".vscode/launch.json", '{"configurations": [{"type": "go", "env": {"GOPROXY": "x.test"}}]}'),
        (".vscode/settings.json", '{"go.toolsEnvVars": {"GOPROXY": "x.test"}}'),
        (".vscode-server/data/Machine/settings.json", '{"go.toolsEnvVars": {"GOPROXY": "x.test"}}'),
        ("a.code-workspace", '{"settings": {"go.toolsEnvVars": {"GOPROXY": "x.test"}}}'),
        (".vscode/settings.json", '{"go.testEnvVars": {"GOPROXY": "x.test"}}'),
        ("a.code-workspace", '{"settings": {"go.testEnvVars": {"GOPROXY": "x.test"}}}'),
        (".vscode/settings.json", '{"terminal.integrated.env.linux": {"GOPROXY": "x.test"}}'),
        ("a.code-workspace", '{"settings": {"terminal.integrated.env.linux": {"GOPROXY": "x.test"}}}'),
        (
            "/mnt/c/Users/me/AppData/Roaming/Code/User/settings.json",
            '{"terminal.integrated.env.linux": {"GOPROXY": "x.test"}}',
        ),
        ("a.code-workspace", '{"launch": {"configurations": [{"type": "go", "env": {"GOPROXY": "x.test"}}]}}'),
        (".env", "export GOPROXY='x.test'\n"),
        (".bashrc", "declare -x GOPROXY=x.test\n"),
        (".zshrc", "typeset -gx GOPROXY=x.test\n"),
        (".profile", "GOPROXY=x.test\nexport GOPROXY\n"),
        (".config/fish/config.fish", "set -Ux GOPROXY x.test\n"),
        (".config/fish/config.fish", "setenv GOPROXY x.test\n"),
        (".config/fish/conf.d/go.fish", "export GOPROXY='x.test'\n"),
        ("src/.envrc", "use go 1.25\nPATH_add bin\nexport GOPROXY=x.test\n"),
        ("/home/me/.config/environment.d/go.conf", "GOPROXY='x.test'\n"),
        ("Makefile", "export GOPROXY := x.test\n"),
        ("docker-compose.yml", "services:\n  a:\n    environment:\n      GOPROXY: x.test\n"),
        ("compose.dev.yaml", "services:\n  a:\n    environment:\n      - GOPROXY=x.test\n"),
        (".github/workflows/go.yml", "env:\n  GOPROXY: x.test\n"),
        ("setup/action.yml", 'runs:\n  steps:\n    - run: GOPROXY="x.test" go test\n'),
        ("mise.toml", '[env]\nGOPROXY = "x.test"\n'),
        (".mise.local.toml", "[env]\nGOPROXY = 'x.test'\n"),
        ("/home/me/.config/mise/config.toml", '[env]\nGOPROXY = "x.test"\n'),
        (".gitlab-ci.yml", "variables:\n  GOPROXY: 'x.test'\n"),
        ("build/common.mk", "GOPROXY=x.test\nexport GOPROXY\n"),
        ("Dockerfile", "FROM golang\nENV GOPROXY=x.test\n"),
        ("app.Dockerfile", 'FROM golang\nARG GOPROXY="x.test"\n'),
        (".devcontainer/devcontainer.json", '{"containerEnv": {"GOPROXY": "x.test"}}'),
        (".devcontainer/go/devcontainer.json", '{"remoteEnv": {"GOPROXY": "x.test"}}'),
        (".devcontainer.json", '{"build": {"args": {"GOPROXY": "x.test"}}}'),
        (
            ".devcontainer/devcontainer.json",
            '{"customizations": {"vscode": {"settings": {"go.toolsEnvVars": {"GOPROXY": "x.test"}}}}}',
        ),
        (".vscode/tasks.json", '{"options": {"env": {"GOPROXY": "x.test"}}}'),
        (".vscode/tasks.json", '{"tasks": [{"linux": {"options": {"env": {"GOPROXY": "x.test"}}}}]}'),
        ("a.code-workspace", '{"tasks": {"tasks": [{"options": {"env": {"GOPROXY": "x.test"}}}]}}'),
    ],
)
def test_every_syntax_yields_assignments(path: str, text: str) -> None:
    [one] = readers.assignments(file(path, text))
    assert (one.name, one.value) == ("GOPROXY", "x.test")
    assert text[slice(*one.name_span)] == "GOPROXY"
    assert text[slice(*one.value_span)] == "x.test"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".bashrc", "export PATH=/x HTTP_PROXY=http://x.test\n"),
        (".config/go/env", "export GOPROXY=x.test\n GOPROXY=x.test\ngoproxy=x.test\n"),
        (".vscode/launch.json", '{"configurations": [{"type": "python", "env": {"GOPROXY": "x.test"}}]}'),
        (".vscode/settings.json", '{"terminal.integrated.env.windows": {"GOPROXY": "x.test"}}'),
        (".vscode/settings.json", '{"go.testEnvVars": {"GOPROXY": null}, "go.gopath": null, "go.goroot": ""}'),
        ("a.code-workspace", '{"go.gopath": "/go", "go.testEnvVars": {"GOPROXY": "x.test"}}'),
        (
            "/mnt/c/Users/me/AppData/Roaming/Code/User/settings.json",
            '{"go.gopath": "C:\\\\go", "go.goroot": "C:\\\\Go"}',
        ),
        ("notes.sh", "export GOPROXY=x.test\n"),
    ],
)
def test_other_files_and_names_yield_nothing(path: str, text: str) -> None:
    assert family_of(path) is None or not readers.assignments(file(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".vscode/settings.json", '{"go.toolsEnvVars": {"GOPATH": "~/go"}}'),
        (".vscode/settings.json", '{"go.testEnvVars": {"GOPATH": "~/go"}}'),
        (".vscode/settings.json", '{"go.gopath": "~/go"}'),
        (".vscode/settings.json", '{"go.gopath": "${workspaceFolder}/go"}'),
        (".vscode/settings.json", '{"go.goroot": "${env:HOME}/sdk/go1.25.3"}'),
        (".vscode/settings.json", '{"terminal.integrated.env.linux": {"GOPATH": "${env:HOME}/go"}}'),
        (".vscode/launch.json", '{"configurations": [{"type": "go", "env": {"GOPATH": "${workspaceFolder}/go"}}]}'),
        (".env", "GOPATH=${HOME}/go\n"),
        (".bashrc", "export GOPATH=$HOME/go\n"),
    ],
)
def test_a_value_that_is_expanded_is_unknown(path: str, text: str) -> None:
    [one] = readers.assignments(file(path, text))
    assert one.value is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".vscode/launch.json", '{"configurations": [{"type": "go", "env": {"GOPATH": "~/go"}}]}'),
        (".vscode/settings.json", '{"launch": {"configurations": [{"type": "go", "env": {"GOPATH": "~/go"}}]}}'),
        (".vscode/settings.json", '{"terminal.integrated.env.linux": {"GOPATH": "~/go"}}'),
    ],
)
def test_vs_code_does_not_expand_a_tilde_itself(path: str, text: str) -> None:
    [one] = readers.assignments(file(path, text))
    assert one.value == "~/go"


# Each place of the editor: what of it reaches which program, a finding there, its fix, and silence.

PLACES = {
    "tools": ('{"go.toolsEnvVars": {"NAME": "VALUE"}}', Scope.EDITOR),
    "tests": ('{"go.testEnvVars": {"X": "1", "NAME": "VALUE"}}', Scope.TESTS),
    "terminals": ('{"terminal.integrated.env.linux": {"NAME": "VALUE"}, "editor.tabSize": 4}', Scope.TERMINAL),
    "debugging": ('{"launch": {"configurations": [{"type": "go", "env": {"NAME": "VALUE"}}]}}', Scope.LAUNCH),
}
FILES = (
    ".vscode/settings.json",
    ".vscode-server/data/Machine/settings.json",
    "/mnt/c/Users/me/AppData/Roaming/Code/User/settings.json",
)


def filled_in(template: str, name: str, value: str) -> str:
    return template.replace("NAME", name).replace("VALUE", value)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("path", [*FILES, "a.code-workspace"])
def test_a_value_is_checked_and_fixed_in_every_setting_of_the_editor(path: str, place: str) -> None:
    template, scope = PLACES[place]
    if path == "a.code-workspace":
        template = template if place == "debugging" else f'{{"settings": {template}}}'
    bad, good = (filled_in(template, "GOPROXY", value) for value in (BAD, "https://goproxy.cn,direct"))
    there = file(path, bad)
    [one] = readers.assignments(there)
    assert one.scope is scope
    [found] = [reported for reported in check(there) if reported.rule == "goenv/unreachable-proxy"]
    assert bad[slice(*found.finding.span)] == "https://goproxy.cn"
    assert apply(bad, found.finding.fixes[0].edits) == good
    assert not check(file(path, good))


FOLDERS_OF_EDITOR = {"go.gopath": ("GOPATH", Scope.EDITOR_GOPATH), "go.goroot": ("GOROOT", Scope.EDITOR_GOROOT)}


@pytest.mark.parametrize("setting", FOLDERS_OF_EDITOR)
@pytest.mark.parametrize("wrapped", [False, True], ids=["settings", "workspace"])
def test_a_folder_setting_of_the_editor_is_checked_and_fixed(setting: str, wrapped: bool) -> None:
    host = Host(home="/home/me", mounts=(Mount("/", "ext4"), Mount("/win/c", "9p", windows="C:\\")))
    around = ('{"settings": ', "}") if wrapped else ("", "")
    path = "a.code-workspace" if wrapped else ".vscode/settings.json"

    def there(members: str) -> File:
        return file(path, f"{around[0]}{{{members}}}{around[1]}")

    slow = there(f'"go.useLanguageServer": true, "{setting}": "/win/c/go"')
    [one] = readers.assignments(slow)
    assert (one.name, one.scope) == FOLDERS_OF_EDITOR[setting]
    [found] = check(slow, host=host)
    assert (found.rule, slow.source.text[slice(*found.finding.span)]) == ("goenv/folder-on-windows-drive", "/win/c/go")
    after = apply(slow.source.text, found.finding.fixes[0].edits)
    assert after == there('"go.useLanguageServer": true').source.text
    assert not check(there(f'"{setting}": "/home/me/go"'), host=host)
    assert not check(there(f'"{setting}": "${{workspaceFolder}}/go"'), host=host)


def test_a_windows_path_reaches_go_only_from_go_gopath() -> None:
    [gopath] = check(file(".vscode/settings.json", '{"go.gopath": "C:\\\\go"}'))
    [goroot] = check(file(".vscode/settings.json", '{"go.goroot": "C:\\\\Go"}'))
    assert (gopath.severity, goroot.severity) == (Severity.ERROR, Severity.WARNING)
    assert "the Go extension ignores go.goroot" in goroot.finding.message.render()


@pytest.mark.parametrize(
    ("place", "home", "after"),
    [
        ("tools", None, "${env:HOME}/mod"),
        ("terminals", None, "${env:HOME}/mod"),
        ("tests", "/home/me", "/home/me/mod"),
    ],
)
def test_the_home_folder_is_written_in_the_syntax_of_the_setting(place: str, home: str | None, after: str) -> None:
    there = file(".vscode/settings.json", filled_in(PLACES[place][0], "GOMODCACHE", "$HOME/mod"))
    [found] = check(there, host=Host(home=home))
    assert apply(there.source.text, found.finding.fixes[0].edits) == filled_in(PLACES[place][0], "GOMODCACHE", after)


def test_a_variable_counts_when_another_file_exports_its_name() -> None:
    profile = file(".profile", f"GOPROXY={BAD}\nGOFLAGS=-x\n")
    assert not readers.effective_assignments(profile, (file(".bashrc", "export GOSUMDB\n# export GOPROXY\n"),))
    [found] = readers.effective_assignments(profile, (file(".bashrc", "export GOPROXY PATH\n"),))
    assert found.name == "GOPROXY"


def test_a_variable_of_a_makefile_counts_when_another_one_exports_its_name() -> None:
    variables = file("go.mk", f"GOPROXY := {BAD}\nGOFLAGS = -x\n")
    [found] = readers.effective_assignments(variables, (file("Makefile", "include a.mk go.mk # b\nexport GOPROXY\n"),))
    assert found.name == "GOPROXY"
    assert len(readers.effective_assignments(variables, (file("Makefile", "-include go.mk\nexport\n"),))) == 2
    main = file("Makefile", f"include go.mk\nGOPROXY := {BAD}\n")
    assert readers.effective_assignments(main, (file("go.mk", "export GOPROXY\n"),))
    for text in (
        "export GOPROXY\n",
        "include other.mk\nexport\n",
        "include go.mk\nexport GOSUMDB\n",
        "include go.mk\n",
    ):
        assert not readers.effective_assignments(variables, (file("Makefile", text),))


def test_an_env_file_counts_when_it_is_named_for_tests() -> None:
    env = file("dev.env", f"GOPROXY={BAD}\n")
    for path, text in (
        (".vscode/settings.json", '{"go.testEnvFile": "${workspaceFolder}/dev.env"}'),
        ("a.code-workspace", '{"settings": {"go.testEnvFile": "${workspaceFolder}/dev.env"}}'),
    ):
        assert readers.effective_assignments(env, (file(path, text),))
        assert not readers.effective_assignments(env, (file(path, text.replace("dev.env", "ci.env")),))


def test_an_env_file_counts_when_a_launch_configuration_names_it() -> None:
    env = file("dev.env", f"GOPROXY={BAD}\n")
    named = launch("{}", ', "envFile": ["${workspaceFolder}/dev.env"]')
    other = launch("{}", ', "envFile": "${workspaceFolder}/prod.env"')
    assert readers.effective_assignments(env, (named,))
    assert not readers.effective_assignments(env, (other,))
    assert not readers.effective_assignments(env, ())


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        ("GOTOOLCHAIN=1.22.5", ["goenv/unusable-toolchain"]),
        ("GOFLAGS=-tags integration", ["goenv/unusable-flags"]),
        ("export GO111MODULE=yes", ["goenv/unknown-module-mode"]),
        ("GO111MODULE=on", []),
        (f"GOPROXY={BAD}", []),
        ("GOCACHE=.cache", []),
        ("GOPATH=~/go", []),
        ("GOTOOLCHAIN='1.22.5'", []),
        ("GOTOOLCHAIN=$VERSION", []),
        ("GOPROXY=https://goproxy.cn;direct", []),
        ("GOTOOLCHAIN=go1.22.5 # why", []),
    ],
)
def test_only_what_no_program_accepts_is_wrong_in_an_env_file_that_nothing_names(line: str, rules: list[str]) -> None:
    assert [reported.rule for reported in check(file("second.env", f"{line}\n"))] == rules


def test_files_are_parsed_on_demand() -> None:
    beside = settings(BAD)
    check(module("tools/go.mod"), Settings(select=("gomod/utf16",)), (beside,))
    assert "tree" not in vars(beside)


# Edits


@pytest.mark.parametrize(
    ("path", "text", "after"),
    [
        (".bashrc", "export GOPROXY=a # x\n", 'export GOPROXY="b|$c" # x\n'.replace("$", "\\$")),
        (".bashrc", 'export GOPROXY="a"\n', 'export GOPROXY="b|\\$c"\n'),
        (".bashrc", "export GOPROXY='a'\n", "export GOPROXY='b|$c'\n"),
        (".bashrc", "export GOPROXY=a'b'\n", 'export GOPROXY="b|\\$c"\n'),
        (".config/go/env", "GOPROXY=a\n", "GOPROXY=b|$c\n"),
        (".vscode/settings.json", '{"go.toolsEnvVars":{"GOPROXY":"a"}}', '{"go.toolsEnvVars":{"GOPROXY":"b|$c"}}'),
    ],
)
def test_a_value_is_written_in_the_syntax_of_its_file(path: str, text: str, after: str) -> None:
    [one] = readers.assignments(file(path, text))
    edit = value_edit(one, "b|$c")
    assert edit is not None
    changed = apply(text, [edit])
    assert changed == after
    assert [again.value for again in readers.assignments(file(path, changed))] == ["b|$c"]


@pytest.mark.parametrize(
    ("path", "text", "value", "after"),
    [
        ("Makefile", "export GOFLAGS := a # x\n", "-x b", "export GOFLAGS := -x b# x\n"),
        ("Makefile", "export GOFLAGS = a\n", "a#b", "export GOFLAGS = a\\#b\n"),
        ("Dockerfile", "FROM x\nENV GOFLAGS=a CC=gcc\n", "-x b", 'FROM x\nENV GOFLAGS="-x b" CC=gcc\n'),
        ("Dockerfile", "FROM x\nENV GOFLAGS 'a b'\n", "-x", "FROM x\nENV GOFLAGS '-x'\n"),
        ("environment.d/a.conf", "GOFLAGS=a\n", "-x b", 'GOFLAGS="-x b"\n'),
        (".envrc", "export GOFLAGS=a\n", "-x", "export GOFLAGS=-x\n"),
        (".config/fish/config.fish", "setenv GOFLAGS a\n", "-x b", 'setenv GOFLAGS "-x b"\n'),
        (".github/workflows/a.yml", "env:\n  GOFLAGS: a # x\n", "-x", "env:\n  GOFLAGS: -x # x\n"),
        (".github/workflows/a.yml", "env:\r\n  GOFLAGS: a\r\n", "-x b", 'env:\r\n  GOFLAGS: "-x b"\r\n'),
        (".github/workflows/a.yml", "env:\n  GO111MODULE: a\n", "on", 'env:\n  GO111MODULE: "on"\n'),
        (".github/workflows/a.yml", "env:\n  GOFLAGS: 'a'\n", "'-x'", "env:\n  GOFLAGS: '''-x'''\n"),
        (".github/workflows/a.yml", 'env:\n  GOFLAGS: "a"\n', '"-x"', 'env:\n  GOFLAGS: "\\"-x\\""\n'),
        (
            "compose.yml",
            "services:\n  a:\n    environment:\n      - GOFLAGS=a\n",
            "-x",
            "services:\n  a:\n    environment:\n      - GOFLAGS=-x\n",
        ),
        (
            "compose.yml",
            "services:\n  a:\n    environment:\n      - 'GOFLAGS=a'\n",
            "-x b",
            "services:\n  a:\n    environment:\n      - 'GOFLAGS=-x b'\n",
        ),
        ("mise.toml", '[env]\nGOFLAGS = "a" # x\n', '-x "b"', '[env]\nGOFLAGS = "-x \\"b\\"" # x\n'),
        (".devcontainer.json", '{"containerEnv": {"GOFLAGS": "a"}}', "-x b", '{"containerEnv": {"GOFLAGS": "-x b"}}'),
    ],
)
def test_the_syntax_of_a_file_stays(path: str, text: str, value: str, after: str) -> None:
    first = readers.assignments(file(path, text))[0]
    edit = value_edit(first, value)
    assert edit is not None
    changed = apply(text, [edit])
    assert changed == after
    assert readers.assignments(file(path, changed))[0].value == value


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("compose.yml", "services:\n  a:\n    environment:\n      - GOFLAGS=a\n"),
        ("compose.yml", "services:\n  a:\n    environment: [GOFLAGS=a]\n"),
        (".github/workflows/a.yml", "runs:\n  steps:\n    - run: echo 'GOFLAGS=a' >> $GITHUB_ENV\n"),
    ],
)
def test_what_a_syntax_cannot_express_is_not_written(path: str, text: str) -> None:
    [only] = readers.assignments(file(path, text))
    assert value_edit(only, "-x: b") is None


@pytest.mark.parametrize(
    ("env", "after"),
    [
        ('{"GOPROXY": "a"}', "{}"),
        ('{"GOPROXY": "a", "X": "1"}', '{"X": "1"}'),
        ('{"X": "1", "GOPROXY": "a"}', '{"X": "1"}'),
        ('{"X": "1", "GOPROXY": "a",}', '{"X": "1",}'),
        ('{"X": "1", "GOPROXY": "a", "Y": "2"}', '{"X": "1", "Y": "2"}'),
        ('{"GOPROXY": "a", /* why */ "X": "1"}', None),
    ],
)
def test_a_member_is_removed_with_its_comma_but_never_with_a_comment(env: str, after: str | None) -> None:
    [one] = readers.assignments(launch(env))
    edit = removal_edit(one)
    assert (apply(launch(env).source.text, [edit]) if edit else None) == (launch(after).source.text if after else None)


def test_an_assignment_knows_its_scope() -> None:
    files = (settings("a"), bashrc("a"), goenv("a"))
    scopes = [assignment.scope for assignment in chain.from_iterable(map(readers.assignments, files))]
    assert scopes == [Scope.EDITOR, Scope.ENVIRONMENT, Scope.GOENV]
    assert all(isinstance(assignment, Assignment) for assignment in readers.assignments(launch('{"GOOS": "linux"}')))


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("{GOTOOLCHAIN: 1.22.5, A: b}", "{GOTOOLCHAIN: go1.22.5, A: b}"),
        ("{GOTOOLCHAIN: '1.22.5'}", "{GOTOOLCHAIN: 'go1.22.5'}"),
        ('{"GOTOOLCHAIN": "1.22.5"}', '{"GOTOOLCHAIN": "go1.22.5"}'),
        ("{GOPROXY: 'https://a.test;direct'}", "{GOPROXY: 'https://a.test,direct'}"),
        ("{GOPROXY: https://a.test;direct}", '{GOPROXY: "https://a.test,direct"}'),
    ],
)
def test_a_value_in_brackets_keeps_its_brackets(written: str, after: str) -> None:
    there = file(".github/workflows/a.yml", f"env: {written}\n")
    [found] = check(there)
    fix = found.finding.fixes[0]
    assert apply(there.source.text, fix.edits) == f"env: {after}\n"
