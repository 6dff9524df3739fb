"""Modules that logins of this machine and remotes of repositories show to be private."""

import subprocess
from pathlib import Path

import pytest

from natmachine import nat_machine
from wslgo.machine.host import Host, PrivateModules
from wslgo.machine.host_json import from_json, to_json
from wslgo.machine.probe import probe
from wslgo.machine.redaction import redacted_host
from wslgo.syntax.git_config import Address, address

HOME = "/home/me"
CONFIG = "/home/me/src/web/.git/config"
ORIGIN = '[remote "origin"]\n\turl = '


def found_on(files: dict[str, str], folder: Path, **environment: str) -> tuple[PrivateModules, ...]:
    text = "".join(f"-- {path} --\n{content}\n" for path, content in files.items())
    tree = nat_machine(text, folder, HOME=HOME, **environment)
    return probe(tree, frozenset(("private_modules",)), folders=("/home/me/src/web/cmd",)).private_modules or ()


def patterns(files: dict[str, str], folder: Path, **environment: str) -> list[str]:
    return [found.pattern for found in found_on(files, folder, **environment)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://git.corp.example/team/app.git", Address("https", "", "git.corp.example", "team/app.git")),
        ("ssh://git@Git.Corp.example:2222/team/app", Address("ssh", "git", "git.corp.example", "team/app")),
        ("git@git.corp.example:team/app", Address("ssh", "git", "git.corp.example", "team/app")),
        ("https://oauth2:secret@git.corp.example/", Address("https", "oauth2:secret", "git.corp.example", "")),
        ("/srv/git/app", None),
        ("../app.git", None),
        ("file:///srv/git/app", None),
        ("", None),
    ],
)
def test_an_address_has_a_user_a_host_and_a_path(text: str, expected: Address | None) -> None:
    assert address(text) == expected


@pytest.mark.parametrize(
    ("base", "replaced", "expected"),
    [
        ("git@git.corp.example:", "https://git.corp.example/", ["git.corp.example"]),
        ("ssh://git@git.corp.example:7999/", "https://git.corp.example/scm/", ["git.corp.example"]),
        ("https://oauth2:secret@git.corp.example/", "https://git.corp.example/", ["git.corp.example"]),
        ("git@github.com:acme/", "https://github.com/acme/", ["github.com/acme"]),
        ("https://secret@gitlab.com/acme/core", "https://gitlab.com/acme/core", ["gitlab.com/acme/core"]),
        # For all of a host with public modules, as many users have it.
        ("git@github.com:", "https://github.com/", []),
        ("https://secret@github.com/", "https://github.com/", []),
        # Mirrors and short names.
        ("https://mirror.example/https://github.com/", "https://github.com/", []),
        ("https://gitclone.com/github.com/acme/", "https://github.com/acme/", []),
        ("git@git.corp.example:team/", "corp:", []),
        # The other way round, for machines without a key.
        ("https://git.corp.example/", "git@git.corp.example:", []),
        ("git@go.googlesource.com:", "https://go.googlesource.com/", []),
    ],
)
def test_an_address_that_git_replaces_by_one_with_a_user_is_a_login(
    base: str, replaced: str, expected: list[str], tmp_path: Path
) -> None:
    text = f'[user]\n\tname = Me\n[url "{base}"]\n\tinsteadOf = {replaced}'
    assert patterns({f"{HOME}/.gitconfig": text}, tmp_path) == expected


def test_git_itself_reads_these_settings_so(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text('[url "git@git.corp.example:"]\n  insteadOf = "https://git.corp.example/" ; work\n')
    done = subprocess.run(
        ["git", "-c", "core.sshCommand=echo", "ls-remote", "--get-url", "https://git.corp.example/team/lib"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "git@git.corp.example:team/lib\n"
    text = config.read_text()
    (tmp_path / "machine").mkdir()
    assert patterns({f"{HOME}/.gitconfig": text}, tmp_path / "machine") == ["git.corp.example"]


def test_the_files_of_git_are_those_that_git_reads(tmp_path: Path) -> None:
    def login(host: str) -> str:
        return f'[url "git@{host}:"]\n\tinsteadOf = https://{host}/\n'

    files = {
        "/etc/gitconfig": login("git.system.example"),
        f"{HOME}/.config/git/config": login("git.xdg.example"),
        f"{HOME}/.gitconfig": f'{login("git.home.example")}[includeIf "gitdir:~/work/"]\n\tpath = work/gitconfig\n',
        f"{HOME}/work/gitconfig": f"{login('git.work.example')}[include]\n\tpath = ~/.gitconfig\n",
        "/srv/gitconfig": login("git.other.example"),
    }
    for name, environment, expected in (
        ("a", {}, ["system", "xdg", "home", "work"]),
        ("b", {"GIT_CONFIG_GLOBAL": "/srv/gitconfig"}, ["system", "other"]),
        ("c", {"GIT_CONFIG_GLOBAL": "/dev/null"}, ["system"]),
    ):
        (tmp_path / name).mkdir()
        found = patterns(files, tmp_path / name, **environment)
        assert found == [f"git.{word}.example" for word in expected]


def test_a_login_of_netrc_counts_and_its_password_is_not_kept(tmp_path: Path) -> None:
    text = (
        "machine git.corp.example login me password s3cret\nmachine github.com login me password x\n"
        "machine proxy.golang.org login a password b\nmachine incomplete.example login me\n"
        "default login a password b\n"
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    found = found_on({f"{HOME}/.netrc": text}, tmp_path / "a")
    assert found == (PrivateModules("git.corp.example", f"{HOME}/.netrc"),)
    assert patterns({f"{HOME}/.netrc": "", "/run/netrc": text}, tmp_path / "b", NETRC="/run/netrc") == [
        "git.corp.example"
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("git@git.corp.example:team/web.git", ["git.corp.example"]),
        ("https://git.corp.example/team/web", ["git.corp.example"]),
        ("ssh://git@git.corp.example:2222/team/web.git", ["git.corp.example"]),
        ("git@github.com:acme/web.git", []),
        ("https://gitlab.gnome.org/World/web.git", []),
        ("https://go.googlesource.com/tools", []),
        ("git@work:team/web.git", []),
        ("/srv/git/web.git", []),
        ("", []),
    ],
)
def test_a_remote_shows_where_code_of_this_repository_is(url: str, expected: list[str], tmp_path: Path) -> None:
    found = found_on({CONFIG: f"[core]\n\tbare = false\n{ORIGIN}{url}"}, tmp_path)
    assert [modules.pattern for modules in found] == expected
    assert all(modules == PrivateModules(expected[0], CONFIG, "/home/me/src/web", True) for modules in found)


def test_a_worktree_and_a_submodule_have_the_remotes_of_their_repository(tmp_path: Path) -> None:
    files = {
        "/home/me/src/web/.git": "gitdir: ../main/.git/worktrees/web",
        "/home/me/src/main/.git/worktrees/web/commondir": "../..",
        "/home/me/src/main/.git/config": f"{ORIGIN}git@git.corp.example:team/web.git",
    }
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert patterns(files, tmp_path / "a") == ["git.corp.example"]
    files = {
        "/home/me/src/web/.git": "gitdir: ../.git/modules/web",
        "/home/me/src/.git/modules/web/config": f"{ORIGIN}git@git.corp.example:team/web.git",
    }
    assert patterns(files, tmp_path / "b") == ["git.corp.example"]


@pytest.mark.parametrize("text", ["[url", "\0\xff", "gitdir:", "[include]\n\tpath = .gitconfig", f"{ORIGIN}\n" * 9])
def test_broken_files_show_nothing(text: str, tmp_path: Path) -> None:
    files = {f"{HOME}/.gitconfig": text, f"{HOME}/.netrc": text, CONFIG: text}
    assert found_on(files, tmp_path) == ()


def test_a_recorded_machine_names_no_host_of_a_company() -> None:
    known = (
        PrivateModules("git.secret.example", "/home/me/app/.git/config", "/home/me/app", is_remote=True),
        PrivateModules("github.com/secret", "/home/me/.gitconfig"),
    )
    host = redacted_host(Host(private_modules=known, home="/home/me")).host
    assert "secret" not in str(to_json(host))
    assert from_json(to_json(host)) == host
