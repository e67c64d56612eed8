package synth

import (
	"math"
	"strconv"
	"strings"
)

// A token is a word of a saying and what may be done to it.
type token struct {
	text string
	kind kind
	n    int // the number that a number stands for
}

type kind byte

const (
	function  kind = iota // stays in every wording
	content               // may give way to another word
	auxiliary             // may take a "not" behind it
	number
	unit
)

var (
	starts = [][]token{
		{{text: "we"}, {text: "will", kind: auxiliary}},
		{{text: "they"}, {text: "have", kind: auxiliary}},
		{{text: "the"}, {text: "*", kind: content}, {text: "is", kind: auxiliary}},
		{{text: "this"}, {text: "*", kind: content}, {text: "can", kind: auxiliary}},
		{{text: "our"}, {text: "*", kind: content}, {text: "was", kind: auxiliary}},
		{{text: "people"}, {text: "should", kind: auxiliary}},
	}
	joints = []string{"and the", "in the", "of the", "for a", "with the", "because the", "to the", "after a", "from the", "before the"}
	units  = []string{"people", "tonnes", "houses", "soldiers", "million crowns", "ships", "days", "jobs"}
)

// sentence makes the words of a saying: a subject with its auxiliary, then phrases, about
// half of their words of the topic, in every second one a number.
func (w *world) sentence(topic []int) []token {
	var out []token
	word := func() token {
		if w.r.IntN(2) == 0 {
			return token{text: w.words[topic[w.r.IntN(len(topic))]], kind: content}
		}
		return token{text: w.words[w.zipf.Uint64()], kind: content}
	}
	for _, t := range starts[w.r.IntN(len(starts))] {
		if t.text == "*" {
			t = word()
		}
		out = append(out, t)
	}
	out = append(out, word())
	if w.r.IntN(2) == 0 {
		n := 3 + int(math.Exp(w.r.Float64()*8))
		out = append(out, token{text: strconv.Itoa(n), kind: number, n: n}, token{text: units[w.r.IntN(len(units))], kind: unit})
	}
	for range 2 + w.r.IntN(5) {
		for _, f := range strings.Fields(joints[w.r.IntN(len(joints))]) {
			out = append(out, token{text: f})
		}
		out = append(out, word(), word())
	}
	return out
}

func (s *saying) numbered() bool {
	for _, t := range s.words {
		if t.kind == number {
			return true
		}
	}
	return false
}

// worded returns the words of a saying after a change.
func (w *world) worded(s *saying, c Change) []token {
	out := append([]token(nil), s.words...)
	switch c {
	case Trimmed:
		return trimmed(out, w.r.IntN(2) == 0)
	case Reworded:
		return w.others(out, 5)
	case Number:
		return w.renumbered(out)
	case Negation:
		return negated(out)
	case QuotedWords:
		return w.others(out, 9)
	}
	return out
}

// trimmed returns the first two thirds, or the last, at the edge of a phrase, and
// never less than the saying's number.
func trimmed(t []token, first bool) []token {
	cut := len(t) * 2 / 3
	if first {
		return t[:max(cut, 6)]
	}
	return t[min(len(t)-cut, 2):]
}

// others puts another word for one content word in n, for one at least.
func (w *world) others(t []token, n int) []token {
	some := false
	for i := range t {
		if t[i].kind == content && (w.r.IntN(n) == 0 || !some && i > len(t)/2) {
			t[i].text, some = w.words[w.zipf.Uint64()], true
		}
	}
	return t
}

func (w *world) renumbered(t []token) []token {
	for i := range t {
		if t[i].kind == number {
			t[i].n += 1 + w.r.IntN(t[i].n*2)
			t[i].text = strconv.Itoa(t[i].n)
		}
	}
	return t
}

func negated(t []token) []token {
	for i := range t {
		if t[i].kind == auxiliary {
			return append(append(append([]token(nil), t[:i+1]...), token{text: "not"}), t[i+1:]...)
		}
	}
	return t
}

// backshifted is the saying as an indirect report has it.
var backshifted = map[string]string{"we": "they", "our": "their", "will": "would", "have": "had", "is": "was", "can": "could", "was": "had been", "this": "the"}

// mixed is the splitmix64 step: the same number for the same input everywhere.
func mixed(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

const (
	consonants = "bcdfgklmnprstvz"
	vowels     = "aeiou"
)

// invented is word number n of the vocabulary: the more common, the shorter.
func invented(n, seed uint64) string {
	var b strings.Builder
	h := mixed(n ^ seed<<20)
	for left := n + 4; left > 0; left /= 60 {
		b.WriteByte(consonants[h%15])
		b.WriteByte(vowels[h/15%5])
		h = mixed(h)
	}
	b.WriteByte(consonants[h%15])
	return b.String() + strconv.FormatUint(n%26+10, 36) // so that words seldom clash
}

// name is name number n of a kind.
func name(n, seed uint64) string {
	s := strings.TrimRight(invented(n+900, seed), "0123456789")
	return strings.ToUpper(s[:1]) + s[1:]
}
