package annotate

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"slices"
	"testing"
)

// A parityCase is what the trainer says of one stored text: the features of its
// tokens, and what the network made of them before its weights were rounded.
type parityCase struct {
	IDs       [][Columns]uint32 `json:"ids"`
	Emissions []emission        `json:"emissions"`
	Tags      []Tag             `json:"tags"`
}

func parityCases(t *testing.T) []parityCase {
	t.Helper()
	b, err := os.ReadFile("testdata/parity.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []parityCase
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestTheTrainerSeesTheSameFeatures computes the features of the stored text and
// compares them with those that the model was trained on. The columns that the
// rules and the lexicon fill may have changed a little since.
func TestTheTrainerSeesTheSameFeatures(t *testing.T) {
	text, err := os.ReadFile("testdata/parity.txt")
	if err != nil {
		t.Fatal(err)
	}
	got := load(t).Features(report(string(text)))
	want := parityCases(t)[0].IDs
	if len(got.IDs) != len(want) {
		t.Fatalf("%d tokens, %d when the model was trained", len(got.IDs), len(want))
	}
	changed := 0
	for i := range want {
		for c := range want[i] {
			if got.IDs[i][c] == want[i][c] {
				continue
			}
			if c != ruleColumn && c != lexiconColumn && c != layoutColumn {
				t.Errorf("column %d of %q is %d, was %d", c, got.Tokens[i].In(string(text)), got.IDs[i][c], want[i][c])
			}
			changed++
		}
	}
	if changed*20 > len(want) {
		t.Errorf("%d of %d tokens have other features than when the model was trained", changed, len(want))
	}
}

// TestTheNetworkIsTheTrainers compares what the rounded network makes of the
// stored features with what the trainer's made of them.
func TestTheNetworkIsTheTrainers(t *testing.T) {
	n := load(t).net
	for _, c := range parityCases(t) {
		got := n.emissions(c.IDs)
		off, same := 0.0, 0
		tags := n.decode(got)
		for i := range got {
			for k := range got[i] {
				off += math.Abs(float64(got[i][k] - c.Emissions[i][k]))
			}
			if tags[i] == c.Tags[i] {
				same++
			}
		}
		off /= float64(len(got) * int(Tags))
		t.Logf("emissions are off by %.4f on average, %d of %d tags are the same", off, same, len(tags))
		if off > 0.15 || same*100 < len(tags)*98 {
			t.Errorf("emissions are off by %.3f on average, %d of %d tags are the same", off, same, len(tags))
		}
	}
}

// TestEveryPathGivesTheSameBits holds the outputs of the network to a checksum:
// with assembly, and without (-tags noasm), on any processor.
func TestEveryPathGivesTheSameBits(t *testing.T) {
	n := load(t).net
	sum := crc32.NewIEEE()
	for _, c := range parityCases(t) {
		for _, e := range n.emissions(c.IDs) {
			if err := binary.Write(sum, binary.LittleEndian, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden(t, "testdata/bits.golden", fmt.Sprintf("%08x\n", sum.Sum32()))
}

// TestLongReportsAreReadInPieces compares the tags of a report of many pieces
// with those of its parts.
func TestLongReportsAreReadInPieces(t *testing.T) {
	n := load(t).net
	ids := parityCases(t)[0].IDs
	once := n.decode(n.emissions(ids))
	var long [][Columns]uint32
	for len(long) < 3*pieceTokens {
		long = append(long, ids...)
	}
	tags := n.decode(n.emissions(long))
	wrong := 0
	for i, tag := range tags {
		if tag != once[i%len(once)] {
			wrong++
		}
	}
	if wrong*50 > len(tags) {
		t.Errorf("%d of %d tags differ in a long report", wrong, len(tags))
	}
}

// TestChancesAreProbabilities checks that the chances of a token add up to 1 and
// that the likeliest tag of nearly every token is the decoded one.
func TestChancesAreProbabilities(t *testing.T) {
	n := load(t).net
	for _, c := range parityCases(t) {
		emit := n.emissions(c.IDs)
		tags, off := n.decode(emit), 0
		for i, p := range n.chances(emit) {
			sum := 0.0
			best := Tag(0)
			for k, v := range p {
				sum += v
				if v > p[best] {
					best = Tag(k)
				}
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Fatalf("token %d: chances add up to %v", i, sum)
			}
			if best != tags[i] {
				off++
			}
		}
		if off*20 > len(tags) {
			t.Errorf("the likeliest tag of %d of %d tokens is not the decoded one", off, len(tags))
		}
	}
}

// TestADamagedModelIsRefused cuts and changes the model file: an error, no
// panic, and none is taken.
func TestADamagedModelIsRefused(t *testing.T) {
	head := len(modelMagic) + 12
	for _, n := range []int{0, 1, 8, 19, head, head + 4, head + 20, head + 21, len(enModel) / 2, len(enModel) - 1} {
		if _, err := readModel(resummed(enModel[:n])); err == nil {
			t.Errorf("a model of %d bytes was taken", n)
		}
	}
	if _, err := readModel(resummed(append(slices.Clone(enModel), 0))); err == nil {
		t.Error("a model with a byte too many was taken")
	}
	for _, at := range []int{0, 9, 13, 17, 30, len(enModel) / 3, len(enModel) - 1} {
		b := slices.Clone(enModel)
		b[at] ^= 0x40
		if _, err := readModel(b); err == nil {
			t.Errorf("a model with another byte %d was taken", at)
		}
	}
	for size := range 5 { // absurd sizes behind a right checksum
		for _, v := range []uint32{0, 1, 31, 1 << 20, math.MaxUint32} {
			b := slices.Clone(enModel)
			if binary.LittleEndian.PutUint32(b[head+4*size:], v); bytes.Equal(b, enModel) {
				continue
			}
			if _, err := readModel(resummed(b)); err == nil {
				t.Errorf("a model whose size %d is %d was taken", size, v)
			}
		}
	}
}

// resummed returns the model with the checksum that its bytes have.
func resummed(b []byte) []byte {
	b = slices.Clone(b)
	if head := len(modelMagic) + 12; len(b) >= head {
		binary.LittleEndian.PutUint32(b[head-4:], crc32.ChecksumIEEE(b[head:]))
	}
	return b
}
