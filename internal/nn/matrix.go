package nn

const (
	mostWeight = 63      // a product of two uint8 and two weights stays below 1<<15
	mostIn     = 1 << 16 // a sum of so many products stays below 1<<31
	panelWidth = 16      // outputs that the kernel computes at a time
	groupSize  = 4       // inputs that it multiplies at a time
	zeroPoint  = 128     // the byte that stands for 0
	chunkRows  = 64      // rows whose bytes stay in the cache over all panels
)

// Matrix is a linear layer with weights of one byte, packed for Mul. It does
// not change once it is packed, and may be used by many goroutines.
type Matrix struct {
	in, out int
	weights []int8  // panels of 16 outputs; in each, groups of 4 inputs; in each, output by output
	start   []int32 // takes the zero point of the inputs out of a sum: -128 times the sum of an output's weights
	scale   []float32
	bias    []float32
}

// Pack returns the linear layer of k inputs and n outputs whose weights are n
// rows of k. Output i is scale[i] times the sum of its products, plus bias[i].
// k is a multiple of 32, n of 16, and a weight at least -63 and at most 63: a
// matrix that is not so panics. The slices are copied.
func Pack(weights []int8, scale, bias []float32, k, n int) *Matrix {
	needRows(n, k)
	need(k <= mostIn, "a matrix has too many inputs")
	need(n > 0 && n%panelWidth == 0, "the outputs of a matrix are no multiple of 16")
	need(len(weights) == k*n, "a matrix has too few or too many weights")
	need(len(scale) == n && len(bias) == n, "a matrix has too few or too many scales or biases")
	m := &Matrix{
		in: k, out: n, weights: make([]int8, k*n), start: make([]int32, n),
		scale: append([]float32(nil), scale...), bias: append([]float32(nil), bias...),
	}
	for o := range n {
		row, panel := weights[o*k:(o+1)*k], m.weights[o/panelWidth*panelWidth*k+o%panelWidth*groupSize:]
		sum, least, most := int32(0), int8(0), int8(0)
		for _, w := range row {
			sum += int32(w)
			least, most = min(least, w), max(most, w)
		}
		need(-mostWeight <= least && most <= mostWeight, "a weight is beyond 63")
		for i := 0; i < k; i += groupSize {
			copy(panel[i*panelWidth:][:groupSize], row[i:])
		}
		m.start[o] = -zeroPoint * sum
	}
	return m
}

// In returns the number of inputs.
func (m *Matrix) In() int { return m.in }

// Out returns the number of outputs.
func (m *Matrix) Out() int { return m.out }

// Mul sets the rows of dst to the layer's outputs for rows of bytes and their
// scales, as Quantize makes them.
func (m *Matrix) Mul(dst []float32, q []uint8, scale []float32, rows int) {
	m.mul(dst, q, scale, rows, false)
}

// MulAdd adds the layer's outputs without the bias to the rows of dst. A
// convolution is a Mul and a MulAdd for each neighbour, with shifted rows.
func (m *Matrix) MulAdd(dst []float32, q []uint8, scale []float32, rows int) {
	m.mul(dst, q, scale, rows, true)
}

func (m *Matrix) mul(dst []float32, q []uint8, scale []float32, rows int, add bool) {
	needRows(rows, m.in)
	need(len(dst) >= rows*m.out && len(q) >= rows*m.in && len(scale) >= rows, "a slice is too short for a product")
	if !fast {
		m.mulGo(dst, q, scale, rows, add)
		return
	}
	for from := 0; from < rows; from += chunkRows {
		n := min(chunkRows, rows-from)
		for o := 0; o < m.out; o += panelWidth {
			m.panel(o, dst[from*m.out+o:], q[from*m.in:], scale[from:], n, add)
		}
	}
}

// panel computes the 16 outputs from o on, in assembly.
func (m *Matrix) panel(o int, dst []float32, q []uint8, scale []float32, rows int, add bool) {
	w := m.weights[o*m.in : (o+panelWidth)*m.in]
	switch {
	case add && vnni:
		mulAddVNNI(&dst[0], m.out, &q[0], m.in, &scale[0], rows, &w[0], &m.start[o], &m.scale[o])
	case add:
		mulAddAVX2(&dst[0], m.out, &q[0], m.in, &scale[0], rows, &w[0], &m.start[o], &m.scale[o])
	case vnni:
		mulVNNI(&dst[0], m.out, &q[0], m.in, &scale[0], rows, &w[0], &m.start[o], &m.scale[o], &m.bias[o])
	default:
		mulAVX2(&dst[0], m.out, &q[0], m.in, &scale[0], rows, &w[0], &m.start[o], &m.scale[o], &m.bias[o])
	}
}

// Three rows lie fieldBits apart in one integer, so that one product is three.
// The zero point is taken out of them before; over a piece a sum then stays
// within its field: 128 * 128 * 63 < 1<<20.
const (
	fieldBits = 21
	fields    = 3
	piece     = 128
	mostTall  = 8       // integers of three rows that a weight is multiplied with at a time
	packRoom  = 1 << 12 // integers that are packed at a time
	packedIn  = 1 << 11 // inputs of a row that are packed at a time
	zeros     = zeroPoint | zeroPoint<<fieldBits | zeroPoint<<(2*fieldBits)
)

// A sumRow holds sums of three rows and 16 outputs.
type sumRow [fields][panelWidth]int32

// mulGo is mul in Go. It multiplies a weight with the bytes of three rows at
// once.
func (m *Matrix) mulGo(dst []float32, q []uint8, scale []float32, rows int, add bool) {
	var packed [packRoom]int64
	var room [mostTall]sumRow
	block := min(m.in, packedIn)
	high := fields * min(mostTall, packRoom/block)
	for r := 0; r < rows; r += high {
		n := min(high, rows-r)
		sums := room[:(n+fields-1)/fields]
		for o := 0; o < m.out; o += panelWidth {
			clear(sums)
			for from := 0; from < m.in; from += block {
				wide := min(block, m.in-from)
				if o == 0 || block < m.in {
					m.pack(packed[:], q[from:], r, rows, len(sums), wide)
				}
				sumPanel(sums, packed[:], m.weights[o*m.in+from*panelWidth:][:wide*panelWidth])
			}
			for i := range n {
				m.store(o, dst[(r+i)*m.out+o:], &sums[i/fields][i%fields], scale[r+i], add)
			}
		}
	}
}

// pack packs n inputs of the rows from r on, three at a time. A row beyond the
// last is a copy of it and is not stored.
func (m *Matrix) pack(packed []int64, q []uint8, r, rows, tall, n int) {
	for t := range tall {
		var row [fields][]uint8
		for f := range row {
			row[f] = q[min(r+fields*t+f, rows-1)*m.in:][:n]
		}
		packRows(packed[t*n:][:n], row[0], row[1], row[2])
	}
}

// packRows puts the bytes of three rows into integers.
func packRows(packed []int64, a, b, c []uint8) {
	a, b, c = a[:len(packed)], b[:len(packed)], c[:len(packed)]
	for i := range packed {
		packed[i] = int64(a[i]) + int64(b[i])<<fieldBits + int64(c[i])<<(2*fieldBits) - zeros
	}
}

// sumPanel adds the products of packed rows and a panel of weights to the sums.
func sumPanel(sums []sumRow, packed []int64, w []int8) {
	n := len(w) / panelWidth
	for from := 0; from < n; from += piece {
		to := min(from+piece, n)
		for j := 0; j < panelWidth; j += 4 {
			weights := w[from*panelWidth+j*groupSize : to*panelWidth]
			for t := range sums {
				a, b, c, d := dotPacked(packed[t*n+from:t*n+to], weights)
				s := &sums[t]
				unpack(a, &s[0][j], &s[1][j], &s[2][j])
				unpack(b, &s[0][j+1], &s[1][j+1], &s[2][j+1])
				unpack(c, &s[0][j+2], &s[1][j+2], &s[2][j+2])
				unpack(d, &s[0][j+3], &s[1][j+3], &s[2][j+3])
			}
		}
	}
}

// dotPacked returns the sums of products of packed rows with four outputs,
// whose weights are the first 16 of every 64 of w. It is written so that all
// stays in registers and one multiplication follows the other.
func dotPacked(x []int64, w []int8) (s, t, u, v int64) {
	for i := 0; i < len(x)-3 && len(w) >= 16; i += groupSize {
		a, b, c, d := x[i], x[i+1], x[i+2], x[i+3]
		s += a*int64(w[0]) + b*int64(w[1]) + c*int64(w[2]) + d*int64(w[3])
		t += a*int64(w[4]) + b*int64(w[5]) + c*int64(w[6]) + d*int64(w[7])
		u += a*int64(w[8]) + b*int64(w[9]) + c*int64(w[10]) + d*int64(w[11])
		v += a*int64(w[12]) + b*int64(w[13]) + c*int64(w[14]) + d*int64(w[15])
		w = w[min(len(w), panelWidth*groupSize):]
	}
	return s, t, u, v
}

// unpack adds the three fields of a sum, which are signed, to theirs.
func unpack(v int64, a, b, c *int32) {
	const rest = 64 - fieldBits
	low := v << rest >> rest
	v = (v - low) >> fieldBits
	mid := v << rest >> rest
	*a += int32(low)
	*b += int32(mid)
	*c += int32((v - mid) >> fieldBits)
}

// store writes 16 outputs of a row, or adds them to it.
func (m *Matrix) store(o int, out []float32, sums *[panelWidth]int32, scale float32, add bool) {
	out, weight := out[:panelWidth], m.scale[o:][:panelWidth]
	if add {
		for j, v := range sums {
			out[j] += float32(float32(scale*weight[j]) * float32(v))
		}
		return
	}
	bias := m.bias[o:][:panelWidth]
	for j, v := range sums {
		out[j] = float32(float32(scale*weight[j])*float32(v)) + bias[j]
	}
}
