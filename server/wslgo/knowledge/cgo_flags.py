"""The flags that go accepts in `#cgo` lines; it rejects all others with "invalid flag in #cgo CFLAGS: ...".

Source: `security.go` in cmd/go/internal/work of go 1.26.8, read 2026-11; older releases accept less. The expressions are
Go's own, without groups and backtracking; that for files ends at the `o` of `x.obj`, so go rejects it.
"""

from collections.abc import Sequence

from wslgo.text.pattern import pattern

_COMPILER = (
    r"-D(?:[A-Za-z_][A-Za-z0-9_]*)(?:=[^@\-]*)?",
    r"-U(?:[A-Za-z_][A-Za-z0-9_]*)",
    r"-F(?:[^@\-].*)",
    r"-I(?:[^@\-].*)",
    r"-O",
    r"-O(?:[^@\-].*)",
    r"-W",
    r"-W(?:[^@,]+)",
    r"-Wa,-mbig-obj",
    r"-Wp,-D(?:[A-Za-z_][A-Za-z0-9_]*)(?:=[^@,\-]*)?",
    r"-Wp,-U(?:[A-Za-z_][A-Za-z0-9_]*)",
    r"-ansi",
    r"-f(?:no-)?asynchronous-unwind-tables",
    r"-f(?:no-)?blocks",
    r"-f(?:no-)builtin-[a-zA-Z0-9_]*",
    r"-f(?:no-)?common",
    r"-f(?:no-)?constant-cfstrings",
    r"-fdebug-prefix-map=[^@][^@=]*=[^@]+",
    r"-fdiagnostics-show-note-include-stack",
    r"-ffile-prefix-map=[^@][^@=]*=[^@]+",
    r"-fno-canonical-system-headers",
    r"-f(?:no-)?eliminate-unused-debug-types",
    r"-f(?:no-)?exceptions",
    r"-f(?:no-)?fast-math",
    r"-f(?:no-)?inline-functions",
    r"-finput-charset=(?:[^@\-].*)",
    r"-f(?:no-)?fat-lto-objects",
    r"-f(?:no-)?keep-inline-dllexport",
    r"-f(?:no-)?lto",
    r"-fmacro-backtrace-limit=(?:.+)",
    r"-fmessage-length=(?:.+)",
    r"-f(?:no-)?modules",
    r"-f(?:no-)?objc-arc",
    r"-f(?:no-)?objc-nonfragile-abi",
    r"-f(?:no-)?objc-legacy-dispatch",
    r"-f(?:no-)?omit-frame-pointer",
    r"-f(?:no-)?openmp(?:-simd)?",
    r"-f(?:no-)?permissive",
    r"-f(?:no-)?(?:pic|PIC|pie|PIE)",
    r"-f(?:no-)?plt",
    r"-f(?:no-)?rtti",
    r"-f(?:no-)?split-stack",
    r"-f(?:no-)?stack-(?:.+)",
    r"-f(?:no-)?strict-aliasing",
    r"-f(?:un)signed-char",
    r"-f(?:no-)?use-linker-plugin",
    r"-f(?:no-)?visibility-inlines-hidden",
    r"-fsanitize=(?:.+)",
    r"-fsanitize-undefined-strip-path-components=(?:-)?[0-9]+",
    r"-ftemplate-depth-(?:.+)",
    r"-ftls-model=(?:global-dynamic|local-dynamic|initial-exec|local-exec)",
    r"-fvisibility=(?:.+)",
    r"-g(?:[^@\-].*)?",
    r"-m32",
    r"-m64",
    r"-m(?:abi|arch|cpu|fpu|simd|tls-dialect|tune)=(?:[^@\-].*)",
    r"-m(?:no-)?v?aes",
    r"-marm",
    r"-mcmodel=[0-9a-z-]+",
    r"-mfloat-abi=(?:[^@\-].*)",
    r"-m(?:soft|single|double)-float",
    r"-mfpmath=[0-9a-z,+]*",
    r"-m(?:no-)?avx[0-9a-z.]*",
    r"-m(?:no-)?ms-bitfields",
    r"-m(?:no-)?stack-(?:.+)",
    r"-mmacosx-(?:.+)",
    r"-m(?:no-)?relax",
    r"-m(?:no-)?strict-align",
    r"-m(?:no-)?(?:lsx|lasx|frecipe|div32|lam-bh|lamcas|ld-seq-sa)",
    r"-mios-simulator-version-min=(?:.+)",
    r"-miphoneos-version-min=(?:.+)",
    r"-mlarge-data-threshold=[0-9]+",
    r"-mtvos-simulator-version-min=(?:.+)",
    r"-mtvos-version-min=(?:.+)",
    r"-mwatchos-simulator-version-min=(?:.+)",
    r"-mwatchos-version-min=(?:.+)",
    r"-mnop-fun-dllimport",
    r"-m(?:no-)?sse[0-9.]*",
    r"-m(?:no-)?ssse3",
    r"-mthumb(?:-interwork)?",
    r"-mthreads",
    r"-mwindows",
    r"-no-canonical-prefixes",
    r"--param=ssp-buffer-size=[0-9]*",
    r"-pedantic(?:-errors)?",
    r"-pipe",
    r"-pthread",
    r"--static",
    r"-?-std=(?:[^@\-].*)",
    r"-?-stdlib=(?:[^@\-].*)",
    r"--sysroot=(?:[^@\-].*)",
    r"-w",
    r"-x(?:[^@\-].*)",
    r"-v",
)

_LINKER = (
    r"-F(?:[^@\-].*)",
    r"-l(?:[^@\-].*)",
    r"-L(?:[^@\-].*)",
    r"-O",
    r"-O(?:[^@\-].*)",
    r"-f(?:no-)?(?:pic|PIC|pie|PIE)",
    r"-f(?:no-)?openmp(?:-simd)?",
    r"-fsanitize=(?:[^@\-].*)",
    r"-flat_namespace",
    r"-g(?:[^@\-].*)?",
    r"-headerpad_max_install_names",
    r"-m(?:abi|arch|cpu|fpu|simd|tls-dialect|tune)=(?:[^@\-].*)",
    r"-mcmodel=[0-9a-z-]+",
    r"-mfloat-abi=(?:[^@\-].*)",
    r"-m(?:soft|single|double)-float",
    r"-m(?:no-)?relax",
    r"-m(?:no-)?strict-align",
    r"-m(?:no-)?(?:lsx|lasx|frecipe|div32|lam-bh|lamcas|ld-seq-sa)",
    r"-mmacosx-(?:.+)",
    r"-mios-simulator-version-min=(?:.+)",
    r"-miphoneos-version-min=(?:.+)",
    r"-mthreads",
    r"-mwindows",
    r"-(?:pic|PIC|pie|PIE)",
    r"-pthread",
    r"-rdynamic",
    r"-shared",
    r"-?-static(?:[-a-z0-9+]*)",
    r"-?-stdlib=(?:[^@\-].*)",
    r"-v",
    r"-Wl,--(?:no-)?allow-multiple-definition",
    r"-Wl,--(?:no-)?allow-shlib-undefined",
    r"-Wl,--(?:no-)?as-needed",
    r"-Wl,-Bdynamic",
    r"-Wl,-berok",
    r"-Wl,-Bstatic",
    r"-Wl,-Bsymbolic-functions",
    r"-Wl,-O[0-9]+",
    r"-Wl,-d[ny]",
    r"-Wl,--disable-new-dtags",
    r"-Wl,-e[=,][a-zA-Z0-9]+",
    r"-Wl,--enable-new-dtags",
    r"-Wl,--end-group",
    r"-Wl,--(?:no-)?export-dynamic",
    r"-Wl,-E",
    r"-Wl,-framework,[^,@\-][^,]*",
    r"-Wl,--hash-style=(?:sysv|gnu|both)",
    r"-Wl,-headerpad_max_install_names",
    r"-Wl,--no-undefined",
    r"-Wl,--pop-state",
    r"-Wl,--push-state",
    r"-Wl,-R,?(?:[^@\-,][^,@]*)",
    r"-Wl,--just-symbols[=,](?:[^,@\-][^,@]*)",
    r"-Wl,-rpath(?:-link)?[=,](?:[^,@\-][^,]*)",
    r"-Wl,-s",
    r"-Wl,-search_paths_first",
    r"-Wl,-sectcreate,(?:[^,@\-][^,]*),(?:[^,@\-][^,]*),(?:[^,@\-][^,]*)",
    r"-Wl,--start-group",
    r"-Wl,-?-static",
    r"-Wl,-?-subsystem,(?:native|windows|console|posix|xbox)",
    r"-Wl,-syslibroot[=,](?:[^,@\-][^,]*)",
    r"-Wl,-undefined[=,](?:[^,@\-][^,]*)",
    r"-Wl,-?-unresolved-symbols=[^,]+",
    r"-Wl,--(?:no-)?warn-(?:[^,]+)",
    r"-Wl,-?-wrap[=,][^,@\-][^,]*",
    r"-Wl(?:,-z,(?:relro|now|(?:no)?execstack))+",
    r"[a-zA-Z0-9_/].*\.(?:a|o|dll|dylib|so|tbd)",
    r"\./.*\.(?:a|o|dll|dylib|so|tbd)",
)

_PKG_CONFIG = (
    r"--atleast-pkgconfig-version=\d+\.\d+\.\d+",
    r"--atleast-version=\d+\.\d+\.\d+",
    r"--cflags-only-I",
    r"--cflags",
    r"--define-prefix",
    r"--define-variable=[A-Za-z_][A-Za-z0-9_]*=[^@\-]*",
    r"--digraph",
    r"--dont-define-prefix",
    r"--dont-relocate-paths",
    r"--dump-personality",
    r"--env-only",
    r"--errors-to-stdout",
    r"--exact-version=\d+\.\d+\.\d+",
    r"--exists",
    r"--fragment-filter=[A-Za-z_][a-zA-Z0-9_]*",
    r"--ignore-conflicts",
    r"--internal-cflags",
    r"--keep-system-cflags",
    r"--keep-system-libs",
    r"--libs-only-l",
    r"--libs-only-L",
    r"--libs",
    r"--list-all",
    r"--list-package-names",
    r"--max-version=\d+\.\d+\.\d+",
    r"--maximum-traverse-depth=[0-9]+",
    r"--modversion",
    r"--msvc-syntax",
    r"--no-cache",
    r"--no-provides",
    r"--no-uninstalled",
    r"--path",
    r"--personality=(?:triplet|filename)",
    r"--prefix-variable=[A-Za-z_][a-zA-Z0-9_]*",
    r"--print-errors",
    r"--print-provides",
    r"--print-requires-private",
    r"--print-requires",
    r"--print-variables",
    r"--pure",
    r"--shared",
    r"--short-errors",
    r"--silence-errors",
    r"--simulate",
    r"--static",
    r"--uninstalled",
    r"--validate",
    r"--variable=[A-Za-z_][a-zA-Z0-9_]*",
    r"--with-path=[^@\-].*",
)

# Flags that may be followed by their argument.
_COMPILER_ARGUMENTS = frozenset(
    (
        *("-arch", "-D", "-U", "-I", "-F", "-framework", "-include", "-isysroot", "-isystem", "--sysroot", "-target"),
        "-x",
    )
)
_LINKER_ARGUMENTS = frozenset(
    (
        *("-arch", "-F", "-l", "-L", "-framework", "-isysroot", "--sysroot", "-target", "-Wl,-framework"),
        *("-Wl,-rpath", "-Wl,-R", "-Wl,--just-symbols", "-Wl,-undefined"),
    )
)

_COMPILER_FLAG = pattern(rf"(?:{'|'.join(_COMPILER)})\Z")
_LINKER_FLAG = pattern(rf"(?:{'|'.join(_LINKER)})\Z")
_PKG_CONFIG_FLAG = pattern(rf"(?:{'|'.join(_PKG_CONFIG)})\Z")
# The usual flags, so that the long expressions are seldom compiled. Go makes what follows -I and -L absolute first.
_USUAL = {
    "LDFLAGS": pattern(r"-l(?!to_library\Z)[^@\-]|-L."),
    "pkg-config": pattern(r"[^\-]"),
    "": pattern(r"-I.|-D[A-Za-z_]\w*\Z"),
}
_PUSH_STATE = "-Wl,--push-state,"


def rejected(verb: str, words: Sequence[str]) -> int | None:
    """Return which word of a `#cgo` line go rejects first; None if it accepts all."""
    if verb == "pkg-config":
        return next((count for count, word in enumerate(words) if not _is_valid(verb, word)), None)
    count = 0
    while count < len(words):
        word = words[count]
        if _is_valid(verb, word):
            count += 1
        elif word in (_LINKER_ARGUMENTS if verb == "LDFLAGS" else _COMPILER_ARGUMENTS):
            if count + 1 < len(words) and not _is_argument(word, words[count + 1]):
                return count
            count += 2  # the argument of the last flag may be on the next `#cgo` line
        else:
            return count
    return None


def _is_valid(verb: str, word: str) -> bool:
    if _USUAL.get(verb, _USUAL[""]).match(word):
        return True
    if verb == "pkg-config":
        return _PKG_CONFIG_FLAG.match(word) is not None
    if verb != "LDFLAGS":
        return _COMPILER_FLAG.match(word) is not None
    if word.startswith(_PUSH_STATE):
        return all(_LINKER_FLAG.match(f"-Wl,{part}") for part in word.split(",")[1:])
    return word != "-lto_library" and _LINKER_FLAG.match(word) is not None


def _is_argument(flag: str, word: str) -> bool:
    """Return whether a word can be the argument of a flag (`SafeArg` of go)."""
    if flag in ("-I", "-L"):
        return True
    if flag.startswith("-Wl,") and word.startswith("-Wl,"):
        return "," not in word[4:] and _is_safe(word[4:])
    return _is_safe(word)


def _is_safe(word: str) -> bool:
    first = word[:1]
    return first > "\x7f" or first.isalnum() or first in (".", "_", "/")
