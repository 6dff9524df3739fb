// Package lib has a word.
package lib

// Word is the word.
func Word() string {
	word := "from the other module"
	return word // stop: lib
}
