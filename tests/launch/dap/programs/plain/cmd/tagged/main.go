//go:build special

// Command tagged exists only with its tag.
package main

import "fmt"

func main() {
	fmt.Println("built with its tag") // stop: tagged
}
