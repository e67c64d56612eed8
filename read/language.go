package read

import (
	"strings"
	"sync"
	"unicode"
)

// stopWords maps each of the most frequent words of a language to the
// languages that have it.
var stopWords = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for lang, words := range groups("stopwords") {
		for _, w := range words {
			m[w] = append(m[w], lang)
		}
	}
	return m
})

// Language is told by the first languageWords words; a tenth of them at least,
// and three, must be frequent words of it, and half as many again as of any
// other.
const languageWords = 600

// language returns the code of the language that a text is in, "" where it is
// none of those in stopwords.txt or the text is too short to tell.
func language(text string) string {
	known := stopWords()
	count := map[string]int{}
	total := 0
	for w := range strings.FieldsFuncSeq(text[:min(len(text), 16*languageWords)], func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		if total++; total > languageWords {
			break
		}
		for _, lang := range known[strings.ToLower(w)] {
			count[lang]++
		}
	}
	best, second, name := 0, 0, ""
	for lang, n := range count {
		switch {
		case n > best:
			best, second, name = n, best, lang
		case n > second:
			second = n
		}
	}
	if best < 3 || best*10 < total || 2*best < 3*second {
		return ""
	}
	return name
}
