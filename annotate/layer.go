package annotate

import "hearsay"

// This file holds the layer of quotation marks and colons: what is mechanical
// in the way that reports print speech, without any verb.

// labelled finds "Name: ..." at the beginning of a block: a headline, a
// quotation, or a turn of a transcript.
func (a *analysis) labelled(from, to int, turn bool) (attribution, bool) {
	i := from
	if !a.outside(i) && a.ts[i].kind == quoteMark {
		i++ // a transcript inside quotation marks opens each turn with one
	}
	name := i
	colon := a.colon(i, to)
	if colon <= name || colon+1 >= to {
		return attribution{}, false
	}
	at := attribution{
		speaker: words{name, colon}, cue: words{colon, colon + 1}, lemma: ":",
		content: []words{{colon + 1, to}}, rule: "label",
	}
	heading := a.doc.Blocks[a.ts[from].block].Kind == hearsay.Heading
	quoted := !a.outside(colon+1) && a.outside(from)
	switch {
	case !a.nameLike(name, colon):
		return at, false
	case turn || a.ts[name].upper && a.ts[colon-1].upper && colon-name <= 5:
		at.rule = "transcript"
	case quoted && !heading:
		at.content[0].to = a.qs[a.ts[colon+1].quote-1].to
	case heading:
		at.rule = "headline"
	default:
		return at, false
	}
	return at, true
}

// colon returns the first colon within the tokens that a name could fill.
func (a *analysis) colon(i, to int) int {
	const most = 9
	for j := i; j < to && j-i < most; j++ {
		if a.ts[j].kind == punctuation && a.ts[j].mark == ':' {
			return j
		}
	}
	return -1
}

// nameLike reports whether the tokens look like a name with its title: capital
// letters throughout but for small function words and brackets.
func (a *analysis) nameLike(from, to int) bool {
	if !a.ts[from].capital || a.lex.labels[a.ts[from].low()] || a.lex.labels[a.lowWord(from)] {
		return false
	}
	for i := from; i < to; i++ {
		t := &a.ts[i]
		switch {
		case t.capital || t.kind == numberToken && i > from:
		case t.kind == punctuation && (t.mark == '(' || t.mark == ')' || t.mark == '-' || t.mark == '&' || t.mark == ',' || t.mark == '/' || t.mark == '.'):
		case t.is(determiner|preposition) && i > from, a.possessiveMark(i), t.low() == "and":
		case t.is(role|group|organisation|document|unnamed) && i > from:
		default:
			return false
		}
	}
	return !a.verbWithin(from, to) && !a.capitalVerb(from, to)
}

// capitalVerb reports whether a verb of saying in the present tense stands amid words
// with capital letters: "Ott Defends Raid".
func (a *analysis) capitalVerb(from, to int) bool {
	for i := from + 1; i < to-1; i++ {
		if w := a.ts[i].lex; w != nil && len(w.cues) > 0 && w.form&thirdForm != 0 && w.noun == nil && !a.ts[i].is(role|group|organisation|document) && a.outside(i) {
			return true
		}
	}
	return false
}

func (a *analysis) lowWord(i int) string {
	w := a.lex.look(a.text[a.ts[i].Start:a.ts[i].End])
	if w == nil {
		return ""
	}
	return w.low
}

// signed finds `"..." - Name` at the end of a sentence or block.
func (a *analysis) signed(s sentence) (attribution, bool) {
	for i := s.from + 1; i < s.to; i++ {
		t := &a.ts[i]
		if t.kind != punctuation || t.mark != markDash || !a.outside(i) || a.outside(i-1) {
			continue
		}
		q := a.qs[a.ts[i-1].quote-1]
		end := a.trimEnd(i+1, s.to)
		if end <= i+1 || end-i > 16 || q.words(a.ts) < 3 || !a.signature(i+1, end) {
			continue
		}
		return attribution{
			speaker: words{i + 1, end}, cue: words{i, i + 1}, lemma: "-",
			content: []words{{q.from, q.to}}, rule: "signature",
		}, true
	}
	return attribution{}, false
}

// signature reports whether the tokens after a dash are a name, with or without
// a description.
func (a *analysis) signature(from, to int) bool {
	t := &a.ts[from]
	if !t.capital || t.is(third|conjunction|subordinator|preposition|adverb) {
		return false
	}
	return !a.verbWithin(from, to) && a.outside(from)
}

// signedBlock finds a block that is one quotation with the name below it:
// "- Name" as the next block.
func (a *analysis) signedBlock(s, next sentence) (attribution, bool) {
	if !a.wholeQuotation(s) || next.to-next.from < 2 || next.to-next.from > 14 {
		return attribution{}, false
	}
	t := &a.ts[next.from]
	end := a.trimEnd(next.from+1, next.to)
	if t.kind != punctuation || t.mark != markDash || end <= next.from+1 || !a.signature(next.from+1, end) {
		return attribution{}, false
	}
	return attribution{
		speaker: words{next.from + 1, end}, cue: words{next.from, next.from + 1}, lemma: "-",
		content: []words{{s.from, s.to}}, rule: "signature",
	}, true
}

// wholeQuotation reports whether a sentence is quotation and nothing else.
func (a *analysis) wholeQuotation(s sentence) bool {
	for i := s.from; i < s.to; i++ {
		if a.outside(i) && a.ts[i].kind != punctuation {
			return false
		}
	}
	return !a.outside(s.from)
}

// spoken reports whether a quotation reads as speech and not as a title or a
// word held at arm's length.
func (a *analysis) spoken(q quotation) bool {
	n := q.words(a.ts)
	if n >= 8 {
		return true
	}
	last := &a.ts[q.to-1]
	if q.closed && q.to-2 > q.from {
		last = &a.ts[q.to-2]
	}
	return n >= 3 && last.kind == punctuation && last.mark != ')'
}

// A layering walks through the sentences and adds to the attributions that verbs
// made those of the quotation layer.
type layering struct {
	*analysis
	verbs   []attribution // what verbs made, not yet taken
	out     []attribution
	covered []bool         // the tokens that a content holds
	last    int            // the attribution in out that quotations may go on with, -1 for none
	turns   map[int32]bool // the blocks that are turns of a transcript
	script  bool           // the report is a transcript for a good part
	until   int            // the tokens before it belong to a turn
	turn    int            // the last turn in out, -1 for none
	spoke   int            // the last attribution of the sentence before, -1 for none
}

// layer adds to the attributions that cue verbs made those of the quotation
// layer, and to their contents the sentences of quotation that go on with them.
func (a *analysis) layer(found []attribution) []attribution {
	l := &layering{analysis: a, verbs: found, covered: a.cover(found), last: -1, turn: -1, spoke: -1, turns: a.turns()}
	l.script = len(l.turns)*3 >= len(a.doc.Blocks)
	for k := range a.ss {
		l.sentence(k)
	}
	return l.out
}

// sentence takes over what verbs made of sentence k and adds to it.
func (l *layering) sentence(k int) {
	s := l.ss[k]
	first := len(l.out)
	newBlock := k == 0 || l.ss[k-1].block != s.block
	if newBlock && l.label(s, l.blockEnd(k)) {
		return
	}
	if s.from < l.until {
		return
	}
	for len(l.verbs) > 0 && l.verbs[0].cue.from < s.to {
		l.out = append(l.out, l.verbs[0])
		l.verbs = l.verbs[1:]
	}
	l.signature(k)
	if l.resumed(first) {
		first--
	}
	if len(l.out) > first {
		l.last = l.speaking(l.out, first)
		l.spoke = len(l.out) - 1
		return
	}
	l.quotedSentence(k)
	l.spoke = -1
}

// resumed joins a quotation without cue to the one that goes on with it in the
// next paragraph, where the cue stands. It reports whether it did.
func (l *layering) resumed(first int) bool {
	if first == 0 || first >= len(l.out) || l.out[first-1].rule != "quotation-alone" {
		return false
	}
	before, at := &l.out[first-1], &l.out[first]
	q := l.ts[at.content[0].from].quote
	if q == 0 || !l.qs[q-1].resumed || before.content[len(before.content)-1].to != at.content[0].from {
		return false
	}
	at.content = append(before.content, at.content...)
	l.out = append(l.out[:first-1], l.out[first:]...)
	return true
}

// label takes a block that a label opens, or that goes on with the turn of a
// transcript before it.
func (l *layering) label(s sentence, end int) bool {
	at, ok := l.labelled(s.from, end, l.turns[s.block])
	if l.script && !ok {
		at, ok = l.question(s, end)
	}
	if !ok && l.doc.Blocks[s.block].Kind == hearsay.Heading {
		at, ok = l.headlineEnd(s.from, end)
	}
	switch {
	case ok && at.rule == "transcript":
		l.take(at)
		l.turn = len(l.out) - 1
		l.until = end
		l.skipVerbs(end)
		return true
	case ok && !l.covered[at.content[0].from]:
		l.take(at)
		l.until = at.content[0].to
		l.skipVerbs(l.until)
		return true
	case l.script && l.turn >= 0 && l.doc.Blocks[s.block].Kind != hearsay.Heading && l.prose(s, end):
		l.out[l.turn].content = append(l.out[l.turn].content, words{s.from, end})
		l.until = end
		l.skipVerbs(end)
		return true
	}
	return false
}

// headlineEnd finds the speaker behind the last dash or colon of a headline:
// "Dam showed cracks - engineer".
func (l *layering) headlineEnd(from, to int) (attribution, bool) {
	const most = 5
	for i := to - 2; i > from+1 && to-i <= most+1; i-- {
		t := &l.ts[i]
		if t.kind != punctuation || t.mark != markDash && t.mark != ':' || !l.outside(i) || !l.ts[i+1].spaced {
			continue
		}
		w := words{i + 1, to}
		head := &l.ts[l.head(w)]
		if !head.is(role|group|document|organisation|unnamed) || l.verbWithin(i+1, to) || l.ts[i+1].kind != wordToken {
			return attribution{}, false
		}
		return attribution{
			speaker: w, cue: words{i, i + 1}, lemma: l.text[t.Start:t.End],
			content: []words{{from, i}}, rule: "headline",
		}, true
	}
	return attribution{}, false
}

// question finds a turn that a bare "Q" opens, or "Q." or "A.".
func (l *layering) question(s sentence, end int) (attribution, bool) {
	to := l.letterTurn(s.from)
	switch {
	case to > 0 && l.turns[s.block]:
	case l.ts[s.from].In(l.text) == "Q" && end-s.from > 1:
		to = s.from + 1
	default:
		return attribution{}, false
	}
	return attribution{speaker: words{s.from, s.from + 1}, content: []words{{to, end}}, rule: "transcript"}, true
}

// letterTurn returns the token behind "Q." or "A." at the beginning of a block, 0 where
// there is none.
func (a *analysis) letterTurn(i int) int {
	if i+1 >= len(a.ts) {
		return 0
	}
	if i > 0 && a.ts[i-1].block == a.ts[i].block {
		return 0
	}
	next := i + 1
	switch a.ts[i].In(a.text) {
	case "Q.", "A.":
	case "Q", "A":
		if next >= len(a.ts) || a.ts[next].kind != punctuation || a.ts[next].mark != '.' {
			return 0
		}
		next++
	default:
		return 0
	}
	if next >= len(a.ts) || a.ts[next].block != a.ts[i].block {
		return 0
	}
	return next
}

// prose reports whether a block goes on with a turn: it is no stage direction
// ("(Applause.)") and no time of day.
func (l *layering) prose(s sentence, end int) bool {
	first, last := &l.ts[s.from], &l.ts[end-1]
	if first.kind == punctuation && (first.mark == '(' || first.mark == '[') && last.kind == punctuation {
		return false
	}
	for i := s.from; i < end; i++ {
		if t := &l.ts[i]; t.kind == wordToken && !t.capital {
			return true
		}
	}
	return false
}

// take adds an attribution of the layer.
func (l *layering) take(at attribution) {
	l.out = append(l.out, at)
	l.markCovered(l.covered, at)
	l.last = len(l.out) - 1
}

// skipVerbs drops what verbs made before a token: it is within a turn.
func (l *layering) skipVerbs(end int) {
	for len(l.verbs) > 0 && l.verbs[0].cue.from < end {
		l.verbs = l.verbs[1:]
	}
}

// signature takes a quotation with a dash and a name behind or below it.
func (l *layering) signature(k int) {
	s := l.ss[k]
	if at, ok := l.signed(s); ok && !l.anyCovered(l.covered, at.content[0].from, at.content[0].to) {
		l.take(at)
	} else if k+1 < len(l.ss) {
		if at, ok := l.signedBlock(s, l.ss[k+1]); ok {
			l.take(at)
		}
	}
}

// quotedSentence deals with a sentence without cue that holds quotations: it
// goes on with the quotation before it, or the sentence before it leads to it.
func (l *layering) quotedSentence(k int) {
	s := l.ss[k]
	if l.anyCovered(l.covered, s.from, s.to) {
		return
	}
	if !l.wholeQuotation(s) {
		l.last = -1
		if at, ok := l.colonQuotation(s); ok {
			l.take(at)
		}
		return
	}
	newBlock := k == 0 || l.ss[k-1].block != s.block
	spoken := l.spoken(l.qs[l.ts[s.from].quote-1])
	if l.last >= 0 && (spoken || !newBlock) && !(newBlock && l.asked(l.last)) {
		at := &l.out[l.last]
		at.content = append(at.content, words{s.from, s.to})
		return
	}
	l.last = -1
	if k > 0 && l.endsInColon(l.ss[k-1]) {
		if at, ok := l.introduced(l.ss[k-1], s); ok {
			l.take(at)
			return
		}
	}
	switch heading := l.doc.Blocks[s.block].Kind == hearsay.Heading; {
	case spoken && !heading:
		l.alone(s)
	case (heading || k == 0) && newBlock && l.bareQuotation(s):
		l.take(attribution{content: []words{{s.from, s.to}}, rule: "quotation-alone"})
	}
}

// bareQuotation reports whether a sentence is a whole block, one quotation of some
// words: a headline that nobody is named in.
func (l *layering) bareQuotation(s sentence) bool {
	const least = 4
	q := &l.qs[l.ts[s.from].quote-1]
	whole := s.to == len(l.ts) || l.ts[s.to].block != s.block
	return whole && q.to >= s.to && q.words(l.ts) >= least
}

// asked reports whether the content of an attribution ends in a question: the
// next paragraph may be somebody else's answer.
func (l *layering) asked(i int) bool {
	c := l.out[i].content
	end := c[len(c)-1].to
	for j := end - 1; j >= end-2 && j >= 0; j-- {
		if t := &l.ts[j]; t.kind == punctuation && t.mark == '?' {
			return l.ts[end-1].kind == quoteMark
		}
	}
	return false
}

// alone takes a quotation that no words report. Where somebody spoke in the
// sentence before it is taken for his, otherwise for nobody's.
func (l *layering) alone(s sentence) {
	at := attribution{content: []words{{s.from, s.to}}, rule: "quotation-alone"}
	if l.spoke >= 0 {
		before := &l.out[l.spoke]
		if v := before.verb; v != nil && v.takes(quotationFrame) && v.mode == hearsay.Speech && !before.speaker.empty() {
			at.speaker, at.implied = before.speaker, true
			at.rule = "quotation-follows"
		}
	}
	if at.rule == "quotation-follows" || l.qs[l.ts[s.from].quote-1].words(l.ts) >= 5 {
		l.take(at)
	}
}

// endsInColon reports whether a sentence ends in a colon.
func (a *analysis) endsInColon(s sentence) bool {
	t := &a.ts[s.to-1]
	return t.kind == punctuation && t.mark == ':'
}

// introduced ties a quotation to the sentence before it that ends in a colon:
// by its cue verb, or by the colon.
func (a *analysis) introduced(before, s sentence) (attribution, bool) {
	at := attribution{cue: words{before.to - 1, before.to}, lemma: ":", content: []words{{s.from, s.to}}, rule: "colon"}
	for i := before.to - 2; i >= before.from; i-- {
		t := &a.ts[i]
		if !a.outside(i) || t.lex == nil || len(t.lex.cues) == 0 || t.kind != wordToken {
			continue
		}
		cue := t.lex.cues[len(t.lex.cues)-1]
		g := a.group(i, before.from, cue)
		if !cue.takes(quotationFrame) || !a.verbal(g, before) && i != before.from {
			continue
		}
		w, _ := a.subject(g, before, words{})
		if w.empty() {
			w = a.phraseAfter(g.to, before.to-1, true)
		}
		if w.empty() || g.passive {
			continue
		}
		at.cue, at.verb, at.lemma, at.speaker = g.words, cue, cue.lemma, w
		return at, true
	}
	at.speaker = a.clauseSubject(before, before.to)
	return at, !at.speaker.empty()
}

// colonQuotation finds `... was blunt: "..."` within one sentence.
func (a *analysis) colonQuotation(s sentence) (attribution, bool) {
	for i := s.from + 1; i+1 < s.to; i++ {
		t := &a.ts[i]
		if t.kind != punctuation || t.mark != ':' || !a.outside(i) || a.outside(i+1) {
			continue
		}
		q := a.qs[a.ts[i+1].quote-1]
		if !a.spoken(q) {
			continue
		}
		return a.introduced(sentence{s.from, i + 1, s.block}, sentence{i + 1, a.trimEnd(i+1, s.to), s.block})
	}
	return attribution{}, false
}

// goesOn reports whether a quotation in the next sentence may belong to the
// attribution: it quotes, or its cue is one of speech.
func (a *analysis) goesOn(at attribution) bool {
	for _, c := range at.content {
		for i := c.from; i < c.to; i++ {
			if !a.outside(i) {
				return true
			}
		}
	}
	return at.rule == "transcript" || at.rule == "label"
}

// speaking returns the last attribution from first on that quotes, -1 for none.
func (a *analysis) speaking(out []attribution, first int) int {
	for i := len(out) - 1; i >= first; i-- {
		if a.goesOn(out[i]) {
			return i
		}
	}
	return -1
}

// blockEnd returns the token after the block of sentence k.
func (a *analysis) blockEnd(k int) int {
	b := a.ss[k].block
	for k+1 < len(a.ss) && a.ss[k+1].block == b {
		k++
	}
	return a.ss[k].to
}

// cover marks the tokens that a content holds.
func (a *analysis) cover(found []attribution) []bool {
	covered := make([]bool, len(a.ts))
	for _, at := range found {
		a.markCovered(covered, at)
	}
	return covered
}

func (a *analysis) markCovered(covered []bool, at attribution) {
	for _, c := range at.content {
		for i := c.from; i < c.to; i++ {
			covered[i] = true
		}
	}
}

func (a *analysis) anyCovered(covered []bool, from, to int) bool {
	for i := from; i < to; i++ {
		if covered[i] {
			return true
		}
	}
	return false
}
