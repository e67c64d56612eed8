package read

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// wordLists holds the words that the repair of words goes by.
type wordLists struct {
	single, joiners, determiners, clauses map[string]bool
	subjects, articles, verbs, unfinished map[string]bool
	towards, isAfter, open, weekdays      map[string]bool
}

var wordList = sync.OnceValue(func() wordLists {
	doubled, stops := groups("doubled"), groups("stops")
	return wordLists{
		single:      set(doubled["single"]),
		joiners:     set(doubled["joiners"]),
		determiners: set(doubled["determiners"]),
		clauses:     set(doubled["clauses"]),
		towards:     set(doubled["towards"]),
		isAfter:     set(doubled["subjects"]),
		open:        set(doubled["open"]),
		weekdays:    set(doubled["weekdays"]),
		subjects:    set(stops["subjects"]),
		articles:    set(stops["articles"]),
		verbs:       set(stops["verbs"]),
		unfinished:  set(stops["unfinished"]),
	}
})

// maxPhrase is the length in words of the longest phrase that is looked for
// twice in a row; ring holds two of them and the word before.
const (
	maxPhrase = 6
	ring      = 16
)

// A word is a run of letters, digits, apostrophes and hyphens.
type word struct {
	hearsay.Span
	hash uint32 // of its bytes, ASCII letters in lower case
}

// A wordReader goes through a text, word by word. Words that follow each
// other with one space between make a run.
type wordReader struct {
	text   string
	edits  *edits
	lists  wordLists
	last   [ring]word         // word n of the run at n modulo ring
	n      int                // words in the run
	same   [maxPhrase + 1]int // how many words in a row are the same as the word so many before
	quoted bool               // within double quotation marks
	line   int                // start of the paragraph
}

// mendWords takes out words that stand twice and puts in full stops that were
// lost, where there can be no doubt. What stands in quotation marks is left as
// it is.
func mendWords(doc *hearsay.Document) *edits {
	r := &wordReader{text: doc.Text, edits: &edits{text: doc.Text}, lists: wordList()}
	for at := 0; at < len(r.text); {
		at = r.step(at)
	}
	return r.edits
}

// step takes in the word, or what else stands, at a place, and returns where
// it ends.
func (r *wordReader) step(at int) int {
	text := r.text
	if end, hash := wordAt(text, at); end > at {
		r.take(word{hearsay.Span{Start: at, End: end}, hash})
		return end
	}
	switch text[at] {
	case ' ':
		if r.n > 0 && r.back(0).End == at {
			return at + 1
		}
	case '\n':
		r.quoted, r.line = false, at+1
	case '"':
		r.quoted = !r.quoted
	case 0xe2:
		switch {
		case strings.HasPrefix(text[at:], "“"):
			r.quoted = true
		case strings.HasPrefix(text[at:], "”"):
			r.quoted = false
		}
	}
	r.reset()
	_, n := utf8.DecodeRuneInString(text[at:])
	return at + n
}

// wordByte tells the bytes that a word can have.
var wordByte = func() (t [256]bool) {
	for c := range 256 {
		t[c] = c >= 0x80 || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '\'' || c == '-'
	}
	return t
}()

// wordAt returns the end of the word that starts at a place, and its hash.
func wordAt(text string, at int) (end int, hash uint32) {
	hash = 2166136261
	for end = at; end < len(text) && wordByte[text[end]]; end++ {
		c := text[end]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c == 0xe2 && strings.HasPrefix(text[end:], "\xe2\x80") && !strings.HasPrefix(text[end:], "’") {
			break // a dash or a quotation mark
		}
		if (c == 0xc2 || c == 0xe3) && end == at {
			break
		}
		hash = (hash ^ uint32(c)) * 16777619
	}
	if end > at && text[at] == '-' {
		return at, 0
	}
	return end, hash
}

// back returns the word so many before the last one.
func (r *wordReader) back(n int) word { return r.last[(r.n-n)%ring] }

// reset ends the run of words.
func (r *wordReader) reset() {
	if r.n > 0 {
		r.n = 0
		r.same = [maxPhrase + 1]int{}
	}
}

// take adds a word to the run and looks whether it completes something that
// stands twice, or begins a sentence.
func (r *wordReader) take(w word) {
	r.n++
	r.last[r.n%ring] = w
	for k := 1; k <= maxPhrase; k++ {
		if r.n <= k || r.back(k).hash != w.hash {
			r.same[k] = 0
			continue
		}
		if r.same[k]++; r.same[k] == k && !r.quoted && r.doubled(k) {
			return
		}
	}
	if c := r.text[w.Start]; (c == 'H' || c == 'S' || c == 'T' || c == 'I') && r.n > 2 && !r.quoted && r.lostStop(w) {
		r.put(r.back(1).End, r.back(1).End, ".", hearsay.LostFullStop)
	}
}

// put adds an edit, unless the last one touches it.
func (r *wordReader) put(start, end int, put string, kind hearsay.RepairKind) {
	if n := len(r.edits.list); n == 0 || r.edits.list[n-1].End <= start {
		r.edits.add(start, end, put, kind)
	}
}

// doubled takes out one of the last two phrases of k words, which are the
// same but for upper and lower case, unless they may be meant.
func (r *wordReader) doubled(k int) bool {
	first := hearsay.Span{Start: r.back(2*k - 1).Start, End: r.back(k).End}
	second := hearsay.Span{Start: r.back(k - 1).Start, End: r.back(0).End}
	a, b := first.In(r.text), second.In(r.text)
	if !strings.EqualFold(a, b) || r.goesOn(k, second.End) {
		return false
	}
	if k == 1 && !r.singleError(a, b) || k > 1 && !r.phraseError(strings.Fields(a), strings.Fields(b)) {
		return false
	}
	if capitals(b) > capitals(a) {
		r.put(first.Start, second.Start, "", hearsay.RepeatedWords)
	} else {
		r.put(first.End, second.End, "", hearsay.RepeatedWords)
	}
	r.reset()
	return true
}

// goesOn reports whether the repetition is longer than twice: the word before
// it is the last of the phrase, or the word after it the first.
func (r *wordReader) goesOn(k, end int) bool {
	if r.n > 2*k && r.back(2*k).hash == r.back(0).hash {
		return true
	}
	next, hash := r.wordAfter(end)
	return !next.Empty() && hash == r.back(k-1).hash
}

// wordAfter returns the word that follows in the run after a place.
func (r *wordReader) wordAfter(end int) (hearsay.Span, uint32) {
	if end >= len(r.text) || r.text[end] != ' ' {
		return hearsay.Span{}, 0
	}
	stop, hash := wordAt(r.text, end+1)
	return hearsay.Span{Start: end + 1, End: stop}, hash
}

// singleError reports whether a word that stands twice can only be an error.
func (r *wordReader) singleError(a, b string) bool {
	if a == b && r.n > 2 && (b == "to" || b == "is") {
		return r.verbError(b)
	}
	if !r.lists.single[b] {
		return false
	}
	return a == b || r.n == 2 && a[1:] == b[1:] && len(a) > 1
}

// verbError reports whether "to to" or "is is" can only be an error after the
// words before it.
func (r *wordReader) verbError(b string) bool {
	before := strings.ToLower(r.back(2).In(r.text))
	if b == "to" {
		return r.lists.towards[before]
	}
	for i := 3; i < min(r.n, ring); i++ {
		if r.lists.open[strings.ToLower(r.back(i).In(r.text))] {
			return false
		}
	}
	return r.lists.isAfter[before]
}

// phraseError reports whether a phrase that stands twice can only be an error.
func (r *wordReader) phraseError(a, b []string) bool {
	lists := r.lists
	words := strings.Fields(strings.ToLower(strings.Join(a, " ")))
	first, last := words[0], words[len(words)-1]
	sameWord, lower := true, len(words) > 2
	for i, w := range words {
		if strings.ContainsAny(w, "0123456789") {
			return false
		}
		sameWord = sameWord && w == first
		lower = lower || a[i] != b[i] || a[i] == w
	}
	switch {
	case sameWord || !lower:
		return false
	case lists.clauses[first] && !lists.determiners[last] && !lists.determiners[first]:
		return false
	case len(words) == 2 && first == "on" && lists.weekdays[last]:
		return true
	case len(words) == 2 && lists.joiners[first]:
		return lists.determiners[last]
	case len(words) == 2 && lists.joiners[last]:
		return lists.determiners[first]
	}
	return first != "and" && first != "or" && last != "and" && last != "or"
}

func capitals(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// lostStop reports whether w, within running text, begins a sentence although
// no full stop stands before it.
func (r *wordReader) lostStop(w word) bool {
	text := w.In(r.text)
	subject, article := r.lists.subjects[text], r.lists.articles[text]
	if !subject && !article || r.back(1).Start-r.line < 30 {
		return false
	}
	before, earlier := r.back(1).In(r.text), r.back(2).In(r.text)
	if len(before) < 3 || !isLowerWord(before) || !isLowerWord(earlier) || r.lists.unfinished[before] && !(subject && r.endsTag(before)) {
		return false
	}
	return r.verbFollows(w.End, article)
}

// endsTag reports whether the last two words before this one are "he said" or
// the like, right after a quotation that ends with a comma.
func (r *wordReader) endsTag(before string) bool {
	who := r.back(2)
	if before != "said" && before != "added" || r.n != 3 {
		return false
	}
	switch who.In(r.text) {
	case "he", "she", "they", "it":
	default:
		return false
	}
	until := r.text[:who.Start]
	return strings.HasSuffix(until, ",” ") || strings.HasSuffix(until, `," `)
}

// verbFollows reports whether a finite verb comes next, or where a noun comes
// first, within the three words after it, all in lower case.
func (r *wordReader) verbFollows(at int, noun bool) bool {
	for i := range 4 {
		next, _ := r.wordAfter(at)
		s := next.In(r.text)
		if next.Empty() || !isLowerWord(s) {
			return false
		}
		if r.lists.verbs[s] && (i > 0 || !noun) {
			return !next.Empty()
		}
		if !noun {
			return false
		}
		at = next.End
	}
	return false
}

// isLowerWord reports whether a word has lower case letters only.
func isLowerWord(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != ""
}
