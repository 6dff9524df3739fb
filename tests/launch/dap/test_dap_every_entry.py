"""Every generated entry starts: Delve accepts it and stops at the entry of the program."""

from pathlib import Path

import pytest

from debugsession import Debug
from generation import PROGRAMS, Entries, configurations, generated, machine
from gpumachine import Drivers, with_driver

WHERE = Path("/nowhere")
LAUNCHES = [
    (folder.name, key)
    for folder in sorted(PROGRAMS.iterdir())
    for key, value in configurations(generated(folder, machine(WHERE, WHERE))).items()
    if value["type"] == "go" and value["request"] == "launch"
]


@pytest.mark.parametrize(("workspace", "key"), LAUNCHES, ids=map(" ".join, LAUNCHES))
def test_an_entry_starts(
    debug: Debug, entries: Entries, programs: Path, drivers: Drivers, workspace: str, key: str
) -> None:
    entry = entries(programs / workspace)[key]
    if "LD_LIBRARY_PATH" in entry.get("env", {}):
        entry = with_driver(entry, drivers["sound"])
    session = debug(entry, programs / workspace)
    session.run(functions=("main.main",))
    assert session.stop().functions[0] == "main.main"
