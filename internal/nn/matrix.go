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
	for from := 0; from < rows; from += chunkRows {
		n := min(chunkRows, rows-from)
		for o := 0; o < m.out; o += panelWidth {
			m.panel(o, dst[from*m.out+o:], q[from*m.in:], scale[from:], n, add)
		}
	}
}

// panel computes the 16 outputs from o on.
func (m *Matrix) panel(o int, dst []float32, q []uint8, scale []float32, rows int, add bool) {
	w := m.weights[o*m.in : (o+panelWidth)*m.in]
	if !fast {
		m.panelGo(o, dst, q, scale, rows, add)
		return
	}
	if add {
		mulAddAVX2(&dst[0], m.out, &q[0], m.in, &scale[0], rows, &w[0], &m.start[o], &m.scale[o])
		return
	}
	mulAVX2(&dst[0], m.out, &q[0], m.in, &scale[0], rows, &w[0], &m.start[o], &m.scale[o], &m.bias[o])
}

// panelGo is panel in Go. It takes four rows at a time and multiplies a weight
// with the bytes of two rows at once: they lie 32 bits apart in one integer.
func (m *Matrix) panelGo(o int, dst []float32, q []uint8, scale []float32, rows int, add bool) {
	const piece = 256
	var pairs [2][piece]int64
	for r := 0; r < rows; r += 4 {
		var sums [2][panelWidth]int64
		for from := 0; from < m.in; from += piece {
			n := min(piece, m.in-from)
			for p := range pairs {
				// A row beyond the last is computed as a copy of it and not stored.
				a, b := min(r+2*p, rows-1)*m.in+from, min(r+2*p+1, rows-1)*m.in+from
				pairBytes(pairs[p][:n], q[a:a+n], q[b:b+n])
			}
			w := m.weights[o*m.in+from*panelWidth:][:n*panelWidth]
			for j := range panelWidth {
				s, t := dotPairs(pairs[0][:n], pairs[1][:n], w[j*groupSize:])
				sums[0][j] += s
				sums[1][j] += t
			}
		}
		for i := range min(4, rows-r) {
			out := dst[(r+i)*m.out:][:panelWidth]
			for j := range out {
				sum := int32(sums[i/2][j])
				if i%2 == 1 {
					sum = int32((sums[i/2][j] - int64(sum)) >> 32)
				}
				v := float32(float32(scale[r+i]*m.scale[o+j]) * float32(sum+m.start[o+j]))
				if add {
					out[j] += v
				} else {
					out[j] = v + m.bias[o+j]
				}
			}
		}
	}
}

// pairBytes puts the bytes of two rows into integers, 32 bits apart.
func pairBytes(pairs []int64, a, b []uint8) {
	for i := range pairs {
		pairs[i] = int64(a[i]) | int64(b[i])<<32
	}
}

// dotPairs returns the sums of products of one output for two pairs of rows.
// Its weights are the first four of every 64 bytes of w.
func dotPairs(x, y []int64, w []int8) (s, t int64) {
	for len(x) >= groupSize && len(y) >= groupSize && len(w) >= groupSize {
		a, b, c, d := int64(w[0]), int64(w[1]), int64(w[2]), int64(w[3])
		s += a*x[0] + b*x[1] + c*x[2] + d*x[3]
		t += a*y[0] + b*y[1] + c*y[2] + d*y[3]
		x, y = x[groupSize:], y[groupSize:]
		w = w[min(len(w), panelWidth*groupSize):]
	}
	return s, t
}
