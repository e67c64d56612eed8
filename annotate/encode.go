package annotate

import "hearsay/internal/nn"

// The encoder reads what it is to read in windows of some pieces, with some
// tokens before and behind. Where a text is too long for a window it is cut;
// there the encoder knows less, and what it says of the outer tokens is not
// used.
const (
	windowPieces  = 254 // without those that begin and end it
	windowContext = 8   // tokens
	windowEdge    = 24  // tokens
	leastPlaces   = 32
)

// The best on PolNeAR's dev part; BenchmarkGate shows what less doubt costs.
const (
	encoderShare = 0.8
	leastDoubt   = 0.05
)

// An encoding holds the pieces of a report, and the numbers of one window while
// the encoder runs.
type encoding struct {
	ids    [][Columns]uint32
	pieces []int32
	starts []int // the first piece of every token, and the end of the last

	x, t  []float32 // rows of width: what goes on from layer to layer, and what a layer makes of it
	wide  []float32 // queries, keys and values of all rows; then the gates of all tokens
	inner []float32 // of rowsAtOnce rows
	room  []float32 // of attention
	state []float32 // of the recurrent layer
	y     []float32 // rows of both directions
	out   []float32
	q     []uint8
	scale []float32
}

// join makes the field that decides on what both networks think.
func (e *encoder) join(n *network) {
	for from := range Tags {
		for to := range Tags {
			at := &e.field.transitions[from][to]
			*at = float32(e.share*(*at)) + float32((1-e.share)*n.transitions[from][to])
		}
	}
	e.field.forbid()
}

// improve mixes what the encoder thinks of the doubtful sentences into what the
// default network does, whose chances tell which those are.
func (e *encoder) improve(x *analysis, ids [][Columns]uint32, emit []emission, chances [][Tags]float64) {
	if wanted := x.doubtful(chances, e.doubt); len(wanted) > 0 {
		e.read(e.encoding(len(ids), x.word, ids), wanted, emit)
	}
}

// read mixes the encoder's emissions of the wanted tokens into the others.
func (e *encoder) read(w *encoding, wanted []words, emit []emission) {
	for _, v := range windows(w.starts, wanted, e.room()) {
		seen := e.run(w, v.read)[v.used.from-v.read.from:]
		for i := range emit[v.used.from:v.used.to] {
			for k, at := range &emit[v.used.from+i] {
				emit[v.used.from+i][k] = float32(e.share*seen[i][k]) + float32((1-e.share)*at)
			}
		}
	}
}

// word returns the text of token i.
func (a *analysis) word(i int) string { return a.span(words{i, i + 1}).In(a.text) }

// doubtful returns the sentences that hold a token whose likeliest tag is less
// likely than 1-doubt, those that follow each other as one.
func (a *analysis) doubtful(chances [][Tags]float64, doubt float64) []words {
	var out []words
	for _, s := range a.ss {
		most := 0.0
		for _, p := range chances[s.from:s.to] {
			top := 0.0
			for _, v := range p {
				top = max(top, v)
			}
			most = max(most, 1-top)
		}
		switch {
		case most < doubt:
		case len(out) > 0 && out[len(out)-1].to == s.from:
			out[len(out)-1].to = s.to
		default:
			out = append(out, words{s.from, s.to})
		}
	}
	return out
}

// A window is what the encoder reads at a time, and what of that is used.
type window struct{ read, used words }

// windows returns the windows that cover what is wanted, with some tokens around
// it. starts are the first piece of every token and the end of the last.
func windows(starts []int, wanted []words, room int) []window {
	var out []window
	for i := 0; i < len(wanted); {
		w := wanted[i]
		for i++; i < len(wanted) && wanted[i].from-w.to <= 2*windowContext; i++ {
			w.to = wanted[i].to
		}
		out = cut(out, starts, w, room)
	}
	return out
}

// cut appends the windows of at most room pieces that cover a range of tokens.
// They overlap by two edges, and by no more than a half.
func cut(out []window, starts []int, w words, room int) []window {
	end := min(len(starts)-1, w.to+windowContext)
	for from := max(0, w.from-windowContext); ; {
		to := from + 1
		for to < end && starts[to+1]-starts[from] <= room {
			to++
		}
		edge := min(windowEdge, (to-from)/4)
		used := words{w.from, min(w.to, to-edge)}
		if to == end || used.to == w.to {
			return append(out, window{words{from, to}, w})
		}
		if !used.empty() {
			out = append(out, window{words{from, to}, used})
			w.from = used.to
		}
		from = max(from+1, to-2*edge)
	}
}

// room is the number of pieces of tokens in a window.
func (e *encoder) room() int { return min(windowPieces, len(e.places)/e.width-2) }

// encoding cuts n tokens into pieces.
func (e *encoder) encoding(n int, token func(i int) string, ids [][Columns]uint32) *encoding {
	w := &encoding{ids: ids, starts: make([]int, n+1), pieces: make([]int32, 0, n*5/4+mostPieces)}
	for i := range n {
		w.pieces = e.split(w.pieces, token(i))
		w.starts[i+1] = len(w.pieces)
	}
	e.makeRoom(w)
	return w
}

// makeRoom makes room for the largest window that there can be.
func (e *encoder) makeRoom(w *encoding) {
	rows, d, h := min(len(w.pieces), e.room())+2, e.width, e.hidden
	widest := max(d, e.inner, 2*h)
	*w = encoding{
		ids: w.ids, pieces: w.pieces, starts: w.starts,
		x: make([]float32, rows*d), t: make([]float32, rows*d),
		wide: make([]float32, rows*3*d), inner: make([]float32, rowsAtOnce*e.inner),
		room: make([]float32, nn.AttentionRoom(rows)), state: make([]float32, h),
		y: make([]float32, rows*2*h), out: make([]float32, rows*outputs),
		q: make([]uint8, max(rows*max(d, 2*h), rowsAtOnce*widest)), scale: make([]float32, max(rows, rowsAtOnce)),
	}
}

// run returns the outputs of the encoder for the tokens of a window.
func (e *encoder) run(w *encoding, tokens words) []emission {
	rows, d := e.look(w, tokens), e.width
	nn.LayerNorm(w.x, w.x, e.norm.gain, e.norm.bias, rows, d)
	for i := range e.layers {
		e.layers[i].run(w, rows, d, e.inner)
	}
	n := tokens.to - tokens.from
	for i := range n { // of every token the first piece
		at := 1 + w.starts[tokens.from+i] - w.starts[tokens.from]
		copy(w.x[i*d:(i+1)*d], w.x[at*d:])
	}
	e.recur(w, n)
	out := make([]emission, n)
	for i := range out {
		copy(out[i][:], w.out[i*outputs:])
	}
	return out
}

// look sums the rows of the tables into w.x, and returns how many there are.
func (e *encoder) look(w *encoding, tokens words) int {
	var none [Columns]uint32
	rows := 0
	put := func(piece int32, ids *[Columns]uint32) {
		d := e.width
		row := w.x[rows*d : (rows+1)*d]
		copy(row, e.places[rows*d:])
		nn.AddRow(row, e.pieces.rows[int(piece)*d:(int(piece)+1)*d], e.pieces.scale[piece])
		for i, c := range hints {
			v := int(ids[c])
			nn.AddRow(row, e.hints[i].rows[v*d:(v+1)*d], e.hints[i].scale[v])
		}
		rows++
	}
	put(e.begin, &none)
	for i := tokens.from; i < tokens.to; i++ {
		for _, piece := range w.pieces[w.starts[i]:w.starts[i+1]] {
			put(piece, &w.ids[i])
		}
	}
	put(e.end, &none)
	return rows
}

// run changes w.x to what the layer makes of it.
func (l *encoderLayer) run(w *encoding, rows, d, inner int) {
	x, t := w.x[:rows*d], w.t[:rows*d]
	nn.Quantize(w.q, w.scale, x, rows, d)
	l.heads.Mul(w.wide, w.q, w.scale, rows)
	nn.Attention(t, w.wide, rows, d, w.room)
	nn.Quantize(w.q, w.scale, t, rows, d)
	l.out.Mul(t, w.q, w.scale, rows)
	nn.Add(x, t)
	nn.LayerNorm(x, x, l.first.gain, l.first.bias, rows, d)
	for from := 0; from < rows; from += rowsAtOnce {
		n := min(rowsAtOnce, rows-from)
		g := w.inner[:n*inner]
		nn.Quantize(w.q, w.scale, x[from*d:], n, d)
		l.up.Mul(g, w.q, w.scale, n)
		nn.GELU(g, g)
		nn.Quantize(w.q, w.scale, g, n, inner)
		l.down.Mul(t[from*d:], w.q, w.scale, n)
	}
	nn.Add(x, t)
	nn.LayerNorm(x, x, l.second.gain, l.second.bias, rows, d)
}

// recur runs the recurrent layer over the tokens, in both directions, and
// leaves the outputs in w.out.
func (e *encoder) recur(w *encoding, rows int) {
	d, h := e.width, e.hidden
	nn.Quantize(w.q, w.scale, w.x, rows, d)
	e.direct.Mul(w.out, w.q, w.scale, rows)
	for i, m := range []*nn.Matrix{e.ahead, e.behind} {
		clear(w.state)
		m.Mul(w.wide, w.q, w.scale, rows)
		nn.SRU(w.y[i*h:], 2*h, w.wide, 3*h, rows, h, i == 1, w.state)
	}
	nn.Quantize(w.q, w.scale, w.y, rows, 2*h)
	e.recurrent.MulAdd(w.out, w.q, w.scale, rows)
}
