"""Starts the server, or the command in its words, with nothing but the files beside this one.

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
    """Finds the one compiled module, psutil's, among the libraries for several machines."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != PSUTIL:
            return None
        library = HERE / "libs" / "native" / machine() / "_psutil_linux.abi3.so"
        return importlib.util.spec_from_file_location(name, library) if library.exists() else None


def machine() -> str:
    """Processor and C library of this very process: `x86_64-glibc`, `aarch64-musl`."""
    # A loader of musl lies on many a glibc system too; only the one that is mapped counts.
    is_musl = "/ld-musl-" in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    return f"{os.uname().machine}-{'musl' if is_musl else 'glibc'}"


if __name__ == "__main__":
    sys.path[:0] = [str(HERE / "server"), str(HERE / "libs")]
    sys.meta_path.append(Native())

    from wslgo.cli import main

    sys.exit(main(sys.argv[1:] or ["lsp"]))
