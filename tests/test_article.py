"""The configuration of an article about Go on WSL2, and the findings about it, line by line.

`tests/article` has the article's values, `tests/hosts/article.json` the machine on which they are in effect.
"""

import re

import pytest

import machines
from scenario import Scenario, scenario, summary
from tree import TESTS
from wslgo.doctor.status import Sign, status_of
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Reported, Safety, Tag
from wslgo.linter.machine_check import every_machine_finding
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.wsl import ini_file
from wslgo.text.source import Source
from wslgo.text.span import apply

ARTICLE = TESTS / "article"
HOST = machines.host("article")

# The paths of the article's folders on the machine.
PLACES = {"repo": "/home/user/gpuapp", "home": "/home/user", "etc": "/etc", "windows": "/mnt/c/Users/user"}

FINDINGS = """\
etc/resolv.conf:3:1 warning resolvconf/wsl-key
home/.bashrc:4:8 hint goenv/redundant-module-mode
home/.bashrc:6:17 error goenv/malformed-checksum-database
home/.bashrc:10:17 warning goenv/folder-on-windows-drive
home/.bashrc:11:15 warning goenv/folder-on-windows-drive
repo/.vscode/launch.json:9:18 warning launch/one-file-of-package
repo/.vscode/launch.json:11:7 information launch/legacy-attribute
repo/go.mod:1:1 warning gomod/broken-environment
repo/go.mod:3:4 hint gomod/go-out-of-support
"""

# Correct or harmless lines, without findings.
SILENT = """\
etc/resolv.conf: nameserver 172.20.0.1
etc/wsl.conf: command = "sysctl -w vm.swappiness=10 && sysctl -w vm.vfs_cache_pressure=50"
home/.bashrc: export PATH=$PATH:/usr/local/go/bin
home/.bashrc: export GOPATH=$HOME/go
home/.bashrc: export GOPROXY="https://goproxy.internal:8081,https://proxy.golang.org,direct"
home/.bashrc: export GOPRIVATE="git.internal.company.com/*"
home/.bashrc: export CUDA_VISIBLE_DEVICES=0
repo/.vscode/launch.json:       "env": { "CUDA_LAUNCH_BLOCKING": "1" },
repo/go.mod: require git.internal.company.com/team/lib v1.0.0
windows/.wslconfig: memory=4GB   # the most it may take
windows/.wslconfig: processors=2 # two logical ones at most
windows/.wslconfig: swap=1GB     # behind that memory
"""


def article(host: Host = HOST, changes: tuple[str, str, str] = ("", "", "")) -> Scenario:
    """Return the article's files at home on the machine; a change replaces a text in the file at a path."""
    paths = sorted(path for path in ARTICLE.rglob("*") if path.is_file())
    texts = {path.relative_to(ARTICLE).as_posix(): path.read_bytes() for path in paths}
    changed, old, new = changes
    if changed:
        assert old.encode() in texts[changed]
        texts[changed] = texts[changed].replace(old.encode(), new.encode())
    return scenario(texts, place_of, host, workspace="repo/")


def place_of(path: str) -> str:
    top, _, rest = path.partition("/")
    return f"{PLACES[top]}/{rest}"


def found(scene: Scenario, rule: str) -> list[Reported]:
    return [reported for _, reported in scene.findings() if reported.rule == rule]


def text_at(scene: Scenario, reported: Reported) -> str:
    span = reported.finding.span
    return scene.text(reported.path)[span.start : span.end]


def test_what_the_rules_say_line_by_line() -> None:
    assert summary(article()) == FINDINGS.splitlines()


@pytest.mark.parametrize("line", SILENT.splitlines())
def test_what_is_right_stays_silent(line: str) -> None:
    path, _, text = line.partition(": ")
    number = (ARTICLE / path).read_text(encoding="utf-8").splitlines().index(text) + 1
    assert not [finding for finding in summary(article()) if finding.startswith(f"{path}:{number}:")]


# The machine


def test_the_files_are_those_of_the_recorded_machine() -> None:
    windows = (ARTICLE / "windows/.wslconfig").read_text(encoding="utf-8").replace("\n", "\r\n")
    assert HOST.wslconfig
    assert HOST.wslconf
    assert (HOST.wslconfig.path, HOST.wslconfig.text) == (place_of("windows/.wslconfig"), windows)
    assert (HOST.wslconf.path, HOST.wslconf.text) == ("/etc/wsl.conf", (ARTICLE / "etc/wsl.conf").read_text())


def test_exports_of_the_shell_are_in_effect_and_the_last_line_counts() -> None:
    exported = dict(re.findall(r'^export (GO\w+)="?([^"\n]*)', (ARTICLE / "home/.bashrc").read_text(), re.MULTILINE))
    known = {name: HOST.variable(name) for name in exported}
    assert {name: (variable.value, variable.origin) for name, variable in known.items() if variable} == {
        name: (value, "environment") for name, value in exported.items()
    }
    assert exported["GOPATH"] == "/mnt/d/go-workspace"


def test_its_health_page_names_both_caches() -> None:
    status = status_of(HOST, every_machine_finding(HOST))
    assert {line.fact.id for line in status.lines if line.sign is Sign.ATTENTION} == {
        "go.gosumdb",
        "go.gocache",
        "go.gomodcache",
    }


def test_without_a_machine_the_defaults_of_wsl_decide_about_drives() -> None:
    scene = article(UNKNOWN)
    of_its_go = "gomod/go-out-of-support"
    assert summary(scene) == [line for line in FINDINGS.splitlines() if not line.endswith(of_its_go)]
    folders = found(scene, "goenv/folder-on-windows-drive")
    messages = [reported.finding.message.render() for reported in folders]
    assert ["on WSL2 /mnt/c is drive C:" in messages[0], "on WSL2 /mnt/d is drive D:" in messages[1]] == [True, True]


def test_on_a_machine_with_a_linux_disk_there_the_folders_are_fine() -> None:
    mounts = tuple(mount._replace(kind="ext4", windows=None) for mount in HOST.mounts or ())
    assert not found(article(HOST._replace(mounts=mounts)), "goenv/folder-on-windows-drive")


def test_the_same_files_in_a_repository_of_dotfiles_are_seen_too() -> None:
    scene = article(HOST._replace(home="/home/other"))
    assert len(found(scene, "goenv/folder-on-windows-drive")) == 2


# The variables


def test_the_folders_are_found_where_they_are_set() -> None:
    scene = article()
    folders = found(scene, "goenv/folder-on-windows-drive")
    assert [text_at(scene, folder) for folder in folders] == ["/mnt/c/go-cache", "/mnt/d/go-workspace"]
    assert [folder.finding.message.render().partition(":")[0] for folder in folders] == [
        "GOCACHE is on a Windows drive (C",
        "GOPATH is on a Windows drive (D",
    ]


def test_the_later_of_two_exports_counts() -> None:
    scene = article(changes=("home/.bashrc", "export GOPATH=/mnt/d/go-workspace\n", ""))
    assert [text_at(scene, finding) for finding in found(scene, "goenv/folder-on-windows-drive")] == ["/mnt/c/go-cache"]


def test_a_needless_variable_is_faded() -> None:
    [one] = found(article(), "goenv/redundant-module-mode")
    assert one.finding.tags == (Tag.UNNECESSARY,)


def test_the_module_leads_to_the_line_that_is_broken() -> None:
    scene = article()
    [one] = found(scene, "gomod/broken-environment")
    [related] = one.finding.related
    assert scene.position(related.path, related.span) == "home/.bashrc:6:17"
    assert text_at(scene, one) == "module example.com/gpuapp"
    fix = one.finding.fixes[0]
    assert ({edit.path for edit in fix.edits}, fix.safety) == ({"home/.bashrc"}, Safety.UNSAFE)
    mended = apply(scene.text("home/.bashrc"), [edit._replace(path="") for edit in fix.edits])
    assert 'export GOSUMDB="sum.golang.org https://sum.golang.org"\n' in mended


def test_the_key_of_wsl_conf_is_found_in_resolv_conf_and_moves_to_its_section() -> None:
    scene = article()
    [one] = found(scene, "resolvconf/wsl-key")
    assert "WSL overwrites at the next start" in one.finding.message.render()
    move = one.finding.fixes[0]
    assert ({edit.path for edit in move.edits}, move.safety) == ({"", "etc/wsl.conf"}, Safety.UNSAFE)
    mended = apply(scene.text("etc/wsl.conf"), [edit._replace(path="") for edit in move.edits if edit.path])
    conf = ini_file.parse(Source(mended), "wslconf", KEYS["wslconf"])
    setting = conf.find("network", "generateResolvConf")
    assert setting is not None
    assert setting.converted == "false"


# The fixes


def test_safe_fixes_correct_the_checksum_database_and_the_program_and_nothing_else() -> None:
    before, after = article(), article().with_fixes()
    changed = {file.path for file in after.files if before.text(file.path) != file.source.text}
    assert changed == {"home/.bashrc", "repo/.vscode/launch.json"}
    assert 'export GOSUMDB="sum.golang.org https://sum.golang.org"\n' in after.text("home/.bashrc")
    assert '"program": "${workspaceFolder}",\n' in after.text("repo/.vscode/launch.json")
    mended = ("malformed-checksum-database", "one-file-of-package")
    assert summary(after) == [line for line in FINDINGS.splitlines() if not line.endswith(mended)]


def test_once_that_is_fixed_the_module_leads_to_the_next_problem() -> None:
    scene = article().with_fixes()
    [one] = found(scene, "gomod/broken-environment")
    assert [scene.position(related.path, related.span) for related in one.finding.related] == ["home/.bashrc:10:17"]


@pytest.mark.parametrize("unsafe", [False, True])
def test_every_fix_converges(unsafe: bool) -> None:
    once = article().with_fixes(unsafe=unsafe)
    twice = once.with_fixes(unsafe=unsafe)
    assert [file.source for file in twice.files] == [file.source for file in once.files]


def test_all_fixes_bring_the_folders_home() -> None:
    scene = article().with_fixes(unsafe=True)
    exports = re.findall(r"^export (GO.*)$", scene.text("home/.bashrc"), re.MULTILINE)
    assert exports == [
        "GOPATH=$HOME/go",
        'GOPROXY="https://goproxy.internal:8081,https://proxy.golang.org,direct"',
        'GOSUMDB="sum.golang.org https://sum.golang.org"',
        'GOPRIVATE="git.internal.company.com/*"',  # the second line for GOPATH was the same, and is gone
    ]


# The debugger


def test_a_twin_without_the_variable_gets_the_hint() -> None:
    scene = article(changes=("repo/.vscode/launch.json", '"CUDA_LAUNCH_BLOCKING": "1"', '"GODEBUG": "cgocheck=1"'))
    [one] = found(scene, "launch/no-launch-blocking")
    [related] = one.finding.related
    assert scene.position(one.path, one.finding.span) == "repo/.vscode/launch.json:10:7"
    assert scene.position(related.path, related.span) == "repo/cuda.go:4:15"


def test_the_fix_for_the_twin_puts_the_variable_back() -> None:
    scene = article(changes=("repo/.vscode/launch.json", '\n      "env": { "CUDA_LAUNCH_BLOCKING": "1" },', ""))
    assert len(found(scene, "launch/no-launch-blocking")) == 1
    mended = scene.with_fixes(unsafe=True)
    assert '"CUDA_LAUNCH_BLOCKING": "1"' in mended.text("repo/.vscode/launch.json")
    assert not found(mended, "launch/no-launch-blocking")


# The files of WSL


def test_wsl_reads_the_values_past_quotes_spaces_and_comments() -> None:
    scene = article()
    values = {
        (setting.section.name, setting.key): setting.converted
        for file in scene.files
        if isinstance(file.tree, ini_file.IniFile)
        for setting in file.tree.settings
    }
    assert values == {
        ("boot", "command"): "sysctl -w vm.swappiness=10 && sysctl -w vm.vfs_cache_pressure=50",
        ("wsl2", "memory"): str(4 << 30),
        ("wsl2", "processors"): "2",
        ("wsl2", "swap"): str(1 << 30),
    }


def test_an_edit_that_asks_for_more_than_there_is_would_be_said() -> None:
    scene = article(changes=("windows/.wslconfig", "memory=4GB ", "memory=64GB"))
    findings = [finding for finding in summary(scene) if finding.startswith("windows/")]
    assert findings == [
        "windows/.wslconfig:3:1 information wslconfig/not-in-force",
        "windows/.wslconfig:3:8 warning wslconfig/memory-above-host",
    ]
