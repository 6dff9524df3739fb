"""`wslgo check` of several folders: files of one explain each other, those of another do not."""

import json
from pathlib import Path

import pytest

from commandline import process, write

OWN_RESOLV_CONF = "[network]\ngenerateResolvConf=false\n"
TUNNELING = "[wsl2]\ndnsTunneling=true\n"
HINT = "wslconf/own-resolv-conf-with-tunneling"
SETTINGS = '{"go.toolsEnvVars": {"GOPROXY": "direct,https://goproxy.cn"}}'


def rules(*arguments: str, **environment: str) -> dict[str, list[str]]:
    """Return the rules of the findings by path."""
    printed = json.loads(process("check", "--format", "json", *arguments, **environment).stdout)
    found: dict[str, list[str]] = {}
    for finding in printed["findings"]:
        found.setdefault(finding["path"], []).append(finding["rule"])
    return found


@pytest.mark.parametrize("arguments", [("a", "b"), ("b", "a"), (), ("a/.wslconfig", "b/wsl.conf")], ids=str)
def test_two_folders_are_not_one_machine(folder: Path, arguments: tuple[str, ...]) -> None:
    write(folder / "a/.wslconfig", TUNNELING)
    write(folder / "b/wsl.conf", OWN_RESOLV_CONF)
    assert rules(*arguments) == {}


@pytest.mark.parametrize("path", ["pc/wsl.conf", "pc/etc/wsl.conf", "pc/ubuntu/wsl.conf", "wsl.conf"])
def test_a_folder_in_the_other_one_is_of_the_same_machine(folder: Path, path: str) -> None:
    write(folder / "pc/.wslconfig", TUNNELING)
    write(folder / path, OWN_RESOLV_CONF)
    assert rules() == {path: [HINT]}


def test_no_fix_moves_a_key_into_the_file_of_another_folder(folder: Path) -> None:
    write(folder / "a/.wslconfig", "[boot]\nsystemd=true\n")
    write(folder / "b/wsl.conf", "")
    assert b"b/wsl.conf" not in process("check").stdout
    assert b"b/wsl.conf" not in process("fix", "--diff", "--machine", "--unsafe", "a", "b").stdout


@pytest.mark.parametrize("setter", ["b/Code/User/settings.json", "b/.bashrc"])
def test_what_one_folder_sets_is_not_in_effect_for_a_module_in_another(folder: Path, setter: str) -> None:
    write(folder / "a/go.mod", "module example.com/a\n")
    write(folder / setter, SETTINGS if setter.endswith("json") else "export GOPROXY=direct,https://goproxy.cn\n")
    assert set(rules("a", setter, CI="true")) == {setter}
    assert set(rules("a", setter, CI="")) == {setter}


def test_what_this_user_sets_is_reported_once_where_it_is_set(folder: Path) -> None:
    write(folder / "a/go.mod", "module example.com/a\n")
    path = write(folder / "home/.bashrc", "export GOPROXY=direct,https://goproxy.cn\n")
    assert rules("a", str(path), HOME=str(path.parent), CI="") == {str(path): ["goenv/unreachable-proxy"]}


NEWER = "module example.com/m\n\ngo 1.24\n\nrequire example.com/a v1.1.0\n"
OLDER = "# example.com/a v1.0.0\n## explicit\nexample.com/a\n"


def test_the_list_of_vendored_modules_is_read_beside_each_module_and_nothing_else_in_vendor(folder: Path) -> None:
    for module in ("", "tools/"):
        write(folder / module / "go.mod", NEWER)
        write(folder / module / "vendor/modules.txt", OLDER)
        write(
            folder / module / "vendor/example.com/a/Dockerfile", "FROM golang\nENV GOPROXY=direct,https://goproxy.cn\n"
        )
    assert rules() == {key: ["vendor/out-of-step"] for key in ("vendor/modules.txt", "tools/vendor/modules.txt")}


@pytest.mark.parametrize("link", ["vendor", "vendor/modules.txt"])
def test_a_list_behind_a_link_out_of_the_folder_is_not_read(folder: Path, link: str) -> None:
    write(folder / "inside/go.mod", NEWER)
    write(folder / "outside/modules.txt", OLDER)
    place = folder / "inside" / link
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(folder / "outside" / ("" if link == "vendor" else "modules.txt"))
    assert rules("inside") == {}
