"""Paths of a tree: always inside of the tree, as after chroot."""

import os
import subprocess
from pathlib import Path

import pytest

import machines
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import User
from wslgo.provision.survey.survey import host_of
from wslgo.provision.target import Account, Target, this_machine, tree

PASSWD = "root:x:0:0::/root:/bin/bash\nnobody:x:65534:65534::/nonexistent:/bin/false\nsvc:x:990:990::/srv:/bin/sh\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    (root / "etc").mkdir(parents=True)
    (root / "etc/passwd").write_text(
        PASSWD + "b:x:1001:1002:B,,,:/home/b/:/bin/zsh\na:x:1000:1000::/home/a:\nbroken:x\n"
    )
    (root / "home/a").mkdir(parents=True)
    return root


@pytest.mark.parametrize(
    ("link", "target", "asked", "place"),
    [
        ("home/a/f", "/etc/f", "/home/a/f", "etc/f"),
        ("home/a/f", "../../../../../etc/f", "/home/a/f", "etc/f"),
        ("home/a/f", "f2", "/home/a/f", "home/a/f2"),
        ("home/a/d", "/home", "/home/a/d/../etc/f", "etc/f"),
        ("var", "/", "/var/var/var/etc/f", "etc/f"),
        ("home/a/f", "/proc/self/root/etc/f", "/home/a/f", "proc/self/root/etc/f"),
    ],
)
def test_links_are_resolved_as_inside_of_the_tree(root: Path, link: str, target: str, asked: str, place: str) -> None:
    (root / link).symlink_to(target)
    assert tree(root, None).real(asked) == root / place


@pytest.mark.skipif(os.geteuid() != 0, reason="only root locks somebody in")
@pytest.mark.parametrize("target", ["/etc/f", "../../../../../../etc/f", "/../etc/./f", "../a/../../etc/f"])
def test_chroot_agrees(root: Path, target: str) -> None:
    (root / "etc/f").write_text("inside")
    (root / "home/a/f").symlink_to(target)
    locked = "import os, sys; os.chroot(sys.argv[1]); print(open('/home/a/f').read())"
    said = subprocess.run(["python3", "-c", locked, root], capture_output=True, check=True).stdout
    assert tree(root, None).real("/home/a/f").read_text() == said.decode().strip() == "inside"


def test_the_link_itself_has_a_place_too(root: Path) -> None:
    (root / "home/a/l").symlink_to("nowhere")
    (root / "h").symlink_to("/home/a")
    assert tree(root, None).place("/h/l") == root / "home/a/l"


def test_a_ring_of_links_is_an_error(root: Path) -> None:
    (root / "x").symlink_to("/y")
    (root / "y").symlink_to("/x")
    with pytest.raises(OSError, match="symbolic links"):
        tree(root, None).real("/x/f")


def test_the_first_regular_user_is_the_default(root: Path) -> None:
    target = tree(root, None)
    assert (target.user.name, target.user.home, target.user.shell, target.number, target.group) == (
        "a",
        "/home/a",
        "/bin/sh",
        1000,
        1000,
    )
    other = tree(root, "b")
    assert (other.user.home, other.user.shell, other.number, other.group) == ("/home/b", "/bin/zsh", 1001, 1002)
    (root / "etc/passwd").write_text(PASSWD)
    assert tree(root, None).user.name == "root"


@pytest.mark.parametrize("name", ["broken", "c", ""])
def test_an_unknown_user_is_reported(root: Path, name: str) -> None:
    with pytest.raises(ProvisionError):
        tree(root, name)


def test_a_tree_without_users_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ProvisionError):
        tree(tmp_path, None)
    with pytest.raises(ProvisionError):
        tree(tmp_path / "nowhere", None)


def test_on_this_machine_only_its_own_user_is_possible() -> None:
    target = this_machine(None, "/home/somebody")
    assert (target.number, target.user.home, target.is_tree) == (os.geteuid(), "/home/somebody", False)
    with pytest.raises(ProvisionError):
        this_machine("somebody-else", "/")


# What terminals have


@pytest.mark.parametrize(("shell", "value"), [("/bin/bash", "-v"), ("/usr/bin/zsh", None)])
def test_exports_of_a_terminal_count_without_starting_one(tmp_path: Path, shell: str, value: "str | None") -> None:
    world = machines.unpack("ubuntu-24.04-nat", tmp_path)
    bashrc = b"case $- in *i*) ;; *) return;; esac\nexport GOFLAGS=-v\n[ -d /x ] && export GOBIN=/x\n"
    Path(f"{world.root}/home/user/.bashrc").write_bytes(bashrc)
    here = Target(Path("/"), Account(User("user", "/home/user", shell), 1000, 1000), is_tree=False)
    host = host_of(here, Path("/nowhere"), world=world)
    found = host.variable("GOFLAGS")
    assert (found.value if found and found.origin == "environment" else None) == value
    known = host.variable("GOBIN")
    assert known is None or known.origin != "environment", "who knows whether /x is there"
