"""`.wslconfig`: what WSL refuses in it or does otherwise than written; its limits sized to the computer on request.

Without a limit WSL takes half of the memory and all processors, which is fine: nobody is told about that.
"""

from collections.abc import Iterable, Iterator

from wslgo.knowledge.memory import GIB
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import SHUTDOWN, Step
from wslgo.provision.plan.file_fixes import Change, changed, mended, parsed, together, written
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.span import Edit

ID = "wslconfig"
TITLE = Message(en="Set {path} right", zh="修正 {path}")

MEMORY = Message(
    en="memory={size}GB leaves Windows {rest} of {has} GB, and compiler, linker and gopls the others",
    zh="memory={size}GB：{has} GB 中留给 Windows {rest} GB，其余供编译器、链接器和 gopls 使用",
)
PROCESSORS = Message(
    en="With processors={value} builds use {value} of {has} logical processors",
    zh="processors={value} 使构建只能使用 {has} 个逻辑处理器中的 {value} 个",
)
SWAP = Message(
    en="swap=0 lets Linux kill a compiler or gopls as soon as the memory is full",
    zh="swap=0 会使 Linux 在内存用尽时立即终止编译器或 gopls",
)
SMALL = Message(
    en="{key}={value} gives builds a quarter of this computer ({has}) or less; if nobody has chosen that on purpose, "
    "wslgo provision --only wslconfig sizes it",
    zh="{key}={value} 使构建最多只能使用此计算机（{has}）的四分之一；若非有意为之，"
    "可运行 wslgo provision --only wslconfig 调整",
)

# A fix that is not safe in an editor, since there is a choice; here it is shown and asked for.
_CHOSEN = ("wslconfig/memory-above-host",)
# Too little for a large module, wherever the computer has four times as much.
_LOW = {"memory": 4 * GIB, "processors": 2}


def reads(_user: User, host: Host) -> tuple[str, ...]:
    return (host.wslconfig.path,) if host.wslconfig else ()


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    path = facts.host.wslconfig.path if facts.host.wslconfig else ""
    repaired = mended(facts, path, WSLCONFIG, _CHOSEN) if facts.host.wsl.generation == 2 else None
    if repaired is None:
        return
    done = changed(repaired.source, "wslconfig", _sizes(facts.host) if spec.names(ID) else ())
    write = written(facts, path, done.source, is_mounted=True)
    if write is not None:
        reason = together((*repaired.reasons, *done.reasons))
        yield Step(ID, TITLE(path=path), reason, (write,), after=(SHUTDOWN,))
    yield from _starved(parsed(done.source, "wslconfig"), facts.host)


def _sizes(host: Host) -> Iterator[Change]:
    """Limits below what WSL takes by itself, raised to what suits somebody who builds Go on this computer."""
    if host.windows.memory:
        yield _with_memory(host.windows.memory)
    if host.windows.processors:
        yield _with_processors(host.windows.processors)
    yield _with_swap


def _with_memory(has: int) -> Change:
    """Three quarters from 16 GB on, else the half that WSL takes by itself; without a limit that half is fine."""
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
    """All of them: without the line WSL takes them by itself."""

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


def _starved(file: IniFile, host: Host) -> Iterator[Text]:
    """Limits that somebody has set so low that every build is slow for it."""
    whole = {"memory": host.windows.memory, "processors": host.windows.processors}
    for key, has in whole.items():
        setting = file.find("wsl2", key)
        value = int(setting.converted or 0) if setting else 0
        if (
            has and setting and 0 < value <= _LOW[key] and value * 4 <= has * 1.07
        ):  # firmware keeps a part of the memory
            yield SMALL(key=key, value=setting.value, has=f"{round(has / GIB)} GB" if key == "memory" else has)
