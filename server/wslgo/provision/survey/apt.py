"""Asks apt what it could install, and dpkg's database what is installed, of this machine or of a tree.

The programs of a tree are not run for that: our own apt-cache reads the lists of any tree, compressed or not, and
knows what pins and architectures make of them.
"""

import re
import time
from collections.abc import Iterable

from wslgo.provision.model.facts import Apt
from wslgo.provision.survey.dpkg import Dpkg, parse
from wslgo.provision.target import Target
from wslgo.system.process import run
from wslgo.system.programs import APT_CACHE

STATUS = "/var/lib/dpkg/status"
LISTS = "/var/lib/apt/lists"

_CACHE = "/usr/bin/apt-cache"
_WRITING_NOTHING = ("-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=")
_LARGEST = 64 << 20  # bytes: that of a full desktop has 5 MiB
_PATIENCE = 30.0  # seconds: without its cache apt reads 100 MB
_FRESH = 7 * 86400.0  # seconds: security updates take the place of files that older lists name
_CANDIDATE = re.compile(r"^(\S+):\n(?: .*\n)*?  Candidate: (?!\(none\))", re.MULTILINE)


def installed(target: Target) -> Dpkg | None:
    """What is installed; None where dpkg does not rule."""
    try:
        data = target.opened(STATUS).content(_LARGEST)
    except OSError:
        return None
    return None if data is None else parse(data.decode("utf-8", "replace"))


def answer(target: Target, names: Iterable[str]) -> Apt | None:
    """Which of these packages apt could install; None where it has no lists, or nobody can tell."""
    if not has_lists(target):
        return None
    done = run(
        (_CACHE, *_WRITING_NOTHING, "-o", f"Dir={target.root}", "policy", "--", *names),
        _PATIENCE,
        "/",
        APT_CACHE.environment({}),
    )
    if done is None or done.code:
        return None
    candidates = frozenset(_CANDIDATE.findall(done.out.decode("utf-8", "replace")))
    return Apt(candidates, is_old=_age(target) > _FRESH)


def has_lists(target: Target) -> bool:
    """Whether apt knows of any package that it could fetch."""
    return any("_Packages" in name for name in target.opened(LISTS).names() or ())


def _age(target: Target) -> float:
    """Seconds since apt last looked for new lists. Their own times are those of the server."""
    found = (target.opened(path).found() for path in (LISTS, f"{LISTS}/partial"))
    return time.time() - max((one.st_mtime for one in found if one is not None), default=0.0)
