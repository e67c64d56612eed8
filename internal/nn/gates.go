package nn

import "math"

// The exponential of Cephes: e to the x is two to the n, n being an integer,
// times a polynomial in what remains. ln2 is in two parts, the first with so
// few bits that n times it is exact.
const (
	gateLimit = 30 // a gate beyond is open or shut
	log2e     = 1.44269504088896341
	ln2High   = 0.693359375
	ln2Low    = -2.12194440e-4
	exp7      = 1.9875691500e-4
	exp6      = 1.3981999507e-3
	exp5      = 8.3334519073e-3
	exp4      = 4.1665795894e-2
	exp3      = 1.6666665459e-1
	exp2      = 5.0000001201e-1

	geluLinear = 1.5957691216 // 2*sqrt(2/pi)
	geluCubic  = 0.044715
)

// sigmoid is 1/(1+exp(-x)) to a few parts in ten million, with x held between
// -30 and 30; of a NaN, it is that of -30. The conversions keep the compiler
// from fusing, which would change the last bit.
func sigmoid(x float32) float32 {
	x = smaller(larger(x, -gateLimit), gateLimit)
	rounded := float32(x*-log2e) + roundUp
	n := rounded - roundUp
	x += float32(n * ln2High)
	x += float32(n * ln2Low)
	p := float32(x*-exp7) + exp6
	p = float32(p*x) - exp5
	p = float32(p*x) + exp4
	p = float32(p*x) - exp3
	p = float32(p*x) + exp2
	p = float32(float32(p*float32(x*x))-x) + 1
	e := math.Float32frombits(math.Float32bits(p) + math.Float32bits(rounded)<<23)
	return 1 / (1 + e)
}

// Sigmoid sets dst to 1/(1+exp(-x)) of each of x, which is as long and may be
// dst. Beyond -30 and 30 it does not change any more.
func Sigmoid(dst, x []float32) {
	need(len(dst) == len(x), "a sigmoid of a slice of another length")
	n := 0
	if fast && len(x) >= lanes {
		n = len(x) / lanes * lanes
		sigmoidAVX2(&dst[0], &x[0], n)
	}
	for i := n; i < len(x); i++ {
		dst[i] = sigmoid(x[i])
	}
}

// GELU sets dst to x*sigmoid(1.5957691*(x+0.044715*x*x*x)), the form with a
// hyperbolic tangent, of each of x, which is as long and may be dst.
func GELU(dst, x []float32) {
	need(len(dst) == len(x), "a GELU of a slice of another length")
	n := 0
	if fast && len(x) >= lanes {
		n = len(x) / lanes * lanes
		geluAVX2(&dst[0], &x[0], n)
	}
	for i := n; i < len(x); i++ {
		v := x[i]
		inner := v + float32(float32(float32(v*v)*v)*geluCubic)
		dst[i] = v * sigmoid(float32(inner*geluLinear))
	}
}

// ReLU sets dst to the larger of 0 and each of x, which is as long and may be
// dst. Of a NaN it is 0.
func ReLU(dst, x []float32) {
	need(len(dst) == len(x), "a ReLU of a slice of another length")
	n := 0
	if fast && len(x) >= lanes {
		n = len(x) / lanes * lanes
		reluAVX2(&dst[0], &x[0], n)
	}
	for i := n; i < len(x); i++ {
		dst[i] = larger(x[i], 0)
	}
}

// GLU sets the rows of dst, of d numbers, to the first half of those of x, of
// 2d, each times the sigmoid of its like in the second half.
func GLU(dst, x []float32, rows, d int) {
	needRows(rows, d)
	need(len(dst) >= rows*d && len(x) >= rows*2*d, "a slice is too short for a gate")
	if rows == 0 {
		return
	}
	if fast {
		gluAVX2(&dst[0], &x[0], rows, d)
		return
	}
	for r := range rows {
		out, value, gate := dst[r*d:(r+1)*d], x[r*2*d:][:d], x[r*2*d+d:][:d]
		for i := range out {
			out[i] = value[i] * sigmoid(gate[i])
		}
	}
}

// SRU runs a simple recurrent unit over rows, from the last to the first where
// reverse is set. A row of x holds three blocks of d: candidates u, and what
// opens the forget gate f and the reset gate r. With f and r the sigmoids of
// these, c = f*c + (1-f)*u and the row of dst is r*c.
//
// Row i starts at dst[i*dstStride] and x[i*xStride]; slice dst and x to begin
// within a row. state holds the d numbers c, is read first and written last: a
// long report may come in chunks, the last one first where reverse is set.
func SRU(dst []float32, dstStride int, x []float32, xStride int, rows, d int, reverse bool, state []float32) {
	needRows(rows, d)
	need(len(state) >= d, "a state is too short")
	if rows == 0 {
		return
	}
	need(dstStride >= d && xStride >= 3*d, "rows of a recurrent unit lie on each other")
	need(len(dst) >= (rows-1)*dstStride+d && len(x) >= (rows-1)*xStride+3*d, "a slice is too short for a recurrent unit")
	first, step := 0, 1
	if reverse {
		first, step = rows-1, -1
	}
	if fast {
		sruAVX2(&dst[first*dstStride], step*dstStride, &x[first*xStride], step*xStride, rows, d, &state[0])
		return
	}
	for n, r := 0, first; n < rows; n, r = n+1, r+step {
		sruGo(dst[r*dstStride:][:d], x[r*xStride:][:3*d], state[:d])
	}
}

func sruGo(dst, x []float32, state []float32) {
	d := len(dst)
	u, forget, reset := x[:d], x[d:2*d], x[2*d:3*d]
	for i, c := range state {
		f := sigmoid(forget[i])
		c = float32(f*c) + float32(float32(1-f)*u[i])
		state[i] = c
		dst[i] = float32(sigmoid(reset[i]) * c)
	}
}
