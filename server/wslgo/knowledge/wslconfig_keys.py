"""The keys of `.wslconfig` (microsoft/WSL, src/windows/common/WslCoreConfig.cpp at 3e27a6a5, 2026-08)."""

from wslgo.knowledge.wsl_key import WINDOWS_10_21H2, WINDOWS_11, WINDOWS_11_22H2, Key, Kind, Status
from wslgo.text.message import Message

# What follows when nothing is found at a path (WslCoreVm.cpp): these stop every start, the swap disk is done without.
FATAL_WHEN_MISSING = frozenset(("kernel", "kernelModules", "systemDistro"))
_NO_START = Message(en="no WSL 2 distribution starts", zh="所有 WSL 2 发行版都无法启动")
_NOT_FOUND = Message(en="WSL does not find the place", zh="WSL 找不到该位置")
WHEN_MISSING = {
    "kernel": _NO_START,
    "kernelModules": _NO_START,
    "systemDistro": _NO_START,
    "swapFile": Message(en="the machine runs without swap", zh="虚拟机将在没有交换空间的情况下运行"),
    "debugConsoleLogFile": _NOT_FOUND,
    "crashDumpFolder": _NOT_FOUND,
    "distributionInstallPath": _NOT_FOUND,
}

# BridgedNetworking.cpp reads all but the last one only in bridged mode, and WSL warns about the last one.
WITHOUT_EFFECT_WHEN_MIRRORED = ("vmSwitch", "macAddress", "dhcp", "dhcpTimeout", "ipv6", "localhostForwarding")

KEYS = (
    Key(
        "wsl2",
        "kernel",
        Kind.PATH,
        default=Message(en="Microsoft kernel shipped with WSL", zh="WSL 自带的微软内核"),
        about=Message(en="Windows path of a custom kernel image to boot", zh="要启动的自定义内核映像的 Windows 路径"),
        notes=(
            Message(
                en="A path that does not exist is fatal: no WSL 2 distribution starts (WSL_E_CUSTOM_KERNEL_NOT_FOUND)",
                zh="路径不存在是致命错误：所有 WSL 2 发行版都无法启动（WSL_E_CUSTOM_KERNEL_NOT_FOUND）",
            ),
            Message(en="Machine policy can forbid it", zh="计算机策略可以禁用此项"),
        ),
        since="Windows 10 build 18945 (Insider); documented from build 19041",
    ),
    Key(
        "wsl2",
        "kernelCommandLine",
        Kind.STRING,
        default="",
        about=Message(
            en="Extra arguments appended at the end of the kernel command line", zh="追加到内核命令行末尾的参数"
        ),
        notes=(
            Message(
                en="An unquoted # starts a comment and truncates the value",
                zh="未加双引号的 # 会被当作注释，截断后面的内容",
            ),
            Message(en="Machine policy can forbid it", zh="计算机策略可以禁用此项"),
        ),
        since="Windows 10 build 18995 (Insider)",
    ),
    Key(
        "wsl2",
        "kernelModules",
        Kind.PATH,
        default=Message(
            en="modules.vhd shipped with WSL (only with the default kernel)",
            zh="WSL 自带的 modules.vhd（仅用于默认内核）",
        ),
        about=Message(
            en="Windows path of a VHD holding the modules of the custom kernel",
            zh="存放自定义内核模块的 VHD 的 Windows 路径",
        ),
        notes=(Message(en="Setting it without wsl2.kernel is fatal", zh="未设置 wsl2.kernel 而只设置此项是致命错误"),),
        since="WSL 2.5.1 (2.4.x read this key as a boolean)",
        since_wsl=(2, 5, 1),
    ),
    Key(
        "wsl2",
        "memory",
        Kind.SIZE,
        default=Message(en="50% of host memory", zh="主机内存的 50%"),
        about=Message(en="Upper limit of memory assigned to the VM", zh="分配给虚拟机的内存上限"),
        notes=(
            Message(
                en="Silently clamped to at least 256 MB and at most the host memory; 0 means the default",
                zh="会被静默限制在 256 MB 与主机内存之间；0 表示使用默认值",
            ),
            Message(en="The final value is rounded down to an even number of MiB", zh="最终值会向下取整为偶数 MiB"),
        ),
        since="Windows 10 build 18945 (Insider); documented from build 19041",
    ),
    Key(
        "wsl2",
        "processors",
        Kind.INT,
        default=Message(en="all logical processors of the host", zh="主机的全部逻辑处理器"),
        about=Message(en="Number of virtual processors", zh="虚拟处理器的数量"),
        notes=(
            Message(
                en="0 or negative silently means the default; more than the host has gives a warning and is clamped",
                zh="0 或负数会被静默当作默认值；超过主机处理器数时会给出警告并按上限截断",
            ),
        ),
        since="Windows 10 build 18945 (Insider); documented from build 19041",
    ),
    Key(
        "wsl2",
        "debugConsole",
        Kind.BOOL,
        default="false",
        about=Message(
            en="Opens a console window showing the kernel log when a distribution starts",
            zh="启动发行版时打开一个显示内核日志的控制台窗口",
        ),
        inbox_windows=WINDOWS_11,
    ),
    Key(
        "wsl2",
        "earlyBootLogging",
        Kind.BOOL,
        default=Message(
            en="false (true when a debug console or its log file is configured)",
            zh="false（配置了调试控制台或其日志文件时为 true）",
        ),
        about=Message(
            en="Captures kernel messages from before the virtio console is up",
            zh="捕获 virtio 控制台就绪之前的内核消息",
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "swap",
        Kind.SIZE,
        default=Message(en="25% of VM memory rounded up to the next GiB", zh="虚拟机内存的 25%，向上取整到 GiB"),
        about=Message(en="Size of the swap disk; 0 disables swap", zh="交换磁盘的大小；0 表示不使用交换空间"),
        notes=(
            Message(
                en="WSL 2.0.0 rejected 0GB; 2.0.1 and later accept it", zh="WSL 2.0.0 不接受 0GB；2.0.1 及以后版本接受"
            ),
        ),
        since="Windows 10 build 18945 (Insider); documented from build 19041",
    ),
    Key(
        "wsl2",
        "swapFile",
        Kind.PATH,
        default=Message(
            en="swap.vhdx in a per-VM folder of the user's temp folder",
            zh="用户临时文件夹中每个虚拟机各自文件夹里的 swap.vhdx",
        ),
        about=Message(en="Windows path of the swap disk", zh="交换磁盘的 Windows 路径"),
        notes=(
            Message(en=".vhdx is appended if missing", zh="缺少 .vhdx 扩展名时会自动补上"),
            Message(
                en="If the folder is missing, compressed or encrypted, a warning is shown and the VM runs without swap",
                zh="如果文件夹不存在、被压缩或被加密，WSL 会给出警告，虚拟机将在没有交换空间的情况下运行",
            ),
        ),
        since="Windows 10 build 18945 (Insider); documented from build 19041",
    ),
    Key(
        "wsl2",
        "localhostForwarding",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Makes ports listening in the VM reachable through localhost on Windows (NAT)",
            zh="让 Windows 能通过 localhost 访问虚拟机中监听的端口（NAT 模式）",
        ),
        notes=(
            Message(
                en="Has no effect in mirrored mode; setting it there produces a warning even when set to false",
                zh="在 mirrored 模式下无效；即使设为 false 也会给出警告",
            ),
        ),
        since="Windows 10 build 18945 (Insider); documented from build 19041",
    ),
    Key(
        "wsl2",
        "nestedVirtualization",
        Kind.BOOL,
        default=Message(en="true on x64 Windows 11, otherwise false", zh="x64 的 Windows 11 上为 true，否则为 false"),
        about=Message(
            en="Exposes virtualization extensions so VMs can run inside WSL 2",
            zh="向 WSL 2 开放虚拟化扩展，以便在其中运行虚拟机（嵌套虚拟化）",
        ),
        notes=(
            Message(
                en="On Windows 10 or unsupported CPUs a warning is shown and it is turned off",
                zh="在 Windows 10 或不支持的 CPU 上会给出警告并将其关闭",
            ),
            Message(en="Machine policy can forbid it", zh="计算机策略可以禁用此项"),
        ),
        since="Insider build 20175",
        since_windows=WINDOWS_11,
    ),
    Key(
        "wsl2",
        "virtio9p",
        Kind.BOOL,
        default="false",
        about=Message(
            en="Formerly selected virtio transport for the 9p drive mounts", zh="过去用于让 9p 驱动器挂载走 virtio 传输"
        ),
        notes=(
            Message(
                en="true only produces a warning; the setting is forced off and 9p over vsock is used",
                zh="设为 true 只会得到一条警告：该设置会被强制关闭，改用基于 vsock 的 9p",
            ),
        ),
        status=Status.DEPRECATED,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "virtiofs",
        Kind.BOOL,
        default="false",
        about=Message(
            en="Mounts Windows drives with virtiofs instead of 9p", zh="用 virtiofs 代替 9p 挂载 Windows 驱动器"
        ),
        notes=(
            Message(
                en="Changes the file system of the drives from 9p to virtiofs; programs that look for 9p miss it",
                zh="驱动器的文件系统类型会从 9p 变为 virtiofs，只按 9p 判断的程序会认不出来",
            ),
            Message(en="Ignored when wsl2.virtio is off", zh="关闭 wsl2.virtio 时会被忽略"),
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "kernelDebugPort",
        Kind.INT,
        default="0",
        about=Message(
            en="TCP port for a kernel debugger; non-zero adds kgdb arguments",
            zh="内核调试器使用的 TCP 端口；非零时会添加 kgdb 参数",
        ),
        notes=(Message(en="Machine policy can forbid it", zh="计算机策略可以禁用此项"),),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "gpuSupport",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Adds the paravirtual GPU and the driver and library shares",
            zh="添加半虚拟化 GPU 以及驱动和库的共享文件夹",
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "guiApplications",
        Kind.BOOL,
        default="true",
        about=Message(en="Turns WSLg on or off for all distributions", zh="为所有发行版打开或关闭 WSLg（图形界面）"),
        since="Windows 10 build 19044 for WSLg",
        inbox_windows=WINDOWS_10_21H2,
    ),
    Key(
        "wsl2",
        "systemDistro",
        Kind.PATH,
        default=Message(en="system.vhd shipped with WSL", zh="WSL 自带的 system.vhd"),
        about=Message(en="Path of a private system distribution image", zh="自定义系统发行版映像的路径"),
        notes=(
            Message(
                en="Must exist and end in .img or .vhd, otherwise startup fails",
                zh="文件必须存在，并以 .img 或 .vhd 结尾，否则无法启动",
            ),
            Message(en="Machine policy can forbid it", zh="计算机策略可以禁用此项"),
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "telemetry",
        Kind.BOOL,
        default=Message(en="true in official builds", zh="官方版本中为 true"),
        about=Message(en="Guest telemetry switch", zh="虚拟机内遥测的开关"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "vmIdleTimeout",
        Kind.INT,
        default="60000",
        about=Message(
            en="Milliseconds the VM may stay idle before it is shut down; negative means never",
            zh="虚拟机空闲多少毫秒后关闭；负数表示从不关闭",
        ),
        notes=(
            Message(
                en="Counts only once every distribution has stopped; general.instanceIdleTimeout keeps one alive",
                zh="所有发行版都停止后才开始计时，因此不能让发行版保持运行；参见 general.instanceIdleTimeout",
            ),
            Message(en="No time suffixes: 60s is rejected", zh="不支持时间单位：60s 会被拒绝"),
        ),
        since="Insider build 20190",
        inbox_windows=WINDOWS_11,
    ),
    Key(
        "wsl2",
        "debugConsoleLogFile",
        Kind.PATH,
        default="",
        about=Message(en="File that receives the debug console output", zh="接收调试控制台输出的文件"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "kernelBootTimeout",
        Kind.INT,
        default="30000",
        about=Message(en="Milliseconds to wait for the guest kernel to come up", zh="等待虚拟机内核启动的毫秒数"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "distributionStartTimeout",
        Kind.INT,
        default="60000",
        about=Message(en="Milliseconds to wait for a distribution to start", zh="等待发行版启动的毫秒数"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "virtio",
        Kind.BOOL,
        default=Message(en="true (on arm64 only with Windows 11)", zh="true（arm64 上仅限 Windows 11）"),
        about=Message(en="Master switch for virtio devices", zh="virtio 设备的总开关"),
        notes=(
            Message(
                en="false switches virtiofs and swiotlb off in silence; Consomme becomes NAT with a warning",
                zh="设为 false 会静默关闭 virtiofs 和 swiotlb，并使 Consomme 网络模式退回 NAT（有警告）",
            ),
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "hostFileSystemAccess",
        Kind.BOOL,
        default="true",
        about=Message(en="Allows Windows drives to be mounted in the guest", zh="允许在虚拟机中挂载 Windows 驱动器"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "mountDeviceTimeout",
        Kind.INT,
        default="5000",
        about=Message(en="Milliseconds to wait for a disk device", zh="等待磁盘设备的毫秒数"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "hardwarePerformanceCounters",
        Kind.BOOL,
        default=Message(en="true on x64, false on arm64", zh="x64 上为 true，arm64 上为 false"),
        about=Message(
            en="Exposes the CPU performance counters (perf) to the guest", zh="向虚拟机开放 CPU 性能计数器（perf）"
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "vmSwitch",
        Kind.STRING,
        default="",
        about=Message(
            en="Name of the Hyper-V switch used by bridged networking",
            zh="bridged 网络模式使用的 Hyper-V 虚拟交换机名称",
        ),
        notes=(
            Message(
                en="Required when networkingMode=bridged; a missing or unknown switch falls back to no network at all",
                zh="networkingMode=bridged 时必须设置；缺少或找不到交换机时虚拟机将没有任何网络",
            ),
        ),
        status=Status.DEPRECATED,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "macAddress",
        Kind.MAC,
        default=Message(en="random, locally administered (bridged only)", zh="随机的本地管理地址（仅桥接模式）"),
        about=Message(en="MAC address of the bridged adapter", zh="bridged 网卡的 MAC 地址"),
        notes=(
            Message(
                en="A malformed address is fatal: the VM does not start. Six hexadecimal pairs, all with : or -",
                zh="格式错误的地址是致命错误：虚拟机无法启动。应为六组十六进制数，统一用 : 或 - 分隔",
            ),
        ),
        status=Status.DEPRECATED,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "dhcp",
        Kind.BOOL,
        default="true",
        about=Message(en="Runs a DHCP client in bridged mode", zh="在 bridged 模式下运行 DHCP 客户端"),
        status=Status.DEPRECATED,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "dhcpTimeout",
        Kind.INT,
        default="5000",
        about=Message(
            en="DHCP timeout in milliseconds (bridged), rounded to seconds",
            zh="DHCP 超时毫秒数（bridged 模式），按秒取整",
        ),
        status=Status.DEPRECATED,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "ipv6",
        Kind.BOOL,
        default="false",
        about=Message(en="Enables IPv6 in bridged mode", zh="在 bridged 模式下启用 IPv6"),
        status=Status.DEPRECATED,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "dnsProxy",
        Kind.BOOL,
        default="true",
        about=Message(
            en="NAT without DNS tunneling: use the NAT DNS proxy; false copies up to three Windows DNS servers",
            zh="NAT 模式且未启用 DNS 隧道时使用 NAT 的 DNS 代理；false 则复制最多三个 Windows DNS 服务器",
        ),
        notes=(
            Message(
                en="Has no effect while dnsTunneling is active, which is the default",
                zh="启用 dnsTunneling（默认启用）时无效",
            ),
        ),
    ),
    Key(
        "wsl2",
        "safeMode",
        Kind.BOOL,
        default="false",
        about=Message(
            en="Starts WSL with most features off to repair a distribution", zh="关闭大部分功能启动 WSL，用于修复发行版"
        ),
        notes=(
            Message(
                en="Overrides kernel, swap, networking, GPU, GUI, drives; forces most switches of wsl.conf off too",
                zh="会覆盖内核、交换空间、网络、GPU、图形界面和驱动器，并关闭 wsl.conf 的大部分开关",
            ),
        ),
        since="WSL 0.66.2",
        inbox_windows=WINDOWS_11,
        since_wsl=(0, 66, 2),
    ),
    Key(
        "wsl2",
        "defaultVhdSize",
        Kind.SIZE,
        default="1 TiB (1099511627776)",
        about=Message(en="Maximum size of newly created distribution disks", zh="新建发行版磁盘的最大容量"),
        notes=(Message(en="Existing distributions are not resized", zh="不会调整已有发行版的大小"),),
    ),
    Key(
        "wsl2",
        "crashDumpFolder",
        Kind.PATH,
        default=Message(en="wsl-crashes in the user's temp folder", zh="用户临时文件夹中的 wsl-crashes"),
        about=Message(en="Where Linux crash dumps are stored", zh="Linux 崩溃转储的存放位置"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "maxCrashDumpCount",
        Kind.INT,
        default="10",
        about=Message(
            en="How many crash dumps are kept; a negative value turns collection off",
            zh="保留多少个崩溃转储；负数表示不收集",
        ),
    ),
    Key(
        "wsl2",
        "loadDefaultKernelModules",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Loads tun, ip_tables and br_netfilter at boot", zh="启动时加载 tun、ip_tables 和 br_netfilter"
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "loadKernelModules",
        Kind.STRING,
        default="",
        about=Message(
            en="Comma separated extra kernel modules to load at boot", zh="启动时额外加载的内核模块，以逗号分隔"
        ),
        notes=(
            Message(
                en="Entries are not trimmed, so a space after a comma becomes part of the module name",
                zh="各项不会去除空格，逗号后的空格会成为模块名的一部分",
            ),
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "isolateDistroCgroup",
        Kind.BOOL,
        default="true",
        about=Message(en="Puts every distribution into its own cgroup", zh="让每个发行版使用各自的 cgroup"),
        notes=(
            Message(
                en="Incompatible with automount.cgroups=v1 in wsl.conf (warning)",
                zh="与 wsl.conf 中的 automount.cgroups=v1 不兼容（会给出警告）",
            ),
        ),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "wsl2",
        "networkingMode",
        Kind.ENUM,
        default=Message(en="NAT, or the mode set by policy", zh="NAT，或由策略指定的模式"),
        about=Message(en="Network architecture of the VM", zh="虚拟机的网络模式"),
        notes=(
            Message(en="Unknown values warn and keep the default", zh="未知的值会得到警告，默认值继续生效"),
            Message(
                en="mirrored needs kernel 5.10, the Hyper-V firewall and Windows 11 22H2, else WSL warns and uses NAT",
                zh="mirrored 需要内核 5.10、Hyper-V 防火墙和 Windows 11 22H2，否则会给出警告并退回 NAT",
            ),
            Message(
                en="virtioproxy of the documentation is Consomme: VirtioProxy is an alias, wslinfo reports consomme",
                zh="文档中的 virtioproxy 就是 Consomme：VirtioProxy 是它的别名，wslinfo 显示为 consomme",
            ),
            Message(
                en="Setting it in both [wsl2] and [experimental] is a duplicate: the first one wins",
                zh="在 [wsl2] 和 [experimental] 中同时设置属于重复：以先出现的为准",
            ),
        ),
        values=(
            "None",
            "Nat",
            "Bridged",
            "Mirrored",
            "Consomme",
            "VirtioProxy",
        ),
        has_experimental_alias=True,
        since="mirrored: WSL 2.0.0 on Windows 11 22H2; bridged deprecated since WSL 2.4.5",
        since_windows=WINDOWS_11_22H2,
        since_wsl=(2, 0, 0),
        newer_values=("Mirrored",),
    ),
    Key(
        "wsl2",
        "dnsTunneling",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Answers guest DNS queries over a hypervisor socket",
            zh="通过虚拟机管理程序套接字应答虚拟机的 DNS 查询（DNS 隧道）",
        ),
        notes=(
            Message(
                en="Off in silence with networkingMode none and bridged, and while Global Secure Access runs",
                zh="网络模式为 none 或 bridged，或正在运行 Global Secure Access 客户端时，会被静默关闭",
            ),
            Message(en="Needs generateResolvConf enabled in wsl.conf", zh="需要在 wsl.conf 中启用 generateResolvConf"),
            Message(en="An invalid dnsTunnelingIpAddress turns it off", zh="dnsTunnelingIpAddress 无效时会被关闭"),
        ),
        has_experimental_alias=True,
        since="WSL 2.0.0; on by default since 2.2.1; Windows 11 22H2",
        since_windows=WINDOWS_11_22H2,
        since_wsl=(2, 0, 0),
    ),
    Key(
        "wsl2",
        "firewall",
        Kind.BOOL,
        default="true",
        about=Message(en="Applies Hyper-V firewall rules to WSL traffic", zh="对 WSL 的流量应用 Hyper-V 防火墙规则"),
        notes=(
            Message(
                en="Always on in mirrored mode whatever the file says",
                zh="在 mirrored 模式下始终启用，与文件中的设置无关",
            ),
            Message(en="Machine policy can forbid turning it off", zh="计算机策略可以禁止将其关闭"),
        ),
        has_experimental_alias=True,
        since="WSL 2.0.0; on by default since 2.0.9; Windows 11 22H2",
        since_windows=WINDOWS_11_22H2,
        since_wsl=(2, 0, 0),
    ),
    Key(
        "wsl2",
        "autoProxy",
        Kind.BOOL,
        default="true",
        about=Message(
            en="Copies the Windows HTTP proxy settings into the guest environment",
            zh="把 Windows 的 HTTP 代理设置复制到虚拟机的环境变量中",
        ),
        notes=(
            Message(
                en="In NAT mode proxies on localhost and IPv6 proxies cannot be used; WSL warns about them",
                zh="NAT 模式下无法使用 localhost 代理和 IPv6 代理，WSL 会给出警告",
            ),
        ),
        has_experimental_alias=True,
        since="WSL 2.0.0; Windows 11 22H2",
        since_windows=WINDOWS_11_22H2,
        since_wsl=(2, 0, 0),
    ),
    Key(
        "experimental",
        "autoMemoryReclaim",
        Kind.ENUM,
        default="dropCache",
        about=Message(en="How cached memory is returned to Windows", zh="如何把缓存占用的内存归还给 Windows"),
        notes=(
            Message(en="An unknown value warns and keeps dropCache", zh="未知的值会得到警告，并继续使用 dropCache"),
            Message(en="Under [wsl2] it is an unknown key", zh="写在 [wsl2] 下会被当作未知的键"),
        ),
        values=(
            "Disabled",
            "DropCache",
            "Gradual",
        ),
        since="WSL 2.0.0",
        status=Status.EXPERIMENTAL,
        since_wsl=(2, 0, 0),
    ),
    Key(
        "experimental",
        "sparseVhd",
        Kind.BOOL,
        default="false",
        about=Message(en="Creates new distribution disks as sparse files", zh="以稀疏文件的形式创建新的发行版磁盘"),
        notes=(
            Message(
                en="Ignored for now (possible data corruption); wsl --manage --set-sparse --allow-unsafe applies it",
                zh="目前会被忽略（可能损坏数据）；wsl --manage --set-sparse --allow-unsafe 才会生效",
            ),
            Message(en="Under [wsl2] it is an unknown key", zh="写在 [wsl2] 下会被当作未知的键"),
        ),
        since="WSL 2.0.0",
        status=Status.EXPERIMENTAL,
        since_wsl=(2, 0, 0),
    ),
    Key(
        "experimental",
        "bestEffortDnsParsing",
        Kind.BOOL,
        default="false",
        about=Message(
            en="Lets Windows resolve the question of a DNS request although it contains unknown records",
            zh="DNS 请求含有未知记录时，让 Windows 仍然解析其中的查询",
        ),
        notes=(Message(en="Reset silently when dnsTunneling is off", zh="关闭 dnsTunneling 时会被静默重置"),),
        since="Windows 11 22H2",
        status=Status.EXPERIMENTAL,
        since_windows=WINDOWS_11_22H2,
    ),
    Key(
        "experimental",
        "dnsTunnelingIpAddress",
        Kind.IPV4,
        default="10.255.255.254",
        about=Message(
            en="Name server address written to resolv.conf when DNS tunneling is active",
            zh="启用 DNS 隧道时写入 resolv.conf 的 DNS 服务器地址",
        ),
        notes=(
            Message(
                en="Must be a full dotted-quad IPv4 address; an invalid one disables DNS tunneling",
                zh="必须是完整的点分十进制 IPv4 地址；无效的地址会使 DNS 隧道关闭",
            ),
        ),
        since="Windows 11 22H2",
        status=Status.EXPERIMENTAL,
        since_windows=WINDOWS_11_22H2,
    ),
    Key(
        "experimental",
        "initialAutoProxyTimeout",
        Kind.INT,
        default="1000",
        about=Message(en="Milliseconds to wait for proxy information at start", zh="启动时等待代理信息的毫秒数"),
        since="Windows 11 22H2",
        status=Status.EXPERIMENTAL,
        since_windows=WINDOWS_11_22H2,
    ),
    Key(
        "experimental",
        "ignoredPorts",
        Kind.PORTS,
        default="",
        about=Message(
            en="Ports Linux may bind although Windows uses them", zh="即使被 Windows 占用，Linux 也可以绑定的端口"
        ),
        notes=(
            Message(
                en="Comma separated; text after the digits is ignored: 80-90 means 80, 8080;9000 means 8080",
                zh="以逗号分隔。每一项数字之后的内容会被忽略，因此 80-90 就是 80，8080;9000 就是 8080",
            ),
            Message(
                en="Each bad entry gives a warning naming the whole value; good entries are kept",
                zh="每个错误的项都会得到一条引用整个值的警告；正确的项仍然有效",
            ),
            Message(
                en="Only used in mirrored mode; reset silently otherwise",
                zh="只在 mirrored 模式下使用，否则会被静默清空",
            ),
        ),
        since="Windows 11 22H2",
        status=Status.EXPERIMENTAL,
        since_windows=WINDOWS_11_22H2,
    ),
    Key(
        "experimental",
        "hostAddressLoopback",
        Kind.BOOL,
        default="false",
        about=Message(
            en="Allows host and guest to reach each other through host IP addresses",
            zh="允许主机与虚拟机通过主机的 IP 地址互相访问",
        ),
        notes=(
            Message(
                en="Only in mirrored mode; reset silently otherwise", zh="只在 mirrored 模式下有效，否则会被静默关闭"
            ),
            Message(en="Under [wsl2] it is an unknown key", zh="写在 [wsl2] 下会被当作未知的键"),
        ),
        since="Windows 11 22H2",
        status=Status.EXPERIMENTAL,
        since_windows=WINDOWS_11_22H2,
    ),
    Key(
        "experimental",
        "setVersionDebug",
        Kind.BOOL,
        default="false",
        about=Message(en="Temporary diagnostics switch for version conversion", zh="用于诊断版本转换的临时开关"),
        status=Status.INTERNAL,
        is_documented=False,
    ),
    Key(
        "experimental",
        "swiotlb",
        Kind.SIZE,
        default=Message(
            en="64 MiB when virtiofs or Consomme is used and memory >= 1 GiB + 64 MiB, otherwise 0",
            zh="使用 virtiofs 或 Consomme 且内存不少于 1 GiB + 64 MiB 时为 64 MiB，否则为 0",
        ),
        about=Message(
            en="Size of the bounce buffer for virtio devices", zh="virtio 设备的回弹缓冲区（bounce buffer）大小"
        ),
        notes=(
            Message(
                en="Forced to 0 when wsl2.virtio is off; a kernel without support gives a warning",
                zh="关闭 wsl2.virtio 时强制为 0；内核不支持时会给出警告",
            ),
        ),
        status=Status.EXPERIMENTAL,
        is_documented=False,
    ),
    Key(
        "experimental",
        "virtioFsAggregateShares",
        Kind.BOOL,
        default="true",
        about=Message(en="Uses one aggregated virtiofs device for all shares", zh="所有共享合用一个 virtiofs 设备"),
        status=Status.EXPERIMENTAL,
        is_documented=False,
    ),
    Key(
        "general",
        "distributionInstallPath",
        Kind.PATH,
        default="%LocalAppData%\\wsl",
        about=Message(en="Folder in which new distributions are stored", zh="存放新发行版的文件夹"),
        is_documented=False,
    ),
    Key(
        "general",
        "instanceIdleTimeout",
        Kind.INT,
        default="15000",
        about=Message(
            en="Milliseconds a distribution may stay idle before it is stopped; negative keeps it running",
            zh="发行版空闲多少毫秒后停止；负数表示一直运行",
        ),
        notes=(
            Message(en="Belongs to [general], not [wsl2]", zh="应写在 [general] 下，而不是 [wsl2]"),
            Message(en="Applies to WSL 1 distributions too", zh="也适用于 WSL 1 的发行版"),
        ),
        is_documented=False,
    ),
)
