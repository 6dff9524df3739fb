"""A measurement as a page in Markdown, with plots beside it."""

from collections.abc import Iterator
from typing import NamedTuple

from wslgo.bench.model import CHANGE, CLEAN, TASK_NAMES, TASKS, BuildProfile, Measurement, Step
from wslgo.bench.report.plot import KIND_NAMES, duration_plot, package_plot
from wslgo.bench.report.wording import (
    SECONDS,
    arrangement_name,
    cost_table,
    duration_table,
    gpu_answer,
    headline,
    in_seconds,
    method,
    not_measured,
    what_helps,
)
from wslgo.text.markdown import bullets, code, heading, image, page, plain, table
from wslgo.text.message import Language, Markdown, Message, Text

TITLE = Message(en="Build times by place", zh="各位置的构建时间")
OPERATIONS = Message(en="Costs of a clean build", zh="全新构建的开销")
HELPS = Message(en="Numbers behind it", zh="数字说明")
GPU = Message(en="Does a GPU speed up go build?", zh="GPU 会加快 go build 吗？")
PACKAGES = Message(en="Where the time goes: {task}", zh="时间花在哪里：{task}")
COUNTS = Message(
    en="Packages built: {built}; taken from GOCACHE: {hits}. The longest chain that the build waited for:",
    zh="已构建的包：{built}；取自 GOCACHE：{hits}。构建所等待的最长依赖链：",
)
LEGEND = Message(
    en="CPU is that of go and all compilers. Waiting for a Windows drive is not I/O wait to the kernel: it shows as "
    "processors that are not busy",
    zh="CPU 为 go 及所有编译器的用量。内核不把等待 Windows 驱动器计为 I/O 等待：它表现为空闲的处理器",
)
CONDITIONS = Message(en="This machine", zh="本机")
PACKAGE, KIND, TIME = (
    Message(en="package", zh="包"),
    Message(en="action", zh="操作"),
    Message(en="time", zh="时间"),
)
CONDITION_NAMES = {
    "go": Message(en="Go", zh="Go"),
    "processors": Message(en="processors", zh="处理器"),
    "memory": Message(en="memory", zh="内存"),
    "swap": Message(en="swap", zh="交换空间"),
    "kernel": Message(en="kernel", zh="内核"),
    "wsl": Message(en="WSL", zh="WSL"),
    "distribution": Message(en="distribution", zh="发行版"),
    "networking": Message(en="networking mode", zh="网络模式"),
    "settings": Message(en="settings of .wslconfig in effect", zh=".wslconfig 中生效的设置"),
    "places": Message(en="file systems", zh="文件系统"),
    "cache": Message(en="place of GOCACHE", zh="GOCACHE 的位置"),
    "modules": Message(en="place of GOMODCACHE", zh="GOMODCACHE 的位置"),
    "here": Message(en="place of the current folder", zh="当前文件夹的位置"),
}
CONDITION = Message(en="{name}: {value}", zh="{name}：{value}")
_LONGEST_CHAIN = 15  # rows


class Page(NamedTuple):
    """The page, and the plots that it shows by their file names."""

    text: Markdown
    plots: dict[str, str]


def measurement_page(measurement: Measurement, stem: str, language: Language) -> Page:
    """Return the page; the names of the plots begin with `stem`."""
    plots = {f"{stem}-{task}.svg": duration_plot(measurement, task, language) for task in TASKS}
    blocks = [
        heading(1, plain(TITLE(), language)),
        plain(headline(measurement), language),
        *(table([[plain(cell, language) for cell in row] for row in duration_table(measurement)]),),
        *(image(plain(TASK_NAMES[task](), language), f"{stem}-{task}.svg") for task in TASKS),
        *(plain(line, language) for line in method(measurement)),
        *(plain(line, language) for line in not_measured(measurement)),
        heading(2, plain(HELPS(), language)),
        bullets(plain(line, language) for line in what_helps(measurement)),
    ]
    answers = [plain(line, language) for line in gpu_answer(measurement)]
    if answers:
        blocks += [heading(2, plain(GPU(), language)), bullets(answers)]
    blocks += [
        heading(2, plain(OPERATIONS(), language)),
        table([[plain(cell, language) for cell in row] for row in cost_table(measurement)]),
        plain(LEGEND(), language),
    ]
    for task in (CLEAN, CHANGE):
        profile = measurement.profiles.get(f"{task}, {measurement.first.arrangement.id}")
        if profile is not None:
            name = f"{stem}-packages-{task}.svg"
            title = PACKAGES(task=TASK_NAMES[task]())
            plots[name] = package_plot(profile, title, language)
            blocks += [
                heading(2, plain(title, language)),
                plain(arrangement_name(measurement.first.arrangement), language),
                image(plain(title, language), name),
                *_chain(profile, language),
            ]
    blocks += [heading(2, plain(CONDITIONS(), language)), bullets(_conditions(measurement, language))]
    return Page(page(blocks), plots)


def _chain(profile: BuildProfile, language: Language) -> Iterator[Markdown]:
    """Yield the longest actions of the chain, in its order."""
    longest = sorted(profile.path, key=lambda step: -step.seconds)[:_LONGEST_CHAIN]
    yield plain(COUNTS(built=profile.built, hits=profile.hits), language)
    rows = [[plain(name(), language) for name in (PACKAGE, KIND, TIME)]]
    rows += [_row(step, language) for step in profile.path if step in longest]
    yield table(rows)


def _row(step: Step, language: Language) -> list[Markdown]:
    kind = plain(KIND_NAMES[step.kind](), language) if step.kind in KIND_NAMES else code(step.kind)
    return [code(step.package), kind, plain(SECONDS(seconds=in_seconds(step.seconds)), language)]


def _conditions(measurement: Measurement, language: Language) -> Iterator[Markdown]:
    for name, value in measurement.conditions._asdict().items():
        if value is not None:
            yield plain(condition(name, value), language)


def condition(name: str, value: object) -> Text:
    """Return a condition in words."""
    return CONDITION(name=CONDITION_NAMES[name](), value=condition_value(name, value))


def condition_value(name: str, value: object) -> object:
    return f"{value >> 20} MiB" if name in ("memory", "swap") and isinstance(value, int) else value
