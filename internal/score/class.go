package score

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// A class is a kind of statement that is measured on its own, since one is
// far easier to find than another.
type class int

const (
	direct class = iota // the whole content stands in quotation marks
	mixed               // part of it does
	speech              // none of it, and the cue is a verb of speech
	other               // none of it, and the cue is something else, or missing
	classes
)

// classOf tells the class of an attribution from the words alone, in the same
// way for gold and for what was found.
func (v verbs) classOf(text string, a Attribution) class {
	if q := quoting(text, a.Content); q < speech {
		return q
	}
	if v.speak(text, a.Cue) {
		return speech
	}
	return other
}

// quoting returns direct, mixed, or other for a content without quotation
// marks.
func quoting(text string, content []hearsay.Span) class {
	inside, outside := 0, 0
	for _, piece := range content {
		in, out := quoted(withMarks(text, piece).In(text))
		inside, outside = inside+in, outside+out
	}
	switch {
	case inside == 0:
		return other
	case outside == 0:
		return direct
	}
	return mixed
}

// withMarks returns the piece with the pair of quotation marks around it, if
// an opening one stands before it and a closing one after it.
func withMarks(text string, s hearsay.Span) hearsay.Span {
	wide := s
	if r, n := utf8.DecodeLastRuneInString(text[:s.Start]); n > 0 && markOf(r) != 0 {
		wide.Start -= n
	}
	rest := text[s.End:]
	after := strings.TrimLeft(rest, ".,!?;")
	if r, n := utf8.DecodeRuneInString(after); n > 0 && markOf(r) != 0 {
		wide.End += len(rest) - len(after) + n
	}
	opens := wide.Start < s.Start || startsQuoted(s.In(text))
	closes := wide.End > s.End || endsQuoted(s.In(text))
	if opens && closes {
		return wide
	}
	return s
}

func startsQuoted(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return markOf(r) != 0
}

func endsQuoted(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, ".,!?;"))
	return markOf(r) != 0
}

// markOf returns '"' for any double quotation mark, '\” for any single one, 0
// for everything else.
func markOf(r rune) rune {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '\'', '‘', '’', '‚', '‛', '‹', '›', '`':
		return '\''
	}
	return 0
}

// quoted counts the words of s that stand in pairs of quotation marks, and the
// others. A mark that stands open at the end of a paragraph goes on if the
// next paragraph begins with a mark.
func quoted(s string) (inside, outside int) {
	var open rune // the kind of the open mark, 0 for none
	pending := 0  // words since it opened
	line := true  // at the beginning of a paragraph
	for rest := s; rest != ""; {
		if n := wordLen(rest); n > 0 {
			if open != 0 {
				pending++
			} else {
				outside++
			}
			rest, line = rest[n:], false
			continue
		}
		r, n := utf8.DecodeRuneInString(rest)
		before, after := s[:len(s)-len(rest)], rest[n:]
		rest = after
		mark := markOf(r)
		switch {
		case r == '\n':
			line = true
		case mark == 0:
		case line && open == mark: // a continued quotation opens again
		case open == 0 && opens(r, before, after):
			open, pending = mark, 0
		case open == mark && closes(r, before, after):
			inside, open = inside+pending, 0
		}
		if mark != 0 {
			line = false
		}
	}
	if open != 0 {
		outside += pending
	}
	return inside, outside
}

// opens reports whether the mark r may open a quotation between before and
// after.
func opens(r rune, before, after string) bool {
	if r == '”' || r == '»' || r == '›' {
		return false
	}
	if r == '“' || r == '„' || r == '«' || r == '‘' {
		return true
	}
	prev, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return (before == "" || !isWord(prev)) && after != "" && !unicode.IsSpace(next)
}

// closes reports whether the mark r may close a quotation between before and
// after. An apostrophe within a word does not.
func closes(r rune, before, after string) bool {
	if r == '“' || r == '„' || r == '«' || r == '‘' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(after)
	prev, _ := utf8.DecodeLastRuneInString(before)
	return (after == "" || !isWord(next)) && before != "" && !unicode.IsSpace(prev)
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordLen returns the length of the word that s begins with, 0 if it begins
// with none. An apostrophe between two letters is part of a word.
func wordLen(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if isWord(r) {
			n += size
			continue
		}
		if n > 0 && (r == '\'' || r == '’') {
			if next, _ := utf8.DecodeRuneInString(s[n+size:]); unicode.IsLetter(next) {
				n += size
				continue
			}
		}
		break
	}
	return n
}

//go:embed speech.txt
var speechVerbs string

// verbs are the forms of the verbs of speech. The list belongs to the measure:
// it stays as it is when the annotator's lexicon grows, so that figures can be
// compared.
type verbs map[string]bool

func loadVerbs() verbs {
	v := verbs{}
	for form := range strings.FieldsSeq(speechVerbs) {
		v[form] = true
	}
	return v
}

// speak reports whether the main word of the cue is a verb of speech. The main
// word is the first that neither helps another verb nor describes it.
func (v verbs) speak(text string, cue []hearsay.Span) bool {
	for _, piece := range cue {
		for rest := piece.In(text); rest != ""; {
			n := wordLen(rest)
			if n == 0 {
				_, n = utf8.DecodeRuneInString(rest)
				rest = rest[n:]
				continue
			}
			word := strings.ToLower(rest[:n])
			rest = rest[n:]
			if v[word] {
				return true
			}
			if !helper(word) {
				return false
			}
		}
	}
	return false
}

// helper reports whether a word of a cue stands beside its main word.
func helper(word string) bool {
	if strings.HasSuffix(word, "ly") || strings.HasSuffix(word, "n't") || strings.HasSuffix(word, "n’t") {
		return true
	}
	switch word {
	case "has", "have", "had", "having", "is", "are", "was", "were", "be", "been", "being", "am",
		"do", "does", "did", "will", "would", "can", "could", "may", "might", "shall", "should", "must",
		"not", "never", "to", "also", "then", "later", "now", "once", "even", "still", "just", "again",
		"always", "often", "first", "further", "instead", "both", "all", "too", "so", "ever", "earlier",
		"long", "soon", "today", "already", "went", "goes", "go", "going", "gone", "on", "and", "as":
		return true
	}
	return false
}
