"""The search for a toolchain: at sites with tarballs, and at any GOPROXY.

All sources that the policy allows are asked at once, each with a time limit. Those of `--source` win, then the fastest
correct answer. The kind of a source follows from its answers: a site has `dl/?mode=json` or a tarball with a `.sha256`,
a proxy has `golang.org/toolchain/@v/list` or `.info`.
"""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import Release, Source
from wslgo.provision.net.http import StatusError, UnreachableError, Web, get
from wslgo.provision.net.race import answers_of
from wslgo.provision.toolchain import release
from wslgo.provision.toolchain.policy import MODULE, NAMED, PUBLIC, TARBALL, WALKED, Candidate, Policy, candidates
from wslgo.provision.toolchain.release import Listed
from wslgo.text.message import Message, redact

NOT_FOUND = Message(
    en="Could not find {wanted} for linux/{architecture} at {answers}. Try another source with --source URL",
    zh="以下来源未能提供 linux/{architecture} 的 {wanted}：{answers}。请用 --source URL 指定其他来源",
)
ANY_RELEASE = Message(en="a Go release", zh="Go 发行版")
NOT_ALLOWED = Message(
    en="GOPROXY allows no toolchain downloads; pass --source URL",
    zh="GOPROXY 不允许下载工具链；请用 --source URL 指定来源",
)

LATE = "no answer in time"

_LIST = 4 << 20  # bytes; that of all releases has 2 MB
_SUM = re.compile(r"([0-9a-fA-F]{64})(?:\s|\Z)")


class Answer(NamedTuple):
    """The answer of a candidate, and the release that it has."""

    candidate: Candidate
    source: Source
    release: Release | None = None
    is_error: bool = False  # not merely "not found": go would stop here


class Search(NamedTuple):
    """The sources that were asked, in order of preference, and the release to install."""

    sources: tuple[Source, ...]
    release: Release | None = None


def search(version: str, architecture: str, policy: Policy, web: Web, seconds: float = 10) -> Search:
    """Ask all allowed sources for a version (see `release.wanted`), and choose a release.

    A source that does not answer within `seconds` has no release. Raises ProvisionError if no source is allowed.
    """
    allowed = candidates(policy)
    if not allowed:
        raise ProvisionError(NOT_ALLOWED())
    answers = probe(allowed, version, architecture, web, seconds)
    return Search(tuple(answer.source for answer in answers), choice(answers))


def probe(
    sources: Sequence[Candidate], version: str, architecture: str, web: Web, seconds: float = 10
) -> tuple[Answer, ...]:
    """Return the answer of each candidate, in their order."""
    quick = web.within(seconds)
    answers = answers_of(
        lambda source: _answer(source, version, architecture, quick), sources, seconds, _with_error, web.clock
    )
    return tuple(answers.get(source) or _without_release(source, LATE) for source in sources)


def choice(answers: Iterable[Answer]) -> Release | None:
    """Return the release to install: the first of `--source`; without one the first of GOPROXY, else the fastest."""
    answers = tuple(answers)
    named = [answer for answer in answers if answer.candidate.origin == NAMED]
    if named:
        return next((answer.release for answer in named if answer.release), None)
    walked, ends = _first_of_walk(answers)
    if walked or ends:
        return walked
    public = [answer for answer in answers if answer.candidate.origin == PUBLIC and answer.release]
    return min(public, key=_seconds).release if public else None


def not_found(found: Search, version: str, architecture: str) -> ProvisionError:
    """Return why nothing can be installed, with the problem of each source."""
    places: dict[str, list[str]] = {}
    for source in found.sources:
        if source.problem:
            places.setdefault(source.problem, []).append(redact(source.url).removeprefix("https://"))
    answers = "; ".join(f"{', '.join(names)} ({problem})" for problem, names in places.items())
    wanted = f"Go {version}" if version else ANY_RELEASE()
    return ProvisionError(NOT_FOUND(wanted=wanted, architecture=architecture, answers=answers))


def _first_of_walk(answers: tuple[Answer, ...]) -> tuple[Release | None, bool]:
    """Return the release of the first proxy that has one, and whether go stops there.

    After a comma in GOPROXY go asks the next proxy only if this one answers "not found".
    """
    for answer in answers:
        if answer.candidate.origin != WALKED:
            continue
        if answer.release or (answer.is_error and not answer.candidate.continues):
            return answer.release, True
    return None, False


def _seconds(answer: Answer) -> float:
    return float("inf") if answer.source.seconds is None else answer.source.seconds


def _with_error(candidate: Candidate, error: ProvisionError) -> Answer:
    return _without_release(candidate, in_short(error))


def _without_release(candidate: Candidate, problem: str, *, is_error: bool = True) -> Answer:
    return Answer(
        candidate,
        Source(candidate.url, candidate.kind or TARBALL, problem=problem, answers=not is_error),
        is_error=is_error,
    )


def _answer(candidate: Candidate, version: str, architecture: str, web: Web) -> Answer:
    """Return what a candidate has; the first kind of request that succeeds shows its kind."""
    started = time.monotonic()
    problem, is_error = "", False
    for kind in (candidate.kind,) if candidate.kind else (TARBALL, MODULE):
        source = Source(candidate.url, kind)
        try:
            found = _QUESTIONS[kind](source, version, architecture, web)
        except (ProvisionError, ValueError) as error:
            problem = problem or in_short(error)
            is_error = is_error or not _is_not_found(error)
            continue
        if found:
            timed = source._replace(seconds=time.monotonic() - started)
            return Answer(candidate, timed, found._replace(source=timed))
    problem = problem or f"has no Go {version or 'release'} for linux/{architecture}"
    return _without_release(candidate, problem, is_error=is_error)


def in_short(error: Exception) -> str:
    """Return an error without the URL that its place in a message already names."""
    return error.words if isinstance(error, StatusError | UnreachableError) else str(error)


def _is_not_found(error: Exception) -> bool:
    return isinstance(error, StatusError) and error.is_not_found


# Sites


def _of_site(source: Source, version: str, architecture: str, web: Web) -> Release | None:
    """Return the release of a site: by its list, or without one by the `.sha256` of the tarball."""
    problems: list[Exception] = []
    for ask in (_release_by_name,) if source.url.startswith("file:") else (_release_in_list, _release_by_name):
        for folder in _downloads(source.url):
            try:
                found = ask(source, folder, version, architecture, web)
            except (ProvisionError, ValueError) as error:
                problems.append(error)
                continue
            if found or ask is _release_in_list:
                return found
    raise next((problem for problem in problems if not _is_not_found(problem)), problems[0])


def _downloads(url: str) -> tuple[str, ...]:
    """Return the URLs where a site may have its files: under `dl` as at go.dev, or the URL itself."""
    plain = url.rstrip("/")
    return (plain,) if plain.endswith("/dl") else (f"{plain}/dl", plain)


def _site_list(folder: str, version: str, architecture: str, web: Web) -> tuple[Listed, ...]:
    """Return the list of supported releases, or of all releases if the version is not in the short one."""
    short = release.from_site(get(web, f"{folder}/?mode=json", _LIST).decode(), architecture)
    if release.best(short, version):
        return short
    return release.from_site(get(web, f"{folder}/?mode=json&include=all", _LIST).decode(), architecture)


def _release_in_list(source: Source, folder: str, version: str, architecture: str, web: Web) -> Release | None:
    """Return the release in the list of a site."""
    listed = _site_list(folder, version, architecture, web)
    found = release.best(listed, version)
    if found is None or found.archive is None:
        return None
    archive = found.archive
    digest = f"sha256:{archive.sha256.lower()}"
    return Release(found.name, source, f"{folder}/{archive.filename}", digest, archive.size)


def _release_by_name(source: Source, folder: str, version: str, architecture: str, web: Web) -> Release | None:
    """Return the release in a folder of tarballs: by its exact name, or in `file://` the newest one."""
    names = _names(folder, version, architecture) if folder.startswith("file:") else [release.exact(version)]
    for name in filter(None, names):
        url = f"{folder}/{release.tarball(name, architecture)}"
        match = _SUM.match(get(web, f"{url}.sha256").decode("ascii", "replace").strip())
        if match:
            return Release(name, source, url, f"sha256:{match[1].lower()}")
    return None


def _names(folder: str, version: str, architecture: str) -> list[str]:
    """Return the toolchain in a local folder that matches the version."""
    import os  # only for local folders

    ending = release.tarball("", architecture)
    try:
        names = os.listdir(unquote(urlsplit(folder).path))  # noqa: PTH208 - the names alone
    except OSError as error:
        raise ValueError(error.strerror) from None
    listed = [Listed(name.removesuffix(ending)) for name in names if name.endswith(ending)]
    found = release.best(listed, version)
    if found is None:
        raise ValueError(f"it has no tarball of {f'Go {version}' if version else 'a Go release'}")
    return [found.name]


# Proxies


def _of_proxy(source: Source, version: str, architecture: str, web: Web) -> Release | None:
    """Return the release of a proxy: by its list, or without one by the version itself."""
    base = f"{source.url.rstrip('/')}/golang.org/toolchain/@v"
    try:
        listed = release.from_proxy(get(web, f"{base}/list", _LIST).decode(), architecture)
    except StatusError:
        listed = ()
    found = release.best(listed, version)
    name = found.name if found else None if listed else release.exact(version)
    if name is None or not release.is_module(name):
        return None
    described = f"{base}/{release.module_version(name, architecture)}"
    _check_info(get(web, f"{described}.info").decode("utf-8", "replace"))
    return Release(name, source, f"{described}.zip")


def _check_info(text: str) -> None:
    """Raise ValueError for anything but the description of a toolchain, such as a login page."""
    if not re.search(r'"Version"\s*:\s*"v0\.0\.1-go', text):
        raise ValueError("the answer does not describe a module version")


_QUESTIONS: dict[str, Callable[[Source, str, str, Web], Release | None]] = {TARBALL: _of_site, MODULE: _of_proxy}
