"""Reasons of file errors in both languages: our messages, the system's for common errors, else the error's text."""

import errno
import os

from wslgo.text.message import Message, Text

# The English words are those of the system.
_KNOWN = {
    errno.EACCES: Message(en="Permission denied", zh="权限不足"),
    errno.EPERM: Message(en="Operation not permitted", zh="不允许此操作"),
    errno.ENOENT: Message(en="No such file or directory", zh="没有这个文件或目录"),
    errno.ENOTDIR: Message(en="Not a directory", zh="不是目录"),
    errno.EISDIR: Message(en="Is a directory", zh="是一个目录"),
    errno.EEXIST: Message(en="File exists", zh="文件已存在"),
    errno.EROFS: Message(en="Read-only file system", zh="文件系统是只读的"),
    errno.ENOSPC: Message(en="No space left on device", zh="设备上没有剩余空间"),
    errno.EDQUOT: Message(en="Disk quota exceeded", zh="超出磁盘配额"),
    errno.EBUSY: Message(en="Device or resource busy", zh="设备或资源正被占用"),
    errno.ENAMETOOLONG: Message(en="File name too long", zh="文件名太长"),
    errno.ELOOP: Message(en="Too many levels of symbolic links", zh="符号链接的层数过多"),
    errno.EIO: Message(en="Input/output error", zh="输入/输出错误"),
    errno.EMFILE: Message(en="Too many open files", zh="打开的文件过多"),
}
_UNEXPECTED = Message(
    en="internal error (WSLGO_DEBUG=1 shows more): {kind}: {words}",
    zh="内部错误（WSLGO_DEBUG=1 可查看详情）：{kind}：{words}",
)
_LONGEST = 200  # characters of an error's own text
_AS_IT_COMES = Message(en="{words}", zh="{words}")


class RefusedError(OSError):
    """An error with a message in both languages; `strerror` has the English one."""

    def __init__(self, number: int, words: Text, path: str | None = None) -> None:
        super().__init__(number, words.render(), path)
        self.words = words


def reason(error: OSError | ValueError | RecursionError) -> Text:
    """Return what is wrong, without the path."""
    if isinstance(error, RefusedError):
        return error.words
    number = error.errno if isinstance(error, OSError) else None
    if number in _KNOWN:
        return _KNOWN[number]()
    return _AS_IT_COMES(words=getattr(error, "strerror", None) or str(error))


def unexpected(error: Exception) -> Text:
    """Return the reason of an error that must not stop the rest, or call it an internal error."""
    if isinstance(error, OSError):
        return reason(error)
    if os.environ.get("WSLGO_DEBUG"):
        import traceback  # only for debugging

        traceback.print_exception(error)
    return _UNEXPECTED(kind=type(error).__name__, words=str(error)[:_LONGEST])
