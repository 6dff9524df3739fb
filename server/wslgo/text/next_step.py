"""The command that a user types next, in this distribution or in Windows."""

from wslgo.text.message import Message, Text

COMMAND = Message(en="type: {command}", zh="输入：{command}")
IN_WINDOWS = Message(en="in Windows, type: {command}", zh="在 Windows 中输入：{command}")

COMMANDS = (COMMAND, IN_WINDOWS)


def command(words: str) -> Text:
    """Return the next step of typing a command in this distribution."""
    return COMMAND(command=words)


def in_windows(words: str) -> Text:
    """Return the next step of typing a command in PowerShell."""
    return IN_WINDOWS(command=words)
