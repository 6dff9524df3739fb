// Command race has a data race.
package main

import (
	"fmt"
	"sync"
)

func main() {
	counter := 0
	var both sync.WaitGroup
	for range 2 {
		both.Add(1)
		go func() {
			defer both.Done()
			counter++ // stop: race
		}()
	}
	both.Wait() // stop: waiting
	fmt.Println("counted", counter)
}
