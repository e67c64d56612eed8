package compare

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// A word of what was said.
type word struct {
	hearsay.Span // of Said.Text
	entry

	unit    unit   // of a number
	quote   uint16 // the number of the quotation it stands in, from 1; 0 for none
	gap     bool   // a mark of omission stands before it
	stop    bool   // a sentence ends before it
	clause  bool   // another mark than a quotation mark stands before it
	square  bool   // in square brackets: put in by the outlet
	silent  bool   // belongs to the word before it
	figures bool   // a number in figures
	proper  bool   // a name, by its capital
	plural  bool   // ends as plurals do
	vector  int32  // its place among the vectors; 0 for none
	turned  bool   // of the other polarity: after "not", or the second of two opposites, not both
}

// A reader takes the pieces of a content apart.
type reader struct {
	lex    *lexicon
	near   *vectors
	direct bool // all of it is quoted
	shift  int  // where the piece begins in Said.Text
	words  []word

	quotes  uint16 // quotations so far
	open    rune   // the mark that opened the quotation we are in; 0 outside
	square  bool
	next    word // the marks before the next word
	sign    unit // "$" before it
	fresh   bool // it is the first of a quotation
	capital bool // it begins with a capital
}

// piece reads one piece of the content.
func (r *reader) piece(text string) {
	r.open, r.square = 0, false
	if r.direct {
		r.quotes++
	}
	for at := 0; at < len(text); {
		c, n := rune(text[at]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[at:])
		}
		switch {
		case isLetter(c):
			end := r.hyphened(text, at, tokenEnd(text, at))
			r.token(text, at, end)
			at = end
			continue
		case c == ' ':
		default:
			r.mark(text, at, n, c)
		}
		at += n
	}
}

// hyphened returns where the word ends of which a prefix such as "co-" was read.
func (r *reader) hyphened(text string, at, end int) int {
	if end+1 >= len(text) || end-at > 7 || text[end] != '-' || !isLetter(rune(text[end+1])) || r.lex.classes[strings.ToLower(text[at:end])]&prefix == 0 {
		return end
	}
	return tokenEnd(text, end+1)
}

func isLetter(c rune) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	case c < utf8.RuneSelf:
		return false
	}
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isApostrophe(c rune) bool { return c == '\'' || c == '’' || c == 'ʼ' }

// alone reports whether a letter is a word by itself: those of scripts that
// put no space between words.
func alone(c rune) bool {
	return c >= 0x0e00 && unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// tokenEnd returns where the word that begins at the byte ends: an apostrophe
// belongs to it between letters, a stop or comma between digits and in "U.S.".
func tokenEnd(text string, start int) int {
	at := start
	for at < len(text) {
		c, n := rune(text[at]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[at:])
			if alone(c) {
				if at == start {
					return at + n
				}
				return at
			}
		}
		if isLetter(c) {
			at += n
			continue
		}
		after, _ := utf8.DecodeRuneInString(text[min(at+n, len(text)):])
		digits := at > start && isDigit(text[at-1]) && after < utf8.RuneSelf && isDigit(byte(after))
		switch {
		case isApostrophe(c) && unicode.IsLetter(after) && !digits:
		case (c == '.' || c == ',' || c == ':') && digits:
		case c == '.' && at-start == 1 && unicode.IsLetter(after) && shortAfter(text, at+n):
		case c == '.' && at-start >= 3 && text[at-2] == '.' && unicode.IsLetter(after) && shortAfter(text, at+n):
		default:
			return at
		}
		at += n
	}
	return at
}

// shortAfter reports whether a single letter stands at the byte: the S of "U.S.".
func shortAfter(text string, at int) bool {
	return at+1 >= len(text) || !isLetter(rune(text[at+1])) && text[at+1] < utf8.RuneSelf
}

// mark takes note of what stands between words.
func (r *reader) mark(text string, at, n int, c rune) {
	spaced := at == 0 || text[at-1] == ' ' || text[at-1] == '\n' || text[at-1] == '(' || text[at-1] == '['
	ends := at+n >= len(text) || !isLetter(rune(text[at+n])) && text[at+n] < utf8.RuneSelf
	switch c {
	case '“', '«', '„', '‟':
		if r.open == '„' && c == '“' {
			r.shut()
		} else {
			r.begin(c)
		}
	case '”', '»':
		if r.open == 0 && c == '»' || r.open == 0 && spaced && !ends {
			r.begin(c)
		} else {
			r.shut()
		}
	case '"':
		if r.open != 0 && r.open != '\'' {
			r.shut()
		} else {
			r.begin(c)
		}
	case '\'', '‘', '’':
		switch {
		case r.open == 0 && spaced && !ends:
			r.begin('\'')
		case r.open == '\'' && ends:
			r.shut()
		}
	case '[', ']':
		r.square = c == '['
	case '.', '!', '?', '\n', '…':
		if c == '…' || strings.HasPrefix(text[at:], "..") || strings.HasPrefix(text[at:], ". .") {
			r.next.gap = true
		}
		r.next.stop = true
	case '$', '€', '£', '¥', '₽', '₴', '₹':
		r.sign = r.lex.units[string(c)]
	case '%':
		if k := len(r.words); k > 0 && r.words[k-1].class&number != 0 && r.words[k-1].End >= r.shift+at-2 {
			r.words[k-1].unit = r.lex.units["%"]
			r.words[k-1].End = r.shift + at + n
		}
	case ',', ';', ':', '–', '—', '(', ')':
		r.next.clause = true
	case '-':
		r.next.clause = r.next.clause || spaced
	}
}

func (r *reader) begin(mark rune) {
	if r.open == 0 || mark != '\'' {
		r.quotes++
	}
	r.open, r.fresh = mark, true
}

func (r *reader) shut() { r.open = 0 }

// token appends the words of a token: a contraction has two.
func (r *reader) token(text string, start, end int) {
	s := text[start:end]
	c, _ := utf8.DecodeRuneInString(s)
	r.capital = unicode.IsUpper(c)
	if s == "US" {
		r.add("usa", start, end)
		return
	}
	low := cmp.Or(fold(s), s) // what is nothing but accents folds to nothing
	if low == "cannot" {
		r.add("can", start, end-3)
		r.add("not", end-3, end)
		return
	}
	if i := strings.IndexByte(low, '-'); i > 0 {
		low = low[:i] + low[i+1:]
	}
	cut := strings.LastIndexByte(low, '\'')
	if cut < 0 || cut > len(s) {
		r.add(low, start, end)
		return
	}
	before, clitic := low[:cut], low[cut+1:]
	at := strings.LastIndexFunc(s, isApostrophe)
	switch clitic {
	case "s", "":
		r.possessive(text, before, start, start+at, end)
	case "t":
		stem, ok := strings.CutSuffix(before, "n")
		if !ok || at < 1 {
			r.add(low, start, end)
			return
		}
		if whole := contracted[before]; whole != "" {
			stem = whole
		}
		r.add(stem, start, start+at-1)
		r.add("not", start+at-1, end)
	case "re", "m", "ve", "ll", "d":
		r.add(before, start, start+at)
		r.add(clitics[clitic], start+at, end)
	default:
		r.add(strings.ReplaceAll(low, "'", ""), start, end)
	}
}

// contracted are the words that lose a letter before "n't".
var contracted = map[string]string{"can": "can", "won": "will", "shan": "shall", "ain": "is"}

var clitics = map[string]string{"re": "are", "m": "am", "ve": "have", "ll": "will", "d": "would"}

// possessive appends a word with 's: after a pronoun it is "is" or "has",
// after "let" it is "us", and else it tells nothing.
func (r *reader) possessive(text, before string, start, at, end int) {
	if before == "let" {
		r.add(before, start, at)
		r.add("us", at, end)
		return
	}
	switch before {
	case "it", "he", "she", "that", "there", "what", "who", "here", "where", "how", "this", "everyone", "everybody", "everything", "nobody", "nothing",
		"someone", "somebody", "something", "anyone", "anybody", "anything", "whoever", "whatever":
		r.add(before, start, at)
		next := fold(firstWord(text[end:]))
		if next == "been" || next == "got" || next == "become" || next == "had" || next == "gone" || next == "done" {
			r.add("has", at, end)
		} else {
			r.add("is", at, end)
		}
		return
	}
	r.add(before, start, end)
}

func firstWord(s string) string {
	s = s[:min(len(s), 24)]
	s = strings.TrimLeft(s, " ")
	if i := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsLetter(c) }); i >= 0 {
		s = s[:i]
	}
	return s
}

// thousands takes three figures into the number before them: "12 000". After a
// plain space that is done with noughts only.
func (r *reader) thousands(low string, start, end int) bool {
	k := len(r.words) - 1
	if len(low) != 3 || k < 0 || !isDigit(low[0]) || r.next.clause || r.next.stop {
		return false
	}
	w := &r.words[k]
	gap := r.shift + start - w.End
	if !w.figures || w.unit.name != "" || w.class&ordinal != 0 || w.value >= 1e9 || w.value != math.Trunc(w.value) || gap < 1 || gap > 3 || gap == 1 && low != "000" {
		return false
	}
	v, err := strconv.ParseFloat(low, 64)
	if err != nil {
		return false
	}
	w.value, w.End = w.value*1000+v, r.shift+end
	return true
}

// add appends one word.
func (r *reader) add(low string, start, end int) {
	if start >= end || low == "" || r.thousands(low, start, end) { // "": an apostrophe that is a letter, alone
		return
	}
	w := r.next
	w.Span = hearsay.Span{Start: r.shift + start, End: r.shift + end}
	if e := r.lex.words[low]; e != nil {
		w.entry = *e
	} else {
		w.entry = *r.lex.make(low)
	}
	if w.class&number != 0 {
		w.unit = r.lex.values[low].unit // twenties
	}
	if '0' <= low[0] && low[0] <= '9' {
		r.figures(&w, low)
	}
	if w.class&(particle|pronoun|filler|negation|number) == 0 {
		w.vector = r.near.find(r.lex, low)
	}
	if r.sign.name != "" {
		w.unit = r.sign
	}
	if r.direct || r.open != 0 {
		w.quote = r.quotes
	}
	w.square, w.plural = r.square, low[len(low)-1] == 's'
	if r.fresh && r.shift > 0 && r.capital && low != "i" && (w.vector != 0 || w.class&(particle|pronoun|negation) != 0) {
		w.stop = true // what is said after the interruption begins a sentence of its own
	}
	w.proper = len(r.words) > 0 && !w.stop && !r.fresh && w.class&^(contrarious|listed) == 0 && r.capital
	r.words = append(r.words, w)
	r.next, r.sign, r.fresh = word{}, unit{}, false
}

// finish joins numbers and phrases and settles what depends on the words
// around.
func (r *reader) finish() []word {
	r.numbers()
	r.phrases()
	r.polarity()
	if len(r.words) > 0 {
		r.words[0].stop, r.words[0].clause = false, false
	}
	return r.words
}

// phrases gives the first word of a phrase what the tables know of it; the
// others fall silent.
func (r *reader) phrases() {
	ws := r.words
	for i := range ws {
		if ws[i].class&lead == 0 || ws[i].silent {
			continue
		}
		key, words, found := mix(0, ws[i].lemma), 0, phrase{} // the longest
		for n := 1; n < 4 && i+n < len(ws) && !ws[i+n].stop; n++ {
			key = mix(key, ws[i+n].lemma)
			p, ok := r.lex.phrases[key]
			if !ok {
				continue
			}
			found, words = p, n
		}
		if words == 0 {
			r.parted(i)
			continue
		}
		become(&ws[i], found)
		for k := i + 1; k <= i+words; k++ {
			ws[k].silent = found.spelling
			ws[k].class, ws[k].weight = particle, 0.3
		}
	}
}

// become gives a word what the tables know of the phrase that it begins.
func become(w *word, p phrase) {
	first := w.entry
	w.entry = p.entry
	if !p.spelling {
		w.form, w.lemma = first.form, first.lemma
	}
}

// mostParted is how many words may part a verb from the small word that goes
// with it: "turned the whole offer down".
const mostParted = 4

// parted reads a verb with its small word after the object: "turned the offer
// down". Where an article follows, the small word belongs to what comes after.
func (r *reader) parted(i int) {
	ws := r.words
	for k := i + 1; k < len(ws) && k <= i+1+mostParted; k++ {
		if ws[k].stop || ws[k].clause || ws[k].class&(modal|negation|condition) != 0 || ws[k].form == r.lex.and {
			return
		}
		if k < i+2 || !r.lex.afterObject[ws[k].form] {
			continue
		}
		p, ok := r.lex.phrases[mix(mix(0, ws[i].lemma), ws[k].lemma)]
		if !ok || p.spelling || k+1 < len(ws) && !apartFrom(&ws[k+1], &ws[k]) && r.lex.articles[ws[k+1].form] && ws[k].form != r.lex.from {
			continue
		}
		become(&ws[i], p)
		ws[k].class, ws[k].weight, ws[k].vector = particle, 0.3, 0
		return
	}
}

// polarity turns the words in reach of a negation.
func (r *reader) polarity() {
	ws := r.words
	said := false // a negation before, in the same sentence
	for i := range ws {
		w := &ws[i]
		w.turned = w.turned != w.flip
		said = said && !w.stop
		if w.class&(negation|negative) == 0 || w.class&concord != 0 && said {
			continue
		}
		said = said || w.class&negation != 0
		if i+1 < len(ws) && ws[i+1].clause && w.class&backward != 0 {
			continue // "No, we will"
		}
		for j, end := i+1, reachEnd(ws, i, r.lex); j < end; j++ {
			ws[j].turned = !ws[j].turned
		}
		for j := i; w.class&backward != 0 && j > max(0, i-3) && !ws[j].stop && !ws[j].clause; j-- {
			if ws[j-1].class&(particle|pronoun|modal|negation) == 0 {
				ws[j-1].turned = !ws[j-1].turned
				break
			}
		}
	}
}

// reachEnd returns where the words end that the negation at i turns: with the
// clause, with "but", with a condition, and after "without" with what is missing.
func reachEnd(ws []word, i int, lex *lexicon) int {
	j := i + 1
	for j < len(ws) && j <= i+reach && !ws[j].stop && (!ws[j].clause || j == i+1) && ws[j].form != lex.but && !ws[j].gap && !denies(ws, j, lex) {
		if j > i+1 && (ws[j].class&condition != 0 || ws[i].form == lex.without && (ws[j].class&modal != 0 || lex.subjects[ws[j].form])) {
			break
		}
		j++
	}
	return j
}

// denies reports whether "and" with another negation stands there: "and did
// not read it".
func denies(ws []word, j int, lex *lexicon) bool {
	if ws[j].form != lex.and {
		return false
	}
	for k := j + 1; k < min(len(ws), j+4); k++ {
		if ws[k].class&negation != 0 {
			return true
		}
	}
	return false
}

// reach is how many words after it a negation turns, at most.
const reach = 12
