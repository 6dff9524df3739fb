"""The packages that are installed and those that apt could install, on this machine or in a tree.

The programs of a tree are not run for that: the apt-cache of this machine reads the lists of any tree, compressed or
not, and applies its pins and architectures.
"""

import re
import time
from collections.abc import Collection
from typing import NamedTuple

from wslgo.provision.model.facts import Apt
from wslgo.provision.target import Target
from wslgo.syntax.dpkg_status import PATH as STATUS
from wslgo.syntax.dpkg_status import Dpkg, parse
from wslgo.system.process import run
from wslgo.system.programs import APT_CACHE

LISTS = "/var/lib/apt/lists"

_CACHE = "/usr/bin/apt-cache"
_WRITING_NOTHING = ("-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=")
_LARGEST = 64 << 20  # bytes: that of a full desktop has 5 MiB
_PATIENCE = 30.0  # seconds: without its cache apt reads 100 MB
_FRESH = 7 * 86400.0  # seconds: security updates replace files that older lists name
_CANDIDATE = re.compile(r"^(\S+):\n(?: .*\n)*?  Candidate: (?!\(none\))", re.MULTILINE)


class PackageFacts(NamedTuple):
    """The installed packages, as in `Facts`."""

    packages: frozenset[str]
    provided: frozenset[str]


class AptFacts(NamedTuple):
    """The packages that apt could install; None if that is unknown."""

    apt: Apt | None


def package_facts(target: Target) -> PackageFacts | None:
    """Read the installed packages; None without dpkg."""
    dpkg = installed_packages(target)
    return None if dpkg is None else PackageFacts(dpkg.installed, dpkg.provided)


def apt_facts(target: Target, names: Collection[str]) -> AptFacts | None:
    """Ask apt about these packages; None if there are none."""
    return AptFacts(available_packages(target, names)) if names else None


def installed_packages(target: Target) -> Dpkg | None:
    """Return what dpkg has installed; None without dpkg."""
    try:
        data = target.open(STATUS).content(_LARGEST)
    except OSError:
        return None
    return None if data is None else parse(data.decode("utf-8", "replace"))


def available_packages(target: Target, names: Collection[str]) -> Apt | None:
    """Return which of these packages apt could install; None if it has no lists or does not answer."""
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
    """Return whether apt knows any package that it could download."""
    return any("_Packages" in name for name in target.open(LISTS).names() or ())


def _age(target: Target) -> float:
    """Return the seconds since apt last updated its lists, whose own times are those of the server."""
    results = (target.open(path).stat() for path in (LISTS, f"{LISTS}/partial"))
    return time.time() - max((result.st_mtime for result in results if result is not None), default=0.0)
