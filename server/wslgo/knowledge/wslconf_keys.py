"""The keys of `wsl.conf` (microsoft/WSL, src/linux/init/WslDistributionConfig.cpp at 3e27a6a5, 2026-08)."""

from wslgo.knowledge.wsl_key import WINDOWS_11, Key, Kind, Status
from wslgo.text.message import Message

KEYS = (
    Key(
        "automount",
        "enabled",
        Kind.BOOL,
        default="true",
        about=Message(en="Mounts fixed Windows drives at start", zh="启动时挂载 Windows 的固定驱动器"),
        notes=(
            Message(
                en="cloud-init on WSL and many dev setups need it on",
                zh="WSL 上的 cloud-init 和许多开发环境都需要启用它",
            ),
        ),
        since="Windows 10 build 17093",
    ),
    Key(
        "automount",
        "root",
        Kind.STRING,
        default=Message(en="/mnt (a trailing slash is added)", zh="/mnt（末尾会补上斜杠）"),
        about=Message(en="Folder under which drives, wsl and wslg are mounted", zh="驱动器、wsl 和 wslg 的挂载文件夹"),
        notes=(
            Message(
                en="Changing it moves /mnt/wsl and /mnt/wslg too, with the target of resolv.conf and the WSLg sockets",
                zh="更改后 /mnt/wsl 和 /mnt/wslg 也会移动，resolv.conf 的链接目标和 WSLg 的套接字随之改变",
            ),
            Message(en="An empty value becomes /", zh="空值等于 /"),
            Message(en="No check that it is absolute", zh="不会检查是否为绝对路径"),
        ),
        since="Windows 10 build 17093",
    ),
    Key(
        "automount",
        "options",
        Kind.STRING,
        default="",
        about=Message(
            en="Comma separated DrvFs mount options appended to noatime,uid,gid",
            zh="以逗号分隔的 DrvFs 挂载选项，追加在 noatime,uid,gid 之后",
        ),
        notes=(
            Message(
                en="Unchecked; DrvFs has uid, gid, umask, fmask, dmask, metadata, case and symlinkroot",
                zh="不做检查；DrvFs 的选项有 uid、gid、umask、fmask、dmask、metadata、case 和 symlinkroot",
            ),
            Message(
                en="umask, fmask and dmask are octal here, unlike filesystem.umask",
                zh="umask、fmask、dmask 在这里按八进制处理，与 filesystem.umask 不同",
            ),
            Message(en="case=force becomes case=dir on WSL 2", zh="在 WSL 2 上 case=force 会降为 case=dir"),
            Message(en="A # outside quotes truncates it", zh="双引号之外的 # 会截断该值"),
        ),
        since="Windows 10 build 17093",
    ),
    Key(
        "automount",
        "mountFsTab",
        Kind.BOOL,
        default="true",
        about=Message(en="Processes /etc/fstab at start", zh="启动时处理 /etc/fstab"),
        notes=(Message(en="A broken fstab gives a warning on every start", zh="fstab 有错误时每次启动都会给出警告"),),
        since="Windows 10 build 17093",
    ),
    Key(
        "automount",
        "ldconfig",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Writes /etc/ld.so.conf.d/ld.wsl.conf and runs ldconfig so that the GPU libraries are found",
            zh="写入 /etc/ld.so.conf.d/ld.wsl.conf 并运行 ldconfig，使系统能找到 GPU 库",
        ),
        notes=(
            Message(
                en="false hides the CUDA libraries in /usr/lib/wsl/lib from the loader unless LD_LIBRARY_PATH is set",
                zh="设为 false 后，除非设置 LD_LIBRARY_PATH，否则加载器找不到 /usr/lib/wsl/lib 中的 CUDA 库",
            ),
        ),
        is_documented=False,
    ),
    Key(
        "automount",
        "cgroups",
        Kind.ENUM,
        default="v2",
        about=Message(
            en="cgroup hierarchy mounted in the distribution (WSL 2)", zh="发行版中挂载的 cgroup 版本（WSL 2）"
        ),
        notes=(
            Message(
                en="v1 needs wsl2.isolateDistroCgroup=false, and becomes v2 if the kernel command line disables v1",
                zh="v1 需要 wsl2.isolateDistroCgroup=false；内核命令行禁用 v1 时会退回 v2",
            ),
        ),
        values=(
            "v1",
            "v2",
        ),
        since="WSL 2.7.0",
        is_documented=False,
        since_wsl=(2, 7, 0),
    ),
    Key(
        "filesystem",
        "umask",
        Kind.INT,
        default="0022",
        about=Message(en="umask of processes started by init", zh="由 init 启动的进程的 umask"),
        notes=(
            Message(
                en="Read with automatic base: 22 is decimal twenty-two, 022 or 0022 is meant",
                zh="自动判断进制：22 是十进制的二十二，应写成 022 或 0022",
            ),
        ),
        since="Insider build 18945",
        is_documented=False,
    ),
    Key(
        "interop",
        "appendWindowsPath",
        Kind.BOOL,
        default="true",
        about=Message(en="Appends the Windows PATH to $PATH", zh="把 Windows 的 PATH 追加到 $PATH"),
        notes=(
            Message(
                en="A long Windows PATH on 9p makes finding commands slow, and may run the go.exe of Windows",
                zh="很长的 Windows PATH 会拖慢命令查找（经由 9p），还可能意外用到 Windows 的 go.exe",
            ),
        ),
        since="Windows 10 build 17713 / 1809",
    ),
    Key(
        "interop",
        "enabled",
        Kind.BOOL,
        default="true",
        about=Message(en="Allows starting Windows programs", zh="允许启动 Windows 程序"),
        notes=(
            Message(
                en="The code command and whatever else calls Windows programs depend on it",
                zh="code 命令以及其他调用 Windows 程序的工具都依赖它",
            ),
        ),
        since="Windows 10 build 17713 / 1809",
    ),
    Key(
        "network",
        "generateHosts",
        Kind.BOOL,
        default="true",
        about=Message(en="Regenerates /etc/hosts at start", zh="启动时重新生成 /etc/hosts"),
        since="Windows 10 build 17093",
    ),
    Key(
        "network",
        "generateResolvConf",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Links /etc/resolv.conf to the file WSL generates", zh="把 /etc/resolv.conf 链接到 WSL 生成的文件"
        ),
        notes=(Message(en="false defeats DNS tunneling too", zh="设为 false 也会使 DNS 隧道的配置失效"),),
        since="Windows 10 build 17093",
    ),
    Key(
        "network",
        "hostname",
        Kind.STRING,
        default=Message(en="Windows host name", zh="Windows 主机名"),
        about=Message(en="Host name of the distribution", zh="发行版的主机名"),
        notes=(
            Message(
                en="Letters, digits, single hyphens, at most one dot, 64 characters; the rest is dropped in silence",
                zh="只保留字母、数字、单个连字符和至多一个点，最长 64 个字符；其余会被静默去掉",
            ),
        ),
    ),
    Key(
        "time",
        "useWindowsTimezone",
        Kind.BOOL,
        default="true",
        about=Message(en="Follows the Windows time zone", zh="跟随 Windows 的时区"),
    ),
    Key(
        "fileServer",
        "enabled",
        Kind.BOOL,
        default="true",
        about=Message(en="Runs the 9p server of \\\\wsl.localhost", zh="运行 \\\\wsl.localhost 背后的 9p 服务器"),
        notes=(
            Message(
                en="false breaks access from Windows Explorer and editors on Windows",
                zh="设为 false 后，Windows 资源管理器和 Windows 上的编辑器将无法访问文件",
            ),
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "fileServer",
        "logFile",
        Kind.STRING,
        default="",
        about=Message(en="Log file of the 9p server", zh="该 9p 服务器的日志文件"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "fileServer",
        "logLevel",
        Kind.INT,
        default="4",
        about=Message(en="Log level of the 9p server (4 is information)", zh="该 9p 服务器的日志级别（4 表示信息）"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "fileServer",
        "logTruncate",
        Kind.BOOL,
        default="true",
        about=Message(en="Empties that log at start", zh="启动时清空该日志"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "gpu",
        "enabled",
        Kind.BOOL,
        default="true",
        about=Message(en="Mounts the GPU driver and library shares", zh="挂载 GPU 驱动和库的共享文件夹"),
    ),
    Key(
        "gpu",
        "appendLibPath",
        Kind.BOOL,
        default="true",
        about=Message(en="Appends /usr/lib/wsl/lib to $PATH", zh="把 /usr/lib/wsl/lib 追加到 $PATH"),
        notes=(
            Message(
                en="The key is appendLibPath; appendGpuLibPath is unknown",
                zh="键名是 appendLibPath；appendGpuLibPath 是未知的键",
            ),
        ),
        is_documented=False,
    ),
    Key(
        "user",
        "default",
        Kind.STRING,
        default=Message(en="first user created, else root", zh="最先创建的用户，否则为 root"),
        about=Message(en="User used for new sessions", zh="新会话使用的用户"),
        notes=(
            Message(
                en="An unknown user is noted in the kernel log only; the session takes the registered default",
                zh="用户不存在时只会记入内核日志，会话将使用注册的默认用户",
            ),
        ),
        since="Windows 10 build 18980",
        inbox_windows=18980,
    ),
    Key(
        "boot",
        "command",
        Kind.STRING,
        default="",
        about=Message(en="Shell command run as root at start", zh="启动时以 root 身份运行的 shell 命令"),
        notes=(
            Message(en="An unquoted # truncates the command", zh="双引号之外的 # 会截断命令"),
            Message(en="Runs asynchronously; errors are not shown", zh="异步运行，不显示错误"),
        ),
        since="Windows 11 / Server 2022 (Insider 21286)",
        inbox_windows=WINDOWS_11,
    ),
    Key(
        "boot",
        "systemd",
        Kind.BOOL,
        default="false",
        about=Message(
            en="Starts /sbin/init (systemd) as PID 1 (WSL 2 only)", zh="以 PID 1 启动 /sbin/init（systemd，仅限 WSL 2）"
        ),
        notes=(
            Message(
                en="Silently off on WSL 1 or if /sbin/init is not executable",
                zh="在 WSL 1 上，或 /sbin/init 不可执行时，会被静默关闭",
            ),
        ),
        since="WSL 0.67.6",
        since_wsl=(0, 67, 6),
    ),
    Key(
        "boot",
        "initTimeout",
        Kind.INT,
        default="10000",
        about=Message(
            en="Milliseconds to wait for systemd; 0 or less means no waiting",
            zh="等待 systemd 的毫秒数；0 或负数表示不等待",
        ),
        is_documented=False,
    ),
    Key(
        "boot",
        "protectBinfmt",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Keeps systemd from removing the WSLInterop binfmt entry",
            zh="防止 systemd 删除 WSLInterop 的 binfmt 条目",
        ),
        notes=(
            Message(
                en="false can break starting Windows programs from a systemd distribution",
                zh="设为 false 后，使用 systemd 的发行版可能无法启动 Windows 程序",
            ),
        ),
    ),
    Key(
        "general",
        "guiApplications",
        Kind.BOOL,
        default=Message(en="follows .wslconfig", zh="与 .wslconfig 相同"),
        about=Message(en="Turns WSLg on or off for this distribution", zh="为此发行版打开或关闭 WSLg（图形界面）"),
        is_documented=False,
    ),
)
