"""A clean copy of a commit, as CI checks it out: one commit without tags, without submodules, hooks and filters.

Git gets nothing of the user's configuration, and the repository is only read.
"""

import os
import shutil
import stat
from pathlib import Path
from urllib.parse import quote

from wslgo.system.programs import GIT_COPY
from wslgo.system.reader import LARGEST_PROGRAM, leads_out, read_regular
from wslgo.system.world import Ran, World
from wslgo.text.message import Message, Text

_SECONDS = 600.0
# A program that the repository names is not started, neither to look for changes nor after the checkout.
_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")
_LONGEST = 300  # characters of git's words

FAILED = Message(en="git cannot copy {path}: {problem}", zh="git 无法复制 {path}：{problem}")
NO_ANSWER = Message(
    en="no answer within {seconds} s, or more than 4 MiB of file names",
    zh="{seconds} 秒内没有结果，或文件名超过 4 MiB",
)


def copy_commit(git: str, root: str, target: str, world: World) -> Text | None:
    """Copy HEAD of the repository at `root` into a new folder; return why not."""
    words = ("clone", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--template=")
    address = f"file://{quote(os.path.realpath(root))}"
    return _problem(_git(git, (*words, "--", address, target), str(Path(target).parent), world), root)


def copy_changes(git: str, root: str, target: str, world: World) -> Text | None:
    """Make a copy of HEAD the same as the work tree: files that git knows or does not ignore; return why not."""
    words = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    listed = _git(git, words, root, world, protocols="")  # nothing to fetch, and an older git would
    if problem := _problem(listed, root):
        return problem
    _empty(target)
    for name in filter(None, (listed.out if listed else b"").split(b"\0")):
        _copy_file(os.fsdecode(name), root, target)
    return None


def _git(git: str, words: tuple[str, ...], folder: str, world: World, protocols: str = "file") -> Ran | None:
    environment = {**GIT_COPY.environment(world.environment), "GIT_ALLOW_PROTOCOL": protocols}
    return world.run((git, *_QUIET, *words), _SECONDS, folder, environment)


def _problem(ran: Ran | None, root: str) -> Text | None:
    if ran is None:
        return FAILED(path=root, problem=NO_ANSWER(seconds=int(_SECONDS)))
    if not ran.code:
        return None
    lines = [line for line in ran.err.decode("utf-8", "replace").splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[0] if lines else "")
    return FAILED(path=root, problem=said.partition(": ")[2][:_LONGEST] or f"exit {ran.code}")


def _empty(target: str) -> None:
    """Remove all files of a copy but git's own."""
    for path in Path(target).iterdir():
        if path.name == ".git":
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _copy_file(name: str, root: str, target: str) -> None:
    """Copy a file or a link; one that was removed, and the folder of a submodule, are not there in CI either."""
    source, place = Path(root, name), Path(target, name)
    # An index can be made by hand, so that a link of the copy would lead out of it.
    if ".git" in place.parts[len(Path(target).parts) :] or leads_out(place.parent, (os.path.realpath(target),)):
        return
    try:
        status = source.lstat()
    except OSError:
        return
    if stat.S_ISLNK(status.st_mode):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(os.readlink(source))  # noqa: PTH115
    elif stat.S_ISREG(status.st_mode):
        data = read_regular(source, LARGEST_PROGRAM, within=(os.path.realpath(root),))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        place.chmod(0o755 if status.st_mode & stat.S_IXUSR else 0o644)
