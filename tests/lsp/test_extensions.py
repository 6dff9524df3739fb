"""The contract with our own client: module, page and extension name the same things."""

import json
import re
from collections.abc import Iterator
from typing import get_args

import attrs
import pytest

from tree import EXTENSION, ROOT
from wslgo.lsp import command_types, extensions
from wslgo.lsp.extensions import CLIENT_COMMANDS, WRITE_BYTES, Ability, Options, options_of
from wslgo.lsp.server import create_server

PAGE = (ROOT / "docs/lsp-extensions.md").read_text(encoding="utf-8")
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in (EXTENSION / "src").glob("*.ts")}
CODE = "\n".join(SOURCES.values())

IDS = {
    value
    for name, value in vars(extensions).items()
    if name.isupper() and isinstance(value, str) and re.fullmatch(r"wslgo(?:\.server\.|\.|/)\w+", value)
}
MEMBERS = {
    name: tuple(value.__annotations__)
    for module in (extensions, command_types)
    for name, value in vars(module).items()
    if isinstance(value, type)
    and value.__module__ == module.__name__
    and (attrs.has(value) or hasattr(value, "__required_keys__"))
    and value.__annotations__
}


def interfaces(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name and the members of each interface of TypeScript."""
    for name, body in re.findall(r"interface (\w+)[^{]*\{(.*?)\}(?=\n)", re.sub(r"/\*\*.*?\*/", "", text), re.DOTALL):
        yield name, tuple(re.findall(r"(?:readonly )?(\w+)\??:", body))


def in_the_extension() -> set[str]:
    """Return the ids that the extension sends, registers or answers."""
    sent = {f"wslgo.server.{name}" for name in re.findall(r"\.ask(?:<[^(]*>)?\(\s*'(\w+)'", CODE)}
    answered = set(re.findall(r"'(wslgo/\w+)'", CODE))
    registered = set(re.findall(r"registerCommand\(\s*'(wslgo\.\w+)'", CODE))
    return sent | answered | registered & set(CLIENT_COMMANDS)


def test_the_page_has_a_section_for_each_name() -> None:
    sections = re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE)
    assert sorted(sections) == sorted(IDS)


def test_the_extension_uses_each_name() -> None:
    # A code action names WRITE_BYTES, so the client library sends it.
    assert in_the_extension() == IDS - {WRITE_BYTES}


def test_the_server_registers_the_commands_of_the_module() -> None:
    registered = set(create_server().protocol.fm.commands)
    assert registered == {name for name in IDS if name.startswith("wslgo.server.")}


def test_the_page_describes_the_members_of_each_argument() -> None:
    described = dict(interfaces(PAGE))
    assert described.pop("Options") == tuple("rulePages" if name == "rule_pages" else name for name in Options._fields)
    assert described == MEMBERS


def test_the_extension_sends_the_options_of_the_page() -> None:
    [options] = re.findall(r"initializationOptions: \(\) => \(\{(.*?)\}\)", SOURCES["server.ts"], re.DOTALL)
    assert set(re.findall(r"^\s+(\w+):", options, re.MULTILINE)) == set(dict(interfaces(PAGE))["Options"])


def test_links_in_markdown_run_one_command_and_no_other() -> None:
    assert re.findall(r"isTrusted: (.*?) \}", SOURCES["server.ts"]) == ["{ enabledCommands: ['wslgo.openRule']"]
    assert not [name for name, text in SOURCES.items() if "isTrusted: true" in text or "supportHtml" in text]


def test_abilities_are_the_same_everywhere() -> None:
    [sent] = re.findall(r"can: (\[.*?\])", SOURCES["server.ts"])
    documented = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(json.loads(sent.replace("'", '"'))) == sorted(documented) == sorted(get_args(Ability))


@pytest.mark.parametrize("value", [None, [], "x", {"trusted": "yes", "can": "ask", "rulePages": 1, "locale": 2}])
def test_options_of_the_wrong_type_are_left_out(value: object) -> None:
    assert options_of(value) == Options()


def test_options_are_read_as_they_are_written() -> None:
    given = {"trusted": True, "health": True, "can": ["ask"], "rulePages": "x:{rule}", "locale": "zh", "settings": {}}
    assert options_of(given) == Options({}, "zh", True, True, frozenset(["ask"]), "x:{rule}")
