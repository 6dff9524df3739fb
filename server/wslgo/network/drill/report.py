"""The drill in words: what go survives, waits for and says, and which public servers learn private paths."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from wslgo.network.drill import substitute
from wslgo.network.drill.replay import FALLS_BACK, SERVED, STOPS, WAITS, Trial
from wslgo.network.drill.substitute import PRIVATE, PUBLIC
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

SURVIVES = Message(
    en="Drill: if one entry of GOPROXY fails, go still gets a public module in {good} of {all} ways",
    zh="演练：GOPROXY 的某一项出错时，go 在 {all} 种情形中的 {good} 种仍能获取公共模块",
)
WAITING = Message(
    en="In {count} of them it waits without end, since go has no time limit for an answer",
    zh="其中 {count} 种会无限期等待，因为 go 对回应没有时间限制",
)
HOW = Message(
    en="Replayed on this machine by {go}; entries before the one that fails do not have the module",
    zh="由 {go} 在本机重放；出错项之前的各项没有该模块",
)
NOTHING = Message(en="Drill: GOPROXY names no server that could fail", zh="演练：GOPROXY 中没有可能出错的服务器")
NO_GO = Message(en="the drill needs a go command, and none was found", zh="演练需要 go 命令，但没有找到")

ENTRY = Message(en="{url} fails:", zh="{url} 出错：")
FAILURES = {
    substitute.NOT_FOUND: Message(en="does not have it (404)", zh="没有该模块（404）"),
    substitute.FORBIDDEN: Message(en="forbids it (403)", zh="禁止访问（403）"),
    substitute.SERVER_ERROR: Message(en="has an error (500)", zh="服务器出错（500）"),
    substitute.CLOSED_PORT: Message(en="does not listen", zh="端口未监听"),
    substitute.NO_ADDRESS: Message(en="has no address", zh="域名无法解析"),
    substitute.CLOSES: Message(en="closes the connection", zh="关闭连接"),
    substitute.HANGS: Message(en="never answers", zh="从不回应"),
    substitute.LOGIN_PAGE: Message(en="sends a login page", zh="返回登录页面"),
    substitute.GARBAGE: Message(en="sends garbage", zh="返回乱码"),
    substitute.BAD_CERTIFICATE: Message(en="has a bad certificate", zh="证书无效"),
    substitute.MISSING: Message(en="is missing", zh="文件夹不存在"),
}
ACTIONS = {
    FALLS_BACK: Message(en="go gets it from {by}", zh="go 从 {by} 获取"),
    SERVED: Message(en="go gets it from {by}", zh="go 从 {by} 获取"),
    STOPS: Message(en="go stops: {words}", zh="go 停止：{words}"),
    WAITS: Message(en="go waits without end", zh="go 会无限期等待"),
}

KEPT = Message(
    en="A private module that GOPRIVATE does not cover: no public server learns its path",
    zh="GOPRIVATE 未涵盖的私有模块：没有公共服务器得知其路径",
)
LEAKED = Message(
    en="A private module that GOPRIVATE does not cover: its path is sent to {urls}, even if all entries work",
    zh="GOPRIVATE 未涵盖的私有模块：即使各项都正常，其路径也会发送给 {urls}",
)
LEAKED_THEN = Message(
    en="If {url} {failures}, the path of a private module that GOPRIVATE does not cover is sent to {urls}",
    zh="如果 {url} {failures}，GOPRIVATE 未涵盖的私有模块的路径会发送给 {urls}",
)
COVERED = Message(
    en="Modules that GOPRIVATE covers ({value}) are never sent to a proxy",
    zh="GOPRIVATE 涵盖的模块（{value}）绝不会发送给代理",
)


class TrialRow(NamedTuple):
    """A way to fail: what fails, what go did, and for how long."""

    failure: Text
    action: Text
    seconds: str
    is_survived: bool


def summary(trials: Sequence[Trial], go: str) -> Iterator[Text]:
    """Yield how many failures go survives, and how that was found out."""
    failed = [trial for trial in trials if trial.failure]
    if not failed:
        yield NOTHING()
        return
    yield SURVIVES(good=sum(trial.is_survived for trial in failed), all=len(failed))
    if waiting := sum(trial.outcome == WAITS for trial in failed):
        yield WAITING(count=waiting)
    yield HOW(go=go)


def by_entry(trials: Sequence[Trial]) -> Iterator[tuple[Text, list[TrialRow]]]:
    """Yield each entry with the ways in which it failed."""
    failed = (trial for trial in trials if trial.failure)
    for (_, entry), of_entry in groupby(failed, lambda trial: (trial.number, trial.entry)):
        yield ENTRY(url=entry), [_row(trial) for trial in of_entry]


def _row(trial: Trial) -> TrialRow:
    action = ACTIONS[trial.outcome](by=trial.served_by, words=trial.words.removeprefix("go: "))
    seconds = f"> {trial.seconds:.0f} s" if trial.outcome == WAITS else f"{trial.seconds:.2f} s"
    return TrialRow(FAILURES[trial.failure](), action, seconds, trial.is_survived)


def leaks(trials: Sequence[Trial], private: str) -> Iterator[Text]:
    """Yield which public servers learn the path of a private module, and when."""
    always = next((trial.leaks for trial in trials if not trial.failure), ())
    groups: dict[tuple[str, tuple[str, ...]], list[Text]] = {}
    for trial in trials:
        more = tuple(url for url in trial.leaks if url not in always)
        if trial.failure and more:
            groups.setdefault((trial.entry, more), []).append(FAILURES[trial.failure]())
    if always:
        yield LEAKED(urls=always)
    for (entry, urls), failures in groups.items():
        yield LEAKED_THEN(url=entry, failures=tuple(failures), urls=urls)
    if not always and not groups:
        yield KEPT()
    if private:
        yield COVERED(value=private)


def as_json(trials: Sequence[Trial]) -> dict[str, object]:
    """Return the drill as scripts get it."""
    return {
        "modules": {"public": PUBLIC, "private": PRIVATE},
        "trials": [
            {
                "entry": trial.entry or None,
                "failure": trial.failure or None,
                "outcome": trial.outcome,
                "served_by": trial.served_by or None,
                "seconds": trial.seconds,
                "words": trial.words or None,
                "told": [
                    {"url": told.url, "modules": list(told.modules), "public": told.is_public} for told in trial.told
                ],
                "leaks_to": list(trial.leaks),
            }
            for trial in trials
        ],
    }
