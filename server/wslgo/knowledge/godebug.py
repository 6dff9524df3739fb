"""The settings of GODEBUG (internal/godebugs/table.go and runtime/runtime1.go of go1.26.8; net, crypto and cmd/go)."""

_SETTINGS = """
    adaptivestackstart allowmultiplevcs asyncpreemptoff asynctimerchan cgocheck checkfinalizers clobberfree
    containermaxprocs cpu.all cryptocustomrand dataindependenttiming decoratemappings disablethp dontfreezetheworld
    efence embedfollowsymlinks execerrdot execwait fips140 fips140ems gccheckmark gcpacertrace gcshrinkstackoff
    gcstoptheworld gctrace gocachehash gocachetest gocacheverify gotestjsonbuildtext gotypesalias harddecommit
    htmlmetacontenturlescape http2client http2debug http2server httpcookiemaxnum httplaxcontentlength httpmuxgo121
    httpservecontentkeepheaders inittrace installgoroot invalidptr jstmpllitinterp madvdontneed multipartfiles
    multipartmaxheaders multipartmaxparts multipathtcp netdns netedns0 panicnil profstackdepth randautoseed randseednop
    rsa1024min runtimecontentionstacks sbrk scavtrace scheddetail schedtrace tarinsecurepath tls10server tls3des
    tlsmaxrsasize tlsmlkem tlsrsakex tlssecpmlkem tlssha1 tlsunsafeekm traceadvanceperiod traceallocfree
    tracebackancestors tracebacklabels tracecheckstackownership tracefpunwindoff updatemaxprocs urlmaxqueryparams
    urlstrictcolons winreadlinkvolume winsymlink x509keypairleaf x509negativeserial x509rsacrt x509sha1 x509sha256skid
    x509usefallbackroots x509usepolicies zipinsecurepath
"""

SETTINGS = frozenset(_SETTINGS.split())
