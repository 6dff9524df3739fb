"""The Go that a run takes: the one that CI resolves for the line of go.mod, as far as that is known here."""

from wslgo.knowledge.go_releases import LAST_PATCH
from wslgo.knowledge.version import ABSENT, go_version
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

LOCAL = "local"

NEWEST = Message(
    en="go.mod names no patch release, so CI takes the newest {wanted}; here it is {taken}",
    zh="go.mod 没有指定补丁版本，因此 CI 会使用最新的 {wanted}；此处为 {taken}",
)


class ChosenGo(NamedTuple):
    """The value of GOTOOLCHAIN, and what is uncertain about it."""

    toolchain: str
    note: Text | None = None


def chosen_go(wanted: str, installed: str) -> ChosenGo:
    """Return the toolchain for a version of go.mod ("" for none) on a machine with `installed`, such as `1.26.8`."""
    version, own = go_version(wanted), go_version(installed)
    if version is None or wanted == installed:
        return ChosenGo(LOCAL)
    if version.patch != ABSENT or version.kind:
        return ChosenGo(f"go{wanted}")
    if own is not None and (own.major, own.minor) == (version.major, version.minor):
        return ChosenGo(LOCAL, NEWEST(wanted=wanted, taken=installed))
    taken = f"{wanted}.{LAST_PATCH.get(version.minor, 0)}"
    return ChosenGo(f"go{taken}", None if version.minor in LAST_PATCH else NEWEST(wanted=wanted, taken=taken))
