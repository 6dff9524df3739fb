"""Whom this machine may ask for a toolchain: what somebody names, the walk of its GOPROXY, and no others.

GOPROXY is a policy: who has taken `direct` out of it, or put `off` behind a proxy of the company, does not want the
public internet to be asked. Probing orders sources within that and adds none.
"""

from typing import NamedTuple

from wslgo.syntax.go import goproxy

# Lists and archives as go.dev has them; the second is its mirror inside mainland China.
SITES = ("https://go.dev", "https://golang.google.cn")

MODULE = "module"
TARBALL = "tarball"
UNKNOWN = ""

NAMED = "named"  # by --source
WALKED = "walked"  # an entry of GOPROXY
PUBLIC = "public"


class ProxyPolicyEntry(NamedTuple):
    """A proxy of the walk; whether the next one is asked also after another error than 404 and 410."""

    url: str
    goes_on: bool


class Candidate(NamedTuple):
    """A source that may be asked. `kind` is UNKNOWN where only its answers tell it."""

    url: str
    kind: str
    origin: str
    goes_on: bool = True


class Policy(NamedTuple):
    """The machine's GOPROXY and GOSUMDB as the go command sees them, and the URLs that `--source` names."""

    goproxy: str = ""
    gosumdb: str = ""
    sources: tuple[str, ...] = ()

    @property
    def walk(self) -> tuple[ProxyPolicyEntry, ...]:
        """The proxies that go asks, in its order, up to `direct` or `off`; those that are named come before them."""
        named = tuple(ProxyPolicyEntry(url, True) for url in self.sources)
        steps = goproxy.parse(self.goproxy).steps
        return named + tuple(
            ProxyPolicyEntry(step.url, step.next_on == "any-error") for step in steps if not step.is_keyword
        )

    @property
    def reaches_origins(self) -> bool:
        """Whether the walk ends at `direct`: whoever publishes may be asked."""
        steps = goproxy.parse(self.goproxy).steps
        return bool(steps) and steps[-1].text == "direct"

    @property
    def is_default(self) -> bool:
        """Whether GOPROXY says what it says without anybody's doing."""
        return self.goproxy in ("", goproxy.DEFAULT)

    def exempts(self, source: str) -> bool:
        """Whether go does not check a toolchain from here: GOPROXY is exactly this one folder (modfetch/sumdb.go)."""
        value = source if source in self.sources else self.goproxy
        return value.startswith("file://") and not any(mark in value for mark in ",|")


def candidates(policy: Policy) -> tuple[Candidate, ...]:
    """The sources in the order of trust in them, those of `--source` first."""
    named = [Candidate(url, UNKNOWN, NAMED) for url in policy.sources]
    walk = policy.walk[len(named) :]
    walked = [Candidate(entry.url, MODULE, PUBLIC if policy.is_default else WALKED, entry.goes_on) for entry in walk]
    public = [Candidate(url, TARBALL, PUBLIC) for url in SITES] if policy.reaches_origins else []
    return (*named, *walked, *public)
