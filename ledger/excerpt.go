package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"

	"hearsay"
)

const stride = 64

// countPoints returns the number of code points before every stride-th byte of
// the text; nil where every code point is one byte.
func countPoints(text string) []int {
	if utf8.RuneCountInString(text) == len(text) {
		return nil
	}
	counts := make([]int, 0, len(text)/stride+1)
	n := 0
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			counts = append(counts, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return counts
}

// pointAt returns the number of code points before byte i of the text.
func pointAt(text string, counts []int, i int) int {
	if counts == nil || i == 0 {
		return i
	}
	from := min(i/stride, len(counts)-1)
	n := counts[from]
	for j := from * stride; j < i; j++ { // it may begin within a character
		if utf8.RuneStart(text[j]) {
			n++
		}
	}
	return n
}

// excerptsOf returns the parts of the text that the spans of a statement cover:
// first the pieces of the content, without their words, then the rest of the
// spans, joined where they overlap or touch.
func excerptsOf(text string, counts []int, s *hearsay.Statement) []excerptJSON {
	var spans []hearsay.Span
	eachSpan(s, func(field string, _ int, sp hearsay.Span) {
		if field != "content" && sp != (hearsay.Span{}) && !inContent(s, sp) {
			spans = append(spans, sp)
		}
	})
	slices.SortFunc(spans, func(a, b hearsay.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	joined := spans[:0]
	for _, sp := range spans {
		if n := len(joined); n > 0 && sp.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, sp.End)
			continue
		}
		joined = append(joined, sp)
	}
	out := make([]excerptJSON, 0, len(s.Content)+len(joined))
	for _, piece := range s.Content {
		out = append(out, excerptJSON{From: piece.Start, Shorter: piece.Start - pointAt(text, counts, piece.Start)})
	}
	for _, sp := range joined {
		out = append(out, excerptJSON{sp.Start, sp.Start - pointAt(text, counts, sp.Start), sp.In(text)})
	}
	return out
}

// inContent reports whether the content has the words of a span. Pieces out of
// order may hide that; then the words are kept twice.
func inContent(s *hearsay.Statement, sp hearsay.Span) bool {
	i := sort.Search(len(s.Content), func(i int) bool { return s.Content[i].Start > sp.Start }) - 1
	return i >= 0 && s.Content[i].Contains(sp)
}

// excerpts returns the excerpts in the order of the text. A span may lie in an
// excerpt that overlaps a piece of the content; both are kept.
func (j *statementJSON) excerpts(content string) ([]hearsay.Excerpt, error) {
	out := make([]hearsay.Excerpt, 0, len(j.Excerpts))
	for i, e := range j.Excerpts {
		words := e.Words
		if i < len(j.Content) {
			n := j.Content[i][1] - j.Content[i][0]
			if i > 0 && len(content) >= len(gap) {
				content = content[len(gap):]
			}
			if len(content) < n {
				return nil, fmt.Errorf("the content is shorter than its spans")
			}
			words, content = content[:n], content[n:]
		}
		out = append(out, hearsay.Excerpt{
			Span: hearsay.Span{Start: e.From, End: e.From + len(words)}, Point: e.From - e.Shorter, Words: words,
		})
	}
	slices.SortStableFunc(out, func(a, b hearsay.Excerpt) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return out, nil
}
