"""Where a toolchain can be had: sites with tarballs, and any GOPROXY, which has it as module golang.org/toolchain.

All that may be asked are asked at once, each with a time limit; who answers right and first is taken, after those that
somebody named. What a URL is, its answers tell: a site has `dl/?mode=json` or the tarball with its `.sha256` beside it,
a proxy has `golang.org/toolchain/@v/list` or `.info`.
"""

import re
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import Release, Source
from wslgo.provision.net.http import StatusError, Web, get
from wslgo.provision.net.race import answers_of
from wslgo.provision.toolchain import release
from wslgo.provision.toolchain.policy import MODULE, NAMED, PUBLIC, TARBALL, WALKED, Candidate, Policy, candidates
from wslgo.provision.toolchain.release import Listed
from wslgo.text.message import Message, redact

NOBODY = Message(
    en="No source that GOPROXY allows has Go {version} for linux/{architecture}: {answers}; --source URL names another",
    zh="GOPROXY 允许的来源都没有 linux/{architecture} 的 Go {version}：{answers}；可用 --source URL 指定其他来源",
)
NOT_ALLOWED = Message(
    en="GOPROXY lets nobody be asked for a toolchain; name a source with --source",
    zh="GOPROXY 不允许向任何来源获取工具链；请用 --source 指定来源",
)

_LIST = 4 << 20  # bytes; that of all releases has 2 MB
_SUM = re.compile(r"([0-9a-fA-F]{64})(?:\s|\Z)")


class Answer(NamedTuple):
    """What a candidate said, and the release that it has."""

    candidate: Candidate
    source: Source
    release: Release | None = None
    is_refusal: bool = False  # an error other than "not here": go would stop at it


class Search(NamedTuple):
    """The sources that were asked, in the order of their worth, and what to install."""

    sources: tuple[Source, ...]
    release: Release | None = None


def search(version: str, architecture: str, policy: Policy, web: Web, seconds: float = 10) -> Search:
    """Ask all that may be asked for a version (see `release.wanted`), and choose.

    A source that says nothing within `seconds` counts as silent. Raises ProvisionError where nobody may be asked.
    """
    asked = candidates(policy)
    if not asked:
        raise ProvisionError(NOT_ALLOWED())
    answers = probe(asked, version, architecture, web, seconds)
    return Search(tuple(one.source for one in answers), chosen(answers))


def probe(
    asked: Iterable[Candidate], version: str, architecture: str, web: Web, seconds: float = 10
) -> tuple[Answer, ...]:
    """What each candidate says, in the order of the candidates."""
    everybody = tuple(asked)
    quick = web.within(seconds)
    answers = answers_of(lambda one: _answer(one, version, architecture, quick), everybody, seconds, _failed)
    return tuple(answers.get(one) or _refused(one, "no answer in time") for one in everybody)


def chosen(answers: Iterable[Answer]) -> Release | None:
    """The release to install: of the first that was named; where none was, of the walk's first, else of the fastest."""
    everybody = tuple(answers)
    named = (one.release for one in everybody if one.candidate.origin == NAMED and one.release)
    public = sorted((one for one in everybody if one.candidate.origin == PUBLIC and one.release), key=_seconds)
    first = next(named, None)
    if first or any(one.candidate.origin == NAMED for one in everybody):
        return first
    walked, ends = _walked(everybody)
    return walked or (public[0].release if public and not ends else None)


def refusal(found: Search, version: str, architecture: str) -> ProvisionError:
    """Why nothing can be installed, with what everybody said."""
    answers = "; ".join(f"{redact(one.url)}: {one.problem}" for one in found.sources if one.problem)
    return ProvisionError(NOBODY(version=version, architecture=architecture, answers=answers))


def _walked(answers: tuple[Answer, ...]) -> tuple[Release | None, bool]:
    """What the walk along GOPROXY comes to, and whether it ends there: behind a comma only "not found" leads on."""
    for one in answers:
        if one.candidate.origin != WALKED:
            continue
        if one.release or (one.is_refusal and not one.candidate.goes_on):
            return one.release, True
    return None, False


def _seconds(answer: Answer) -> float:
    return float("inf") if answer.source.seconds is None else answer.source.seconds


def _failed(candidate: Candidate, error: ProvisionError) -> Answer:
    return _refused(candidate, str(error))


def _refused(candidate: Candidate, problem: str) -> Answer:
    source = Source(candidate.url, candidate.kind or TARBALL, problem=problem)
    return Answer(candidate, source, is_refusal=True)


def _answer(candidate: Candidate, version: str, architecture: str, web: Web) -> Answer:
    """What somebody has, told by the first kind of question that is answered."""
    started = time.monotonic()
    problem, is_refusal = "", False
    for kind in (candidate.kind,) if candidate.kind else (TARBALL, MODULE):
        source = Source(candidate.url, kind)
        try:
            found = _QUESTIONS[kind](source, version, architecture, web)
        except (ProvisionError, ValueError) as error:
            problem = problem or str(error)
            is_refusal = is_refusal or not _is_not_found(error)
            continue
        if found:
            timed = source._replace(seconds=time.monotonic() - started)
            return Answer(candidate, timed, found._replace(source=timed))
    problem = problem or f"has no Go {version or 'release'} for linux/{architecture}"
    return Answer(candidate, Source(candidate.url, candidate.kind or TARBALL, problem=problem), None, is_refusal)


def _is_not_found(error: Exception) -> bool:
    return isinstance(error, StatusError) and error.is_not_found


# Sites


def _of_site(source: Source, version: str, architecture: str, web: Web) -> Release | None:
    """By its list; without one by the tarball's `.sha256`."""
    problems: list[Exception] = []
    for ask in (_unlisted,) if source.url.startswith("file:") else (_listed, _unlisted):
        for folder in _downloads(source.url):
            try:
                found = ask(source, folder, version, architecture, web)
            except (ProvisionError, ValueError) as error:
                problems.append(error)
                continue
            if found or ask is _listed:
                return found
    raise next((one for one in problems if not _is_not_found(one)), problems[0])


def _downloads(url: str) -> tuple[str, ...]:
    """Where a site may have its files: at go.dev below `dl`, in a mirror that is a folder of them there."""
    plain = url.rstrip("/")
    return (plain,) if plain.endswith("/dl") else (f"{plain}/dl", plain)


def _site_list(folder: str, version: str, architecture: str, web: Web) -> tuple[Listed, ...]:
    """The list of what is supported, and only where that has not what is wanted the long one of all."""
    short = release.from_site(get(web, f"{folder}/?mode=json", _LIST).decode(), architecture)
    if release.best(short, version):
        return short
    return release.from_site(get(web, f"{folder}/?mode=json&include=all", _LIST).decode(), architecture)


def _listed(source: Source, folder: str, version: str, architecture: str, web: Web) -> Release | None:
    """What the list of a site has."""
    listed = _site_list(folder, version, architecture, web)
    found = release.best(listed, version)
    if found is None or found.archive is None:
        return None
    archive = found.archive
    digest = f"sha256:{archive.sha256.lower()}"
    return Release(found.name, source, f"{folder}/{archive.filename}", digest, archive.size)


def _unlisted(source: Source, folder: str, version: str, architecture: str, web: Web) -> Release | None:
    """A folder of tarballs: one that is named by its version, or in `file://` the newest that lies there."""
    names = _names(folder, version, architecture) if folder.startswith("file:") else [release.exact(version)]
    for name in filter(None, names):
        url = f"{folder}/{release.tarball(name, architecture)}"
        match = _SUM.match(get(web, f"{url}.sha256").decode("ascii", "replace").strip())
        if match:
            return Release(name, source, url, f"sha256:{match[1].lower()}")
    return None


def _names(folder: str, version: str, architecture: str) -> list[str]:
    """The toolchain in a local folder that is wanted."""
    import os  # only for local folders

    ending = release.tarball("", architecture)
    try:
        names = os.listdir(unquote(urlsplit(folder).path))  # noqa: PTH208 - the names alone
    except OSError as error:
        raise ValueError(error.strerror) from None
    listed = [Listed(name.removesuffix(ending)) for name in names if name.endswith(ending)]
    found = release.best(listed, version)
    if found is None:
        raise ValueError(f"no tarball of Go {version} in it")
    return [found.name]


# Proxies


def _of_proxy(source: Source, version: str, architecture: str, web: Web) -> Release | None:
    """By its list; one without a list is asked for the version itself."""
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
    """A login page is no answer."""
    if not re.search(r'"Version"\s*:\s*"v0\.0\.1-go', text):
        raise ValueError("answers something that is no version of a module")


_QUESTIONS: dict[str, Callable[[Source, str, str, Web], Release | None]] = {TARBALL: _of_site, MODULE: _of_proxy}
