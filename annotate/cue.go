package annotate

import "hearsay"

// An attribution is a statement before its spans are cut to size: who, by which
// words, what, as ranges of tokens.
type attribution struct {
	speaker   words
	cue       words
	verb      *cueVerb // nil for "according to", a colon or no cue at all
	lemma     string
	addressee words
	content   []words
	negated   bool
	implied   bool // the speaker is taken over from the statement before
	rule      string
	unsaid    bool    // grammar says that nobody does
	tie       string  // what ties the speaker where the tagger did not; "" for no rule
	inner     bool    // it stands in the content of another
	ruled     bool    // the tagger found it, and a rule the same cue
	sure      float64 // the tagger is: the probability that it is right
}

func (at *attribution) hasContent() bool { return len(at.content) > 0 }

// mostInSentence bounds what one sentence can yield, for the contents of its
// statements may overlap.
const mostInSentence = 24

// reporting finds the attributions of one sentence that a cue verb makes.
func (a *analysis) reporting(s sentence) []attribution {
	var found []attribution
	heading := a.doc.Blocks[s.block].Kind == hearsay.Heading
	taken := s.from // tokens before it belong to a content
	var last words  // the speaker of the last cue of the sentence
	for i := s.from; i < s.to && len(found) < mostInSentence; i++ {
		t := &a.ts[i]
		if !a.outside(i) || t.lex == nil || t.kind != wordToken {
			continue
		}
		if t.capital && i > s.from && !heading {
			continue // part of a name: "the United States"
		}
		if t.low() == "according" {
			if at, ok := a.accordingTo(i, s); ok {
				found = append(found, at)
				taken = max(taken, lastToken(at))
			}
			continue
		}
		at, ok := a.cueAt(i, s, last)
		if !ok && t.lex.noun != nil && i >= taken {
			at, ok = a.nounCue(i, s)
		}
		if !ok || unchecked(at) || a.anonymity(at) || a.otherSense(at) {
			continue
		}
		if i < taken && !a.final(at, i) {
			continue
		}
		if i < taken {
			found = a.supersede(found, at)
		}
		found = append(found, at)
		if at.rule != "cue-noun" && at.rule != "passive" {
			last = at.speaker
		}
		taken = max(taken, lastToken(at))
		i = max(i, at.cue.to-1)
	}
	return found
}

// unchecked reports whether an attribution is a remark on the truth of another:
// "could not verify".
func unchecked(at attribution) bool {
	return at.negated && (at.lemma == "verify" || at.lemma == "confirm")
}

// anonymity reports whether an attribution only tells why a name is kept back:
// "asked not to be named".
func (a *analysis) anonymity(at attribution) bool {
	if !at.hasContent() {
		return false
	}
	i := at.content[0].from
	for _, c := range at.content {
		if c.from >= at.cue.to {
			i = c.from // "a person who asked not to be named"
			break
		}
	}
	if at.negated && i+2 < len(a.ts) && a.ts[i].low() == "to" && a.ts[i+1].low() == "be" && a.ts[i+2].is(withheld) {
		return true // "did not want to be named"
	}
	if a.ts[i].low() == "that" && i+2 < len(a.ts) && a.ts[i+1].is(possessive) && a.text[a.ts[i+2].Start:a.ts[i+2].End] == "name" {
		return true // "asked that his name be kept back"
	}
	if i+3 >= len(a.ts) || a.ts[i].low() != "not" || a.ts[i+1].low() != "to" || a.ts[i+2].low() != "be" {
		return false
	}
	return a.ts[i+3].is(withheld)
}

// otherSense reports whether a verb is used in a sense that reports nothing:
// "the flood claimed four lives", "she called her sister".
func (a *analysis) otherSense(at attribution) bool {
	if at.lemma == "call" && a.calledIn(at.cue) || a.described(at) {
		return true
	}
	if at.lemma == "" || len(at.content) != 1 || at.content[0].from < at.cue.to {
		return false
	}
	w := a.phraseAfter(at.content[0].from, at.content[0].to, false)
	if w.empty() {
		return false
	}
	last := &a.ts[w.to-1]
	whole := w.to >= at.content[0].to || a.ts[w.to].kind == punctuation || a.ts[w.to].is(preposition|conjunction|subordinator)
	if whole && a.lex.senses[at.lemma+" "+last.low()] {
		return true
	}
	return at.lemma == "call" && (last.is(role|group|personal|possessive) || last.capital) && a.phoned(at, w)
}

// deprived reports whether a cue is the passive of a verb of two objects that tells
// what somebody did not get: "was denied bail", "were refused entry".
func (a *analysis) deprived(at attribution) bool {
	v := a.ts[at.cue.to-1].low()
	if v != "denied" && v != "refused" || !at.speaker.empty() || at.cue.to >= len(a.ts) {
		return false
	}
	be := false
	for i := at.cue.from - 1; i < at.cue.to && !be; i++ {
		be = i >= 0 && a.be(i)
	}
	t := &a.ts[at.cue.to]
	return be && t.kind != punctuation && !t.is(preposition|subordinator|conjunction|personal) && !a.adverb(at.cue.to)
}

// calledIn reports whether "call" is done to a programme: "called in to a radio
// show", "called into a town hall", but not "called into question".
func (a *analysis) calledIn(cue words) bool {
	i := cue.to - 1
	if low := a.lowAt(i); low != "in" && low != "into" {
		i++
	}
	switch a.lowAt(i) {
	case "in":
		return a.lowAt(i+1) == "to"
	case "into":
		low := a.lowAt(i + 1)
		return low != "question" && low != "doubt"
	}
	return false
}

// described reports whether a cue is a participle that describes the noun behind
// it, and says nothing: "his recently revealed strategies".
func (a *analysis) described(at attribution) bool {
	w := at.speaker
	if w.to-w.from != 1 || w.to != at.cue.from || !a.ts[w.from].is(possessive) || a.ts[w.from].low() == "her" || len(at.content) == 0 || at.content[0].from != at.cue.to {
		return false
	}
	last := a.ts[at.cue.to-1].lex
	return last != nil && last.noun == nil && last.form&participle != 0
}

// phoned reports whether "call" is done to somebody by telephone, and neither
// calls him something nor calls for, on or upon anything. w is who.
func (a *analysis) phoned(at attribution, w words) bool {
	if low := a.lowAt(at.cue.to - 1); at.content[0].from > at.cue.to || low == "for" || low == "on" || low == "upon" || low == "out" {
		return false
	}
	if w.to >= at.content[0].to {
		return true
	}
	next := &a.ts[w.to]
	return next.low() == "to" || next.kind == punctuation && next.mark == '.'
}

// lastToken returns the token after the last content that follows the cue.
func lastToken(at attribution) int {
	end := at.cue.to
	for _, c := range at.content {
		end = max(end, c.to)
	}
	return end
}

// final reports whether the content of the attribution lies before its cue at
// token i, so that it covers what was found to the left.
func (a *analysis) final(at attribution, i int) bool {
	return len(at.content) > 0 && at.content[0].from < at.cue.from && at.content[0].to <= i
}

// supersede drops the attributions that lie within the content of a later one.
func (a *analysis) supersede(found []attribution, at attribution) []attribution {
	kept := found[:0]
	for _, f := range found {
		inside := false
		for _, c := range at.content {
			inside = inside || c.from <= f.cue.from && f.cue.to <= c.to
		}
		if !inside {
			kept = append(kept, f)
		}
	}
	return kept
}

// cueAt tries the verb at token i as a cue.
func (a *analysis) cueAt(i int, s sentence, last words) (attribution, bool) {
	for _, cue := range a.ts[i].lex.cues {
		if !a.particlesAt(i+1, s.to, cue) {
			continue
		}
		g := a.group(i, s.from, cue)
		if !a.verbal(g, s) {
			continue
		}
		if at, ok := a.attribute(g, s, last); ok {
			return at, true
		}
	}
	return attribution{}, false
}

func (a *analysis) particlesAt(i, hi int, cue *cueVerb) bool {
	for k, p := range cue.particle {
		if i+k >= hi || a.ts[i+k].low() != p || !a.outside(i+k) {
			return false
		}
	}
	return true
}

// verbal tells the verb from the noun of the same form.
func (a *analysis) verbal(g verbGroup, s sentence) bool {
	if g.from == s.from {
		return g.form&ingForm != 0 || g.form&pastForm != 0 && g.cue.takes(invertedFrame) && a.after(g.to, s).capital || g.form&participle != 0 && a.after(g.to, s).is(preposition)
	}
	prev := &a.ts[g.from-1]
	if g.auxiliary || g.modal || g.infinitive {
		return !g.copular || g.form&(participle|ingForm) != 0
	}
	if !a.outside(g.from - 1) {
		return true // said directly after a quotation
	}
	if prev.is(determiner|possessive) && !prev.is(personal|indefinite|relative) || a.possessiveMark(g.from-1) {
		return false
	}
	if prev.is(preposition) && !prev.is(subordinator) && g.form&ingForm == 0 {
		return false
	}
	if g.form&(pastForm|ingForm) != 0 {
		return true
	}
	return a.numbersAgree(g, s)
}

// numbersAgree reports whether the word before a verb in the present tense can
// be its subject: authorities say, the ministry says.
func (a *analysis) numbersAgree(g verbGroup, s sentence) bool {
	i := g.from - 1
	prev := &a.ts[i]
	singular := prev.low() == "he" || prev.low() == "she" || prev.low() == "it"
	if singular || prev.is(relative|conjunction) {
		return singular == (g.form&thirdForm != 0) || !singular
	}
	if prev.is(personal | indefinite) {
		return g.form&baseForm != 0
	}
	w := a.phraseBefore(a.beforeTime(g.from, s.from), s.from)
	if w.empty() {
		return g.form&thirdForm != 0 && (prev.kind == punctuation || prev.capital)
	}
	head := a.head(w)
	plural := a.ts[head].is(group) || a.pluralNoun(head) && !a.ts[head].capital || a.joined(g.from-1, s)
	if g.form&thirdForm != 0 {
		// "swing states", "emissions rules" are nouns.
		bare := !prev.capital && prev.lex == nil && !a.ts[w.from].is(determiner|possessive) && !a.ts[w.from].capital
		return !plural && !bare && !(a.pluralNoun(i) && !prev.capital)
	}
	return plural || a.ts[head].capital && a.pluralNoun(head) || prev.is(group) || a.pluralNoun(i) && !prev.capital
}

// pluralNoun guesses from its ending whether the token is a plural.
func (a *analysis) pluralNoun(i int) bool {
	t := &a.ts[i]
	s := a.text[t.Start:t.End]
	return t.kind == wordToken && len(s) > 3 && s[len(s)-1] == 's' && s[len(s)-2] != 's' && s[len(s)-2] != 'u'
}

// joined reports whether the noun at token i is the last of two or more: "Ott
// and Brand".
func (a *analysis) joined(i int, s sentence) bool {
	for j := i - 1; j >= s.from && i-j < 5; j-- {
		if a.ts[j].low() == "and" {
			return true
		}
	}
	return false
}

// after returns token i if it lies in the sentence, an empty one otherwise.
func (a *analysis) after(i int, s sentence) *token {
	if i >= s.to {
		return &token{}
	}
	return &a.ts[i]
}

// attribute builds the attribution of a verb group: its speaker and, to the
// right or else to the left, its content.
func (a *analysis) attribute(g verbGroup, s sentence, last words) (attribution, bool) {
	at := attribution{cue: g.words, verb: g.cue, lemma: g.cue.lemma, negated: g.negated, rule: "cue-verb"}
	inverted := false
	at.speaker, at.implied = a.subject(g, s, last)
	if g.passive {
		return a.passive(g, s, at)
	}
	if g.form&ingForm != 0 && at.speaker.empty() && g.from <= s.from+1 {
		return a.fronted(g, s, at)
	}
	s.to = a.relativeEnd(g, at, s)
	begin := g.to
	if at.speaker.empty() || at.implied {
		if w := a.invertedSubject(g, s); !w.empty() {
			at.speaker, at.implied, inverted = w, false, true
			begin = w.to
		}
	}
	if g.infinitive && at.speaker.empty() {
		return at, false
	}
	if !at.speaker.empty() && (!a.anyWord(at.speaker) || a.ts[at.speaker.from].low() == "you") {
		return at, false
	}
	if g.cue.lemma == "call" && !g.auxiliary && !at.speaker.empty() && indefiniteArticle(a.ts[at.speaker.from].low()) {
		return at, false // "a group called ..."
	}
	if at.speaker.empty() && (g.form&ingForm == 0 || !a.speechLike(g.cue)) {
		return at, false
	}
	right, ok := a.complement(&at, g, begin, s, inverted)
	if ok && a.outside(right.from) && !inverted && !at.implied && !at.speaker.empty() && at.speaker.from > s.from && !a.outside(s.from) && a.ts[at.speaker.from-1].quote == a.ts[s.from].quote && a.commaInside(at.speaker.from-1) {
		ok = false // "...," she told the paper when asked
	}
	if ok {
		at.content = []words{right}
	}
	if a.takesLeft(g, at, ok) {
		if left, found := a.leftContent(g, at, s, inverted); found {
			at.content = append([]words{left}, at.content...)
			at.rule = "content-first"
			if rest := a.interrupted(max(begin, at.addressee.to), left, s); !ok && !rest.empty() {
				at.content = append(at.content, rest)
			}
		}
	}
	if g.cue.lemma == "hear" && !at.speaker.empty() && a.ts[a.head(at.speaker)].is(hearing) {
		at.addressee, at.speaker = at.speaker, words{} // "the court heard that"
	}
	if at.lemma == "emerge" && !at.speaker.empty() {
		if a.ts[at.speaker.from].low() != "it" {
			return at, false
		}
		at.speaker = words{}
	}
	return at, at.hasContent()
}

// relativeEnd returns where the clause ends that a relative pronoun opens: at
// the comma behind which the verb of the main clause stands.
func (a *analysis) relativeEnd(g verbGroup, at attribution, s sentence) int {
	if at.speaker.empty() || !a.ts[at.speaker.from].is(relative) || a.ts[at.speaker.from].is(determiner) {
		return s.to
	}
	for i := g.to; i+1 < s.to; i++ {
		if a.outside(i) && a.ts[i].kind == punctuation && a.ts[i].mark == ',' && a.outside(i+1) && (a.finite(i+1) || a.pastTense(i+1)) {
			return i
		}
	}
	return s.to
}

func indefiniteArticle(s string) bool { return s == "a" || s == "an" || s == "another" }

// fronted handles a participle before its clause: "Echoing the minister, Brand
// said". The subject of the clause speaks.
func (a *analysis) fronted(g verbGroup, s sentence, at attribution) (attribution, bool) {
	for i := g.to + 1; i+1 < s.to; i++ {
		if !a.outside(i) || a.ts[i].kind != punctuation || a.ts[i].mark != ',' {
			continue
		}
		w := a.phraseAfter(i+1, s.to, false)
		if w.empty() || !a.finiteSoon(w.to, s) && !a.adverb(min(w.to, s.to-1)) {
			continue
		}
		right, ok := a.complement(&at, g, g.to, sentence{s.from, i, s.block}, false)
		if !ok {
			return at, false
		}
		at.speaker, at.content = w, []words{right}
		return at, true
	}
	return at, false
}

// interrupted returns the rest of a content that the words of the report break
// into: "The museum, he said, would open."
func (a *analysis) interrupted(i int, left words, s sentence) words {
	i = a.timeAfter(i, s.to)
	t := a.after(i, s)
	if t.kind != punctuation || t.mark != ',' || !a.outside(left.to-1) || i+1 >= s.to {
		return words{}
	}
	next := &a.ts[i+1]
	if next.is(relative) && !next.is(determiner) || a.ingAt(i+1) || next.low() == "according" || next.is(conjunction) && a.ownClause(i+2, s) {
		return words{}
	}
	w := words{i + 1, a.clauseEnd(i+1, s, &anyClause)}
	if w.to-w.from < 3 {
		return words{}
	}
	return w
}

// anyClause stands for a cue verb that takes clauses where none is at hand.
var anyClause = cueVerb{frames: clauseFrame | quotationFrame}

// subject returns the noun phrase before the group, or the speaker of the last
// cue where the group is joined to it.
func (a *analysis) subject(g verbGroup, s sentence, last words) (w words, implied bool) {
	end := g.from
	if end <= s.from {
		return words{}, false
	}
	if g.infinitive {
		return words{}, false
	}
	prev := &a.ts[end-1]
	if !a.outside(end - 1) {
		return words{}, false
	}
	if g.form&ingForm != 0 && !g.auxiliary {
		if prev.kind == punctuation && prev.mark == ',' || prev.is(conjunction|subordinator) || prev.low() == "by" || prev.low() == "in" || prev.low() == "without" {
			if last.empty() {
				last = a.clauseSubject(s, end-1)
			}
			return last, !last.empty()
		}
		return words{}, false
	}
	if prev.is(conjunction) || prev.kind == punctuation && prev.mark == ',' && end-2 >= s.from && a.ts[end-2].is(conjunction) {
		if !last.empty() {
			return last, true
		}
		w := a.clauseSubject(s, end-1)
		return w, !w.empty()
	}
	end = a.beforeTime(end, s.from)
	w = a.phraseBefore(end, s.from)
	for i := w.from - 1; !w.empty() && i > s.from && a.ts[i].is(postmodifier) && a.outside(i) && a.outside(i-1) && a.noun(i-1) && !a.ts[i-1].is(timeWord); i = w.from - 1 {
		w.from = a.phraseStart(i-1, s.from) // "the head of a clinic near Thorn said"
	}
	return w, false
}

// clauseSubject returns the noun phrase before the first finite verb of the
// sentence.
func (a *analysis) clauseSubject(s sentence, hi int) words {
	for i := s.from + 1; i < hi; i++ {
		if a.outside(i) && (a.finite(i) || a.pastTense(i)) {
			end := i
			for end-1 > s.from && (a.adverb(end-1) || a.ts[end-1].is(auxiliary|negation|modal)) {
				end--
			}
			return a.phraseBefore(a.beforeTime(end, s.from), s.from)
		}
	}
	return words{}
}

// pastTense guesses from its ending whether a word that the lexicon does not
// have is a verb: "walked" behind a noun or a comma.
func (a *analysis) pastTense(i int) bool {
	t := &a.ts[i]
	if t.kind != wordToken || t.lex != nil || t.capital || t.End-t.Start < 5 || a.text[t.End-2:t.End] != "ed" || i == 0 {
		return false
	}
	prev := &a.ts[i-1]
	return prev.capital || prev.is(role|group|organisation|third|relative) || prev.kind == punctuation && prev.mark == ','
}

// beforeTime passes over an expression of time that ends before token end:
// "Trump on Tuesday said".
func (a *analysis) beforeTime(end, lo int) int {
	i := end
	for i-1 > lo && a.outside(i-1) && a.ts[i-1].is(timeWord) && !a.ts[i-1].is(role|group|organisation) {
		i--
	}
	if i == end {
		return end
	}
	if i-1 > lo && (a.ts[i-1].low() == "on" || a.ts[i-1].low() == "in") {
		i--
	}
	return i
}

// invertedSubject returns the noun phrase after the group: "said Ms Ott".
func (a *analysis) invertedSubject(g verbGroup, s sentence) words {
	if !g.cue.takes(invertedFrame) || g.infinitive || g.form&(pastForm|thirdForm|baseForm) == 0 {
		return words{}
	}
	if g.from == s.from {
		if w := a.phraseAfter(g.to, s.to, true); a.after(w.to, s).mark == ':' {
			return w
		}
		return words{}
	}
	prev := &a.ts[g.from-1]
	if a.outside(g.from-1) && !(prev.kind == punctuation && (prev.mark == ',' || prev.mark == markDash)) {
		return words{}
	}
	if t := a.after(g.to, s); t.is(personal) && !t.is(third) || t.low() == "it" || t.is(relative|whWord) {
		return words{}
	}
	w := a.phraseAfter(g.to, s.to, true)
	if w.empty() {
		return w
	}
	if g.cue.takes(addresseeFrame) && g.cue.lemma == "tell" && a.outside(g.from-1) && a.outside(max(g.from-2, s.from)) {
		return words{} // "a man, who was there, told the paper"
	}
	// The phrase must end the clause, or it is the content.
	end := a.timeAfter(w.to, s.to)
	t := a.after(end, s)
	if end >= s.to || !a.outside(end) || t.kind == punctuation || t.is(preposition|adverb|conjunction|subordinator) || a.ingAt(end) {
		return w
	}
	return words{}
}

func (a *analysis) ingAt(i int) bool {
	t := &a.ts[i]
	if t.lex != nil && t.lex.form&ingForm != 0 {
		return true
	}
	return t.kind == wordToken && t.End-t.Start > 5 && a.text[t.End-3:t.End] == "ing"
}
