"""The files of an installed toolchain, hashed as the checksum database hashes its module.

So a Go from a tarball can be compared with a published hash, too: the module of golang.org/toolchain has the files of
the tarball but for four folders, and each go.mod is called _go.mod in it (cmd/distpack of Go 1.26).
"""

from collections.abc import Iterator

from wslgo.provision.net import digest
from wslgo.provision.toolchain import release
from wslgo.provision.toolchain.archive.guard import MODULE_PREFIX
from wslgo.provision.toolchain.folder import hashes
from wslgo.system.place import Folder

LEFT_OUT = ("api", "doc", "misc", "test")
_MOD, _RENAMED = "go.mod", "_go.mod"


def module_hash(toolchain: Folder, name: str, architecture: str) -> str:
    """Return the hash that the module of a toolchain (go1.27.3) has if its files are those in a folder.

    Raises OSError for what cannot be read.
    """
    prefix = f"{MODULE_PREFIX}{release.module_version(name, architecture)}/"
    return digest.h1((f"{prefix}{path}", found) for path, found in _renamed(toolchain))


def _renamed(toolchain: Folder) -> Iterator[tuple[str, str]]:
    """Yield the files as the module has them.

    In its own cache go has both names of a go.mod; such a copy counts only if it differs.
    """
    found = dict(hashes(toolchain, leaves_out=LEFT_OUT))
    for path, value in found.items():
        above, _, name = path.rpartition("/")
        renamed = f"{above}/{_RENAMED}" if above else _RENAMED
        if name != _MOD:
            yield path, value
        elif renamed not in found:
            yield renamed, value
        elif found[renamed] != value:
            yield path, value
