package nn

import (
	"fmt"
	"math/rand"
	"testing"
)

// benchRows is the number of rows a benchmark works on at a time.
const benchRows = 256

// benchmark times a kernel over 256 rows on each path. macs is the number of
// products of a row, 0 where they are not what counts.
func benchmark(b *testing.B, name string, macs int, f func()) {
	run := func(b *testing.B) {
		for b.Loop() {
			f()
		}
		rows := float64(b.N) * benchRows
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/rows, "ns/row")
		if macs > 0 {
			b.ReportMetric(rows*float64(macs)/float64(b.Elapsed().Nanoseconds()), "GMAC/s")
		}
	}
	b.Run(name+"/go", func(b *testing.B) { inGo(func() { run(b) }) })
	if fast {
		b.Run(name+"/avx2", func(b *testing.B) { withoutVNNI(func() { run(b) }) })
	}
	if vnni && macs > 0 {
		b.Run(name+"/vnni", run)
	}
}

func BenchmarkMul(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	for _, shape := range [][2]int{{128, 128}, {128, 384}, {128, 768}, {256, 128}, {320, 128}, {768, 768}} {
		k, n := shape[0], shape[1]
		m := Pack(weights(r, k*n), plain(r, n), plain(r, n), k, n)
		q, scale, dst := levels(r, benchRows*k), plain(r, benchRows), make([]float32, benchRows*n)
		benchmark(b, fmt.Sprintf("%dx%d", k, n), k*n, func() { m.Mul(dst, q, scale, benchRows) })
	}
}

// BenchmarkRows times what is no product, at the width of the tagger.
func BenchmarkRows(b *testing.B) {
	const d = 128
	r := rand.New(rand.NewSource(1))
	x, dst, scale, q := plain(r, benchRows*3*d), plain(r, benchRows*d), make([]float32, benchRows), make([]uint8, benchRows*d)
	state, gain := make([]float32, d), plain(r, d)
	row := levels(r, d)
	one := x[:benchRows*d]
	benchmark(b, "Quantize", 0, func() { Quantize(q, scale, x, benchRows, d) })
	benchmark(b, "LayerNorm", 0, func() { LayerNorm(dst, x, gain, gain, benchRows, d) })
	benchmark(b, "SRU", 0, func() { SRU(dst, d, x, 3*d, benchRows, d, false, state) })
	benchmark(b, "GLU", 0, func() { GLU(dst, x, benchRows, d) })
	benchmark(b, "Sigmoid", 0, func() { Sigmoid(dst, one) })
	benchmark(b, "GELU", 0, func() { GELU(dst, one) })
	benchmark(b, "Add", 0, func() { clear(dst); Add(dst, one) })
	benchmark(b, "AddRow", 0, func() {
		for i := range benchRows {
			AddRow(dst[i*d:][:d], row, 0.5)
		}
	})
}
