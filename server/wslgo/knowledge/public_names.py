"""Names that reveal nothing about a person or a company; a recorded machine keeps only these.

Each set belongs to one place (folders, URLs, commands, ...), because a word that is public in one may be a project's
name in another. All are in lower case; digits at the end do not count (`go1`, `cuda12`). Collected 2026-11.
"""

# Our own placeholders, so that a recorded machine can be recorded again, and words that are values everywhere.
_EVERYWHERE = """
    user host name folder distribution example path comment redacted xxxxx https http socks socks5 file ssh git ftp
    true false on off yes no none null auto default enabled disabled localhost loopback
"""

FOLDERS = frozenset(
    (
        _EVERYWHERE
        + """
    bin sbin lib lib32 lib64 libexec share usr local etc var opt mnt media srv proc sys dev run tmp root home boot init
    log spool state cache config wsl wslg wslconfig conf drivers distro x11 unix resolve systemd stub resolv
    profile bashrc bash login zshrc zshenv zprofile env environment d sh fish functions
    go gopath gocode gocache golang sdk pkg mod src work workspace cache build gobin goenv toolchain sumdb download
    dlv gopls staticcheck delve nvcc gcc g clang cc cxx ar as ld python perl
    snap brew linuxbrew nix store asdf mise shims installs gvm goenv versions version current
    vscode server remote insiders cursor windsurf code extensions data oss
    nvidia smi cuda targets x86 linux aarch64 amd64 arm64 stubs libcuda libnvidia ml so pulseserver wayland
    c d e mnt windows system32 system wbem windowspowershell openssh users public appdata local roaming programs program
    files x86 microsoft vs windowsapps docker desktop resources git cmd docs documents downloads desktop saved games
    bzimage vmlinux vmlinuz kernel modules swap vhdx vhd img dumps crash crashes initrd linux
    container containers volumes projects repos repo
    sda sdb sdc sdd sde sdf sdg sdh nvme0n1 loop
"""
    ).split()
)

URL_PATHS = frozenset(
    (
        _EVERYWHERE
        + """
    go goproxy golang mod proxy api v artifactory repository repositories repo nexus athens sumdb lookup cached only
    dl goroot public group all modules
"""
    ).split()
)

# What the WSL files say, beside their keys and values.
SETTINGS = frozenset(
    (
        _EVERYWHERE
        + """
    kb mb gb tb k m g t b i byte bytes nat bridged mirrored consomme virtioproxy gradual dropcache
    sysctl vm swappiness vfs cache pressure overcommit memory max map count net ipv4 ipv6 conf all disable fs inotify
    watches instances ip forward core somaxconn
    service start restart stop docker dockerd containerd ssh sshd cron crond postgresql redis nginx systemctl
    mount umount bind t o ro rw cifs nfs ext4 drvfs tmpfs bin sbin usr local etc var run mnt dev null sh bash c x
    echo sudo su root w e w set mkdir p chmod chown ln s cp mv rm sleep nohup exec ip addr add link up route eth lo
    wsl boot command
    initrd img panic nr cpus nr_cpus hv_utils timesync_implicit console hvc pty legacy_count debug quiet loglevel
    wsl_root_init wsl_enable_crash_dump cgroup_no_v cgroup unified_cgroup_hierarchy systemd legacy_systemd_cgroup_controller
    vsyscall emulate native xonly swiotlb mitigations transparent_hugepage always madvise never apparmor security
    selinux lsm amd_iommu intel_iommu pci noacpi nosmt hugepages hugepagesz audit zswap net ifnames biosdevname
    transparent max_map_count swappiness vfs_cache_pressure overcommit_memory max_user_watches max_user_instances
    disable_ipv6 ip_forward tcp_keepalive_time
    drwx users home windows program files programdata appdata system32 drivers
    bzimage vmlinux kernel modules vhdx vhd
"""
    ).split()
)

# Values and flags of Go variables and compilers, and the words in which go rejects them.
GO = frozenset(
    (
        _EVERYWHERE
        + """
    direct off local path amd64 arm64 arm x86 i386 linux windows darwin freebsd js wasm wasip softfloat hardfloat sse
    v netrc git vendor readonly mod modcacherw trimpath buildvcs tags race msan asan cover covermode atomic count set
    ldflags gcflags asmflags all w s x n extldflags buildmode pie exe archive shared plugin overlay compiler gc gccgo
    p o l timeout parallel json insecure modfile work toolexec
    gcc g clang cc cxx ar ld gfortran pkg config ccache distcc usr bin local lib include lib64 targets stubs cuda
    o2 o3 og os g fpic fpie fstack protector strong werror wall wextra wl rpath std c99 c11 c17 gnu99 gnu11 gnu17 march mtune
    native mavx pthread static lm ldl lpthread lcuda lcudart lnvrtc lcublas lstdc lnvidia ml fsanitize address
    fno omit frame pointer dynamic soname isystem
    golang org google cn sum proxy com dev io goproxy aliyun mirrors
    go goproxy gosumdb goprivate gonoproxy gonosumdb goinsecure goflags gotoolchain goroot gopath gocache gomodcache
    gobin gotmpdir goos goarch goamd64 goarm goexperiment godebug goenv gowork goauth govcs gomod go111module cgo_enabled
    cgo_cflags cgo_cppflags cgo_cxxflags cgo_fflags cgo_ldflags cgo
    cannot find main module command not found unknown toolchain version invalid value for flag parsing error errors malformed
    but see help to create a modules use the of in is are be must have has and or with without from this that it its
    requires running build constraints exclude files no such file directory permission denied module lookup disabled
    by missing binary reading read line loading download downloading network unreachable connection refused timed out
    dial tcp i o timeout tls failed verify certificate signed authority x509 standard library package std
    newer than unsupported pair argument list undefined defined provided variable environment setting settings
    default absolute relative entry non empty mode outside available
    netdns http2client http2server x509ignorecn gctrace asyncpreemptoff madvdontneed
    exec format exit status output ended start does answer within seconds sigsegv sigill sigbus sigabrt sigkill sigtrap
    non flag entry start shell metacharacter
    rangefunc aliastypeparams loopvar boringcrypto greenteagc jsonv synctest
"""
    ).split()
)

# Distributions, kernels, file systems, graphics cards, sockets: what programs of the system call themselves.
SYSTEM = frozenset(
    (
        _EVERYWHERE
        + """
    ubuntu debian kali linux opensuse suse sles leap tumbleweed fedora almalinux rocky oracle red hat enterprise
    arch archlinux alpine nixos gentoo void docker desktop data podman machine rancher container
    lts gnu bookworm bullseye trixie sid noble jammy focal resolute rolling remix pengwin
    microsoft standard wsl generic
    apt get dnf zypper pacman apk
    amd64 arm64 arm 386 riscv64 ppc ppc64 s390x loong64 mips
    ext xfs btrfs zfs tmpfs devtmpfs proc sysfs cgroup overlay overlayfs rootfs wslfs lxfs drvfs p virtiofs nfs cifs smb
    smb3 fuse fuseblk fusectl squashfs iso vfat exfat ntfs hugetlbfs mqueue binfmt_misc debugfs tracefs securityfs
    devpts
    nat bridged mirrored consomme virtioproxy
    nvidia geforce rtx gtx quadro tesla titan laptop gpu ti super max q ada generation mobile design with series
    blackwell pro server edition workstation amd radeon intel arc graphics
    unix tcp mnt wslg pulseserver wayland display run user tmp x
    d3d12 d3d12_dri llvmpipe softpipe swrast libgl always software gallium driver true
    vs code cursor windsurf vscodium insiders server oss
    ms vscode golang go nsight edition
    devel beta rc release build
"""
    ).split()
)

# What nvidia-smi says when it fails.
NVIDIA_SMI = SYSTEM | frozenset(
    (
        _EVERYWHERE
        + """
    smi has failed because it couldn t communicate make sure that the latest driver is installed and running
    initialize nvml error unknown library version mismatch no devices were found unable to determine device handle for
    gpu is lost insufficient permissions exit code not loaded function
"""
    ).split()
)

# Hosts that every module or toolchain may come from, and names that the system itself gives.
HOSTS = frozenset(
    [
        "proxy.golang.org",
        "sum.golang.org",
        "index.golang.org",
        "golang.org",
        "go.dev",
        "pkg.go.dev",
        "goproxy.cn",
        "goproxy.io",
        "proxy.golang.com.cn",
        "mirrors.aliyun.com",
        "repo.huaweicloud.com",
        "mirrors.cloud.tencent.com",
        "goproxy.bj.bcebos.com",
        "sum.golang.google.cn",
        "golang.google.cn",
        "github.com",
        "gitlab.com",
        "gitee.com",
        "bitbucket.org",
        "gopkg.in",
        "localhost",
        "host.docker.internal",
        "wsl.localhost",
        "wsl$",
    ]
)

# Accounts that a system comes with.
USERS = frozenset(
    {"root", "user", "ubuntu", "debian", "vscode", "admin", "administrator", "public", "default", "all users"}
)

# Programs that git and docker start for logins.
CREDENTIALS = SYSTEM | frozenset(
    [
        *("store", "cache", "manager", "manager-core", "desktop", "desktop.exe", "exe", "wincred", "wincred.exe"),
        *("libsecret", "secretservice", "pass", "ecr-login", "gcloud", "acr-env", "osxkeychain", "oauth", "timeout"),
    ]
)
