"""What goes wrong on the way to a toolchain, in words for people; caught where a toolchain is asked for."""

import errno

from wslgo.system.errors import reason
from wslgo.text.message import Message, Text

CANCELLED = Message(
    en="Cancelled; what was downloaded is kept and continued next time", zh="已取消；已下载的部分会保留，下次继续"
)
DISK_FULL = Message(
    en="No space is left for {path}; what was downloaded is kept and continued next time",
    zh="{path} 所在磁盘空间不足；已下载的部分会保留，下次继续",
)
UNEXPECTED = Message(
    en="Something that was not expected: {kind} {words}. Nothing is believed or installed",
    zh="发生意外情况：{kind} {words}。不会采信或安装任何内容",
)
NOT_WRITTEN = Message(en="{path} cannot be written: {words}", zh="无法写入 {path}：{words}")

# A limit of the process on the size of files looks to a user like a disk that is full.
_LONGEST = 200  # characters of words that come from elsewhere
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class ProvisionError(Exception):
    """Something did not go as it must; nothing was installed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render())
        self.text = text


class CancelledError(ProvisionError):
    """Somebody said stop."""

    def __init__(self) -> None:
        super().__init__(CANCELLED())


def in_words(error: Exception) -> ProvisionError:
    """Return an error as one with words for people, whatever it is: what others send can break what reads it."""
    if isinstance(error, ProvisionError):
        return error
    return ProvisionError(UNEXPECTED(kind=type(error).__name__, words=cut(str(error))))


def cut(words: str) -> str:
    """Return words of somebody else in a length that fits a message."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


def not_written(path: str, error: OSError) -> ProvisionError:
    """What a refusal of the file system means."""
    if error.errno in _FULL:
        return ProvisionError(DISK_FULL(path=path))
    return ProvisionError(NOT_WRITTEN(path=path, words=reason(error)))
