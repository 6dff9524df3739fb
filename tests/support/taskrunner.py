"""Tasks as VS Code runs them: dependencies first, and a `process` without a shell (terminalTaskSystem.ts)."""

import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from goextension import Editor, substituted
from running import Run, Running

Json = Any


class Tasks:
    """The tasks of a workspace by their labels; `start` starts a program that runs beside the test."""

    def __init__(self, tasks: Mapping[str, Json], editor: Editor, start: Run) -> None:
        self._tasks = tasks
        self._editor = editor
        self._start = start

    def run(self, label: str) -> str:
        """Run a task that must succeed, and return its output."""
        done = self.attempt(label)
        assert done.returncode == 0, f"{shlex.join(done.args)}\n{done.stdout}"
        return done.stdout

    def attempt(self, label: str) -> subprocess.CompletedProcess[str]:
        """Run a task that may fail, after its dependencies, which must succeed."""
        words, folder, environment = self._prepared(label)
        return subprocess.run(
            words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )

    def begin(self, label: str, **changes: str) -> Running:
        """Start a background task; `changes` replace words in its arguments."""
        assert self._tasks[label]["isBackground"], "VS Code would wait for its end"
        words, folder, environment = self._prepared(label)
        return self._start([changes.get(word, word) for word in words], folder, environment)

    def _prepared(self, label: str) -> tuple[list[str], Path, dict[str, str]]:
        task = substituted(self._tasks[label], self._editor)
        needed = task.get("dependsOn", [])
        assert len(needed) < 2 or task["dependsOrder"] == "sequence", "VS Code would run these at once"
        for dependency in needed:
            self.run(dependency)
        words = [task["command"], *task.get("args", [])] if "command" in task else ["true"]
        assert task.get("type") == "process" or words == ["true"], "a shell would read the words once more"
        options = task.get("options", {})
        folder = Path(options.get("cwd", self._editor.workspace))
        return words, folder, {**self._editor.environment, **options.get("env", {})}


TasksOf = Callable[[Path], Tasks]
