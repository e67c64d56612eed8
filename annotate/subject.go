package annotate

import "slices"

// This file finds the subject of a cue to which the tagger ties no speaker: the
// noun phrase before it, or that of the verb which it is joined to.

// A cueShape says what the first word of a cue is that is no adverb.
type cueShape uint8

const (
	nominalCue    cueShape = iota // "a claim", "critical of"
	finiteCue                     // "said", "has said"
	participleCue                 // "saying", "by saying"
	infinitiveCue                 // "to say"
	passiveCue                    // "was told"
)

// A subjects finds the subjects of the cues of one report.
type subjects struct {
	*linking
	content []int32 // 1 + the content that holds each token
	cue     []int32 // 1 + the cue that does
}

// farSubject bounds how far the search for a subject goes back, in tokens beside
// what was said.
const farSubject = 120

// farAgent bounds the words between a passive and "by".
const farAgent = 24

// govern takes from the cues what is no speaker by grammar, and gives those that
// have none the subject that grammar gives them.
func (l *linking) govern() {
	f := &subjects{linking: l, content: make([]int32, len(l.ts)), cue: make([]int32, len(l.ts))}
	for i, c := range l.contents {
		for j := c.from; j < c.to; j++ {
			f.content[j] = int32(i + 1)
		}
	}
	for i := range l.cues {
		for j := l.cues[i].from; j < l.cues[i].to; j++ {
			f.cue[j] = int32(i + 1)
		}
	}
	for k := range l.cues {
		if g := &l.cues[k]; len(g.content) > 0 {
			f.governed(g)
		}
	}
}

// governed does so for one cue.
func (f *subjects) governed(g *tied) {
	if w := g.content[0]; len(g.content) > 1 && g.speaker.empty() && w.to-w.from == 1 && w.to == g.from && (f.lowAt(w.from) == "which" || f.lowAt(w.from) == "who") && !f.be(g.from) && f.shape(g.words) == finiteCue {
		g.speaker, g.content = w, g.content[1:] // "the agency, which warned that ..."
	}
	if w := f.headOfRelative(g); !w.empty() {
		g.speaker, g.tie = w, "speaker-subject"
	}
	if f.speechless(g) {
		g.speaker, g.implied, g.unsaid = words{}, false, true
	}
	if !g.speaker.empty() || !f.outside(g.from) {
		return
	}
	if f.shape(g.words) == passiveCue || f.afterWhen(g.words) {
		if g.speaker = f.agent(g); !g.speaker.empty() {
			g.tie = "speaker-agent"
		}
		return
	}
	if g.unsaid || f.raised(g) {
		return
	}
	if w, implied := f.subject(g); !w.empty() && !f.overlaps(w, g) {
		g.speaker, g.implied, g.tie = w, implied, "speaker-subject"
	}
}

// headOfRelative returns what a relative clause between commas or dashes is about
// that the tagger took for the speaker: "the film, which came out in May, shows".
func (f *subjects) headOfRelative(g *tied) words {
	w := g.speaker
	if w.to-w.from < 3 || w.to > g.from || g.from-w.to > 1 || w.from < 2 || f.ts[w.from-1].kind != punctuation {
		return words{}
	}
	if low := f.ts[w.from].low(); low != "who" && low != "which" {
		return words{}
	}
	end := g.from - 1
	if f.ts[end].kind == quoteMark {
		end-- // `who calls him "a fool,"`
	}
	if f.ts[end].kind != punctuation || f.ts[end].mark != ',' && f.ts[end].mark != markDash {
		return words{}
	}
	k, _ := slices.BinarySearchFunc(f.speakers, w.from, func(v words, at int) int { return v.from - at })
	if k > 0 && w.from-f.speakers[k-1].to < 2 && f.ts[w.from-1].block == f.ts[f.speakers[k-1].from].block {
		return f.speakers[k-1] // the tagger has it as another one
	}
	return f.wholePhrase(w.from-1, f.sentenceOf(w.from).from)
}

// afterWhen reports whether a cue is a participle without "be" that nobody does:
// "when asked about it".
func (a *analysis) afterWhen(w words) bool {
	if w.from == 0 || a.ts[w.from].lex == nil || a.ts[w.from].lex.form&participle == 0 {
		return false
	}
	switch a.ts[w.from-1].low() {
	case "when", "whenever", "once", "if", "unless", "until":
		return a.outside(w.from - 1)
	}
	return a.sentenceOf(w.from).from == w.from && a.ts[w.from].capital
}

// overlaps reports whether w shares a token with the cue or its contents.
func (f *subjects) overlaps(w words, g *tied) bool {
	if w.from < g.to && g.from < w.to {
		return true
	}
	for _, c := range g.content {
		if w.from < c.to && c.from < w.to {
			return true
		}
	}
	return false
}

// shape returns the shape of a cue.
func (a *analysis) shape(w words) cueShape {
	auxiliaries := false
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
		switch {
		case t.kind != wordToken:
			return nominalCue
		case t.low() == "to" && i+1 < w.to:
			return infinitiveCue
		case t.low() == "having":
			return participleCue
		case a.be(i) && a.participleBehind(i+1, w.to):
			return passiveCue
		case t.is(auxiliary|modal|copula) && t.low() != "'s":
			auxiliaries = true
		case t.is(negation), a.adverb(i), i == w.from && t.is(preposition) && a.ingAt(min(i+1, w.to-1)):
		case a.ingAt(i) && !auxiliaries:
			return participleCue
		case auxiliaries || a.finiteForm(i):
			return finiteCue
		default:
			return nominalCue
		}
	}
	if auxiliaries {
		return finiteCue
	}
	return nominalCue
}

// be reports whether token i is a form of "be" that can make a passive.
func (a *analysis) be(i int) bool {
	t := &a.ts[i]
	switch t.low() {
	case "seems", "became", "become", "'s", "'re", "'m", "am":
		return false
	}
	return t.is(copula)
}

// participleBehind reports whether the next word is a participle of a cue verb
// that makes a passive: it tells no state of mind, as "worried" does, and no verb
// follows for which the subject speaks ("was heard asking", "was pressed to
// explain").
func (a *analysis) participleBehind(i, hi int) bool {
	for i < hi && (a.adverb(i) || a.ts[i].is(negation)) {
		i++
	}
	if i >= hi || a.ts[i].lex == nil || a.ts[i].lex.form&participle == 0 || len(a.ts[i].lex.cues) == 0 || a.hinted(i, ownState) {
		return false
	}
	for i++; i < hi; i++ {
		if a.ingAt(i) || a.ts[i].low() == "to" && i+1 < hi {
			return false
		}
	}
	return true
}

// hinted reports whether a line of acts.txt gives the verb at token i the hint.
func (a *analysis) hinted(i int, h hint) bool {
	if a.ts[i].kind != wordToken {
		return false
	}
	forms, n := a.lex.baseForms(&a.ts[i], a.text)
	for _, s := range forms[:n] {
		if a.lex.hints[s]&h != 0 {
			return true
		}
	}
	return false
}

// finiteForm reports whether token i can be a verb in the present or past tense.
func (a *analysis) finiteForm(i int) bool {
	t := &a.ts[i]
	if i == 0 || t.kind != wordToken {
		return false
	}
	prev := &a.ts[i-1]
	if prev.is(determiner|possessive|preposition) && !prev.is(personal|relative|indefinite) || a.possessiveMark(i-1) {
		return false
	}
	if t.lex != nil {
		return t.lex.form&(pastForm|thirdForm) != 0 || t.is(plainVerb) || t.lex.form&baseForm != 0
	}
	return !t.capital && t.End-t.Start > 4 && a.text[t.End-2:t.End] == "ed"
}

// speechless reports whether what stands before a cue is no speaker by grammar:
// the subject of a passive or of "seems", "it" in "it is clear that", the article
// of a noun.
func (l *linking) speechless(g *tied) bool {
	w := g.speaker
	switch {
	case l.raised(g):
		return true
	case w.empty() || w.to > g.from:
		return false
	case w.to-w.from == 1 && l.ts[w.from].low() == "it" && l.be(g.from):
		return true
	}
	if l.afterWhen(g.words) {
		return !l.byBehind(g.to)
	}
	switch l.shape(g.words) {
	case nominalCue:
		return w.to-w.from == 1 && w.to == g.from && l.ts[w.from].is(determiner) && !l.ts[w.from].is(relative|indefinite)
	case passiveCue:
		return !l.byBehind(g.to)
	}
	return false
}

// byBehind reports whether "by" follows a cue that ends before token i, or ends it.
func (l *linking) byBehind(i int) bool {
	return l.ts[i-1].low() == "by" || i < len(l.ts) && l.ts[i].low() == "by"
}

// agent returns who did what the passive of a cue tells, where "by" and a phrase
// end the content: "was named chairman by the governor". The content ends before.
func (l *linking) agent(g *tied) words {
	const most = 12
	c := &g.content[len(g.content)-1]
	if i := g.to; i+1 < len(l.ts) && l.ts[i].low() == "by" && l.outside(i) && !l.ingAt(i+1) && !l.ts[i+1].is(timeWord) && l.ts[i+1].kind != numberToken {
		w := l.phraseAfter(i+1, l.sentenceOf(i).to, false)
		if c.from > i && c.from < w.to {
			w.to = c.from // "asked by Ott about it"
		}
		return w
	}
	for i := c.to - 2; i > c.from && i > g.to && c.to-i < most; i-- {
		if l.ts[i].low() != "by" || !l.outside(i) {
			continue
		}
		w := l.phraseAfter(i+1, c.to, true)
		if w.empty() || w.to < c.to && (!l.ts[w.to].is(preposition) || l.ts[w.to].low() == "of") || l.ingAt(i+1) || l.ts[i+1].kind == numberToken || l.ts[i+1].is(timeWord) {
			return words{}
		}
		if l.doneBy(words{max(c.from, g.to), i}) {
			return words{} // "was told that the gate had been hit by a car"
		}
		c.to = i
		return w
	}
	return words{}
}

// doneBy reports whether the words before "by" hold a verb of their own that it
// can belong to.
func (l *linking) doneBy(w words) bool {
	if w.to-w.from > farAgent {
		return true
	}
	for i := w.from; i < w.to; i++ {
		t := &l.ts[i]
		if l.finite(i) || t.is(copula|subordinator) || t.lex != nil && t.lex.form&participle != 0 {
			return true
		}
		if t.lex == nil && !t.capital && t.End-t.Start > 4 && l.text[t.End-2:t.End] == "ed" {
			return true
		}
	}
	return false
}

// subject returns the subject of a cue, and whether it stands at another verb.
func (f *subjects) subject(g *tied) (words, bool) {
	s := f.sentenceOf(g.from)
	switch f.shape(g.words) {
	case finiteCue:
		return f.ofFinite(g, s)
	case participleCue:
		return f.ofParticiple(g, s)
	case infinitiveCue:
		if w := f.made(g, s); !w.empty() {
			return w, true
		}
		return f.clause(g.from, s, false), true
	}
	return words{}, false
}

// raised reports whether a cue says nothing but that something seems so, of what
// is no speech itself ("seems to agree").
func (l *linking) raised(g *tied) bool {
	raised := false
	for i := g.from; i < g.to; i++ {
		t := &l.ts[i]
		switch {
		case l.hinted(i, raising):
			raised = true
		case t.is(auxiliary | modal | negation | preposition), l.adverb(i):
		default:
			return false
		}
	}
	i := g.to
	if i < len(l.ts) && l.ts[i].low() == "to" {
		i++
	}
	return raised && !(i < len(l.ts) && l.ts[i-1].low() == "to" && len(l.cuesAt(i)) > 0)
}

// ofFinite returns the subject of a finite verb.
func (f *subjects) ofFinite(g *tied, s sentence) (words, bool) {
	end := g.from
	for end-1 > s.from && (f.adverb(end-1) || f.ts[end-1].is(auxiliary|negation|modal)) && !f.ts[end-1].is(timeWord|conjunction|subordinator) {
		end--
	}
	if e := f.beforeTime(end, s.from); e < end {
		if end = e; end-1 > s.from && f.ts[end-1].is(preposition) {
			end-- // "and by Friday had accused"
		}
	}
	if end <= s.from {
		return words{}, false
	}
	prev := &f.ts[end-1]
	switch {
	case !f.outside(end - 1):
		return words{}, false
	case prev.is(conjunction):
		return f.clause(end-1, s, true), true
	case f.content[end-1] > 0:
		return words{}, false
	case prev.kind == punctuation && (prev.mark == ',' || prev.mark == markDash):
		if w := f.relativeClosed(end-1, s); !w.empty() {
			return w, false
		}
		return f.wholePhrase(end, s.from), false
	}
	for i := g.from; i < g.to; i++ {
		if f.be(i) {
			return words{}, false
		}
	}
	return f.wholePhrase(end, s.from), false
}

// wholePhrase returns the noun phrase before token end with what it hangs on:
// "the head of a clinic near Thorn".
func (f *subjects) wholePhrase(end, lo int) words {
	w := f.phraseBefore(end, lo)
	if w.empty() || f.noSpeaker(w) {
		return words{}
	}
	for i := w.from - 1; i > lo && f.ts[i].is(postmodifier) && f.outside(i) && f.outside(i-1) && f.noun(i-1) && !f.ts[i-1].is(timeWord); i = w.from - 1 {
		w.from = f.phraseStart(i-1, lo)
	}
	return w
}

// noSpeaker reports whether a phrase is a word that nobody is meant by: "there",
// "when", "Friday".
func (a *analysis) noSpeaker(w words) bool {
	t := &a.ts[w.from]
	if w.to-w.from > 1 {
		return false
	}
	if t.is(timeWord) && !t.is(role|group|organisation) {
		return true
	}
	switch t.low() {
	case "there", "when", "where", "whose", "whom", "this", "these":
		return true
	}
	return false
}

// relativeClosed returns what the relative clause is about that closes with the
// comma or dash at token i.
func (f *subjects) relativeClosed(i int, s sentence) words {
	const most = 60
	for j := i - 1; j > s.from+1 && i-j < most; j-- {
		t := &f.ts[j-1]
		if !f.outside(j) || t.kind != punctuation || t.mark != f.ts[i].mark {
			continue
		}
		switch f.ts[j].low() {
		case "who", "which", "whose", "whom", "where":
			return f.wholePhrase(j-1, s.from)
		}
	}
	return words{}
}

// ofParticiple returns the subject of a participle: the noun directly before it,
// the subject of the clause that it goes on with, or of the one that it opens.
func (f *subjects) ofParticiple(g *tied, s sentence) (words, bool) {
	i := g.from
	for i > s.from && f.adverb(i-1) && !f.ts[i-1].is(timeWord|conjunction|subordinator) {
		i--
	}
	if i == s.from {
		return f.ahead(g, s), true
	}
	prev := &f.ts[i-1]
	if prev.kind != punctuation && !prev.is(conjunction|subordinator|preposition) && f.outside(i-1) && f.content[i-1] == 0 && !f.ts[g.from].is(preposition) {
		if w := f.wholePhrase(i, s.from); !w.empty() && !(w.from > s.from && f.ts[w.from-1].is(copula)) {
			return w, false
		}
		return words{}, false // "it is worth noting"
	}
	if w := f.clause(i, s, prev.is(conjunction)); !w.empty() {
		return w, true
	}
	return f.ahead(g, s), true
}

// made returns whom the verb before an infinitive makes say it: "forced the mayor
// to admit".
func (f *subjects) made(g *tied, s sentence) words {
	const most = 40
	for j := g.from - 1; j >= s.from && g.from-j < most; j-- {
		t := &f.ts[j]
		if t.kind != wordToken || f.content[j] > 0 || !f.outside(j) || t.capital {
			continue
		}
		if !f.hinted(j, control) {
			continue
		}
		w := f.phraseAfter(j+1, g.from, false)
		if w.empty() || w.to < g.from && !(f.ts[w.to].kind == punctuation && f.ts[w.to].mark == ',') {
			return words{}
		}
		return w
	}
	return words{}
}

// ahead returns the subject of the clause behind the comma after the content of
// a participle at the beginning: "Having warned of it, the mayor resigned".
func (f *subjects) ahead(g *tied, s sentence) words {
	c := g.content[len(g.content)-1]
	if c.from < g.to || c.to+1 >= s.to || f.ts[c.to].kind != punctuation || f.ts[c.to].mark != ',' {
		return words{}
	}
	return f.startsAt(c.to+1, s)
}

// startsAt returns the noun phrase that begins at token i, as the tagger marks it
// where it does.
func (f *subjects) startsAt(i int, s sentence) words {
	k, found := slices.BinarySearchFunc(f.speakers, i, func(w words, at int) int { return w.from - at })
	if found {
		return f.speakers[k]
	}
	w := f.phraseAfter(i, s.to, false)
	for j := w.from + 1; j < w.to; j++ {
		if f.pastTense(j) {
			w.to = j // "Mayor Lind resigned"
		}
	}
	return w
}

// clause returns the subject of the nearest clause before token i that the verb
// there can belong to; what was said is passed over. joined tells that the verb
// is joined to the one before by "and".
func (f *subjects) clause(i int, s sentence, joined bool) words {
	steps := 0
	for j := i - 1; j >= s.from && steps < farSubject; j-- {
		steps++
		if c := f.content[j]; c > 0 {
			j = f.contents[c-1].from
			continue
		}
		if q := f.ts[j].quote; q > 0 {
			j = f.qs[q-1].from
			continue
		}
		if k := f.cue[j]; k > 0 {
			g := &f.cues[k-1]
			if w := g.speaker; f.shape(g.words) != nominalCue && !w.empty() && (!f.ts[w.from].is(relative) || w.to-w.from > 1 || joined) {
				return w
			}
			j = g.from
			continue
		}
		if !f.finite(j) && !f.pastTense(j) {
			continue
		}
		e := j
		for e-1 > s.from && (f.adverb(e-1) || f.ts[e-1].is(auxiliary|negation|modal)) {
			e--
		}
		w := f.wholePhrase(f.beforeTime(e, s.from), s.from)
		switch {
		case w.empty():
			j = e
		case f.ts[w.from].is(relative) && w.to-w.from == 1 && !joined:
			j = w.from
		case w.from > s.from+1 && f.ts[w.from-1].is(subordinator):
			j = w.from - 1
		default:
			return w
		}
	}
	return f.opening(s, i)
}

// opening returns the noun phrase that a sentence begins with, behind a
// phrase of time or place.
func (f *subjects) opening(s sentence, hi int) words {
	i := s.from
	for i < hi && (f.adverb(i) || f.ts[i].is(conjunction) || f.ts[i].kind == punctuation && f.ts[i].mark == ',') {
		i++
	}
	if i >= hi || !f.outside(i) || f.ts[i].is(whWord|relative) && !f.ts[i].is(determiner) {
		return words{}
	}
	if f.ts[i].is(preposition|subordinator) && !f.ts[i].is(determiner) {
		for hi = min(hi, i+farSubject); i < hi && !(f.ts[i].kind == punctuation && f.ts[i].mark == ','); i++ {
		}
		i++
	}
	if i >= hi || !f.outside(i) || f.content[i] > 0 || f.cue[i] > 0 {
		return words{}
	}
	w := f.startsAt(i, s)
	if w.empty() || w.to >= hi || f.ts[w.to].is(preposition) || f.ts[w.to].kind == punctuation && f.ts[w.to].mark != ',' {
		return words{} // "Talks of it"
	}
	return w
}
