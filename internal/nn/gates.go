package nn

import "math"

// A power of two is two to an integer, which is put into the exponent, times a
// polynomial in what remains, between -1/2 and 1/2. The polynomial is the one
// of degree 5 with the least relative error, 1e-7, among those that are 1 at 0.
const (
	gateLimit = 30 // a gate beyond is open or shut
	log2e     = 1.44269504088896341
	power1    = 0.693147004
	power2    = 0.240222424
	power3    = 0.0555073358
	power4    = 0.00967151299
	power5    = 0.00132647273

	geluLinear = 1.5957691216 // 2*sqrt(2/pi)
	geluCubic  = 0.044715
)

// atOnce is the number of gates that are computed at a time in Go.
const atOnce = 64

// shut sets dst to 1+exp(-x), by which a gate of x divides.
func shut(dst, x []float32) {
	decay(dst, x)
	for i, v := range dst {
		dst[i] = 1 + v
	}
}

// decay sets dst to exp(-x), to a few parts in ten million (of 1+exp(-x), in a
// million where x is below -10). x is as long and may be dst; it is held between
// -30 and 30, and a NaN is as -30. The conversions keep the compiler from
// fusing, which would change the last bit.
func decay(dst, x []float32) {
	x = x[:len(dst)]
	for i, v := range x {
		v = smaller(larger(v, -gateLimit), gateLimit)
		v = float32(v * -log2e)
		rounded := v + roundUp
		v -= rounded - roundUp
		p := float32(v*power5) + power4
		p = float32(p*v) + power3
		p = float32(p*v) + power2
		p = float32(p*v) + power1
		p = float32(p*v) + 1
		dst[i] = math.Float32frombits(math.Float32bits(p) + math.Float32bits(rounded)<<23)
	}
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
	dst = dst[n:]
	shut(dst, x[n:])
	for i, v := range dst {
		dst[i] = 1 / v
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
	var room [atOnce]float32
	for ; n < len(x); n += atOnce {
		from := x[n:min(n+atOnce, len(x))]
		inner := room[:len(from)]
		for i, v := range from {
			v += float32(float32(float32(v*v)*v) * geluCubic)
			inner[i] = float32(v * geluLinear)
		}
		shut(inner, inner)
		for i, v := range from {
			dst[n+i] = v / inner[i]
		}
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
		out, value := dst[r*d:(r+1)*d], x[r*2*d:][:d]
		shut(out, x[r*2*d+d:][:d])
		for i, v := range value {
			out[i] = v / out[i]
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
	var room [2][atOnce]float32
	d := len(dst)
	for from := 0; from < d; from += atOnce {
		n := min(atOnce, d-from)
		u, out, state := x[from:][:n], dst[from:][:n], state[from:][:n]
		forget, reset := room[0][:n], room[1][:n]
		shut(forget, x[d+from:])
		shut(reset, x[2*d+from:])
		for i, c := range state {
			f := 1 / forget[i]
			c = float32(f*c) + float32(float32(1-f)*u[i])
			state[i] = c
			out[i] = c / reset[i]
		}
	}
}
