"""Hovers in `launch.json`, and their tables."""

import json

import pytest

from tree import TESTS
from wslgo.ide.hover.hover import hover as hover_of_any_family
from wslgo.ide.hover.launch import hover
from wslgo.knowledge import delve_attributes, delve_variables
from wslgo.launch.delve_behaviour import idle_attributes, idle_reason, variable_reach
from wslgo.linter.scene import Scene
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Language, Message
from wslgo.text.source import Source

SCHEMA = json.loads((TESTS / "launchschema.json").read_text(encoding="utf-8"))
LAUNCH = '"type": "go", "request": "launch", "mode": "debug", "program": "."'
EXEC = '"type": "go", "request": "launch", "mode": "exec", "program": "app"'
ATTACH = '"type": "go", "request": "attach", "mode": "local"'


def file(text: str, path: str = ".vscode/launch.json") -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


def hover_text(marked: str, *, path: str = ".vscode/launch.json", language: Language = "en") -> str:
    """Return the hover at the `|` of an entry."""
    around = (
        '{{"launch": {{"configurations": [{}]}}}}' if path != ".vscode/launch.json" else '{{"configurations": [{}]}}'
    )
    text = around.format(f"{{{marked}}}")
    offset = text.index("|")
    found = hover(file(text.replace("|", "", 1), path), offset)
    return found.markdown(language) if found else ""


def entry(text: str) -> Configuration:
    root = jsonc.parse(Source(f"{{{text}}}")).root
    assert root is not None
    return Configuration(root)


def test_an_attribute_has_its_description_reader_and_default() -> None:
    words = hover_text(f'{LAUNCH}, "build|Flags": "-race"')
    assert words.startswith("**buildFlags** · string, or array of strings\n\nFlags for `go build`")
    assert "- Read by the Go extension and Delve" in words
    assert "`-gcflags` is taken out" in words
    assert "Does nothing" not in words


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        (f'{ATTACH}, "en|v": {{}}', "Does nothing in this entry (`attach local`): the process runs already"),
        (f'{ATTACH}, "cw|d": "/"', "Delve ignores it"),
        (f'{EXEC}, "buildFlags": "-ra|ce"', "(`launch exec`): nothing is built here"),
        (f'{LAUNCH}, "dlvLoad|Config": {{}}', "only the `legacy` adapter reads it"),
        (f'{LAUNCH}, "process|Id": 1', "only an attach to a local process reads it"),
        (f'{LAUNCH}, "port": 2345, "dlv|Flags": []', "so no Delve is started that could use it"),
        (f'{LAUNCH}, "as|Root": true', "only if `console` names a terminal"),
        (f'{LAUNCH}, "win|dows": {{}}', "applies to another system"),
    ],
)
def test_an_attribute_without_effect_has_the_reason(marked: str, words: str) -> None:
    assert words in hover_text(marked)


@pytest.mark.parametrize(
    "marked",
    [
        f'{LAUNCH}, "en|v": {{}}',
        f'{ATTACH}, "process|Id": 1',
        f'{LAUNCH}, "debugAdapter": "legacy", "dlvLoad|Config": {{}}',
        f'{LAUNCH}, "console": "integratedTerminal", "as|Root": true',
        '"type": "go", "request": "launch", "mode": "bogus", "buildFl|ags": ""',
        '"type": "go", "request": "attach", "mode": "remote", "po|rt": 2345',
    ],
)
def test_attributes_with_effect_or_unknown_effect_have_no_warning(marked: str) -> None:
    words = hover_text(marked)
    assert words
    assert "Does nothing" not in words


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        (f'{LAUNCH}, "env": {{"CUDA_LAUNCH|_BLOCKING": "1"}}', "each kernel launch waits"),
        (
            f'{LAUNCH}, "env": {{"CUDA_LAUNCH_BLOCKING": "|1"}}',
            "(`launch debug`) it reaches the program, which reads it",
        ),
        (f'{ATTACH}, "env": {{"CUDA_LAUNCH_|BLOCKING": "1"}}', "it does not reach the process"),
        (f'{EXEC}, "env": {{"CGO_CF|LAGS": "-g"}}', "but the build that reads it is already done"),
        (f'{LAUNCH}, "env": {{"CGO_CF|LAGS": "-g"}}', "reaches the build, which reads it"),
        (f'{LAUNCH}, "env": {{"DATABASE|_URL": "x"}}', "reaches the build and the program"),
        (f'{LAUNCH}, "linux": {{"env": {{"GO|DEBUG": "x"}}}}', "Switches of the Go runtime"),
        (f'{LAUNCH}, "windows": {{"env": {{"GO|DEBUG": "x"}}}}', "Only on Windows; with Remote-WSL it does nothing"),
    ],
)
def test_a_variable_shows_its_effect_and_its_reach(marked: str, words: str) -> None:
    assert words in hover_text(marked)


@pytest.mark.parametrize(
    "marked",
    [
        '"type": "node", "request": "launch", "pro|gram": "x.js"',
        '"type": "node", "request": "launch", "env": {"GODEB|UG": "x"}',
        f'{LAUNCH}, "bogus|Attribute": 1',
        f'{LAUNCH}, "presentation": {{"gro|up": "x"}}',
        f'{LAUNCH},  |  "env": {{}}',
        f'{LAUNCH}, "env": {{ | }}',
    ],
)
def test_hover_stays_silent(marked: str) -> None:
    assert hover_text(marked) == ""


def test_the_launch_object_of_a_workspace_file_has_hovers_too() -> None:
    assert hover_text(f'{EXEC}, "buildFl|ags": ""', path="x.code-workspace").startswith("**buildFlags**")


def test_the_hover_is_translated() -> None:
    assert "此处不进行构建" in hover_text(f'{EXEC}, "buildFl|ags": ""', language="zh")


def test_a_go_variable_is_explained_once_with_its_reach() -> None:
    text = f'{{"configurations": [{{{LAUNCH}, "env": {{"GOPROXY": "direct"}}}}]}}'
    found = hover_of_any_family(Scene(file(text)), text.index("GOPROXY"))
    assert found is not None
    words = found.markdown()
    assert words.count("**GOPROXY**") == 1
    assert "it reaches the build and the program" in words


# The tables


@pytest.mark.parametrize("request_", ["launch", "attach"])
def test_every_attribute_of_the_schema_is_known_and_acts_where_the_schema_has_it(request_: str) -> None:
    for name in SCHEMA[request_]:
        known = delve_attributes.BY_NAME[name]
        # The schema has `cwd` for an attach and `remotePath` for a launch, where Delve ignores them.
        is_dead = (request_, name) in {("attach", "cwd"), ("launch", "remotePath")}
        assert is_dead or any(place.startswith(f"{request_}/") for place in known.acts), name


def test_every_text_of_the_tables_is_translated() -> None:
    sentences = [variable.about for variable in delve_variables.VARIABLES]
    for attribute in delve_attributes.ATTRIBUTES:
        sentences += [
            text
            for text in (attribute.takes, attribute.about, attribute.default, attribute.wrong, attribute.elsewhere)
            if isinstance(text, Message)
        ]
    for message in sentences:
        assert message().render("zh") != message().render("en")


def test_names_in_a_table_are_unique() -> None:
    assert len(delve_attributes.BY_NAME) == len(delve_attributes.ATTRIBUTES)
    assert len(delve_variables.BY_NAME) == len(delve_variables.VARIABLES)


def test_idle_attributes_are_in_the_order_of_the_text() -> None:
    configuration = entry(f'{EXEC}, "output": "x", "args": [], "buildFlags": "", "apiVersion": 2, "zzz": 1')
    assert [idle.member.key for idle in idle_attributes(configuration)] == ["output", "buildFlags", "apiVersion"]


def test_unknown_modes_and_adapters_have_no_answer() -> None:
    strange = entry('"type": "go", "request": "launch", "mode": "bogus"')
    assert idle_reason(strange, "buildFlags") is None
    assert variable_reach(strange, "CUDA_LAUNCH_BLOCKING") is None
    assert variable_reach(entry(f'{LAUNCH}, "debugAdapter": "legacy"'), "X") is None
