"""Plans made from facts alone."""

import json
from pathlib import Path

import pytest

import machines
from wslgo.machine.host import Go, Host, Variable
from wslgo.provision.apply.merge import merge
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, File, Release, Source, User
from wslgo.provision.model.plan_json import facts_from, plan_from, to_json
from wslgo.provision.model.spec import Spec, of_team
from wslgo.provision.model.step import (
    CopyWorkspace,
    GoInstall,
    InstallPackages,
    InstallToolchain,
    MoveFolder,
    Plan,
    RunFixed,
    Step,
    Switch,
    WriteFile,
)
from wslgo.provision.plan.planner import STEPS, module_of, plan
from wslgo.provision.plan.steps import go_variables, path
from wslgo.text.message import Message

TITLE = Message(en="A {{step}}", zh="步骤")()
STEP_FILES = sorted(file.stem for file in Path(path.__file__).parent.glob("*.py") if file.stem != "__init__")
USER = User("dev", "/home/dev")
ENV = "/home/dev/.config/go/env"
BASHRC, PROFILE = "/home/dev/.bashrc", "/home/dev/.profile"
GUARD = (
    "# remark\n# If not running interactively, don't do anything\ncase $- in\n    *i*) ;;\n      *) return;;\nesac\n"
)
LOGIN = 'if [ -f "$HOME/.bashrc" ]; then\n . "$HOME/.bashrc"\nfi\n'
RELEASE = Release("go1.27.3", Source("https://go.dev", "tarball", 0.1), "https://go.dev/dl/go1.27.3.linux-amd64.tar.gz")


def found(texts: "dict[str, str | None]", user: User = USER, host: Host | None = None, **more: object) -> Facts:
    """Return the facts of a machine with these files; all others that the steps read are missing."""
    host = host or Host(go=Go("/usr/local/go/bin/go", "1.25.3"))
    looked_at = {path: None for name in STEPS for path in module_of(name).reads(user, host) if "*" not in path}
    files = {name: None if text is None else File(text.encode()) for name, text in texts.items()}
    return Facts(host, user, files={**looked_at, **files}, links=dict.fromkeys(looked_at), **more)  # type: ignore[arg-type]


def after(steps: "tuple[Step, ...]", file: str) -> str:
    [write] = [write for step in steps for write in step.writes if write.path == file]
    return (write.after or b"").decode()


# Every step


def test_every_file_is_a_step_and_has_its_place() -> None:
    assert sorted(name.replace("-", "_") for name in STEPS) == STEP_FILES


@pytest.mark.parametrize("name", STEPS)
def test_a_step_has_an_id_and_a_title_in_both_languages(name: str) -> None:
    module = module_of(name)
    assert name == module.ID
    assert module.TITLE.en
    assert module.TITLE.zh
    assert all(path.startswith("/") for path in module.reads(USER, Host()))


@pytest.mark.parametrize("recorded", [name for name in machines.NAMES if name != "article"])
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_silent_on_recorded_machines(name: str, recorded: str) -> None:
    host = machines.host(recorded)
    there = found({}, User("user", host.home or "/home/user"), host)
    assert not list(module_of(name).steps(there, Spec()))


@pytest.mark.parametrize("name", STEPS)
def test_a_step_without_facts_does_nothing(name: str) -> None:
    assert not list(module_of(name).steps(Facts(user=USER), Spec()))


# PATH


@pytest.mark.parametrize(
    "text",
    [
        "export PATH=$PATH:/usr/local/go/bin:$HOME/go/bin\n" + GUARD,
        'PATH="/usr/local/go/bin:${HOME}/go/bin:$PATH"\n' + GUARD,
        "export PATH=~/go/bin:/usr/local/go/bin:$PATH\n",
        'if [ -d "$HOME/go/bin" ]; then\n  PATH="/home/dev/go/bin/:/usr/local/go/bin:$PATH"\nfi\n',
    ],
)
def test_a_path_that_a_file_already_sets_is_enough(text: str) -> None:
    assert not list(path.steps(found({BASHRC: text, PROFILE: LOGIN}), Spec()))


@pytest.mark.parametrize(
    "text", [GUARD + "export PATH=$PATH:/usr/local/go/bin:$HOME/go/bin\n", "# PATH=$HOME/go/bin:/usr/local/go/bin\n"]
)
def test_a_path_below_the_guard_or_in_a_comment_is_not(text: str) -> None:
    assert list(path.steps(found({BASHRC: text, PROFILE: LOGIN}), Spec()))


def test_the_block_is_above_the_guard_and_its_comment() -> None:
    text = after(tuple(path.steps(found({BASHRC: "# mine\n\n" + GUARD, PROFILE: LOGIN}), Spec())), BASHRC)
    assert text.startswith(f"# mine\n\n{path.BLOCK.begin}\n")
    assert text.endswith(f"{path.BLOCK.end}\n\n{GUARD}")


@pytest.mark.parametrize(
    "guard", ['[ -z "$PS1" ] && return\n', "[[ $- != *i* ]] && return\n", "if [[ $- != *i* ]]; then\n"]
)
def test_other_guards_are_known(guard: str) -> None:
    text = after(tuple(path.steps(found({BASHRC: guard, PROFILE: LOGIN}), Spec())), BASHRC)
    assert text.index(path.BLOCK.end) < text.index(guard)


@pytest.mark.parametrize("start", ["", "\ufeff", "x=1", "\ufeff" + GUARD, GUARD.replace("\n", "\r\n")])
def test_the_block_is_written_once_and_nothing_else_changes(start: str) -> None:
    steps = tuple(path.steps(found({BASHRC: start, PROFILE: LOGIN}), Spec()))
    text = after(steps, BASHRC)
    block = text[text.index(path.BLOCK.begin) : text.index(path.BLOCK.end) + len(path.BLOCK.end) + 1]
    assert "\r" not in block
    assert text.replace(block, "").replace("\n", "").replace("\r", "") == start.replace("\n", "").replace("\r", "")
    assert not list(path.steps(found({BASHRC: text, PROFILE: LOGIN}), Spec()))


def test_a_login_file_that_does_not_read_bashrc_gets_the_block_too() -> None:
    steps = tuple(path.steps(found({BASHRC: GUARD, "/home/dev/.bash_profile": "umask 022\n", PROFILE: LOGIN}), Spec()))
    assert [write.path for write in steps[0].writes] == [BASHRC, "/home/dev/.bash_profile"]


@pytest.mark.parametrize(
    ("shell", "file"),
    [
        ("/usr/bin/zsh", "/home/dev/.zshenv"),
        ("/usr/bin/fish", "/home/dev/.config/fish/conf.d/wslgo.fish"),
        ("/bin/dash", PROFILE),
        ("/bin/ash", PROFILE),
        ("/bin/busybox", PROFILE),
    ],
)
def test_each_shell_has_its_file(shell: str, file: str) -> None:
    user = USER._replace(shell=shell)
    text = after(tuple(path.steps(found({}, user), Spec())), file)
    assert "$HOME/go/bin" in text
    assert not list(path.steps(found({file: text}, user), Spec()))


@pytest.mark.parametrize("shell", ["/usr/sbin/nologin", "/usr/bin/nu"])
def test_files_of_unknown_shells_do_not_change(shell: str) -> None:
    assert not list(path.steps(found({}, USER._replace(shell=shell)), Spec()))


def test_a_folder_in_path_is_not_added_again() -> None:
    host = Host(go=Go("/usr/local/go/bin/go"), search_path=("/usr/local/go/bin", "/home/dev/go/bin", "/usr/bin"))
    assert not list(path.steps(found({BASHRC: GUARD}, host=host), Spec()))


def test_without_go_nothing_is_added_to_path() -> None:
    assert not list(path.steps(found({BASHRC: GUARD}, host=Host(home="/home/dev")), Spec()))


# The go env file


def env(text: str, **more: object) -> str | None:
    steps = tuple(go_variables.steps(found({ENV: text}, **more), Spec()))
    return after(steps, ENV) if steps else None


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("GOPROXY=direct,https://a.invalid\n", "GOPROXY=https://a.invalid,direct\n"),
        ("GOPROXY=https://a.invalid,off,https://b.invalid|https://c.invalid", None),
        ("GOPROXY=\nGOFLAGS=-mod=mod\n", "GOFLAGS=-mod=mod\n"),
        ("GOPROXY=ftp://a.invalid,https://b.invalid,direct\n", "GOPROXY=https://b.invalid,direct\n"),
        ("\ufeff# x\nGOPROXY=off,https://a.invalid\r\n", None),
    ],
)
def test_a_broken_proxy_list_is_fixed(before: str, now: "str | None") -> None:
    text = env(before)
    assert text is not None
    assert now is None or text == now
    assert env(text) is None


@pytest.mark.parametrize(
    "text", ["", "GOPROXY=https://goproxy.cn,direct\n", "GOPROXY=off\n", "GOPROXY=https://a.invalid,direct,off\n"]
)
def test_a_working_proxy_list_does_not_change(text: str) -> None:
    assert env(text) is None


def answers(*seconds: "float | None") -> tuple[Source, ...]:
    urls = (go_variables.DEFAULT_PROXY, *go_variables.MIRRORS)
    return tuple(
        Source(url, "module", time, "" if time else "no answer") for url, time in zip(urls, seconds, strict=True)
    )


def test_a_mirror_is_used_if_the_default_does_not_answer() -> None:
    assert env("", proxies=answers(None, 0.1, 0.2)) == "GOPROXY=https://goproxy.cn,direct\n"
    assert env("", proxies=answers(None, None, 0.2)) == "GOPROXY=https://goproxy.io,direct\n"


@pytest.mark.parametrize("proxies", [answers(0.9, 0.1, 0.1), answers(None, None, None), ()])
def test_the_default_stays_if_it_answers_or_no_mirror_does(proxies: tuple[Source, ...]) -> None:
    assert env("", proxies=proxies) is None


def test_a_proxy_list_of_the_user_gets_no_mirror() -> None:
    host = Host(go_variables=(Variable("GOPROXY", "https://corp.invalid", "environment"),))
    there = found({}, host=host, proxies=answers(None, 0.1, 0.1))
    assert go_variables.asks(there) == ()
    assert not list(go_variables.steps(there, Spec()))


def test_an_export_that_wins_is_a_warning() -> None:
    host = Host(go_variables=(Variable("GOPROXY", "direct,https://x:y@b.invalid", "environment"),))
    [step] = go_variables.steps(found({ENV: "GOPROXY=direct,https://a.invalid\n"}, host=host), Spec())
    [warning] = step.warnings
    assert "wins over" in warning.render()
    assert "x:y" not in warning.render()


def test_a_goroot_of_another_go_is_removed() -> None:
    goroot = Variable("GOROOT", "/usr/lib/go-1.18", ENV)
    host = Host(go=Go("/home/dev/sdk/go/bin/go", "1.27.3"), go_variables=(goroot,), goenv_path=ENV)
    there = found({ENV: "GOROOT=/usr/lib/go-1.18\nGOFLAGS=-v\n"}, host=host)
    [step] = go_variables.steps(there, Spec())
    assert after((step,), ENV) == "GOFLAGS=-v\n"
    assert "machine/goroot-of-another-go" in step.resolves


# The toolchain


@pytest.mark.parametrize(
    ("version", "spec", "asked"),
    [(None, Spec(), ""), ("1.25.3", Spec(go="1.27"), ""), ("1.25.3", Spec(), "1.26"), ("1.19.8", Spec(), "")],
)
def test_another_go_is_installed_beside_the_first(version: "str | None", spec: Spec, asked: str) -> None:
    host = Host(go=Go("/usr/local/go/bin/go", version) if version else None)
    there = found({}, host=host, release=RELEASE, asked=asked)
    [step] = module_of("toolchain").steps(there, spec)
    assert step.actions == (
        InstallToolchain("go1.27.3", RELEASE.url, "/home/dev/sdk/go1.27.3"),
        Switch("/home/dev/sdk/go", None, "go1.27.3"),
    )


@pytest.mark.parametrize(
    ("version", "spec", "asked"),
    [("1.25.3", Spec(), ""), ("1.27.1", Spec(go="1.27"), ""), ("1.27.1", Spec(), "1.26.3"), (None, Spec(), "x")],
)
def test_a_go_that_fits_stays(version: "str | None", spec: Spec, asked: str) -> None:
    there = found({}, host=Host(go=Go("/usr/local/go/bin/go", version)), release=RELEASE, asked=asked)
    assert not list(module_of("toolchain").steps(there, spec))


def test_an_installed_toolchain_is_only_switched_to() -> None:
    there = found({}, host=Host(), release=RELEASE, folders={layout.sdk(USER): ("go1.27.3",)})
    [step] = module_of("toolchain").steps(there, Spec())
    assert step.actions == (Switch("/home/dev/sdk/go", None, "go1.27.3"),)


# Plans as data

ACTIONS = (
    WriteFile("/a", b"\xff\x00", None),
    InstallToolchain("go1.27.3", "https://x", "/b", None, 3),
    Switch("/c", None, "d"),
    GoInstall("p", "v1", "/go", "/bin"),
    MoveFolder("/e", "/f"),
    CopyWorkspace("/g", "/h", ("node_modules",), True, False),
    InstallPackages(("gcc", "g++")),
    RunFixed(("ldconfig",)),
)
PLAN = Plan((Step("a", TITLE, TITLE, ACTIONS, True, False, ("login",), (TITLE,)),))


def test_a_plan_survives_json() -> None:
    again = plan_from(json.loads(json.dumps(to_json(PLAN))))
    assert again.digest == PLAN.digest
    assert again.steps[0].actions == ACTIONS
    assert again.steps[0].title.render("zh") == "步骤"
    assert again.steps[0].title.render() == "A {step}"


@pytest.mark.parametrize("name", machines.NAMES)
def test_facts_survive_json_and_give_the_same_plan(name: str) -> None:
    there = found({BASHRC: GUARD, ENV: "GOPROXY=direct,https://a.invalid\n"}, host=machines.host(name), release=RELEASE)
    again = facts_from(json.loads(json.dumps(to_json(there))))
    assert again == there
    assert plan(again, Spec()).digest == plan(there, Spec()).digest


@pytest.mark.parametrize("number", range(len(ACTIONS)))
def test_the_hash_of_a_plan_covers_every_part_of_every_action(number: int) -> None:
    action = ACTIONS[number]
    for at, name in enumerate(action._fields):
        other = action._replace(**{name: ("other",) if isinstance(action[at], tuple) else "other"})
        changed = PLAN.steps[0]._replace(actions=(*ACTIONS[:number], other, *ACTIONS[number + 1 :]))
        assert Plan((changed,)).digest != PLAN.digest


@pytest.mark.parametrize(
    "damage",
    [{"steps": [{}]}, {"steps": 3}, {"steps": [], "more": 1}, {"steps": [{"id": "x", "actions": [{"kind": "Rm"}]}]}],
)
def test_a_damaged_plan_is_rejected(damage: object) -> None:
    with pytest.raises(ValueError):
        plan_from(damage)


# Merging


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        ("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n", "a\nc\nd\n"),
        ("a\nb\nc\n", "a\nc\n", "x\na\nb\nc\n", "x\na\nc\n"),
        ("block\n", "", "block\nmine\n", "mine\n"),
        ("a\nb\n", "a\n", "a\nB\n", None),
        ("a\nb\nc\nd\n", "a\nd\n", "a\nb\nmine\nc\nd\n", None),
        ("a\n", "b\n", "b\n", None),
        ("same\n", "same\n", "theirs", "theirs"),
    ],
)
def test_undo_removes_lines_of_wslgo_if_edits_do_not_touch_them(
    base: str, ours: str, theirs: str, both: "str | None"
) -> None:
    found = merge(base.encode(), ours.encode(), theirs.encode())
    assert found == (None if both is None else both.encode())


# The team


@pytest.mark.parametrize(
    "variables",
    [
        {"GOSUMDB": "off"},
        {"GONOSUMDB": "*"},
        {"GOFLAGS": "-insecure"},
        {"GOINSECURE": "*"},
        {"GONOPROXY": "*"},
        {"GOAUTH": "sh evil"},
        {"GOCACHEPROG": "./evil"},
        {"CC": "./evil"},
        {"GOROOT": "/tmp/evil"},
        {"GOPRIVATE": "*"},
        {"GOPRIVATE": "git.corp.invalid,*"},
        {"GOPRIVATE": "github.com"},
        {"GOPRIVATE": "github.com/*"},
        {"GOPRIVATE": "*.com"},
        {"GOPRIVATE": "git.corp.invalid\nGOSUMDB=off"},
        {"GOPROXY": "https://evil.invalid"},
        {"GOPROXY": "http://goproxy.corp.invalid"},
        {"GOPROXY": "https://goproxy.corp.invalid.evil.invalid,direct"},
        {"GOPROXY": "ftp://x"},
    ],
)
def test_a_repository_cannot_weaken_anything(variables: dict[str, str]) -> None:
    team = of_team(
        {"variables": variables}, {"proxies": ["https://goproxy.corp.invalid", "http://goproxy.corp.invalid"]}
    )
    assert team.spec == Spec()
    assert all(problem.render(language) for problem in team.problems for language in ("en", "zh"))
    assert team.problems


def test_a_repository_may_request_settings() -> None:
    variables = {"GOPRIVATE": "git.corp.invalid,github.com/corp", "GOPROXY": "https://goproxy.corp.invalid,direct"}
    team = of_team(
        {"go": "1.27", "steps": ["path"], "variables": variables}, {"proxies": ["https://goproxy.corp.invalid/"]}
    )
    assert team.problems == ()
    assert team.spec == Spec(go="1.27", only=("path",), variables=tuple(variables.items()))


@pytest.mark.parametrize("damage", [3, [], {"sources": ["x"]}, {"go": "newest"}, {"steps": "path"}, {"variables": []}])
def test_malformed_settings_are_reported(damage: object) -> None:
    assert of_team(damage).problems
