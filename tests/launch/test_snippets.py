"""Every snippet, expanded as in VS Code, is a valid file, for its default and each choice."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import yaml

from frontdoor import TREE
from snippetgrammar import Variable, expand, parse, stops
from tree import TESTS
from wslgo.linter.check import check
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.source import Source

SCHEMA = json.loads((TESTS / "launchschema.json").read_text(encoding="utf-8"))
MANIFEST = json.loads((TREE / "extension" / "package.json").read_text(encoding="utf-8"))
FILES = sorted((TREE / "snippets").glob("*.code-snippets"))

# Where the snippets of a file are inserted, and what is around them there.
PLACES = {
    "launch": (".vscode/launch.json", '{{\n\t"version": "0.2.0",\n\t"configurations": [\n{}\n\t]\n}}\n'),
    "tasks": (".vscode/tasks.json", '{{\n\t"version": "2.0.0",\n\t"tasks": [\n{}\n\t]\n}}\n'),
    "wsl": ("etc/wsl.conf", "{}"),
    "goenv": (".config/go/env", "{}"),
    "profile": ("etc/profile.d/go-proxy.sh", "{}"),
    "workflow": (".github/workflows/go.yml", "{}"),
}
JSON_TYPES = {"string": str, "number": (int, float), "boolean": bool, "array": list, "object": dict}


class Snippet(NamedTuple):
    """A snippet; `file` is the name of its file."""

    file: str
    title: str
    prefix: str
    scope: str
    description: str
    body: str

    @property
    def path(self) -> str:
        """The path of the file to insert it into."""
        return ".wslconfig" if self.prefix == "wslgo-wslconfig" else PLACES[self.file][0]

    def file_with(self, chosen: dict[int, str]) -> File:
        """Return a file with only the snippet in it."""
        family = family_of(self.path)
        assert family is not None
        text = PLACES[self.file][1].format(expand(self.body, chosen))
        return read(self.path, family, Source(text))


def snippets() -> Iterator[Snippet]:
    for path in FILES:
        for title, snippet in json.loads(path.read_text(encoding="utf-8")).items():
            name = path.name.partition(".")[0]
            yield Snippet(
                name, title, snippet["prefix"], snippet["scope"], snippet["description"], "\n".join(snippet["body"])
            )


def choices(snippet: Snippet) -> Iterator[dict[int, str]]:
    """Yield an empty choice, then each word that a stop offers."""
    yield {}
    for stop in stops(parse(snippet.body)):
        yield from ({stop.number: choice} for choice in stop.choices)


ALL = tuple(snippets())
CHOSEN = [
    pytest.param(snippet, chosen, id=f"{snippet.prefix}-{chosen}") for snippet in ALL for chosen in choices(snippet)
]
IN_FAMILIES = [parameter for parameter in CHOSEN if parameter.values[0].file != "workflow"]
ENTRIES = [parameter for parameter in CHOSEN if parameter.values[0].file == "launch"]
TASKS = [parameter for parameter in CHOSEN if parameter.values[0].file == "tasks"]
WORKFLOWS = [parameter for parameter in CHOSEN if parameter.values[0].file == "workflow"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("plain", "plain"),
        ("$1a${2}b$0", "ab"),
        ("${1:one} $1", "one one"),
        ("$1 ${1:one}", "one one"),
        ("${1:a ${2:b} c}", "a b c"),
        ("${1|x,y|}", "x"),
        (r"${1|a\,b\|c\\,y|}", "a,b|c\\"),
        ("${1|${x},y|}", "${x}"),
        (r"\${workspaceFolder} \\ \} \n", r"${workspaceFolder} \ } \n"),
        ("${workspaceFolder}", "workspaceFolder"),
        ("${workspaceFolder:x}", "x"),
        ("$TM_FILENAME", "go.mod"),
        ("${1:$TM_FILENAME}", "go.mod"),
        ("a $ b ${-} ${1", "a $ b ${-} ${1"),
        ("${1|a", "${1|a"),
        ("${{ x }}", "${{ x }}"),
        ('{"a": {"b": "${1:c}"}}', '{"a": {"b": "c"}}'),
    ],
)
def test_a_body_is_expanded_as_vs_code_does_it(body: str, text: str) -> None:
    assert expand(body, variables={"TM_FILENAME": "go.mod"}) == text


def test_a_choice_fills_every_stop_of_its_number() -> None:
    assert expand("${1|a,b|} $1 ${2:x}", {1: "b"}) == "b b x"


@pytest.mark.parametrize("snippet", ALL, ids=lambda snippet: snippet.prefix)
def test_no_variable_of_the_debugger_is_taken_for_one_of_the_snippet(snippet: Snippet) -> None:
    assert not [part for part in _walk(parse(snippet.body)) if isinstance(part, Variable)]


def _walk(parts: tuple[Any, ...]) -> Iterator[object]:
    for part in parts:
        yield part
        yield from _walk(getattr(part, "content", ()))


@pytest.mark.parametrize("snippet", ALL, ids=lambda snippet: snippet.prefix)
def test_a_snippet_is_described_and_ends_with_the_last_stop(snippet: Snippet) -> None:
    assert snippet.prefix.startswith("wslgo-")
    assert len(snippet.description) > 20
    numbers = {stop.number for stop in stops(parse(snippet.body))}
    assert numbers == set(range(len(numbers))), "stops are numbered without a gap, and the last is $0"


def test_no_two_snippets_of_a_language_have_the_same_prefix() -> None:
    names = [(scope, snippet.prefix) for snippet in ALL for scope in snippet.scope.split(",")]
    assert len(names) == len(set(names))


def test_the_extension_brings_every_file_of_snippets() -> None:
    paths = [contribution["path"] for contribution in MANIFEST["contributes"]["snippets"]]
    assert sorted(paths) == [f"./snippets/{path.name}" for path in FILES]
    assert {snippet.file for snippet in ALL} == set(PLACES)


@pytest.mark.parametrize(("snippet", "chosen"), IN_FAMILIES)
def test_our_rules_find_nothing_in_it(snippet: Snippet, chosen: dict[int, str]) -> None:
    found = check(snippet.file_with(chosen))
    assert not [(reported.rule, reported.finding.message.render()) for reported in found]


@pytest.mark.parametrize(("snippet", "chosen"), IN_FAMILIES)
def test_its_reader_has_nothing_to_object(snippet: Snippet, chosen: dict[int, str]) -> None:
    tree: Any = snippet.file_with(chosen).tree
    if isinstance(tree, Jsonc):
        assert not tree.problems
        json.loads(tree.source.text)
    elif isinstance(tree, IniFile):
        assert not tree.warnings
        assert all(setting.known and setting.converted is not None for setting in tree.settings)


def test_a_mistake_in_a_snippet_would_be_found() -> None:
    wrong = next(snippet for snippet in ALL if snippet.prefix == "wslgo-cuda")
    wrong = wrong._replace(body=wrong.body.replace('"CUDA_LAUNCH_BLOCKING": "1"', '"CUDA_LAUNCH_BLOCKING": 1'))
    assert [reported.rule for reported in check(wrong.file_with({}))] == ["launch/env-value-not-text"]


@pytest.mark.parametrize(("snippet", "chosen"), ENTRIES)
def test_an_entry_has_only_attributes_of_the_schema(snippet: Snippet, chosen: dict[int, str]) -> None:
    [entry] = json.loads(snippet.file_with(chosen).source.text)["configurations"]
    assert entry["type"] == "go"
    known = SCHEMA[entry["request"]]
    for name, value in entry.items():
        assert name in known or name in SCHEMA["editor"], name
        about = known.get(name, {"types": ["string"]})
        assert any(isinstance(value, JSON_TYPES[kind]) for kind in about["types"]), name
        assert value in about.get("enum", [value]), name
    assert not {"dlvLoadConfig", "apiVersion", "remotePath"} & set(entry)
    assert all(isinstance(value, str) for value in entry.get("env", {}).values())


@pytest.mark.parametrize(("snippet", "chosen"), TASKS)
def test_a_task_names_a_program_and_its_arguments(snippet: Snippet, chosen: dict[int, str]) -> None:
    [task] = json.loads(snippet.file_with(chosen).source.text)["tasks"]
    assert task["type"] == "process"  # no shell splits the arguments
    assert task["command"] in ("nvcc", "go", "compute-sanitizer")
    assert all(isinstance(word, str) and word for word in task["args"])


def test_the_matcher_of_the_nvcc_task_reads_what_nvcc_writes() -> None:
    snippet = next(snippet for snippet in ALL if snippet.prefix == "wslgo-nvcc")
    [task] = json.loads(snippet.file_with({}).source.text)["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    error = re.search(pattern["regexp"], 'kernels.cu(12): error: identifier "x" is undefined')
    warning = re.search(pattern["regexp"], "a/b.cu(3): warning #177-D: variable was declared but never referenced")
    assert error is not None
    assert warning is not None
    assert [error[pattern[name]] for name in ("file", "line", "severity")] == ["kernels.cu", "12", "error"]
    assert [warning[pattern[name]] for name in ("file", "line", "severity")] == ["a/b.cu", "3", "warning"]


def test_the_entry_for_a_binary_names_the_task_that_builds_it() -> None:
    texts = {
        snippet.prefix: snippet.file_with({}).source.text for snippet in ALL if snippet.file in ("launch", "tasks")
    }
    [entry] = json.loads(texts["wslgo-exec"])["configurations"]
    [task] = json.loads(texts["wslgo-debug-build"])["tasks"]
    assert entry["preLaunchTask"] == task["label"]
    assert entry["program"] in task["args"]


@pytest.mark.parametrize(("snippet", "chosen"), WORKFLOWS)
def test_the_workflow_takes_the_version_of_go_from_the_module(snippet: Snippet, chosen: dict[int, str]) -> None:
    workflow = yaml.safe_load(expand(snippet.body, chosen))
    steps = workflow["jobs"]["test"]["steps"]
    [setup] = [step["with"] for step in steps if step.get("uses", "").startswith("actions/setup-go@")]
    assert list(setup) == ["go-version-file"]
    assert setup["go-version-file"] in ("go.mod", "go.work")
    assert workflow["jobs"]["test"]["runs-on"].startswith("ubuntu")
