"""The pieces of the generated script, for any POSIX shell; `@WORDS@` are filled in by `script.py`."""

# Written once; then these lines belong to the user.
HEAD = """\
#!/bin/sh
# The checks of this repository, the same in CI and on a developer's machine:
#   sh @PATH@           run all steps
#   sh @PATH@ vet test  run these steps
#   sh @PATH@ list      print the names of the steps
"""
OWN = """
# Your own steps: write a function step_NAME for each, and NAME here.
own_steps=''
# Paths of packages that are not built and not tested, one a line.
own_left_out=''

"""

BEGINNING = """\
# shellcheck disable=SC2317,SC2329 # the steps are called by their names
set -u
cd "$(dirname "$0")/.." || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
record=${GO_CI_RECORD:-}
case $record in '' | /*) ;; *) record=$PWD/$record ;; esac
[ -z "$record" ] || mkdir -p "$record" || exit 2
"""

# Passwords in addresses and what -X puts into a program are left out.
FUNCTIONS = r"""
# Add standard input to a file of the record, without secrets.
keep() {
  if [ -n "$record" ]; then
    sed -e 's#//[^/@" ]*@#//***@#g' -e 's#\(-X[ =][^= "]*=\)[^ "]*#\1***#g' >>"$record/$1"
  else
    cat >/dev/null
  fi
}

# Call a function in the folder of a module.
in_module() (
  cd "$1" || exit
  shift
  "$@"
)

# Run a command on the packages of this module, if it has any, but not on those in $left_out.
on_packages() {
  packages=$(go list ./...) || return
  if [ -n "$left_out" ]; then
    printf '%s\n' "$packages" | grep -xF "$left_out" | sed 's/^/left out: /'
    packages=$(printf '%s\n' "$packages" | grep -vxF "$left_out")
  fi
  [ -n "$packages" ] || return 0
  # shellcheck disable=SC2086 # paths of packages have no spaces
  "$@" $packages
}
"""
ALONE = """
# As in_module, for a module that go.work does not name.
alone() (
  export GOWORK=off
  in_module "$@"
)
"""

WITHOUT_CUDA = r"""
# Without the CUDA toolkit these do not build, and without a GPU their tests cannot run.
cuda_packages=@CUDA@
gpu_packages=@GPU@
choose_built() {
  left_out=$own_left_out
  if ! command -v nvcc >/dev/null 2>&1 && [ ! -e /usr/local/cuda/include/cuda.h ]; then
    left_out=$(printf '%s\n' "$left_out" "$cuda_packages" | sed '/^$/d')
  fi
}
choose_tested() {
  choose_built
  if [ ! -e /dev/nvidiactl ] && [ ! -e /usr/lib/wsl/lib/libcuda.so.1 ]; then
    left_out=$(printf '%s\n' "$left_out" "$gpu_packages" | sed '/^$/d')
  fi
}
"""
WITHOUT_NOTHING = """
choose_built() { left_out=$own_left_out; }
choose_tested() { left_out=$own_left_out; }
"""

VERSION = """
step_version() {
  go version || return
  [ -z "$record" ] || rm -f "$record/@COMMIT@" "$record/@ENVIRONMENT@"
  git rev-parse HEAD 2>/dev/null | keep @COMMIT@
  go env -json @NAMES@ | keep @ENVIRONMENT@
}
"""

PACKAGES = """
# Only for CI: the C libraries that the code is built against, on Debian and Ubuntu.
step_packages() {
  as_root=
  [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \\
      @PACKAGES@
}
"""

VERIFY_MODULE = """
verify_module() { go mod download && go mod verify; }
"""
VERIFY_VENDORED = """
verify_vendored() { go mod verify; }
"""

TIDY_MODULE = """
tidy_module() { go mod tidy -diff; }
"""
# For Go before 1.23, which has no -diff: a copy is made tidy, so that nothing in the repository changes.
TIDY_COPY = """
tidy_module() (
  export GOWORK=off
  cp go.mod "$work/tidy.mod" || exit
  : >"$work/tidy.sum"
  [ ! -e go.sum ] || cp go.sum "$work/tidy.sum" || exit
  cp "$work/tidy.sum" "$work/before.sum" || exit
  go mod tidy -modfile="$work/tidy.mod" || exit
  diff -u go.mod "$work/tidy.mod" && diff -u "$work/before.sum" "$work/tidy.sum"
)
"""

FORMAT_MODULE = r"""
format_module() {
  # shellcheck disable=SC2016 # these are for go list
  files='{{range .}}{{$d}}/{{.}}{{"\n"}}{{end}}'
  # shellcheck disable=SC2016
  template='{{$d := .Dir}}'
  for kind in GoFiles CgoFiles TestGoFiles XTestGoFiles IgnoredGoFiles; do
    template="$template{{with .$kind}}$files{{end}}"
  done
  go list -e -f "$template" ./... >"$work/listed" || return
  # Generated files are as their generators leave them.
  sed '/^$/d' "$work/listed" | tr '\n' '\0' |
    xargs -0 -r grep -LE '^// Code generated .* DO NOT EDIT\.$' >"$work/written"
  tr '\n' '\0' <"$work/written" | xargs -0 -r "$(go env GOROOT)/bin/gofmt" -l >"$work/unformatted" || return
  [ -s "$work/unformatted" ] || return 0
  echo 'not formatted, run gofmt -w on:'
  sed "s#^$PWD/##" "$work/unformatted"
  return 1
}
"""

VET_MODULE = """
vet_module() {
  choose_built
  on_packages go vet
}
"""

BUILD_MODULE = r"""
build_module() {
  choose_built
  on_packages go build -o /dev/null || return
  [ -n "$record" ] || return 0
  programs=$(go list -f '{{if eq .Name "main"}}{{.ImportPath}}{{end}}' ./...) || return
  for program in $programs; do
    if [ -n "$left_out" ] && printf '%s\n' "$left_out" | grep -qxF "$program"; then continue; fi
    go build -o "$work/program" "$program" || return
    go version -m "$work/program" | keep @PROGRAMS@
  done
}
"""

TEST_MODULE = r"""
# The race detector needs cgo, a C compiler and one of these systems.
race() {
  case "$(go env GOOS)/$(go env GOARCH)" in
    linux/amd64 | linux/arm64 | linux/ppc64le | linux/s390x) ;;
    *) return ;;
  esac
  compiler=$(go env CC)
  if [ "$(go env CGO_ENABLED)" = 1 ] && command -v "${compiler%% *}" >/dev/null 2>&1; then echo -race; fi
}
test_module() {
  choose_tested
  on_packages test_packages
}
# The results of single tests that pass are only in the record.
test_packages() {
  # shellcheck disable=SC2046 # one word or none
  {
    go test -v $(race) "$@" 2>&1
    echo $? >"$work/status"
  } | tee "$work/results" | grep -Ev '^(=== (RUN|PAUSE|CONT|NAME) |[[:space:]]*--- PASS: |PASS$)'
  grep -E '^(--- (PASS|FAIL|SKIP): |(ok  |FAIL|[?]   )[[:space:]])' "$work/results" | keep @TESTS@
  return "$(cat "$work/status")"
}
"""

TOOLS_MODULE = """
tools_module() { go build -o /dev/null tool; }
"""

RUN = """\
run_step() {
  echo "== $1"
  began=$(date +%s)
  result=ok
  "step_$1" || result=failed
  echo "$1 $(($(date +%s) - began)) $result" | keep @STEPS@
  [ "$result" = ok ]
}

if [ "${1:-}" = list ]; then
  # shellcheck disable=SC2086 # names
  printf '%s\\n' $steps $own_steps
  exit
fi
if [ $# = 0 ]; then
  # shellcheck disable=SC2086 # names
  set -- $steps $own_steps
  [ -z "$record" ] || (cd "$record" && rm -f @FILES@)
fi
failed=
for step in "$@"; do
  case " $steps $own_steps packages " in
    *" $step "*) run_step "$step" || failed="$failed $step" ;;
    *)
      echo "there is no step $step: see sh $0 list" >&2
      exit 2
      ;;
  esac
done
[ -z "$failed" ] || {
  echo "failed:$failed" >&2
  exit 1
}
"""
