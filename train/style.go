package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/score"
)

// A style prints the quotation marks of an article in another way, so that a
// model trained on American print can read the rest of the world.
type style struct {
	open, close           string // of a quotation
	innerOpen, innerClose string // of a quotation inside one
	apostrophe            string
	lose                  float64 // share of the marks that are lost
}

// styles are those that marked articles are copied in.
var styles = []style{
	{`"`, `"`, `'`, `'`, `'`, 0},
	{`"`, `"`, `'`, `'`, `'`, 0.1},
	{"‘", "’", "“", "”", "’", 0},
	{"‘", "’", "“", "”", "’", 0},
	{"‘", "’", "“", "”", "’", 0.05},
	{`'`, `'`, `"`, `"`, `'`, 0},
	{`'`, `'`, `"`, `"`, `'`, 0},
	{"“", "”", "‘", "’", "’", 0.1},
	{"“", "”", "‘", "’", "’", 0},
	{"«", "»", "“", "”", "’", 0},
	{"„", "“", "‚", "‘", "’", 0},
}

// An edit replaces a range of a text.
type edit struct {
	hearsay.Span
	with string
}

// print returns the article in the style.
func (s style) print(a score.Article, r *rand.Rand) score.Article {
	return apply(a, s.edits(a.Text, r))
}

// edits are what changes a text to the style.
func (s style) edits(text string, r *rand.Rand) []edit {
	var all []edit
	depth := 0
	for at, c := range text {
		if c == '\n' {
			depth = 0
		}
		with := ""
		size := utf8.RuneLen(c)
		switch {
		case c == '“', c == '"' && opens(text, at):
			with, depth = s.open, 1
		case c == '”', c == '"':
			with, depth = s.close, 0
		case c == '‘', c == '\'' && opens(text, at) && depth > 0:
			with = s.innerOpen
		case c == '’' && depth > 0 && !wordAfter(text, at+size) && innerOpened(text[:at]), c == '\'' && depth > 0 && !wordAfter(text, at+size) && innerOpened(text[:at]):
			with = s.innerClose
		case c == '’', c == '\'':
			with = s.apostrophe
		default:
			continue
		}
		if with != s.apostrophe && r.Float64() < s.lose {
			with = ""
		}
		all = append(all, edit{hearsay.Span{Start: at, End: at + size}, with})
	}
	return all
}

// opens reports whether a straight mark opens a quotation.
func opens(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return at == 0 || unicode.IsSpace(before) || strings.ContainsRune("([—-", before)
}

func wordAfter(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return at < len(text) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// innerOpened reports whether the last single mark of the quotation so far
// opened an inner one.
func innerOpened(text string) bool {
	from := max(strings.LastIndexAny(text, "“\""), strings.LastIndexByte(text, '\n'), 0)
	for i := from; i < len(text); i++ {
		if strings.HasPrefix(text[i:], "‘") || text[i] == '\'' && opens(text, i) {
			return true
		}
	}
	return false
}

// apply makes the edits, which are in order, and moves the marks of the article
// along.
func apply(a score.Article, edits []edit) score.Article {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(a.Text[at:e.Start])
		b.WriteString(e.with)
		at = e.End
	}
	b.WriteString(a.Text[at:])
	out := score.Article{Name: a.Name, Annotator: a.Annotator, Text: b.String()}
	shift := shifts(edits)
	for _, g := range a.Gold {
		out.Gold = append(out.Gold, score.Attribution{
			Speaker: moved(g.Speaker, shift), Cue: moved(g.Cue, shift), Content: moved(g.Content, shift),
		})
	}
	return out
}

// A shift says by how much what stands from a place on moves.
type shift struct{ at, by int }

func shifts(edits []edit) []shift {
	all := make([]shift, 0, len(edits))
	by := 0
	for _, e := range edits {
		by += len(e.with) - e.Len()
		all = append(all, shift{e.End, by})
	}
	return all
}

func moved(spans []hearsay.Span, all []shift) []hearsay.Span {
	out := make([]hearsay.Span, 0, len(spans))
	place := func(at int) int {
		i, found := slices.BinarySearchFunc(all, at, func(s shift, at int) int { return s.at - at })
		if found {
			i++
		}
		if i == 0 {
			return at
		}
		return at + all[i-1].by
	}
	for _, s := range spans {
		if n := (hearsay.Span{Start: place(s.Start), End: place(s.End)}); !n.Empty() {
			out = append(out, n)
		}
	}
	return out
}
