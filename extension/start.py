"""Start the server, or a command of the command line, using only the files next to this one.

Copied to `bundled/` when the extension is built.
"""

import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
PSUTIL = "psutil._psutil_linux"


class Native:
    """An importer for the one compiled module, psutil's, with a library for each kind of machine."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != PSUTIL:
            return None
        library = HERE / "libs" / "native" / machine() / "_psutil_linux.abi3.so"
        return importlib.util.spec_from_file_location(name, library) if library.exists() else None


def machine() -> str:
    """Return processor and C library of this process: `x86_64-glibc`, `aarch64-musl`."""
    # A glibc system may have a loader of musl too; the one that is mapped counts.
    is_musl = "/ld-musl-" in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    return f"{os.uname().machine}-{'musl' if is_musl else 'glibc'}"


if __name__ == "__main__":
    sys.path[:0] = [str(HERE / "server"), str(HERE / "libs")]
    sys.meta_path.append(Native())

    from wslgo.cli import main

    sys.exit(main(sys.argv[1:] or ["lsp"]))
