package read

import "unicode/utf8"

// maxStrays is how many bytes in a row may stray into UTF-8 from windows-1252,
// as a letter and what closes a quotation.
const maxStrays = 3

// strays1252 reports whether each byte of b that is no UTF-8 is punctuation of
// windows-1252 or a letter of it in the place of one, and some certainly are.
func strays1252(b []byte) bool {
	sure := false
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		end := badRun(b, i)
		if end == i {
			_, n := utf8.DecodeRune(b[i:])
			i += n
			continue
		}
		if end-i > maxStrays {
			return false
		}
		for ; i < end; i++ {
			switch {
			case punctuation1252(b[i : i+1]):
				sure = true
			case !letter1252(b, i):
				return false
			default:
				sure = sure || b[i] != 0xe2 // which may be all that is left of a quotation mark
			}
		}
	}
	return sure
}

// letter1252 reports whether the byte at i is a letter of windows-1252 that
// goes with the letters beside it.
func letter1252(b []byte, i int) bool {
	var before, after byte
	if i > 0 {
		before = b[i-1]
	}
	if i+1 < len(b) {
		after = b[i+1]
	}
	switch c := b[i]; {
	case c < 0xc0 || c == 0xd7 || c == 0xf7 || i+1 == len(b) || c >= 0xfe:
		return false
	case c >= 0xdf: // lower case
		return isLetterASCII(before) || isLower(after)
	default:
		return !isLower(before) && isLetterASCII(after)
	}
}

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

func isLetterASCII(c byte) bool { return isLower(c | 0x20) }
