"""Beliefs about Delve and about GPUs."""

from wslgo.knowledge.beliefs.claim import Belief, said
from wslgo.text.message import Message

_DEBUGGER = r"\bdlv\b|\bdelve\b|\bdebugg\w{1,3}\b|\bvs ?code\b|\bF5\b|调试"
_KERNEL = r"\b(?:cuda|gpu|device) (?:kernels?|code|functions?)\b|\bkernels?\b.{0,12}\b(?:cuda|gpu)\b|\bkernels?\b.{0,16}\.cu\b|\.cu\b|__global__|(?:cuda|gpu) ?(?:核函数|内核(?:函数)?|代码|kernel)|核函数|设备(?:端)?代码"

BELIEFS = (
    Belief(
        "dlvloadconfig",
        ("dlvloadconfig",),
        Message(
            en="Delve itself (dlv-dap) ignores dlvLoadConfig: maxStringLen and maxArrayValues set how much is shown",
            zh="Delve 自身（dlv-dap）会忽略 dlvLoadConfig：显示多少由 maxStringLen 和 maxArrayValues 决定",
        ),
        (
            said(
                r"\bdlvLoadConfig\b",
                r"\b(?:control\w{0,3}|limit\w{0,3}|keep\w{0,3}|prevent\w{0,3}|increas\w{1,3}|rais\w{1,3}|lets?|show\w{0,2}|allow\w{0,3}|avoid\w{0,3}|stop\w{0,2}|truncat\w{1,4}|long\w{0,3}|load\w{0,3}|set\w{0,4}|full\w{0,2}|deep\w{0,3}|need\w{0,3}|requir\w{1,3}|must|add\w{0,3}|config\w{1,6}|tun\w{1,3}|adjust\w{0,3}|expand\w{0,3}|follow\w{0,3}|makes?|ensur\w{1,3}|protect\w{0,2}|decid\w{1,3}|determin\w{1,3}|use|using|through|with|via)\b|控制|避免|防止|显示|限制|加载|截断|需要|设置|配置|完整|调整|保证|增大|增加|展开|深度|通过|使用|添加|确保",
                unless=r"legacy|deprecat|old adapter|instead|rather than|substitutePath|\bignore[sd]?\b(?! dlv)|旧(?:的)?适配器|弃用|废弃|已过时|改用|代替|取代|会忽略",
                elsewhere=r"legacy",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "tags-cuda",
        ("cuda",),
        Message(
            en="Delve has no tag cuda and no code for CUDA: tags only matter for the program that it builds",
            zh="Delve 没有 cuda 标签，也没有 CUDA 代码：标签只对它所构建的程序有意义",
        ),
        (
            said(
                r"-tags[= ]?[\"'`]?cuda\b",
                r"\bdlv\b|delve|debugger|调试器",
                unless=r"buildFlags|build-flags|//go:build|build constraint|构建约束|\bown tag|your (?:own )?(?:program|module|code|package)|program['’]s",
            ),
            said(r"-tags[= ]?[\"'`]?cuda\b", r"go-delve/delve", is_typed=True),
            said(
                r"\b(?:tag|build tag|标签|编译标签)\b.{0,12}\bcuda\b|\bcuda\b.{0,8}(?:build )?(?:\btag\b|标签)|cuda[\"'`]? ?(?:构建|编译)?标签",
                r"\b(?:install|build|compil|rebuil)\w{0,4}\b.{0,30}\b(?:dlv|delve)\b|\b(?:dlv|delve)\b.{0,40}\b(?:install|built|compil|rebuil)\w{0,4}\b|(?:安装|编译|构建|重新编译).{0,12}(?:dlv|delve|调试器)|(?:dlv|delve).{0,16}(?:安装|编译|构建)",
                unless=r"buildFlags|//go:build",
            ),
        ),
    ),
    Belief(
        "cuda-breakpoints",
        ("kernel", "__global__", ".cu", "device", "核函数", "设备", "nvidia-container-cli", "gpu", "cuda"),
        Message(
            en="Delve stops only in code of the host: inside a CUDA kernel only cuda-gdb does",
            zh="Delve 只能停在主机代码中：在 CUDA 核函数内部只有 cuda-gdb 能停下",
        ),
        (
            said(
                _DEBUGGER,
                rf"\b(?:break ?points?|step\w{{0,4}}|stop\w{{0,4}}|paus\w{{1,3}}|halt\w{{0,3}})\b.{{0,24}}\b(?:in|inside|within|into|on|at|for|through)\b.{{0,16}}(?:{_KERNEL})|(?:{_KERNEL}).{{0,24}}\b(?:break ?points?|single-step\w{{0,4}})\b|(?:{_KERNEL}).{{0,12}}(?:断点|单步|中断)|(?:断点|单步|停在|进入|中断).{{0,12}}(?:{_KERNEL})",
                r"\b(?:can|lets?|allows?|able|hits?|works?|support\w{0,3}|possible|enables?|set(?:s|ting)?|like)\b|\b(?:delve|dlv|debugger|code|it)(?: then| also| now| even)? stops?\b|可以|能(?:够)?|支持|命中|设置|生效|打断点|直接|即可",
                unless=r"cuda-gdb|\bstub\b|nsight|host (?:function|code|side)|\bCPU\b|桩|主机",
            ),
            said(r"nvidia-container-cli", r"symbol|符号", r"delve|dlv|breakpoint|断点|调试"),
            said(
                r"CUDA_LAUNCH_BLOCKING",
                r"\bbreak ?points?\b|断点",
                r"\b(?:kernels?|device code)\b|核函数|内核函数",
                r"\b(?:need\w{0,2}|requir\w{1,3}|must|lets?|makes?|enabl\w{1,3}|so that|allows?|without)\b|需要|必须|才能|使得?|让|否则",
                unless=r"cuda-gdb|host code|主机代码",
            ),
        ),
    ),
    Belief(
        "dev-nvidia",
        ("nvidia", "wslg", "英伟达"),
        Message(
            en="WSL2 has no /dev/nvidia0, only /dev/dxg; the driver's libraries are in /usr/lib/wsl/lib",
            zh="WSL2 没有 /dev/nvidia0，只有 /dev/dxg；驱动的库位于 /usr/lib/wsl/lib",
        ),
        (
            said(
                r"/dev/nvidia(?:\d|ctl|-uvm|\*|\b)",
                r"\b(?:mount\w{0,3}|9p|appear\w{0,2}|exists?|check\w{0,3}|list\w{0,3}|ls|forward\w{0,3}|through|expos\w{1,3}|must|should|visible|provid\w{1,3}|map\w{0,4}|present|verif\w{1,3}|available|see|find|pass\w{0,3}|has|have|creat\w{1,3}|missing|access\w{0,3}|use[sd]?|open\w{0,2}|device nodes?|gives?|makes?)\b|挂载|暴露|存在|映射|检查|转发|通过|出现|透传|可见|提供|查看|确认|节点|访问|使用|缺失|创建|看到",
                about=r"\bwsl",
                unless=r"/dev/dxg|docker|container|kubernetes|\bk8s\b|native linux|bare metal|容器|裸机|原生 Linux",
                is_typed=True,
            ),
            said(
                r"\bwslg\b",
                r"forward\w{0,3}|prox(?:y|ies)|relay\w{0,2}|pass\w{0,3}|tunnel\w{0,3}|translat\w{1,3}|转发|代理|透传",
                r"\bioctls?\b|\bcuda\b|nvidia|驱动调用",
                unless=r"/dev/dxg",
            ),
            said(
                r"\b(?:install\w{0,3}|sudo apt(?:-get)? install|set up)\b.{0,40}\bnvidia[- ](?:linux )?(?:gpu )?(?:driver|\d{3})\w{0,3}|\bnvidia-driver-\d{3}|安装.{0,12}(?:NVIDIA|英伟达) ?(?:的)? ?(?:Linux ?|显卡)?驱动",
                r"\b(?:in|inside|within|into)\b.{0,20}\b(?:wsl2?|the (?:distribution|distro|linux)|ubuntu|debian|linux)\b|\bapt(?:-get)? install|(?:在|到) ?(?:WSL2?|发行版|Ubuntu|Linux|子系统)",
                about=r"\bwsl",
                unless=r"windows|container|容器|docker",
                is_typed=True,
            ),
        ),
    ),
)
