"""Delve builds and runs what an entry names, with its arguments, environment and flags."""

from pathlib import Path

import pytest

from debugsession import Debug
from generation import Entries
from places import line_of


def test_a_program_stops_at_a_line_of_go(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)["debug cmd/greet"] | {"args": ["Ada", "Grace Hopper"]}, plain)
    source = plain / "cmd" / "greet" / "main.go"
    session.run({source: [line_of(source, "greeting")]})
    stop = session.stop()
    assert (stop.reason, stop.functions[:2]) == ("breakpoint", ("main.greeting", "main.main"))
    assert session.variables(stop.frames[0])["everybody"] == '"Ada|Grace Hopper"'
    session.resume()
    assert f"args=Ada|Grace Hopper WORD= cwd={plain}\n" in session.end()


def test_arguments_in_one_string_are_split_by_the_extension(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)["debug cmd/greet"] | {"args": """one 'two words' "three"4 it\\'s ''"""}, plain)
    session.run()
    assert "args=one|two words|three4|it's| " in session.end()


def test_the_environment_of_the_entry_reaches_the_program(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)["debug cmd/greet"] | {"env": {"WORD": "${workspaceFolder}:${env:NOT_SET}."}}, plain)
    session.run()
    assert f"WORD={plain}:. " in session.end()


def test_a_program_with_a_build_tag_is_built_with_it(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)["debug cmd/tagged"], plain)
    source = plain / "cmd" / "tagged" / "main.go"
    session.run({source: [line_of(source, "tagged")]})
    assert session.stop().functions[0] == "main.main"
    session.resume()
    assert "built with its tag\n" in session.end()


@pytest.mark.parametrize("name", ["first", "second"])
def test_of_several_programs_in_a_folder_one_is_built(debug: Debug, entries: Entries, plain: Path, name: str) -> None:
    session = debug(entries(plain)[f"debug scripts/{name}.go"], plain)
    source = plain / "scripts" / f"{name}.go"
    session.run({source: [line_of(source, name)]})
    assert session.stop().functions[0] == "main.main"
    session.resume()
    assert f"the {name} script\n" in session.end()


def test_a_module_of_go_work_stops_in_the_other_module(debug: Debug, entries: Entries, work: Path) -> None:
    session = debug(entries(work)["debug app"], work)
    source = work / "lib" / "lib.go"
    session.run({source: [line_of(source, "lib")]})
    assert session.stop().functions[:2] == ("lib.Word", "main.main")
    session.resume()
    assert "from the other module\n" in session.end()


def test_a_program_that_reads_gets_a_terminal(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)["debug cmd/ask"], plain)
    source = plain / "cmd" / "ask" / "main.go"
    session.run({source: [line_of(source, "answer")]})
    session.type("Ada\n\n")
    stop = session.stop()
    assert session.variables(stop.frames[0])["name"] == '"Ada"'
    session.resume()
    assert "hello Ada\n" in session.end()


def test_no_files_remain_in_the_workspace(debug: Debug, entries: Entries, plain: Path) -> None:
    before = sorted(plain.rglob("*"))
    session = debug(entries(plain)["debug cmd/greet"], plain)
    session.run()
    session.end()
    assert sorted(plain.rglob("*")) == before
