"""Plots as SVG: bars of medians with their intervals, and the packages of a build over its time.

All text in them is escaped and plain: names of packages and folders come from workspaces. They have no script, no
link, and colours that can be read on a light and on a dark page.
"""

from collections.abc import Iterator, Sequence
from html import escape

from wslgo.bench.action_graph import CGO, LINK
from wslgo.bench.intervals import interval
from wslgo.bench.model import TASK_NAMES, BuildProfile, Measurement, Step
from wslgo.bench.report.wording import SECONDS, arrangement_name, in_seconds
from wslgo.text.message import Language, Message, Text, visible

KIND_NAMES = {
    "compile": Message(en="compile", zh="编译"),
    CGO: Message(en="cgo", zh="cgo"),
    LINK: Message(en="link", zh="链接"),
    "path": Message(en="longest chain", zh="最长依赖链"),
}
_COLOURS = {"compile": "#4e8ccf", CGO: "#c9783a", LINK: "#8f63b8", "path": "#c94f4f"}
_WIDTH, _NAMES, _ROW, _TOP = 900, 330, 24, 40
_MOST_STEPS = 60  # bars of a build: the longest ones
_LONGEST = 48  # characters of a name


def duration_plot(measurement: Measurement, task: str, language: Language) -> str:
    """Return the medians of a task: a bar for each arrangement, and a line from low to high."""
    rows = [(arrangement_name(each.arrangement), interval(each.walls(task))) for each in measurement.measured]
    longest = max((found.high for _, found in rows), default=1.0) or 1.0
    scale = (_WIDTH - _NAMES - 90) / longest
    parts = []
    for number, (name, found) in enumerate(rows):
        top = _TOP + number * _ROW
        middle = top + _ROW / 2 - 2
        end = _NAMES + found.median * scale
        low, high = _NAMES + found.low * scale, _NAMES + found.high * scale
        parts += [
            _text(_NAMES - 8, middle + 4, _words(name, language), "end"),
            _bar(_NAMES, top, found.median * scale, _ROW - 6, f'fill="{_COLOURS["compile"]}"'),
            _whiskers(low, high, middle),
            _text(max(end, high) + 6, middle + 4, _words(SECONDS(seconds=in_seconds(found.median)), language)),
        ]
    return _svg(_words(TASK_NAMES[task](), language), _TOP + len(rows) * _ROW + 10, parts)


def package_plot(profile: BuildProfile, title: Text, language: Language) -> str:
    """Return when each package of a build was compiled; the actions that the build waited for are marked."""
    steps = sorted(sorted(profile.steps, key=lambda step: -step.seconds)[:_MOST_STEPS], key=lambda step: step.start)
    scale = (_WIDTH - _NAMES - 20) / (profile.wall or 1.0)
    chain = {(step.package, step.kind) for step in profile.path}
    parts = list(_legend({step.kind for step in steps}, language))
    for number, step in enumerate(steps):
        top = _TOP + 20 + number * (_ROW - 8)
        parts += [
            _text(_NAMES - 8, top + 10, _name(step), "end"),
            _bar(_NAMES + step.start * scale, top, max(1.0, step.seconds * scale), _ROW - 12, _style(step, chain)),
        ]
    return _svg(_words(title, language), _TOP + 40 + len(steps) * (_ROW - 8), parts)


def _legend(kinds: set[str], language: Language) -> Iterator[str]:
    for number, kind in enumerate(kind for kind in KIND_NAMES if kind in kinds or kind == "path"):
        left = _NAMES + number * 130
        style = (
            f'fill="none" stroke="{_COLOURS[kind]}" stroke-width="2"' if kind == "path" else f'fill="{_COLOURS[kind]}"'
        )
        yield _bar(left, _TOP - 10, 12, 12, style)
        yield _text(left + 18, _TOP, _words(KIND_NAMES[kind](), language))


def _style(step: Step, chain: set[tuple[str, str]]) -> str:
    filled = f'fill="{_COLOURS.get(step.kind, _COLOURS["compile"])}"'
    return f'{filled} stroke="{_COLOURS["path"]}" stroke-width="2"' if (step.package, step.kind) in chain else filled


def _bar(left: float, top: float, width: float, height: float, style: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" {style}/>'


def _whiskers(low: float, high: float, middle: float) -> str:
    ends = "".join(f"M{end:.1f} {middle - 4:.1f}v8" for end in (low, high))
    style = f'stroke="{_COLOURS["path"]}" stroke-width="2" fill="none"'
    return f'<path d="M{low:.1f} {middle:.1f}H{high:.1f}{ends}" {style}/>'


def _name(step: Step) -> str:
    name = visible(step.package)
    return escape(name if len(name) <= _LONGEST else f"…{name[1 - _LONGEST :]}")


def _words(text: Text, language: Language) -> str:
    return escape(text.render(language))


def _text(left: float, top: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{left:.0f}" y="{top:.0f}" text-anchor="{anchor}">{words}</text>'


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    font = 'font-family="sans-serif" font-size="12" fill="#7f7f7f"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" {font}>',
            f"<title>{title}</title>",
            f'<text x="8" y="20" font-size="15">{title}</text>',
            *parts,
            "</svg>\n",
        )
    )
