"""The GPUs that run CUDA code: machine code and PTX, by compute capability and driver.

Sources: CUDA C++ Programming Guide 13.0, "Binary Compatibility", "PTX Compatibility" and "Feature Set Compiler Targets";
PTX ISA 9.0, table "PTX Release History"; CUDA release notes, table of drivers; as of 2026-11.
"""

# The branch of the driver from which on it compiles a version of PTX.
DRIVERS = {
    "7.0": 445,
    "7.1": 455,
    "7.2": 460,
    "7.3": 465,
    "7.4": 470,
    "7.5": 495,
    "7.6": 510,
    "7.7": 515,
    "7.8": 520,
    "8.0": 525,
    "8.1": 530,
    "8.2": 535,
    "8.3": 545,
    "8.4": 550,
    "8.5": 555,
    "8.6": 560,
    "8.7": 570,
    "8.8": 575,
    "9.0": 580,
}


def runs_machine_code(name: str, capability: str) -> bool:
    """Return whether a GPU ("8.9") runs code for `sm_NAME`: that of its major version, up to its minor one.

    Code with an `a` runs on this very capability, code with an `f` as code without.
    """
    code, gpu = _numbers(name), _pair(capability)
    if name.endswith("a"):
        return code == gpu
    return code[0] == gpu[0] and code[1] <= gpu[1]


def runs_ptx(target: str, capability: str) -> bool:
    """Return whether the driver can compile PTX for `compute_TARGET` to run on a GPU."""
    code, gpu = _numbers(target), _pair(capability)
    if target[-1:] in ("a", "f"):
        return runs_machine_code(target, capability)
    return code <= gpu


def is_too_new(ptx: str, driver: str) -> bool:
    """Return whether a driver (`576.02`) is too old to compile a version of PTX; False if that is not known."""
    branch, first = driver.partition(".")[0], DRIVERS.get(ptx)
    return first is not None and branch.isdecimal() and int(branch) < first


def _numbers(name: str) -> tuple[int, int]:
    """Return major and minor of `90a`: (9, 0)."""
    digits = name.rstrip("af")
    return (int(digits[:-1] or 0), int(digits[-1:])) if digits.isdecimal() else (0, 0)


def _pair(capability: str) -> tuple[int, int]:
    major, _, minor = capability.partition(".")
    return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else (0, 0)
