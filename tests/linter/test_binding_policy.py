"""The policy of a `wslgo.yaml`: what it requires, what gets around it, and what never does."""

from pathlib import Path

import pytest

from wslgo.linter.check import check
from wslgo.linter.finding import Severity
from wslgo.linter.policy import Policy, joined
from wslgo.linter.settings import Settings
from wslgo.linter.team_policy import Policies
from wslgo.linter.team_requirements import requirements_of
from wslgo.linter.team_yaml import parse_nodes
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

PROXY = "proxies: ['https://goproxy.example.com']"


def policy_of(text: str, path: str = "wslgo.yaml") -> Policy:
    found = requirements_of(parse_nodes(text), path, text)
    assert not found.problems
    return found.policy


def file_of(text: str, path: str = ".bashrc") -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


def broken(policy: str, text: str, path: str = ".bashrc", **settings: object) -> list[str]:
    """Return the ids of the rules about the policy that a file breaks."""
    chosen = Settings(policy=policy_of(f"policy: {{{policy}}}"), **settings)
    return [found.rule for found in check(file_of(text, path), chosen) if found.severity is Severity.ERROR]


NOT_ALLOWED = ["policy/proxy-not-allowed"]


@pytest.mark.parametrize(
    "value",
    [
        "https://goproxy.example.com.evil.example",
        "https://goproxy.example.com@evil.example",
        "https://goproxy.example.com:pw@evil.example",
        "https://evil.example/goproxy.example.com",
        "https://evil.example/https://goproxy.example.com",
        "http://goproxy.example.com",
        "https://goproxy.example.com:8443",
        "https://xgoproxy.example.com",
        "evil.example",
        "EVIL.example/",
        "direct",
        "https://goproxy.example.com,direct",
        "https://goproxy.example.com|https://evil.example",
        "https://goproxy.example.com,https://evil.example,$MORE",
        "file:///tmp/proxy",
        "https://goproxy.example.com?x=https://evil.example",
        "https://goproxy.example.com#x",
    ],
)
def test_a_proxy_that_only_looks_like_the_allowed_one_is_found(value: str) -> None:
    assert broken(PROXY, f'export GOPROXY="{value}"\n') == NOT_ALLOWED


@pytest.mark.parametrize(
    "value",
    [
        "https://goproxy.example.com",
        "https://goproxy.example.com/",
        "https://GOPROXY.Example.com.:443/",
        "goproxy.example.com",
        "https://me:secret@goproxy.example.com/go",
        "https://goproxy.example.com,off",
        "https://goproxy.example.com,off,https://evil.example",
        "off",
        "$GOPROXY_OF_TEAM",
        "",
        "https://goproxy.example.com,$MORE",
        "://broken",
    ],
)
def test_the_allowed_proxy_is_allowed_however_it_is_written(value: str) -> None:
    assert not set(broken(PROXY, f'export GOPROXY="{value}"\n')) & set(NOT_ALLOWED)


@pytest.mark.parametrize("path", ["/go/../evil", "/go/%2e%2e/evil", "/gopher", "/"])
def test_a_path_that_leaves_the_allowed_one_is_found(path: str) -> None:
    policy = "proxies: ['https://art.example.com/go']"
    assert broken(policy, f"export GOPROXY=https://art.example.com{path}\n") == NOT_ALLOWED
    assert not broken(policy, "export GOPROXY=https://art.example.com/go/virtual\n")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Dockerfile", "FROM golang:1.27\nARG GOPROXY=https://evil.example\n"),
        ("Dockerfile", "FROM golang:1.27\nENV A=1 GOPROXY=https://evil.example\n"),
        ("Makefile", "export GOPROXY := https://evil.example\n"),
        (".github/workflows/x.yml", "env:\n  GOPROXY: https://evil.example\n"),
        ("compose.yml", "services:\n  a:\n    environment:\n      - GOPROXY=https://evil.example\n"),
        (".devcontainer/devcontainer.json", '{"containerEnv": {"GOPROXY": "https://evil.example"}}'),
        (".vscode/launch.json", '{"configurations": [{"type": "go", "env": {"GOPROXY": "https://evil.example"}}]}'),
        (".config/go/env", "GOPROXY=https://evil.example\n"),
        (".env", "GOPROXY=https://evil.example\n"),
        ("mise.toml", '[env]\nGOPROXY = "https://evil.example"\n'),
    ],
)
def test_every_file_that_sets_a_variable_is_bound(path: str, text: str) -> None:
    assert broken(PROXY, text, path) == NOT_ALLOWED


@pytest.mark.parametrize(
    "value", ["*", "*.com", "github.com", "github.com/*", "golang.org/x", "git.*", "*.*", "a.example,*"]
)
def test_a_pattern_that_covers_modules_of_others_is_found(value: str) -> None:
    rule = ["policy/exempts-other-modules"]
    assert broken(PROXY, f"export GOPRIVATE={value}\n") == rule
    assert broken(PROXY, f"export GONOPROXY='{value}'\n") == rule
    assert broken("checksums: required", f"export GONOSUMDB='{value}'\n") == rule
    assert broken("checksums: required", f"export GOINSECURE='{value}'\n") == rule


@pytest.mark.parametrize(
    "value",
    ["git.example.com", "*.corp.example.com", "github.com/acme", "github.com/acme/*", "none", "https://x.example"],
)
def test_a_pattern_of_the_team_stays_silent(value: str) -> None:
    assert not broken(f"checksums: required, {PROXY}", f"export GOPRIVATE='{value}'\n")


def test_with_direct_among_the_proxies_nothing_gets_around_them() -> None:
    assert not broken("proxies: [direct]", "export GONOPROXY='*'\n")


def test_the_list_of_private_modules_is_the_limit() -> None:
    policy = "private: ['*.corp.example.com', github.com/acme]"
    assert not broken(policy, "export GOPRIVATE=git.corp.example.com/x,github.com/acme/shop\n")
    assert len(broken(policy, "export GOPRIVATE=git.example.org,github.com/acmeevil\n")) == 2


@pytest.mark.parametrize("value", ["off", " off ", "sum.golang.org+00000000+AAAA", "evil.example+00000000+AAAA"])
def test_verification_that_is_off_or_of_another_is_found(value: str) -> None:
    assert "policy/checksums-off" in broken("checksums: required", f'export GOSUMDB="{value}"\n')


@pytest.mark.parametrize(
    "value", ["", "sum.golang.org", "sum.golang.google.cn", "sum.golang.org https://mirror.example"]
)
def test_verification_with_the_database_of_go_stays_silent(value: str) -> None:
    assert not broken("checksums: required", f'export GOSUMDB="{value}"\n')


@pytest.mark.parametrize(
    "settings",
    [
        {"ignore": ("all",)},
        {"ignore": ("policy/checksums-off", "verification-off")},
        {"select": ("wslconfig",)},
        {"severity": (("policy", None), ("goenv", None))},
        {"severity": (("all", Severity.HINT),)},
    ],
)
def test_no_setting_ignores_what_a_policy_keeps(settings: dict[str, object]) -> None:
    assert broken("checksums: required", "export GOSUMDB=off\n", **settings) == ["policy/checksums-off"]
    chosen = Settings(policy=policy_of("policy: {never-ignore: [verification-off]}"), **settings)
    found = check(file_of("export GOSUMDB=off\n"), chosen)
    assert [(each.rule, each.severity) for each in found] == [("goenv/verification-off", Severity.HINT)]


def test_no_comment_ignores_what_a_policy_keeps() -> None:
    text = "# wslgo: ignore-file\nexport GOSUMDB=off # wslgo: ignore\n"
    assert broken("checksums: required", text) == ["policy/checksums-off"]


def test_a_severity_can_be_raised() -> None:
    chosen = Settings(
        severity=(("verification-off", Severity.WARNING),),
        policy=policy_of("policy: {never-ignore: [verification-off]}"),
    )
    assert [each.severity for each in check(file_of("export GOSUMDB=off\n"), chosen)] == [Severity.WARNING]


def test_a_cache_on_a_windows_drive_is_an_error_with_the_line_of_the_policy() -> None:
    chosen = Settings(ignore=("all",), policy=policy_of("policy:\n  caches: linux\n"))
    (found,) = check(file_of("export GOCACHE=/mnt/c/cache\n"), chosen)
    assert (found.rule, found.severity) == ("goenv/folder-on-windows-drive", Severity.ERROR)
    assert found.finding.related[-1].path == "wslgo.yaml"
    assert found.finding.related[-1].message.render() == "policy.caches of wslgo.yaml"


def test_without_a_policy_nothing_is_found() -> None:
    text = "export GOPROXY=https://evil.example\nexport GOSUMDB=off # wslgo: ignore[checksums-off]\n"
    assert not [found for found in check(file_of(text)) if found.rule.startswith("policy/")]


def test_all_policies_hold_and_each_names_its_line() -> None:
    first = policy_of("policy:\n  proxies: ['https://a.example', 'https://b.example']\n", "/etc/wslgo.yaml")
    second = policy_of("\npolicy:\n  proxies: ['https://b.example', direct]\n")
    chosen = Settings(policy=joined((first, second)))
    found = check(file_of("export GOPROXY=https://a.example,https://b.example,direct\n"), chosen)
    assert [[place.path for place in each.finding.related] for each in found] == [["wslgo.yaml"], ["/etc/wslgo.yaml"]]


def test_the_comment_that_ignores_in_vain_is_found() -> None:
    text = "export GO111MODULE=on # wslgo: ignore[redundant-module-mode, goenv/verification-off]\n"
    chosen = Settings(policy=policy_of("policy: {never-ignore: [verification-off]}"))
    (found,) = (each for each in check(file_of(text), chosen) if each.rule == "policy/ignored-rule")
    assert text[slice(*found.finding.span)] == "goenv/verification-off"


# Where policies are


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_policies_of_the_user_and_of_every_folder_of_the_repository_hold(tmp_path: Path) -> None:
    write(tmp_path / "home/.config/wslgo/wslgo.yaml", "policy: {checksums: required}")
    (tmp_path / "r/.git").mkdir(parents=True)
    write(tmp_path / "wslgo.yaml", "policy: {caches: linux}")
    write(tmp_path / "r/wslgo.yaml", "policy: {proxies: [direct]}")
    write(tmp_path / "r/sub/wslgo.yaml", "policy: {private: [git.example.com]}")
    policies = Policies({"HOME": str(tmp_path / "home")})
    keys = [found.keys for found in policies.around(str(tmp_path / "r/sub/deep")).policy.requirements]
    assert keys == [("checksums",), ("proxies",), ("private",)]
    assert [found.keys for found in policies.around(str(tmp_path / "r")).policy.requirements] == keys[:2]


@pytest.mark.parametrize(
    "text",
    [
        "policy: [",
        "policy: []",
        "policy: {proxies: https://x.example}",
        "policy: {proxies:}",
        "policy: {proxies: [5 5]}",
        "policy: {proxys: []}",
        "policy: {versions: {go: latest}}",
        "policy: {checksums: off}",
        "policy: {caches: true}",
        "policy: {wslconfig: {memory: lots}}",
        "policy: {wslconfig: {networkingMode: {min: 1}}}",
        "policy: {never-ignore: [no-such-rule]}",
        "policy: &a {}\ncheck: *a",
        "policy: {checksums: required, checksums: [evil.example+1+A]}",
        "policy: {}\n---\npolicy: {}",
        "# policy\n" + "x" * (1 << 16),
    ],
)
def test_a_policy_that_is_not_right_is_a_problem(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path / "wslgo.yaml", text)
    found = Policies({"HOME": str(tmp_path / "home")}).around(str(tmp_path))
    assert found.problems
    assert found.problems[0].render("zh") != found.problems[0].render("en")


@pytest.mark.parametrize("text", ["", "check: [", "policy:\n", "policy: {}\n", "check: {ignore: [unknown-key]}\n"])
def test_a_file_without_a_policy_requires_nothing(tmp_path: Path, text: str) -> None:
    write(tmp_path / "wslgo.yaml", text)
    found = Policies({"HOME": str(tmp_path / "home")}).around(str(tmp_path))
    assert (found.binding, found.problems) == (None, ())


def test_what_is_right_holds_beside_what_is_not(tmp_path: Path) -> None:
    write(tmp_path / "wslgo.yaml", "policy: {proxies: ['https://x.example', 'https://'], chekcsums: required}")
    found = Policies({"HOME": str(tmp_path / "home")}).around(str(tmp_path))
    assert [requirement.values for requirement in found.policy.requirements] == [("https://x.example",)]
    assert len(found.problems) == 2


def test_an_own_policy_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "home/.config/wslgo/wslgo.yaml").mkdir(parents=True)
    assert Policies({"HOME": str(tmp_path / "home")}).around(str(tmp_path)).problems
    (tmp_path / "other/.config/wslgo").mkdir(parents=True)
    (tmp_path / "other/.config/wslgo/wslgo.yaml").symlink_to("nowhere")
    assert Policies({"HOME": str(tmp_path / "other")}).around(str(tmp_path)).problems
