"""Attaching to a running program: here by process id, elsewhere through a headless Delve."""

import socket
from pathlib import Path

from dapwire import PATIENCE
from debugsession import Debug
from generation import Entries
from places import line_of
from running import Build, Run

# A user adds this for sources elsewhere: -trimpath replaces each folder with the path of its module.
SOURCES = {"from": "${workspaceFolder}", "to": "example.com/plain"}


def test_a_running_program_is_joined_and_left_alone(
    debug: Debug, entries: Entries, build: Build, run: Run, plain: Path, tmp_path: Path
) -> None:
    ask = plain / "cmd" / "ask"
    running = run([build(ask, tmp_path / "ask")])
    running.wait_for("who?")
    session = debug(entries(plain)["attach"], plain, picker_answer(running.process.pid))
    session.run({ask / "main.go": [line_of(ask / "main.go", "answer")]})
    running.type("Ada\n")
    stop = session.stop()
    assert session.variables(stop.frames[0])["name"] == '"Ada"'
    session.leave()
    running.type("Grace\n")
    assert running.wait_for("hello Grace") == ""


def test_a_service_is_joined_between_two_of_its_clients(
    debug: Debug, entries: Entries, build: Build, run: Run, service: Path, tmp_path: Path
) -> None:
    api = service / "cmd" / "api"
    running = run([build(api, tmp_path / "api"), "-listen", "127.0.0.1:0"])
    _, _, port = running.wait_for("listening at").rpartition(":")
    session = debug(entries(service)["attach"], service, picker_answer(running.process.pid))
    session.run({api / "main.go": [line_of(api / "main.go", "served")]})
    with socket.create_connection(("127.0.0.1", int(port)), PATIENCE) as client:
        assert session.stop().functions[:2] == ("main.greet", "main.main")
        session.leave()
        assert client.recv(64) == b"welcome\n"


def test_the_environment_of_an_entry_does_not_change_a_running_program(
    debug: Debug, entries: Entries, build: Build, run: Run, plain: Path, tmp_path: Path
) -> None:
    running = run([build(plain / "cmd" / "ask", tmp_path / "ask")])
    running.wait_for("who?")
    session = debug(entries(plain)["attach"] | {"env": {"WORD": "late"}}, plain, picker_answer(running.process.pid))
    session.run()
    environment = Path(f"/proc/{running.process.pid}/environ").read_bytes()
    session.leave()
    assert b"WORD=" not in environment


def test_a_program_built_elsewhere_stops_in_the_sources_here(
    debug: Debug, entries: Entries, build: Build, run: Run, dlv: Path, plain: Path, tmp_path: Path
) -> None:
    binary = build(plain / "cmd" / "ask", tmp_path / "ask", "-trimpath")
    server = run([dlv, "exec", binary, "--headless", "--accept-multiclient", "--listen=127.0.0.1:0"])
    port = int(server.wait_for("API server listening at: 127.0.0.1:"))
    source = plain / "cmd" / "ask" / "main.go"
    entry = entries(plain)["remote"] | {"port": port, "substitutePath": [SOURCES]}
    session = debug(entry, plain)
    session.run({source: [line_of(source, "answer")]})
    server.type("Ada\n")
    stop = session.stop()
    assert stop.frames[0].path == str(source)
    session.leave()
    # A server keeps breakpoints when a client leaves; the next one sets its own in their place.
    again = debug(entry, plain)
    again.run({source: []})
    server.type("Grace\n")
    assert server.wait_for("hello Grace") == ""


def picker_answer(process: int) -> dict[str, str]:
    """Return the answer of the picker for a process."""
    return {"command:pickProcess": str(process), "command:pickGoProcess": str(process)}
