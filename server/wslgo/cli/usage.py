"""The commands, each in a line, and what `wslgo --help` prints."""

from wslgo.cli.arguments import table

COMMANDS = {
    "check": "say what is wrong in files and folders",
    "fix": "apply the fixes",
    "undo": "take back what was written outside of the current folder",
    "parse": "print how WSL, Go or VS Code reads a file, as JSON",
    "explain": "explain a rule",
    "rules": "list the rules",
    "doctor": "show the health of this machine: WSL, Go, GPU, WSLg, network, editors",
    "launch": "make launch configurations and tasks for Delve, and merge them into .vscode",
    "provision": "make this machine ready for Go: planned, shown, resumable, undoable",
    "lsp": "start the language server",
    "docs": "",  # for developers of wslgo: writes the generated parts of the documentation
}

GENERAL = [
    ("--help", "show this help, or that of a command: wslgo COMMAND --help"),
    ("--version", "show the version"),
]


def usage() -> str:
    """What `wslgo --help` prints."""
    rows = [(name, summary) for name, summary in COMMANDS.items() if summary]
    return "\n".join(
        (
            "usage: wslgo COMMAND ...",
            "",
            "Finds and fixes what makes Go on WSL2 slow or wrong: .wslconfig, wsl.conf, go.mod and more.",
            "",
            "commands:",
            *table(rows),
            "",
            "options:",
            *table(GENERAL),
        )
    )
