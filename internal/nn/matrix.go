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
		panel := m.weights[o/panelWidth*panelWidth*k:]
		for i, w := range weights[o*k : (o+1)*k] {
			need(-mostWeight <= w && w <= mostWeight, "a weight is beyond 63")
			panel[(i/groupSize*panelWidth+o%panelWidth)*groupSize+i%groupSize] = w
			m.start[o] -= zeroPoint * int32(w)
		}
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
// Over piece inputs a sum stays within its field: 64 * 255 * 63 < 1<<20.
const (
	fieldBits = 21
	fields    = 3
	triples   = 3 // that are multiplied at a time
	atOnce    = fields * triples
	piece     = 64
	packedIn  = 1536 // inputs that are packed once for all outputs
)

// mulGo is mul in Go. It takes nine rows at a time and multiplies a weight with
// the bytes of three of them at once.
func (m *Matrix) mulGo(dst []float32, q []uint8, scale []float32, rows int, add bool) {
	var packed [triples][packedIn]int64
	for r := 0; r < rows; r += atOnce {
		for o := 0; o < m.out; o += panelWidth {
			var sums [atOnce][panelWidth]int32
			for block := 0; block < m.in; block += packedIn {
				n := min(packedIn, m.in-block)
				if o == 0 || m.in > packedIn {
					m.pack(&packed, q[block:], r, rows, n)
				}
				w := m.weights[o*m.in+block*panelWidth:]
				for from := 0; from < n; from += piece {
					to := min(from+piece, n)
					for j := range panelWidth {
						x, y, z := dotPacked(packed[0][from:to], packed[1][from:to], packed[2][from:to], w[from*panelWidth+j*groupSize:])
						unpack(x, &sums[0][j], &sums[1][j], &sums[2][j])
						unpack(y, &sums[3][j], &sums[4][j], &sums[5][j])
						unpack(z, &sums[6][j], &sums[7][j], &sums[8][j])
					}
				}
			}
			for i := range min(atOnce, rows-r) {
				m.store(o, dst[(r+i)*m.out+o:][:panelWidth], &sums[i], scale[r+i], add)
			}
		}
	}
}

// pack packs n inputs of the nine rows from r on. A row beyond the last is a
// copy of it and is not stored.
func (m *Matrix) pack(packed *[triples][packedIn]int64, q []uint8, r, rows, n int) {
	for p := range packed {
		var row [fields][]uint8
		for f := range row {
			row[f] = q[min(r+fields*p+f, rows-1)*m.in:][:n]
		}
		packRows(packed[p][:n], row[0], row[1], row[2])
	}
}

// store writes 16 outputs of a row, or adds them to it.
func (m *Matrix) store(o int, out []float32, sums *[panelWidth]int32, scale float32, add bool) {
	for j := range out {
		v := float32(float32(scale*m.scale[o+j]) * float32(sums[j]+m.start[o+j]))
		if add {
			out[j] += v
		} else {
			out[j] = v + m.bias[o+j]
		}
	}
}

// packRows puts the bytes of three rows into integers.
func packRows(packed []int64, a, b, c []uint8) {
	a, b, c = a[:len(packed)], b[:len(packed)], c[:len(packed)]
	for i := range packed {
		packed[i] = int64(a[i]) | int64(b[i])<<fieldBits | int64(c[i])<<(2*fieldBits)
	}
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

// dotPacked returns the sums of products of one output for three packed rows.
// Its weights are the first four of every 64 bytes of w.
func dotPacked(x, y, z []int64, w []int8) (s, t, u int64) {
	for len(x) >= groupSize && len(y) >= groupSize && len(z) >= groupSize && len(w) >= groupSize {
		a, b, c, d := int64(w[0]), int64(w[1]), int64(w[2]), int64(w[3])
		s += x[0]*a + x[1]*b + x[2]*c + x[3]*d
		t += y[0]*a + y[1]*b + y[2]*c + y[3]*d
		u += z[0]*a + z[1]*b + z[2]*c + z[3]*d
		x, y, z = x[groupSize:], y[groupSize:], z[groupSize:]
		w = w[min(len(w), panelWidth*groupSize):]
	}
	return s, t, u
}
