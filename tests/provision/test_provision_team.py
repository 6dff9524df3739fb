"""Settings from a repository: only for hosts of its own, and within a policy that it cannot set."""

from pathlib import Path

import pytest

from smallmachine import Machine
from wslgo.knowledge.public_hosts import PUBLIC, SHARED
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec, of_team
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.plan import planner as planning
from wslgo.provision.session import TeamSpec, team_spec
from wslgo.provision.survey.own_paths import own_paths
from wslgo.text.message import Message

COMPANY = ("git.example.com/team/app", "github.com/corp/app")
TITLE = Message(en="A step", zh="步骤")()


@pytest.mark.parametrize(
    "value",
    [
        "git.example.com",
        "git.example.com/team",
        "git.example.com/*",
        "github.com/corp",
        "github.com/corp/*",
        "GIT.example.com, github.com/Corp/app",
    ],
)
def test_goprivate_covers_hosts_of_its_modules_and_remotes(value: str) -> None:
    team = of_team({"variables": {"GOPRIVATE": value}}, None, COMPANY)
    assert team.problems == ()
    assert team.spec.variables == (("GOPRIVATE", value),)


@pytest.mark.parametrize(
    "pattern",
    [
        *("other.example.com", "example.com", "*.example.com", "git.example.com.evil.example", "evil.example"),
        *("github.com", "github.com/other", "github.com/*", "gitlab.com/corp", "*", "**", "*.com", "co.uk", "com", ""),
        *("golang.org", "google.golang.org", "k8s.io", "go.uber.org", "proxy.golang.org", "gopkg.in", "sum.golang.org"),
        *("gopkg.in/yaml.v3", "x.golang.org", "git.example.co[m]", "git.example.com:443", "https://git.example.com"),
    ],
)
@pytest.mark.parametrize("before", ["", "git.example.com,"])
def test_goprivate_covers_nothing_else(pattern: str, before: str) -> None:
    team = of_team({"variables": {"GOPRIVATE": f"{before}{pattern}"}}, None, COMPANY)
    assert team.spec == Spec()
    [problem] = team.problems
    assert problem.render().startswith(f"GOPRIVATE={before}{pattern} from a repository is ignored")
    assert problem.render("zh")


@pytest.mark.parametrize("host", [*sorted(PUBLIC), *sorted(SHARED), "co.uk", "com.cn", "github.io", "localhost"])
def test_a_module_path_does_not_claim_a_public_host(host: str) -> None:
    team = of_team({"variables": {"GOPRIVATE": host}}, None, (f"{host}/x/evil",))
    assert team.spec == Spec()
    assert team.problems


def test_a_repository_without_modules_and_remotes_owns_nothing() -> None:
    assert of_team({"variables": {"GOPRIVATE": "git.example.com"}}, None, ()).spec == Spec()


# What a repository is called


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://git.example.com/team/app.git", "git.example.com/team/app"),
        ("https://me:secret@git.example.com:8443/team/app", "git.example.com/team/app"),
        ("ssh://git@git.example.com:2222/team/app.git", "git.example.com/team/app"),
        ("git@git.example.com:team/app.git", "git.example.com/team/app"),
        ("git@Git.Example.com:/team/app", "git.example.com/team/app"),
    ],
)
def test_git_remotes_are_recognised(tmp_path: Path, url: str, path: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text(f'[core]\n\turl = https://no.example/x\n[remote "origin"]\n\turl = {url}\n')
    (tmp_path / "sub").mkdir()
    assert own_paths(tmp_path / "sub") == (path,)


def test_a_worktree_has_the_remotes_of_its_repository(tmp_path: Path) -> None:
    tree = tmp_path / "repository/.git/worktrees/tree"
    tree.mkdir(parents=True)
    (tree / "commondir").write_text("../..\n")
    (tmp_path / "repository/.git/config").write_text('[remote "origin"]\nurl = git@git.example.com:team/app\n')
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/.git").write_text(f"gitdir: {tree}\n")
    (tmp_path / "tree/go.mod").write_text("module go.example.com/app\n")
    assert own_paths(tmp_path / "tree") == ("go.example.com/app", "git.example.com/team/app")


@pytest.mark.parametrize("config", ["", "[remote", '[remote "x"]\nurl', '[remote "x"]\nurl = /srv/git/app\n', "\0\xff"])
def test_other_lines_are_not_remotes(tmp_path: Path, config: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text(config)
    assert own_paths(tmp_path) == ()


# Whose policy counts

TEAM = """
provision:
  variables: {GOPROXY: "https://goproxy.example.com,direct"}
policy:
  proxies: ["https://goproxy.example.com", "https://evil.example", direct]
"""
POLICY = 'policy:\n  proxies: ["https://goproxy.example.com", direct]\n'


def requested(folder: Path, home: Path, **variables: str) -> TeamSpec:
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    (folder / "wslgo.yaml").write_text(TEAM)
    return team_spec(folder, {"HOME": str(home), **variables})


def test_a_policy_of_the_repository_is_ignored_and_reported(tmp_path: Path) -> None:
    team = requested(tmp_path / "work", tmp_path / "home")
    assert team.spec == Spec()
    ignored, refused = (problem.render() for problem in team.problems)
    assert "policy.proxies" in ignored
    assert "/etc/wslgo.yaml" in ignored
    assert "is not in policy.proxies" in refused


def test_a_policy_in_a_home_inside_of_the_workspace_is_ignored(tmp_path: Path) -> None:
    planted = tmp_path / "work/home/.config/wslgo/wslgo.yaml"
    planted.parent.mkdir(parents=True)
    planted.write_text(POLICY)
    assert requested(tmp_path / "work", tmp_path / "work/home").spec == Spec()


@pytest.mark.parametrize("rest", ["direct,https://evil.example", "off|https://evil.example", "direct,file:///evil"])
def test_entries_that_go_does_not_reach_cannot_bypass_the_policy(rest: str) -> None:
    team = of_team({"variables": {"GOPROXY": rest}}, {"proxies": ["https://goproxy.example.com"]}, COMPANY)
    assert team.spec == Spec()
    assert "is not in policy.proxies" in team.problems[0].render()


def test_the_policy_of_the_user_applies(tmp_path: Path) -> None:
    own = tmp_path / "home/.config/wslgo/wslgo.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(POLICY)
    team = requested(tmp_path / "work", tmp_path / "home")
    assert team.spec.variables == (("GOPROXY", "https://goproxy.example.com,direct"),)


def test_a_policy_in_the_workspace_is_ignored_whatever_a_variable_says(tmp_path: Path) -> None:
    planted = tmp_path / "work/config/wslgo/wslgo.yaml"
    planted.parent.mkdir(parents=True)
    planted.write_text(POLICY)
    team = requested(tmp_path / "work", tmp_path / "home", XDG_CONFIG_HOME=str(tmp_path / "work/config"))
    assert team.spec == Spec()


@pytest.mark.parametrize("trusts", [(), ("--trust-team",)])
def test_the_terminal_reports_it_and_uses_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, trusts: tuple[str, ...]
) -> None:
    (machine.folder / "wslgo.yaml").write_text(TEAM)
    monkeypatch.chdir(machine.folder)
    outcome = machine.wslgo("--plan", *trusts)
    assert "cannot set its own limits" in outcome.err
    assert "goproxy.example.com,direct" not in outcome.out


# What is agreed to is what is written


@pytest.mark.parametrize("value", ["https://evil|x@goproxy.cn", "https://me:a,b@goproxy.cn"])
def test_a_line_whose_mask_could_hide_a_host_is_not_offered(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def steps(_found: Facts, _spec: Spec) -> tuple[Step, ...]:
        after = f"GOPROXY={value}\n".encode()
        return (Step("path", TITLE, TITLE, (WriteFile("/home/dev/env", b"", after),)),)

    class Planner:
        RESOLVES = ()

    Planner.steps = staticmethod(steps)  # type: ignore[attr-defined]
    monkeypatch.setattr(planning, "module_of", lambda _: Planner)
    made = planning.plan(Facts(user=User("dev", "/home/dev")), Spec(only=("path",)))
    assert made == Plan((), made.notes)
    assert "a host in the new line would be hidden" in made.notes[0].render()


def test_requested_settings_are_never_shown_with_a_hidden_host() -> None:
    value = "https://evil|x@goproxy.cn"
    team = of_team({"variables": {"GOPROXY": value}}, {"proxies": [value]}, COMPANY)
    assert team.spec == Spec()
    assert team.problems
