// Command train launches a kernel through the CUDA driver.
package main

// #cgo LDFLAGS: -lcuda
// #include "train.h"
import "C"

import (
	"fmt"
	"os"
)

func main() {
	code := step(3)
	fmt.Println("step:", code)
	os.Exit(code % 256)
}

func step(blocks int) int {
	code := int(C.launch_step(C.int(blocks))) // stop: step
	return code
}
