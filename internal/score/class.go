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
	content = join(content, func(gap hearsay.Span) bool { return gap.Empty() || blank(gap.In(text)) })
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

// withMarks returns the piece with the quotation marks that touch it, which
// some leave out of the content. The one behind may follow a full stop.
func withMarks(text string, s hearsay.Span) hearsay.Span {
	before := strings.TrimRightFunc(text[:s.Start], isMark)
	stop := strings.TrimLeft(text[s.End:], ".,!?;")
	after := strings.TrimLeftFunc(stop, isMark)
	s.Start = len(before)
	if len(after) < len(stop) {
		s.End = len(text) - len(after)
	}
	return s
}

func isMark(r rune) bool { return markOf(r) != 0 }

// markOf returns the straight quotation mark, double or single, that r is a
// form of, and 0 for everything else.
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
	for at := 0; at < len(s); {
		if n := wordLen(s[at:]); n > 0 {
			if open != 0 {
				pending++
			} else {
				outside++
			}
			at, line = at+n, false
			continue
		}
		mark, n := markAt(s[at:])
		before, it, after := s[:at], s[at:at+n], s[at+n:]
		switch {
		case it == "\n":
			line = true
		case mark == 0:
		case line && open == mark: // a continued quotation opens again
		case open == 0 && opens(it, before, after):
			open, pending = mark, 0
		case open == mark && closes(it, before, after):
			inside, open = inside+pending, 0
		}
		line = line && mark == 0
		at += n
	}
	if open != 0 {
		outside += pending
	}
	return inside, outside
}

// markAt returns the kind of the quotation mark that s begins with, or 0, and
// the length of the mark or other character. Two single marks are a double
// one.
func markAt(s string) (kind rune, n int) {
	if strings.HasPrefix(s, "''") || strings.HasPrefix(s, "``") {
		return '"', 2
	}
	r, n := utf8.DecodeRuneInString(s)
	return markOf(r), n
}

// opens reports whether the mark may open a quotation between before and
// after.
func opens(mark, before, after string) bool {
	switch mark {
	case "”", "»", "›":
		return false
	case "“", "„", "«", "‘", "``":
		return true
	}
	prev, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return (before == "" || !isWord(prev)) && after != "" && !unicode.IsSpace(next)
}

// closes reports whether the mark may close a quotation between before and
// after. An apostrophe within a word does not.
func closes(mark, before, after string) bool {
	switch mark {
	case "“", "„", "«", "‘", "``":
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
