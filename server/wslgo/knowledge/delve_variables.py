"""Variables for a program under Delve: their effect, and whether the build or the program reads them.

Sources: CUDA C++ Programming Guide, environment variables (CUDA 13.0), CUCoredumpGenerationFlags of the driver API;
`go help environment` and runtime of Go 1.27; what Delve does with CGO_CFLAGS (1.27.1, cmd/dlv/main.go); WSL
(lxinitshared.h), WSLg and Mesa documentation; as of 2026-08.
"""

from enum import Enum

from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple


class Acts(Enum):
    """The reader of a variable: the build of the program, the program, or both."""

    BUILD = "build"
    RUN = "run"
    BOTH = "both"


class Variable(NamedTuple):
    """A variable of the environment."""

    name: str
    about: Message
    acts: Acts = Acts.RUN


VARIABLES = (
    # CUDA
    Variable(
        "CUDA_LAUNCH_BLOCKING",
        Message(
            en="`1`: each kernel launch waits for its kernel, so the failed call reports its own error. "
            "Slow, distorts timings, can hide races. Delve does not need it.",
            zh='`"1"`：每次内核启动都会等待内核完成，因此由出错的调用自己报告错误。会降低速度、影响计时，并可能掩盖竞态。Delve 本身不需要它。',
        ),
    ),
    Variable(
        "CUDA_DEVICE_ORDER",
        Message(
            en="`PCI_BUS_ID` numbers the GPUs as nvidia-smi does; the default `FASTEST_FIRST` does not.",
            zh="`PCI_BUS_ID` 按 nvidia-smi 的方式为 GPU 编号；默认的 `FASTEST_FIRST` 则不然。",
        ),
    ),
    Variable(
        "CUDA_VISIBLE_DEVICES",
        Message(
            en="Which GPUs the program sees, by number or UUID with commas. Empty means none; the list ends at the first wrong entry.",
            zh="程序可见的 GPU，以逗号分隔的编号或 UUID。空表示没有；列表在第一个错误项处截止。",
        ),
    ),
    Variable(
        "CUDA_MODULE_LOADING",
        Message(
            en="`EAGER` loads all device code at the start, where mistakes then show; `LAZY`, the default, when it is first used.",
            zh="`EAGER` 在启动时加载所有设备代码，错误会立即出现；默认的 `LAZY` 在首次使用时加载。",
        ),
    ),
    Variable(
        "CUDA_CACHE_PATH",
        Message(
            en="Where compiled device code is kept; best not on a Windows drive.",
            zh="已编译设备代码的缓存位置；最好不要放在 Windows 驱动器上。",
        ),
    ),
    Variable(
        "CUDA_CACHE_DISABLE",
        Message(en='`"1"` keeps no compiled device code.', zh='`"1"` 表示不缓存已编译的设备代码。'),
    ),
    Variable(
        "CUDA_CACHE_MAXSIZE",
        Message(en="The most bytes of compiled device code that are kept.", zh="已编译设备代码缓存的最大字节数。"),
    ),
    Variable(
        "CUDA_ENABLE_COREDUMP_ON_EXCEPTION",
        Message(
            en='`"1"`: a fault in a kernel writes a core dump of the GPU, which cuda-gdb opens, and then aborts the program.',
            zh='`"1"`：内核出错时写出 GPU 核心转储（用 cuda-gdb 打开），随后中止程序。',
        ),
    ),
    Variable(
        "CUDA_COREDUMP_FILE",
        Message(
            en="Where the GPU core dump goes: `%h` is the host, `%p` the process, `%t` the time.",
            zh="GPU 核心转储的路径：`%h` 为主机，`%p` 为进程号，`%t` 为时间。",
        ),
    ),
    Variable(
        "CUDA_ENABLE_LIGHTWEIGHT_COREDUMP",
        Message(en='`"1"` leaves the memory out of the GPU core dump.', zh='`"1"` 表示 GPU 核心转储不包含内存。'),
    ),
    Variable(
        "CUDA_COREDUMP_GENERATION_FLAGS",
        Message(
            en="The parts that a GPU core dump omits, such as `skip_global_memory`; with `skip_abort` the program continues.",
            zh="GPU 核心转储省略的内容，如 `skip_global_memory`；`skip_abort` 使程序继续运行。",
        ),
    ),
    Variable(
        "CUDA_ENABLE_USER_TRIGGERED_COREDUMP",
        Message(
            en='`"1"`: writing to the pipe of `CUDA_COREDUMP_PIPE` dumps a program that hangs.',
            zh='`"1"`：向 `CUDA_COREDUMP_PIPE` 的管道写入即可转储挂起的程序。',
        ),
    ),
    Variable(
        "CUDA_COREDUMP_PIPE", Message(en="The pipe that triggers a GPU core dump.", zh="触发 GPU 核心转储的管道。")
    ),
    Variable(
        "CUDA_COREDUMP_SHOW_PROGRESS",
        Message(en='`"1"` tells how far the GPU core dump is.', zh='`"1"` 显示 GPU 核心转储的进度。'),
    ),
    Variable(
        "CUDA_ENABLE_CPU_COREDUMP_ON_EXCEPTION",
        Message(
            en="Whether a core dump of the host comes along with that of the GPU.",
            zh="GPU 核心转储时是否同时生成主机核心转储。",
        ),
    ),
    # Libraries and the Go runtime
    Variable(
        "LD_LIBRARY_PATH",
        Message(
            en="Folders where the loader looks first for shared libraries; an empty entry is the current "
            "folder. It usually knows WSL's `/usr/lib/wsl/lib` already.",
            zh="加载器优先查找共享库的位置。空项表示当前文件夹。WSL 的 libcuda 位于 `/usr/lib/wsl/lib`，加载器通常已知道该位置。",
        ),
        Acts.BOTH,
    ),
    Variable(
        "GODEBUG",
        Message(
            en="Switches of the Go runtime, with commas. `cgocheck=2` is gone since Go 1.21: use `GOEXPERIMENT=cgocheck2`.",
            zh="Go 运行时开关，以逗号分隔。`cgocheck=2` 自 Go 1.21 起已移除：请使用 `GOEXPERIMENT=cgocheck2`。",
        ),
        Acts.BOTH,
    ),
    Variable(
        "GOTRACEBACK",
        Message(
            en="How much a crash prints; `crash` ends by SIGABRT as well, so that the kernel can write a core dump.",
            zh="崩溃时输出的详细程度；`crash` 还会以 SIGABRT 结束，使内核可以写出核心转储。",
        ),
    ),
    Variable(
        "GOEXPERIMENT",
        Message(
            en="Experiments of the compiler and the runtime; `cgocheck2` checks every pointer that is stored for C.",
            zh="编译器和运行时的实验特性；`cgocheck2` 检查每个为 C 存储的指针。",
        ),
        Acts.BUILD,
    ),
    Variable(
        "GOMAXPROCS", Message(en="How many threads run Go code at a time.", zh="同时运行 Go 代码的线程数。"), Acts.BOTH
    ),
    # cgo
    Variable(
        "CGO_ENABLED",
        Message(en='`"0"` leaves out every file with `import "C"`.', zh='`"0"` 会排除所有含 `import "C"` 的文件。'),
        Acts.BUILD,
    ),
    Variable(
        "CGO_CFLAGS",
        Message(
            en="Flags for the C compiler instead of `-O2 -g`. Delve sets `-O0 -g` itself as long as this is not set: put them first here, or C code has no debug information.",
            zh="替代 `-O2 -g` 的 C 编译器参数。未设置时 Delve 会自行设为 `-O0 -g`：此处请把它们放在最前，否则 C 代码没有调试信息。",
        ),
        Acts.BUILD,
    ),
    Variable(
        "CGO_CPPFLAGS", Message(en="Flags for the preprocessor of C and C++.", zh="C 和 C++ 预处理器参数。"), Acts.BUILD
    ),
    Variable(
        "CGO_CXXFLAGS",
        Message(en="Flags for the C++ compiler instead of `-O2 -g`.", zh="替代 `-O2 -g` 的 C++ 编译器参数。"),
        Acts.BUILD,
    ),
    Variable(
        "CGO_LDFLAGS",
        Message(
            en="Flags for the linker, such as `-L/usr/local/cuda/lib64`.",
            zh="链接器参数，如 `-L/usr/local/cuda/lib64`。",
        ),
        Acts.BUILD,
    ),
    Variable(
        "CGO_CFLAGS_ALLOW",
        Message(
            en="A pattern of flags in `#cgo CFLAGS` that go allows besides its own list.",
            zh="除 go 自身列表外，允许在 `#cgo CFLAGS` 中使用的参数模式。",
        ),
        Acts.BUILD,
    ),
    Variable(
        "CGO_LDFLAGS_ALLOW",
        Message(
            en="A pattern of flags in `#cgo LDFLAGS` that go allows besides its own list.",
            zh="除 go 自身列表外，允许在 `#cgo LDFLAGS` 中使用的参数模式。",
        ),
        Acts.BUILD,
    ),
    # WSLg and graphics
    Variable(
        "DISPLAY", Message(en="Where X11 windows appear; WSLg sets `:0`.", zh="X11 窗口显示的位置；WSLg 设为 `:0`。")
    ),
    Variable(
        "WAYLAND_DISPLAY",
        Message(
            en="Where Wayland windows appear; WSLg sets `wayland-0`.",
            zh="Wayland 窗口显示的位置；WSLg 设为 `wayland-0`。",
        ),
    ),
    Variable(
        "XDG_RUNTIME_DIR",
        Message(
            en="The folder of the session's sockets. WSLg sets `/mnt/wslg/runtime-dir`; systemd may set another one.",
            zh="会话套接字所在位置；WSLg 设为 `/mnt/wslg/runtime-dir`，systemd 可能另设。",
        ),
    ),
    Variable(
        "PULSE_SERVER",
        Message(
            en="Where sound goes; WSLg sets `unix:/mnt/wslg/PulseServer`.",
            zh="声音输出位置；WSLg 设为 `unix:/mnt/wslg/PulseServer`。",
        ),
    ),
    Variable(
        "GALLIUM_DRIVER",
        Message(
            en="Mesa's driver for OpenGL: `d3d12` is the GPU in WSL, `llvmpipe` software. CUDA does not look at it.",
            zh="Mesa 的 OpenGL 驱动：`d3d12` 为 WSL 中的 GPU，`llvmpipe` 为软件渲染。对 CUDA 无影响。",
        ),
    ),
    Variable(
        "MESA_D3D12_DEFAULT_ADAPTER_NAME",
        Message(
            en="The GPU that OpenGL takes, by the beginning of its name: `NVIDIA`. CUDA does not look at it.",
            zh="OpenGL 使用的 GPU，按名称开头匹配，如 `NVIDIA`。对 CUDA 无影响。",
        ),
    ),
    Variable("LIBGL_ALWAYS_SOFTWARE", Message(en='`"1"`: OpenGL without a GPU.', zh='`"1"`：OpenGL 不使用 GPU。')),
    Variable("GDK_BACKEND", Message(en="`x11` or `wayland`, for GTK alone.", zh="`x11` 或 `wayland`，仅用于 GTK。")),
    Variable(
        "QT_QPA_PLATFORM",
        Message(
            en="How Qt draws: `xcb` or `wayland`; other toolkits do not look at it.",
            zh="Qt 的显示方式：`xcb` 或 `wayland`；其他工具包不读取。",
        ),
    ),
    Variable(
        "SDL_VIDEODRIVER",
        Message(en="How SDL draws; other toolkits do not look at it.", zh="SDL 的显示方式；其他工具包不读取。"),
    ),
    Variable(
        "WEBKIT_DISABLE_DMABUF_RENDERER",
        Message(
            en='`"1"`: WebKitGTK (Wails, Tauri) without DMA buffers.',
            zh='`"1"`：WebKitGTK（Wails、Tauri）不使用 DMA 缓冲区。',
        ),
    ),
    Variable(
        "WEBKIT_DISABLE_COMPOSITING_MODE",
        Message(
            en='`"1"`: WebKitGTK (Wails, Tauri) without accelerated compositing.',
            zh='`"1"`：WebKitGTK（Wails、Tauri）不使用加速合成。',
        ),
    ),
)
BY_NAME = {variable.name: variable for variable in VARIABLES}
