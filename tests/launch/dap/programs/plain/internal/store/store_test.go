package store

import (
	"os"
	"testing"
)

func TestAdd(t *testing.T) {
	var s Store
	s.Add(20)
	sum := s.Add(22)
	if sum != 42 { // stop: test
		t.Fatal(sum)
	}
}

func TestLiesBesideItsFiles(t *testing.T) {
	if _, err := os.Stat("store.go"); err != nil {
		t.Fatal(err)
	}
}
