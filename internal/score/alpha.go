package score

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// The labels of a token. Where spans of several roles cover a token, the
// greater label counts: a cue is short and precise, a content long.
const (
	inNone = iota
	inContent
	inSpeaker
	inCue
	labels
)

// A table counts the tokens that one coder gave the label of the row and the
// other that of the column.
type table [labels][labels]int

// agreement counts the tokens of text by the labels that two sets of tidy
// attributions give them.
func agreement(text string, a, b []Attribution) table {
	tokens := tokenise(text)
	x, y := label(tokens, a), label(tokens, b)
	var t table
	for i := range tokens {
		t[x[i]][y[i]]++
	}
	return t
}

// tokenise cuts text into words and single punctuation marks.
func tokenise(text string) []hearsay.Span {
	var tokens []hearsay.Span
	for at := 0; at < len(text); {
		n := wordLen(text[at:])
		if n == 0 {
			var r rune
			r, n = utf8.DecodeRuneInString(text[at:])
			if unicode.IsSpace(r) {
				at += n
				continue
			}
		}
		tokens = append(tokens, hearsay.Span{Start: at, End: at + n})
		at += n
	}
	return tokens
}

// label returns the label of every token.
func label(tokens []hearsay.Span, all []Attribution) []uint8 {
	labels := make([]uint8, len(tokens))
	for _, a := range all {
		paint(tokens, labels, a.Content, inContent)
		paint(tokens, labels, a.Speaker, inSpeaker)
		paint(tokens, labels, a.Cue, inCue)
	}
	return labels
}

func paint(tokens []hearsay.Span, labels []uint8, spans []hearsay.Span, with uint8) {
	for _, s := range spans {
		first := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > s.Start })
		for i := first; i < len(tokens) && tokens[i].Start < s.End; i++ {
			labels[i] = max(labels[i], with)
		}
	}
}

func (t *table) add(o table) {
	for i := range t {
		for j := range t[i] {
			t[i][j] += o[i][j]
		}
	}
}

// total returns the number of tokens.
func (t *table) total() int {
	n := 0
	for _, row := range t {
		for _, c := range row {
			n += c
		}
	}
	return n
}

// alpha is Krippendorff's, for two coders and nominal labels: 1 for perfect
// agreement, 0 for chance. It is 1 for an empty table and where only one label
// was given.
func (t *table) alpha() float64 {
	var n, same, byChance float64
	for i := range t {
		var of float64 // values i in the table of coincidences
		for j := range t {
			of += float64(t[i][j] + t[j][i])
		}
		n += of
		same += 2 * float64(t[i][i])
		byChance += of * (of - 1)
	}
	if n == 0 || byChance == n*(n-1) {
		return 1
	}
	return 1 - (n-same)*(n-1)/(n*(n-1)-byChance)
}
