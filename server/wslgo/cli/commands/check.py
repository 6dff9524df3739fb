"""`wslgo check`: report problems in files and folders."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain

from wslgo.cli import options as shared
from wslgo.cli import words
from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.environment_note import environment_note
from wslgo.cli.files import Trouble
from wslgo.cli.machine import Machine
from wslgo.cli.options import FileOptions
from wslgo.cli.output.report import Checked, Run, code_of, each_once, language_of_machines
from wslgo.linter.check import check
from wslgo.linter.scene import Scene
from wslgo.linter.settings import SEVERITIES
from wslgo.text.message import Language, Message, Text

# All but the first and that for the log of GitHub Actions are written by the module of their name.
FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit", "rdjson")
# Formats in which each finding has a file.
OF_FILES = ("gitlab", "rdjson")

BASELINE = Option(
    "--baseline",
    Message(
        en="leave out the findings of an earlier run, saved with --format json: only new ones count",
        zh="忽略先前用 --format json 保存的结果中已有的问题：只计新问题",
    ),
    "FILE",
)
RULES_PAGE = Option(
    "--rules-page",
    Message(
        en="address of docs/rules.md, to which sarif and rdjson link for each rule",
        zh="docs/rules.md 的地址，sarif 和 rdjson 为每条规则链接到该页",
    ),
    "URL",
)
NO_ADDRESS = Message(
    en="--rules-page takes an https address, not '{value}'", zh="--rules-page 需要 https 地址，而不是 '{value}'"
)
ONLY_OF_FILES = Message(
    en="--format {name} has no place for findings about the machine: use json, sarif or junit with --machine",
    zh="--format {name} 无法表示关于本机的问题：与 --machine 一起时请用 json、sarif 或 junit",
)
LEFT_OUT = Message(en="Not shown, since the baseline has them: {problems}", zh="基线中已有，未显示：{problems}")
NONE_NEW = Message(en="No new problems in {files}", zh="{files}中没有新问题")


class Options(FileOptions):
    """The options of `wslgo check`."""

    format: str
    baseline: str | None
    rules_page: str | None


USAGE = Usage(
    Message(
        en="Report problems in files and folders, and how to fix them.", zh="报告文件和文件夹中的问题，以及如何修复。"
    ),
    (
        shared.STDIN,
        shared.SKIP_UNKNOWN,
        shared.DOCS,
        shared.format_option(FORMATS),
        shared.THRESHOLD,
        BASELINE,
        RULES_PAGE,
        *shared.MACHINE,
        *shared.SETTINGS,
        shared.LANGUAGE,
        shared.COLOR,
    ),
    shared.PATHS,
    Message(
        en="Exit code: 0 no finding at or above the threshold, 1 findings, 2 bad usage or an unreadable file.",
        zh="退出码：0 没有达到阈值的问题，1 有问题，2 用法错误或文件无法读取。",
    ),
)


def run(call: Call[Options]) -> int:
    """Return the exit code of the contract."""
    settings_of = shared.SettingsOf(call)
    machine = Machine(call)
    problems = [*settings_of.problems, *machine.problems, *_misuse(call.options)]
    known = _baseline(call.options.baseline, problems)
    if problems:
        return call.fail(problems)
    scenes = chain(shared.scenes_of(call, machine.files()), machine.scenes())
    found = _checked(scenes, settings_of, machine)._replace(threshold=SEVERITIES[call.options.fail_on])
    if known is not None:
        from wslgo.cli import baseline

        found = baseline.without_known(found, known)
    _write(found, call)
    if not call.options.machine and (note := environment_note(call.terminal.environment, machine.cheap)) is not None:
        call.complain(note)
    complaints = [trouble.sentence() for trouble in found.troubles] + settings_of.problems
    if complaints:
        shown = frozenset(_shown(found))
        return call.fail(complaint for complaint in complaints if complaint not in shown)
    return code_of(found.severities(), call.options.fail_on)


def _shown(found: Run) -> Iterator[Text]:
    """Yield the sentences about policies that the findings in `wslgo.yaml` say already."""
    for file in found.checked:
        for reported in file.reported:
            if reported.rule.startswith("team/"):
                from wslgo.linter.team_requirements import AT  # few runs have one
                from wslgo.text.span import Lines

                line = Lines(file.file.source.text).position(reported.finding.span.start)[0] + 1
                yield AT(path=file.file.path, line=line, problem=reported.finding.message)


def _misuse(options: Options) -> Iterator[Text]:
    if options.machine and options.format in OF_FILES:
        yield ONLY_OF_FILES(name=options.format)
    if options.rules_page is not None and not options.rules_page.startswith("https://"):
        yield NO_ADDRESS(value=options.rules_page)


def _baseline(path: str | None, problems: list[Text]) -> frozenset[str] | None:
    """Return the fingerprints of a baseline, None without one; what is wrong with it becomes a problem."""
    if path is None:
        return None
    from wslgo.cli import baseline  # few runs have one

    read = baseline.read(path)
    if isinstance(read, Trouble):
        problems.append(read.sentence())
        return None
    return read


def _checked(found: Iterable[Scene | Trouble], settings_of: shared.SettingsOf, machine: Machine) -> Run:
    checked: list[Checked] = []
    troubles: list[Trouble] = []
    count = 0
    for scene in found:
        if isinstance(scene, Trouble):
            troubles.append(scene)
            continue
        count += 1
        settings = settings_of(scene.file.path)
        reported = check(scene.file, settings, scene.others, machine.host(scene, settings), scene.project)
        scene.file.forget()
        if reported:
            checked.append(Checked(scene._replace(policy=settings.policy), reported))
    in_files = [reported for file in checked for reported in file.reported]
    of_machine = machine.findings(settings_of.of_machine, in_files)
    policy = settings_of.of_machine().policy if of_machine else None
    return Run(each_once(checked), troubles, count, of_machine, policy=policy)


def _write(found: Run, call: Call[Options]) -> None:
    """In the format that was asked for; only its module is imported."""
    if call.options.format == "text":
        _write_text(found, call)
    elif call.options.format == "github":
        from wslgo.cli.output import as_github

        for line in as_github.lines(found, language_of_machines(call.options.lang)):
            call.terminal.command(line)
    else:
        for piece in _pieces(found, call.options):
            call.terminal.say_json(piece)


def _pieces(found: Run, options: Options) -> Iterator[str]:
    spoken = language_of_machines(options.lang)
    if options.format == "sarif":
        from wslgo.cli.output import as_sarif

        return as_sarif.pieces(found, spoken, options.rules_page)
    if options.format == "rdjson":
        from wslgo.cli.output import as_rdjson

        return as_rdjson.pieces(found, spoken, options.rules_page)
    pieces: Callable[[Run, Language], Iterator[str]] = import_module(f"wslgo.cli.output.as_{options.format}").pieces
    return pieces(found, spoken)


def _write_text(found: Run, call: Call[Options]) -> None:
    if found.checked or found.machine:
        from wslgo.cli.output import as_text

        for line in as_text.lines(found, call):
            call.terminal.say(line)
    elif found.total:
        call.complain((NONE_NEW if found.known else words.NO_PROBLEMS)(files=words.files(found.total)))
    elif not found.troubles:
        call.complain(words.NOTHING_TO_READ(places=tuple(call.options.paths) or "."))
    if found.known:
        call.complain(LEFT_OUT(problems=words.counted("problem", found.known)))
