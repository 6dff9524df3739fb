"""The effect of a `.wslconfig` in WSL: the networking mode, and the setting that holds a key."""

from wslgo.syntax.wsl.ini_file import IniFile, Setting

NAT = "Nat"


def mode_name(mode: str) -> str:
    """Return a networking mode as Microsoft's pages write it."""
    return "NAT" if mode == NAT else mode.lower()


def holder(file: IniFile, section: str, name: str) -> Setting | None:
    """Return the setting that holds a key, even if its value is rejected; a second setting would be a duplicate."""
    return file.holders.get(f"{section}.{name}")


def networking_mode(file: IniFile) -> str | None:
    """Return the mode that the file sets, as WSL spells it; None if that cannot be known.

    It is unknown if its value is rejected, or if WSL stops reading before the end of the file.
    """
    if file.is_fatal:
        return None
    setting = holder(file, "wsl2", "networkingMode")
    return NAT if setting is None else setting.converted


def is_safe_mode(file: IniFile) -> bool:
    """Return whether the file starts WSL in safe mode, which disables most other settings."""
    return file.is_true("wsl2", "safeMode") is True
