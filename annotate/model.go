package annotate

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"

	"hearsay/internal/nn"
)

//go:embed en.model
var enModel []byte

// The format of a model file, little-endian:
//
//	magic, then uint32: format, FeatureVersion, CRC-32 (IEEE) of all that follows
//	uint32: width, hidden, layers, words, buckets
//	words uint32: the hashes of the words that have a row, in order
//	for each column: its rows of width int8, then a float32 a row to multiply them by
//	the network, as network.read reads it
//
// A matrix is its rows of int8, then its scales, then its biases, float32 both.
const (
	modelMagic  = "HEARSAY\n"
	modelFormat = 1
)

// A network is a model, ready to run. It does not change.
type network struct {
	width, hidden int
	keys          []uint32 // the hashes of the words that have a row, in order
	buckets       uint32   // rows for the other words
	first         []int32  // where the keys begin by their upper bits
	tables        [Columns]table
	enter         []float32 // bias of the sum of the rows
	norm          norm
	conv          [3]*nn.Matrix // of the token, the one before, the one behind
	layers        []recurrent
	last          norm
	top           *nn.Matrix
	transitions   [Tags][Tags]float32
}

// A table holds a row of numbers for each value of a column.
type table struct {
	rows  []byte // of int8; they lie in the model file
	scale []float32
}

type norm struct{ gain, bias []float32 }

// A recurrent layer runs over the text in both directions.
type recurrent struct {
	norm          norm
	ahead, behind *nn.Matrix // candidates and gates
	down          *nn.Matrix
}

var errModel = errors.New("damaged model")

// A modelReader takes a model file apart. After the first error it reads zeros.
type modelReader struct {
	rest []byte
	err  error
}

func (r *modelReader) bytes(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.err = fmt.Errorf("%w: it ends early", errModel)
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *modelReader) uint32() uint32 {
	b := r.bytes(4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}

func (r *modelReader) size(most uint32) int {
	n := r.uint32()
	if n > most {
		r.err = fmt.Errorf("%w: a size of %d", errModel, n)
		return 0
	}
	return int(n)
}

func (r *modelReader) ints(n int) []int8 {
	b := r.bytes(n)
	out := make([]int8, len(b))
	for i, v := range b {
		out[i] = int8(v)
	}
	return out
}

func (r *modelReader) floats(n int) []float32 {
	b := r.bytes(4 * n)
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

func (r *modelReader) norm(d int) norm { return norm{r.floats(d), r.floats(d)} }

func (r *modelReader) matrix(in, out int) *nn.Matrix {
	w, scale, bias := r.ints(in*out), r.floats(out), r.floats(out)
	if r.err != nil {
		return nil
	}
	for _, v := range w {
		if v < -63 || v > 63 {
			r.err = fmt.Errorf("%w: a weight of %d", errModel, v)
			return nil
		}
	}
	return nn.Pack(w, scale, bias, in, out)
}

// outputs is the number of outputs of the network, tags first: a matrix has a
// multiple of 16.
const outputs = 16

// readModel decodes a model file.
func readModel(file []byte) (*network, error) {
	r := &modelReader{rest: file}
	if string(r.bytes(len(modelMagic))) != modelMagic {
		return nil, fmt.Errorf("%w: it does not begin like one", errModel)
	}
	format, features, sum := r.uint32(), r.uint32(), r.uint32()
	switch {
	case format != modelFormat:
		return nil, fmt.Errorf("model of format %d, want %d", format, modelFormat)
	case features != FeatureVersion:
		return nil, fmt.Errorf("model trained on features of version %d, want %d", features, FeatureVersion)
	case crc32.ChecksumIEEE(r.rest) != sum:
		return nil, fmt.Errorf("%w: its checksum differs", errModel)
	}
	n := &network{}
	n.width, n.hidden = r.size(1<<12), r.size(1<<12)
	layers, words := r.size(64), r.size(1<<24)
	n.buckets = uint32(max(1, r.size(1<<24)))
	if n.width == 0 || n.width%32 != 0 || n.hidden == 0 || n.hidden%32 != 0 {
		return nil, fmt.Errorf("%w: a width of %d and %d", errModel, n.width, n.hidden)
	}
	n.read(r, layers, words)
	if r.err == nil && len(r.rest) > 0 {
		r.err = fmt.Errorf("%w: %d bytes too many", errModel, len(r.rest))
	}
	if r.err == nil && !slices.IsSorted(n.keys) {
		r.err = fmt.Errorf("%w: its words are not in order", errModel)
	}
	if r.err != nil {
		return nil, r.err
	}
	n.index()
	return n, nil
}

// read takes what follows the sizes.
func (n *network) read(r *modelReader, layers, words int) {
	d, h := n.width, n.hidden
	b := r.bytes(4 * words)
	n.keys = make([]uint32, len(b)/4)
	for i := range n.keys {
		n.keys[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	for c := range n.tables {
		rows := int(Values[c])
		if c == wordColumn {
			rows = words + int(n.buckets)
		}
		n.tables[c] = table{r.bytes(rows * d), r.floats(rows)}
	}
	n.enter, n.norm = r.floats(d), r.norm(d)
	for i := range n.conv {
		n.conv[i] = r.matrix(d, 2*d)
	}
	for range layers {
		n.layers = append(n.layers, recurrent{r.norm(d), r.matrix(d, 3*h), r.matrix(d, 3*h), r.matrix(2*h, d)})
	}
	n.last, n.top = r.norm(d), r.matrix(d, outputs)
	for i, v := range r.floats(int(Tags * Tags)) {
		n.transitions[i/int(Tags)][i%int(Tags)] = v
	}
	n.forbid()
}

// forbid rules out a tag inside a span behind anything but that span.
func (n *network) forbid() {
	for to := SpeakerInside; to < Tags; to += 2 {
		for from := range Tags {
			if from != to && from != to-1 {
				n.transitions[from][to] = float32(math.Inf(-1))
			}
		}
	}
}

// keyBits is the number of upper bits by which the keys are looked up.
const keyBits = 12

func (n *network) index() {
	n.first = make([]int32, 1<<keyBits+1)
	for i := range n.first {
		at, _ := slices.BinarySearchFunc(n.keys, uint64(i)<<(32-keyBits), func(k uint32, at uint64) int {
			if uint64(k) < at {
				return -1
			}
			return 1
		})
		n.first[i] = int32(at)
	}
}

// row returns the row of a word in its table.
func (n *network) row(hash uint32) int {
	lo, hi := n.first[hash>>(32-keyBits)], n.first[hash>>(32-keyBits)+1]
	for i, k := range n.keys[lo:hi] {
		if k == hash {
			return int(lo) + i
		}
	}
	return len(n.keys) + int(hash%n.buckets)
}
