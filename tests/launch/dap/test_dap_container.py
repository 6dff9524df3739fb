"""Delve in a container, where the sources have other paths than in the editor."""

import socket
from pathlib import Path

import pytest

from dapwire import PATIENCE
from debugsession import Debug
from generation import Entries
from places import line_of
from running import Build, Run


@pytest.mark.parametrize("key", ["container compose.yaml api", "mesh pod.yaml api"])
def test_a_request_stops_in_the_sources_here(
    debug: Debug, entries: Entries, build: Build, run: Run, dlv: Path, service: Path, tmp_path: Path, key: str
) -> None:
    """The program is one that was built in the container's folder: nothing of it names a path of this machine."""
    api = service / "cmd" / "api"
    program = build(api, tmp_path / "api", f"-gcflags=example.com/service/...=-N -l -trimpath={service}=>/src")
    flags = ("--headless", "--listen=127.0.0.1:0", "--accept-multiclient", "--continue")
    server = run([dlv, "exec", program, *flags, "--", "-listen", "127.0.0.1:0"])
    debugger = int(server.wait_for("API server listening at: 127.0.0.1:"))
    port = int(server.wait_for("listening at 127.0.0.1:"))
    # The task that leads into a pod needs a cluster; here the port is the one of the server itself.
    entry = entries(service)[key] | {"port": debugger, "preLaunchTask": ""}
    session = debug(entry, service)
    session.run({api / "main.go": [line_of(api / "main.go", "served")]})
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
        stop = session.stop()
        assert (stop.functions[0], stop.frames[0].path) == ("main.greet", str(api / "main.go"))
        session.resume()
        assert client.recv(64) == b"welcome\n"
