package nn

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand"
	"testing"
)

func TestPathsAttendAlike(t *testing.T) {
	shapes(t, func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32) {
		x, room := floats(r, rows*3*d, draw), make([]float32, AttentionRoom(rows))
		both(t, what, plain(r, rows*d+1), func(dst []float32) { Attention(dst, x, rows, d, room) })
	})
}

// TestAttentionIsASoftmax holds Attention against the definition.
func TestAttentionIsASoftmax(t *testing.T) {
	paths(t, func(t *testing.T) {
		const d = 96
		r := rand.New(rand.NewSource(9))
		for _, rows := range []int{1, 3, 4, 16, 17, 38} {
			x, dst := plain(r, rows*3*d), make([]float32, rows*d)
			Attention(dst, x, rows, d, make([]float32, AttentionRoom(rows)))
			for at, got := range dst {
				row, i := at/d, at%d
				head := i / 32 * 32
				var sum, all float64
				for j := range rows {
					product := 0.0
					for k := range 32 {
						product += float64(x[row*3*d+head+k]) * float64(x[j*3*d+d+head+k])
					}
					weight := math.Exp(product / math.Sqrt(32))
					sum += weight * float64(x[j*3*d+2*d+i])
					all += weight
				}
				if want := sum / all; math.Abs(float64(got)-want) > 2e-6 {
					t.Fatalf("%d rows, row %d, number %d: %v, want %v", rows, row, i, got, want)
				}
			}
		}
	})
}

// TestAttentionGoesToTheLargest gives one key a product far above the others,
// which are far apart themselves.
func TestAttentionGoesToTheLargest(t *testing.T) {
	paths(t, func(t *testing.T) {
		const rows, d = 19, 32
		x, dst := make([]float32, rows*3*d), make([]float32, rows*d)
		for j := range rows {
			x[j*3*d] = -1000
			x[j*3*d+d] = float32(j) * 1000
			x[j*3*d+2*d] = float32(j + 5)
		}
		Attention(dst, x, rows, d, make([]float32, AttentionRoom(rows)))
		for row := range rows {
			if dst[row*d] != 5 {
				t.Errorf("row %d takes %v, want the value of the first, 5", row, dst[row*d])
			}
		}
	})
}

func TestAttentionAllocatesNothing(t *testing.T) {
	const rows, d = 21, 64
	r := rand.New(rand.NewSource(10))
	x, dst, room := plain(r, rows*3*d), make([]float32, rows*d), make([]float32, AttentionRoom(rows))
	paths(t, func(t *testing.T) {
		if n := testing.AllocsPerRun(10, func() { Attention(dst, x, rows, d, room) }); n != 0 {
			t.Errorf("%v allocations", n)
		}
	})
}

func TestAttentionNeedsRoom(t *testing.T) {
	x := make([]float32, 5*3*32)
	for name, f := range map[string]func(){
		"short output": func() { Attention(x[:5*32-1], x, 5, 32, make([]float32, AttentionRoom(5))) },
		"short input":  func() { Attention(make([]float32, 5*32), x[1:], 5, 32, make([]float32, AttentionRoom(5))) },
		"short room":   func() { Attention(make([]float32, 5*32), x, 5, 32, make([]float32, AttentionRoom(5)-1)) },
		"a head of 16": func() { Attention(make([]float32, 5*32), x, 5, 16, make([]float32, AttentionRoom(5))) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

// TestAttentionHasTheSameBitsEverywhere is TestBitsAreTheSameEverywhere for
// attention.
func TestAttentionHasTheSameBitsEverywhere(t *testing.T) {
	paths(t, func(t *testing.T) {
		const rows, d = 37, 96
		r := rand.New(rand.NewSource(11))
		x := floats(r, rows*3*d, func(r *rand.Rand) float32 { return float32(r.Intn(20001)-10000) / 3999 })
		dst := make([]float32, rows*d)
		Attention(dst, x, rows, d, make([]float32, AttentionRoom(rows)))
		hash := fnv.New64a()
		for _, v := range dst {
			hash.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
		}
		const want = 0x8934f60e45bf04c0
		if got := hash.Sum64(); got != want {
			t.Errorf("the bits have the hash %#x, want %#x", got, uint64(want))
		}
	})
}

func BenchmarkAttention(b *testing.B) {
	const d = 384
	r := rand.New(rand.NewSource(1))
	x, dst, room := plain(r, benchRows*3*d), make([]float32, benchRows*d), make([]float32, AttentionRoom(benchRows))
	benchmark(b, fmt.Sprintf("%drows", benchRows), 2*benchRows*d, func() { Attention(dst, x, benchRows, d, room) })
}
