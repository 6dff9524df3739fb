"""The race detector under Delve."""

from pathlib import Path

from debugsession import Debug
from generation import Entries
from places import line_of


def test_a_data_race_is_reported(debug: Debug, entries: Entries, plain: Path) -> None:
    session = debug(entries(plain)["race cmd/race"], plain)
    source = plain / "cmd" / "race" / "main.go"
    session.run({source: [line_of(source, "waiting")]})
    assert session.stop().functions[0] == "main.main"
    session.resume()
    said = session.end()
    assert "WARNING: DATA RACE" in said
    assert f"{source}:{line_of(source, 'race')}" in said
