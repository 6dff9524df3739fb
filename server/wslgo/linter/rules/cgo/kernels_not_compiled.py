"""There are `.cu` files beside this file, and nothing here compiles or links them.

`go build` compiles C, C++ and assembly of a package, but no `.cu` file, and does not report that it leaves it out. The
functions in it are then undefined when the program is linked. Compile it first, by
`nvcc -Xcompiler -fPIC -c kernels.cu -o kernels.o` and `ar rcs libkernels.a kernels.o`, and link the result:
`#cgo LDFLAGS: -L${SRCDIR} -lkernels -lcudart -lstdc++`. `wslgo launch` makes such a task.

## Example

```go path=gpu.go
package gpu

// #include "kernels.h"
import "C"
```

```cpp project path=kernels.cu
__global__ void add(int *a) { *a += 1; }
```

```go project path=gpu.go
package gpu

// #include "kernels.h"
import "C"
```

## No finding

A library is linked from the folder:

```go path=gpu.go
package gpu

// #cgo LDFLAGS: -L${SRCDIR} -lkernels -lcudart
// #include "kernels.h"
import "C"
```

```cpp project path=kernels.cu
__global__ void add(int *a) { *a += 1; }
```

```go project path=gpu.go
package gpu

import "C"
```

## No finding

A program here can build it:

```go path=gpu.go
package gpu

// #include "kernels.h"
import "C"
```

```cpp project path=kernels.cu
__global__ void add(int *a) { *a += 1; }
```

```make project path=Makefile
libkernels.so: kernels.cu
        nvcc -shared -Xcompiler -fPIC -o $@ $<
```

## No finding

NVRTC compiles what the program embeds:

```go path=gpu.go
package gpu

// #cgo LDFLAGS: -lnvrtc -lcuda
import "C"
```

```cpp project path=kernels.cu
__global__ void add(int *a) { *a += 1; }
```

```go project path=gpu.go
package gpu

import "C"
```

## No finding

Headers alone need no compiler:

```go path=gpu.go
package gpu

// #include "kernels.h"
import "C"
```

```cpp project path=kernels.cuh
__global__ void add(int *a);
```

```go project path=gpu.go
package gpu

import "C"
```
"""

from collections.abc import Iterator

from wslgo.golang.package import Package
from wslgo.golang.project import Project
from wslgo.linter.cgo_lines import flags_of_package, is_built, lines, target
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.cgo_file import SOURCE_FOLDER, CgoFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

MESSAGE = Message(
    en="go build does not compile {name}. Compile it with nvcc, and link the result by #cgo LDFLAGS",
    zh="go build 不会编译 {name}。请用 nvcc 编译，并通过 #cgo LDFLAGS 链接其结果",
)

# Names of files by which other programs build something.
_BUILDS = pattern(
    r"(?i:(?:gnu)?makefile|cmakelists\.txt|meson\.build|justfile|taskfile\.ya?ml|magefile\.go|build|build\.(?:bazel|zig))\Z"
    r"|.+\.(?:mk|sh|cmake|ninja|py|bat)\Z"
)
_COMPILES = pattern(r"//go:(?:generate|embed)|\bnvcc\b|\.cu\b|\.ptx\b|\.cubin\b|\.fatbin\b|[Nn]vrtc")


@rule(Severity.HINT, needs=("go_variables", "processor"), dimension="gpu")
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    project = scene.project
    if project is None or not is_built(file, scene):
        return
    package = project.package(project.home, target(scene))
    place = _place(file, scene)
    if package is None or place is None or not _is_first(package, scene):
        return
    kernels = [name for name in package.others if name.endswith(".cu")]
    if kernels and not _links_own(file, scene) and not _is_built_otherwise(project, package):
        yield Finding(place, MESSAGE(name=kernels[0]))


def _place(file: CgoFile, scene: Scene) -> Span | None:
    """Return the first `#cgo` line or include."""
    places = [line.span for line in lines(file, scene)] + [include.span for include in file.includes]
    return min(places, default=None)


def _is_first(package: Package, scene: Scene) -> bool:
    """Return whether a file is the first with cgo of its package: one of them has the finding."""
    name = scene.file.path.replace("\\", "/").rpartition("/")[2]
    with_cgo = [file.path.rpartition("/")[2] for file in package.files if file.head.uses_cgo]
    return not with_cgo or min(with_cgo) == name


def _links_own(file: CgoFile, scene: Scene) -> bool:
    """Return whether the package links anything that is not of the system or of CUDA."""
    flags = flags_of_package(file, scene)
    if flags is None or flags.has_pkg_config:
        return True
    words = [word for verb, word in flags.words if verb == "LDFLAGS"]
    folders = [folder for folder in flags.folders("-L") if not folder.startswith(("/usr/", "/opt/cuda"))]
    return bool(folders) or any(
        SOURCE_FOLDER in word or word == "-lnvrtc" or word.endswith((".a", ".o", ".so")) for word in words
    )


def _is_built_otherwise(project: Project, package: Package) -> bool:
    """Return whether a file of the package, or beside its go.mod, may build the kernels."""
    module = project.module_of(package.folder)
    folders = {package.folder, "", module.folder if module is not None else ""}
    names = (name for folder in folders for name in project.entries(folder).files)
    if any(_BUILDS.match(name) for name in names):
        return True
    files = (*package.files, *package.tests, *package.left_out)
    return any(project.read(file.path, _mentions_compiler) for file in files)


def _mentions_compiler(text: str) -> bool:
    return _COMPILES.search(text) is not None
