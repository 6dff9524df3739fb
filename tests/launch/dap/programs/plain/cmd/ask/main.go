// Command ask greets everybody who is named, until a line is empty.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	fmt.Println("who?")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() && lines.Text() != "" {
		answer(lines.Text())
	}
}

func answer(name string) {
	fmt.Println("hello", name) // stop: answer
}
