// Package score measures found statements against those that people marked:
// precision, recall and F1 by role and by class, and agreement by token.
//
// [PolNeAR] and [ReadReport] read what people marked, [Attributions] brings
// statements into the same form, [Compare] counts.
package score

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// An Article is a text with the attributions that one person marked in it.
type Article struct {
	Name      string
	Annotator string
	Text      string
	Gold      []Attribution
}

// An Attribution is a statement as far as it is measured here: the spans of
// its speaker, cue and content, in bytes of the article's text. A role without
// spans is absent from the text.
type Attribution struct {
	Speaker, Cue, Content []hearsay.Span
}

// Attributions returns the statements of doc as spans of the bytes that doc
// was read from, so that they can be held against marks made in the file. A
// document without Pieces is taken to stand in its file as it is. A span of
// which nothing came from the file is left out.
func Attributions(doc *hearsay.Document, statements []hearsay.Statement) []Attribution {
	all := make([]Attribution, 0, len(statements))
	for _, s := range statements {
		var a Attribution
		if s.Speaker != nil {
			a.Speaker = inFile(doc, a.Speaker, s.Speaker.Span)
		}
		a.Cue = inFile(doc, a.Cue, s.Cue.Span)
		for _, c := range s.Content {
			a.Content = inFile(doc, a.Content, c)
		}
		all = append(all, a)
	}
	return all
}

// inFile appends to spans the bytes of the file that s was made from.
func inFile(doc *hearsay.Document, spans []hearsay.Span, s hearsay.Span) []hearsay.Span {
	if s.Empty() {
		return spans
	}
	if len(doc.Pieces) == 0 {
		return append(spans, s)
	}
	first, _ := slices.BinarySearchFunc(doc.Pieces, s.Start, func(p hearsay.Piece, at int) int {
		if p.Text.End <= at {
			return -1
		}
		return 1
	})
	var got hearsay.Span
	for _, p := range doc.Pieces[first:] {
		if p.Text.Start >= s.End {
			break
		}
		part := p.Bytes
		if p.Text.Len() == p.Bytes.Len() {
			part.Start += max(0, s.Start-p.Text.Start)
			part.End -= max(0, p.Text.End-s.End)
		}
		if part.Empty() {
			continue
		}
		if got.Empty() {
			got = part
		}
		got.Start, got.End = min(got.Start, part.Start), max(got.End, part.End)
	}
	if got.Empty() {
		return spans
	}
	return append(spans, got)
}

// tidy returns the spans in order, without white space at their ends, with
// those joined that overlap, touch or have a line break between them and
// nothing else: annotation tools cut spans at the end of a line.
func tidy(text string, spans []hearsay.Span) []hearsay.Span {
	var out []hearsay.Span
	for _, s := range spans {
		if s = trim(text, s); !s.Empty() {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b hearsay.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return join(out, func(gap hearsay.Span) bool {
		return gap.Empty() || blank(gap.In(text)) && strings.Contains(gap.In(text), "\n")
	})
}

// join joins the spans, which are in order, across the gaps that ok allows.
func join(spans []hearsay.Span, ok func(gap hearsay.Span) bool) []hearsay.Span {
	out := make([]hearsay.Span, 0, len(spans))
	for _, s := range spans {
		if n := len(out); n > 0 && ok(hearsay.Span{Start: out[n-1].End, End: s.Start}) {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// tidyAll does so for all roles of all attributions, in a copy.
func tidyAll(text string, all []Attribution) []Attribution {
	out := make([]Attribution, len(all))
	for i, a := range all {
		out[i] = Attribution{tidy(text, a.Speaker), tidy(text, a.Cue), tidy(text, a.Content)}
	}
	return out
}

func trim(text string, s hearsay.Span) hearsay.Span {
	s.Start, s.End = max(0, s.Start), min(len(text), s.End)
	for !s.Empty() {
		r, n := utf8.DecodeRuneInString(s.In(text))
		if !unicode.IsSpace(r) {
			break
		}
		s.Start += n
	}
	for !s.Empty() {
		r, n := utf8.DecodeLastRuneInString(s.In(text))
		if !unicode.IsSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// size returns the number of bytes that tidy spans cover.
func size(spans []hearsay.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

// shared returns the number of bytes that both lists of tidy spans cover.
func shared(a, b []hearsay.Span) int { return size(common(a, b)) }

// common returns what both lists of tidy spans cover.
func common(a, b []hearsay.Span) []hearsay.Span {
	var out []hearsay.Span
	for len(a) > 0 && len(b) > 0 {
		s := hearsay.Span{Start: max(a[0].Start, b[0].Start), End: min(a[0].End, b[0].End)}
		if !s.Empty() {
			out = append(out, s)
		}
		if a[0].End < b[0].End {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// Outermost returns the statements that do not stand in the content of another.
// PolNeAR marks no others.
func Outermost(statements []hearsay.Statement) []hearsay.Statement {
	return slices.DeleteFunc(slices.Clone(statements), func(s hearsay.Statement) bool { return s.Within != "" })
}
