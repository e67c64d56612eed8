package annotate

import (
	"math"

	"hearsay/internal/nn"
)

// The network sees a report in pieces: longer ones are cut, so that memory does
// not grow with the report. Each piece is read with some tokens of its
// neighbours, whose tags are not used.
const (
	pieceTokens = 3072
	pieceEdge   = 96
	rowsAtOnce  = 72 // rows whose gates stay in the cache; a multiple of what the kernels take at a time
)

// An emission is how much the network takes a token for each tag.
type emission [Tags]float32

// emissions runs the network over all tokens of a report.
func (n *network) emissions(ids [][Columns]uint32) []emission {
	out := make([]emission, len(ids))
	if len(ids) == 0 {
		return out
	}
	w := n.work(min(len(ids), pieceTokens+2*pieceEdge))
	for from := 0; from < len(ids); from += pieceTokens {
		to := min(from+pieceTokens, len(ids))
		lo, hi := max(0, from-pieceEdge), min(len(ids), to+pieceEdge)
		n.run(w, ids[lo:hi])
		for i := from; i < to; i++ {
			copy(out[i][:], w.y[(i-lo)*outputs:])
		}
	}
	return out
}

// A work holds the numbers of one piece while the network runs. Its slices are
// used again from layer to layer.
type work struct {
	x, t  []float32 // rows of width: what goes on from layer to layer, and what a layer makes of it
	y     []float32 // rows of both directions, then of the outputs
	q     []uint8
	scale []float32
	gates []float32 // of rowsAtOnce rows
	state []float32
}

func (n *network) work(rows int) *work {
	d, h := n.width, n.hidden
	return &work{
		x: make([]float32, rows*d), t: make([]float32, rows*d),
		y: make([]float32, rows*max(2*h, outputs)),
		q: make([]uint8, rows*max(d, 2*h)), scale: make([]float32, rows),
		gates: make([]float32, rowsAtOnce*max(3*h, 2*d)), state: make([]float32, h),
	}
}

// run leaves the outputs of one piece in w.y, outputs numbers a token.
func (n *network) run(w *work, ids [][Columns]uint32) {
	rows, d := len(ids), n.width
	n.look(w.x, ids)
	x, t := w.x[:rows*d], w.t[:rows*d]
	nn.LayerNorm(x, x, n.norm.gain, n.norm.bias, rows, d)
	n.convolve(w, rows)
	nn.Add(x, t)
	for i := range n.layers {
		n.layers[i].run(w, rows, d, n.hidden)
		nn.Add(x, t)
	}
	nn.LayerNorm(t, x, n.last.gain, n.last.bias, rows, d)
	nn.Quantize(w.q, w.scale, t, rows, d)
	n.top.Mul(w.y, w.q, w.scale, rows)
}

// look sums the rows of the tables.
func (n *network) look(x []float32, ids [][Columns]uint32) {
	d := n.width
	for i := range ids {
		row := x[i*d : (i+1)*d]
		copy(row, n.enter)
		for c := range n.tables {
			v := int(ids[i][c])
			if c == wordColumn {
				v = n.row(ids[i][c])
			}
			nn.AddRow(row, n.tables[c].rows[v*d:(v+1)*d], n.tables[c].scale[v])
		}
	}
}

// convolve leaves in w.t what every token and its two neighbours make.
func (n *network) convolve(w *work, rows int) {
	d := n.width
	nn.Quantize(w.q, w.scale, w.x, rows, d)
	for from := 0; from < rows; from += rowsAtOnce {
		to := min(from+rowsAtOnce, rows)
		g := w.gates[:(to-from)*2*d]
		n.conv[0].Mul(g, w.q[from*d:], w.scale[from:], to-from)
		if first := max(from, 1); first < to { // the first token has none before it
			n.conv[1].MulAdd(g[(first-from)*2*d:], w.q[(first-1)*d:], w.scale[first-1:], to-first)
		}
		if last := min(to, rows-1); from < last {
			n.conv[2].MulAdd(g, w.q[(from+1)*d:], w.scale[from+1:], last-from)
		}
		nn.GLU(w.t[from*d:], g, to-from, d)
	}
}

// run leaves in w.t what the layer makes of w.x.
func (l *recurrent) run(w *work, rows, d, h int) {
	nn.LayerNorm(w.t, w.x, l.norm.gain, l.norm.bias, rows, d)
	nn.Quantize(w.q, w.scale, w.t, rows, d)
	clear(w.state)
	for from := 0; from < rows; from += rowsAtOnce {
		k := min(rowsAtOnce, rows-from)
		l.ahead.Mul(w.gates, w.q[from*d:], w.scale[from:], k)
		nn.SRU(w.y[from*2*h:], 2*h, w.gates, 3*h, k, h, false, w.state)
	}
	clear(w.state)
	for from := (rows - 1) / rowsAtOnce * rowsAtOnce; from >= 0; from -= rowsAtOnce {
		k := min(rowsAtOnce, rows-from)
		l.behind.Mul(w.gates, w.q[from*d:], w.scale[from:], k)
		nn.SRU(w.y[from*2*h+h:], 2*h, w.gates, 3*h, k, h, true, w.state)
	}
	nn.Quantize(w.q, w.scale, w.y, rows, 2*h)
	l.down.Mul(w.t, w.q, w.scale, rows)
}

// decode returns the likeliest tags of all tokens together (Viterbi).
func (n *network) decode(emit []emission) []Tag {
	tags := make([]Tag, len(emit))
	if len(emit) == 0 {
		return tags
	}
	back := make([][Tags]Tag, len(emit))
	best := emit[0]
	for i := 1; i < len(emit); i++ {
		var now emission
		for to := range Tags {
			from, most := Tag(0), best[0]+n.transitions[0][to]
			for k := Tag(1); k < Tags; k++ {
				if v := best[k] + n.transitions[k][to]; v > most {
					from, most = k, v
				}
			}
			now[to], back[i][to] = most+emit[i][to], from
		}
		best = now
	}
	last := Tag(0)
	for k := range Tags {
		if best[k] > best[last] {
			last = k
		}
	}
	for i := len(emit) - 1; i >= 0; i-- {
		tags[i] = last
		last = back[i][last]
	}
	return tags
}

// chances returns the probability of every tag of every token (the marginals of
// the conditional random field, by the forward-backward algorithm).
func (n *network) chances(emit []emission) [][Tags]float64 {
	p := make([][Tags]float64, len(emit))
	if len(emit) == 0 {
		return p
	}
	var step [Tags][Tags]float64
	for i := range step {
		for j := range step {
			step[i][j] = math.Exp(float64(n.transitions[i][j]))
		}
	}
	for i := range emit { // forward
		for to := range Tags {
			sum := 1.0
			if i > 0 {
				sum = 0
				for from := range Tags {
					sum += p[i-1][from] * step[from][to]
				}
			}
			p[i][to] = sum
		}
		w := weights(emit[i])
		for k := range w {
			p[i][k] *= w[k]
		}
		p[i] = scaled(p[i])
	}
	behind := [Tags]float64{1, 1, 1, 1, 1, 1, 1}
	for i := len(emit) - 1; i >= 0; i-- {
		for k := range Tags {
			p[i][k] *= behind[k]
		}
		p[i] = scaled(p[i])
		w := weights(emit[i])
		var before [Tags]float64
		for from := range Tags {
			for to := range Tags {
				before[from] += step[from][to] * w[to] * behind[to]
			}
		}
		behind = scaled(before)
	}
	return p
}

// weights returns the exponentials of an emission, the greatest being 1.
func weights(e emission) (w [Tags]float64) {
	top := e[0]
	for _, v := range e {
		top = max(top, v)
	}
	for k, v := range e {
		w[k] = math.Exp(float64(v - top))
	}
	return w
}

// scaled returns the numbers with a sum of 1.
func scaled(v [Tags]float64) [Tags]float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	if sum == 0 {
		return v
	}
	for i := range v {
		v[i] /= sum
	}
	return v
}
