"""Environment variables that the CUDA driver reads, with their values.

Source: CUDA C++ Programming Guide 13.0, "CUDA Environment Variables"; core dumps: CUDA-GDB 13.0. The driver says nothing
about a name or a value that it does not know.
"""

SWITCH = ("0", "1")

# The words that each takes; () for a path, a list or a number.
VALUES: dict[str, tuple[str, ...]] = {
    "CUDA_VISIBLE_DEVICES": (),
    "CUDA_DEVICE_ORDER": ("FASTEST_FIRST", "PCI_BUS_ID"),
    "CUDA_LAUNCH_BLOCKING": SWITCH,
    "CUDA_MODULE_LOADING": ("DEFAULT", "LAZY", "EAGER"),
    "CUDA_MODULE_DATA_LOADING": ("DEFAULT", "LAZY", "EAGER"),
    "CUDA_CACHE_DISABLE": SWITCH,
    "CUDA_CACHE_MAXSIZE": (),
    "CUDA_CACHE_PATH": (),
    "CUDA_FORCE_PTX_JIT": SWITCH,
    "CUDA_DISABLE_PTX_JIT": SWITCH,
    "CUDA_FORCE_JIT": SWITCH,
    "CUDA_DISABLE_JIT": SWITCH,
    "CUDA_DEVICE_MAX_CONNECTIONS": (),
    "CUDA_DEVICE_MAX_COPY_CONNECTIONS": (),
    "CUDA_DEVICE_WAITS_ON_EXCEPTION": SWITCH,
    "CUDA_MANAGED_FORCE_DEVICE_ALLOC": SWITCH,
    "CUDA_SCALE_LAUNCH_QUEUES": (),
    "CUDA_GRAPHS_USE_NODE_PRIORITY": SWITCH,
    "CUDA_AUTO_BOOST": SWITCH,
    "CUDA_BINARY_LOADER_THREAD_COUNT": (),
    "CUDA_LOG_FILE": (),
    "CUDA_ENABLE_COREDUMP_ON_EXCEPTION": SWITCH,
    "CUDA_ENABLE_CPU_COREDUMP_ON_EXCEPTION": SWITCH,
    "CUDA_ENABLE_LIGHTWEIGHT_COREDUMP": SWITCH,
    "CUDA_ENABLE_USER_TRIGGERED_COREDUMP": SWITCH,
    "CUDA_COREDUMP_FILE": (),
    "CUDA_COREDUMP_PIPE": (),
    "CUDA_COREDUMP_SHOW_PROGRESS": SWITCH,
    "CUDA_COREDUMP_GENERATION_FLAGS": (),
}

# Names near these that build tools and other programs read.
OF_OTHERS = frozenset(
    (
        *("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDA_DIR", "CUDA_VERSION", "CUDA_ARCH", "CUDA_ARCHS", "CUDA_FLAGS"),
        *("CUDA_INC_PATH", "CUDA_LIB_PATH", "CUDA_BIN_PATH", "CUDA_TOOLKIT_ROOT_DIR", "CUDA_ARCHITECTURES"),
        *(
            "CUDA_DEVICE",
            "CUDA_DEVICES",
            "CUDA_MPS_PIPE_DIRECTORY",
            "CUDA_MPS_LOG_DIRECTORY",
            "CUDA_DEBUGGER_SOFTWARE_PREEMPTION",
        ),
    )
)
