"""Hovers answer what people believe: at a value, at a key, at a finding; each topic once."""

import json

import pytest

from tree import TESTS
from wslgo.ide.hover.hover import hover
from wslgo.linter.check import check
from wslgo.linter.scene import Scene
from wslgo.machine.host import UNKNOWN, Host
from wslgo.machine.host_json import from_json
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.message import Language
from wslgo.text.source import Source

OWN = "/mnt/c/Users/user/.wslconfig"


def recorded(name: str) -> Host:
    return from_json(json.loads((TESTS / "hosts" / f"{name}.json").read_bytes()))


def hovered(
    marked: str, path: str, host: Host = UNKNOWN, language: Language = "en", *, opens_pages: bool = False
) -> str:
    """Return the hover at the `|`."""
    family = family_of(path)
    assert family is not None
    offset = marked.index("|")
    file = read(path, family, Source(marked.replace("|", "", 1)), path)
    found = hover(Scene(file, host=host), offset, check(file), language, opens_pages=opens_pages)
    return found.markdown(language) if found else ""


@pytest.mark.parametrize(
    ("marked", "path", "topic"),
    [
        ("export GOPROXY=https://goproxy|.cn,direct\n", ".bashrc", "goproxy-walk"),
        ("export GO|PRIVATE=git.example.com\n", ".bashrc", "goprivate"),
        ("GOSUM|DB=sum.golang.org\n", "home/.config/go/env", "gosumdb"),
        ("[wsl2]\nmem|ory=8GB\n", ".wslconfig", "memory-and-processors"),
        ("[wsl2]\nnetworkingMode=mirr|ored\n", ".wslconfig", "mirrored-or-nat"),
        ("[network]\ngenerate|ResolvConf=false\n", "etc/wsl.conf", "resolv-conf"),
    ],
)
def test_a_value_names_its_topic_with_the_answer(marked: str, path: str, topic: str) -> None:
    shown = hovered(marked, path)
    assert f"**{topic}**: " in shown
    assert f"(`wslgo explain {topic}`)" in shown
    assert f"`wslgo explain {topic}`" in hovered(marked, path, language="zh")


def test_a_finding_names_its_topic() -> None:
    assert "**resolv-conf**: " in hovered("nameserver 10.0.0.1\ngenerate|ResolvConf = false\n", "etc/resolv.conf")


def test_a_topic_of_value_and_finding_is_named_once() -> None:
    shown = hovered("export GOPROXY=https://a.example,direct,https://b.ex|ample\n", ".bashrc")
    assert shown.count("`wslgo explain goproxy-walk`") == 1


def test_a_key_of_this_machine_has_the_numbers_of_the_computer() -> None:
    shown = hovered("[wsl2]\nmem|ory=8GB\n", OWN, recorded("nvidia-gpu"))
    assert "- Here: The computer has 31.7 GB and 16 logical processors: the defaults are 15.9 GB and 16" in shown


def test_a_file_of_a_repository_is_not_compared_with_this_machine() -> None:
    assert "- Here: " not in hovered("[wsl2]\nmem|ory=8GB\n", "dotfiles/.wslconfig", recorded("nvidia-gpu"))


def test_a_key_without_a_topic_names_none() -> None:
    assert "wslgo explain" not in hovered("[wsl2]\ndebug|Console=true\n", ".wslconfig")


def test_nothing_is_hovered_in_a_comment() -> None:
    assert hovered("# GO|PROXY\n", ".bashrc") == ""


def test_the_command_is_a_link_for_a_client_that_opens_pages() -> None:
    link = "[`wslgo explain goprivate`](command:wslgo.openRule?%5B%22goprivate%22%5D)"
    assert f"({link})" in hovered("GO|PRIVATE=git.example.com\n", ".config/go/env", opens_pages=True)
    assert "command:" not in hovered("GO|PRIVATE=git.example.com\n", ".config/go/env")
