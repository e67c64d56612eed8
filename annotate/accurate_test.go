package annotate

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"

	"hearsay/internal/mark"
)

// A tinyCase is what the trainer's splitter and the small random model, before
// its weights were rounded, make of some tokens with random features.
type tinyCase struct {
	Words     []string          `json:"words"`
	Pieces    [][]int32         `json:"pieces"`
	IDs       [][Columns]uint32 `json:"ids"`
	Emissions []emission        `json:"emissions"`
	Chances   [][Tags]float64   `json:"chances"`
}

// tinyModel returns testdata/tiny.model, a random model of the format of the
// accurate one, and what the trainer makes of it.
func tinyModel(t testing.TB) ([]byte, []tinyCase) {
	t.Helper()
	model, err := os.ReadFile("testdata/tiny.model")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("testdata/tiny.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []tinyCase
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return model, all
}

func tinyEncoder(t testing.TB) (*encoder, []tinyCase) {
	t.Helper()
	model, all := tinyModel(t)
	e, err := readAccurate(model)
	if err != nil {
		t.Fatal(err)
	}
	return e, all
}

// encodingOf cuts tokens into pieces.
func encodingOf(e *encoder, c *tinyCase) *encoding {
	return e.encoding(len(c.Words), func(i int) string { return c.Words[i] }, c.IDs)
}

func TestPiecesAreTheTrainers(t *testing.T) {
	e, all := tinyEncoder(t)
	n := 0
	for _, c := range all {
		for i, w := range c.Words {
			if got := e.split(nil, w); !slices.Equal(got, c.Pieces[i]) {
				t.Errorf("%q is cut into %v, want %v", w, got, c.Pieces[i])
			}
			n++
		}
	}
	if n < 60 {
		t.Errorf("%d tokens only", n)
	}
}

// TestLongTokensAreCutFast cuts what no report should hold.
func TestLongTokensAreCutFast(t *testing.T) {
	e, _ := tinyEncoder(t)
	for _, s := range []string{"", strings.Repeat("a", 1<<20), strings.Repeat("é", 1<<18), strings.Repeat("\u0301", 1<<16), strings.Repeat("-", 1<<16), "\xff\xfe"} {
		if n := len(e.split(nil, s)); n < 1 || n > mostPieces {
			t.Errorf("%d bytes are %d pieces", len(s), n)
		}
	}
}

func TestTheEncoderIsTheTrainers(t *testing.T) {
	e, all := tinyEncoder(t)
	for k := range all {
		c := &all[k]
		got := e.run(encodingOf(e, c), words{0, len(c.Words)})
		off, offChance, most := 0.0, 0.0, 0.0
		for i, p := range e.field.chances(got) {
			for k := range p {
				d := math.Abs(float64(got[i][k] - c.Emissions[i][k]))
				off += d
				most = max(most, d)
				offChance += math.Abs(p[k] - c.Chances[i][k])
			}
		}
		n := float64(len(got)) * float64(Tags)
		t.Logf("emissions are off by %.4f on average, %.3f at most, chances by %.4f", off/n, most, offChance/n)
		if off/n > 0.13 || most > 0.6 || offChance/n > 0.01 {
			t.Errorf("emissions are off by %.4f on average, %.3f at most, chances by %.4f", off/n, most, offChance/n)
		}
	}
}

// TestEveryPathEncodesToTheSameBits is TestEveryPathGivesTheSameBits for the
// encoder.
func TestEveryPathEncodesToTheSameBits(t *testing.T) {
	e, all := tinyEncoder(t)
	sum := crc32.NewIEEE()
	for k := range all {
		for _, v := range e.run(encodingOf(e, &all[k]), words{0, len(all[k].Words)}) {
			if err := binary.Write(sum, binary.LittleEndian, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden(t, "testdata/tiny.golden", fmt.Sprintf("%08x\n", sum.Sum32()))
}

// TestWindowsCoverWhatIsWanted draws pieces and ranges of tokens.
func TestWindowsCoverWhatIsWanted(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		room := leastPlaces - 2 + r.Intn(230)
		starts := []int{0}
		for range r.Intn(900) {
			size := 1 + r.Intn(2)
			if r.Intn(9) == 0 {
				size = 1 + r.Intn(mostPieces)
			}
			starts = append(starts, starts[len(starts)-1]+size)
		}
		n := len(starts) - 1
		var wanted []words
		for at := r.Intn(50); at < n; at += 1 + r.Intn(100) {
			to := min(n, at+1+r.Intn(200))
			wanted = append(wanted, words{at, to})
			at = to
		}
		used := make([]int, n)
		for _, w := range windows(starts, wanted, room) {
			if starts[w.read.to]-starts[w.read.from] > room || w.used.empty() || w.used.from < w.read.from || w.read.to < w.used.to {
				t.Fatalf("window %v of %d pieces at most", w, room)
			}
			for i := w.used.from; i < w.used.to; i++ {
				used[i]++
			}
		}
		for _, w := range wanted {
			for i := w.from; i < w.to; i++ {
				used[i]--
			}
		}
		for i, k := range used {
			if k < 0 || k > 1 {
				t.Fatalf("token %d of %d is used %d times too often: wanted %v, room %d", i, n, k, wanted, room)
			}
		}
	}
}

func TestWindowsOverlapByTwoEdges(t *testing.T) {
	starts := make([]int, 501)
	for i := range starts {
		starts[i] = i
	}
	got := windows(starts, []words{{0, 500}}, 254)
	want := []window{{words{0, 254}, words{0, 230}}, {words{206, 460}, words{230, 436}}, {words{412, 500}, words{436, 500}}}
	if !slices.Equal(got, want) {
		t.Errorf("windows %v, want %v", got, want)
	}
}

// TestADamagedAccurateModelIsRefused cuts and changes the file: an error, no
// panic, and none is taken.
func TestADamagedAccurateModelIsRefused(t *testing.T) {
	model, _ := tinyModel(t)
	head := len(accurateMagic) + 12
	sizes := head + 8*4
	for _, n := range []int{0, 1, 8, 19, head, head + 4, sizes, sizes + 1, sizes + 400, len(model) / 2, len(model) - 1} {
		if _, err := readAccurate(resummed(model[:n])); err == nil {
			t.Errorf("a model of %d bytes was taken", n)
		}
	}
	if _, err := readAccurate(resummed(append(slices.Clone(model), 0))); err == nil {
		t.Error("a model with a byte too many was taken")
	}
	for _, at := range []int{0, 9, 13, 17, 30, len(model) / 3, len(model) - 1} {
		b := slices.Clone(model)
		b[at] ^= 0x40
		if _, err := readAccurate(b); err == nil {
			t.Errorf("a model with another byte %d was taken", at)
		}
	}
	for size := range 8 { // absurd sizes behind a right checksum
		for _, v := range []uint32{0, 1, 33, 96, 1 << 20, math.MaxUint32} {
			b := slices.Clone(model)
			binary.LittleEndian.PutUint32(b[head+4*size:], v)
			if _, err := readAccurate(resummed(b)); err == nil {
				t.Errorf("a model whose size %d is %d was taken", size, v)
			}
		}
	}
	for _, piece := range []string{"[CLS]", "[SEP]", "[UNK]"} {
		b := slices.Clone(model)
		copy(b[strings.Index(string(b), piece):], "(")
		if _, err := readAccurate(resummed(b)); err == nil {
			t.Errorf("a model without %s was taken", piece)
		}
	}
	if _, err := readAccurate(enModel); err == nil {
		t.Error("the default model was taken")
	}
}

// TestWithAccurate reads reports with the small random model besides: what it
// finds is no good, but well formed.
func TestWithAccurate(t *testing.T) {
	a := load(t)
	model, _ := tinyModel(t)
	b, err := a.WithAccurate(model)
	if err != nil {
		t.Fatal(err)
	}
	if a.encoder != nil {
		t.Error("the annotator has changed")
	}
	b.encoder.doubt = 0 // all sentences
	text, err := os.ReadFile("testdata/parity.txt")
	if err != nil {
		t.Fatal(err)
	}
	differ := false
	for _, s := range []string{"", "“", "Ada Brann said so.", string(text), strings.Repeat(string(text)+"\n\n", 12)} {
		doc := report(s)
		ss := b.Statements(doc)
		if err := check(doc, ss); err != nil {
			t.Error(err)
		}
		once := mark.Print(doc.Text, mark.Of(ss))
		if again := mark.Print(doc.Text, mark.Of(b.Statements(doc))); again != once {
			t.Error("another time there are other statements")
		}
		differ = differ || once != mark.Print(doc.Text, mark.Of(a.Statements(doc)))
	}
	if !differ {
		t.Error("the accurate model changes nothing")
	}
	if _, err := a.WithAccurate(model[1:]); err == nil {
		t.Error("a damaged model was taken")
	}
}
