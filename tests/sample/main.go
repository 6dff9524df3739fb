// A program with nothing to it: the sample is about the files around it.
package main

import "fmt"

func main() {
	fmt.Println("hello from WSL")
}
