"""The questions of `wslgo doctor --network`: the entries of GOPROXY, the checksum database, hosts of private modules.

Each asks what go would ask for one public module, or for one private module of each host, and no more.
"""

from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, urlsplit, urlunsplit
from urllib.request import url2pathname

from wslgo.machine.outcomes import ANSWERS, REFUSES
from wslgo.network import outcome
from wslgo.network.exchange import Failure, Line, Reply
from wslgo.network.outcome import Outcome, outcome_of, signed_by
from wslgo.network.repository import Repository, repository_of
from wslgo.provision.errors import ProvisionError
from wslgo.provision.toolchain.sumdb.client import database
from wslgo.syntax.go import goproxy, gosumdb
from wslgo.syntax.go.escaped_path import escaped
from wslgo.syntax.go.goproxy import ProxyEntry
from wslgo.syntax.go.module_patterns import matches
from wslgo.system.reader import read_regular
from wslgo.text.typing import NamedTuple

# Served by every public proxy, at a host where most modules are.
MODULE, VERSION = "github.com/google/uuid", "v1.6.0"

MODULES, CHECKSUMS, ORIGIN = "modules", "checksums", "origin"

_INSECURE = "go does not send a login to an address without encryption"
_LARGEST = 1 << 20  # bytes of a file


Replaced = Callable[[str], Repository | None]


class Question(NamedTuple):
    """A question to one server: its URL as users see it, what go does next, and how it is asked."""

    url: str
    serves: str
    ask: Callable[[Line], Outcome]
    next_on: str = "never"
    host: str = ""


class Wanted(NamedTuple):
    """The module that is asked for; without a version its newest one."""

    path: str = MODULE
    version: str = VERSION

    @property
    def file(self) -> str:
        """The path of the file that go asks a proxy for first."""
        return (
            f"{escaped(self.path)}/@v/{escaped(self.version)}.info" if self.version else f"{escaped(self.path)}/@latest"
        )


class GoValues(NamedTuple):
    """The values of Go variables that decide who is asked."""

    goproxy: str = ""
    gosumdb: str = ""
    private: str = ""  # GONOPROXY, else GOPRIVATE
    without_sums: str = ""  # GONOSUMDB, else GOPRIVATE
    insecure: str = ""


def values_of(variables: Mapping[str, str]) -> GoValues:
    """Return them from the Go variables in effect."""
    private = variables.get("GOPRIVATE", "")
    return GoValues(
        variables.get("GOPROXY", ""),
        variables.get("GOSUMDB", "") or gosumdb.KNOWN[0],
        variables.get("GONOPROXY", "") or private,
        variables.get("GONOSUMDB", "") or private,
        variables.get("GOINSECURE", ""),
    )


def questions(values: GoValues, wanted: Wanted, private: tuple[str, ...], replaced: Replaced) -> tuple[Question, ...]:
    """Return the questions; `private` are private modules of the workspace, one for each host.

    `replaced` returns the address that git uses in place of another, None if that cannot be asked.
    """
    is_private = matches(values.private, wanted.path)
    entries = goproxy.parse(values.goproxy).steps
    found: list[Question | None] = []
    if not is_private:
        found += (_of_entry(entry, wanted, values, replaced) for entry in entries)
    if not (is_private or matches(values.without_sums, wanted.path)) and values.gosumdb != "off":
        found.append(_of_database(values.gosumdb, entries))
    modules = (wanted.path, *private) if is_private else private
    found += (_of_origin(module, values, replaced) for module in dict.fromkeys(modules))
    return tuple(question for question in found if question is not None)


def other_proxies(urls: tuple[str, ...], wanted: Wanted) -> tuple[Question, ...]:
    """Return the questions to proxies that GOPROXY does not name."""
    return tuple(_of_proxy(url, wanted, "never") for url in urls)


def other_database() -> Question:
    """Return the question to the address of the public checksum database in mainland China."""
    return _of_database(gosumdb.KNOWN[1], ())


def _of_entry(entry: ProxyEntry, wanted: Wanted, values: GoValues, replaced: Replaced) -> Question | None:
    if entry.text == "off":
        words = "module lookup disabled by GOPROXY=off"
        return Question("off", MODULES, lambda _: Outcome(REFUSES, problem=words))
    if entry.text == "direct":
        found = _of_origin(wanted.path, values, replaced)
        return None if found is None else found._replace(url="direct", serves=MODULES)
    return _of_proxy(entry.url, wanted, entry.next_on)


def _of_proxy(url: str, wanted: Wanted, next_on: str) -> Question:
    parts = urlsplit(url)
    place = _joined(url, wanted.file)
    expected = outcome.info_of(wanted.version) if wanted.version else outcome.any_info
    if parts.scheme == "file":
        return Question(url, MODULES, lambda _: _in_folder(place), next_on)
    host = parts.hostname or ""
    if _leaks_login(parts):
        return Question(url, MODULES, lambda _: Outcome(REFUSES, problem=_INSECURE), next_on, host)
    return Question(url, MODULES, lambda line: outcome_of(line.ask(place), expected), next_on, host)


def _leaks_login(parts: SplitResult) -> bool:
    return parts.scheme == "http" and parts.username is not None


def _joined(url: str, file: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{file}", parts.query, ""))


def _in_folder(url: str) -> Outcome:
    try:
        read_regular(url2pathname(urlsplit(url).path), _LARGEST)
    except OSError as error:
        return outcome.file_outcome(error)
    return outcome.file_outcome(None)


def _of_database(value: str, entries: tuple[ProxyEntry, ...]) -> Question:
    try:
        found = database(value)
    except ProvisionError as error:
        words = str(error)
        return Question(value, CHECKSUMS, lambda _: Outcome(REFUSES, problem=words))
    direct = found.addresses[0] if found.is_named else f"https://{found.key.name}"

    def head_of(line: Line, url: str) -> Outcome:
        return outcome_of(line.ask(f"{url.rstrip('/')}/latest"), signed_by(found.key))._replace(place=url)

    def ask(line: Line) -> Outcome:
        """Ask the first proxy that serves the database, and then no other address, as go does."""
        for entry in () if found.is_named else entries:
            if entry.is_keyword:
                break
            url = f"{entry.url.rstrip('/')}/sumdb/{found.key.name}"
            support = _support(line, url)
            if support.outcome == ANSWERS:
                return head_of(line, url)
            if not support.falls_back(entry.next_on if entry.next_on != "never" else "not-found"):
                return support._replace(place=url)
        return head_of(line, direct)

    return Question(direct, CHECKSUMS, ask, host=urlsplit(direct).hostname or "")


def _support(line: Line, url: str) -> Outcome:
    """Return whether a proxy serves a checksum database: go looks at the status alone."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _in_folder(f"{url}/supported")
    if _leaks_login(parts):
        return Outcome(REFUSES, problem=_INSECURE)
    return outcome_of(line.ask(f"{url}/supported"), lambda _: "")


def _of_origin(module: str, values: GoValues, replaced: Replaced) -> Question | None:
    """Return the question to the host of a module; None if it is asked in a way that is not known."""
    known = repository_of(module)
    place = replaced(known) if known else Repository(f"https://{module}")
    if place is None:
        return None
    is_insecure = matches(values.insecure, module)
    if not known:
        host = module.partition("/")[0]
        return Question(
            f"https://{host}", ORIGIN, lambda line: _by_page(line, module, replaced, is_insecure), host=host
        )
    shown = f"ssh://{place.host}" if place.host else f"https://{urlsplit(place.url).hostname or ''}"
    host = place.host or urlsplit(place.url).hostname or ""
    return Question(shown, ORIGIN, lambda line: _of_repository(line, place, is_insecure), host=host)


def _of_repository(line: Line, place: Repository, is_insecure: bool) -> Outcome:
    if place.host:
        return outcome_of(line.greeting(place.host, place.port), outcome.banner)
    url = f"{place.url.rstrip('/')}/info/refs?service=git-upload-pack"
    return outcome_of(_got(line, url, is_insecure), outcome.advertisement)


def _by_page(line: Line, module: str, replaced: Replaced, is_insecure: bool) -> Outcome:
    """Ask for the page that names the repository of a module, then the repository."""
    page = _got(line, f"https://{module}?go-get=1", is_insecure)
    # Go reads the page whatever its status is.
    words = outcome.go_import_in(page.body) if isinstance(page, Reply) else ()
    if len(words) < 3 or words[1] not in ("git", "mod"):
        return outcome_of(page, outcome.go_import)
    if words[1] == "mod":
        return outcome_of(line.ask(_joined(words[2], f"{escaped(module)}/@v/list")), lambda _: "")
    place = replaced(words[2])
    return Outcome(ANSWERS, 200, fails=False) if place is None else _of_repository(line, place, is_insecure)


def _got(line: Line, url: str, is_insecure: bool) -> Reply | Failure:
    """Return an answer; GOINSECURE accepts any certificate, and then http."""
    if not is_insecure:
        return line.ask(url)
    answer = line.unverified().ask(url)
    return line.ask(f"http://{url.removeprefix('https://')}") if isinstance(answer, Failure) else answer
