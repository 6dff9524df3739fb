// A program that needs a GPU, in two files.
package main

func main() {
	run()
}
