package read

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
)

// detect guesses the charset of bytes that are no UTF-8 and whose sender says
// nothing that can be believed.
func detect(b []byte) string {
	h := telling(b)
	if western(h) {
		return "windows-1252"
	}
	best, top := "windows-1252", 0
	for _, c := range candidates(h) {
		text := decodeAs(h, 0, c.name).text
		bad, all := undecoded(text)
		if bad*100 > all+99 {
			continue
		}
		if score := c.confidence + likeness(text) - 20*min(bad, 1); score > top {
			best, top = c.name, score
		}
	}
	if strings.HasSuffix(best, "-2") || best == "windows-1250" {
		if !centralEuropean(h, best) {
			return "windows-1252"
		}
	}
	return best
}

// centralEuropean reports whether bytes that may be windows-1252 as well are
// better read as a charset of Central Europe: letters stand where Western text
// would have signs, more often than Western letters and guillemets become what
// is rare there.
func centralEuropean(b []byte, name string) bool {
	proof, odd := 0, 0
	text := []rune(decodeAs(b, 0, name).text)
	enc := encodingOf(name).NewEncoder()
	for i, r := range text {
		if r < utf8.RuneSelf || !unicode.IsLetter(r) {
			continue
		}
		starts := i == 0 || !unicode.IsLetter(text[i-1])
		ends := i+1 == len(text) || !unicode.IsLetter(text[i+1])
		raw, _ := enc.Bytes([]byte(string(r)))
		switch {
		case r == 'Ť' && starts || r == 'ť' && (ends || starts) || strings.ContainsRune("ńŕĺŃŔĹ", r):
			odd++
		case len(raw) == 1 && raw[0] < 0xc0:
			proof++
		}
	}
	return odd == 0 || proof > odd
}

// western reports whether the bytes beyond ASCII are few, and each a letter
// within a word in Latin letters or a punctuation mark where one can stand.
func western(b []byte) bool {
	high, odd := 0, 0
	for i, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		alone := (i == 0 || b[i-1] < utf8.RuneSelf) && (i+1 == len(b) || b[i+1] < utf8.RuneSelf)
		if !alone || !punctuation1252(b[i:i+1]) && c < 0xc0 {
			odd++
		}
	}
	return high*12 < len(b) && odd*10 <= high
}

// A candidate is a charset that the bytes may be of.
type candidate struct {
	name       string
	confidence int
}

// supersets are the charsets of Windows that hold nearly the same characters
// as those of ISO, and punctuation besides.
var supersets = map[string]string{"iso-8859-2": "windows-1250", "iso-8859-7": "windows-1253", "iso-8859-6": "windows-1256", "iso-8859-8": "windows-1255"}

// candidates returns what the detector finds and what is always tried, in an
// order that depends on the bytes alone.
func candidates(b []byte) []candidate {
	list := []candidate{{"windows-1252", 10}, {"windows-1251", 5}, {"koi8-r", 5}, {"shift_jis", 5}, {"euc-jp", 5}, {"gb18030", 5}, {"euc-kr", 5}, {"big5", 4}}
	found, _ := chardet.NewTextDetector().DetectAll(b)
	for _, f := range found {
		if name := canonical(f.Charset); name != "" {
			list = append(list, candidate{name, f.Confidence})
			if wider := supersets[name]; wider != "" {
				list = append(list, candidate{wider, f.Confidence - 1})
			}
		}
	}
	slices.SortFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.confidence, a.confidence), strings.Compare(a.name, b.name))
	})
	return list
}

// likeness says how much a text looks like one that people wrote: letters of
// one script next to each other, upper case at the start of a word only.
func likeness(text string) int {
	good, all := 0, 0
	before := ' '
	for _, r := range text {
		if r >= utf8.RuneSelf {
			all++
			switch {
			case !unicode.IsLetter(r):
			case unicode.IsUpper(r) && unicode.IsLower(before):
				good--
			case script(r) == script(before), !unicode.IsLetter(before):
				good++
			}
		}
		before = r
	}
	if all == 0 {
		return 0
	}
	return 60 * good / all
}

// script returns a number for the script of a letter. Kana and Chinese
// characters stand together in Japanese.
func script(r rune) int {
	switch {
	case r < 0x250 || r >= 0x1e00 && r < 0x1f00:
		return 1
	case unicode.Is(unicode.Cyrillic, r):
		return 2
	case unicode.Is(unicode.Greek, r):
		return 3
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return 4
	case unicode.Is(unicode.Hangul, r):
		return 5
	case unicode.Is(unicode.Arabic, r):
		return 6
	case unicode.Is(unicode.Hebrew, r):
		return 7
	}
	return 8
}
