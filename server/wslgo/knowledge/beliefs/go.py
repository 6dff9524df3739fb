"""Beliefs about the go command: proxies, checksums, caches, builds."""

from wslgo.knowledge.beliefs.claim import Belief, said
from wslgo.text.message import Message

_PROXY = r"\bGOPROXY\b|module prox(?:y|ies)|(?:Go )?模块代理|Go (?:module )?prox(?:y|ies)|Go 代理"
_LIST = r"\bthem\b|\bthey\b|\bthese\b|它们|comma|list\b|entr(?:y|ies)\b|separated|prox(?:y|ies)\b|mirrors?\b|,\s?direct|逗号|列表|多个|各个|每个|代理|镜像|地址|源"
_WALK_SAID_RIGHT = r"which (?:hosts?|prox(?:y|ies))\b|\bcontacted\b|\b40[34]\b|\b410\b|not[ -]found|does(?:n't| not) (?:have|know)|has no such|pipe|竖线|管道|`\|`|\|\s?direct|没有该模块|找不到该?模块|不含该?模块|未收录|on any error|任何错误"
_DISK = r"(?:/mnt/[a-z]\b|(?:a|the|your|some|another|one)?\s?windows (?:drive|disk|partition|volume|side|file ?system|folder|host)|ntfs|(?:drive )?\b[c-z]:(?!\w)|\b[c-z] drive|windows ?(?:的)?(?:盘|磁盘|分区|驱动器|文件系统|目录|侧)|\b[c-z] ?盘|宿主机?(?:的)?(?:盘|磁盘|目录|文件系统))"
_CACHE = r"\bGO(?:MOD)?CACHE\b|\bGOPATH\b|\bgo-build\b|\bgo-cache\b|(?:build|module|go|compil\w{1,6}) caches?|caches? (?:of go|for go)|go workspace|(?:构建|编译|模块|Go) ?缓存|Go 工作区"
_COSTLY = r"\bslow|9p\b|penalt|round trip|avoid|instead of|rather than|degrad|cost\w{0,3}\b|worse|trap|pitfall|慢|性能(?:损失|下降|差|问题)|避免|代价|瓶颈|损耗|陷阱"
_BUILD = r"go build|compil(?:e|es|ing|ation)|build times?|builds?\b(?! (?:an?|the|your|our|my)\b)(?! (?:app|program|server|service|image|tool))|linker|linking|go (?:compiler|toolchain)"
_GPU = r"\bGPUs?\b|\bCUDA\b|graphics cards?|video cards?|nvidia(?: card)?|显卡|图形卡"
_OF_PROGRAMS = r"\bnvcc\b|inference|training|render|neural|model\b|推理|训练|渲染|模型|\bFFmpeg\b|docker build"

BELIEFS = (
    Belief(
        "goproxy-walk",
        ("goproxy", "prox", "代理"),
        Message(
            en="After a comma go asks the next proxy only after 404 or 410; any other failure is final",
            zh="逗号之后，go 只在 404 或 410 时才访问下一个代理；其他失败都是最终结果",
        ),
        (
            said(
                _LIST,
                r"\b(?:tr(?:y|ies|ied|ying)|ask\w{0,3}|quer(?:y|ies|ied)|walk\w{0,3}|use[sd]?|check\w{0,3}|contact\w{0,3}|attempt\w{0,3}|consult\w{0,3}|work\w{0,3}|go(?:es)?|run\w{0,3}|process\w{0,3}|evaluat\w{0,3}|follow\w{0,3}|prob\w{1,3})\b.{0,40}\b(?:in (?:the )?(?:\w{1,12} )?(?:order|sequence)|one (?:after|by) (?:the other|another|one)|sequential\w{0,2}|(?:from )?left[- ]to[- ]right|top[- ]down|until (?:one|some|any|a|the first)|in a row|(?:each|all|them|entries|prox(?:y|ies)|list) in turn|in turn until|through (?:the list|all|every|each))\b",
                about=_PROXY,
                unless=_WALK_SAID_RIGHT,
            ),
            said(
                r"\b(?:next|fall(?:s|ing)? ?back|fallback|switch\w{0,3}|fail(?:s|ed)? ?over|mov(?:es?|ing) on|skips? to|second|other|backup|later|following|remaining|takes? over|jumps?|proceeds? (?:to|with))\b",
                r"\b(?:fail(?:s|ed|ing|ure)?|errors? out|(?:is|are|goes|being|gets) (?:down|offline|dead|slow|blocked|broken|unavailable|unreachable|overloaded)|unreachable|unavailable|time[sd]? ?out|timeouts?|offline|outage|(?:does|did|do)(?: not|n't) (?:answer|respond|work|reply)|cannot be reached|can't be reached|not (?:available|reachable|responding|answering|working)|not (?:answer|respond)|5xx|50[023]|crash\w{0,3}|unhealthy)\b",
                r"\b(?:if|when|whenever|once|as soon as|in case|should|until|after|on|upon|every time|where)\b",
                r"comma|list\b|entr(?:y|ies)|separated|,\s?direct|prox(?:y|ies)\b|mirrors?\b",
                about=_PROXY,
                unless=_WALK_SAID_RIGHT,
                is_negative=True,
            ),
            said(
                r"\bGOPROXY\b|module prox(?:y|ies)",
                r"comma|list\b|several|multiple|two |three |more than one|,\s?direct|second|both",
                r"\b(?:highly[- ]available|high availability|redundan\w{1,3}|resilien\w{1,3}|fault[- ]toleran\w{1,3}|load[- ]balanc\w{1,3}|failover|surviv\w{1,3}|always works?|never (?:blocks?|fails?|stops?)|bullet-?proof|single point of failure)\b",
                unless=_WALK_SAID_RIGHT,
                is_negative=True,
            ),
            said(
                r"逗号|列表|多个|各个|每个|代理|镜像|,\s?direct",
                r"按(?:照)?(?:先后|书写|列出的?|配置的?|从左到右的?)?(?:顺序|次序|优先级)|依次|逐一|逐个|轮流|从左到右|挨个|一个(?:接)?一个|顺序(?:尝试|访问|查询|请求|下载)",
                about=_PROXY + "|GOPROXY",
                unless=_WALK_SAID_RIGHT,
            ),
            said(
                r"失败|不可用|超时|挂(?:了|掉)|宕机|出错|报错|无法(?:访问|连接)|连不上|不通|不可达|故障|异常|5xx|失效",
                r"下一个|后一个|后面的|后续|下个|切换|切到|回退|fallback|备用|兜底|跳到|转(?:到|向|而)|改用|继续尝试|尝试其(?:他|它)|direct|直连",
                about=_PROXY + "|GOPROXY",
                unless=_WALK_SAID_RIGHT,
                is_negative=True,
            ),
            said(
                r"GOPROXY|模块代理",
                r"逗号|多个|列表|,\s?direct",
                r"高可用|容灾|冗余|负载均衡|容错|永不中断|单点故障",
                unless=_WALK_SAID_RIGHT,
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "gosumdb",
        ("sum",),
        Message(
            en="A plus after the name of GOSUMDB starts a key, so go rejects sum.golang.org+https://...: an address follows a space",
            zh="GOSUMDB 中名称后的加号表示密钥，go 会拒绝 sum.golang.org+https://...：地址应写在空格之后",
        ),
        (
            said(
                r"sum\.golang\.(?:org|google\.cn)\s?\+\s?(?:https?://|sum\.golang)",
                unless=r"malformed|invalid|\berrors?\b|格式错误|无效|不合法|报错|错误",
            ),
            said(
                r"\bGOSUMDB\b|checksum database|校验(?:和)?数据库",
                r"\bplus(?: sign)?\b|[\"'`(]\+[\"'`)]|加号",
                r"name|address|urls?\b|join|combin|concat|append|separat|连接|拼接|隔开|分隔|地址|名称",
                unless=r"\bkey\b|密钥|公钥|hash",
            ),
        ),
    ),
    Belief(
        "gosumdb",
        ("sum",),
        Message(
            en="GOSUMDB=off ends only the lookups of new modules: what go.sum has is still compared",
            zh="GOSUMDB=off 只停止查询新模块：go.sum 中已有的仍会比对",
        ),
        (
            said(
                r"\bGOSUMDB\s?=\s?off\b|\bGOSUMDB\b.{0,20}\boff\b",
                r"\b(?:nothing (?:is|gets|will be) (?:verified|checked|compared)|(?:disables?|switch\w{0,3} off|turns? off|skips?|stops?|removes?|ends?) (?:all|every|any|each|go\.sum|the whole|checking of go\.sum)|no (?:module|checksum|hash)\w{0,3} (?:is|are|gets?) (?:verified|checked|compared)|no (?:more )?(?:verification|checks?|checksums?) (?:at all|any ?more|whatsoever)|ignores? (?:the )?go\.sum|go\.sum is (?:ignored|skipped|not (?:read|checked|compared)))\b",
                is_negative=True,
            ),
            said(
                r"GOSUMDB\s?=\s?off|GOSUMDB.{0,12}off",
                r"(?:关闭|跳过|禁用|停用|取消)(?:所有|全部|一切|任何|整个|go\.sum)|(?:完全|彻底)(?:不再?|关闭|跳过|禁用)|不再(?:进行|做)?(?:任何)?(?:校验|验证|检查)|忽略 ?go\.sum",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "no-sum-txt-fallback",
        ("sum",),
        Message(
            en="go knows no sum.txt and has no fallback: without the checksum database go rejects a new module",
            zh="不存在 sum.txt，也没有回退：查询不到校验数据库时，go 会拒绝新模块",
        ),
        (
            said(
                r"\bsum\.txt\b",
                r"fall|go\b|prox|sum\.golang|checksum|offline|cache|verif|download|回退|降级|代理|校验|验证|离线|缓存|下载|备用",
            ),
            said(
                r"\bsum\.txt\b",
                r"访问不了|连不上|不可达|不可用|不通|无法(?:访问|连接)|没有响应|\b(?:cannot|can['’]t|not)(?: be)? (?:reach\w{0,4}|available|respond\w{0,3}|answer\w{0,3})\b",
                r"改用|回退|退回|使用|采用|fall\w{0,3} back|fallback|\buses?\b|consult",
                is_negative=True,
            ),
            said(
                r"sum\.golang\.org|checksum (?:database|server)|GOSUMDB|sumdb",
                r"\b(?:unreachable|blocked|down|unavailable|offline|cannot be reached|can't be reached|(?:is|are) not (?:reachable|available)|times? out|fails?|does(?: not|n't) (?:answer|respond))\b",
                r"\b(?:falls? back|fallback|trusts?|silently|skips? (?:the )?(?:check|verification)|accepts?|continues? without|proceeds?|goes on without|ignores? (?:it|the)|uses? the (?:proxy|sum|checksums? of)|takes? the)\b",
                unless=r"falls? back to (?:contacting|asking|a direct|the database)|mirror|镜像",
                is_negative=True,
            ),
            said(
                r"sum\.golang\.org|校验(?:和)?(?:数据库|服务)|GOSUMDB|sumdb",
                r"不可达|无法(?:访问|连接)|被墙|不可用|超时|连不上|失败|不通|屏蔽",
                r"自动(?:跳过|忽略|降级|回退|信任|放行)|回退到?|降级(?:为|到|成)|直接信任|静默|跳过校验|使用(?:代理|本地)的?校验",
                unless=r"镜像|google\.cn",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "goprivate",
        ("goprivate",),
        Message(
            en="GOPRIVATE takes path prefixes such as git.example.com, which need neither https:// nor /*",
            zh="GOPRIVATE 接受路径前缀，例如 git.example.com，不需要 https://，也不需要 /*",
        ),
        (
            said(
                r"\bGOPRIVATE\b.{0,40}?[\"'`= ]https?://|\bGOPRIVATE\b.{0,30}\b(?:address|urls?)\b.{0,20}\b(?:server|host|repository|gitlab|git)\b|GOPRIVATE.{0,20}(?:填|写|设为|设置为|是).{0,10}(?:服务器|仓库)(?:的)?(?:地址|URL|网址)"
            ),
            said(
                r"\bGOPRIVATE\b",
                r"\b(?:must|needs?|requires?|has to|have to|always|only (?:works?|matches?)|mandatory|without (?:it|that|the|this))\b|必须|需要|一定要|务必|只有|否则",
                r"/\*|wildcards?|\bglob\b|asterisk|\bstar\b|通配符|星号",
                unless=r"\bGOPROXY\s?=|(?:does|do|is|are)(?: not|n't) need",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "goprivate",
        ("goprivate",),
        Message(
            en="Modules that match GOPRIVATE go past the proxy and the checksum database",
            zh="与 GOPRIVATE 匹配的模块既不经过代理，也不查询校验数据库",
        ),
        (
            said(
                r"\bGOPRIVATE\b",
                r"\b(?:still|nevertheless|also|even so|continue to|always)\b.{0,40}\b(?:through|via|by|over|from|ask\w{0,3}|use[sd]?|pass\w{0,2})\b.{0,30}\b(?:GOPROXY|prox(?:y|ies)|sum\.golang\.org|checksum database)\b|(?:仍|依然|还是|照样|也)(?:然|会|要)?.{0,12}(?:走|经过|通过|访问|使用|请求|查询).{0,10}(?:GOPROXY|代理|校验数据库|sum\.golang)",
                unless=r"GONOPROXY",
            ),
        ),
    ),
    Belief(
        "caches-on-windows-drives",
        ("cache", "gopath", "缓存", "工作区", "workspace"),
        Message(
            en="On a Windows drive each file is a round trip to Windows, so a cache there makes every build slow",
            zh="Windows 驱动器上的每个文件都要往返 Windows 一次，缓存放在那里会使每次构建都变慢",
        ),
        (
            said(
                _CACHE,
                rf"\b(?:put\w{{0,4}}|plac\w{{1,3}}|mov\w{{1,3}}|set\w{{0,4}}|stor\w{{1,3}}|keep\w{{0,3}}|point\w{{0,3}}|redirect\w{{0,3}}|relocat\w{{1,3}}|shar\w{{1,3}}|locat\w{{1,3}}|liv\w{{1,3}}|belong\w{{0,2}}|sav\w{{1,3}}|hav\w{{1,3}}|us(?:e|es|ing)|config\w{{1,6}}|export\w{{0,3}}|lay|lies|sit\w{{0,5}}|recommend\w{{0,3}}|should be|ought to be|is best|better)\b.{{0,40}}?\b(?:to|on|at|in|into|onto|under|with|as|using|by|via)\b[\s\"'`=(]{{0,3}}(?:export )?(?:GO[A-Z]{{3,8}}=)?[\"'`]?{_DISK}",
                unless=_COSTLY,
            ),
            said(
                rf"(?:放(?:到|在|入|置(?:于|在|到)?|于)|指向|指到|设(?:置|定)?(?:为|到|在|成)|移(?:到|至|动到|动至)|迁移?(?:到|至)|存(?:到|放(?:到|在|于)?|储(?:到|在|于)?|于)|共享(?:到|在|于)?|配置(?:到|在|为|于)|改(?:到|为)|位于|置于|挂到).{{0,30}}?{_DISK}(?!(?:上|中|里|内|下)?的)",
                _CACHE + "|缓存",
                unless=_COSTLY,
            ),
            said(
                _CACHE + r"|/mnt/[a-z]\b",
                r"\b(?:only|just) the (?:very )?first (?:build|run|compil\w{1,6}|test)\b.{0,20}\bslow|(?:只有|仅|仅仅)(?:是)?第一次(?:构建|编译|运行)?.{0,6}(?:较|比较|会|很)?慢",
                about=r"/mnt/[a-z]\b|windows (?:drive|disk)|Windows ?(?:盘|磁盘|驱动器)",
            ),
            said(
                r"\b(?:GO(?:MOD)?CACHE|GOPATH)\s?=\s?[\"']?/mnt/[a-z]/",
                r"\b(?:speed|fast|shar|sav|persist|surviv|reus|recommend|good|best|ideal|should|can\b|use\b|set\b|lets?\b)|加速|更快|共享|节省|持久|复用|推荐|建议|可以|设置|使用",
                unless=_COSTLY,
            ),
        ),
    ),
    Belief(
        "symlinks-in-gocache",
        ("link", "ln -s", "链接", "连接"),
        Message(
            en="go follows a symbolic link of its cache, which is then as slow as the disk that it leads to",
            zh="go 会跟随其缓存的符号链接，速度则取决于链接所指的磁盘",
        ),
        (
            said(
                _CACHE + r"|缓存",
                r"sym(?:bolic )?[ -]?links?|soft links?|\bln -s|软链接?|符号链接|软连接",
                r"\b(?:rejects?|refuses?|forbids?|(?:does|do|will|must|may|should)(?: not|n't) (?:accept|support|follow|allow|work|contain|be|have|use|like)|cannot|can't|breaks?|fails?|invalid\w{0,5}|corrupt\w{0,3}|unsupported|not (?:supported|allowed|followed))\b|不支持|拒绝|不能|无法|不允许|失效|会报错|损坏|禁止|不得",
                is_negative=True,
            ),
            said(
                _CACHE + r"|缓存",
                r"sym(?:bolic )?[ -]?links?|soft links?|\bln -s|软链接?|符号链接|软连接",
                _DISK,
                r"\b(?:sav\w{1,3}|free|no (?:cost|penalty|loss|slow\w{0,4})|without (?:a |any )?(?:cost|penalty|loss|slow\w{0,4})|as fast|full speed|transparent\w{0,2}|costs? nothing|at no)\b|节省|不影响|没有(?:性能)?(?:损失|代价|影响)|透明|一样快|无损",
                unless=r"\bslow(?:er)?\b(?!down)|慢",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "gpu-build",
        ("gpu", "cuda", "card", "nvidia", "显卡", "图形卡"),
        Message(
            en="go uses no GPU: a kept cache, the Linux disk and more processors make builds faster",
            zh="go 完全不使用 GPU：让构建变快的是保留缓存、使用 Linux 磁盘和更多处理器",
        ),
        (
            said(
                rf"(?:{_GPU}).{{0,32}}\b(?:accelerat\w{{1,4}}|speed\w{{0,4}}(?: up)?|sped up|boost\w{{0,3}}|shorten\w{{0,3}}|reduc\w{{1,4}}|cuts?|halv\w{{1,3}}|improv\w{{1,4}}|fast(?:er)?|quicker)\b.{{0,32}}(?:{_BUILD})",
                unless=_OF_PROGRAMS,
            ),
            said(
                rf"(?:{_BUILD}).{{0,40}}\b(?:accelerat\w{{1,4}}|sped up|speed\w{{0,4}}(?: up)?|faster|quicker|boost\w{{0,3}}|offload\w{{0,4}}|shorten\w{{0,3}}|reduc\w{{1,4}}|runs?|executed?|benefits?|profits?|gains?|takes? advantage|uses?|leverag\w{{1,3}}|exploits?|harness\w{{0,3}}|parallel\w{{1,5}})\b.{{0,25}}(?:{_GPU})",
                unless=_OF_PROGRAMS + r"|cgo|program|application|\bapp\b|link\w{0,3} (?:against|with)|-lcuda",
            ),
            said(
                rf"(?:{_GPU}).{{0,16}}\b(?:makes?|lets?|gets?|gives?)\b.{{0,12}}(?:{_BUILD}).{{0,20}}\b(?:fast|faster|quicker|speed\w{{0,4}}|times)\b",
                unless=_OF_PROGRAMS,
            ),
            said(
                rf"(?:{_GPU}).{{0,10}}(?:让|使|令).{{0,8}}(?:编译|构建).{{0,6}}(?:更快|变快|加快|提速|加速)",
                unless=_OF_PROGRAMS,
            ),
            said(rf"(?:{_BUILD}).{{0,20}}\bGPU[- ]?(?:acceleration|speed-?up|boost)\b", unless=_OF_PROGRAMS),
            said(
                rf"(?:{_GPU}).{{0,10}}(?:后|时|，|,).{{0,10}}(?:编译|构建|go build).{{0,12}}(?:提升|加快|更快|提速|缩短|翻倍|加速)(?!的?.{{0,8}}(?:应用|程序|服务))",
                unless=_OF_PROGRAMS,
            ),
            said(
                r"GPU[- ](?:accelerated|powered|assisted|based) (?:go )?(?:builds?\b|compil\w{1,6}|go build)(?!.{0,20}(?:program|app|binary|image))",
                unless=_OF_PROGRAMS,
            ),
            said(
                rf"(?:{_GPU}).{{0,20}}(?:加速|提升|提速|加快|缩短|优化|减少|提高|参与).{{0,20}}(?:编译|构建|go build|链接)(?!的|出|后)",
                unless=_OF_PROGRAMS,
            ),
            said(
                rf"(?:编译|构建|go build)(?:过程|速度|时间|阶段|任务)?.{{0,24}}(?:{_GPU}).{{0,8}}(?:加速|提速|提升|加快|完成|执行|处理|上(?:运行|执行))(?!的?.{{0,8}}(?:应用|程序|服务|项目|镜像|代码|推理))",
                unless=_OF_PROGRAMS,
            ),
        ),
    ),
    Belief(
        "race-on-wsl2",
        ("sigusr1", "signal", "信号", "5.15.133", "no-as-needed"),
        Message(
            en="The race detector of WSL2 loses no SIGUSR1, with cgo or without; -race needs cgo, gcc and memory",
            zh="WSL2 上的竞态检测不会丢失 SIGUSR1，无论是否使用 cgo；-race 需要 cgo、gcc 和内存",
        ),
        (
            said(
                r"\bSIGUSR1\b|signals?\b|信号",
                r"\b(?:los(?:e|es|t|ing)|drop\w{0,4}|swallow\w{0,3}|miss\w{0,4}|vanish\w{0,3}|disappear\w{0,3}|never arrives?|(?:is|are|not|n't) (?:delivered|received)|eaten|ignored|discard\w{0,3}|blocked)\b|丢失|丢掉|丢弃|吞掉|收不到|接收不到|漏掉|被忽略|无法(?:接收|送达|传递)",
                r"-race\b|race detect\w{1,3}|data race|竞态|竞争检测|数据竞争",
                about=r"wsl|cgo",
                is_negative=True,
            ),
            said(
                r"\b5\.15\.133(?:\.1)?\b", r"-race\b|race detect\w{1,3}|\bSIGUSR1\b|\bcgo\b|竞态|竞争检测|信号|signal"
            ),
            said(
                r"\b5\.15\.133(?:\.1)?\b",
                r"-race\b|race detect\w{1,3}|竞态|竞争检测",
                r"\b(?:not|never|n['’]t)(?: be)? (?:reliabl[ey]|stable|safe|work\w{0,3}|usable|supported)\b|不(?:可靠|稳定|可用|安全|能用|工作|支持)",
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "race-on-wsl2",
        ("sigusr1", "signal", "信号", "5.15.133", "no-as-needed"),
        Message(
            en="--no-as-needed only keeps unused libraries in the list of the program: it changes nothing for signals or -race",
            zh="--no-as-needed 只让程序保留未使用的库，与信号和 -race 无关",
        ),
        (
            said(
                r"--no-as-needed\b|no-as-needed",
                r"-race\b|\brace\b|signals?\b|\bSIGUSR1\b|竞态|竞争|信号",
                is_typed=True,
                is_negative=True,
            ),
        ),
    ),
    Belief(
        "alpine",
        ("alpine", "go"),
        Message(
            en="Alpine's musl lacks what prebuilt programs for glibc need, such as VS Code's server: Ubuntu or Debian have it",
            zh="Alpine 使用 musl，缺少为 glibc 编译的程序（例如 VS Code 服务器）所需的库；Ubuntu 或 Debian 则没有此问题",
        ),
        (
            said(
                r"\bAlpine\b",
                r"\b(?:best|ideal|fastest|recommend\w{0,3}|perfect|optimal|prefer\w{0,4}|right choice|better than|first choice|should (?:use|choose|pick|be)|choose|pick)\b|最(?:佳|好|适合|快|优)|推荐|首选|理想|更(?:快|好|适合)|优于",
                about=r"\bwsl",
                unless=r"docker|image|container|镜像|容器|FROM ",
            ),
        ),
    ),
    Belief(
        "alpine",
        ("alpine", "go"),
        Message(
            en="A Go binary with cgo needs the libc that it was linked with: only CGO_ENABLED=0 makes it run on any Linux",
            zh="使用 cgo 的 Go 程序需要它所链接的 libc：只有 CGO_ENABLED=0 才能使其在任何 Linux 上运行",
        ),
        (
            said(
                r"\b(?:any|every|each) go (?:binary|program|executable)\b|\bgo (?:binar(?:y|ies)|programs?|executables?)\b|Go (?:编译的|编译出的|的)?(?:二进制|程序|可执行文件)",
                r"\b(?:runs?|works?|executes?)\b.{0,25}\b(?:on|in|under) (?:any|every|all|each)\b.{0,15}\b(?:linux|distributions?|distros?)|(?:任何|任意|所有|各种).{0,8}(?:Linux|发行版).{0,10}(?:都能|均可|上|中)?(?:直接)?运行|运行(?:于|在)(?:任何|任意|所有).{0,8}(?:Linux|发行版)",
                unless=r"CGO_ENABLED|static|without cgo|no cgo|pure go|静态|纯 ?Go|cgo",
            ),
        ),
    ),
)
