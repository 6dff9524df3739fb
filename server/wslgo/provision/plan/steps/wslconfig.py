"""`.wslconfig`: settings that WSL rejects or changes; on request, limits sized to the computer.

Without a limit WSL takes half of the memory and all processors, which is fine and not reported.
"""

from collections.abc import Iterable, Iterator

from wslgo.knowledge.memory import GIB
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import SHUTDOWN, Step
from wslgo.provision.plan.file_fixes import Change, fixed_source, joint_reason, with_changes, write_of
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.span import Edit

ID = "wslconfig"
RESOLVES = ("wslconfig",)
TITLE = Message(en="Fix {path}", zh="修复 {path}")

MEMORY = Message(
    en="memory={size}GB leaves {rest} of {has} GB to Windows and the rest to compiler, linker and gopls",
    zh="memory={size}GB：{has} GB 中留给 Windows {rest} GB，其余供编译器、链接器和 gopls 使用",
)
PROCESSORS = Message(
    en="processors={value} limits builds to {value} of {has} logical processors",
    zh="processors={value} 使构建只能使用 {has} 个逻辑处理器中的 {value} 个",
)
SWAP = Message(
    en="swap=0 makes Linux kill a compiler or gopls as soon as the memory is full",
    zh="swap=0 会使 Linux 在内存用尽时立即终止编译器或 gopls",
)

# A fix that is not safe in an editor, since there is a choice; here the user sees and confirms it.
_CHOSEN = ("wslconfig/memory-above-host",)


def reads(_user: User, host: Host) -> tuple[str, ...]:
    return (host.wslconfig.path,) if host.wslconfig else ()


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    path = facts.host.wslconfig.path if facts.host.wslconfig else ""
    repaired = fixed_source(facts, path, WSLCONFIG, _CHOSEN) if facts.host.wsl.generation == 2 else None
    if repaired is None:
        return
    done = with_changes(repaired.source, "wslconfig", _sizes(facts.host) if spec.names(ID) else ())
    write = write_of(facts, path, done.source, is_mounted=True)
    if write is not None:
        reason = joint_reason((*repaired.reasons, *done.reasons))
        yield Step(ID, TITLE(path=path), reason, (write,), after=(SHUTDOWN,), resolves=repaired.rules)


def _sizes(host: Host) -> Iterator[Change]:
    """Yield the changes that raise limits below WSL's defaults to what suits Go builds on this computer."""
    if host.windows.memory:
        yield _with_memory(host.windows.memory)
    if host.windows.processors:
        yield _with_processors(host.windows.processors)
    yield _with_swap


def _with_memory(has: int) -> Change:
    """Set three quarters from 16 GB on, else the half that is WSL's default; without a limit that half is fine."""
    whole = round(has / GIB)
    size = whole * 3 // 4 if whole >= 16 else whole // 2

    def change(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
        setting = file.find("wsl2", "memory")
        if setting is None or not 0 < int(setting.converted or 0) < whole * GIB // 2:
            return None
        reason = MEMORY(size=size, rest=whole - size, has=whole)
        return reason, (edit.assignment(file, "wsl2", "memory", f"{size}GB"),)

    return change


def _with_processors(has: int) -> Change:
    """Set all of them, which is WSL's default."""

    def change(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
        setting = file.find("wsl2", "processors")
        if setting is None or not 0 < int(setting.converted or 0) < has:
            return None
        reason = PROCESSORS(value=setting.value, has=has)
        return reason, (edit.assignment(file, "wsl2", "processors", str(has)),)

    return change


def _with_swap(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
    setting = file.find("wsl2", "swap")
    return (SWAP(), (edit.removal(file, setting),)) if setting and setting.converted == "0" else None
