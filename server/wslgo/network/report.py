"""The answers of servers in words: a sentence about what go gets, and a row for each server."""

from collections.abc import Iterable, Iterator, Sequence

from wslgo.goenv.proxy_walk import Walk, walk_of
from wslgo.linter.finding import Reported
from wslgo.machine.host import Answer, Host
from wslgo.machine.outcomes import (
    ANSWERS,
    BAD_ANSWER,
    BAD_CERTIFICATE,
    LOGIN_PAGE,
    NOT_FOUND,
    REFUSES,
    TIMES_OUT,
    UNREACHABLE,
)
from wslgo.syntax.go import goproxy
from wslgo.syntax.go.url import mask_reason
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

SERVED = Message(en="go gets modules from {url} in {seconds} s", zh="go 从 {url} 获取模块，用时 {seconds} 秒")
SERVED_LATER = Message(
    en="go gets modules from {url} in {seconds} s, after {count} before it in GOPROXY",
    zh="go 从 {url} 获取模块，用时 {seconds} 秒；GOPROXY 中排在它前面的有 {count} 项",
)
STOPPED = Message(en="go gets no modules: it stops at {url} ({problem})", zh="go 无法获取模块：停在 {url}（{problem}）")
WAITING = Message(en="go gets no modules: it waits for {url} without end", zh="go 无法获取模块：无限期等待 {url}")
NOWHERE = Message(en="No entry of GOPROXY has {module}", zh="GOPROXY 中没有一项提供 {module}")
INVALID = Message(en="go rejects GOPROXY: {words}", zh="go 会报错：GOPROXY 无效（{words}）")
UNASKED = Message(en="No entry of GOPROXY was asked", zh="未访问 GOPROXY 中的任何一项")

WORDS = {
    ANSWERS: Message(en="answers", zh="有回应"),
    NOT_FOUND: Message(en="not found", zh="没有该模块"),
    REFUSES: Message(en="rejects", zh="拒绝"),
    TIMES_OUT: Message(en="times out", zh="超时"),
    UNREACHABLE: Message(en="unreachable", zh="无法连接"),
    BAD_CERTIFICATE: Message(en="bad certificate", zh="证书无效"),
    LOGIN_PAGE: Message(en="login page", zh="登录页面"),
    BAD_ANSWER: Message(en="bad answer", zh="内容有误"),
}
USES = {
    "modules": Message(en="modules", zh="模块"),
    "checksums": Message(en="checksums", zh="校验和"),
    "origin": Message(en="private code", zh="私有代码"),
}

USED = Message(en="go uses it", zh="go 使用它")
NEXT = Message(en="go asks the next one", zh="go 会访问下一项")
STOPS = Message(en="go stops here", zh="go 在此停止")
WAITS = Message(en="go waits without end", zh="go 会无限期等待")
UNREACHED = Message(en="go does not get here", zh="go 不会到达此项")
BESIDE = Message(en="not in GOPROXY", zh="不在 GOPROXY 中")
PROBLEM = Message(en="{action}: {problem}", zh="{action}：{problem}")
THROUGH = Message(en="{action}, through {via}", zh="{action}，经由 {via}")
ANSWERED = Message(en="{done}/{total} {url}: {outcome}", zh="{done}/{total} {url}：{outcome}")
NOTHING = Message(en="{problem}", zh="{problem}")


# The facts that findings about the network are about.
_ABOUT = ("network.", "go.goproxy", "go.gosumdb", "go.goprivate", "go.gonoproxy", "go.gonosumdb", "go.goinsecure")


class Row(NamedTuple):
    """A server: its use, the outcome, the HTTP status, the seconds, and what go does after it."""

    url: str
    use: Text
    outcome: Text
    status: str
    seconds: str
    action: Text
    is_good: bool
    matters: bool  # go gets as far as this server


def progress_words(answer: Answer, done: int, total: int) -> Text:
    """Return which server has answered, and how many of all have."""
    return ANSWERED(done=done, total=total, url=answer.url, outcome=WORDS[answer.outcome]())


def about_network(found: Iterable[Reported]) -> list[Reported]:
    """Return the findings about the network and the Go variables that decide who is asked."""
    return [reported for reported in found if (reported.finding.about or "").startswith(_ABOUT)]


def verdict(host: Host, module: str) -> Text:
    """Return where go gets modules, in one sentence."""
    variable = host.variable("GOPROXY")
    error = goproxy.parse(variable.value if variable else "").error
    if error:
        return INVALID(words=mask_reason(error))
    walk = walk_of(host)
    if walk is None:
        return UNASKED()
    leg = walk.last
    if leg is None or leg.answer.outcome == NOT_FOUND:
        return NOWHERE(module=module)
    url, seconds = leg.answer.url, f"{leg.answer.seconds:.2f}"
    if walk.served:
        return SERVED_LATER(url=url, seconds=seconds, count=walk.at) if walk.at else SERVED(url=url, seconds=seconds)
    return WAITING(url=url) if leg.answer.is_endless else STOPPED(url=url, problem=leg.answer.problem)


def rows(host: Host) -> Iterator[Row]:
    """Yield a row for each server that was asked, in the order of GOPROXY."""
    walk = walk_of(host)
    for answer in host.network.answers or ():
        if answer.outcome:
            action = _action(answer, walk)
            status = str(answer.status) if answer.status else "-"
            is_good = answer.outcome == ANSWERS
            use = USES.get(answer.serves, USES["modules"])()
            yield Row(
                answer.url,
                use,
                WORDS[answer.outcome](),
                status,
                f"{answer.seconds:.2f} s",
                _with_reason(action, answer),
                is_good,
                action is None or action.message not in (UNREACHED, BESIDE),
            )


def _action(answer: Answer, walk: Walk | None) -> Text | None:
    if answer.serves != "modules" or walk is None:
        return None
    number = next((number for number, leg in enumerate(walk.legs) if leg.answer is answer), None)
    if number is None:
        return BESIDE()
    if number > walk.at:
        return UNREACHED()
    if answer.outcome == ANSWERS:
        return USED()
    if answer.falls_back:
        return NEXT()
    return WAITS() if answer.is_endless else STOPS()


def _with_reason(action: Text | None, answer: Answer) -> Text:
    words = action
    if answer.problem and answer.outcome != NOT_FOUND:
        words = NOTHING(problem=answer.problem) if action is None else PROBLEM(action=action, problem=answer.problem)
    if words is None:
        words = NOTHING(problem="")
    return THROUGH(action=words, via=answer.via) if answer.via else words


def entries_as_json(answers: Sequence[Answer]) -> list[dict[str, object]]:
    """Return the answers as scripts get them; members are added, never renamed or removed."""
    return [
        {
            "url": answer.url,
            "outcome": answer.outcome,
            "status": answer.status,
            "seconds": answer.seconds,
            "go_falls_back": answer.falls_back,
            "serves": answer.serves,
            "problem": answer.problem or None,
            "go_waits_without_end": answer.is_endless,
            "through": answer.via or None,
        }
        for answer in answers
        if answer.outcome
    ]
