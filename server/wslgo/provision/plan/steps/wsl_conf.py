"""`/etc/wsl.conf`: lines that WSL rejects, and settings that keep programs of the workspace from running.

Without a finding only on request: systemd, and metadata for Windows drives without a workspace, are choices with good
defaults.
"""

from collections.abc import Iterable, Iterator

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import ROOT, TERMINATE, Step
from wslgo.provision.plan.file_fixes import (
    FSTAB,
    WSL_CONF,
    Change,
    fixed_source,
    host_with,
    joint_reason,
    with_changes,
    write_of,
)
from wslgo.provision.plan.judgement import has_finding, scene_of
from wslgo.syntax.family import WSLCONF
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import holder
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.span import Edit

ID = "wsl-conf"
_GPU, _GUI, _MODES = "machine/gpu-switched-off", "machine/gui-switched-off", "machine/drive-without-file-modes"
RESOLVES = ("wslconf", _GPU, _GUI, _MODES)
TITLE = Message(en="Fix {path}", zh="修复 {path}")

NO_GPU = Message(
    en="[gpu] enabled=false disables the GPU, but a program of this workspace uses CUDA",
    zh="[gpu] 下的 enabled=false 会关闭 GPU，而此工作区的程序使用 CUDA",
)
NO_WINDOWS = Message(
    en="guiApplications=false disables WSLg, but this workspace has GUI programs ({toolkit})",
    zh="guiApplications=false 会关闭 WSLg，而此工作区有图形程序（{toolkit}）",
)
NO_MODES = Message(
    en="Without metadata, files on a Windows drive have no modes: chmod does nothing, and every file is executable",
    zh="没有 metadata 时，Windows 驱动器上的文件不保留权限：chmod 不起作用，所有文件都可执行",
)
NO_SYSTEMD = Message(
    en="Without systemd, services and timers do not run, and sysctl.d is ignored",
    zh="没有 systemd 就没有服务和定时器，sysctl.d 也不会生效",
)

SYSTEMD = "/usr/lib/systemd"
_METADATA = "metadata"


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return (WSL_CONF, FSTAB, SYSTEMD)


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    repaired = fixed_source(facts, WSL_CONF, WSLCONF) if facts.host.wsl.generation != 0 else None
    if repaired is None:
        return
    done = with_changes(repaired.source, "wslconf", _changes(facts, is_named=spec.names(ID)))
    write = write_of(facts, WSL_CONF, done.source, ROOT)
    if write is not None:
        reason = joint_reason((*repaired.reasons, *done.reasons))
        ended = tuple(_ended(facts, facts.after(Step(ID, TITLE(path=WSL_CONF), reason, (write,)))))
        resolves = (*repaired.rules, *ended)
        yield Step(ID, TITLE(path=WSL_CONF), reason, (write,), needs_root=True, after=(TERMINATE,), resolves=resolves)


def _ended(before: Facts, after: Facts) -> Iterator[str]:
    """Yield the rules about the machine whose findings the new file ends."""
    return (rule for rule in (_GPU, _GUI, _MODES) if _has(rule, before) and not _has(rule, after))


def _has(rule: str, facts: Facts) -> bool:
    return has_finding(rule, host_with(facts, WSL_CONF, WSLCONF), scene_of(facts))


def _changes(facts: Facts, *, is_named: bool) -> Iterator[Change]:
    workspace = facts.workspace
    if workspace is not None and workspace.uses_cuda and _has(_GPU, facts):
        yield _without("gpu", "enabled", NO_GPU())
    if workspace is not None and _has(_GUI, facts):
        yield _without("general", "guiApplications", NO_WINDOWS(toolkit=workspace.toolkits[0]))
    if _has(_MODES, facts) or (is_named and any(mount.windows for mount in facts.host.mounts or ())):
        yield _with_metadata
    if is_named and facts.host.wsl.generation == 2 and "systemd" in (facts.folders.get(SYSTEMD) or ()):
        yield _with_systemd


def _without(section: str, name: str, reason: Text) -> Change:
    """Return a change that removes a setting which disables something."""

    def change(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
        setting = file.find(section, name)
        if setting is None or setting.converted != "false":
            return None
        return reason, (edit.removal(file, setting),)

    return change


def _with_metadata(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
    """Add an option to the list, which keeps its quotes and spaces."""
    setting = holder(file, "automount", "options")
    if setting is None:
        return NO_MODES(), (edit.insertion(file, "automount", f'options="{_METADATA}"'),)
    options = [option.strip() for option in setting.value.split(",")]
    raw = setting.written.raw
    if _METADATA in options or "\\" in raw or raw.count('"') not in (0, 2):
        return None
    at = setting.value_span.start + (1 if raw.startswith('"') else 0)
    comma = "," if setting.value.strip() else ""
    return NO_MODES(), (Edit(setting.value_span._replace(start=at, end=at), f"{_METADATA}{comma}"),)


def _with_systemd(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
    """Switch systemd on, unless the file says otherwise."""
    if holder(file, "boot", "systemd") is not None:
        return None
    return NO_SYSTEMD(), (edit.insertion(file, "boot", "systemd=true"),)
