package nn

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand"
	"testing"
)

// inGo runs f on the path in Go.
func inGo(f func()) {
	defer func(was bool) { fast = was }(fast)
	fast = false
	f()
}

// withoutVNNI runs f with AVX2 alone.
func withoutVNNI(f func()) {
	defer func(was bool) { vnni = was }(vnni)
	vnni = false
	f()
}

// paths runs a test on each path that this machine has.
func paths(t *testing.T, f func(t *testing.T)) {
	t.Run("go", func(t *testing.T) { inGo(func() { f(t) }) })
	if fast {
		t.Run("avx2", func(t *testing.T) { withoutVNNI(func() { f(t) }) })
	}
	if vnni {
		t.Run("vnni", f)
	}
}

// widths and counts are the shapes that the tests go through.
var (
	widths = []int{32, 96, 128, 384}
	counts = []int{0, 1, 2, 3, 4, 5, 7, 65, 131}
)

// kinds of numbers that a row may hold.
var kinds = []struct {
	name string
	draw func(r *rand.Rand) float32
}{
	{"plain", func(r *rand.Rand) float32 { return float32(r.NormFloat64()) }},
	{"zero", func(r *rand.Rand) float32 { return 0 }},
	{"large", func(r *rand.Rand) float32 { return float32(r.NormFloat64() * 1e30) }},
	{"small", func(r *rand.Rand) float32 { return float32(r.NormFloat64() * 1e-30) }},
	{"of all sizes", func(r *rand.Rand) float32 { return float32(r.NormFloat64() * math.Pow(10, float64(r.Intn(12)-6))) }},
	{"any bits", func(r *rand.Rand) float32 { return math.Float32frombits(r.Uint32()) }},
	{"strange", func(r *rand.Rand) float32 {
		strange := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 1, -1, math.MaxFloat32, 1e-45, 126.5, 127, -127}
		return float32(strange[r.Intn(len(strange))])
	}},
}

func floats(r *rand.Rand, n int, draw func(*rand.Rand) float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = draw(r)
	}
	return x
}

func plain(r *rand.Rand, n int) []float32 { return floats(r, n, kinds[0].draw) }

// weights draws weights, the limits among them.
func weights(r *rand.Rand, n int) []int8 {
	w := make([]int8, n)
	for i := range w {
		w[i] = int8(max(-mostWeight, min(mostWeight, r.Intn(2*mostWeight+40)-mostWeight-20)))
	}
	return w
}

func levels(r *rand.Rand, n int) []uint8 {
	q := make([]uint8, n)
	for i := range q {
		q[i] = uint8(max(0, min(255, r.Intn(300)-20)))
	}
	return q
}

// same fails unless both hold the same bits, any NaN being like any other.
func same(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) && (got[i] == got[i] || want[i] == want[i]) {
			t.Fatalf("%s: number %d is %v (%#x) in assembly and %v (%#x) in Go", what, i,
				got[i], math.Float32bits(got[i]), want[i], math.Float32bits(want[i]))
		}
	}
}

// shapes calls f with every shape and every kind of numbers.
func shapes(t *testing.T, f func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32)) {
	t.Helper()
	if !fast {
		t.Skip("this machine has one path")
	}
	r := rand.New(rand.NewSource(1))
	for _, d := range widths {
		for _, rows := range counts {
			for _, kind := range kinds {
				f(r, fmt.Sprintf("%d rows of %d, %s", rows, d, kind.name), rows, d, kind.draw)
			}
		}
	}
}

// both runs a kernel on both paths over copies of dst and compares them.
func both(t *testing.T, what string, dst []float32, kernel func(dst []float32)) {
	t.Helper()
	got, want := append([]float32(nil), dst...), append([]float32(nil), dst...)
	kernel(got)
	inGo(func() { kernel(want) })
	same(t, what, got, want)
}

func TestPathsQuantizeAlike(t *testing.T) {
	shapes(t, func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32) {
		x := floats(r, rows*d, draw)
		if rows > 3 {
			clear(x[2*d : 3*d])
		}
		got, want := make([]uint8, rows*d+1), make([]uint8, rows*d+1)
		got[rows*d], want[rows*d] = 77, 77
		gotScale, wantScale := make([]float32, rows), make([]float32, rows)
		Quantize(got, gotScale, x, rows, d)
		inGo(func() { Quantize(want, wantScale, x, rows, d) })
		same(t, what, gotScale, wantScale)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%s: byte %d of %v is %d in assembly and %d in Go", what, i, x[i], got[i], want[i])
			}
		}
	})
}

func TestPathsMultiplyAlike(t *testing.T) {
	shapes(t, func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32) {
		n := 16 * (1 + r.Intn(6))
		m := Pack(weights(r, d*n), plain(r, n), plain(r, n), d, n)
		q, scale := levels(r, rows*d), floats(r, rows, draw)
		dst := plain(r, rows*n+1)
		both(t, what, dst, func(dst []float32) { m.Mul(dst, q, scale, rows) })
		both(t, what, dst, func(dst []float32) { m.MulAdd(dst, q, scale, rows) })
		withoutVNNI(func() {
			both(t, what, dst, func(dst []float32) { m.Mul(dst, q, scale, rows) })
			both(t, what, dst, func(dst []float32) { m.MulAdd(dst, q, scale, rows) })
		})
	})
}

func TestPathsNormAlike(t *testing.T) {
	shapes(t, func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32) {
		x, gain, bias := floats(r, rows*d, draw), plain(r, d), plain(r, d)
		both(t, what, make([]float32, rows*d+1), func(dst []float32) { LayerNorm(dst, x, gain, bias, rows, d) })
		both(t, what, x, func(dst []float32) { LayerNorm(dst, dst, gain, bias, rows, d) })
	})
}

func TestPathsGateAlike(t *testing.T) {
	shapes(t, func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32) {
		n := rows*d + r.Intn(8) // a tail
		x := floats(r, n, draw)
		dst := plain(r, n)
		both(t, what+", sigmoid", dst, func(dst []float32) { Sigmoid(dst, x) })
		both(t, what+", GELU", dst, func(dst []float32) { GELU(dst, x) })
		both(t, what+", sum", dst, func(dst []float32) { Add(dst, x) })
		gates := floats(r, 2*rows*d, draw)
		both(t, what+", GLU", plain(r, rows*d+1), func(dst []float32) { GLU(dst, gates, rows, d) })
	})
}

func TestPathsRecurAlike(t *testing.T) {
	shapes(t, func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32) {
		dstStride, xStride := d*(1+r.Intn(2)), 3*d+r.Intn(3)*d
		x, state := floats(r, rows*xStride, draw), plain(r, d)
		for _, reverse := range []bool{false, true} {
			both(t, what, plain(r, rows*dstStride+d), func(dst []float32) {
				c := dst[rows*dstStride:]
				copy(c, state)
				SRU(dst, dstStride, x, xStride, rows, d, reverse, c)
			})
		}
	})
}

func TestPathsReadTablesAlike(t *testing.T) {
	shapes(t, func(r *rand.Rand, what string, rows, d int, draw func(*rand.Rand) float32) {
		row := make([]byte, d+r.Intn(8))
		r.Read(row)
		scale := draw(r)
		both(t, what, plain(r, len(row)), func(dst []float32) { AddRow(dst, row, scale) })
	})
}

// TestProductsAreExact holds Mul against sums of plain integers.
func TestProductsAreExact(t *testing.T) {
	paths(t, func(t *testing.T) {
		r := rand.New(rand.NewSource(2))
		for _, k := range []int{32, 128, 256, 288, 320, 768, 1024} {
			for _, rows := range []int{1, 2, 3, 4, 5, 70} {
				const n = 48
				w, q, bias, scale := weights(r, k*n), levels(r, rows*k), plain(r, n), make([]float32, rows)
				one := make([]float32, n)
				for i := range one {
					one[i] = 1
				}
				for i := range scale {
					scale[i] = 1
				}
				if rows == 5 { // the largest sums there are
					fill(w, mostWeight)
					fill(w[k:2*k], -mostWeight)
					fill(q, 255)
					fill(q[k:2*k], 0)
				}
				m := Pack(w, one, bias, k, n)
				dst := make([]float32, rows*n)
				m.Mul(dst, q, scale, rows)
				for i, got := range dst {
					sum := 0
					for j := range k {
						sum += int(w[i%n*k+j]) * (int(q[i/n*k+j]) - zeroPoint)
					}
					if want := float32(sum) + bias[i%n]; got != want {
						t.Fatalf("%d inputs, row %d, output %d: %v, want %v", k, i/n, i%n, got, want)
					}
				}
			}
		}
	})
}

func fill[T any](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}

// TestConvolutionIsThreeProducts runs a window of three rows as Mul and MulAdd.
func TestConvolutionIsThreeProducts(t *testing.T) {
	paths(t, func(t *testing.T) {
		const rows, k, n = 9, 64, 32
		r := rand.New(rand.NewSource(3))
		var taps [3]*Matrix
		for i := range taps {
			taps[i] = Pack(weights(r, k*n), plain(r, n), plain(r, n), k, n)
		}
		q, scale := levels(r, rows*k), plain(r, rows)
		dst := make([]float32, rows*n)
		taps[1].Mul(dst, q, scale, rows)
		taps[0].MulAdd(dst[n:], q, scale, rows-1)
		taps[2].MulAdd(dst, q[k:], scale[1:], rows-1)
		for row := range rows {
			want := make([]float32, n)
			taps[1].Mul(want, q[row*k:], scale[row:], 1)
			if row > 0 {
				taps[0].MulAdd(want, q[(row-1)*k:], scale[row-1:], 1)
			}
			if row < rows-1 {
				taps[2].MulAdd(want, q[(row+1)*k:], scale[row+1:], 1)
			}
			same(t, "a window", dst[row*n:][:n], want)
		}
	})
}

func TestQuantizedRowsAreNear(t *testing.T) {
	paths(t, func(t *testing.T) {
		const rows, k = 9, 96
		x := plain(rand.New(rand.NewSource(4)), rows*k)
		clear(x[k : 2*k])
		q, scale := make([]uint8, rows*k), make([]float32, rows)
		Quantize(q, scale, x, rows, k)
		for i, v := range x {
			back := float64(int(q[i])-zeroPoint) * float64(scale[i/k])
			if off := math.Abs(back - float64(v)); off > 0.5001*float64(scale[i/k]) {
				t.Fatalf("%v became %v with steps of %v", v, back, scale[i/k])
			}
		}
		if scale[1] != 0 || q[k] != zeroPoint {
			t.Errorf("a row of zeros has scale %v and bytes %d", scale[1], q[k])
		}
	})
}

func TestHalvesGoToTheEvenLevel(t *testing.T) {
	paths(t, func(t *testing.T) {
		x := make([]float32, 32)
		copy(x, []float32{127, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, -126.5})
		q, scale := make([]uint8, 32), make([]float32, 1)
		Quantize(q, scale, x, 1, 32)
		for i, want := range []int{127, 0, 2, 2, 0, -2, -2, 126, -126} {
			if got := int(q[i]) - zeroPoint; got != want {
				t.Errorf("%v goes to level %d, want %d", x[i], got, want)
			}
		}
	})
}

func TestSigmoidIsAccurate(t *testing.T) {
	paths(t, func(t *testing.T) {
		var x []float32
		for v := -30.0; v <= 30; v += 0.0007 {
			x = append(x, float32(v))
		}
		dst := make([]float32, len(x))
		Sigmoid(dst, x)
		worst, far := 0.0, 0.0
		for i, got := range dst {
			want := 1 / (1 + math.Exp(-float64(x[i])))
			off := math.Abs(float64(got)-want) / want
			if x[i] > -10 {
				worst = max(worst, off)
			}
			far = max(far, off)
		}
		t.Logf("largest relative error %.2g, with those below -10 %.2g", worst, far)
		if worst > 1e-6 || far > 3e-6 {
			t.Errorf("sigmoid is off by %.2g, and %.2g below -10", worst, far)
		}
	})
}

func TestGELUIsAccurate(t *testing.T) {
	paths(t, func(t *testing.T) {
		var x []float32
		for v := -6.0; v <= 6; v += 0.001 {
			x = append(x, float32(v))
		}
		dst := make([]float32, len(x))
		GELU(dst, x)
		for i, got := range dst {
			v := float64(x[i])
			want := v / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(v+0.044715*v*v*v)))
			if math.Abs(float64(got)-want) > 1e-6 {
				t.Fatalf("GELU of %v is %v, want %v", v, got, want)
			}
		}
	})
}

func TestLayerNormIsAccurate(t *testing.T) {
	paths(t, func(t *testing.T) {
		const rows, d = 5, 160
		r := rand.New(rand.NewSource(5))
		x, gain, bias := plain(r, rows*d), plain(r, d), plain(r, d)
		dst := make([]float32, rows*d)
		LayerNorm(dst, x, gain, bias, rows, d)
		for row := range rows {
			var sum, squares float64
			for _, v := range x[row*d:][:d] {
				sum += float64(v)
			}
			for _, v := range x[row*d:][:d] {
				squares += (float64(v) - sum/d) * (float64(v) - sum/d)
			}
			for i, v := range x[row*d:][:d] {
				want := (float64(v)-sum/d)/math.Sqrt(squares/d+1e-5)*float64(gain[i]) + float64(bias[i])
				if got := dst[row*d+i]; math.Abs(float64(got)-want) > 1e-5 {
					t.Fatalf("row %d, number %d: %v, want %v", row, i, got, want)
				}
			}
		}
	})
}

// TestChunksRecurAsOne gives a recurrent unit its rows in chunks, both ways.
func TestChunksRecurAsOne(t *testing.T) {
	paths(t, func(t *testing.T) {
		const rows, d = 29, 32
		x := plain(rand.New(rand.NewSource(6)), rows*3*d)
		for _, reverse := range []bool{false, true} {
			whole, state := make([]float32, rows*d), make([]float32, d)
			SRU(whole, d, x, 3*d, rows, d, reverse, state)

			parts, c := make([]float32, rows*2*d), make([]float32, d)
			for i := range 3 {
				from := 10 * i
				if reverse {
					from = 20 - from
				}
				SRU(parts[from*2*d+d:], 2*d, x[from*3*d:], 3*d, min(10, rows-from), d, reverse, c)
			}
			same(t, "the state", c, state)
			for r := range rows {
				same(t, "a row", parts[r*2*d+d:][:d], whole[r*d:][:d])
			}
			first := 0
			if reverse {
				first = rows - 1
			}
			u, f, z := float64(x[first*3*d]), float64(x[first*3*d+d]), float64(x[first*3*d+2*d])
			want := (1 - 1/(1+math.Exp(-f))) * u / (1 + math.Exp(-z))
			if got := whole[first*d]; math.Abs(float64(got)-want) > 1e-6 {
				t.Errorf("the first output is %v, want %v", got, want)
			}
		}
	})
}

func TestMistakesOfTheCallerPanic(t *testing.T) {
	x, q, w := make([]float32, 64), make([]uint8, 64), make([]int8, 32*16)
	m := Pack(w, x[:16], x[:16], 32, 16)
	for name, f := range map[string]func(){
		"short output":    func() { m.Mul(x, q, x, 5) },
		"short input":     func() { m.Mul(x, q, x, 3) },
		"width":           func() { LayerNorm(x, x, x, x, 1, 33) },
		"a weight of 64":  func() { Pack(append(w[:511:511], 64), x[:16], x[:16], 32, 16) },
		"lost weights":    func() { Pack(w[1:], x[:16], x[:16], 32, 16) },
		"short state":     func() { SRU(x, 32, x, 96, 0, 32, false, x[:31]) },
		"short last row":  func() { SRU(x, 32, x, 96, 1, 32, false, x) },
		"negative rows":   func() { GLU(x, x, -1, 32) },
		"different sizes": func() { Add(x, x[1:]) },
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

func TestNothingIsAllocated(t *testing.T) {
	const rows, d = 8, 64
	r := rand.New(rand.NewSource(7))
	m := Pack(weights(r, d*d), plain(r, d), plain(r, d), d, d)
	x, dst, scale, q := plain(r, rows*3*d), make([]float32, rows*d), make([]float32, rows), make([]uint8, rows*d)
	state, row := make([]float32, d), make([]byte, d)
	paths(t, func(t *testing.T) {
		n := testing.AllocsPerRun(10, func() {
			Quantize(q, scale, x, rows, d)
			m.Mul(dst, q, scale, rows)
			m.MulAdd(dst, q, scale, rows)
			LayerNorm(dst, x, state, state, rows, d)
			GLU(dst, x, rows, d)
			SRU(dst, d, x, 3*d, rows, d, true, state)
			AddRow(state, row, 1)
			GELU(dst, x[:len(dst)])
		})
		if n != 0 {
			t.Errorf("%v allocations", n)
		}
	})
}

// TestBitsAreTheSameEverywhere holds what the kernels give for some numbers,
// which are the same on every machine, against what they gave on the first.
func TestBitsAreTheSameEverywhere(t *testing.T) {
	paths(t, func(t *testing.T) {
		const rows, d = 33, 96
		r := rand.New(rand.NewSource(8))
		even := func(n int) []float32 {
			return floats(r, n, func(r *rand.Rand) float32 { return float32(r.Intn(20001)-10000) / 1999 })
		}
		x, gain, bias, more := even(rows*d), even(d), even(d), even(rows*d)
		m := Pack(weights(r, d*2*d), even(2*d), even(2*d), d, 2*d)
		three := Pack(weights(r, d*3*d), even(3*d), even(3*d), d, 3*d)
		q, scale := make([]uint8, rows*d), make([]float32, rows)
		wide, state := make([]float32, rows*3*d), make([]float32, d)

		hash := fnv.New64a()
		add := func(x []float32) {
			for _, v := range x {
				hash.Write(binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)))
			}
		}
		LayerNorm(x, x, gain, bias, rows, d)
		add(x)
		Quantize(q, scale, x, rows, d)
		hash.Write(q)
		m.Mul(wide, q, scale, rows)
		m.MulAdd(wide[2*d:], q, scale, rows-1)
		add(wide)
		for i := range wide {
			wide[i] /= 5000
		}
		GLU(x, wide, rows, d)
		add(x)
		Add(x, more)
		GELU(x, x)
		add(x)
		Quantize(q, scale, x, rows, d)
		three.Mul(wide, q, scale, rows)
		for i := range wide {
			wide[i] /= 5000
		}
		SRU(x, d, wide, 3*d, rows, d, true, state)
		add(x)
		Sigmoid(x, x)
		row := make([]byte, d)
		for i, w := range weights(r, d) {
			row[i] = byte(w)
		}
		AddRow(x[:d], row, 0.37)
		add(x)
		const want = 0xa35bfe1a74e38694
		if got := hash.Sum64(); got != want {
			t.Errorf("the bits have the hash %#x, want %#x", got, uint64(want))
		}
	})
}
