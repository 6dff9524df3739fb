"""Kernel settings of `[boot] command` in wsl.conf, moved to a file in sysctl.d where systemd runs.

systemd applies them before anything else starts and logs those that the kernel rejects; WSL removes the quotes from the
command and ignores its errors. The settings apply to the whole virtual machine.
"""

from collections.abc import Iterable, Iterator

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import ROOT, TERMINATE, Step, WriteFile
from wslgo.provision.plan.file_fixes import WSL_CONF, with_changes, write_of, wsl_file
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.boot_command import KernelSettings, kernel_settings
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.source import Source, decode
from wslgo.text.span import Edit

ID = "sysctl"
RESOLVES = ("wslconf/kernel-settings-in-command",)
TITLE = Message(en="Set {names} in {path}", zh="在 {path} 中设置 {names}")

MOVED = Message(
    en="[boot] command= in {path} sets them in a shell, which hides errors; systemd reads sysctl.d and logs them",
    zh="{path} 的 [boot] 下的 command= 通过 shell 设置它们，不会提示错误；systemd 会读取 sysctl.d 并记录错误",
)
REQUESTED = Message(
    en="Linux then swaps less while builds fill the memory, and caches more of the file names that builds look up",
    zh="构建占用内存时 Linux 会更少地使用交换空间，并保留更多构建要查找的文件名",
)

FILE = "/etc/sysctl.d/60-wslgo.conf"
# Recommended values for building Go in WSL.
USUAL = (("vm.swappiness", "10"), ("vm.vfs_cache_pressure", "50"))


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return (WSL_CONF, FILE)


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    if not (facts.knows(WSL_CONF) and facts.knows(FILE)) or facts.host.wsl.generation in (0, 1):
        return
    source = decode(facts.data(WSL_CONF) or b"")
    file = wsl_file(source, "wslconf")
    command = file.find("boot", "command")
    is_wanted = file.is_true("boot", "systemd") or spec.names(ID)
    values = kernel_settings(command.value) if command and is_wanted else ()
    has_systemd = _has_systemd(file, facts.host)
    if has_systemd:
        yield from _in_folder(facts, source, values, spec)
    elif has_systemd is False and spec.names(ID) and command is None:
        yield from _as_command(facts, source)


def _has_systemd(file: IniFile, host: Host) -> bool | None:
    """Return whether systemd runs after the restart that a change needs; None if that is unknown."""
    written = file.is_true("boot", "systemd")
    return host.wsl.has_systemd if written is None and file.stopped_at_line is None else bool(written)


def _in_folder(facts: Facts, source: Source, values: KernelSettings, spec: Spec) -> Iterator[Step]:
    """Yield the step that writes the file and removes the command."""
    reason: Text = MOVED(path=WSL_CONF) if values else REQUESTED()
    before = facts.data(FILE)
    wanted = values or (USUAL if spec.names(ID) and before is None else ())
    if not wanted:
        return
    after = "".join(f"{name} = {value}\n" for name, value in wanted).encode()
    own = WriteFile(FILE, before, after, ROOT) if before != after else None
    conf = None
    if values:
        conf = write_of(facts, WSL_CONF, with_changes(source, "wslconf", [_without_command]).source, ROOT)
    yield _step(wanted, FILE, reason, [write for write in (own, conf) if write])


def _without_command(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
    command = file.find("boot", "command")
    return (MOVED(path=WSL_CONF), (edit.removal(file, command),)) if command else None


def _as_command(facts: Facts, source: Source) -> Iterator[Step]:
    """Yield the step for WSL without systemd, which does not read sysctl.d: a command in wsl.conf."""
    words = " && ".join(f"sysctl -w {name}={value}" for name, value in USUAL)

    def with_command(file: IniFile) -> tuple[Text, Iterable[Edit]]:
        return REQUESTED(), (edit.insertion(file, "boot", f"command={words}"),)

    write = write_of(facts, WSL_CONF, with_changes(source, "wslconf", [with_command]).source, ROOT)
    if write is not None:
        yield _step(USUAL, WSL_CONF, REQUESTED(), [write])


def _step(values: KernelSettings, path: str, reason: Text, writes: list[WriteFile]) -> Step:
    title = TITLE(names=tuple(name for name, _ in values), path=path)
    return Step(ID, title, reason, tuple(writes), needs_root=True, after=(TERMINATE,))
