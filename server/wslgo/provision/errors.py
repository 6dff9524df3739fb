"""Errors of provisioning, with a user-facing message."""

import errno

from wslgo.system.errors import reason, unexpected
from wslgo.text.message import Message, Text

CANCELLED = Message(
    en="Cancelled; the download is kept and continues next time", zh="已取消；已下载的部分会保留，下次继续"
)
DISK_FULL = Message(
    en="No space left for {path}; the download is kept and continues next time",
    zh="{path} 所在磁盘空间不足；已下载的部分会保留，下次继续",
)
UNEXPECTED = Message(
    en="Unexpected error: {kind} {words}. Nothing was installed",
    zh="意外错误：{kind} {words}。未安装任何内容",
)
NOT_DONE = Message(en="{path}: {words}", zh="{path}：{words}")
NOT_WRITTEN = Message(en="{path} cannot be written: {words}", zh="无法写入 {path}：{words}")

_LONGEST = 200  # characters of a message from elsewhere
# EFBIG: for the user, a size limit of the process is the same as a full disk.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class ProvisionError(Exception):
    """An expected error of provisioning, with the message to show."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render())
        self.text = text


class CancelledError(ProvisionError):
    """The user cancelled."""

    def __init__(self) -> None:
        super().__init__(CANCELLED())


def in_words(error: Exception) -> ProvisionError:
    """Return any error as one with a message: what a server sends can break the code that reads it."""
    if isinstance(error, ProvisionError):
        return error
    return ProvisionError(UNEXPECTED(kind=type(error).__name__, words=cut(str(error))))


def cut(words: str) -> str:
    """Return a text from elsewhere, shortened for a message."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


def not_written(path: str, error: OSError) -> ProvisionError:
    """Return a failed write as an error with a message."""
    if error.errno in _FULL:
        return ProvisionError(DISK_FULL(path=path))
    return ProvisionError(NOT_WRITTEN(path=path, words=reason(error)))


def problem_of(error: Exception, otherwise: str) -> Text:
    """Return a message for any error: our own, or the system's reason with the path; `otherwise` if it has none."""
    if isinstance(error, ProvisionError):
        return error.text
    if not isinstance(error, OSError):
        return NOT_DONE(path=otherwise, words=unexpected(error))
    has_path = error.filename is not None and not isinstance(error.filename, int)
    return NOT_DONE(path=str(error.filename) if has_path else otherwise, words=reason(error))
