"""The words for a measurement that terminal and page share: names of arrangements, numbers, and what they show."""

from collections.abc import Iterator, Sequence

from wslgo.bench.action_graph import CGO, LINK
from wslgo.bench.intervals import ENOUGH, Interval, differs, interval, median, ratio
from wslgo.bench.model import (
    CHANGE,
    CLEAN,
    ROLE_NAMES,
    ROLES,
    TASK_NAMES,
    TASKS,
    Arrangement,
    Cost,
    Measured,
    Measurement,
    Place,
)
from wslgo.text.message import Message, Text, sentences

EVERYTHING = Message(en="everything on {place}", zh="全部位于 {place}")
ONLY = Message(en="only {role} on {place}", zh="仅 {role} 位于 {place}")
AGAIN = Message(en="the same again (noise)", zh="再次测量同一位置（噪声）")
WITH = Message(en="with {name}={value}", zh="设置 {name}={value}")
PLACE_OF_KIND = Message(en="{name} ({kind})", zh="{name}（{kind}）")

ARRANGEMENT = Message(en="folders of Go", zh="Go 的文件夹")
CELL = Message(en="{median} s ({low}-{high})", zh="{median} 秒（{low}-{high}）")
CELL_WITH_RATIO = Message(en="{median} s ({low}-{high}) {ratio}x", zh="{median} 秒（{low}-{high}）{ratio} 倍")
CELL_SAME = Message(en="{median} s ({low}-{high}) same", zh="{median} 秒（{low}-{high}）相同")
COST_NAMES = (
    Message(en="clean build", zh="全新构建"),
    Message(en="CPU", zh="CPU"),
    Message(en="processors busy", zh="占用处理器"),
    Message(en="I/O wait", zh="I/O 等待"),
    Message(en="reads and writes", zh="读写次数"),
    Message(en="waits", zh="等待次数"),
    Message(en="written", zh="写入"),
)
SECONDS = Message(en="{seconds} s", zh="{seconds} 秒")
NUMBER = Message(en="{number}", zh="{number}")
MEBIBYTES = Message(en="{number} MiB", zh="{number} MiB")
UNKNOWN = Message(en="unknown", zh="未知")

SAMPLE = Message(
    en="wslgo's sample '{name}' ({packages} packages), Go {go}, rounds: {rounds}",
    zh="wslgo 的示例 '{name}'（{packages} 个包），Go {go}，轮数：{rounds}",
)
OF_WORKSPACE = Message(
    en="a copy of {name} ({packages} packages), Go {go}, rounds: {rounds}",
    zh="{name} 的副本（{packages} 个包），Go {go}，轮数：{rounds}",
)
CELL_ALONE_WITH_RATIO = Message(en="{median} s {ratio}x", zh="{median} 秒 {ratio} 倍")
CELL_ALONE = Message(en="{median} s", zh="{median} 秒")
STOPPED = Message(
    en="The time was over after {rounds} of {wanted} rounds; --minutes gives more",
    zh="{wanted} 轮中完成 {rounds} 轮后时间已到；可用 --minutes 增加",
)
FEW = Message(en="Fewer than 5 rounds: no difference is told from noise", zh="少于 5 轮：无法区分差异与噪声")
BUSY = Message(
    en="Other programs were running (load {load} on {count} processors): repeat this on an idle machine",
    zh="有其他程序在运行（{count} 个处理器，负载 {load}）：请在空闲时重新测量",
)
METHOD = Message(
    en="Medians of {rounds} interleaved rounds; the range in brackets has the true median with {percent}% confidence, "
    "by rank",
    zh="{rounds} 轮交替测量的中位数；按秩次计算，括号内的范围以 {percent}% 的置信度包含真实中位数",
)
NOISE = Message(
    en="Ratios are to the first line, round by round. Measured twice, it differs by {low}x to {high}x (clean build): "
    "'same' is within that",
    zh="倍数是逐轮与第一行之比。第一行测量两次，全新构建相差 {low} 至 {high} 倍：“相同”表示在此范围内",
)
GPU_SAME = Message(
    en="With {name}={value} a clean build takes {ratio}x ({low}-{high}): no difference beyond noise",
    zh="设置 {name}={value} 后，全新构建为 {ratio} 倍（{low}-{high}）：差异未超出本机噪声",
)
NO_CARD = Message(
    en="This machine shows no NVIDIA GPU, so the variable selects nothing here",
    zh="本机未显示 NVIDIA GPU，因此该变量在此不起作用",
)
GPU_DIFFERS = Message(
    en="With {name}={value} a clean build takes {ratio}x ({low}-{high}), more than the noise of this machine",
    zh="设置 {name}={value} 后，全新构建为 {ratio} 倍（{low}-{high}），超出本机噪声",
)
GPU_UNKNOWN = Message(
    en="With {name}={value} a clean build takes {ratio}x: too few rounds to tell that from noise",
    zh="设置 {name}={value} 后，全新构建为 {ratio} 倍：轮数过少，无法与噪声区分",
)
GPU_UNUSED = Message(
    en="Processes of a build that were looked at: {count}; none had a GPU open or the library of CUDA loaded",
    zh="检查了构建的 {count} 个进程：没有进程打开 GPU 或加载 CUDA 库",
)
GPU_USED = Message(
    en="Processes of a build that had a GPU open or the library of CUDA loaded: {names}",
    zh="构建中打开 GPU 或加载 CUDA 库的进程：{names}",
)
GPU_LISTED = Message(
    en="nvidia-smi lists {count} of them as users of a GPU", zh="nvidia-smi 将其中 {count} 个列为 GPU 的使用者"
)
CACHE_HELPS = Message(
    en="A kept GOCACHE: after one changed file a build takes {change} s instead of {clean} s ({ratio}x as fast)",
    zh="保留 GOCACHE：修改一个文件后构建需 {change} 秒，而不是 {clean} 秒（速度为 {ratio} 倍）",
)
PLACE_COSTS = Message(
    en="{place}: a clean build takes {ratio}x as long as on {first}, go list {listing}x",
    zh="{place}：全新构建用时是 {first} 上的 {ratio} 倍，go list 是 {listing} 倍",
)
PROCESSORS = Message(
    en="Processors: a clean build keeps {busy} of {count} busy",
    zh="处理器：全新构建占用 {count} 个处理器中的 {busy} 个",
)
CHAIN = Message(
    en="The longest chain of packages takes {chain} s of the {wall} s; more processors shorten only the rest",
    zh="最长的包依赖链占 {wall} 秒中的 {chain} 秒；增加处理器只能缩短其余部分",
)
LINKING = Message(
    en="Linking takes {seconds} s of the {wall} s of a build after one changed file",
    zh="修改一个文件后构建的 {wall} 秒中，链接占 {seconds} 秒",
)
WITH_C = Message(
    en="cgo takes {seconds} s of processor time in a clean build: the C compiler has no cache of its own",
    zh="全新构建中 cgo 占用 {seconds} 秒处理器时间：C 编译器没有自己的缓存",
)
NOT_MEASURED = Message(en="{place} is not measured: {reason}", zh="未测量 {place}：{reason}")


GPU_ANSWERS = {True: GPU_DIFFERS, False: GPU_SAME, None: GPU_UNKNOWN}


def arrangement_name(arrangement: Arrangement) -> Text:
    if arrangement.is_twin:
        return AGAIN()
    for name, value in arrangement.variables:
        return WITH(name=name, value=value)
    if len(arrangement.moved) in (0, len(ROLES)):
        return EVERYTHING(place=place_name(arrangement.elsewhere))
    return ONLY(role=ROLE_NAMES[arrangement.moved[0]](), place=place_name(arrangement.elsewhere))


def place_name(place: Place) -> Text:
    return PLACE_OF_KIND(name=place.name, kind=place.kind) if place.kind else NUMBER(number=place.name)


def headline(measurement: Measurement) -> Text:
    subject = measurement.subject
    words = SAMPLE if subject.is_sample else OF_WORKSPACE
    go = measurement.conditions.go or "?"
    return words(name=subject.name, packages=subject.packages, go=go, rounds=measurement.rounds)


def duration_table(measurement: Measurement) -> list[list[Text]]:
    """Return the table of medians: a row of titles, then one for each arrangement."""
    rows = [[ARRANGEMENT(), *(TASK_NAMES[task]() for task in TASKS)]]
    for measured in measurement.measured:
        cells = [duration(measured, task, measurement) for task in TASKS]
        rows.append([arrangement_name(measured.arrangement), *cells])
    return rows


def duration(measured: Measured, task: str, measurement: Measurement) -> Text:
    found = interval(measured.walls(task))
    numbers = {name: in_seconds(value) for name, value in zip(("median", "low", "high"), found, strict=False)}
    if measured == measurement.first:
        return CELL(**numbers) if measurement.rounds > 1 else CELL_ALONE(**numbers)
    compared = ratio(measured.walls(task), measurement.first.walls(task))
    if not measured.arrangement.is_twin and differs(compared, noise(measurement, task)) is False:
        return CELL_SAME(**numbers)
    words = CELL_WITH_RATIO if measurement.rounds > 1 else CELL_ALONE_WITH_RATIO
    return words(**numbers, ratio=times(compared.median))


def cost_table(measurement: Measurement) -> list[list[Text]]:
    """Return the table of what else a clean build costs; medians."""
    rows = [[name() for name in COST_NAMES]]
    for measured in measurement.measured:
        costs = measured.costs[CLEAN]
        written = [cost.written_bytes for cost in costs if cost.written_bytes is not None]
        rows.append(
            [
                arrangement_name(measured.arrangement),
                SECONDS(seconds=in_seconds(median([cost.cpu for cost in costs]))),
                NUMBER(number=f"{busy(costs):.1f}"),
                _seconds([cost.io_wait for cost in costs]),
                _count([cost.operations for cost in costs]),
                _count([cost.waits for cost in costs]),
                MEBIBYTES(number=int(median(written)) >> 20) if written else UNKNOWN(),
            ]
        )
    return rows


def noise(measurement: Measurement, task: str = CLEAN) -> Interval:
    """Return how the first arrangement compares with itself; without that measurement, nothing is within noise."""
    twin = next((measured for measured in measurement.measured if measured.arrangement.is_twin), None)
    if twin is None:
        return Interval(1.0, 1.0, 1.0, 0.0)
    return ratio(twin.walls(task), measurement.first.walls(task))


def method(measurement: Measurement) -> Iterator[Text]:
    """Yield how it was measured, and the noise."""
    count = measurement.conditions.processors
    if count and measurement.load is not None and measurement.load > count / 2:
        yield BUSY(load=measurement.load, count=count)
    if measurement.rounds < measurement.wanted:
        yield STOPPED(rounds=measurement.rounds, wanted=measurement.wanted)
    found = interval(measurement.first.walls(CLEAN))
    if measurement.rounds > 1:
        yield METHOD(rounds=measurement.rounds, percent=f"{found.confidence * 100:.3g}")
    again = noise(measurement)
    if again.confidence < ENOUGH:
        yield FEW()
    else:
        yield NOISE(low=times(again.low), high=times(again.high))


def gpu_answer(measurement: Measurement) -> Iterator[Text]:
    """Yield what a GPU changes about a build, as far as it was measured."""
    for measured in measurement.measured:
        for name, value in measured.arrangement.variables:
            compared = ratio(measured.walls(CLEAN), measurement.first.walls(CLEAN))
            words = GPU_ANSWERS[differs(compared, noise(measurement))]
            low, middle, high = times(compared.low), times(compared.median), times(compared.high)
            yield words(name=name, value=value, ratio=middle, low=low, high=high)
    used = measurement.gpu
    if used is not None and not used.cards:
        yield NO_CARD()
    if used is not None and used.processes:
        seen = GPU_USED(names=used.users) if used.users else GPU_UNUSED(count=used.processes)
        yield seen if used.listed is None else sentences(seen, GPU_LISTED(count=used.listed))


def what_helps(measurement: Measurement) -> Iterator[Text]:
    """Yield what makes builds faster or slower here, in numbers of this measurement."""
    first = measurement.first
    clean, change = (median(first.walls(task)) for task in (CLEAN, CHANGE))
    yield CACHE_HELPS(
        change=in_seconds(change), clean=in_seconds(clean), ratio=times(clean / change if change else 1.0)
    )
    for measured in measurement.measured:
        if len(measured.arrangement.moved) == len(ROLES):
            compared = [ratio(measured.walls(task), first.walls(task)) for task in TASKS]
            if differs(compared[0], noise(measurement)) or differs(compared[2], noise(measurement, TASKS[2])):
                names = place_name(measured.arrangement.elsewhere), place_name(first.arrangement.elsewhere)
                yield PLACE_COSTS(
                    place=names[0], first=names[1], ratio=times(compared[0].median), listing=times(compared[2].median)
                )
    count = measurement.conditions.processors
    if count:
        yield PROCESSORS(busy=f"{busy(first.costs[CLEAN]):.1f}", count=count)
    yield from _where(measurement)


def _where(measurement: Measurement) -> Iterator[Text]:
    """Yield what the action graphs of the first arrangement show."""
    clean, change = (
        measurement.profiles.get(f"{task}, {measurement.first.arrangement.id}") for task in (CLEAN, CHANGE)
    )
    if clean is not None:
        chain = sum(step.seconds for step in clean.path)
        yield CHAIN(chain=in_seconds(chain), wall=in_seconds(clean.wall))
        if any(step.kind == CGO for step in clean.steps):
            yield WITH_C(seconds=in_seconds(sum(step.cpu for step in clean.steps if step.kind == CGO)))
    if change is not None and change.seconds_of(LINK):
        yield LINKING(seconds=in_seconds(change.seconds_of(LINK)), wall=in_seconds(change.wall))


def not_measured(measurement: Measurement) -> Iterator[Text]:
    return (NOT_MEASURED(place=skipped.name, reason=skipped.reason) for skipped in measurement.skipped)


def busy(costs: Sequence[Cost]) -> float:
    """Return how many processors a task kept busy."""
    return median([cost.cpu / cost.wall if cost.wall > 0 else 0.0 for cost in costs])


def in_seconds(value: float) -> str:
    """Return seconds with two or three digits that mean something."""
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def times(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _seconds(values: Sequence[float | None]) -> Text:
    known = [value for value in values if value is not None]
    return SECONDS(seconds=in_seconds(median(known))) if known else UNKNOWN()


def _count(values: Sequence[int | None]) -> Text:
    known = [value for value in values if value is not None]
    return NUMBER(number=f"{int(median(known)):,}") if known else UNKNOWN()
