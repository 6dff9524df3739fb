"""The real go command: what it says about the value of a variable."""

import os
import subprocess
from pathlib import Path


class RealGo:
    """The go command in an empty module, without network and without the variables of the user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
        (folder / "main.go").write_text("package main\n\nfunc main() {}\n", encoding="utf-8")

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Return the outcome of `go` with these words and variables."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "GOTELEMETRY": "off",
        }
        return subprocess.run(
            ["go", *words],
            cwd=self.folder,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def error(self, *words: str, **variables: str) -> str:
        """Return the first line of what go reports, "" if it succeeds."""
        done = self.run(*words, **variables)
        return "" if done.returncode == 0 else (done.stderr or done.stdout).partition("\n")[0].removeprefix("go: ")
