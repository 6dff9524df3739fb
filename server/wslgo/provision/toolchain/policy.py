"""The hosts that may be asked for a toolchain: `--source` and the proxies of GOPROXY.

GOPROXY is a policy: a list without `direct`, or with `off` after a company proxy, excludes the public internet. Probing
orders the sources that the policy allows and adds none.
"""

from typing import NamedTuple

from wslgo.syntax.go import goproxy

# Sites with lists and archives like go.dev; the second is its mirror in mainland China.
SITES = ("https://go.dev", "https://golang.google.cn")

MODULE = "module"
TARBALL = "tarball"
UNKNOWN = ""

NAMED = "named"  # by --source
WALKED = "walked"  # an entry of GOPROXY
PUBLIC = "public"


class ProxyPolicyEntry(NamedTuple):
    """A proxy of GOPROXY; `continues`: go asks the next one after any error, not only 404."""

    url: str
    continues: bool


class Candidate(NamedTuple):
    """A source that may be asked. `kind` is UNKNOWN where only its answers tell it."""

    url: str
    kind: str
    origin: str
    continues: bool = True


class Policy(NamedTuple):
    """The machine's GOPROXY and GOSUMDB as the go command sees them, and the URLs of `--source`."""

    goproxy: str = ""
    gosumdb: str = ""
    sources: tuple[str, ...] = ()

    @property
    def walk(self) -> tuple[ProxyPolicyEntry, ...]:
        """The proxies in the order in which go asks them, up to `direct` or `off`; those of `--source` come first."""
        named = [ProxyPolicyEntry(url, True) for url in self.sources]
        proxies = [step for step in goproxy.parse(self.goproxy).steps if not step.is_keyword]
        return (*named, *(ProxyPolicyEntry(proxy.url, proxy.next_on == "any-error") for proxy in proxies))

    @property
    def reaches_origins(self) -> bool:
        """True if the list ends with `direct`: the sites that publish Go may be asked."""
        steps = goproxy.parse(self.goproxy).steps
        return bool(steps) and steps[-1].text == "direct"

    @property
    def is_default(self) -> bool:
        """True if GOPROXY has the value that go would use without it."""
        return self.goproxy in ("", goproxy.DEFAULT)

    def exempts(self, source: str) -> bool:
        """Return whether go skips the checksum of a toolchain: GOPROXY is exactly this folder (modfetch/sumdb.go)."""
        value = source if source in self.sources else self.goproxy
        return value.startswith("file://") and not any(mark in value for mark in ",|")


def candidates(policy: Policy) -> tuple[Candidate, ...]:
    """Return the sources in order of trust, those of `--source` first."""
    named = [Candidate(url, UNKNOWN, NAMED) for url in policy.sources]
    walk = policy.walk[len(named) :]
    walked = [Candidate(entry.url, MODULE, PUBLIC if policy.is_default else WALKED, entry.continues) for entry in walk]
    public = [Candidate(url, TARBALL, PUBLIC) for url in SITES] if policy.reaches_origins else []
    return (*named, *walked, *public)
