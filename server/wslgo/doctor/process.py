"""A running Go program in a few words: what it is, since when it runs, where it listens, how it was built."""

from wslgo.machine.process import GoProcess
from wslgo.text.message import Message, Text, enumeration

PACKAGE = Message(en="{package}", zh="{package}")
AGES = (
    (86400, Message(en="for {count} days", zh="已运行 {count} 天")),
    (3600, Message(en="for {count} h", zh="已运行 {count} 小时")),
    (60, Message(en="for {count} min", zh="已运行 {count} 分钟")),
    (1, Message(en="for {count} s", zh="已运行 {count} 秒")),
)
JUST_STARTED = Message(en="just started", zh="刚刚启动")
PORTS = Message(en="listens on {ports}", zh="监听 {ports}")
FOR_DEBUGGING = Message(en="built for debugging", zh="为调试而构建")
OPTIMIZED = Message(en="optimized", zh="经过优化")
NO_DEBUG_INFORMATION = Message(en="without debug information", zh="没有调试信息")

_MOST_PORTS = 4


def process_words(process: GoProcess) -> Text:
    """Return the facts by which a person recognises a program."""
    words: list[Text] = []
    if process.package or process.module:
        words.append(PACKAGE(package=process.package or process.module))
    if process.go:
        words.append(PACKAGE(package=process.go))
    words.append(_age(process.age))
    if process.ports:
        words.append(PORTS(ports=tuple(map(str, process.ports[:_MOST_PORTS]))))
    if process.dwarf is False:
        words.append(NO_DEBUG_INFORMATION())
    elif process.is_for_debugging is not None:
        words.append(FOR_DEBUGGING() if process.is_for_debugging else OPTIMIZED())
    return enumeration(words)


def _age(seconds: int) -> Text:
    for size, message in AGES:
        if seconds >= size:
            return message(count=seconds // size)
    return JUST_STARTED()
