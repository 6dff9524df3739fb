"""What WSL makes of `.wslconfig` after it has read it: which networking mode runs, which setting holds a key."""

from wslgo.syntax.wsl.file import IniFile, Setting

NAT = "Nat"


def mode_name(mode: str) -> str:
    """Return a networking mode as Microsoft's pages write it."""
    return "NAT" if mode == NAT else mode.lower()


def holder(file: IniFile, section: str, name: str) -> Setting | None:
    """The setting that holds a key, its value refused or not; a second one would be a duplicate."""
    return file.holders.get(f"{section}.{name}")


def networking_mode(file: IniFile) -> str | None:
    """The mode that the file asks for, as WSL spells it; None when nobody can know.

    That is so when its value is refused, or when WSL gives up on the file before its end.
    """
    if file.is_fatal:
        return None
    setting = holder(file, "wsl2", "networkingMode")
    return NAT if setting is None else setting.converted


def is_safe_mode(file: IniFile) -> bool:
    """Whether the file starts WSL in safe mode, which switches most other settings off."""
    return file.is_true("wsl2", "safeMode") is True
