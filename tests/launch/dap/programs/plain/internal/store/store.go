// Package store keeps numbers.
package store

// Store is a sum.
type Store struct{ sum int }

// Add adds to the sum and returns it.
func (s *Store) Add(number int) int {
	s.sum += number
	return s.sum // stop: add
}
