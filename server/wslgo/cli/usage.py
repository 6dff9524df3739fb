"""The commands, each in a line, and what `wslgo --help` prints."""

from wslgo.cli.arguments import table

COMMANDS = {
    "check": "report problems in files and folders",
    "fix": "apply the fixes",
    "undo": "revert changes wslgo made outside the current folder",
    "parse": "print how WSL, Go or VS Code reads a file, as JSON",
    "explain": "explain a rule",
    "rules": "list the rules",
    "doctor": "show the health of this machine: WSL, Go, GPU, WSLg, network, editors",
    "launch": "generate launch configurations and tasks for Delve, and merge them into .vscode",
    "provision": "set up Go on this machine: shown first, resumable, undoable",
    "lsp": "start the language server",
    "docs": "",  # for developers of wslgo: writes the generated parts of the documentation
}

GENERAL = [
    ("--help", "show this help, or that of a command: wslgo COMMAND --help"),
    ("--version", "show the version"),
]


def usage() -> str:
    """Return what `wslgo --help` prints."""
    rows = [(name, summary) for name, summary in COMMANDS.items() if summary]
    return "\n".join(
        (
            "usage: wslgo COMMAND ...",
            "",
            "Find and fix what makes Go slow or broken on WSL2: .wslconfig, wsl.conf, go.mod and more.",
            "",
            "commands:",
            *table(rows),
            "",
            "options:",
            *table(GENERAL),
        )
    )
