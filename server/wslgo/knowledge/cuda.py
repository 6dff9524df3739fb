"""Signs that a Go program uses CUDA: libraries, headers, pkg-config names and imports.

Sources: CUDA Toolkit documentation 12.x and 13.0 (library and header names), the pkg-config files that the toolkit
installs (`NAME-MAJOR.MINOR.pc`), package pages of the Go modules; as of 2026-08. A path like `/usr/local/cuda/lib64`
is not a sign: programs that only watch the GPU have it too.
"""

# Sets whether a kernel launch returns only when the kernel is done (CUDA C++ Programming Guide, environment variables).
LAUNCH_BLOCKING = "CUDA_LAUNCH_BLOCKING"

# A DWORD of Windows that must be 1 before cuda-gdb, compute-sanitizer and core dumps of the GPU work on WSL (CUDA-GDB
# and Compute Sanitizer documentation, 13.0).
DEBUGGER_INTERFACE = r"HKEY_LOCAL_MACHINE\SOFTWARE\NVIDIA Corporation\GPUDebugger\EnableInterface"

# The extension that brings cuda-gdb to VS Code: Nsight Visual Studio Code Edition.
NSIGHT = "nvidia.nsight-vscode-edition"

# Names after `-l`; `_static` and a version after the name are removed first. All of them launch kernels.
LIBRARIES = frozenset(
    (
        *("cuda", "cudart", "cudadevrt", "cublas", "cublasLt", "cudnn", "cufft", "cufftw", "curand", "cusparse"),
        *("cusolver", "cusolverMg", "cusparseLt", "cutensor", "nvrtc", "nvJitLink", "nvjpeg", "nccl", "nvinfer"),
        *(
            "npp",
            "nppc",
            "nppial",
            "nppicc",
            "nppidei",
            "nppif",
            "nppig",
            "nppim",
            "nppist",
            "nppisu",
            "nppitc",
            "npps",
        ),
    )
)

# The last part of what is included.
HEADERS = frozenset(
    (
        *("cuda.h", "cuda_runtime.h", "cuda_runtime_api.h", "cuda_fp16.h", "cuda_bf16.h", "device_launch_parameters.h"),
        *("cublas.h", "cublas_v2.h", "cublas_api.h", "cublasLt.h", "cublasXt.h", "cudnn.h", "cufft.h", "cufftXt.h"),
        *("curand.h", "curand_kernel.h", "cusparse.h", "cusparse_v2.h", "cusolverDn.h", "cusolverSp.h", "cusolverMg.h"),
        *("cutensor.h", "nvrtc.h", "nvJitLink.h", "nvjpeg.h", "npp.h", "nccl.h", "NvInfer.h", "cooperative_groups.h"),
    )
)

# pkg-config names without their version: `cudart-13.0`.
PACKAGES = frozenset(
    (
        *("cuda", "cudart", "cublas", "cudnn", "cufft", "cufftw", "curand", "cusparse", "cusolver", "nvrtc"),
        *("nvjitlink", "nvjpeg", "nppc", "nppi", "npps", "nccl", "cutensor"),
    )
)

# Modules and packages that launch kernels, with all below them.
IMPORTS = (
    "gorgonia.org/cu",
    "gorgonia.org/gorgonia/cuda",
    "github.com/mumax/3/cuda",
    "github.com/barnex/cuda5",
    "github.com/eitamring/gocudrv",
    "gocv.io/x/gocv/cuda",
)

# Those that cannot be built without cgo, whatever the tags; gocudrv loads the driver at run time, gorgonia needs a tag.
IMPORTS_WITH_CGO = tuple(
    path for path in IMPORTS if not path.startswith(("github.com/eitamring", "gorgonia.org/gorgonia"))
)

# What packages link whose source is not on the machine yet, with all below them (their `#cgo` lines and READMEs). The
# bindings of whisper.cpp and llama.cpp link CUDA if those were built with it.
LINKED_BY = {
    "gorgonia.org/cu": ("-lcuda",),
    "gorgonia.org/cu/blas": ("-lcublas",),
    "gorgonia.org/cu/dnn": ("-lcudnn",),
    "gorgonia.org/cu/nvrtc": ("-lnvrtc",),
    "github.com/mumax/3/cuda": ("-lcuda", "-lcufft", "-lcurand"),
    "github.com/barnex/cuda5": ("-lcuda",),
    "github.com/ggerganov/whisper.cpp/bindings/go": ("-lcublas", "-lcudart"),
    "github.com/go-skynet/go-llama.cpp": ("-lcublas", "-lcudart"),
}

# Packages that launch kernels only in a build with a tag.
IMPORTS_WITH_TAG = {"gorgonia.org/gorgonia": "cuda"}

# Packages that load shared libraries at run time; what they load is named in a string.
LOADERS = ("github.com/ebitengine/purego",)

# The NVIDIA Management Library watches temperature and memory and launches nothing.
MONITORING_LIBRARIES = frozenset(("nvidia-ml",))
MONITORING_HEADERS = frozenset(("nvml.h",))
MONITORING_PACKAGES = frozenset(("nvidia-ml",))
MONITORING_IMPORTS = ("github.com/NVIDIA/go-nvml", "github.com/mindprince/gonvml")

# Compiled by nvcc before `go build`, which does not see them.
SUFFIXES = (".cu", ".cuh")
