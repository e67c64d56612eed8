package ledger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostOfWord is how many bytes of a word are kept in the index.
const mostOfWord = 200

// fold returns the words of a text as they are compared: letters and digits
// without case and marks, a space between two words.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	if !ascii(s) {
		s = norm.NFKD.String(s)
	}
	word := 0 // bytes of the word so far
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if word == 0 && b.Len() > 0 {
				b.WriteByte(' ')
			}
			r = unicode.ToLower(r)
			if n := utf8.RuneLen(r); word+n <= mostOfWord {
				b.WriteRune(r)
			}
			word += utf8.RuneLen(r)
		case unicode.Is(unicode.Mn, r): // a mark on the letter before it
		default:
			word = 0
		}
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
