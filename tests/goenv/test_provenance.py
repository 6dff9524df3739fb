"""Where the value of a Go variable comes from: every place that sets it, and the one that wins."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from commandline import write
from govariables import bashrc, file, goenv, launch, settings
from wslgo.goenv.assignment import Scope
from wslgo.goenv.provenance import Files, Place, Provenance, Standing, provenance
from wslgo.machine.host import UNKNOWN, Host, Variable
from wslgo.syntax.file import File

GOENV = "/home/me/.config/go/env"
HOME = {"home": "/home/me", "goenv_path": GOENV}
DEFAULT = "https://proxy.golang.org,direct"
BASHRC = "/home/me/.bashrc"
SETTINGS = "/w/.vscode/settings.json"
LAUNCH = "/w/.vscode/launch.json"


def machine(*variables: tuple[str, str], origin: str = "environment") -> Host:
    """Return a machine that has been looked at, with these variables."""
    return Host(go_variables=tuple(Variable(name, value, origin) for name, value in variables), **HOME)


def shown(place: Place | None) -> str:
    if place is None:
        return "unknown"
    line = f":{place.line}" if place.line else ""
    return f"{place.kind.value} {place.path.rpartition('/')[2]}{line} {place.value} {place.standing.value}"


def places(found: Provenance) -> list[str]:
    """Return the places in a few words, the one that wins first."""
    return [shown(found.set_by), *map(shown, found.also)]


def of(name: str, *files: File, host: Host = UNKNOWN, is_terminal: bool = False) -> list[str]:
    return places(provenance(name, Files(files, is_terminal=is_terminal), host))


def test_the_line_of_a_shell_file_is_the_place_of_exactly_its_value() -> None:
    shells = bashrc("a.test", BASHRC), file("/etc/profile.d/go.sh", "\nexport GOPROXY=b.test\n")
    assert of("GOPROXY", *shells, host=machine(("GOPROXY", "b.test"))) == [
        "environment go.sh:2 b.test in-effect",
        "environment .bashrc:1 a.test overridden",
    ]
    assert of("GOPROXY", *shells, host=machine(("GOPROXY", "a.test")))[0] == "environment .bashrc:1 a.test in-effect"


def test_a_value_of_the_environment_that_no_file_assigns_has_no_place() -> None:
    assert of("GOPROXY", bashrc("a.test", BASHRC), host=machine(("GOPROXY", "c.test"))) == [
        "environment  c.test in-effect",
        "environment .bashrc:1 a.test not-yet",
    ]


def test_a_line_that_the_environment_lacks_is_for_later_shells() -> None:
    assert of("GOPROXY", bashrc("a.test", BASHRC), goenv("b.test"), host=machine()) == [
        "goenv-file env:1 b.test in-effect",
        "environment .bashrc:1 a.test not-yet",
    ]


def test_a_login_file_that_bash_passes_over_may_be_read_by_another_shell() -> None:
    profile = file("/home/me/.profile", "export GOPROXY=a\n")
    first = file("/home/me/.bash_profile", "export GOFLAGS=-x\n")
    assert of("GOPROXY", first, profile, host=machine()) == ["unknown", "environment .profile:1 a uncertain"]
    assert of("GOPROXY", profile, host=machine()) == ["unknown", "environment .profile:1 a not-yet"]
    reads = file("/home/me/.bash_profile", ". ~/.profile\n")
    assert of("GOPROXY", reads, profile, host=machine()) == ["unknown", "environment .profile:1 a not-yet"]
    host = machine(("GOPROXY", "a"))
    assert of("GOPROXY", bashrc("a", BASHRC), first, profile, host=host)[0] == "environment .bashrc:1 a in-effect"
    assert of("GOPROXY", first, profile, host=host)[0] == "environment .profile:1 a in-effect"


def test_direnv_is_the_place_of_a_value_that_no_shell_file_has() -> None:
    direnv, host = file("/w/.envrc", "export GOPROXY=a\n"), machine(("GOPROXY", "a"))
    assert of("GOPROXY", direnv, host=host) == ["environment .envrc:1 a in-effect"]
    assert of("GOPROXY", bashrc("a", BASHRC), direnv, host=host)[0] == "environment .bashrc:1 a in-effect"
    assert of("GOPROXY", direnv, host=machine()) == ["unknown", "environment .envrc:1 a elsewhere"]


def test_a_conditional_line_is_the_place_of_a_value_only_if_the_environment_has_it() -> None:
    shell = file(BASHRC, 'if [ -n "$OFFICE" ]; then\n  export GOPROXY=a.test\nfi\n')
    assert of("GOPROXY", shell, host=machine(("GOPROXY", "a.test"))) == ["environment .bashrc:2 a.test in-effect"]
    assert of("GOPROXY", shell, host=machine()) == ["unknown", "environment .bashrc:2 a.test not-yet"]
    assert of("GOPROXY", shell) == ["unknown", "environment .bashrc:2 a.test uncertain"]


@pytest.mark.parametrize("text", ["export GOPATH=$HOME/go", 'export GOPATH="${HOME}/go"', "export GOPATH=~/go"])
def test_a_folder_below_the_home_folder_is_a_known_value(text: str) -> None:
    found = of("GOPATH", file(BASHRC, f"{text}\n"), host=machine(("GOPATH", "/home/me/go")))
    assert found == ["environment .bashrc:1 /home/me/go in-effect"]


@pytest.mark.parametrize(
    "text", ["export GOPATH='$HOME/go'", 'export GOPATH="~/go"', "export GOPATH=$ROOT/go", "GOPATH=~/go"]
)
def test_no_other_folder_is(text: str) -> None:
    found = of("GOPATH", file(BASHRC, f"{text}\n"), host=machine(("GOPATH", "/home/me/go")))
    assert found[0] == "environment  /home/me/go in-effect"


def test_the_editor_wins_there_and_the_environment_in_terminals() -> None:
    files = settings("a.test", SETTINGS), bashrc("b.test", BASHRC), goenv("c.test")
    assert of("GOPROXY", *files, host=machine(("GOPROXY", "b.test"))) == [
        "settings settings.json:1 a.test in-effect",
        "environment .bashrc:1 b.test in-terminals",
        "goenv-file env:1 c.test overridden",
    ]


def test_places_for_some_programs_only_never_win() -> None:
    text = """{"go.testEnvVars": {"GOPROXY": "a"},
"terminal.integrated.env.linux": {"GOPROXY": "b"},
"gopls": {"build.env": {"GOPROXY": "c"}}}"""
    narrow = file(SETTINGS, text), file(LAUNCH, launch('{"GOPROXY": "d"}').source.text)
    assert of("GOPROXY", *narrow, host=machine()) == [
        "unknown",
        "settings settings.json:1 a elsewhere",
        "settings settings.json:2 b elsewhere",
        "settings settings.json:3 c elsewhere",
        "launch launch.json:1 d elsewhere",
    ]


def test_in_a_terminal_of_the_editor_its_setting_is_the_place() -> None:
    terminals = file(SETTINGS, '{"terminal.integrated.env.linux": {"GOPROXY": "a.test"}}')
    host = machine(("GOPROXY", "a.test"))
    assert of("GOPROXY", terminals, bashrc("a.test", BASHRC), host=host, is_terminal=True) == [
        "settings settings.json:1 a.test in-effect",
        "environment .bashrc:1 a.test overridden",
    ]
    assert of("GOPROXY", terminals, host=host) == [
        "environment  a.test in-effect",
        "settings settings.json:1 a.test elsewhere",
    ]


def test_env_wins_over_the_env_file_of_a_debug_session() -> None:
    dotenv = file("/w/.env", "GOPROXY=a\nGOPROXY=b\nGOFLAGS=-mod=mod\n")
    session = file(LAUNCH, launch('{"GOPROXY": "c"}', ', "envFile": "${workspaceFolder}/.env"').source.text)
    assert of("GOPROXY", session, dotenv, host=machine()) == [
        "unknown",
        "launch launch.json:1 c elsewhere",
        "launch .env:1 a overridden",
        "launch .env:2 b overridden",
    ]
    assert of("GOFLAGS", session, dotenv, host=machine()) == ["unknown", "launch .env:3 -mod=mod elsewhere"]


def test_an_env_file_for_tests_is_not_for_debugging() -> None:
    holder = file(SETTINGS, '{"go.testEnvFile": "${workspaceFolder}/.env"}')
    dotenv = file("/w/.env", "GOPROXY=a\n")
    [place] = provenance("GOPROXY", Files((holder, dotenv)), machine()).also
    assert (place.scope, place.standing) == (Scope.TESTS, Standing.ELSEWHERE)


def test_an_env_file_that_no_configuration_names_may_be_read_by_a_program() -> None:
    files = file("/w/.env", "GOPROXY=a\n"), launch("{}")
    assert of("GOPROXY", *files, host=machine()) == ["unknown", "launch .env:1 a uncertain"]
    assert of("GOPROXY", *files, host=machine(("GOPROXY", "b")))[0] == "environment  b in-effect"


def test_files_for_containers_and_runners_never_win() -> None:
    compose = file("/w/compose.yaml", "services:\n  app:\n    environment:\n      GOPATH: ~/go\n      GOPROXY: a\n")
    workflow = file("/w/.github/workflows/ci.yml", "env:\n  GOPROXY: b\njobs: {}\n")
    assert of("GOPROXY", compose, workflow, host=machine()) == [
        "unknown",
        "launch compose.yaml:5 a elsewhere",
        "launch ci.yml:2 b elsewhere",
    ]
    assert "/home/me/go" not in " ".join(of("GOPATH", compose, host=machine()))


def test_the_earlier_lines_of_the_go_env_file_lose() -> None:
    user = file(GOENV, "GOPROXY=a\nexport GOPROXY=b\n# GOPROXY=c\nGOPROXY=d\n")
    assert of("GOPROXY", user, host=machine()) == [
        "goenv-file env:4 d in-effect",
        "goenv-file env:1 a overridden",
    ]


def test_go_env_has_its_line_and_loses_to_the_go_env_file() -> None:
    shipped = file("/x/.config/go/env", f"# defaults\nGOPROXY={DEFAULT}\n")
    host = machine(("GOPROXY", DEFAULT), origin=shipped.path)
    assert places(provenance("GOPROXY", Files((), shipped), host)) == [f"go.env env:2 {DEFAULT} in-effect"]
    assert places(provenance("GOPROXY", Files((goenv("a"),), shipped), host)) == [
        "goenv-file env:1 a in-effect",
        f"go.env env:2 {DEFAULT} overridden",
    ]


def test_another_file_than_goenv_names_sets_nothing() -> None:
    other = machine()._replace(goenv_path="/x/env")
    assert of("GOPROXY", goenv("a"), host=other) == ["unknown"]
    assert of("GOPROXY", goenv("a"), host=other._replace(goenv_path=None)) == ["unknown"]
    assert of("GOPROXY", file("/home/me/dotfiles/.config/go/env", "GOPROXY=a\n"), host=machine()) == ["unknown"]


def test_a_line_that_go_takes_for_none_leaves_the_default() -> None:
    host = machine(("GOPATH", "/home/me/go"), origin="default")
    assert of("GOPATH", file(GOENV, "GOPATH=\n"), host=host) == [
        "default  /home/me/go in-effect",
        "goenv-file env:1  overridden",
    ]
    assert of("GOCACHE", file(GOENV, "GOCACHE=relative\n"), host=machine()) == ["goenv-file env:1 off in-effect"]


def test_a_default_follows_the_variable_that_it_is_made_of() -> None:
    host = machine(("GOPATH", "/home/me/go"), ("GOMODCACHE", "/home/me/go/pkg/mod"), origin="default")
    tools = file(SETTINGS, '{"go.gopath": "/x:/y"}')
    assert of("GOMODCACHE", tools, host=host) == ["default  /x/pkg/mod in-effect"]
    unknown = file(SETTINGS, '{"go.gopath": "${workspaceFolder}"}')
    assert of("GOMODCACHE", unknown, host=host) == ["default  None in-effect"]
    assert of("GOMODCACHE", host=host) == ["default  /home/me/go/pkg/mod in-effect"]


def test_a_setting_that_only_the_editor_can_resolve_wins_without_a_value() -> None:
    tools = file(SETTINGS, '{"go.toolsEnvVars": {"GOBIN": "${workspaceFolder}/bin"}}')
    assert of("GOBIN", tools, host=machine()) == ["settings settings.json:1 None in-effect"]


def test_competing_settings_are_uncertain() -> None:
    rivals = [
        file(f"/w/{name}.code-workspace", f'{{"settings": {{"go.toolsEnvVars": {{"GOPROXY": "{name}"}}}}}}')
        for name in "ab"
    ]
    assert of("GOPROXY", *rivals, host=machine(("GOPROXY", "c"))) == [
        "unknown",
        "settings a.code-workspace:1 a uncertain",
        "settings b.code-workspace:1 b uncertain",
    ]


def test_an_empty_setting_hides_the_environment_from_the_editor() -> None:
    host = machine(("GOPROXY", "b"))
    assert of("GOPROXY", settings("", SETTINGS), bashrc("b", BASHRC), goenv("c"), host=host)[0] == (
        "goenv-file env:1 c in-effect"
    )
    assert of("GOPROXY", settings("", SETTINGS), host=host)[0] == "unknown"


def test_a_variable_that_the_machine_was_not_asked_for_is_not_known_to_be_missing() -> None:
    shell = file(BASHRC, "export GODEBUG=x=1\n")
    assert of("GODEBUG", shell, host=machine()) == ["environment .bashrc:1 x=1 in-effect"]
    asked = machine()._replace(go_variables=(Variable("GODEBUG", "", "default"),))
    assert of("GODEBUG", shell, host=asked) == ["default   in-effect", "environment .bashrc:1 x=1 not-yet"]


def test_nothing_sets_what_go_computes() -> None:
    shell = file(BASHRC, "export GOVERSION=go1.2\n")
    assert of("GOVERSION", shell) == ["unknown", "environment .bashrc:1 go1.2 overridden"]


def test_a_pipe_and_a_variable_of_the_shell_set_nothing() -> None:
    assert of("GOPROXY", file(BASHRC, "export GOPROXY=a.test|direct\n"), host=machine()) == ["unknown"]
    assert of("GOPROXY", file(BASHRC, "GOPROXY=a.test\n"), host=machine()) == ["unknown"]


TEXTS = (
    (BASHRC, "export GOPROXY=a\nexport GOPROXY=b\n"),
    (BASHRC, "[ -d /x ] && export GOPROXY=c\n"),
    ("/home/me/.profile", "export GOPROXY=\n"),
    ("/etc/environment", "GOPROXY=b\n"),
    (GOENV, "GOPROXY=a\nGOPROXY=d\n"),
    (SETTINGS, '{"go.toolsEnvVars": {"GOPROXY": "e"}, "terminal.integrated.env.linux": {"GOPROXY": "b"}}'),
    (SETTINGS, '{"go.toolsEnvVars": {"GOPROXY": ""}}'),
    ("/home/me/.vscode-server/data/Machine/settings.json", '{"go.toolsEnvVars": {"GOPROXY": "${env:X}"}}'),
    (LAUNCH, '{"configurations": [{"type": "go", "env": {"GOPROXY": "f"}, "envFile": "${workspaceFolder}/.env"}]}'),
    ("/w/.env", "GOPROXY=g\n"),
    ("/w/.envrc", "export GOPROXY=b\n"),
)
HOSTS = (UNKNOWN, machine(), machine(("GOPROXY", "b")), machine(("GOPROXY", "d"), origin=GOENV))


@pytest.mark.parametrize("seed", range(100))
def test_every_place_is_there_once_and_at_most_one_is_in_effect(seed: int) -> None:
    random_ = random.Random(seed)
    files = {path: file(path, text) for path, text in random_.sample(TEXTS, random_.randrange(len(TEXTS)))}
    host, is_terminal = random_.choice(HOSTS), random_.random() < 0.5
    found = provenance("GOPROXY", Files(tuple(files.values()), is_terminal=is_terminal), host)
    spots = [(place.path, place.line, place.span) for place in found.places if place.path]
    assert len(spots) == len(set(spots))
    lines = {(path, number) for path, setter in files.items() for number in _lines_with_a_value(setter)}
    assert {(path, line) for path, line, _ in spots if line is not None} == lines
    assert [place.standing for place in found.also].count(Standing.IN_EFFECT) == 0
    assert found.set_by is None or found.set_by.standing is Standing.IN_EFFECT
    assert found.value == (found.set_by.value if found.set_by else None)


def _lines_with_a_value(setter: File) -> list[int]:
    lines = setter.source.text.split("\n")
    return [number for number, line in enumerate(lines, 1) if "GOPROXY" in line]


@pytest.mark.slow
@pytest.mark.parametrize("path", [GOENV, BASHRC, "/w/.env"])
def test_a_large_file_takes_no_longer_than_its_lines(path: str) -> None:
    """The time for each line would grow with their number: 20,000 of them took a minute."""
    lines = file(path, f"{'export ' * (path == BASHRC)}GOPROXY=https://a.test\n" * 8000)
    session = file(LAUNCH, launch("{}", ', "envFile": "${workspaceFolder}/.env"').source.text)
    assert len(of("GOPROXY", lines, session)) >= 8000


@pytest.mark.parametrize(
    "word",
    [
        *(
            "$HOME/go",
            "${HOME}/go",
            '"$HOME/go"',
            "~/go",
            "~",
            "$HOME",
            "$HOME/a:b",
            '"${HOME}"/go',
            "'$HOME/go'",
            '"~/go"',
        ),
        *(
            "/x/~/go",
            "~root/go",
            "$HOME/go:$HOME/x",
            "$HOMEX/go",
            "${HOME:-/x}/go",
            "$HOME/{a,b}",
            "$HOME/*",
            "$HOME/a\\ b",
        ),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "dash", "zsh"])
def test_a_known_value_is_that_of_the_real_shell(word: str, shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    script = write(tmp_path / "rc", f"export GOPATH={word}\n")
    environment = {"HOME": "/home/me", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [program, "-c", f". {script}; printenv GOPATH"], capture_output=True, text=True, env=environment, check=False
    )
    found = provenance("GOPATH", Files((file(BASHRC, script.read_text()),)), UNKNOWN._replace(home="/home/me"))
    assert {place.value for place in found.places} <= {None, done.stdout.removesuffix("\n")}
