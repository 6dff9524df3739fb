"""The inspection of compiled programs for a client: pages, and the warnings before a debugger starts."""

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from wslgo.ide.page.binary import CANNOT, NOT_TRUSTED, ONLY_VSCODE, binary_page, problem_page
from wslgo.linter.binary_check import binary_findings, binary_needs
from wslgo.linter.finding import Reported, Severity
from wslgo.lsp.command_types import EntryNumber, ProgramFile, SourceLine
from wslgo.lsp.jobs import IsCancelled, result_of
from wslgo.lsp.session.uris import path_of
from wslgo.lsp.words import notice
from wslgo.machine.binary import Binary
from wslgo.machine.probe import probe
from wslgo.machine.probe.binary import read_binary
from wslgo.syntax.cuda_source import device_function_at
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json import launch
from wslgo.syntax.json.launch import Configuration
from wslgo.system.errors import reason
from wslgo.text.message import Markdown, Message, Text

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

KERNEL = Message(
    en="{name} runs on the GPU: Delve stops where the host launches it. Stop in Go, or use cuda-gdb (Nsight)",
    zh="{name} 在 GPU 上运行，Delve 会停在主机启动它的地方。请在 Go 中设置断点，或用 cuda-gdb（Nsight）",
)
DEVICE = Message(
    en="Delve does not stop in {name}, which runs on the GPU: debug it with cuda-gdb (Nsight)",
    zh="{name} 在 GPU 上运行，Delve 不会停在其中：请用 cuda-gdb（Nsight）调试",
)
BEFORE_START = Message(en="{program}: {message}", zh="{program}：{message}")

_FOLDERS = ("${workspaceFolder}", "${workspaceRoot}")
_CUDA_FILES = (".cu", ".cuh")


class _Inspected(NamedTuple):
    binary: Binary
    found: list[Reported]


async def inspection_page(server: "WslgoServer", program: ProgramFile) -> Markdown:
    """Return the page about a program."""
    language = server.session.language
    if not server.session.workspace.is_trusted:
        return problem_page(NOT_TRUSTED(), language)
    inspected = await _inspected(server, program)
    if isinstance(inspected, Text):
        return problem_page(CANNOT(path=program.path, reason=inspected), language)
    return binary_page(inspected.binary, inspected.found, language)


async def page_of_entry(server: "WslgoServer", argument: EntryNumber) -> Markdown:
    """Return the page about the program of a launch entry, as its document is now."""
    session = server.session
    document = session.documents.get(argument.uri) or session.neighbours.at(path_of(argument.uri))
    entries = list(launch.configurations(document.file)) if document is not None else []
    if document is None or not 0 <= argument.number < len(entries):
        return problem_page(ONLY_VSCODE(program="?"), session.language)
    entry = entries[argument.number]
    written = entry.text("program")
    path = _expanded(written, workspace_folder_of(path_of(argument.uri)))
    if path is None:
        return problem_page(ONLY_VSCODE(program=written), session.language)
    return await inspection_page(server, ProgramFile(path, _library_path(entry)))


async def warning_of(server: "WslgoServer", program: ProgramFile) -> str | None:
    """Return the worst of what keeps a program from being debugged; None if nothing does, or if it is not known."""
    if not server.session.workspace.is_trusted:
        return None
    inspected = await _inspected(server, program)
    if isinstance(inspected, Text) or not inspected.found or inspected.found[0].severity > Severity.WARNING:
        return None
    name = program.path.rpartition("/")[2]
    words = BEFORE_START(program=name, message=inspected.found[0].finding.message)
    return notice(words, server.session.language)


def breakpoint_warning(server: "WslgoServer", place: SourceLine) -> str | None:
    """Return why Delve does not stop at a line of a `.cu` file; None for code of the host."""
    path = path_of(place.uri)
    may_read = path.endswith(_CUDA_FILES) and server.session.workspace.may_read(path)
    data = server.world.read(path) if may_read else None
    function = device_function_at(data.decode("utf-8", "replace"), place.line) if data is not None else None
    if function is None:
        return None
    words = (KERNEL if function.is_kernel else DEVICE)(name=function.name or "__global__")
    return notice(words, server.session.language)


async def _inspected(server: "WslgoServer", program: ProgramFile) -> "_Inspected | Text":
    """Read a program and judge it, in a worker thread: it can be large, and nvidia-smi slow."""
    world, roots = server.world, server.session.workspace.roots
    libraries = program.libraries or world.environment.get("LD_LIBRARY_PATH", "")

    def work(_is_stopped: IsCancelled) -> "_Inspected | Text":
        try:
            binary = read_binary(program.path, world, libraries)
        except OSError as error:
            return reason(error)
        if isinstance(binary, Text):
            return binary
        host = probe(world, binary_needs(binary), tuple(roots))
        return _Inspected(binary, binary_findings(binary, host))

    return await result_of(server.start, work)


def _expanded(written: str, folder: str) -> str | None:
    """Return the absolute path of a program; None if only VS Code knows it."""
    for variable in _FOLDERS:
        written = written.replace(variable, folder)
    if "${" in written or not (folder or written.startswith("/")):
        return None
    return posixpath.normpath(posixpath.join(folder, written))


def _library_path(entry: Configuration) -> str:
    node = entry.variable("LD_LIBRARY_PATH")
    return (node.string or "") if node is not None else ""
