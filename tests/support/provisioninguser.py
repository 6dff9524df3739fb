"""The user of an editor during provisioning: confirms, cancels, undoes."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from conversation import LOOP, VSCODE, Editor, Json
from machines import unpack
from smallmachine import Machine
from wslgo.lsp.jobs import Job
from wslgo.machine.host import Host
from wslgo.provision.target import tree

CLIENT: Json = {**VSCODE, "window": {"showDocument": {"support": True}, "workDoneProgress": True}}
CAN = ["pages", "terminal"]
PATIENCE = 60  # seconds


class User(Editor):
    """A user in front of an editor, with answers laid out beforehand."""

    def __init__(self, machine: Machine, capabilities: Json = CLIENT, **options: Json) -> None:
        (machine.folder / "world").mkdir(exist_ok=True)
        world = unpack("not-wsl", machine.folder / "world", **machine.environment)
        options = {"trusted": True, "can": CAN, **options}
        super().__init__(capabilities, machine.folder, world, **options)
        self.server.replay = (tree(machine.root, None), Host())
        self.machine = machine
        self.answers: list[str | None] = []
        self.runs_as_root: Callable[[Json], Json] = lambda _: None
        self._answered: set[int] = set()
        self.settle()

    def provision(self, *answers: str | None, until: Callable[[], object] = lambda: None) -> Json:
        return self.command("provision", {"folder": self.machine.folder.as_uri()}, *answers, until=until)

    def undo(self, *answers: str | None, until: Callable[[], object] = lambda: None) -> Json:
        return self.command("undoProvision", {}, *answers, until=until)

    def command(
        self, name: str, argument: Json, *answers: str | None, until: Callable[[], object] = lambda: None
    ) -> Json:
        """Run a command to its end, or until a condition holds; return the request."""
        self.answers = list(answers)
        message = self.request("workspace/executeCommand", {"command": f"wslgo.server.{name}", "arguments": [argument]})
        self.post(message)
        self.continue_with(message, until)
        return message

    def continue_with(self, message: Json, until: Callable[[], object] = lambda: None) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.is_answered(message) and not until():
            assert time.monotonic() < deadline, self.said[-3:]
            self._begin_jobs()
            self.reply_to_requests()
            self._work_off()
            time.sleep(0.005)

    def is_answered(self, message: Json) -> bool:
        return message["id"] in self._answers

    def _begin_jobs(self) -> None:
        """Run jobs in threads, as the server itself does."""
        while self.jobs:
            threading.Thread(target=_run, args=(self.jobs.pop(0),), daemon=True).start()

    def reply_to_requests(self) -> None:
        for message in [request for request in self.said if "id" in request and request["id"] not in self._answered]:
            self._answered.add(message["id"])
            result = self._answer(message["method"], message.get("params"))
            self.post({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _answer(self, method: str, params: Json) -> Json:
        if method == "wslgo/runAsRoot":
            return self.runs_as_root(params)
        if method == "wslgo/confirm":
            return self._next(params["answers"])
        if method == "window/showMessageRequest":
            chosen = self._next([action["title"] for action in params["actions"]])
            return {"title": chosen} if chosen else None
        return None

    def _next(self, offered: list[str]) -> str | None:
        answer = self.answers.pop(0) if self.answers else None
        assert answer is None or answer in offered
        return answer

    # What the user has seen

    @property
    def pages(self) -> list[str]:
        return [page["text"] for page in self.of("wslgo/showPage")]

    def messages(self) -> list[str]:
        shown = [
            message for message in self.said if message["method"] in ("window/showMessage", "window/showMessageRequest")
        ]
        return [message["params"]["message"] for message in shown]

    def progress(self) -> list[str]:
        values = [progress["value"] for progress in self.of("$/progress")]
        return [text for value in values for text in (value.get("title"), value.get("message")) if text]


def _run(job: Job[Json]) -> None:
    job.run()
    LOOP.call_soon_threadsafe(job.deliver)


def machine_with_go(folder: Path) -> Machine:
    """Return a machine with Go in /usr/local/go and nothing in PATH."""
    machine = Machine(folder)
    machine.install_go()
    machine.install_tools()
    return machine
