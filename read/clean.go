package read

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// maxEntity is the length of the longest name of an HTML entity, with "&"
// and ";".
const maxEntity = 33

// entities decodes HTML entities left in the text, also those whose "&" was
// itself made an entity.
func entities(doc *hearsay.Document) *edits {
	e := &edits{text: doc.Text}
	for at := 0; ; {
		next := strings.IndexByte(doc.Text[at:], '&')
		if next < 0 {
			return e
		}
		at += next
		put, n := entity(doc.Text[at:])
		if n > 0 {
			e.add(at, at+n, put, hearsay.Entities)
		}
		at += max(n, 1)
	}
}

// entity returns what the entity at the start of s stands for and its length,
// 0 for no entity.
func entity(s string) (put string, n int) {
	lead := 1
	for range 3 {
		if !strings.HasPrefix(s[lead:], "amp;") || entityName(s[lead+len("amp;"):]) == "" {
			break
		}
		lead += len("amp;")
	}
	name := entityName(s[lead:])
	if name == "" {
		return "", 0
	}
	whole := "&" + name
	put = html.UnescapeString(whole)
	if put == whole {
		return "", 0
	}
	return put, lead + len(name)
}

// entityName returns the name, or the number, with its semicolon at the start
// of s, "" for none.
func entityName(s string) string {
	for i := 0; i < len(s) && i < maxEntity; i++ {
		switch c := s[i]; {
		case c == ';' && i > 1:
			return s[:i+1]
		case c == '#' && i == 0, c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		default:
			return ""
		}
	}
	return ""
}

// invisibles are the bytes at which something may start that stripControls
// takes out or makes a line end.
var invisibles = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = c != '\n' && c != '\t'
	}
	t[0x7f], t[0xc2], t[0xe2], t[0xef] = true, true, true, true
	return t
}()

// stripControls takes out control characters and what cannot be seen within
// words, and makes a line feed of each other line end. Of the line ends it
// records the first of each kind: the pieces tell of the others.
func stripControls(doc *hearsay.Document) *edits {
	e := &edits{text: doc.Text}
	noted := map[string]bool{}
	for at := 0; at < len(doc.Text); {
		if !invisibles[doc.Text[at]] {
			at++
			continue
		}
		n, lineEnd := unseen(doc.Text, at)
		switch was := doc.Text[at : at+n]; {
		case n == 0:
			_, n = utf8.DecodeRuneInString(doc.Text[at:])
		case !lineEnd:
			e.add(at, at+n, "", hearsay.ControlChars)
		case noted[was]:
			e.add(at, at+n, "\n", "")
		default:
			noted[was] = true
			e.add(at, at+n, "\n", hearsay.LineEnds)
		}
		at += n
	}
	return e
}

// unseen returns the length of what must go at a place of text, 0 for
// nothing, and whether it is a line end.
func unseen(text string, at int) (n int, lineEnd bool) {
	rest := text[at:]
	r, size := utf8.DecodeRuneInString(rest)
	switch r {
	case '\r':
		if strings.HasPrefix(rest, "\r\n") {
			return 2, true
		}
		return 1, true
	case '\v', '\f', '\u0085', '\u2028', '\u2029':
		return size, true
	case '\x1b':
		return escapeLength(rest), false
	case '\u00ad', '\ufeff':
		return size, false
	case '\u200b', '\u2060':
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(rest[size:])
		if unspaced(before) || unspaced(after) {
			return 0, false
		}
		return size, false
	}
	if r < 0x20 || r >= 0x7f && r < 0xa0 {
		return size, false
	}
	return 0, false
}

// unspaced reports whether a letter is of a script that writes no spaces
// between words, where invisible ones do their work.
func unspaced(r rune) bool {
	return r > 0xe00 && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// escapeLength returns the length of the terminal's escape sequence that s
// begins with.
func escapeLength(s string) int {
	if !strings.HasPrefix(s, "\x1b[") {
		return 1
	}
	for i := 2; i < len(s) && i < 32; i++ {
		if c := s[i]; c >= 0x40 && c <= 0x7e {
			return i + 1
		} else if c < 0x20 || c > 0x7e {
			break
		}
	}
	return 1
}
