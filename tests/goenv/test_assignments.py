"""Who sets a Go variable, which place wins, how a value is written anew, and what the root module says about it."""

from itertools import chain

import pytest

from wslgo.goenv import readers
from wslgo.goenv.assignment import Assignment, Scope, in_force, removed, rewritten
from wslgo.ide.hover import go_variable
from wslgo.ide.hover import goproxy as gowalk
from wslgo.linter.check import check
from wslgo.linter.finding import Reported, Severity
from wslgo.linter.scene import Scene
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host, Mount, Variable
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.syntax.go import goproxy
from wslgo.text.source import Source
from wslgo.text.span import apply

BAD = "direct,https://goproxy.cn"
MODULE = "gomod/broken-environment"


def file(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), path if path.startswith("/") else "")


def launch(env: str, rest: str = "") -> File:
    return file(".vscode/launch.json", f'{{"configurations": [{{"type": "go", "env": {env}{rest}}}]}}')


def module(path: str = "go.mod") -> File:
    return file(path, "module example.com/m\n\ngo 1.25\n")


def bashrc(value: str = BAD, path: str = ".bashrc") -> File:
    return file(path, f"export GOPROXY={value}\n")


def settings(value: str, path: str = ".vscode/settings.json") -> File:
    return file(path, f'{{"go.toolsEnvVars": {{"GOPROXY": "{value}"}}}}')


def goenv(value: str) -> File:
    return file("/home/me/.config/go/env", f"GOPROXY={value}\n")


def told(root: File, *others: File, host: Host = UNKNOWN) -> list[Reported]:
    """What a module says about its environment."""
    return [one for one in check(root, Settings(), others, host) if one.rule == MODULE]


# Which files set what


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
def test_what_is_expanded_has_no_value(path: str, text: str) -> None:
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
def test_vs_code_itself_knows_no_tilde(path: str, text: str) -> None:
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


def written(template: str, name: str, value: str) -> str:
    return template.replace("NAME", name).replace("VALUE", value)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("path", [*FILES, "a.code-workspace"])
def test_a_value_is_judged_and_mended_in_each_place_of_the_editor(path: str, place: str) -> None:
    template, scope = PLACES[place]
    if path == "a.code-workspace":
        template = template if place == "debugging" else f'{{"settings": {template}}}'
    bad, good = (written(template, "GOPROXY", value) for value in (BAD, "https://goproxy.cn,direct"))
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
def test_a_folder_of_the_editor_is_judged_and_mended(setting: str, wrapped: bool) -> None:
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


def test_a_windows_path_reaches_go_from_one_of_the_two() -> None:
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
def test_the_home_directory_is_written_as_the_place_knows_it(place: str, home: str | None, after: str) -> None:
    there = file(".vscode/settings.json", written(PLACES[place][0], "GOMODCACHE", "$HOME/mod"))
    [found] = check(there, host=Host(home=home))
    assert apply(there.source.text, found.finding.fixes[0].edits) == written(PLACES[place][0], "GOMODCACHE", after)


def test_an_env_file_counts_when_it_is_named_for_tests() -> None:
    env = file("dev.env", f"GOPROXY={BAD}\n")
    for path, text in (
        (".vscode/settings.json", '{"go.testEnvFile": "${workspaceFolder}/dev.env"}'),
        ("a.code-workspace", '{"settings": {"go.testEnvFile": "${workspaceFolder}/dev.env"}}'),
    ):
        assert readers.published(env, (file(path, text),))
        assert not readers.published(env, (file(path, text.replace("dev.env", "ci.env")),))


def test_an_env_file_counts_when_a_launch_configuration_names_it() -> None:
    env = file("dev.env", f"GOPROXY={BAD}\n")
    named = launch("{}", ', "envFile": ["${workspaceFolder}/dev.env"]')
    other = launch("{}", ', "envFile": "${workspaceFolder}/prod.env"')
    assert readers.published(env, (named,))
    assert not readers.published(env, (other,))
    assert not readers.published(env, ())


def test_nothing_is_parsed_before_somebody_asks() -> None:
    beside = settings(BAD)
    check(module("tools/go.mod"), Settings(select=("gomod/utf16",)), (beside,))
    assert "tree" not in vars(beside)


# Precedence


def winner(*files: File, host: Host = UNKNOWN) -> str | None:
    found = in_force("GOPROXY", [one for one in files for one in readers.assignments(one)], host)
    return found.value if found else None


def test_the_editor_wins_over_shells_and_they_over_the_go_env_file() -> None:
    editor, shell, user = settings("a.test"), bashrc("b.test"), goenv("c.test")
    assert winner(user, shell, editor) == "a.test"
    assert winner(user, shell) == "b.test"
    assert winner(user) == "c.test"
    assert winner(launch('{"GOPROXY": "d.test"}')) is None


def folder(name: str, *files: File, host: Host = UNKNOWN) -> str | None:
    found = in_force(name, [one for one in files for one in readers.assignments(one)], host)
    return found.value if found else None


def test_of_gopath_the_setting_wins_then_what_is_exported_then_the_variables_of_the_editor() -> None:
    setting = file(".vscode/settings.json", '{"go.gopath": "/a"}')
    tools = file(".vscode/settings.json", '{"go.toolsEnvVars": {"GOPATH": "/b"}}')
    shell, user = file(".bashrc", "export GOPATH=/c\n"), file(".config/go/env", "GOPATH=/d\n")
    exported = Host(go_variables=(Variable("GOPATH", "/e", "environment"),))
    assert folder("GOPATH", user, shell, tools, setting) == "/a"
    assert folder("GOPATH", user, shell, tools) == "/c"
    assert folder("GOPATH", user, tools) == "/b"
    assert folder("GOPATH", user, tools, host=exported) == "/e"
    assert folder("GOPATH", user, tools, setting, host=exported) == "/a"


def test_of_goroot_the_variables_of_the_editor_win_over_the_setting_and_that_over_the_shell() -> None:
    setting = file(".vscode/settings.json", '{"go.goroot": "/a"}')
    tools = file(".vscode/settings.json", '{"go.toolsEnvVars": {"GOROOT": "/b"}}')
    shell = file(".bashrc", "export GOROOT=/c\n")
    assert folder("GOROOT", shell, setting, tools) == "/b"
    assert folder("GOROOT", shell, setting) == "/a"


def test_what_only_tests_and_terminals_get_is_not_in_force() -> None:
    tests, terminals = (
        file(".vscode/settings.json", written(PLACES[one][0], "GOPROXY", BAD)) for one in ("tests", "terminals")
    )
    assert winner(tests, terminals) is None
    assert not told(module(), tests, terminals)


def test_the_nearer_settings_win() -> None:
    person, machine, workspace, here = (
        settings("a.test", "/mnt/c/Users/me/AppData/Roaming/Code/User/settings.json"),
        settings("b.test", ".vscode-server/data/Machine/settings.json"),
        file("a.code-workspace", '{"settings": {"go.toolsEnvVars": {"GOPROXY": "c.test"}}}'),
        settings("d.test"),
    )
    assert winner(here, workspace, machine, person) == "d.test"
    assert winner(workspace, machine, person) == "c.test"
    assert winner(machine, person) == "b.test"
    assert winner(person) == "a.test"


def test_an_empty_variable_of_the_environment_does_not_override() -> None:
    assert winner(bashrc(""), goenv("c.test")) == "c.test"


def test_the_last_line_of_a_file_wins() -> None:
    assert winner(file(".bashrc", "export GOPROXY=a.test\nexport GOPROXY=b.test\n")) == "b.test"


def test_a_file_of_the_user_wins_over_one_of_the_system() -> None:
    assert winner(bashrc("a.test"), file("etc/environment", "GOPROXY=b.test\n")) == "a.test"


@pytest.mark.parametrize(
    "files",
    [
        (bashrc("a.test"), bashrc("b.test", ".zshrc")),
        (file(".bashrc", "export GOPROXY=a.test\n[ -d /x ] && export GOPROXY=b.test\n"),),
        (file(".bashrc", "GOPROXY=a.test\n"),),
    ],
)
def test_what_is_not_certain_is_unknown(files: tuple[File, ...]) -> None:
    assert winner(*files) is None


def test_the_machine_decides_between_rivals() -> None:
    host = Host(go_variables=(Variable("GOPROXY", "b.test", "environment"),))
    assert winner(bashrc("a.test"), bashrc("b.test", ".zshrc"), host=host) == "b.test"
    assert winner(goenv("c.test"), host=host) == "b.test"
    assert winner(host=host) == "b.test"


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
def test_a_value_is_written_as_its_syntax_wants_it(path: str, text: str, after: str) -> None:
    [one] = readers.assignments(file(path, text))
    edit = rewritten(one, "b|$c")
    assert edit is not None
    changed = apply(text, [edit])
    assert changed == after
    assert [again.value for again in readers.assignments(file(path, changed))] == ["b|$c"]


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
def test_a_member_goes_with_its_comma_but_never_with_a_comment(env: str, after: str | None) -> None:
    [one] = readers.assignments(launch(env))
    edit = removed(one)
    assert (apply(launch(env).source.text, [edit]) if edit else None) == (launch(after).source.text if after else None)


# What the root module says


def test_the_module_line_leads_to_the_place_that_sets_the_value() -> None:
    [one] = told(module(), bashrc())
    assert one.severity is Severity.INFORMATION
    assert "module example.com/m"[slice(*one.finding.span)] == "module example.com/m"
    [place] = one.finding.related
    assert (place.path, BAD[7:]) == (".bashrc", bashrc().source.text[slice(*place.span)])
    assert {edit.path for fix in one.finding.fixes for edit in fix.edits} == {".bashrc"}


def test_several_problems_are_told_once_and_the_most_severe_at_that() -> None:
    shell = file(".bashrc", f"export GOPROXY={BAD}\nexport GOCACHE=rel\nexport GO111MODULE=on\n")
    [one] = told(module(), shell, goenv("a.test,bogus"))
    assert "GOCACHE" in one.finding.message.render()


HURTING = {
    "GOSUMDB": "sum.golang.org+https://sum.golang.org",
    "GOPROXY": "direct,https://goproxy.cn",
    "GOCACHE": "/win/c/cache",
    "GOMODCACHE": "/win/c/mod",
    "GOTMPDIR": "/win/c/tmp",
    "GOPATH": "/win/c/go",
}


@pytest.mark.parametrize("lines", [[*HURTING], [*reversed(HURTING)]], ids=["in order", "backwards"])
def test_what_hurts_most_is_told_first_and_then_the_next(lines: list[str]) -> None:
    host = Host(home="/home/me", mounts=(Mount("/", "ext4"), Mount("/win/c", "9p", windows="C:\\")))
    named = []
    while lines:
        shell = file("/home/me/.bashrc", "".join(f"export {name}={HURTING[name]}\n" for name in lines))
        [one] = told(module("/ws/go.mod"), shell, host=host)
        [place] = one.finding.related
        named.append(lines[shell.source.text.count("\n", 0, place.span.start)])
        lines = [name for name in lines if name != named[-1]]
    assert named == [*HURTING]


def test_a_hint_does_not_break_an_environment() -> None:
    assert not told(module(), file(".bashrc", "export GO111MODULE=on\n"))


def test_one_module_speaks_for_all() -> None:
    modules = (module("go.mod"), module("a/go.mod"), module("b/c/go.mod"))
    others = (*modules, bashrc())
    assert [bool(told(one, *others)) for one in modules] == [True, False, False]
    [one] = told(modules[0], *others)
    assert "3 modules" in one.finding.message.render()


def test_without_a_root_the_first_module_speaks() -> None:
    modules = (module("b/go.mod"), module("a/go.mod"))
    assert [bool(told(one, *modules, bashrc())) for one in modules] == [False, True]


def test_settings_of_a_folder_speak_to_its_modules() -> None:
    here, there = module("a/go.mod"), module("b/go.mod")
    others = (here, there, settings(BAD, "b/.vscode/settings.json"))
    assert not told(here, *others)
    assert told(there, *others)


def test_a_finding_that_is_silenced_where_it_stands_is_not_told_elsewhere() -> None:
    shell = file(".bashrc", f"export GOPROXY={BAD} # wslgo: ignore[goenv/unreachable-proxy]\n")
    assert not told(module(), shell)
    ignored = Settings(ignore=("goenv/unreachable-proxy",))
    assert not [one for one in check(module(), ignored, (bashrc(),)) if one.rule == MODULE]


def test_the_machine_alone_can_tell_of_a_value() -> None:
    host = Host(go_variables=(Variable("GOPROXY", BAD, "environment"),))
    [one] = told(module(), host=host)
    assert not one.finding.related
    assert not one.finding.fixes


def test_a_default_of_the_machine_is_never_told() -> None:
    assert not told(module(), host=Host(go_variables=(Variable("GOPROXY", BAD, "default"),)))


def test_a_file_that_this_machine_does_not_read_is_not_in_force() -> None:
    host = Host(home="/home/me")
    assert not told(module("/ws/go.mod"), bashrc(path="/ws/dotfiles/.bashrc"), host=host)
    assert told(module("/ws/go.mod"), bashrc(path="/home/me/.bashrc"), host=host)


def test_drives_of_windows_are_known_by_their_mounts() -> None:
    host = Host(home="/home/me", mounts=(Mount("/", "ext4"), Mount("/win/c", "9p", windows="C:\\")))
    shell = file("/home/me/.bashrc", "export GOCACHE=/win/c/go\nexport GOMODCACHE=/mnt/c/go\n")
    [one] = [one for one in check(shell, Settings(), (), host) if one.rule == "goenv/folder-on-windows-drive"]
    assert shell.source.text[slice(*one.finding.span)] == "/win/c/go"


# Editors


def test_a_walk_in_words() -> None:
    lines = [line.render() for line in gowalk.walk(goproxy.parse("https://u:p@a.test|b.test,direct,off"))]
    assert lines[0].startswith("1. asks `https://xxxxx@a.test`; goes on after any error")
    assert lines[1].startswith("2. asks `https://b.test`; goes on only if the module is not there (404, 410)")
    assert lines[2:4] == ["3. fetches the module from its origin", "Never asked: `off`"]
    assert "拒绝" in gowalk.walk(goproxy.parse("bogus"))[0].render("zh")


def test_a_hover_on_a_value_shows_the_walk() -> None:
    shell = bashrc("goproxy.cn,direct")
    found = go_variable.hover(Scene(shell), shell.source.text.index("goproxy"))
    assert found is not None
    assert "1. asks `https://goproxy.cn`" in found.markdown()
    assert "GOPROXY" in found.markdown("zh")


def test_a_hover_on_a_name_tells_what_is_in_force() -> None:
    user = goenv("a.test")
    found = go_variable.hover(Scene(user, (bashrc("b.test"),)), 2)
    assert found is not None
    assert "In force is `b.test`, set in `.bashrc`" in found.markdown()


def test_a_definition_is_the_place_in_force() -> None:
    shell = bashrc("b.test")
    place = go_variable.definition(Scene(goenv("a.test"), (shell,)), 2)
    assert place is not None
    assert (place.path, shell.source.text[slice(*(place.span or (0, 0)))]) == (".bashrc", "b.test")
    assert go_variable.origin(Scene(module()), "GOPROXY") is None


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
def test_names_and_values_are_proposed(path: str, text: str, name: str, after: str) -> None:
    offset = text.index("^")
    text = text.replace("^", "")
    items = {item.label: item for item in go_variable.complete(Scene(file(path, text)), offset)}
    assert text[: items[name].span.start] + items[name].new + text[items[name].span.end :] == after


@pytest.mark.parametrize("name", ["go.testEnvVars", "terminal.integrated.env.linux"])
def test_names_are_proposed_in_every_object_of_variables(name: str) -> None:
    text = f'{{"{name}": {{"GO": ""}}}}'
    items = {
        item.label for item in go_variable.complete(Scene(file(".vscode/settings.json", text)), text.index('GO"') + 2)
    }
    assert {"GOPROXY", "GOFLAGS"} <= items


@pytest.mark.parametrize(("path", "text"), [(".bashrc", "echo GO^"), (".vscode/settings.json", '{"a": {"GO^": 1}}')])
def test_nothing_is_proposed_elsewhere(path: str, text: str) -> None:
    assert not go_variable.complete(Scene(file(path, text.replace("^", ""))), text.index("^"))


def test_an_assignment_knows_its_scope() -> None:
    files = (settings("a"), bashrc("a"), goenv("a"))
    scopes = [one.scope for one in chain.from_iterable(map(readers.assignments, files))]
    assert scopes == [Scope.EDITOR, Scope.ENVIRONMENT, Scope.GOENV]
    assert all(isinstance(one, Assignment) for one in readers.assignments(launch('{"GOOS": "linux"}')))
