// Command kernel launches a kernel that nvcc has compiled.
package main

// #cgo LDFLAGS: -L${SRCDIR} -ladd -lcudart_static -lstdc++ -ldl -lrt -lpthread
// int launch_add(int threads);
import "C"

import "fmt"

func main() {
	fmt.Println("launch_add:", C.launch_add(32)) // stop: kernel
}
