"""Mount options of `automount.options`.

DrvFs: microsoft/WSL, src/linux/init/drvfs.cpp (2026-08). The others: mount(8) of util-linux 2.41 and the 9p file
system of Linux 6.6, to which WSL passes all other options.
"""

DRVFS = frozenset(("uid", "gid", "umask", "fmask", "dmask", "metadata", "case", "symlinkroot"))

_MOUNT = """
    async atime auto bind defaults dev diratime dirsync exec group iversion lazytime loud mand noatime noauto nodev
    nodiratime noexec nofail noiversion nolazytime nomand norelatime nostrictatime nosuid nouser owner private ro
    relatime remount rw shared silent slave strictatime suid sync user users _netdev context fscontext defcontext
    rootcontext
"""
_9P = """
    access afid aname cache cachetag debug dfltgid dfltuid fscache loose locktimeout mmap msize nodevmap noextend
    noxattr port posixacl privport readahead rfdno trans uname version wfdno ignoreqv directio
"""

ALL = DRVFS | frozenset(_MOUNT.split()) | frozenset(_9P.split())
