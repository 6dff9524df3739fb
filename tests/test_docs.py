"""Generated text is what the code says, and what the pages name exists: files, links, commands, hosts, keys, tasks."""

import ast
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from commandline import write, wslgo
from frontdoor import dev
from wslgo.cli.arguments import read
from wslgo.cli.commands.docs import EXAMPLE, TREE, generated
from wslgo.cli.dispatcher import command_of
from wslgo.cli.usage import COMMANDS
from wslgo.linter import team_file
from wslgo.linter.rule_names import unknown_names
from wslgo.linter.rules import FOLDERS, all_rules
from wslgo.provision.model.spec import of_team
from wslgo.syntax.json import javascript, jsonc
from wslgo.text.message import Text
from wslgo.text.source import Source

GENERATED = generated(TREE)

PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", ".github/**/*.md", "server/*.md", "extension/*.md")
    for path in TREE.glob(pattern)
)
# The pages whose code spans name files of this tree.
MAPS = ["server/ARCHITECTURE.md", ".github/CONTRIBUTING.md", "RELEASING.md"]


def text_of(path: Path | str) -> str:
    return (TREE / path).read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(TREE).as_posix()


def shell_lines(text: str) -> Iterator[list[str]]:
    """Yield the words of each command in the shell examples of a page."""
    for token in MarkdownIt().parse(text):
        if token.type == "fence" and token.info == "sh":
            for line in token.content.splitlines():
                yield shlex.split(line, comments=True)


@cache
def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings of a page."""
    tokens = MarkdownIt().parse(text_of(path))
    titles = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


# Generated text


@pytest.mark.parametrize("path", GENERATED, ids=str)
def test_generated_text_is_what_the_code_says(path: Path) -> None:
    assert text_of(path) == GENERATED[path], f"{path} is stale; run: ./dev docs"


# Names in the pages


@pytest.mark.parametrize("page", MAPS)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    roots = (TREE, TREE / "server" / "wslgo")
    named = re.findall(r"`([\w.-]+/[\w./-]*)`", text_of(page))
    modules = {path for path in named if path.endswith(".py") or path.startswith(("tests/", "server/", "extension/"))}
    missing = {path for path in modules if not any((root / path).exists() for root in roots)}
    assert {path for path in missing if not re.search(r"[A-Z]{4}|dist/", path)} == set()


def test_the_map_names_every_room() -> None:
    rooms = {path.parent.name for path in (TREE / "server" / "wslgo").glob("*/__init__.py")}
    assert rooms <= set(re.findall(r"^### (\w+)$", text_of("server/ARCHITECTURE.md"), re.MULTILINE))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_link_leads_somewhere(path: Path) -> None:
    text = text_of(path)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        place, _, anchor = target.partition("#")
        if re.match(r"\w+:", target) or "..." in target:  # an address, or an example of a link
            continue
        file = path.parent / place if place else path
        if not file.exists() or (anchor and anchor not in anchors(file.resolve())):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_command_that_a_page_shows_exists(path: Path) -> None:
    for program, *words in filter(None, shell_lines(text_of(path))):
        if program == "./dev":
            assert f"./dev {words[0]}" in (dev.__doc__ or "")
        elif program == "wslgo":
            assert words[0] in COMMANDS
            assert not isinstance(read(words[0], command_of(words[0]).USAGE, words[1:]), Text), words


def test_the_report_in_the_readme_is_what_the_command_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in EXAMPLE.items():
        write(tmp_path / name, text)
    monkeypatch.chdir(tmp_path)
    printed = wslgo("check", *EXAMPLE)
    assert printed.code == 1
    assert f"$ wslgo check {' '.join(EXAMPLE)}\n{printed.out}```\n" in text_of("README.md")


# Security and privacy


def test_a_promise_names_tests_and_pages_that_exist() -> None:
    text = text_of("SECURITY.md")
    named = re.findall(r"`(tests/[\w/.]+)`|\]\(([\w/.-]+\.md)\)", text)
    assert len(named) > 10
    assert [path for pair in named for path in pair if path and not (TREE / path).is_file()] == []


def test_every_promise_is_held_by_a_test() -> None:
    promises = text_of("SECURITY.md").split("\n## ")[3:]
    assert promises
    assert [promise.partition("\n")[0] for promise in promises if "Held by `tests/" not in promise] == []


def test_every_host_that_provisioning_knows_is_on_the_page() -> None:
    hosts = set()
    for path in (TREE / "server" / "wslgo" / "provision").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        hosts |= {match[1] for value in constants if (match := re.match(r"https?://([\w.-]+)$", str(value)))}
    assert len(hosts) >= 5
    page = text_of("docs/privacy.md")
    assert {host for host in hosts if f"`{host}`" not in page} == set()


# wslgo.yaml


def test_the_example_of_a_team_file_has_every_key_and_has_no_problem(tmp_path: Path) -> None:
    team, policy = re.findall(r"```yaml\n(.*?)```", text_of("docs/wslgo-yaml.md"), re.DOTALL)
    example = write(tmp_path / team_file.NAME, team)
    assert team_file.read(example).problems == ()
    parts = yaml.safe_load(team)
    assert set(parts["check"]) == set(team_file.PARTS["check"])
    asked = of_team(parts["provision"], yaml.safe_load(policy)["policy"], ("git.example.com/team",))
    assert asked.problems == ()
    assert {*parts, *yaml.safe_load(policy)} == set(team_file.PARTS)
    assert set(yaml.safe_load(policy)["policy"]) == set(team_file.PARTS["policy"])
    assert team_file.read(write(tmp_path / team_file.NAME, policy)).problems == ()


@pytest.mark.parametrize("page", [path for path in PAGES if name_of(path) != "CHANGELOG.md"], ids=name_of)
def test_every_rule_that_a_page_names_exists(page: Path) -> None:
    names = [token.content for block in MarkdownIt().parse(text_of(page)) for token in block.children or ()]
    spans = [name for name in names if re.fullmatch(r"[a-z]+/[a-z0-9-]+", name)]
    known = {rule.id for rule in all_rules()}
    folders = {name_of(path) for path in (TREE / "server/wslgo").rglob("*")}
    assert [
        name
        for name in spans
        if name.partition("/")[0] in FOLDERS and name not in known and f"server/wslgo/{name}" not in folders
        if not (TREE / name).is_dir()
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_team_file_on_a_page_has_keys_and_rules_that_exist(page: Path, tmp_path: Path) -> None:
    for text in re.findall(r"```yaml\n((?:check|provision|policy|doctor):.*?)```", text_of(page), re.DOTALL):
        read = team_file.read(write(tmp_path / team_file.NAME, text))
        assert [problem.render() for problem in (*read.problems, *unknown_names(read.settings))] == []


def test_the_readme_has_such_an_example() -> None:
    assert "```yaml\ncheck:\n" in text_of("README.md")


# The workplace


def json_of(name: str) -> dict[str, list[dict[str, object]]]:
    """Return a file of JSON with comments as VS Code reads it."""
    found = json.loads(javascript.to_json(jsonc.parse(Source(text_of(name)))))
    assert found["errors"] == []
    return dict(found["value"])


def test_debug_configurations_find_their_tasks_and_tasks_their_programs() -> None:
    tasks = json_of(".vscode/tasks.json")["tasks"]
    labels = {task["label"] for task in tasks}
    configurations = json_of(".vscode/launch.json")["configurations"]
    wanted = {
        configuration.get(key) for key in ("preLaunchTask", "dependsOn") for configuration in (*configurations, *tasks)
    } - {None}
    assert wanted <= labels
    commands = {task["args"][0] for task in tasks if str(task["command"]).endswith("/dev")}  # type: ignore[index]
    assert {name for name in commands if f"./dev {name}" not in (dev.__doc__ or "")} == set()


def test_the_dev_container_runs_a_command_of_dev() -> None:
    container = json_of(".devcontainer/devcontainer.json")
    assert container["postCreateCommand"] == "./dev setup"
    assert "./dev setup" in (dev.__doc__ or "")


def test_hooks_run_commands_of_dev() -> None:
    [repository] = yaml.safe_load(text_of(".pre-commit-config.yaml"))["repos"]
    for hook in repository["hooks"]:
        assert hook["entry"] in (dev.__doc__ or "")


@pytest.mark.parametrize("form", ["bug", "rule", "feature"])
def test_issue_forms_ask_for_the_recorded_machine(form: str) -> None:
    fields = yaml.safe_load(text_of(f".github/ISSUE_TEMPLATE/{form}.yml"))["body"]
    asked = next(field for field in fields if field.get("id") == "machine")
    assert "wslgo doctor --record" in asked["attributes"]["description"]
