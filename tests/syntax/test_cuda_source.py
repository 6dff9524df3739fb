"""Lines of a `.cu` file that run on the GPU."""

import pytest

from wslgo.syntax.cuda_source import device_function_at

SOURCE = """#include "add.h" // __global__ void no() {
/* __global__ void neither() {
} */
const char *text = "__global__ void nor() { \\" }";
__global__ void declared(int *);
__device__ int counter;

template <typename T>
__global__ void __launch_bounds__(256, 2)
add(T *to, const T *from)
{
  if (from) { *to += '{'; }
}

static __device__ __forceinline__ int half(int x) { return x / 2; }

void launch(int *a) {
  add<<<1, 1>>>(a, a);
}
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *((line, None) for line in (0, 1, 2, 3, 4, 5, 6, 13, 15, 16, 17, 18, 19, 99)),
        *((line, ("add", True)) for line in (8, 9, 10, 11, 12)),
        (14, ("half", False)),
    ],
)
def test_the_function_of_a_line(line: int, expected: tuple[str, bool] | None) -> None:
    found = device_function_at(SOURCE, line)
    assert (None if found is None else (found.name, found.is_kernel)) == expected


def test_text_without_an_end() -> None:
    for text in ("__global__", "__global__ void f(", "__global__ void f() {", '__global__ "', "/*", "__device__ }"):
        device_function_at(text, 0)
    assert device_function_at("__global__ void f() {\n\n", 1) is not None
