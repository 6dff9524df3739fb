"""`wslgo docs`: writes the parts of the documentation that come from the code; for developers of wslgo.

`server/wslgo/linter/rules/README.md` as a whole, and in `README.md` what stands between the marks
`<!-- rules:begin -->` and `<!-- rules:end -->`, and the same for `help`, `settings` and `steps`. In the decision about
programs their table. In the manifest of the extension the settings and the patterns of its documents, with the words
of the settings in both languages.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import wslgo
from wslgo.cli.arguments import Namespace, Option, Usage, help_of
from wslgo.cli.commands.explain import FIXABLE, grouped
from wslgo.cli.main import COMMANDS, command_of, usage
from wslgo.cli.terminal import CLEAN, FAILED, FINDINGS, Terminal
from wslgo.ide.editor_settings import PREFERENCES, properties, restricted, words
from wslgo.linter.finding import Safety
from wslgo.linter.rules import Rule, all_rules
from wslgo.provision.plan.planner import STEPS, planner
from wslgo.syntax.family import GLOBS
from wslgo.system.files import write_atomically
from wslgo.system.programs import GO, PERSON, PROGRAMS, Program
from wslgo.system.reader import read_regular

TREE = Path(wslgo.__file__).parents[2]
REFERENCE = Path("server/wslgo/linter/rules/README.md")
README = Path("README.md")
DECISION = Path("docs/decisions/0001-programs.md")
MANIFEST = Path("extension/package.json")
WORDS = {"en": Path("extension/package.nls.json"), "zh": Path("extension/package.nls.zh-cn.json")}

HOW = {Safety.SAFE: "yes", Safety.UNSAFE: "`--unsafe`", None: ""}

USAGE = Usage(
    "Write the generated parts of the documentation.",
    (Option("--check", "write nothing; exit with 1 when something is stale"),),
)


def run(options: Namespace, terminal: Terminal) -> int:
    if not (TREE / "pyproject.toml").is_file():
        terminal.complain("wslgo: the documentation is written from a checkout of wslgo, not from an installed package")
        return FAILED
    stale = [path for path, text in generated(TREE).items() if text != _read(TREE / path)]
    for path in stale:
        if not options.check:
            write_atomically(TREE / path, generated(TREE)[path].encode())
        terminal.say(f"{path}: {'stale' if options.check else 'written'}")
    if options.check and stale:
        terminal.complain("Run: wslgo docs")
        return FINDINGS
    return CLEAN


def generated(tree: Path) -> dict[Path, str]:
    """What the files with generated parts should hold; a README that is not there is left alone."""
    texts = {REFERENCE: "\n".join(_reference())}
    readme = _read(tree / README)
    if readme:
        readme = _filled(readme, "rules", "\n".join(_table()))
        readme = _filled(readme, "settings", "\n".join(_settings()))
        readme = _filled(readme, "steps", "\n".join(_steps()))
        texts[README] = _filled(readme, "help", "\n".join(_help()))
    decision = _read(tree / DECISION)
    if decision:
        texts[DECISION] = _filled(decision, "programs", "\n".join(_programs()))
    return texts | _manifest(tree)


def _manifest(tree: Path) -> dict[Path, str]:
    """The manifest and its words, with the members that come from the code."""
    manifest = json.loads(_read(tree / MANIFEST))
    manifest["contributes"]["configuration"]["properties"] = properties()
    manifest["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"] = restricted()
    manifest["documents"] = [*GLOBS]
    texts = {MANIFEST: _json(manifest)}
    for language, path in WORDS.items():
        kept = {name: text for name, text in json.loads(_read(tree / path)).items() if not name.startswith("setting.")}
        texts[path] = _json({**kept, **words(language)})
    return texts


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _read(path: Path) -> str:
    return read_regular(path).decode() if path.exists() else ""


def _filled(text: str, name: str, content: str) -> str:
    """The text with new content between two marks."""
    marked = re.compile(rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)", re.DOTALL)
    return marked.sub(lambda found: f"{found[1]}{content}\n{found[2]}", text)


def _table() -> Iterator[str]:
    yield "| rule | severity | fix | finds |"
    yield "|---|---|---|---|"
    for rules in grouped(all_rules()):
        names = "<br>".join(f"`{rule.id}`" for rule in rules)
        yield f"| {names} | {rules[0].severity.name.lower()} | {HOW[rules[0].fixable]} | {_cell(rules[0].summary)} |"


def _steps() -> Iterator[str]:
    """The steps of provisioning, each with the first sentence about it."""
    yield "| step | what it does |"
    yield "|---|---|"
    for name in STEPS:
        about = (planner(name).__doc__ or "").partition("\n\n")[0]
        yield f"| `{name}` | {_cell(' '.join(about.split()).rstrip('.'))} |"


def _programs() -> Iterator[str]:
    """Every program that is started, a row each."""
    yield "| program | chosen by | runs as | where | variables | when | untrusted workspace |"
    yield "|---|---|---|---|---|---|---|"
    for row in PROGRAMS:
        cells = (
            row.name,
            row.chosen_by,
            row.user,
            row.root,
            _variables(row),
            row.when,
            "yes" if row.in_untrusted else "no",
        )
        yield f"| {' | '.join(map(_cell, cells))} |"


def _variables(row: Program) -> str:
    """What a program inherits, and what is set for it."""
    groups = {name: group for name, group in {"PERSON": PERSON, "GO": GO}.items() if set(group) <= set(row.inherits)}
    single = [name for name in row.inherits if not any(name in group for group in groups.values())]
    return ", ".join((*groups, *single, *(f"`{name}={value}`" for name, value in row.sets.items())))


def _help() -> Iterator[str]:
    yield f"```text\n$ wslgo --help\n{usage()}\n```"
    for name, summary in COMMANDS.items():
        if summary:
            yield f"\n```text\n$ wslgo {name} --help\n{help_of(name, command_of(name).USAGE)}\n```"


def _settings() -> Iterator[str]:
    """The settings of the editor."""
    yield "| setting | default | what it does |"
    yield "|---|---|---|"
    for one in PREFERENCES:
        yield f"| `wslgo.{one.name}` | `{json.dumps(one.default)}` | {_cell(one.about.en)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _reference() -> Iterator[str]:
    yield "# Rules\n"
    yield "Generated by `wslgo docs` from the docstrings, which are the tests too; see `wslgo explain`.\n"
    for rules in grouped(all_rules()):
        yield from _page(rules)


def _page(rules: list[Rule]) -> Iterator[str]:
    rule = rules[0]
    yield f"## {', '.join(one.id for one in rules)}\n"
    yield f"*{rule.severity.name.lower()}, {FIXABLE[rule.fixable]}*\n"
    yield re.sub(r"^## ", "### ", rule.documentation, flags=re.MULTILINE) + "\n"
