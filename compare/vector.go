package compare

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"strings"
	"sync"
)

// words/vectors.md tells what is in the file and how it is laid out.
//
//go:embed words/vectors.bin
var vectorFile string

const (
	vectorMagic   = "HSVC"
	vectorVersion = 1
	vectorSize    = 96 // numbers of a vector
)

// vectors are words as points: words of like meaning lie near one another, and
// so do opposites.
type vectors struct {
	slots  []uint32 // by hash, the place of the word, from 1
	words  []string
	bits   string    // for each word, ten times how much it tells
	bytes  string    // for each word, its vector
	length []float32 // for each word, one through the length of its vector
}

// allVectors returns the vectors, read once. The file is part of the program,
// and a test reads it: an error in it is a mistake of the build.
var allVectors = sync.OnceValue(func() *vectors {
	v, err := readVectors(vectorFile)
	if err != nil {
		panic(err)
	}
	return v
})

func readVectors(file string) (*vectors, error) {
	const head, counts = 12, 12
	if len(file) < head+counts || file[:4] != vectorMagic {
		return nil, errors.New("vectors: not such a file")
	}
	number := func(at int) int { return int(binary.LittleEndian.Uint32([]byte(file[at : at+4]))) }
	if v := number(4); v != vectorVersion {
		return nil, fmt.Errorf("vectors: version %d, want %d", v, vectorVersion)
	}
	if uint32(number(8)) != crc32.ChecksumIEEE([]byte(file[head:])) {
		return nil, errors.New("vectors: the sum does not agree: the file is damaged")
	}
	n, size, text := number(12), number(16), number(20)
	body := file[head+counts:]
	if size != vectorSize || len(body) != text+n+n*size {
		return nil, fmt.Errorf("vectors: %d words of %d numbers in %d bytes", n, size, len(body))
	}
	v := &vectors{words: strings.Split(body[:text], "\n"), bits: body[text : text+n], bytes: body[text+n:]}
	if len(v.words) != n {
		return nil, fmt.Errorf("vectors: %d words, want %d", len(v.words), n)
	}
	v.index()
	return v, nil
}

// index makes what is not in the file: the slots and the lengths.
func (v *vectors) index() {
	v.slots = make([]uint32, 1<<16)
	for i, w := range v.words {
		at := slotOf(w)
		for v.slots[at] != 0 {
			at = (at + 1) % len(v.slots)
		}
		v.slots[at] = uint32(i + 1)
	}
	v.length = make([]float32, len(v.words))
	for i := range v.words {
		var sum int32
		for _, c := range []byte(v.at(int32(i + 1))) {
			sum += int32(int8(c)) * int32(int8(c))
		}
		v.length[i] = float32(1 / math.Sqrt(float64(max(1, sum))))
	}
}

func slotOf(w string) int {
	h := uint32(2166136261)
	for i := range len(w) {
		h = (h ^ uint32(w[i])) * 16777619
	}
	return int(h^h>>16) & 0xffff
}

// at returns the vector of a word by its place, from 1.
func (v *vectors) at(place int32) string {
	return v.bytes[int(place-1)*vectorSize : int(place)*vectorSize]
}

// exact returns the place of a word from 1; 0 for none.
func (v *vectors) exact(w string) int32 {
	for at := slotOf(w); v.slots[at] != 0; at = (at + 1) % len(v.slots) {
		if v.words[v.slots[at]-1] == w {
			return int32(v.slots[at])
		}
	}
	return 0
}

// find returns the place of a folded word or of one that it is a form of, or
// else of the last part of a compound; 0 for none.
func (v *vectors) find(t *lexicon, w string) int32 {
	if len(w) < 3 || len(w) > 40 {
		return 0
	}
	if p := v.exact(w); p != 0 {
		return p
	}
	kept := t.spelled(w)
	if p := v.exact(kept); p != 0 && kept != w {
		return p
	}
	if base := t.base[w]; base != "" {
		return v.exact(base)
	}
	if p := v.regular(kept); p != 0 {
		return p
	}
	return v.compound(w)
}

// regular returns the place of what a word can be a regular form of.
// train/trainer/vectors.py has the same list.
func (v *vectors) regular(w string) int32 {
	n := len(w)
	try := func(stem, ending string) int32 {
		if len(stem) < 2 {
			return 0
		}
		if ending == "" {
			return v.exact(stem)
		}
		return v.exact(stem + ending)
	}
	first := func(places ...int32) int32 {
		for _, p := range places {
			if p != 0 {
				return p
			}
		}
		return 0
	}
	switch {
	case strings.HasSuffix(w, "ies"):
		return first(try(w[:n-3], "y"), try(w[:n-1], ""))
	case strings.HasSuffix(w, "es"):
		return first(try(w[:n-1], ""), try(w[:n-2], ""))
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return try(w[:n-1], "")
	case strings.HasSuffix(w, "ied"):
		return try(w[:n-3], "y")
	case strings.HasSuffix(w, "ing") && n > 5:
		return first(try(w[:n-3], "e"), try(w[:n-3], ""), try(undoubled(w[:n-3]), ""))
	case strings.HasSuffix(w, "ed") && n > 4:
		return first(try(w[:n-2], "e"), try(w[:n-2], ""), try(undoubled(w[:n-2]), ""))
	}
	return 0
}

// compound returns the place of the last part of a word made of two.
func (v *vectors) compound(w string) int32 {
	for at := 3; at+4 <= len(w); at++ {
		last := v.exact(w[at:])
		if last == 0 {
			last = v.regular(w[at:])
		}
		if last != 0 && v.exact(w[:at]) != 0 {
			return last
		}
	}
	return 0
}

// near returns the cosine of the angle between two words: 1 for the same, about
// 0 for words that have nothing to do with one another.
func (v *vectors) near(a, b int32) float32 {
	if a == 0 || b == 0 {
		return 0
	}
	if a == b {
		return 1
	}
	p, q := v.at(a), v.at(b)
	var sum int32
	for i := 0; i < vectorSize; i += 4 {
		sum += int32(int8(p[i]))*int32(int8(q[i])) + int32(int8(p[i+1]))*int32(int8(q[i+1])) +
			int32(int8(p[i+2]))*int32(int8(q[i+2])) + int32(int8(p[i+3]))*int32(int8(q[i+3]))
	}
	return float32(sum) * v.length[a-1] * v.length[b-1]
}

// A middle is the weighted mean of the vectors of a statement's words.
type middle [vectorSize]float32

// add puts a word in.
func (m *middle) add(v *vectors, place int32, weight float32) {
	f := weight * v.length[place-1]
	for i, c := range []byte(v.at(place)) {
		m[i] += float32(f * float32(int8(c))) // rounded on every machine: the keys hang on it
	}
}

// near returns the cosine of the angle between two means, 0 where one is of
// no words.
func (m *middle) near(o *middle) float64 {
	var sum, p, q float32
	for i := range m {
		sum += m[i] * o[i]
		p += m[i] * m[i]
		q += o[i] * o[i]
	}
	if p == 0 || q == 0 {
		return 0
	}
	return float64(sum) / math.Sqrt(float64(p)*float64(q))
}
