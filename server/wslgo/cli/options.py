"""Arguments that several commands share, and the settings that come of them."""

import os
from collections.abc import Iterable, Iterator, Sequence

from wslgo.cli import words
from wslgo.cli.arguments import Operands, Option
from wslgo.cli.call import Call
from wslgo.cli.files import Input, LeftOut, Trouble, inputs, scene_of_stdin, scenes, unread_reason
from wslgo.linter.scene import Scene
from wslgo.linter.settings import SEVERITIES, SYNONYMS, ParsedSettings, Settings
from wslgo.linter.team_places import TEAM_FILE, own_policy_paths
from wslgo.system.reader import leads_out
from wslgo.system.repository import around, current_folder, upwards
from wslgo.text.message import Message, Text
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few runs have a policy
    from wslgo.linter.policy import Policy
    from wslgo.linter.team_policy import Policies

_NAMES_LEFT_OUT = 5  # as many are named; of the rest it is said how many there are

WITH_STDIN = Message(
    en="--stdin-filename reads standard input and takes no other file", zh="--stdin-filename 读取标准输入，不能再给文件"
)

CONFIG_OR_ISOLATED = Message(en="--isolated and --config exclude each other", zh="--isolated 与 --config 不能同时使用")

NOT_IGNORED = Message(
    en="--ignore {name} has no effect: the policy in {path} keeps this rule",
    zh="--ignore {name} 没有效果：{path} 中的策略不允许忽略此规则",
)


class ColorOptions:
    """The styles of the output."""

    color: str


class OutputOptions(ColorOptions):
    """The language and the styles of the output."""

    lang: str | None


class FileOptions(OutputOptions):
    """The files that a command reads, and the settings and the machine that they are checked with."""

    paths: list[str]
    stdin_filename: str | None
    skip_unknown: bool
    docs: bool
    select: list[str]
    ignore: list[str]
    config: str | None
    isolated: bool
    host: str | None
    machine: bool
    fail_on: str


class FixOptions(FileOptions):
    """The options of `wslgo fix`."""

    diff: bool
    unsafe: bool
    as_root: bool
    yes: bool


class LaunchOptions(OutputOptions):
    """The options of `wslgo launch`."""

    profile: list[str]
    format: str
    write: bool
    diff: bool
    yes: bool
    host: str | None
    folders: list[str]


class CiOptions(OutputOptions):
    """The options of `wslgo ci`."""

    format: str
    host: str | None
    fail_on: str | None
    page: str | None
    write: bool
    diff: bool
    yes: bool
    github: bool
    gitlab: bool
    step: list[str]
    dirty: bool
    cold: bool
    compare: str | None
    trust: bool
    words: list[str]


class DoctorOptions(OutputOptions):
    """The options of `wslgo doctor`."""

    format: str
    host: str | None
    record: str | None
    yes: bool
    fail_on: str | None
    fail_under: str | None
    score: bool
    history: bool
    no_history: bool
    network: bool
    drill: bool
    module: str | None
    timeout: str | None


PATHS = Operands(
    "paths", "PATH", Message(en="files, and folders to search (default: .)", zh="文件，或要搜索的文件夹（默认：.）")
)
STDIN = Option(
    "--stdin-filename", Message(en="read standard input as the file NAME", zh="把标准输入当作文件 NAME 来读取"), "NAME"
)
SKIP_UNKNOWN = Option(
    "--skip-unknown",
    Message(
        en="pass over named files that wslgo does not read, as in a list of changed files",
        zh="跳过所给文件中 wslgo 不读取的文件，例如更改文件的列表中的",
    ),
)
DOCS = Option(
    "--docs",
    Message(
        en="also read Markdown: its fences and tables as the files that they show, its prose for mistaken beliefs",
        zh="同时读取 Markdown：把代码块和表格当作其所示的文件，并指出正文中的错误说法",
    ),
)
THRESHOLD = Option(
    "--fail-on",
    Message(
        en="exit 1 if any finding has this severity or higher: error, warning (default), info or hint",
        zh="有问题达到或高于此严重级别时退出码为 1：error、warning（默认）、info 或 hint",
    ),
    "SEVERITY",
    tuple(SEVERITIES),
    "warning",
    synonyms=tuple(SYNONYMS.items()),
)
SETTINGS = (
    Option(
        "--select",
        Message(en="only these rules, by id, short name or family", zh="仅这些规则，可写 id、短名称或类别"),
        "RULE",
        is_list=True,
    ),
    Option(
        "--ignore",
        Message(
            en="all but these rules; --select and --ignore take a,b and may repeat",
            zh="排除这些规则；--select 和 --ignore 可写作 a,b，也可重复",
        ),
        "RULE",
        is_list=True,
    ),
    Option(
        "--config",
        Message(
            en="settings file to use instead of the nearest wslgo.yaml", zh="使用此设置文件，而不是最近的 wslgo.yaml"
        ),
        "FILE",
    ),
    Option(
        "--isolated",
        Message(
            en="ignore the settings of every wslgo.yaml; policies hold", zh="忽略所有 wslgo.yaml 的设置；策略仍然有效"
        ),
    ),
)
HOST = Option(
    "--host",
    Message(en="check as if on a machine recorded with doctor --record", zh="按 doctor --record 所记录的机器来检查"),
    "FILE",
)
MACHINE = (
    Option(
        "--machine",
        Message(
            en="also check this machine and its files: WSL, Go, GPU, network, shells, editors",
            zh="同时检查本机及其文件：WSL、Go、GPU、网络、shell、编辑器",
        ),
    ),
    HOST,
)
LANGUAGE = Option(
    "--lang",
    Message(
        en="language of messages: en or zh-cn (default: the language of the terminal)",
        zh="消息的语言：en 或 zh-cn（默认：终端的语言）",
    ),
    "LANG",
    ("en", "zh-cn"),
    synonyms=(("zh", "zh-cn"),),
)
COLOR = Option(
    "--color",
    Message(en="auto (the default), always or never", zh="auto（默认）、always 或 never"),
    "WHEN",
    ("auto", "always", "never"),
    "auto",
)


DIFF_OF_WRITE = Option(
    "--diff",
    Message(en="print what --write would change; write nothing", zh="输出 --write 会做的更改，不写入任何文件"),
)


def format_option(formats: tuple[str, ...]) -> Option:
    """Return the option that chooses one of these formats; the first is the default."""
    about = Message(en="output format: {formats}", zh="输出格式：{formats}")(formats=formats)
    return Option("--format", about, "FORMAT", formats, formats[0])


def scenes_of(call: Call[FileOptions], more: Iterable[Input] = ()) -> Iterable[Scene | Trouble]:
    """Return the files that are meant, and `more`, each with those beside it."""
    if call.options.stdin_filename is not None:
        name, stdin = call.options.stdin_filename, call.terminal.stdin
        scene = scene_of_stdin(name, stdin, with_documents=call.options.docs)
        return () if call.options.skip_unknown and _is_unknown(scene) else (scene,)
    paths, environment = call.options.paths or [os.curdir], call.terminal.environment
    found = list(inputs(paths, environment, more, with_documents=call.options.docs))
    if call.options.skip_unknown:
        found = [item for item in found if not _is_unknown(item)]
    call.warn(left_out([item.path for item in found if isinstance(item, LeftOut)]))
    home = call.terminal.environment.get("HOME", "")
    return scenes([item for item in found if not isinstance(item, LeftOut)], call.terminal.stdin, home)


def _is_unknown(item: object) -> bool:
    return isinstance(item, Trouble) and item.reason.message in (words.UNKNOWN_FAMILY, words.DOCUMENT)


def left_out(paths: Sequence[str], said: Message = words.LEFT_OUT) -> Iterator[Text]:
    """Yield messages about files that are not read because a link leads out of the searched folder."""
    yield from (said(path=path) for path in paths[:_NAMES_LEFT_OUT])
    if len(paths) > _NAMES_LEFT_OUT:
        yield words.MORE_LEFT_OUT(count=len(paths) - _NAMES_LEFT_OUT)


class SettingsOf:
    """The settings for each file: the nearest `wslgo.yaml`, then what the command line says on top."""

    def __init__(self, call: Call[FileOptions]) -> None:
        self.problems: list[Text] = []
        self._call = call
        if call.options.stdin_filename is not None and call.options.paths:
            self.problems.append(WITH_STDIN())
        if call.options.config is not None and call.options.isolated:
            self.problems.append(CONFIG_OR_ISOLATED())
        self._select = tuple(call.options.select)
        self._ignore = tuple(call.options.ignore)
        self._nearest: dict[str, Settings] = {}
        self._bound: dict[tuple[str, Settings], Settings] = {}
        self._policies: Policies | None = None
        self._may_be_bound: dict[str, bool] = {}
        self._warned: set[str] = set()
        self._fixed = self._fixed_settings(call)
        if self._select or self._ignore:
            self.problems += _unknown_names(Settings(self._select, self._ignore))

    def __call__(self, path: str) -> Settings:
        folder = os.path.dirname(os.path.abspath(path))
        return self._with_policy(self._fixed or self._of_folder(folder), folder)

    def of_machine(self) -> Settings:
        """Return the settings for findings that have no file: those of the current folder."""
        folder = current_folder()
        return self._with_policy(self._fixed or self._of_folder(folder), folder)

    def _with_policy(self, settings: Settings, folder: str) -> Settings:
        """Return settings with the policy that holds for a folder, whatever settings the command line chooses."""
        if not self._is_bound(folder):
            return settings
        if (folder, settings) not in self._bound:
            from wslgo.linter.team_policy import Policies  # few runs have a policy

            environment = self._call.terminal.environment
            self._policies = self._policies or Policies(environment, shows_relative=True)
            named = (self._call.options.config,) if self._call.options.config is not None else ()
            found = self._policies.around(folder, named)
            if self._call.options.machine:  # the files of this machine belong to who works in the current folder
                found = found.with_more(self._policies.around(current_folder()))
            self._call.warn(self._kept(found.policy))
            self.problems += (problem for problem in found.problems if problem not in self.problems)
            self._bound[folder, settings] = settings._replace(policy=found.binding)
        return self._bound[folder, settings]

    def _kept(self, policy: "Policy") -> Iterator[Text]:
        """Yield a warning for each rule that the command line ignores in vain, once."""
        from wslgo.linter.policy_ignored import keeping

        for name in self._ignore:
            kept = keeping(name, policy)
            if kept and name not in self._warned:
                self._warned.add(name)
                yield NOT_IGNORED(name=name, path=kept[0].path)

    def _folders_of_machine(self) -> Iterable[str]:
        return upwards(current_folder()) if self._call.options.machine else ()

    def _is_bound(self, folder: str) -> bool:
        """Return whether a file may have a policy for a folder."""
        if folder not in self._may_be_bound:
            own = own_policy_paths(self._call.terminal.environment)
            above = (os.path.join(parent, TEAM_FILE) for parent in upwards(folder))
            here = (os.path.join(parent, TEAM_FILE) for parent in self._folders_of_machine())
            is_named = self._call.options.config is not None
            self._may_be_bound[folder] = is_named or any(map(os.path.lexists, (*own, *above, *here)))
        return self._may_be_bound[folder]

    def _fixed_settings(self, call: Call[FileOptions]) -> Settings | None:
        if call.options.config is not None:
            if trouble := unread_reason(call.options.config, call.terminal.environment):
                self.problems.append(trouble.sentence())
                return Settings()
            return self._taken(_read(call.options.config), call.options.config)
        return self._taken(ParsedSettings(Settings())) if call.options.isolated else None

    def _of_folder(self, folder: str) -> Settings:
        """Return what the search upwards finds; it ends at the root of a repository."""
        passed: list[str] = []
        for parent in upwards(folder):
            if parent in self._nearest:
                found = self._nearest[parent]
                break
            passed.append(parent)
            candidate = os.path.join(parent, TEAM_FILE)
            if os.path.isfile(candidate) and not self._is_left_out(candidate):
                found = self._taken(_read(candidate, around(parent)), os.path.relpath(candidate))
                break
        else:
            found = self._taken(ParsedSettings(Settings()))
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def _is_left_out(self, path: str) -> bool:
        """Return whether a file that was found leads out of its repository, and warn about it."""
        is_out = leads_out(path, around(os.path.dirname(path)))
        if is_out:
            self._call.warn([words.TEAM_LEFT_OUT(path=os.path.relpath(path))])
        return is_out

    def _taken(self, read: ParsedSettings, path: str = "") -> Settings:
        self.problems += read.problems
        found = read.settings
        if read.settings != Settings():
            self.problems += _unknown_names(read.settings, path)
        return found._replace(select=self._select or found.select, ignore=found.ignore + self._ignore)


def _read(path: str, within: tuple[str, ...] | None = None) -> ParsedSettings:
    # 4 ms with pathlib, 20 with PyYAML: only where there is such a file.
    from pathlib import Path

    from wslgo.linter import team_file

    return team_file.read(Path(os.path.relpath(path)), within)


def _unknown_names(settings: Settings, place: str = "") -> Iterable[Text]:
    from wslgo.linter.rule_names import unknown_names  # only where rules are named

    return unknown_names(settings, place)
