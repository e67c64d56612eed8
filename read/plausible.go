package read

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// believe says how many of the characters in run, made from what stands here
// in a misreading, are more plausible than what stands here. ends tells how
// many characters were taken for the first so many of run.
func (p place) believe(run []rune, ends []int, k int) int {
	if len(run) == 0 {
		return 0
	}
	western := misreadings[k].latin
	switch r := run[0]; {
	case ends[0] >= 3 && isMark(r):
		if r >= 0x2150 && r < 0x2160 && unicode.IsLetter(p.before) {
			return 0
		}
		return 1
	case western && ends[0] == 3 && (r > 0x3000 && r < 0x3012 || r > 0xff00 && r < 0xff20):
		return 1 // punctuation of Chinese and Japanese
	case ends[0] == 4 && r >= 0x1f000 && r < 0x1fb00:
		return 1
	case ends[0] == 2 && r < 0x250:
		if western && p.latin(r) || !western && p.foreign(r, k) {
			return 1
		}
		return 0
	}
	n, least := sameScript(run), 3
	switch kind := script(run[0]); {
	case p.chained && n > 0 && kind == script(p.before):
		least = 1
	case western && (kind == 4 && ends[0] == 3 || kind == 2 || kind == 3):
		least = 2
	}
	if n >= least && (western || misreadings[k].charset == charmap.Windows1251) {
		return n
	}
	if western && n == 1 && (script(run[0]) == 2 || script(run[0]) == 3) && isSymbol(p.follows(1)) && !unicode.IsLetter(p.before) {
		return 1 // a Cyrillic or Greek letter by itself, as in a formula
	}
	return 0
}

// sameScript counts the letters of one script at the start of run, with
// marks between them.
func sameScript(run []rune) int {
	n, first := 0, script(run[0])
	if !unicode.IsLetter(run[0]) || first == 1 {
		return 0
	}
	for _, r := range run {
		if script(r) != first && !unicode.IsMark(r) && !unicode.IsPunct(r) {
			break
		}
		n++
	}
	return n
}

// isMark reports whether a character is punctuation or a sign that no
// misreading makes by chance: three characters of other kinds must meet.
func isMark(r rune) bool {
	return r >= 0x2009 && r < 0x2070 || r >= 0x20a0 && r < 0x20c0 || r >= 0x2100 && r < 0x2800 ||
		r >= 0x1e00 && r < 0x1f00 || r >= 0xfb00 && r <= 0xfb06 || r == 0xfeff || r == 0xfffd || r == 0xfe0f
}

// isSymbol reports whether a character cannot stand within a word or at its
// end: neither letter nor punctuation.
func isSymbol(r rune) bool {
	return r >= 0x80 && r < 0xa0 || strings.ContainsRune("¡¢£¤¥¦§¨©¬\u00ad®¯°±²³´¶·¸¹¼½¾¿ªº", r)
}

// isQuote reports whether a character can follow the last letter of a word in
// clean text.
func isQuote(r rune) bool {
	return strings.ContainsRune("‘’“”‚„‹›«»–—…•\u00a0™†‡", r)
}

// latin reports whether r, a Latin letter or sign, is more plausible than the
// two characters of windows-1252 here.
func (p place) latin(r rune) bool {
	lead, tail, next := p.runes[p.at], p.runes[p.at+1], p.follows(2)
	switch {
	case tail < 0xa0, lead == 'Ã' && tail == 'ƒ', lead == 'Ã' && tail == '‚' && (next == 'Â' || next == 'Ã'):
		return true // a control character, or what is misread twice
	case r < 0xa0:
		return false
	case lead == 'Â':
		// The second character as it stands, after a letter that is none of the word's.
		return p.chained || !unicode.IsUpper(p.before) && (!unicode.IsSpace(p.before) || next != '»')
	case r == '×' || r == '÷':
		return !unicode.IsLetter(p.before) && !unicode.IsLetter(next)
	case lead == 'Ã' && unicode.IsLower(r):
		return isSymbol(tail) || !isQuote(tail) || !unicode.IsUpper(p.before) || unicode.IsUpper(next) && unicode.IsLetter(next) && tail != '»'
	case lead == 'Ã', lead == 'Ä' && r < 0x180, lead == 'Å' && r < 0x180, r == 'ș' || r == 'ț' || r == 'Ș' || r == 'Ț':
		return p.fits(r, tail, next)
	}
	return false
}

// fits reports whether a letter goes with its neighbours better than the two
// characters here, of which the first is an upper case letter.
func (p place) fits(r, tail, next rune) bool {
	switch {
	case unicode.IsLower(r):
		// An upper case letter within a word in lower case is odd enough.
		return unicode.IsLower(p.before) || isSymbol(tail) && unicode.IsLetter(next) ||
			!isQuote(tail) && unicode.IsLower(next) && !unicode.IsLetter(p.before) && !unicode.IsLetter(tail)
	case unicode.IsLetter(p.before):
		return unicode.IsUpper(p.before) && !unicode.IsUpper(tail) &&
			(unicode.IsUpper(next) || !isQuote(tail) && !unicode.IsLetter(next) && !unicode.IsLetter(tail))
	}
	return unicode.IsLower(next) || !isQuote(tail) && !unicode.IsLetter(tail)
}

// foreign reports whether r, a Latin letter or sign, is more plausible than
// the two characters here of a charset whose leads are no Western letters.
func (p place) foreign(r rune, k int) bool {
	tail, next := p.runes[p.at+1], p.follows(2)
	nearLatin := isLatin(p.before) || isLatin(next)
	switch misreadings[k].charset {
	case charmap.Windows1250, charmap.Windows1251:
		if r < 0xa0 || !unicode.IsLower(r) || r >= 0x100 || unicode.IsUpper(p.before) {
			return false
		}
		return isSymbol(tail) && nearLatin || isLatin(p.before) && isLatin(next)
	}
	switch {
	case unicode.IsLetter(r):
		return nearLatin && r < 0x180
	case r == '£' || r == '$' || r == '©':
		return unicode.IsDigit(next) || unicode.IsSpace(next)
	case r == '\u00a0' || r == '°':
		return isLatin(p.before) || unicode.IsDigit(p.before)
	}
	return false
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }
