package read

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// misreadQuotes holds the letters that an opening and a closing quotation mark
// become in a misreading, by the opening one.
var misreadQuotes = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for _, line := range lines("quotes") {
		opening, n := utf8.DecodeRuneInString(line)
		closing, _ := utf8.DecodeRuneInString(strings.TrimSpace(line[n:]))
		m[opening] = closing
	}
	return m
})

// mendQuotes puts quotation marks where the same other character stands
// directly before the first word of a quotation and directly after its final
// punctuation, and where U+FFFD stands for an apostrophe.
func mendQuotes(doc *hearsay.Document) *edits {
	e := &edits{text: doc.Text}
	marks := questionMarks(doc.Text)
	start := 0
	for line := range strings.Lines(doc.Text) {
		for _, c := range quotesIn(strings.TrimSuffix(line, "\n"), marks) {
			e.add(start+c.Start, start+c.End, c.put, hearsay.BrokenQuote)
		}
		start += len(line)
	}
	return e
}

// questionMarks reports whether a question mark of a text may be a broken
// quotation mark. Where one stands within a word or by itself, or an opening
// one without a closing one, it is what other characters became, too.
func questionMarks(text string) bool {
	balance := 0
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], '?')
		if next < 0 {
			return balance == 0
		}
		if balance != 0 && strings.IndexByte(text[at:at+next], '\n') >= 0 {
			return false
		}
		at += next
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+1:])
		if at == 0 {
			before = '\n'
		}
		switch {
		case unicode.IsLetter(before) && unicode.IsLetter(after) || isBoundary(before) && isBoundary(after):
			return false
		case isBoundary(before):
			balance++
		case before == '.' || before == ',':
			balance--
		}
	}
}

// maxSuspects is how many characters of a paragraph are tried as quotation
// marks.
const maxSuspects = 8

// quotesIn returns the broken quotation marks of a paragraph. Marks says that
// question marks may be such.
func quotesIn(line string, marks bool) []edit {
	var list []edit
	var tried []rune
	before, lost := ' ', false
	for at, r := range line {
		if r < utf8.RuneSelf && r != '?' {
			before = r
			continue
		}
		if suspect(r) && (r != '?' || marks) && isBoundary(before) && len(tried) < maxSuspects && !slices.Contains(tried, r) {
			if next, _ := utf8.DecodeRuneInString(line[at+utf8.RuneLen(r):]); startsQuoted(next) {
				tried = append(tried, r)
				list = append(list, pairsOf(line, r)...)
			}
		}
		if r == utf8.RuneError && isLatin(before) && isEnding(line[at+len("\ufffd"):]) {
			list = append(list, edit{hearsay.Span{Start: at, End: at + len("\ufffd")}, "’", ""})
		}
		lost = lost || strings.ContainsRune(lostMarks, r)
		before = r
	}
	list = inOrder(list)
	if lost {
		list = inOrder(append(list, unpaired(line, list)...))
	}
	return list
}

// inOrder sorts edits and leaves out those that are there already.
func inOrder(list []edit) []edit {
	slices.SortFunc(list, func(a, b edit) int { return a.Start - b.Start })
	return slices.CompactFunc(list, func(a, b edit) bool { return a.Start == b.Start })
}

// suspect reports whether a character may stand for a quotation mark: a
// letter that is not Latin, or a sign of damage.
func suspect(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '?'
	}
	return strings.ContainsRune("\ufffd¬¨´¤¿¡□", r) || misreadQuotes()[r] != 0 || unicode.IsLetter(r) && !isLatin(r)
}

func isBoundary(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("([{:—–-", r)
}

func startsQuoted(r rune) bool {
	return isLatin(r) || unicode.IsDigit(r) || r == '$' || r == '‘' || r == '’'
}

// isEnding reports whether s begins with what follows an apostrophe in
// English, and the word ends there.
func isEnding(s string) bool {
	word := s[:min(len(s), 3)]
	if i := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = word[:i]
	} else if len(s) >= 3 {
		return false
	}
	switch word {
	case "s", "t", "d", "m", "re", "ve", "ll":
		return true
	}
	return false
}

// The parts that a suspect can play.
const (
	opens = iota
	closes
	other
)

// pairsOf returns quotation marks for a suspect, if all its uses in the
// paragraph are those of quotation marks: opening and closing in turns.
func pairsOf(line string, open rune) []edit {
	end := open
	misreading := false
	if c := misreadQuotes()[open]; c != 0 {
		end, misreading = c, true
	}
	var list []edit
	before := ' '
	for at, r := range line {
		size := utf8.RuneLen(r)
		if r == open || r == end {
			switch part := partOf(line, at, size, before); {
			case part == opens && r == open && len(list)%2 == 0:
				list = append(list, edit{hearsay.Span{Start: at, End: at + size}, "“", ""})
			case part == closes && r == end && len(list)%2 == 1:
				list = append(list, edit{hearsay.Span{Start: at, End: at + size}, "”", ""})
			case part == other && (misreading || open == '?' || open == utf8.RuneError):
			default:
				return nil
			}
		} else if unicode.IsLetter(open) && !misreading && unicode.IsLetter(r) && script(r) == script(open) {
			return nil // a word of the suspect's own script
		}
		before = r
	}
	if len(list)%2 != 0 {
		return nil
	}
	return list
}

// partOf says which part the character at a place plays.
func partOf(line string, at, size int, before rune) int {
	after, n := utf8.DecodeRuneInString(line[at+size:])
	if n == 0 {
		after = ' '
	}
	switch {
	case isBoundary(before) && startsQuoted(after):
		return opens
	case strings.ContainsRune(".,!?…", before) && (isBoundary(after) || strings.ContainsRune(")];,", after)):
		return closes
	}
	return other
}

// lostMarks are the signs of damage that may stand for one mark of a pair whose
// other mark is whole.
const lostMarks = "\ufffd¬¨¤□"

// unpaired returns quotation marks for signs of damage that each stand where
// the other mark of a quotation is whole, so that with them all the marks of
// the paragraph open and close in turns. Found are the edits of the paragraph
// so far, in order.
func unpaired(line string, found []edit) []edit {
	curved := strings.ContainsAny(line, "“”")
	if !curved && !strings.Contains(line, "\"") {
		return nil
	}
	var list []edit
	open, broken := false, false // a quotation is open, and its mark is a sign of damage
	last, before := ' ', ' '
	for at, r := range line {
		last, before = before, r
		lost := strings.ContainsRune(lostMarks, r)
		if !lost && r != '“' && r != '”' && r != '"' {
			continue
		}
		if len(found) > 0 && found[0].Start == at {
			found = found[1:]
			continue
		}
		size := utf8.RuneLen(r)
		part := partOf(line, at, size, last)
		if lost && part == other && !(open && isLatin(last) && leadsOn(line[at+size:])) {
			return nil
		}
		opening := part == opens && r != '”' || r == '“'
		if opening == open || lost && broken {
			return nil // not in turns, or both marks are lost
		}
		if lost {
			list = append(list, edit{hearsay.Span{Start: at, End: at + size}, markOf(opening, curved), ""})
		}
		open, broken = opening, opening && lost
	}
	if open {
		return nil
	}
	return list
}

// markOf returns a quotation mark.
func markOf(opening, curved bool) string {
	if !curved {
		return "\""
	}
	return either(opening, "“", "”")
}

// leadsOn reports whether s begins as what follows a closing mark does, and no
// apostrophe.
func leadsOn(s string) bool {
	return s != "" && strings.IndexByte(",.;:?!", s[0]) >= 0
}
