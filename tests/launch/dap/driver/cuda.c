/* Stands in for libcuda.so.1 where there is no GPU. It tells which of CUDA's variables reached it, and its kernels
   end as it was built: well, with FAULT as after an illegal address, with CRASH by a segmentation fault of its own.

   As with the real driver a fault shows at the launch only under CUDA_LAUNCH_BLOCKING=1, else at the next call that
   waits; and where a core dump is wanted it is written and the program aborted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cuda.h"

enum { ILLEGAL_ADDRESS = 700 };

static int is_set(const char *variable) {
    const char *value = getenv(variable);
    return value && !strcmp(value, "1");
}

static void tell(const char *variable) {
    const char *value = getenv(variable);
    printf("%s=%s\n", variable, value ? value : "(unset)");
}

/* `pattern` has at most one %p, which is the number of the process. */
static void write_dump(const char *pattern) {
    const char *place = pattern ? strstr(pattern, "%p") : 0;
    char path[4096];
    if (!place) return;
    snprintf(path, sizeof path, "%.*s%d%s", (int)(place - pattern), pattern, getpid(), place + 2);
    FILE *dump = fopen(path, "w");
    if (dump) fclose(dump);
}

static CUresult fault(void) {
    if (is_set("CUDA_ENABLE_COREDUMP_ON_EXCEPTION")) {
        write_dump(getenv("CUDA_COREDUMP_FILE"));
        abort();
    }
    return ILLEGAL_ADDRESS;
}

CUresult cuInit(unsigned int flags) {
    tell("CUDA_LAUNCH_BLOCKING");
    tell("CUDA_DEVICE_ORDER");
    tell("CUDA_VISIBLE_DEVICES");
    return (CUresult)flags;
}

CUresult cuDeviceGetCount(int *count) {
    *count = 1;
    return 0;
}

static CUresult pending;

CUresult cuLaunchKernel(CUfunction function, unsigned int gridX, unsigned int gridY, unsigned int gridZ,
                        unsigned int blockX, unsigned int blockY, unsigned int blockZ, unsigned int sharedBytes,
                        CUstream stream, void **parameters, void **extra) {
#ifdef CRASH
    *(volatile int *)0 = (int)gridX;
#endif
#ifdef FAULT
    if (is_set("CUDA_LAUNCH_BLOCKING")) return fault();
    pending = fault();
#endif
    return 0;
}

CUresult cuCtxSynchronize(void) { return pending; }
