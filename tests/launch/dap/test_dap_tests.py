"""A test package under Delve."""

from pathlib import Path

from debugsession import Debug
from generation import Entries
from places import line_of

KEY = "test internal/store"


def test_a_test_stops_in_itself_and_in_what_it_tests(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)[KEY], plain)
    store, test = plain / "internal" / "store" / "store.go", plain / "internal" / "store" / "store_test.go"
    session.run({store: [line_of(store, "add")], test: [line_of(test, "test")]})
    first = session.stop()
    assert first.functions[:2] == ("store.(*Store).Add", "store.TestAdd")
    session.resume()
    session.stop()
    session.resume()
    last = session.stop()
    assert session.variables(last.frames[0])["sum"] == "42"
    session.resume()
    assert "PASS" in session.end()


def test_a_test_runs_beside_its_files(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)[KEY] | {"args": ["-test.run", "Beside", "-test.v"]}, plain)
    session.run()
    assert "--- PASS: TestLiesBesideItsFiles" in session.end()


def test_a_flag_of_go_test_needs_its_prefix(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)[KEY] | {"args": ["-run", "Beside"]}, plain)
    session.run()
    assert "flag provided but not defined: -run" in session.end()
