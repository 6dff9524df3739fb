// Command app uses a module that only go.work knows.
package main

import (
	"fmt"

	"example.com/lib"
)

func main() {
	fmt.Println(lib.Word())
}
