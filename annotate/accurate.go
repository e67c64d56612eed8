package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"

	"hearsay/internal/nn"
)

// The format of the file of an accurate model, little-endian:
//
//	magic, then uint32: format, FeatureVersion, CRC-32 (IEEE) of all that follows
//	uint32: width, heads, inner, layers, hidden, places, number of pieces, bytes of them
//	the pieces, with a line feed between two
//	for the pieces and each column of hints: rows of width int8, then a float32 a row to multiply them by
//	the network, as encoder.decode reads it
//
// Matrices are as in the file of the default model.
const (
	accurateMagic  = "HEARSAY2"
	accurateFormat = 1
)

// hints are the columns that the encoder is told beside the pieces.
var hints = [...]int{shapeColumn, quoteColumn, layoutColumn, ruleColumn, lexiconColumn}

// headWidth is the width of a head of attention, which package nn fixes.
const headWidth = 32

// An encoder is an accurate model, ready to run: a transformer over the pieces
// of a window, a recurrent layer over its tokens, and a conditional random
// field. It does not change.
type encoder struct {
	*splitter
	width, inner, hidden int
	pieces               table
	hints                [len(hints)]table
	places               []float32 // a row for each place in a window
	norm                 norm
	layers               []encoderLayer
	ahead, behind        *nn.Matrix // candidates and gates
	recurrent, direct    *nn.Matrix // what the outputs take of the recurrent layer, and of the transformer
	field                network    // its transitions alone

	share float32 // of what decides on a sentence that is read: the rest is the default network's
	doubt float64 // how doubtful a token must be for its sentence to be read
}

type encoderLayer struct {
	heads, out *nn.Matrix
	first      norm
	up, down   *nn.Matrix
	second     norm
}

// WithAccurate returns a copy of the annotator that also uses an accurate
// model, which train/build.sh makes: better, and many times slower. The
// annotator itself does not change.
func (a *Annotator) WithAccurate(model []byte) (*Annotator, error) {
	e, err := readAccurate(model)
	if err != nil {
		return nil, err
	}
	e.join(a.net)
	b := *a
	b.encoder = e
	return &b, nil
}

// readAccurate decodes the file of an accurate model.
func readAccurate(file []byte) (*encoder, error) {
	r := &modelReader{rest: file}
	if string(r.bytes(len(accurateMagic))) != accurateMagic {
		return nil, errors.New("no accurate model: it does not begin like one")
	}
	format, features, sum := r.uint32(), r.uint32(), r.uint32()
	switch {
	case r.err != nil:
		return nil, r.err
	case format != accurateFormat:
		return nil, fmt.Errorf("accurate model of format %d, want %d", format, accurateFormat)
	case features != FeatureVersion:
		return nil, fmt.Errorf("accurate model trained on features of version %d, want %d", features, FeatureVersion)
	case crc32.ChecksumIEEE(r.rest) != sum:
		return nil, fmt.Errorf("%w: its checksum differs", errModel)
	}
	e := &encoder{share: encoderShare, doubt: leastDoubt}
	if err := e.decode(r); err != nil {
		return nil, err
	}
	return e, nil
}

// decode takes what follows the checksum.
func (e *encoder) decode(r *modelReader) error {
	e.width = r.size(1 << 12)
	heads := r.size(1 << 7)
	e.inner = r.size(1 << 14)
	layers := r.size(64)
	e.hidden = r.size(1 << 12)
	places, pieces, text := r.size(1<<10), r.size(1<<24), r.size(1<<28)
	d, h := e.width, e.hidden
	if r.err == nil && (heads == 0 || heads*headWidth != d || e.inner == 0 || e.inner%32 != 0 || h == 0 || h%32 != 0 || h > d || places < leastPlaces) {
		return fmt.Errorf("%w: its sizes do not fit", errModel)
	}
	vocabulary := strings.Split(string(r.bytes(text)), "\n")
	if r.err == nil && len(vocabulary) != pieces {
		return fmt.Errorf("%w: %d pieces, want %d", errModel, len(vocabulary), pieces)
	}
	rows := func(n int) table { return table{bytes.Clone(r.bytes(n * d)), r.floats(n)} }
	e.pieces = rows(pieces)
	for i, c := range hints {
		e.hints[i] = rows(int(Values[c]))
	}
	e.places, e.norm = r.floats(places*d), r.norm(d)
	for range layers {
		e.layers = append(e.layers, encoderLayer{
			r.matrix(d, 3*d), r.matrix(d, d), r.norm(d), r.matrix(d, e.inner), r.matrix(e.inner, d), r.norm(d),
		})
	}
	e.ahead, e.behind = r.matrix(d, 3*h), r.matrix(d, 3*h)
	e.recurrent, e.direct = r.matrix(2*h, outputs), r.matrix(d, outputs)
	for i, v := range r.floats(int(Tags * Tags)) {
		e.field.transitions[i/int(Tags)][i%int(Tags)] = v
	}
	e.field.forbid()
	switch {
	case r.err != nil:
		return r.err
	case len(r.rest) > 0:
		return fmt.Errorf("%w: %d bytes too many", errModel, len(r.rest))
	}
	var err error
	if e.splitter, err = newSplitter(vocabulary); err != nil {
		return fmt.Errorf("%w: %w", errModel, err)
	}
	return nil
}
