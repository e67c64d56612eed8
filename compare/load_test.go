package compare

import "testing"

func BenchmarkVectors(b *testing.B) {
	for b.Loop() {
		if _, err := readVectors(vectorFile); err != nil {
			b.Fatal(err)
		}
	}
}
