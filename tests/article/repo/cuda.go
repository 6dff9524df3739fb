package main

/*
#cgo LDFLAGS: -lcuda -lcudart
#include <cuda_runtime.h>
*/
import "C"

// run waits for the kernels that the device still has to finish.
func run() {
	C.cudaDeviceSynchronize()
}
