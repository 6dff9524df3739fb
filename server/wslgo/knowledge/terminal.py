"""Signs that a Go program reads from the keyboard: then it needs a terminal, which the debug console is not.

Sources: package pages of os, fmt (go 1.27) and of the modules; VS Code's Go extension, docs/debugging.md (`console`);
as of 2026-11.
"""

# `package.name` that reads the standard input.
READERS = (("os", "Stdin"), ("fmt", "Scan"), ("fmt", "Scanln"), ("fmt", "Scanf"))

# What is asked of the standard input without reading it.
LOOKS = ("Fd", "Stat", "Close", "Name")

# Modules that draw in a terminal or ask at a prompt, with all below them; a major version at the end does not count.
IMPORTS = (
    "github.com/charmbracelet/bubbletea",
    "github.com/charmbracelet/huh",
    "github.com/rivo/tview",
    "github.com/gdamore/tcell",
    "github.com/gizak/termui",
    "github.com/jroimartin/gocui",
    "github.com/nsf/termbox-go",
    "github.com/chzyer/readline",
    "github.com/peterh/liner",
    "github.com/manifoldco/promptui",
    "github.com/AlecAivazis/survey",
    "github.com/c-bata/go-prompt",
)
