"""A compiled program: facts about it with their names, for the terminal and the page of an editor."""

from collections.abc import Iterator

from wslgo.machine.binary import DEPENDENCIES, OPTIMIZED, UNOPTIMIZED, Binary, DeviceCode
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

_MOST_KERNELS = 12  # that are shown; JSON has all

BUILT_BY = Message(en="Built by", zh="构建者")
NOT_GO = Message(en="not a Go program, or one that hides it", zh="不是 Go 程序，或隐藏了相关信息")
PACKAGE = Message(en="Package", zh="包")
OF_MODULE = Message(en="{package}, module {module}", zh="{package}，模块 {module}")
PLATFORM = Message(en="Runs on", zh="运行于")
DEBUG_INFORMATION = Message(en="Debug information", zh="调试信息")
DWARF = Message(en="DWARF", zh="DWARF")
IN_FILE = Message(en="DWARF in {file}", zh="DWARF，位于 {file}")
NO_DWARF = Message(en="none", zh="没有")
UNKNOWN = Message(en="unknown", zh="未知")
OPTIMIZATION = Message(en="Optimized", zh="优化")
OPTIMIZATIONS = {
    UNOPTIMIZED: Message(en="no (-N -l)", zh="否（-N -l）"),
    DEPENDENCIES: Message(en="only the dependencies", zh="仅依赖包"),
    OPTIMIZED: Message(en="yes", zh="是"),
}
SETTINGS = Message(en="Build settings", zh="构建设置")
LIBRARIES = Message(en="Libraries", zh="所需的库")
STATIC = Message(en="none: it is static", zh="无：静态链接")
LIBRARY = Message(en="{name}: {found}", zh="{name}：{found}")
NOT_FOUND = Message(en="not found", zh="找不到")
CUDA = Message(en="CUDA code", zh="CUDA 代码")
CODE = Message(en="{names}", zh="{names}")
KERNELS = Message(en="Kernels", zh="核函数")
MORE_KERNELS = Message(en="and {count} more", zh="另有 {count} 个")
SOME_HIDDEN = Message(en="some names cannot be read", zh="部分名称无法读取")

_PLAIN = Message(en="{value}", zh="{value}")


class ProgramFact(NamedTuple):
    """A name, and the lines of its value."""

    name: Text
    lines: tuple[Text, ...]


def program_facts(binary: Binary) -> Iterator[ProgramFact]:
    """Yield the facts about a program that a person wants to see before debugging it."""
    yield ProgramFact(BUILT_BY(), (_value(binary.go) if binary.go else NOT_GO(),))
    if binary.package:
        package = OF_MODULE(package=binary.package, module=binary.module) if binary.module else _value(binary.package)
        yield ProgramFact(PACKAGE(), (package,))
    yield ProgramFact(PLATFORM(), (_value(f"{binary.system or '?'}/{binary.processor or '?'}"),))
    yield ProgramFact(DEBUG_INFORMATION(), (_debug_information(binary),))
    if binary.go:
        kind = UNKNOWN if binary.optimized is None else OPTIMIZATIONS[binary.optimized]
        yield ProgramFact(OPTIMIZATION(), (kind(),))
    settings = tuple(_value(f"{setting.name}={setting.value}") for setting in binary.settings if setting.value)
    if settings:
        yield ProgramFact(SETTINGS(), settings)
    libraries = (LIBRARY(name=library.name, found=library.found or NOT_FOUND) for library in binary.needed)
    if binary.dwarf is not None:  # those of other systems are not read so far
        yield ProgramFact(LIBRARIES(), tuple(libraries) or (STATIC(),))
    if binary.cuda is not None:
        yield from _device_code(binary.cuda)


def _debug_information(binary: Binary) -> Text:
    if binary.debug_file is not None:
        return IN_FILE(file=binary.debug_file)
    return (UNKNOWN if binary.dwarf is None else DWARF if binary.dwarf else NO_DWARF)()


def _device_code(cuda: DeviceCode) -> Iterator[ProgramFact]:
    names = (
        *(f"sm_{name}" for name in cuda.sm),
        *(f"compute_{name}" for name in cuda.targets),
        *(f"PTX {version}" for version in cuda.ptx),
    )
    yield ProgramFact(CUDA(), (CODE(names=names),))
    kernels = [_value(name) for name in cuda.kernels[:_MOST_KERNELS]]
    if len(cuda.kernels) > _MOST_KERNELS:
        kernels.append(MORE_KERNELS(count=len(cuda.kernels) - _MOST_KERNELS))
    if not cuda.is_complete:
        kernels.append(SOME_HIDDEN())
    if kernels:
        yield ProgramFact(KERNELS(), tuple(kernels))


def _value(value: str) -> Text:
    return _PLAIN(value=value)
