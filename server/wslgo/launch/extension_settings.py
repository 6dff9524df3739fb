"""The `go.` settings about flags, as the Go extension passes them on (vscode-go 0.58).

gopls gets `go.buildFlags`, and `go test` gets `go.testFlags`, or else `go.buildFlags`: each element is a word. To debug
a test, the extension joins the words with spaces, and Delve splits the result again (goTest.ts, testUtils.ts).
"""

from wslgo.launch.build_flags import BuildFlags, of_list
from wslgo.syntax.family import WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.go.command_line import Argument, Command, arguments
from wslgo.syntax.go.flag_words import delve_words, without_compiler_flags
from wslgo.syntax.json.jsonc import Jsonc, Node

BUILD_FLAGS = "go.buildFlags"
TEST_FLAGS = "go.testFlags"
# What follows is for the test program.
_END = "-args"


def holder_of(tree: Jsonc, file: File) -> Node | None:
    """Return the object with the settings of a settings or workspace file."""
    return tree.at("settings") if file.family.name == WORKSPACE else tree.root


def flags_of(holder: Node, name: str, command: Command) -> BuildFlags | None:
    """Return the flags of a setting; None if it is not a list of strings."""
    node = holder.get(name)
    return of_list(node, command) if node is not None and node.kind == "array" else None


def test_flags(holder: Node) -> BuildFlags | None:
    """Return the flags of tests: those of builds only if there are none of tests, not even an empty list."""
    return flags_of(holder, TEST_FLAGS if holder.get(TEST_FLAGS) else BUILD_FLAGS, Command.TEST)


def debugging_fault(flags: BuildFlags) -> Argument | None:
    """Return what go rejects when a test is debugged, although it accepts the words of the list; None if unknown."""
    words = flags.words[: flags.words.index(_END)] if _END in flags.words else flags.words
    text = " ".join(words)
    if "${" in text:
        return None
    split = [word.text for word in delve_words(without_compiler_flags(text))]
    return next((found for found in arguments(split, Command.TEST) if found.error), None)
