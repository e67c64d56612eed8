package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters are those that no normal form takes apart.
var letters = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "æ", "ae", "œ", "oe", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// fold puts a word in small letters without accents, with one kind of
// apostrophe.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return foldAny(s)
		}
	}
	return strings.ToLower(s)
}

func foldAny(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\u00ad', r == '\u200d', r == '\u200c':
		case r == '’' || r == '‘' || r == 'ʼ' || r == '`':
			b.WriteByte('\'')
		case r == '‐' || r == '‑':
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	return letters.Replace(b.String())
}

// spelled returns the spelling of a folded word that is kept of several.
func (t *lexicon) spelled(w string) string {
	if s := t.spelling[w]; s != "" {
		return s
	}
	if n := len(w); n > 3 && w[n-1] == 's' {
		if s := t.spelling[w[:n-1]]; s != "" {
			return s + "s"
		}
	}
	if len(w) < 5 {
		return w
	}
	for _, e := range [...]struct{ from, to string }{
		{"ising", "izing"}, {"ised", "ized"}, {"ises", "izes"}, {"ise", "ize"}, {"isation", "ization"}, {"isations", "izations"},
		{"ysed", "yzed"}, {"yse", "yze"}, {"ysing", "yzing"}, {"our", "or"}, {"ours", "ors"}, {"oured", "ored"}, {"ouring", "oring"}, {"ourable", "orable"},
	} {
		if stem, ok := strings.CutSuffix(w, e.from); ok && len(stem) > 1 {
			return stem + e.to
		}
	}
	return w
}

// stem takes the ending of an inflected word away: what is left is the same
// for all forms, and need be no word.
func (t *lexicon) stem(w string) string {
	if base, ok := t.base[w]; ok {
		w = base
	} else if len(w) > 3 && w[0] < utf8.RuneSelf {
		w = regular(w)
	}
	if n := len(w); n > 3 && w[n-1] == 'e' {
		w = w[:n-1]
	}
	return w
}

func regular(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "ies") && n > 4, strings.HasSuffix(w, "ied") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"),
		strings.HasSuffix(w, "oes"):
		return w[:n-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	case w[n-1] == 's':
		return w[:n-1]
	case strings.HasSuffix(w, "ing") && n > 5 && vowelIn(w[:n-3]):
		return undoubled(w[:n-3])
	case strings.HasSuffix(w, "eed"):
		return w
	case strings.HasSuffix(w, "ed") && n > 4 && vowelIn(w[:n-2]):
		return undoubled(w[:n-2])
	}
	return w
}

func vowelIn(s string) bool { return strings.ContainsAny(s, "aeiouy") }

// undoubled makes "stop" of "stopp".
func undoubled(s string) string {
	n := len(s)
	if n > 3 && s[n-1] == s[n-2] && !strings.ContainsRune("lsze", rune(s[n-1])) {
		return s[:n-1]
	}
	return s
}

// senseStem takes away the endings that make one kind of word of another:
// "agreement" and "agree", "destruction" stays what it is.
func senseStem(s string) string {
	for _, e := range [...]string{"isation", "ization", "ation", "ment", "ion", "iz", "at", "ly", "er", "or", "est"} {
		if stem, ok := strings.CutSuffix(s, e); ok && len(stem) > 3 {
			if n := len(stem); (e == "er" || e == "est") && stem[n-1] == 'i' {
				return stem[:n-1] + "y" // easier
			}
			if n := len(stem); e == "ly" && n > 4 && stem[n-1] == 'e' {
				return stem[:n-1]
			}
			return stem
		}
	}
	return s
}
