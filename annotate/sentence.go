package annotate

// A sentence is a range of tokens of one block. A quotation is never split,
// however many sentences it has: the words that report it stand outside.
type sentence struct {
	from, to int // tokens, half-open
	block    int32
}

// longest is the number of tokens after which a sentence is cut, so that no
// search within a sentence costs more than its length.
const longest = 400

// sentences divides the tokens.
func sentences(ts []token, text string, qs []quotation, lex *lexicon) []sentence {
	var found []sentence
	from := 0
	for i := 0; i < len(ts); i++ {
		end := i + 1
		last := end == len(ts) || ts[end].block != ts[i].block
		long := end-from >= longest && ts[i].quote == 0
		if from == 0 || ts[from-1].block != ts[from].block {
			long = long || i < from+18 && dateline(ts, text, from, i)
		}
		if last || long || ends(ts, text, qs, i, lex) {
			found = append(found, sentence{from, end, ts[i].block})
			from = end
		}
	}
	return found
}

// ends reports whether a sentence ends with token i, which is not the last of
// its block.
func ends(ts []token, text string, qs []quotation, i int, lex *lexicon) bool {
	t, next := &ts[i], &ts[i+1]
	if t.quote != 0 && next.quote == t.quote {
		return false
	}
	stop := i
	for stop > 0 && i-stop < 4 && closing(&ts[stop]) {
		stop--
	}
	s := &ts[stop]
	switch {
	case closing(next) && next.quote == t.quote:
		return false
	case s.kind == punctuation && (s.mark == '.' || s.mark == '?' || s.mark == '!' || s.mark == markEllipsis):
		if !begins(next) {
			return false
		}
		if s.mark == markEllipsis && stop == i && t.quote == 0 && !next.is(determiner|third) {
			return false
		}
		asks := s.mark == '?' || s.mark == '!'
		return !(asks && t.quote != 0 && saidAt(ts, i+1, i+6))
	case s.kind == wordToken && text[s.End-1] == '.':
		word := text[s.Start : s.End-1]
		if lex.abbreviations[word] == openAbbreviation || len(word) == 1 {
			return false
		}
		return next.capital && next.is(determiner|possessive|third|conjunction|subordinator|preposition) || next.kind == quoteMark && next.spaced
	}
	return false
}

// dateline reports whether the dash at token i ends the dateline of a block
// that begins at token from: "PORT LYS, May 3 (NPA) -".
func dateline(ts []token, text string, from, i int) bool {
	if ts[i].kind != punctuation || ts[i].mark != markDash || i == from || ts[from].kind != wordToken {
		return false
	}
	first := &ts[from]
	upper := first.upper && first.End-first.Start > 2
	agency := ts[i-1].kind == punctuation && ts[i-1].mark == ')'
	if !upper && !agency {
		return false
	}
	for j := from; j < i; j++ {
		t := &ts[j]
		if t.quote != 0 || t.kind == wordToken && !t.capital && !t.is(preposition) {
			return false
		}
	}
	return true
}

// closing reports whether a token belongs to the sentence that ended before
// it: a closing quotation mark or bracket.
func closing(t *token) bool {
	if t.spaced {
		return false
	}
	return t.kind == quoteMark || t.kind == punctuation && (t.mark == ')' || t.mark == ']')
}

// begins reports whether a sentence can begin with the token.
func begins(t *token) bool {
	if !t.spaced {
		return t.kind == quoteMark && t.mark == markOpen
	}
	return t.capital || t.kind == numberToken || t.kind == quoteMark || t.kind == apostrophe ||
		t.kind == punctuation && t.mark != ',' && t.mark != ';'
}
