"""A machine in mainland China: by its own settings, never by a guess; what findings offer there."""

from pathlib import Path

import pytest

from natmachine import nat_machine
from wslgo.goenv.assignment import of_variable
from wslgo.goenv.region import is_in_china, mirror
from wslgo.linter.check import check
from wslgo.linter.value_cure import cure, restoration
from wslgo.machine.host import DEFAULT, ENVIRONMENT, Host, Variable
from wslgo.machine.probe import probe
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

GOENV = "/home/me/.config/go/env"
MIRROR = "https://goproxy.cn,direct"


def probed(files: dict[str, str], folder: Path, **environment: str) -> bool | None:
    text = "".join(f"-- {path} --\n{content}\n" for path, content in files.items())
    variables = {"TZ": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "", **environment}
    return probe(nat_machine(text, folder, **variables), frozenset(("is_in_china",))).is_in_china


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/etc/apt/sources.list", "deb https://mirrors.tuna.tsinghua.edu.cn/ubuntu/ noble main"),
        ("/etc/apt/sources.list", "deb http://cn.archive.ubuntu.com/ubuntu noble main"),
        ("/etc/apt/sources.list.d/ubuntu.sources", "Types: deb\nURIs: https://mirrors.aliyun.com/ubuntu/"),
        ("/etc/pacman.d/mirrorlist", "Server = https://mirrors.ustc.edu.cn/archlinux/$repo/os/$arch"),
        ("/etc/apk/repositories", "https://mirrors.cloud.tencent.com/alpine/v3.20/main"),
    ],
)
def test_a_package_mirror_shows_it(path: str, line: str, tmp_path: Path) -> None:
    assert probed({path: line}, tmp_path) is True


def test_time_zone_and_language_together_show_it(tmp_path: Path) -> None:
    for number, (files, environment) in enumerate(
        (
            ({"/etc/timezone": "Asia/Shanghai"}, {"LANG": "zh_CN.UTF-8"}),
            ({"/etc/default/locale": 'LANG="zh_CN.UTF-8"'}, {"TZ": "Asia/Shanghai"}),
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert probed(files, folder, **environment) is True


@pytest.mark.parametrize(
    ("files", "environment"),
    [
        ({}, {}),
        # One of them alone is a language, or a visit.
        ({"/etc/timezone": "Asia/Shanghai"}, {"LANG": "en_US.UTF-8"}),
        ({"/etc/timezone": "Europe/Berlin"}, {"LANG": "zh_CN.UTF-8"}),
        ({"/etc/timezone": "Asia/Taipei"}, {"LANG": "zh_TW.UTF-8"}),
        ({"/etc/timezone": "Asia/Hong_Kong"}, {"LANG": "zh_HK.UTF-8"}),
        ({"/etc/apt/sources.list": "# deb https://mirrors.aliyun.com/ubuntu noble main"}, {}),
        ({"/etc/apt/sources.list": "deb http://archive.ubuntu.com/ubuntu noble main"}, {}),
        ({"/etc/apt/sources.list": "deb https://mirrors.example.com/edu.cn/ubuntu noble main"}, {}),
    ],
)
def test_without_such_settings_nothing_is_known(
    files: dict[str, str], environment: dict[str, str], tmp_path: Path
) -> None:
    assert probed(files, tmp_path, **environment) is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("GOPROXY", "https://goproxy.cn,direct", True),
        ("GOPROXY", "https://mirrors.aliyun.com/goproxy/,direct", True),
        ("GOSUMDB", "sum.golang.google.cn", True),
        ("GOPROXY", "https://proxy.golang.org,direct", False),
        ("GOPROXY", "https://goproxy.io,direct", False),
        ("GOPRIVATE", "goproxy.cn", False),
    ],
)
def test_a_go_variable_shows_it(name: str, value: str, expected: bool) -> None:
    assert is_in_china(Host(go_variables=(Variable(name, value, ENVIRONMENT),))) is expected


def broken(value: str, origin: str, *, is_china: bool = True) -> str:
    host = Host(go_variables=(Variable("GOPROXY", value, origin),), goenv_path=GOENV, is_in_china=is_china or None)
    return cure(host, host.go_variables[0] if host.go_variables else Variable("", "", "")).render("en")


def test_the_step_after_a_broken_value_is_a_mirror_only_there() -> None:
    assert broken("athens", GOENV) == f"type: go env -w GOPROXY={MIRROR}"
    assert broken("athens", GOENV, is_china=False) == "type: go env -u GOPROXY"
    assert "goproxy.cn" not in broken("athens", ENVIRONMENT)
    missing = Host(go_variables=(Variable("GOFLAGS", "", DEFAULT),), is_in_china=True)
    assert restoration(missing, "GOPROXY").render("en") == f"type: export GOPROXY={MIRROR}"
    assert restoration(missing, "GOSUMDB").render("en") == "type: export GOSUMDB=sum.golang.google.cn"


@pytest.mark.parametrize("value", ["https://goproxy.corp.internal,athens", "https://me:pw@go.example,athens"])
def test_a_mirror_never_takes_the_place_of_a_private_proxy(value: str) -> None:
    assert broken(value, GOENV) == "type: go env -u GOPROXY"
    assert mirror("GOPROXY", Host(is_in_china=True), value=value) is None


def titles(path: str, text: str, host: Host) -> list[str]:
    family = family_of(path)
    assert family is not None
    file: File = read(path, family, Source(text), path)
    return [fix.title.render("en") for reported in check(file, host=host) for fix in reported.finding.fixes]


def test_a_workflow_runs_elsewhere() -> None:
    text = 'jobs:\n  a:\n    env:\n      GOPROXY: ","\n'
    assert titles(".github/workflows/a.yml", text, Host(is_in_china=True)) == titles(
        ".github/workflows/a.yml", text, Host()
    )


def test_a_broken_checksum_database_is_offered_the_reachable_one() -> None:
    text = 'export GOSUMDB="sum.golang.org+https://sum.golang.org"\n'
    assert titles(".bashrc", text, Host())[1] == "Change to sum.golang.org"
    assert titles(".bashrc", text, Host(is_in_china=True))[1] == "Change to sum.golang.google.cn"
    assert titles(".bashrc", f"export GOPROXY={MIRROR}\n{text}", Host())[1] == "Change to sum.golang.google.cn"
    assert of_variable(Variable("GOSUMDB", "off", ENVIRONMENT)).path == ""
