// Each file here is a program.
package main

import "fmt"

func main() {
	fmt.Println("the second script") // stop: second
}
