// Command greet says what it was started with.
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	fmt.Println(greeting(os.Args[1:]))
}

func greeting(names []string) string {
	everybody := strings.Join(names, "|")
	folder, _ := os.Getwd()
	return fmt.Sprintf("args=%s WORD=%s cwd=%s", everybody, os.Getenv("WORD"), folder) // stop: greeting
}
