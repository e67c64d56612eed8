package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// kind says what a token is made of.
type kind uint8

const (
	wordToken kind = iota
	numberToken
	punctuation
	quoteMark  // any character that can open or close a quotation
	apostrophe // a mark that was taken for a quotation mark and is none
)

// A token is a word, number or mark of the text.
type token struct {
	hearsay.Span
	lex     *word // what the lexicon knows of it; nil for nothing
	kind    kind
	mark    byte // for punctuation and quotation marks: a stand-in from the table marks
	spaced  bool // white space or the beginning of a block stands before it
	capital bool // begins with a capital letter
	upper   bool // all its letters (two at least) are capitals
	block   int32
	quote   int32 // 1 + index of the quotation it lies in, marks included; 0 for none
}

func (t *token) is(c class) bool { return t.lex != nil && t.lex.class&c != 0 }

func (t *token) low() string {
	if t.lex == nil {
		return ""
	}
	return t.lex.low
}

// Stand-ins for the marks of a text, so that every dash and every pair of
// quotation marks is one byte.
const (
	markDash     = '-'
	markEllipsis = '.' | 0x80
	markOpen     = '(' | 0x80 // “ « „
	markClose    = ')' | 0x80 // ” »
	markDouble   = '"'        // straight, '' and ``
	markSingle   = '\''
	markSOpen    = '[' | 0x80 // ‘ ‹ ‚
	markSClose   = ']' | 0x80 // ’ ›
)

// tokens splits the blocks of a document that can hold statements.
func tokens(doc *hearsay.Document, lex *lexicon) []token {
	ts := make([]token, 0, len(doc.Text)/5+16)
	for i, b := range doc.Blocks {
		if b.Kind == hearsay.Credit || b.Kind == hearsay.Boilerplate {
			continue
		}
		ts = appendTokens(ts, doc.Text, b.Span, int32(i), lex)
	}
	return ts
}

// appendTokens splits one block of text.
func appendTokens(ts []token, text string, block hearsay.Span, number int32, lex *lexicon) []token {
	spaced := true
	for at := block.Start; at < block.End; {
		r, n := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[at:block.End])
		}
		if isSpace(r) {
			at += n
			spaced = true
			continue
		}
		t := token{Span: hearsay.Span{Start: at}, block: number, spaced: spaced}
		switch {
		case wordRune(r):
			end := wordEnd(text[:block.End], at, lex)
			clitic := cliticStart(text[at:end])
			t.kind = wordToken
			if '0' <= r && r <= '9' {
				t.kind, clitic = numberToken, 0
			}
			if clitic > 0 {
				t.End = at + clitic
				ts = append(ts, finished(t, text, lex))
				t = token{Span: hearsay.Span{Start: at + clitic}, block: number}
			}
			t.End = end
		default:
			t.kind, t.mark, t.End = punctuation, byte(min(r, 0x7f)), at+n
			classifyMark(&t, text[:block.End], r)
		}
		ts = append(ts, finished(t, text, lex))
		at, spaced = t.End, false
	}
	return ts
}

// finished fills in what the letters of a token tell.
func finished(t token, text string, lex *lexicon) token {
	s := text[t.Start:t.End]
	if t.kind == wordToken {
		t.lex = lex.look(s)
		t.capital = 'A' <= s[0] && s[0] <= 'Z' || s[0] >= utf8.RuneSelf && capitalised(s)
		if s == "US" {
			t.lex = nil // not the pronoun
		}
		t.upper = t.capital && len(s) > 1 && s == strings.ToUpper(s) && strings.ToLower(s) != s
	}
	return t
}

func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || '\t' <= r && r <= '\r'
	}
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}

func wordRune(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return true
	case r == '@' || r == '#' || r == '_':
		return true
	case r < utf8.RuneSelf:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordEnd returns where the word that begins at the given byte ends. Hyphens,
// apostrophes and full stops belong to it between letters, commas and stops
// between digits, and the stop of an abbreviation.
func wordEnd(text string, at int, lex *lexicon) int {
	start, dots := at, 0
	for at < len(text) {
		r, n := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[at:])
		}
		if wordRune(r) {
			at += n
			continue
		}
		next := at + n
		if next >= len(text) || at == start {
			break
		}
		after, _ := utf8.DecodeRuneInString(text[next:])
		if !wordRune(after) || after == '@' || after == '#' {
			break
		}
		prev := text[at-1]
		digits := isDigit(prev) && after < utf8.RuneSelf && isDigit(byte(after))
		switch {
		case r == '-' || r == '\u2011', r == '&' && at-start <= 2:
		case r == '\'' || r == '’':
			if isDigit(prev) && !unicode.IsLetter(after) {
				return at
			}
		case r == '.':
			// U.S., 3.5, example.com; a lost space after a sentence is none.
			if !digits && unicode.IsUpper(after) && at-start > 1 && dots == 0 {
				return at
			}
			dots++
		case (r == ',' || r == ':') && digits:
		default:
			return at
		}
		at = next
	}
	return abbreviationEnd(text, start, at, lex)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// abbreviationEnd takes the full stop after an abbreviation or an initial into
// the word.
func abbreviationEnd(text string, start, end int, lex *lexicon) int {
	if end >= len(text) || text[end] != '.' || end-start > 8 {
		return end
	}
	s, after := text[start:end], text[end+1:]
	if strings.HasPrefix(after, ".") {
		return end
	}
	single := len(s) == 1 && 'A' <= s[0] && s[0] <= 'Z' && s[0] != 'I'
	if single || shortParts(s) {
		return end + 1
	}
	switch lex.abbreviations[s] {
	case 0:
		return end
	case doubtfulAbbreviation:
		after = strings.TrimPrefix(after, " ")
		if after == "" || !isDigit(after[0]) && after[0] != ',' && !('a' <= after[0] && after[0] <= 'z') {
			return end
		}
	}
	return end + 1
}

// shortParts reports whether s has stops and letters in turn, as U.S or a.m.
func shortParts(s string) bool {
	if len(s) < 3 || isDigit(s[0]) {
		return false
	}
	for i := 1; i < len(s); i += 2 {
		if s[i] != '.' {
			return false
		}
	}
	return true
}

// cliticStart returns the length of the host where a word ends in 's, n't and
// their like, 0 where it does not.
func cliticStart(s string) int {
	if len(s) < 3 {
		return 0
	}
	for i := max(1, len(s)-5); i < len(s)-1; i++ {
		n := 0
		if s[i] == '\'' {
			n = 1
		} else if strings.HasPrefix(s[i:], "’") {
			n = len("’")
		} else {
			continue
		}
		switch s[i+n:] {
		case "s", "S", "re", "ve", "ll", "d", "m", "RE", "VE", "LL", "D", "M":
			return i
		case "t", "T":
			if i > 1 && (s[i-1] == 'n' || s[i-1] == 'N') {
				return i - 1
			}
		}
	}
	return 0
}

// classifyMark tells dashes, ellipses and quotation marks apart and takes the
// second character of ” and “ and the rest of -- and ... with the first.
func classifyMark(t *token, text string, r rune) {
	switch r {
	case '“', '«', '„', '‟':
		t.kind, t.mark = quoteMark, markOpen
	case '”', '»':
		t.kind, t.mark = quoteMark, markClose
	case '"', '″', '＂':
		t.kind, t.mark = quoteMark, markDouble
	case '‘', '‹', '‚':
		t.kind, t.mark = quoteMark, markSOpen
	case '’', '›':
		t.kind, t.mark = quoteMark, markSClose
	case '\'', '`':
		t.kind, t.mark = quoteMark, markSingle
		if strings.HasPrefix(text[t.End:], string(r)) {
			t.End++
			t.mark = markDouble
		}
	case '—', '–', '―', '−':
		t.mark = markDash
	case '…':
		t.mark = markEllipsis
	case '-':
		for strings.HasPrefix(text[t.End:], "-") {
			t.End++
		}
	case '.':
		for strings.HasPrefix(text[t.End:], ".") {
			t.End++
			t.mark = markEllipsis
		}
	}
}
