"""`wslgo docs`: write the parts of the documentation that come from the code; for developers of wslgo.

These are the blocks between `<!-- NAME:begin -->` and `<!-- NAME:end -->` in the files of `BLOCKS`, and in the manifest
of the extension its settings and the patterns of its documents, with the texts of the settings in both languages.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

import wslgo
from wslgo.cli.arguments import Namespace, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.commands import attach as attach_command
from wslgo.cli.commands import bench as bench_command
from wslgo.cli.commands import check as check_command
from wslgo.cli.commands import ci as ci_command
from wslgo.cli.commands import docs_topics
from wslgo.cli.commands import doctor as doctor_command
from wslgo.cli.commands import env as env_command
from wslgo.cli.commands import explain as explain_command
from wslgo.cli.commands import fix as fix_command
from wslgo.cli.commands import inspect as inspect_command
from wslgo.cli.commands import launch as launch_command
from wslgo.cli.commands import lsp as lsp_command
from wslgo.cli.commands import mirror as mirror_command
from wslgo.cli.commands import move as move_command
from wslgo.cli.commands import parse as parse_command
from wslgo.cli.commands import provision as provision_command
from wslgo.cli.commands import rules as rules_command
from wslgo.cli.commands import undo as undo_command
from wslgo.cli.commands.explain import FIXABLE
from wslgo.cli.help_page import help_of, usage
from wslgo.cli.output import as_text
from wslgo.cli.output.report import Checked, Run
from wslgo.cli.terminal import CLEAN, FAILED, FINDINGS, of_process
from wslgo.cli.usage import COMMANDS
from wslgo.doctor.score import POINTS
from wslgo.ide import team_schema
from wslgo.ide.editor_settings import EDITOR_SETTINGS, restricted_settings, schema_properties, setting_texts
from wslgo.knowledge.team_keys import KEYS
from wslgo.linter.check import check
from wslgo.linter.dimensions import DIMENSIONS, OF_SCORE, dimension_of
from wslgo.linter.documentation import HEADINGS, anchor, documentation, grouped, summary, title
from wslgo.linter.finding import SEVERITY_WORDS, Safety
from wslgo.linter.rules import all_rules
from wslgo.linter.scene import Scene
from wslgo.provision.plan.planner import STEPS, module_of
from wslgo.provision.plan.steps import go_variables
from wslgo.provision.toolchain import policy
from wslgo.provision.toolchain.sumdb import client
from wslgo.syntax.family import GLOBS, family_of
from wslgo.syntax.file import read
from wslgo.system.files import write_atomically
from wslgo.system.programs import GO, PERSON, PROGRAMS, Program
from wslgo.system.reader import read_regular
from wslgo.text.markdown import table_cell
from wslgo.text.message import Language, Message, enumeration
from wslgo.text.source import Source

TREE = Path(wslgo.__file__).parents[2]
MANIFEST = Path("extension/package.json")
RULE_WORDS = Path("server/wslgo/linter/rules/words.py")
TEAM_SCHEMA = Path("docs/wslgo.schema.json")
WORDS = {"en": Path("extension/package.nls.json"), "zh": Path("extension/package.nls.zh-cn.json")}

FIX = {
    Safety.SAFE: Message(en="yes", zh="是"),
    Safety.UNSAFE: Message(en="`--unsafe`", zh="`--unsafe`"),
    None: Message(en="", zh=""),
}
_ROW_OF_WEIGHTS = Message(en="| worst finding of a rule | points |", zh="| 规则最严重的问题 | 扣分 |")
_ROW_OF_DIMENSIONS = Message(
    en="| in JSON and `wslgo.yaml` | dimension | question |", zh="| JSON 和 `wslgo.yaml` 中 | 维度 | 问题 |"
)
_ROW_OF_RULES = Message(en="| rule | severity | fix | finds |", zh="| 规则 | 严重级别 | 修复 | 发现什么 |")

WORDS_HEAD = '''"""The words without which a text has no finding of a rule, by the module of the rule.

`wslgo docs` writes them from the `only_with` of the rules, so that a check need not import a rule to leave it out.
"""

WORDS: dict[str, tuple[str, ...]] = {'''

# Not those in the files of an example.
_TITLES = [heading[3:] for pair in HEADINGS.items() for heading in pair if heading.startswith("## ")]
_HEADING = re.compile(rf"^## (?=(?:{'|'.join(_TITLES)})$)", re.MULTILINE)
_WIDTH = 120  # columns of a line of the manifest

# The files of the report in the README.
EXAMPLE = {
    ".wslconfig": "[wsl2]\nmemory=8gb\nswapFile=C:\\temp\\swap.vhdx\n",
    ".bashrc": "export GOPROXY=https://proxy.golang.org,direct,https://goproxy.cn\n",
}

USAGE = Usage(
    Message(en="Write the generated parts of the documentation.", zh="写入文档中自动生成的部分。"),
    (
        Option(
            "--check",
            Message(en="write nothing; exit with 1 when something is stale", zh="不写入；有过期内容时退出码为 1"),
        ),
    ),
)


USAGES = {
    "check": check_command.USAGE,
    "fix": fix_command.USAGE,
    "undo": undo_command.USAGE,
    "parse": parse_command.USAGE,
    "explain": explain_command.USAGE,
    "rules": rules_command.USAGE,
    "doctor": doctor_command.USAGE,
    "env": env_command.USAGE,
    "inspect": inspect_command.USAGE,
    "attach": attach_command.USAGE,
    "mirror": mirror_command.USAGE,
    "bench": bench_command.USAGE,
    "launch": launch_command.USAGE,
    "ci": ci_command.USAGE,
    "provision": provision_command.USAGE,
    "move": move_command.USAGE,
    "lsp": lsp_command.USAGE,
}

# How the examples are printed.
PLAIN = Call(Namespace(lang="en", color="never"), of_process())
CHINESE = Call(Namespace(lang="zh-cn", color="never"), of_process())


class Options:
    """The options of `wslgo docs`."""

    check: bool


def run(call: Call[Options]) -> int:
    if not (TREE / "pyproject.toml").is_file():
        call.terminal.complain(
            "wslgo: the documentation is written from a checkout of wslgo, not from an installed package"
        )
        return FAILED
    texts = generated(TREE)
    stale = [path for path, text in texts.items() if text != _read(TREE / path)]
    for path in stale:
        if not call.options.check:
            write_atomically(TREE / path, texts[path].encode())
        call.terminal.say(f"{path}: {'stale' if call.options.check else 'written'}")
    if call.options.check and stale:
        call.terminal.complain("Run: wslgo docs")
        return FINDINGS
    return CLEAN


def generated(tree: Path) -> dict[Path, str]:
    """Return what the files with generated parts should hold."""
    texts = {path: _filled(_read(tree / path), blocks) for path, blocks in BLOCKS.items()}
    return texts | _manifest(tree) | {RULE_WORDS: _words_of_rules(), TEAM_SCHEMA: _json(team_schema.schema())}


def _words_of_rules() -> str:
    """Return the module with the words of the rules that are about nothing else."""
    modules = {rule.check.__module__.removeprefix("wslgo.linter.rules."): rule.check.__module__ for rule in all_rules()}
    words = {name.replace(".", "/"): import_module(module).check.only_with for name, module in modules.items()}
    lines = (_row(name, found) for name, found in sorted(words.items()) if found)
    return f"{WORDS_HEAD}\n{''.join(lines)}}}\n"


def _row(name: str, words: Sequence[str]) -> str:
    """Return a row of a dictionary, as `ruff format` lays it out."""
    items = [repr(word) if '"' in word else json.dumps(word, ensure_ascii=False) for word in words]
    line = f'    "{name}": ({", ".join(items)}{"," if len(items) == 1 else ""}),\n'
    if len(line) <= _WIDTH + 1:
        return line
    return f'    "{name}": (\n' + "".join(f"        {item},\n" for item in items) + "    ),\n"


def _manifest(tree: Path) -> dict[Path, str]:
    """Return the manifest and its texts, with the members that come from the code."""
    manifest = json.loads(_read(tree / MANIFEST))
    manifest["contributes"]["configuration"]["properties"] = schema_properties()
    manifest["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"] = restricted_settings()
    manifest["documents"] = [*GLOBS]
    texts = {MANIFEST: _json(manifest)}
    for language, path in WORDS.items():
        kept = {name: text for name, text in json.loads(_read(tree / path)).items() if not name.startswith("setting.")}
        texts[path] = _json({**kept, **setting_texts(language)})
    return texts


def _json(value: object) -> str:
    return _laid_out(value, "", 0) + "\n"


def _laid_out(value: object, indent: str, used: int) -> str:
    """Return JSON with each object and list on one line where it fits; `used` columns of its first line are taken."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + used + len(line) < _WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    inner = indent + "  "
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return f"[\n{_wrapped(value, inner)}\n{indent}]"
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + _laid_out(item, inner, 1) for item in value) + f"\n{indent}]"
    names = {json.dumps(name, ensure_ascii=False): member for name, member in value.items()}
    members = (f"{inner}{name}: {_laid_out(member, inner, len(name) + 3)}" for name, member in names.items())
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def _wrapped(setting_texts: list[str], indent: str) -> str:
    """Return strings of a list, as many on a line as fit."""
    lines = [""]
    for word in setting_texts:
        item = json.dumps(word, ensure_ascii=False) + ","
        if lines[-1] and len(lines[-1]) + len(item) >= _WIDTH:
            lines.append("")
        lines[-1] += f" {item}" if lines[-1] else indent + item
    return "\n".join(lines).removesuffix(",")


def _read(path: Path) -> str:
    return read_regular(path).decode() if path.exists() else ""


Block = Callable[[], Iterator[str]]


def _filled(text: str, blocks: Mapping[str, Block]) -> str:
    """Return the text with new content between the marks of each block, which it must have."""
    for name, lines in blocks.items():
        before, begin, rest = text.partition(f"<!-- {name}:begin -->\n")
        _, end, after = rest.partition(f"<!-- {name}:end -->")
        if not end:
            raise ValueError(f"no marks for {name}")
        text = "".join((before, begin, "\n".join(lines()), "\n", end, after))
    return text


def _report(call: Call[Namespace] = PLAIN) -> Iterator[str]:
    """Yield what `wslgo check` prints about the example."""
    files = [read(path, family, Source(text)) for path, text in EXAMPLE.items() if (family := family_of(path))]
    checked = [Checked(Scene(file), check(file)) for file in files]
    yield f"```text\n$ wslgo check {' '.join(EXAMPLE)}"
    yield from as_text.lines(Run(checked, [], len(files)), call)
    yield "```"


def _rules(language: Language = "en") -> Iterator[str]:
    """Yield the table of the rules, each with a link to its page."""
    yield _ROW_OF_RULES().render(language)
    yield "|---|---|---|---|"
    for rules in grouped(all_rules()):
        names = "<br>".join(f"[`{rule.id}`](#{anchor(rules)})" for rule in rules)
        severity, fix = SEVERITY_WORDS[rules[0].severity]().render(language), FIX[rules[0].fixable]().render(language)
        yield f"| {names} | {severity} | {fix} | {table_cell(summary(rules[0], language))} |"


def _pages(language: Language = "en") -> Iterator[str]:
    """Yield the page of every rule."""
    for rules in grouped(all_rules()):
        rule = rules[0]
        yield f"## {title(rules)}\n"
        part = OF_SCORE(dimension=DIMENSIONS[dimension_of(rule)].title())
        yield f"*{enumeration((SEVERITY_WORDS[rule.severity](), FIXABLE[rule.fixable](), part)).render(language)}*\n"
        yield _HEADING.sub("### ", documentation(rule, language)).rstrip("\n") + "\n"
        yield from docs_topics.see_also(rule, language)


def _weights(language: Language = "en") -> Iterator[str]:
    """Yield the table of the points that a rule takes."""
    yield _ROW_OF_WEIGHTS().render(language)
    yield "|---|---|"
    for severity, points in POINTS.items():
        yield f"| {SEVERITY_WORDS[severity]().render(language)} | {points} |"


def _dimensions(language: Language = "en") -> Iterator[str]:
    """Yield the table of the dimensions."""
    yield _ROW_OF_DIMENSIONS().render(language)
    yield "|---|---|---|"
    for name, (label, question) in DIMENSIONS.items():
        yield f"| `{name}` | {label().render(language)} | {question().render(language)} |"


def _rules_of_dimensions(language: Language = "en") -> Iterator[str]:
    """Yield the rules of each dimension, those of two files once."""
    page = "rules.md" if language == "en" else "rules.zh-CN.md"
    groups = grouped(all_rules())
    for name, about in DIMENSIONS.items():
        yield f"### {about.title().render(language)}\n"
        mine = (rules for rules in groups if dimension_of(rules[0]) == name)
        for rules in sorted(mine, key=lambda rules: (rules[0].severity, rules[0].id)):
            severity = SEVERITY_WORDS[rules[0].severity]().render(language)
            yield f"- [`{rules[0].id}`]({page}#{anchor(rules)}): {severity}"
        yield ""


def _help(language: Language = "en") -> Iterator[str]:
    """Yield the help of wslgo and of every command."""
    yield f"```text\n$ wslgo --help\n{usage(language)}\n```"
    for name, about in COMMANDS.items():
        if about:
            yield f"\n### {name}\n\n```text\n{help_of(name, USAGES[name], language)}\n```"


def _settings() -> Iterator[str]:
    """Yield the table of the editor's settings."""
    yield "| setting | default | scope | what it does |"
    yield "|---|---|---|---|"
    for setting in EDITOR_SETTINGS:
        default = json.dumps(setting.default)
        yield f"| `wslgo.{setting.name}` | `{default}` | {setting.scope} | {table_cell(setting.about.en)} |"


def _policy_keys() -> Iterator[str]:
    """Yield the table of the keys of a policy."""
    yield "| key | example | what it requires |"
    yield "|---|---|---|"
    for key in KEYS:
        if key.path[0] == "policy" and len(key.path) > 1 and key.example:
            name = ".".join(key.path[1:]).replace("*", "KEY")
            yield f"| `{name}` | `{key.example}` | {table_cell(key.about.en)} |"


def _steps() -> Iterator[str]:
    """Yield the table of the provisioning steps, each with the first sentence of its module."""
    yield "| step | what it does |"
    yield "|---|---|"
    for name in STEPS:
        about = (module_of(name).__doc__ or "").partition("\n\n")[0]
        yield f"| `{name}` | {table_cell(about).rstrip('.')} |"


def _hosts() -> Iterator[str]:
    """Yield the table of the hosts that provisioning asks if nothing else is configured."""
    [database] = client.KEYS
    sites, proxies = _links(*policy.SITES), _links(go_variables.DEFAULT_PROXY)
    databases = _links(f"https://{database}", *client.MIRRORS[database])
    yield "| host | asked for | when |"
    yield "|---|---|---|"
    yield f"| {proxies} | whether it answers | GOPROXY has its default value |"
    yield f"| {_links(*go_variables.MIRRORS)} | whether they answer | the default proxy does not |"
    yield f"| {proxies}, {sites} | Go: the list of releases, then the archive | Go is missing, too old or asked for |"
    yield f"| {databases} | the checksum of that archive | before it is installed |"
    yield f"| {proxies} | the releases of gopls, Delve and staticcheck | one is missing or does not fit Go |"


def _links(*urls: str) -> str:
    return ", ".join(f"`{url.removeprefix('https://')}`" for url in urls)


def _programs() -> Iterator[str]:
    """Yield the table of the programs that are started."""
    yield "| program | chosen by | runs as | where | variables | when | untrusted workspace |"
    yield "|---|---|---|---|---|---|---|"
    for row in PROGRAMS:
        in_untrusted = "yes" if row.in_untrusted else "no"
        cells = (row.name, row.chosen_by, row.user, row.root, _variables(row), row.when, in_untrusted)
        yield f"| {' | '.join(map(table_cell, cells))} |"


def _variables(row: Program) -> str:
    """Return what a program inherits, and what is set for it."""
    groups = {name: group for name, group in {"PERSON": PERSON, "GO": GO}.items() if set(group) <= set(row.inherits)}
    single = [name for name in row.inherits if not any(name in group for group in groups.values())]
    return ", ".join((*groups, *single, *(f"`{name}={value}`" for name, value in row.sets.items())))


BLOCKS: Mapping[Path, Mapping[str, Block]] = {
    Path("README.md"): {"report": _report},
    Path("README.zh-CN.md"): {"report": partial(_report, CHINESE)},
    Path("docs/rules.md"): {"rules": _rules, "pages": _pages},
    Path("docs/rules.zh-CN.md"): {"rules": partial(_rules, "zh"), "pages": partial(_pages, "zh")},
    Path("docs/score.md"): {"weights": _weights, "dimensions": _dimensions, "rules": _rules_of_dimensions},
    Path("docs/score.zh-CN.md"): {
        "weights": partial(_weights, "zh"),
        "dimensions": partial(_dimensions, "zh"),
        "rules": partial(_rules_of_dimensions, "zh"),
    },
    Path("docs/topics.md"): {"answers": docs_topics.answers, "pages": docs_topics.pages},
    Path("docs/topics.zh-CN.md"): {
        "answers": partial(docs_topics.answers, "zh"),
        "pages": partial(docs_topics.pages, "zh"),
    },
    Path("docs/cli.md"): {"help": _help},
    Path("docs/cli.zh-CN.md"): {"help": partial(_help, "zh")},
    Path("docs/settings.md"): {"settings": _settings},
    Path("docs/provision.md"): {"steps": _steps},
    Path("docs/privacy.md"): {"hosts": _hosts},
    Path("docs/wslgo-yaml.md"): {"policy-keys": _policy_keys},
    Path("docs/decisions/0001-programs.md"): {"programs": _programs},
}
