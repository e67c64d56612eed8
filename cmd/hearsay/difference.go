package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/compare"
)

// The styles of words that only the origin has, and of those that only the
// variant has.
const (
	cutStyle = speakerColor | struck
	putStyle = addresseeColor | bold | underlined
)

// mostDifference is how many bytes of a difference are shown.
const mostDifference = 4000

// difference is the text of b with what was cut from a and what was put in: in
// colours, or as [-cut-] and {+put in+} where there are none.
func difference(a, b string, edits []compare.Edit, colored bool) []words {
	d := differing{colored: colored}
	for _, e := range edits {
		was, is := e.A.In(a), e.B.In(b)
		switch e.Kind {
		case compare.Kept:
			d.add(plain, is)
			continue
		case compare.Cut:
			d.space()
		}
		before, core, behind := bared(is)
		_, lost, _ := bared(was)
		if core == "" && lost == "" { // marks alone
			d.add(plain, is)
			continue
		}
		d.add(plain, before)
		d.marked(cutStyle, "[-", lost, "-]")
		if lost != "" && core != "" && d.colored {
			d.add(plain, " ")
		}
		d.marked(putStyle, "{+", core, "+}")
		d.add(plain, behind)
		if core == "" {
			d.cut = true
		}
	}
	return d.runs
}

// differing gathers the runs of a difference.
type differing struct {
	colored bool
	runs    []words
	size    int
	cut     bool // the last words are none of b
}

func (d *differing) add(st style, text string) {
	if text == "" || d.size > mostDifference {
		return
	}
	if d.cut && !strings.HasPrefix(text, " ") {
		if first, _ := utf8.DecodeRuneInString(text); isWordRune(first) || strings.ContainsRune(opening, first) {
			text = " " + text
		}
	}
	d.cut = false
	if d.size += len(text); d.size > mostDifference {
		text = beginning(text, max(len(text)-(d.size-mostDifference), 1))
	}
	d.runs = append(d.runs, words{st, text})
}

// opening is what may stand before the first word of a quotation.
const opening = "“‘\"'("

// space parts what was cut from the word before it.
func (d *differing) space() {
	if n := len(d.runs); n > 0 {
		if last, _ := utf8.DecodeLastRuneInString(d.runs[n-1].text); !unicode.IsSpace(last) && !strings.ContainsRune(opening, last) {
			d.add(plain, " ")
		}
	}
}

func (d *differing) marked(st style, open, text, end string) {
	switch {
	case text == "":
	case d.colored:
		d.add(st, text)
	default:
		d.add(plain, open+text+end)
	}
}

// bared is a text without what is no letter or digit before and behind it.
func bared(text string) (before, core, behind string) {
	core = strings.TrimLeftFunc(text, notOfAWord)
	before = text[:len(text)-len(core)]
	bare := strings.TrimRightFunc(core, notOfAWord)
	return before, bare, core[len(bare):]
}

func notOfAWord(r rune) bool {
	return !isWordRune(r) && !unicode.Is(unicode.Sc, r) && r != '%'
}

// written is a difference as plain text.
func written(runs []words) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return strings.TrimSpace(b.String())
}
