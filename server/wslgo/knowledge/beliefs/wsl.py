"""Beliefs about the settings of WSL and about its devices."""

from wslgo.knowledge.beliefs.claim import Belief, said
from wslgo.text.message import Message

_OF_WSL = r"\bwsl2?\b|\.wslconfig"

BELIEFS = (
    Belief(
        "dev-wsl",
        ("/dev/wsl",),
        Message(
            en="/dev/wsl does not exist: GOCACHE is fast in ~/.cache/go-build, on the disk of the distribution",
            zh="/dev/wsl 并不存在：GOCACHE 放在发行版自己磁盘上的 ~/.cache/go-build 就很快",
        ),
        (
            said(
                r"/dev/wsl\b(?![\w/-])",
                r"cache|mount|shar|fast|speed|path|memory|folder|director|dis[ck]|volume|stor|performan|缓存|共享|挂载|高速|更快|路径|内存|目录|磁盘|性能|设备|export|=",
                is_typed=True,
            ),
        ),
    ),
    Belief(
        "memory-and-processors",
        ("memory", "ram", "内存", "processor", "cpu", "core", "thread", "处理器", "核", "线程"),
        Message(
            en="Without memory in .wslconfig, WSL2 takes at most 50 % of the computer's memory",
            zh=".wslconfig 中不设 memory 时，WSL2 最多使用电脑内存的 50 %",
        ),
        (
            said(
                r"\b(?:memory|ram)\b",
                r"\b(?:(?:has|have|with|there is|is|there's|imposes?|sets?|knows?|comes? with|applies) no (?:\w{1,10} ){0,2}(?:limit|cap|ceiling|bound|maximum|restriction)|no default (?:limit|cap|value|maximum|ceiling)|no (?:upper |hard |built-in |memory |ram )(?:limit|cap|bound|ceiling)|without (?:a |any )?(?:\w{1,10} )?(?:limit|cap|ceiling|bound)|unlimited|uncapped|unbounded|(?:is|are|does|do|isn|aren|doesn|don)(?: not|['’]t)(?: be)? (?:limit\w{0,2}|cap\w{0,3}|restrict\w{0,3}|bound\w{0,3}|constrain\w{0,3}))\b",
                about=_OF_WSL,
                unless=r"\b50\s?%|\bhalf\b|swap|cgroup|container|k8s|kubernetes",
                is_negative=True,
            ),
            said(
                r"\b(?:takes?|uses?|eats?|consumes?|claims?|grabs?|swallows?|gets?|sees?|may use|can use|will use|grows? to)\b.{0,20}\b(?:all(?: of)?(?: the)?|the whole|the entire|100\s?%(?: of)?|every bit of|everything)\b.{0,25}\b(?:memory|ram)\b",
                r"\b(?:default|unless|without (?:a |this |the |it|memory)|if (?:you|it|memory|nothing)|out of the box|until)\b",
                about=_OF_WSL,
                unless=r"\b50\s?%|\bhalf\b|virtio|processors",
                is_negative=True,
            ),
            said(
                r"内存|\bmemory\b",
                r"(?:没有|无|不设|未设置?|不存在|并无)(?:任何)?(?:默认)?(?:的)?(?:内存)?(?:上限|限制|限额)|不(?:受|做|作|加)?(?:任何)?限制|无上限|不限(?:内存|制|量)?(?![一-龥]{0,2}于)|(?:占用|使用|吃掉|耗尽|占满)(?:主机|宿主机?|物理机?|电脑)?(?:的)?(?:全部|所有|整个)(?:物理|可用)?内存|内存(?:全部|全都|都)?(?:吃|占|用|耗)(?:光|满|完|尽)",
                r"默认|缺省|不加限制|不加以限制|不限制|不设置?|未配置|未设置|没有(?:设置|配置|默认)|无默认",
                about=_OF_WSL,
                unless=r"50\s?[%％]|一半|半数|swap|容器|集群|\bpods?\b|docker|k8s",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "memory-and-processors",
        ("memory", "ram", "内存", "processor", "cpu", "core", "thread", "处理器", "核", "线程"),
        Message(
            en="WSL2 has all logical processors by default, and no source supports a factor of 0.7",
            zh="WSL2 默认拥有全部逻辑处理器，0.7 这个系数没有任何来源",
        ),
        (
            said(
                r"\bprocessors?\b|\bCPUs?\b|\bcores?\b|\bthreads\b|处理器|核心?数?|线程",
                r"\b0\.7\b|\b70\s?(?:%|％|percent)|\bseventy percent|\bseven[- ]tenths|七成|百分之七十",
                r"\b(?:host\w{0,2}|logical|physical|recommend\w{0,6}|at most|no more|more than|(?:not )?exceed\w{0,2}|limit\w{0,3}|maximum|times|rule of thumb|should|best|keep|set|leave|assign|give|total|available)\b|[×x*≤<]|主机|宿主|物理|逻辑|不(?:要|应|应该|能|得|可|宜)?(?:超过|大于|高于|多于)|建议|最多|推荐|经验|乘以?|上限|分配",
                about=_OF_WSL,
                unless=r"\bpods?\b|cluster|kubernetes|k8s|container|容器|集群|load|utili[sz]ation|usage|threshold|coverage|负载|利用率|使用率|阈值",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "swappiness",
        ("swappiness", "sysctl", "vm.", "kernel", "内核"),
        Message(
            en="All distributions share one kernel, and vm.swappiness changes nothing for builds while memory suffices",
            zh="所有发行版共用一个内核，内存够用时 vm.swappiness 对构建没有影响",
        ),
        (
            said(
                r"swappiness",
                r"\b(?:fast(?:er)?|speed\w{0,4}|sped up|accelerat\w{1,4}|improv\w{1,6}|boost\w{0,3}|optimi[sz]\w{1,6}|performan\w{1,3}|snappier|quick(?:er|ens)?|respons\w{1,8}|tun(?:e|es|ing))\b|加速|提升|提高|更快|性能|优化|加快|流畅",
            ),
            said(
                r"swappiness|\bvm\.\w{4,20}|\bsysctl\b|kernel (?:parameters?|settings?)|内核参数",
                r"\b(?:each|every|per|any)\b.{0,3}\b(?:distributions?|distros?)\b.{0,50}\b(?:own|separate|independent|individual|different|its)\b|\b(?:own|separate|independent|individual|different) (?:value|setting|kernel|parameter)s?\b.{0,30}\b(?:each|every|per)\b.{0,3}\b(?:distributions?|distros?)|(?:每个|各(?:个)?|不同)发行版.{0,16}(?:独立|各自|单独|互不影响|自己的|不同)",
                about=_OF_WSL,
            ),
        ),
    ),
    Belief(
        "wsl-conf-places",
        ("wsl.conf", "wslconfig"),
        Message(
            en="WSL reads wsl.conf only as /etc/wsl.conf in the distribution, never from a folder of Windows",
            zh="WSL 只读取发行版中的 /etc/wsl.conf，从不读取 Windows 文件夹中的 wsl.conf",
        ),
        (
            said(
                r"(?<![.\w])wsl\.conf\b",
                r"\bAppData\b|\bLocalState\b|\\Packages\b|%LocalAppData%|%USERPROFILE%|%AppData%|\$env:(?:USERPROFILE|LOCALAPPDATA|APPDATA)|\bC:\\|/mnt/c/Users|windows (?:user )?(?:profile|home|side|folder|host)|用户(?:配置)?(?:目录|文件夹)|Windows ?(?:侧|端|用户目录|主机)|packages? folder|包(?:目录|文件夹)",
                unless=r"/etc/(?:wsl\.conf)?|\.wslconfig",
                is_typed=True,
            ),
            said(r"[\\/]Packages[\\/][^\\/\s]{1,120}[\\/](?:LocalState[\\/])?wsl\.conf\b", is_typed=True),
        ),
    ),
    Belief(
        "wsl-conf-places",
        ("wsl.conf", "wslconfig"),
        Message(
            en="WSL reads .wslconfig only from %UserProfile% of Windows, not from Linux",
            zh="WSL 只读取 Windows %UserProfile% 中的 .wslconfig，不读取 Linux 中的",
        ),
        (
            said(
                r"\.wslconfig\b",
                r"\b(?:put|place[sd]?|creat\w{1,3}|cop(?:y|ies)|works?|writ\w{1,3}|edit|save[sd]?|liv\w{1,3}|is|goes|belongs?|can be)\b|写|放|创建|复制|位于|编辑|生效|保存",
                r"\b(?:in|into|to|inside|under|from|at)\b.{0,30}\b(?:(?:linux|distribution\w{0,2}|distro\w{0,2}|wsl|ubuntu|debian)(?:['’]s)? (?:user )?home|home (?:folder|directory) (?:of|in|inside) (?:linux|the distribution|the distro|wsl|ubuntu|debian))|/home/[\w$<>]{1,30}/\.wslconfig|/etc/\.wslconfig|/root/\.wslconfig|(?:Linux|发行版|WSL|Ubuntu) ?(?:里|内|中)?的?(?:主目录|家目录|home ?目录|用户目录)",
                unless=r"%UserProfile%|\bC:\\|/mnt/c",
            ),
        ),
    ),
    Belief(
        "wslg",
        ("wsl", "weston"),
        Message(
            en="wsl --status says nothing about windows of Linux: wsl --version has the version of WSLg",
            zh="wsl --status 不显示任何图形界面信息：WSLg 的版本见 wsl --version",
        ),
        (said(r"\bwsl(?:\.exe)?\s{1,3}--status\b", r"\bGUI\b|WSLg|graphic\w{0,3}|图形", is_typed=True),),
    ),
    Belief(
        "wslg",
        ("wsl", "weston"),
        Message(
            en="weston-info is an old name: wayland-info of wayland-utils lists what the compositor offers",
            zh="weston-info 是旧名称：请用 wayland-utils 中的 wayland-info 列出合成器提供的功能",
        ),
        (said(r"\bweston-info\b", is_typed=True, unless=r"wayland-info|old name|renamed|formerly|旧名|改名|原名"),),
    ),
    Belief(
        "resolv-conf",
        ("resolv", "nameserver", "name server", "dns", "域名"),
        Message(
            en="WSL reads generateResolvConf only in /etc/wsl.conf, below [network]; it writes resolv.conf itself",
            zh="WSL 只在 /etc/wsl.conf 的 [network] 中读取 generateResolvConf，而 resolv.conf 由它自己写入",
        ),
        (
            said(
                r"generateResolvConf",
                r"\b(?:in|into|to|inside|of|within|at|edit\w{0,3}|open)\b\s{1,3}[`\"'(]{0,2}/?(?:etc/)?resolv\.conf|(?:在|到|向|往|编辑|打开|修改)\s{0,2}[`\"'“「]?/?(?:etc/)?resolv\.conf|(?:写|加|放|填)(?:进|入|到|在)(?:到)?\s{0,2}[`\"'“「]?/?(?:etc/)?resolv\.conf|resolv\.conf.{0,12}(?:中|里|内)?.{0,6}(?:加入|添加|写入|设置|追加|加上|增加|配置)",
                unless=r"wsl\.conf",
            ),
        ),
    ),
    Belief(
        "resolv-conf",
        ("resolv", "nameserver", "name server", "dns", "域名"),
        Message(
            en="With DNS tunneling, the default since WSL 2.2.1, the name server is 10.255.255.254 and not the address of Windows",
            zh="自 WSL 2.2.1 起默认启用 DNS 隧道，域名服务器是 10.255.255.254，而不是 Windows 的地址",
        ),
        (
            said(
                r"\bnameserver\b|\bname server\b|resolv\.conf|域名服务器|DNS ?服务器",
                r"\b(?:is|are|equals?|contains?|holds?|gives?|shows?|points? (?:at|to)|has|names?|always|reveals?|tells?|means?|as)\b.{0,30}\b(?:windows|host)(?:['’]s| host(?:['’]s)?| machine(?:['’]s)?)? (?:ip|address|machine|itself)|\b(?:ip(?: address)?|address) of (?:the )?(?:windows|host)\b|(?:就是|即为?|总是|始终|等于|指向|是|为) ?(?:Windows|宿主机?|主机) ?(?:主机)?(?:的)? ?(?:IP|地址)|(?:Windows|宿主机?|主机)(?:主机)?(?:的)? ?(?:IP ?(?:地址)?|地址)(?:就)?(?:是|在|写在|位于|可从).{0,16}(?:nameserver|resolv\.conf)",
                about=r"\bwsl",
                unless=r"tunnel|隧道|10\.255\.255\.254|2\.2\.1|generateResolvConf",
            ),
        ),
    ),
)
