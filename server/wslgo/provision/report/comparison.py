"""A comparison with `wslgo.lock` and `wslgo.yaml`, as lines for a terminal and as JSON."""

from collections.abc import Iterable, Iterator

from wslgo.provision.lock.comparison import CANNOT_TELL, DIFFERS, MATCHES, Comparison, verdict
from wslgo.text.message import Language, Message, Text

SUMMARIES = {
    MATCHES: Message(en="This machine matches", zh="此机器一致"),
    DIFFERS: Message(
        en="This machine differs: {differs} differences, {unknown} unknown",
        zh="此机器不一致：{differs} 项不同，{unknown} 项未知",
    ),
    CANNOT_TELL: Message(en="Cannot tell: {unknown} unknown", zh="无法判断：{unknown} 项未知"),
}
LABELS = {
    MATCHES: Message(en="matches", zh="一致"),
    DIFFERS: Message(en="differs", zh="不一致"),
    CANNOT_TELL: Message(en="unknown", zh="未知"),
}
LINE = Message(en="{label}: {what} [{source}]", zh="{label}：{what} [{source}]")
LINE_WITH_REASON = Message(en="{label}: {what}: {reason} [{source}]", zh="{label}：{what}：{reason} [{source}]")
EXPECTED = Message(en="{name} {expected}", zh="{name} {expected}")
OTHER = Message(en="{name} {found} instead of {expected}", zh="{name} 为 {found}，应为 {expected}")
ALONE = Message(en="{name}", zh="{name}")
NEXT = Message(en="-> {next}", zh="-> {next}")


def lines(compared: list[Comparison]) -> Iterator[tuple[str, Text]]:
    """Yield a line for each comparison, with its state, and the next step below it."""
    for comparison in compared:
        known = {"label": LABELS[comparison.state](), "what": _what(comparison), "source": comparison.source}
        if comparison.reason is None:
            yield comparison.state, LINE(**known)
        else:
            yield comparison.state, LINE_WITH_REASON(**known, reason=comparison.reason)
        if comparison.next:
            yield "", NEXT(next=comparison.next)


def summary(compared: list[Comparison]) -> Text:
    """Return the result in one sentence."""
    states = [comparison.state for comparison in compared]
    result = verdict(compared)
    counts = {"differs": states.count(DIFFERS), "unknown": states.count(CANNOT_TELL)}
    return SUMMARIES[result](**{name: count for name, count in counts.items() if f"{{{name}}}" in SUMMARIES[result].en})


def as_json(
    compared: list[Comparison], problems: Iterable[Text], label: str | None, home: str, spoken: Language
) -> dict[str, object]:
    """Return the output for one machine; the home folder, which has the name of a person, is `~`.

    `problems` are why something was not compared; without any comparison the result is unknown.
    """
    return {
        "version": 1,
        "label": label,
        "result": verdict(compared) if compared else CANNOT_TELL,
        "problems": [short(problem.render(spoken), home) for problem in problems],
        "items": [
            {
                "source": comparison.source,
                "kind": comparison.kind,
                "name": comparison.name,
                "state": comparison.state,
                "expected": comparison.expected or None,
                "found": comparison.found or None,
                "reason": None if comparison.reason is None else short(comparison.reason.render(spoken), home),
                "next": _rendered(comparison.next, home, spoken) or None,
            }
            for comparison in compared
        ],
    }


def _rendered(next_step: Text | str, home: str, spoken: Language) -> str:
    return short(next_step.render(spoken), home) if isinstance(next_step, Text) else next_step


def short(text: str, home: str) -> str:
    """Return a text in which the home folder is `~`."""
    return text.replace(f"{home}/", "~/") if home not in ("", "/") else text


def _what(comparison: Comparison) -> Text:
    name, expected, found = comparison.name, comparison.expected, comparison.found
    if comparison.kind in ("certificate", "finding", "fact") or not expected:
        return ALONE(name=name)
    if found and found != expected and comparison.state == DIFFERS:
        return OTHER(name=name, found=found, expected=expected)
    return EXPECTED(name=name, expected=expected)
