__global__ void add(int *sum) { // stop: kernel
    atomicAdd(sum, 1); // stop: inside the kernel
}

extern "C" int launch_add(int threads) {
    int *sum = nullptr;
    cudaMalloc(&sum, sizeof *sum); // stop: launch_add
    add<<<1, threads>>>(sum);
    return cudaGetLastError();
}
