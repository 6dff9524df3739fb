"""Beliefs about programs with windows."""

from wslgo.knowledge.beliefs.claim import Belief, said
from wslgo.text.message import Message

BELIEFS = (
    Belief(
        "wayland-or-x11",
        ("display", "gdk_backend", "wayland"),
        Message(
            en="WSLg sets DISPLAY=:0 itself: an address is only for an X server that runs on Windows",
            zh="WSLg 会自行设置 DISPLAY=:0：只有在 Windows 上运行 X 服务器时才需要地址",
        ),
        (
            said(
                r"(?<![A-Z_])\bDISPLAY\b",
                r"resolv\.conf|\bnameserver\b|\b(?:windows|host)(?:['’]s)? (?:ip|address)|\b(?:ip|address) of (?:the )?(?:windows|host)|\b172\.\d{1,3}\.\d{1,3}\.\d{1,3}|(?:宿主机?|主机|Windows) ?(?:的)? ?(?:IP|地址)",
                r"\b(?:must|set\w{0,4}|export\w{0,3}|point\w{0,3}|should|need\w{0,2}|requir\w{1,3}|has to|have to|names?|contains?)\b|必须|需要|设置|指向|应|导出|设为",
                about=r"\bwsl",
                unless=r"although|WSLg sets|breaks|by hand|vcxsrv|xming|x410|x server|windows 10|without wslg|older|X 服务器|旧版|没有 WSLg",
            ),
            said(
                r"\bGDK_BACKEND\s?=\s?[\"'`]?wayland\b|\b(?:wayland backend|GDK_BACKEND)\b.{0,30}\bwayland\b",
                r"\b(?:fast(?:er)?|speed\w{0,4}|performan\w{1,3}|smooth\w{0,3}|requir\w{1,3}|must|accelerat\w{1,4}|always|quicker|needed|necessary)\b|更快|性能|流畅|必须|加速|提升|提高|硬件加速|需要",
            ),
        ),
    ),
    Belief(
        "tauri-and-ozone",
        ("tauri", "wails"),
        Message(
            en="Tauri is Rust on WebKitGTK: Ozone flags belong to Chromium and Electron and do nothing there",
            zh="Tauri 是基于 WebKitGTK 的 Rust 框架：Ozone 参数属于 Chromium 和 Electron，对它不起作用",
        ),
        (
            said(
                r"\b(?:tauri|wails)\b",
                r"(?<!-)\bozone\b|UseOzonePlatform|--ozone-platform|--enable-features",
                is_typed=True,
                unless=r"webkitgtk",
            ),
            said(
                r"\btauri\b",
                r"\bgo (?:gui |desktop )?(?:framework|toolkit|librar(?:y|ies)|binding)s?\b|\bfor go\b|\b(?:written|program\w{0,4}|built) in go\b|Go ?(?:语言)?(?:的)? ?(?:GUI|桌面|图形)? ?(?:框架|库|工具包)",
                unless=r"\brust\b|wails|sidecar",
            ),
        ),
    ),
)
