"""The server with a record of the files that it opens and the folders that it lists; run it with `lsp`."""

import os
import sys
from pathlib import Path

from tree import SERVER

RECORD = "WSLGO_TEST_RECORD"


def watched() -> None:
    record = os.open(os.environ[RECORD], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(path: object, flags: object = 0) -> None:
        if isinstance(path, (str, bytes, os.PathLike)):
            named = Path(os.fsdecode(path))
            # If the last link of a path is not followed, the path is not its target.
            is_link = isinstance(flags, int) and flags & os.O_NOFOLLOW and named.is_symlink()
            place = f"{os.path.realpath(named.parent)}/{named.name}" if is_link else os.path.realpath(named)
            os.write(record, f"{place}\n".encode())

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            note(arguments[0], arguments[2])
        elif event in ("os.listdir", "os.scandir", "os.walk"):
            note(arguments[0])

    stat = os.stat

    def noted_stat(path: "int | str | bytes | os.PathLike[str]", **how: object) -> os.stat_result:
        if how.get("follow_symlinks", True):
            note(path)
        return stat(path, **how)  # type: ignore[arg-type, call-overload, no-any-return]

    sys.addaudithook(hook)
    os.stat = noted_stat  # type: ignore[assignment]


if __name__ == "__main__":
    watched()
    sys.path.insert(0, str(SERVER))
    from wslgo.cli import console

    console()
