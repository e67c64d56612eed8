package annotate

import (
	"fmt"
	"strings"

	"hearsay"
)

// This file tells what was done by a cue of any words: which of them is the
// main one, and of what mode and force that is. It finds no cues.

// act returns the main word of a cue in the dictionary's form, the mode and
// force of what is reported with it, and whether the report says that it was
// not done. The cue may have several pieces. A word that the lexicon lacks is
// returned as it stands, in small letters.
func (a *analysis) act(cue []words) (lemma string, mode hearsay.Mode, force hearsay.Force, negated bool) {
	c := cueReading{analysis: a}
	for _, w := range cue {
		for i := w.from; i < w.to; i++ {
			if a.ts[i].kind == wordToken {
				c.at = append(c.at, i)
				c.small = c.small || !a.ts[i].capital && a.ts[i].spaced
			}
		}
	}
	if len(c.at) == 0 {
		return a.bareMark(cue), hearsay.Speech, hearsay.Say, false
	}
	for k := 0; k < len(c.at) && c.best.rank < strong; {
		k = c.read(k)
	}
	b := c.best
	switch {
	case b.rank == 0: // nothing but small words
		b.meaning = meaning{c.low(len(c.at) - 1), hearsay.Speech, hearsay.Say}
	}
	return b.lemma, b.mode, b.force, b.negated
}

// statedBy returns the mode of a statement by its speaker: what a document states
// was written, and what a study or a poll states was found out.
func (a *analysis) statedBy(speaker words, mode hearsay.Mode) hearsay.Mode {
	if mode != hearsay.Speech || speaker.empty() {
		return mode
	}
	head := &a.ts[a.head(speaker)]
	forms, n := a.lex.baseForms(head, a.text)
	for _, s := range forms[:n] {
		if a.lex.hints[s]&finding != 0 {
			return hearsay.Evidence
		}
	}
	if head.is(document) {
		return hearsay.Writing
	}
	return mode
}

// bareMark returns the mark that a cue without words consists of, every dash
// as "-".
func (a *analysis) bareMark(cue []words) string {
	for _, w := range cue {
		if w.empty() {
			continue
		}
		t := &a.ts[w.from]
		if t.kind == punctuation && t.mark == markDash {
			return "-"
		}
		return a.text[t.Start:t.End]
	}
	return ""
}

// rank orders the words of a cue by what they tell. The first of the highest
// rank is its main word.
type rank uint8

const (
	auxiliaryWord rank = iota + 1 // "is", "has": counts where there is nothing else
	smallWord                     // a preposition or adverb: "in", "reportedly"
	unknownWord                   // not in the lexicon
	lightWord                     // "gave", "began"
	unknownVerb                   // not in the lexicon and probably a verb: "began quibbling"
	vehicleWord                   // "speech", "letter"
	strong                        // ends the search
)

// hint is what the lines with a colon in acts.txt say of a word.
type hint uint16

const (
	light hint = 1 << iota
	vehicle
	undo
	either
	small
	finding
	ownState
	raising
	control
)

var hintNames = map[string]hint{"light": light, "vehicle": vehicle, "undo": undo, "either": either, "small": small, "evidence": finding, "state": ownState, "raising": raising, "control": control}

// An actWord is a row of acts.txt.
type actWord struct {
	row  string
	name uint8 // how long the lemma at its beginning is
	next int32 // 1 + index of another that begins with the same word
}

// A meaning is what the lexicon knows of a word or phrase: a row of acts.txt, or
// an entry of cues.txt or nouns.txt.
type meaning struct {
	lemma string // "" for none
	mode  hearsay.Mode
	force hearsay.Force
}

func (w *actWord) lemma() string { return w.row[:w.name] }

func (w *actWord) meaning() meaning {
	_, rest := cutField(w.row)
	mode, rest := cutField(rest)
	force, _ := cutField(rest)
	return meaning{strings.ReplaceAll(w.lemma(), "_", " "), hearsay.Mode(mode), hearsay.Force(force)}
}

func (v *cueVerb) meaning() meaning { return meaning{v.lemma, v.mode, v.force} }

// A cueReading goes through the words of a cue from left to right.
type cueReading struct {
	*analysis
	at      []int // its tokens that are words
	small   bool  // not all of them begin with capitals, as in a headline
	negated bool  // by what was read so far
	best    reading
}

// A reading is a candidate for the main word.
type reading struct {
	meaning
	rank    rank
	negated bool
}

func (c *cueReading) token(k int) *token { return &c.ts[c.at[k]] }

// low returns word k of the cue in small letters.
func (c *cueReading) low(k int) string { return c.lex.low(c.token(k), c.text) }

// low returns a word in small letters, with a straight apostrophe.
func (l *lexicon) low(t *token, text string) string {
	if t.lex != nil {
		return t.lex.low
	}
	return straight(strings.ToLower(text[t.Start:t.End]))
}

// read takes in word k and returns the next one to read.
func (c *cueReading) read(k int) int {
	t := c.token(k)
	if t.low() == "with" && c.best.rank == lightWord && c.lex.reports(c.best.lemma) {
		return len(c.at) // "added with a smile"
	}
	if t.capital && c.small && k > 0 {
		return k + 1 // a name: "told The Washington Post"
	}
	forms, n := c.lex.baseForms(t, c.text)
	if p := c.phrase(k, forms[:n]); p.lemma != "" {
		h := c.lex.hints[p.lemma]
		c.negated = c.negated != p.negates
		c.take(strongUnless(h, true), p.meaning)
		c.undone(h)
		return p.end
	}
	skip := c.skips(c.at[k]) || c.lex.hints[forms[0]]&small != 0
	var h hint
	for _, s := range forms[:n] {
		h |= c.lex.hints[s] & undo
	}
	if t.is(negation) && !(k+1 < len(c.at) && onlyWord(c.low(k+1))) {
		c.negated = true
	}
	nominal := c.nominal(k)
	w := c.single(t, forms[:n], nominal)
	switch {
	case w.lemma != "":
		h |= c.lex.hints[w.lemma]
		r := strongUnless(h, nominal || t.lex == nil || len(t.lex.cues) == 0)
		switch {
		case skip && h&either != 0:
			r = lightWord
		case skip && r == strong:
			r = smallWord
			if t.is(auxiliary | copula | modal) {
				r = auxiliaryWord
			}
		}
		c.take(r, w)
	case skip:
	case c.best.rank == lightWord && c.verbForm(k):
		c.take(unknownVerb, c.unlisted(k))
	case t.capital && c.small:
		c.take(smallWord, meaning{c.low(k), hearsay.Speech, hearsay.Say})
	default:
		c.take(unknownWord, c.unlisted(k))
	}
	c.undone(h)
	return k + 1
}

func onlyWord(s string) bool { return s == "only" || s == "just" || s == "merely" || s == "simply" }

// strongUnless returns the rank of a word that the lexicon has.
func strongUnless(h hint, nominal bool) rank {
	switch {
	case h&(light|undo) != 0:
		return lightWord
	case h&vehicle != 0 && nominal:
		return vehicleWord
	}
	return strong
}

// take keeps a word as the main one unless one before it tells as much.
func (c *cueReading) take(r rank, m meaning) {
	if r > c.best.rank {
		c.best = reading{m, r, c.negated}
	}
}

// undone turns the sense of what follows "failed to".
func (c *cueReading) undone(h hint) {
	if h&undo != 0 {
		c.negated = !c.negated
	}
}

// skips reports whether a token is a small word that a cue is not about.
func (c *cueReading) skips(i int) bool {
	return c.ts[i].is(determiner|possessive|personal|reflexive|indefinite|preposition|conjunction|
		subordinator|relative|whWord|auxiliary|copula|modal|negation|timeWord) || c.adverb(i)
}

// nominal reports whether word k is rather a noun than a verb.
func (c *cueReading) nominal(k int) bool {
	i := c.at[k]
	if i > 0 {
		prev := &c.ts[i-1]
		if prev.low() == "to" {
			return false
		}
		if prev.block == c.ts[i].block && (prev.is(determiner|possessive|preposition) && !prev.is(personal|relative|subordinator) || prev.low() == "her" || c.possessiveMark(i-1)) {
			return true
		}
	}
	return c.best.rank == lightWord
}

// verbForm reports whether word k looks like the verb behind "began" or "tried
// to".
func (c *cueReading) verbForm(k int) bool {
	return k > 0 && c.low(k-1) == "to" || strings.HasSuffix(c.low(k), "ing")
}

// single returns what the lexicon has of one word.
func (c *cueReading) single(t *token, forms []string, nominal bool) meaning {
	if nominal {
		if t.lex != nil && t.lex.noun != nil {
			return t.lex.noun.meaning()
		}
		if m := c.lex.actOf(forms); m.lemma != "" {
			return m
		}
	}
	if t.lex != nil {
		if v := t.lex.plainCue(); v != nil {
			return v.meaning()
		}
		if t.lex.noun != nil {
			return t.lex.noun.meaning()
		}
	}
	return c.lex.meaningOf(forms)
}

// meaningOf returns what the lexicon has of the first of the base forms that it
// has.
func (l *lexicon) meaningOf(forms []string) meaning {
	if m := l.actOf(forms); m.lemma != "" {
		return m
	}
	for _, s := range forms {
		e := l.words[s]
		if e == nil {
			continue
		}
		if v := e.plainCue(); v != nil && e.form&baseForm != 0 {
			return v.meaning()
		}
		if e.noun != nil {
			return e.noun.meaning() // "concerned"
		}
	}
	return meaning{}
}

// reports reports whether a verb is one of speech by itself.
func (l *lexicon) reports(lemma string) bool {
	w := l.words[lemma]
	return w != nil && w.plainCue() != nil
}

// plainCue returns the cue verb without particles, nil for none.
func (w *word) plainCue() *cueVerb {
	if n := len(w.cues); n > 0 && len(w.cues[n-1].particle) == 0 {
		return w.cues[n-1]
	}
	return nil
}

// actOf returns the row of one word that has the first of the base forms.
func (l *lexicon) actOf(forms []string) meaning {
	for _, s := range forms {
		for i := l.actsBy[s]; i > 0; i = l.acts[i-1].next {
			if w := &l.acts[i-1]; int(w.name) == len(s) {
				return w.meaning()
			}
		}
	}
	return meaning{}
}

// A phrase is a fixed phrase found in a cue.
type phrase struct {
	meaning
	end     int  // the word after it
	negates bool // a negation stands within it: "made it not clear"
}

// phrase returns the longest fixed phrase that begins with word k.
func (c *cueReading) phrase(k int, forms []string) phrase {
	var best phrase
	if t := c.token(k); t.lex != nil {
		for _, v := range t.lex.cues {
			if len(v.particle) == 0 || len(v.lemma) <= len(best.lemma) {
				continue
			}
			_, rest, _ := strings.Cut(v.lemma, " ")
			if end, negates, ok := c.follows(k+1, rest, ' '); ok {
				best = phrase{v.meaning(), end, negates}
			}
		}
	}
	for _, s := range forms {
		for i := c.lex.actsBy[s]; i > 0; i = c.lex.acts[i-1].next {
			w := &c.lex.acts[i-1]
			if int(w.name) == len(s) || int(w.name) <= len(best.lemma) {
				continue
			}
			if end, negates, ok := c.follows(k+1, w.lemma()[len(s)+1:], '_'); ok {
				best = phrase{w.meaning(), end, negates}
			}
		}
	}
	return best
}

// follows reports whether the words of a phrase stand from word k on, with at
// most a few small words between them.
func (c *cueReading) follows(k int, rest string, between byte) (end int, negates, ok bool) {
	const most = 4
	gap := 0
	for rest != "" {
		s := rest
		rest = ""
		if i := strings.IndexByte(s, between); i >= 0 {
			s, rest = s[:i], s[i+1:]
		}
		for k < len(c.at) && !sameWord(c.low(k), s) {
			t := c.token(k)
			particle := rest == "" && c.lex.particle(s)
			switch {
			case gap >= most || t.capital:
				return 0, false, false
			case t.is(negation) && !particle:
				negates = true
			case t.is(determiner|possessive) && !particle, !particle && !c.skips(c.at[k]):
			case t.is(personal), c.adverb(c.at[k]) && !t.is(preposition), c.lex.hints[c.low(k)]&small != 0:
			default:
				return 0, false, false
			}
			gap++
			k++
		}
		if k >= len(c.at) {
			return 0, false, false
		}
		k++
	}
	return k, negates, true
}

// sameWord reports whether a word is that of a phrase, or its plural.
func sameWord(s, of string) bool {
	return s == of || len(s) == len(of)+1 && strings.HasPrefix(s, of) && s[len(of)] == 's' && len(of) > 2
}

// particle reports whether a word of a phrase is a preposition or adverb.
func (l *lexicon) particle(s string) bool {
	w := l.words[s]
	return w != nil && w.class&(preposition|adverb) != 0
}

// baseForms returns what a word form can come of, itself first.
func (l *lexicon) baseForms(t *token, text string) (forms [8]string, n int) {
	return l.stems(l.low(t, text))
}

// stems is baseForms of a word in small letters.
func (l *lexicon) stems(s string) (forms [8]string, n int) {
	add := func(s string) {
		if len(s) > 1 && n < len(forms) {
			forms[n] = s
			n++
		}
	}
	add(s)
	if base := l.actForms[s]; base != "" {
		add(base)
	} else if w := l.words[s]; w != nil && len(w.cues) > 0 {
		base, _, _ := strings.Cut(w.cues[0].lemma, " ")
		if base != s {
			add(base)
		}
	}
	stem, ending := s, ""
	for _, e := range [...]string{"ies", "ied", "ing", "ed", "s"} {
		if len(s) > len(e)+1 && strings.HasSuffix(s, e) {
			stem, ending = s[:len(s)-len(e)], e
			break
		}
	}
	switch ending {
	case "ies", "ied":
		add(stem + "y")
		add(s[:len(s)-1])
	case "s":
		add(stem)
		add(strings.TrimSuffix(stem, "e"))
	case "ing", "ed":
		add(stem)
		if ending == "ing" {
			add(stem + "e")
		} else {
			add(s[:len(s)-1])
		}
		if m := len(stem); m > 2 && stem[m-1] == stem[m-2] {
			add(stem[:m-1])
		}
	}
	return forms, n
}

// unlisted guesses what is meant by word k, which the lexicon lacks: what the
// word means that it is made of ("reassertion", "scolder"); else an adjective
// tells of an attitude and anything else of speech.
func (c *cueReading) unlisted(k int) meaning {
	m := meaning{c.low(k), hearsay.Speech, hearsay.Say}
	if root := c.root(m.lemma); root.lemma != "" {
		m.mode, m.force = root.mode, root.force
		return m
	}
	j := k - 1
	for j >= 0 && (c.adverb(c.at[j]) || c.token(j).is(negation)) {
		j--
	}
	if j >= 0 && c.token(j).is(copula) && !strings.HasSuffix(m.lemma, "ed") {
		m.mode = hearsay.Attitude
	}
	for _, e := range [...]string{"ic", "able", "ible", "ful", "ness", "ity"} {
		if strings.HasSuffix(m.lemma, e) {
			m.mode = hearsay.Attitude
		}
	}
	return m
}

// derivations are endings of words made of others, with what to put in their
// place.
var derivations = [...][2]string{
	{"ation", "e"}, {"ation", ""}, {"ion", "e"}, {"ion", ""}, {"ment", ""}, {"ness", ""}, {"ance", ""}, {"al", ""},
	{"er", "e"}, {"er", ""}, {"or", "e"}, {"or", ""}, {"ful", ""}, {"ive", "e"}, {"ive", ""}, {"able", "e"}, {"able", ""}, {"ly", ""},
}

// root returns the meaning of the word that another is made of, if the lexicon
// has it.
func (c *cueReading) root(s string) meaning {
	for _, prefix := range [...]string{"", "re", "over", "counter", "out"} {
		rest, ok := strings.CutPrefix(s, prefix)
		rest = strings.TrimPrefix(rest, "-")
		if !ok || len(rest) < 4 {
			continue
		}
		forms, n := c.lex.stems(rest)
		if m := c.lex.meaningOf(forms[:n]); m.lemma != "" {
			return m
		}
		for _, d := range derivations {
			stem, ok := strings.CutSuffix(strings.TrimSuffix(rest, "s"), d[0])
			if !ok || len(stem) < 4 {
				continue
			}
			if m := c.lex.meaningOf([]string{stem + d[1]}); m.lemma != "" {
				return m
			}
		}
	}
	return meaning{}
}

// actLine reads a line of acts.txt: words of a kind, or a row.
func (l *lexicon) actLine(line string) error {
	if name, list, ok := strings.Cut(line, ":"); ok {
		h := hintNames[name]
		if h == 0 {
			return fmt.Errorf("no kind of words %q", name)
		}
		for _, s := range strings.Fields(list) {
			l.hints[strings.ReplaceAll(s, "_", " ")] |= h
		}
		return nil
	}
	name, rest := cutField(line)
	m, rest := cutField(rest)
	f, rest := cutField(rest)
	if !modes[hearsay.Mode(m)] || !forces[hearsay.Force(f)] || len(name) > 99 {
		return fmt.Errorf("no mode %q with force %q", m, f)
	}
	first, _, _ := strings.Cut(name, "_")
	l.acts = append(l.acts, actWord{line, uint8(len(name)), l.actsBy[first]})
	l.actsBy[first] = int32(len(l.acts))
	for rest != "" {
		f, rest = cutField(rest)
		l.actForms[f] = first
	}
	return nil
}

// cutField returns the first word of a line and what follows it.
func cutField(s string) (field, rest string) {
	field, rest, _ = strings.Cut(s, " ")
	return field, strings.TrimLeft(rest, " ")
}
