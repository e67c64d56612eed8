package annotate

import (
	"strings"

	"hearsay"
)

// This file holds the grammar of headlines, which leave out "is" and "was", put
// who says it behind a comma, a dash or a colon, and tell in the present tense.

// longestHeadline is the length in bytes up to which a line without a final stop
// is read as a headline, and longestBehind the tokens in which one that ends in
// its speaker names him.
const (
	longestHeadline = 120
	longestBehind   = 12
)

// headlines puts right what was found in headlines, and adds the statements that
// end in their speaker.
func (a *analysis) headlines(found []attribution) []attribution {
	cues := map[int]int{}       // the attribution for each token of a cue in a headline
	inside := map[int32][]int{} // the attributions of each block
	for i := range found {
		at := &found[i]
		b := a.ts[at.anchor().from].block
		inside[b] = append(inside[b], i)
		for t := at.cue.from; t < at.cue.to && a.headlineAt(t); t++ {
			cues[t] = i
		}
	}
	for i := range found {
		at := &found[i]
		if at.cue.empty() || !at.hasContent() || !a.headlineAt(at.cue.from) {
			continue
		}
		a.bareParticiple(at)
		a.beforeColon(at, cues)
		a.behindMark(at)
		a.runsOn(at)
		if in, ok := a.reportedWithin(at, cues); ok {
			found = append(found, in)
		}
	}
	for _, s := range a.ss {
		if s.to-s.from < 5 || len(inside[s.block]) > mostInSentence || !a.headlineAt(s.from) {
			continue
		}
		if at, ok := a.headlineLast(s, found, inside[s.block], cues); ok {
			found = append(found, at)
		} else if at, ok := a.toWhom(s); ok && len(inside[s.block]) == 0 {
			found = append(found, at)
		} else if at, ok := a.inPlea(s); ok && len(inside[s.block]) == 0 {
			found = append(found, at)
		}
	}
	return found
}

// headlineAt reports whether token i stands in a heading, or in a short line of one
// sentence that has no final stop and so reads as one.
func (a *analysis) headlineAt(i int) bool {
	b := &a.doc.Blocks[a.ts[i].block]
	if b.Kind == hearsay.Heading {
		return true
	}
	if b.Kind != hearsay.Paragraph || b.Len() > longestHeadline {
		return false
	}
	s := a.sentenceOf(i)
	if s.from > 0 && a.ts[s.from-1].block == s.block || s.to < len(a.ts) && a.ts[s.to].block == s.block {
		return false
	}
	end := s.to
	for end > s.from && a.ts[end-1].kind == quoteMark {
		end--
	}
	t := &a.ts[max(end-1, s.from)]
	return t.kind != punctuation || t.mark == '%' || t.mark == ')'
}

// speaksInHeadline reports whether what stands before or behind the mark of a
// headline is somebody who can speak, and no topic: "Drought: what we know".
// Speak holds the names of those who speak in the text below.
func (a *analysis) speaksInHeadline(at *attribution, speak map[string]bool) bool {
	if at.speaker.from > at.cue.from || !a.outside(at.content[0].from) || speak[a.ts[at.speaker.to-1].In(a.text)] {
		return true // known by its last noun, by the quotation or from the text
	}
	for i := at.speaker.from; i < at.speaker.to; i++ {
		t := &a.ts[i]
		if t.is(role|group|organisation|document|unnamed|title|masculine|feminine|demonym) || a.lex.countries[t.In(a.text)] != "" {
			return true
		}
	}
	return false
}

// saysInHeadline reports whether a rule found people who speak, not only act, in the
// present tense of headlines: "Guards report surge in crossings".
func (a *analysis) saysInHeadline(at *attribution) bool {
	if at.verb == nil || at.verb.mode != hearsay.Speech && at.verb.mode != hearsay.Writing || at.verb.force == hearsay.Order || at.speaker.to != at.cue.from || !at.hasContent() || !a.headlineAt(at.cue.from) {
		return false
	}
	w := a.ts[at.cue.from].lex
	if at.rule != "cue-verb" || w == nil || w.form&(thirdForm|baseForm) == 0 || a.possessiveMark(at.cue.from-1) || at.content[0].to-at.cue.from < 3 {
		return false
	}
	head := &a.ts[at.speaker.to-1]
	return head.is(role|group|organisation|document|unnamed) || w.form&baseForm != 0 && a.pluralNoun(at.speaker.to-1) && !head.capital
}

// speakersBelow returns the last names of those to whom the rules give statements
// outside headings.
func (a *analysis) speakersBelow(rules []attribution) map[string]bool {
	speak := map[string]bool{}
	for i := range rules {
		w := rules[i].speaker
		if w.empty() || a.heading(w.from) {
			continue
		}
		if t := &a.ts[a.head(w)]; t.capital && t.lex == nil {
			speak[t.In(a.text)] = true
		}
	}
	return speak
}

// bareParticiple tells the past participle that lacks its "was" from the past
// tense, which headlines hardly use: who stands before it does not speak. "Voters
// warned of queues", "Clerk accused of theft", "Tiger feared stolen".
func (a *analysis) bareParticiple(at *attribution) {
	v, s := at.cue.from, a.sentenceOf(at.cue.from)
	if at.cue.to-v != 1 || at.speaker.empty() || at.speaker.to != v || a.ts[v].lex == nil {
		return
	}
	w := a.ts[v].lex
	if len(w.cues) == 0 || w.form&participle == 0 || w.form&baseForm != 0 {
		return
	}
	cue := w.cues[len(w.cues)-1]
	next, to := a.after(v+1, s).low(), a.toVerb(v+1, s)
	last := at.content[len(at.content)-1].to
	switch {
	case cue.takes(addresseeFrame) && (to || cue.opensWith(next) || next == "how" || next == "why"),
		cue.force == hearsay.Order && to,
		needHearer[cue.lemma] && last <= at.speaker.from && a.endsAt(v+1, s):
		at.addressee, at.speaker, at.implied = at.speaker, words{}, false
	case to && !cue.takes(infinitiveFrame|addresseeFrame),
		cue.takes(clauseFrame) && cue.mode != hearsay.Speech && a.stateWord(v+1, s),
		cue.takes(nounFrame) && !cue.takes(clauseFrame|infinitiveFrame) && (cue.opensWith(next) || next == "over" || next == "by"):
		at.content = append([]words{at.speaker}, at.content...)
		at.speaker, at.implied = words{}, false
	}
}

// needHearer are the verbs that cannot do without the one who is told, so that the
// noun before the participle is he: "Dam 'unsafe', inquiry told".
var needHearer = map[string]bool{"tell": true, "urge": true, "inform": true, "remind": true, "assure": true, "notify": true, "advise": true}

// toVerb reports whether "to" or "not to" and a verb stand at token i.
func (a *analysis) toVerb(i int, s sentence) bool {
	if a.after(i, s).low() == "not" {
		i++
	}
	next := a.after(i+1, s)
	return a.after(i, s).low() == "to" && next.kind == wordToken && !next.is(determiner|possessive|personal)
}

// endsAt reports whether a headline or its clause ends before token i.
func (a *analysis) endsAt(i int, s sentence) bool {
	return i >= s.to || a.ts[i].kind == punctuation || a.ts[i].is(conjunction|subordinator)
}

// stateWord reports whether token i tells the state somebody is believed to be in.
func (a *analysis) stateWord(i int, s sentence) bool {
	t := a.after(i, s)
	switch t.low() {
	case "dead", "alive", "missing", "extinct", "lost", "ill", "safe", "guilty", "unfit", "trapped":
		return true
	}
	if t.kind != wordToken || !a.outside(i) {
		return false
	}
	if t.lex != nil {
		return t.lex.form&participle != 0 && t.lex.form&(baseForm|thirdForm) == 0
	}
	low := a.lowAt(i)
	ending := strings.HasSuffix(low, "ed") || strings.HasSuffix(low, "en") && !strings.HasSuffix(low, "men") && !strings.HasSuffix(low, "ren")
	return ending && len(low) > 4 && a.endsOrGoesOn(i+1, s)
}

// endsOrGoesOn reports whether no noun stands at token i.
func (a *analysis) endsOrGoesOn(i int, s sentence) bool {
	return a.endsAt(i, s) || a.ts[i].is(preposition|adverb|timeWord)
}

// headlineVerb returns the verb in the present tense by which the phrase at the
// beginning of a headline reports what stands behind token colon, and the phrase.
func (a *analysis) headlineVerb(s sentence, colon int) (verb int, cue *cueVerb, subject words) {
	for i := s.from + 1; i < colon && i-s.from <= longestBehind; i++ {
		w := a.ts[i].lex
		if w == nil || len(w.cues) == 0 || !a.outside(i) || w.form&(thirdForm|pastForm|baseForm) == 0 {
			continue
		}
		if p := a.phraseBefore(i, s.from); p.from == s.from && p.to == i && (a.ts[i-1].is(role|group|organisation|document|unnamed) || w.form&baseForm == 0) {
			return i, w.cues[len(w.cues)-1], p
		}
	}
	return 0, nil, words{}
}

// beforeColon gives a statement that a colon opens the subject of the verb before
// it: "Coach tells fans: go home".
func (a *analysis) beforeColon(at *attribution, cues map[int]int) {
	colon := at.cue.from
	if !at.speaker.empty() || at.cue.to != colon+1 || a.ts[colon].mark != ':' || at.content[0].from < colon {
		return
	}
	i, cue, subject := a.headlineVerb(a.sentenceOf(colon), colon)
	if cue == nil {
		return
	}
	at.speaker = subject
	if _, ok := cues[i]; ok || !cue.takes(addresseeFrame) {
		return
	}
	at.cue, at.lemma = words{i, i + 1}, cue.lemma
	if w := a.phraseAfter(i+1, colon, false); w.to == colon {
		at.addressee = w
	}
}

// behindMark gives a statement before a dash or a colon the phrase behind it:
// "'We had no water' - families stranded on island".
func (a *analysis) behindMark(at *attribution) {
	i, s := at.cue.from, a.sentenceOf(at.cue.from)
	if !at.speaker.empty() || at.cue.to != i+1 || a.ts[i].kind != punctuation || at.content[len(at.content)-1].to > i || s.to-i > longestBehind {
		return
	}
	w := a.phraseAfter(i+1, s.to, true)
	if w.empty() || a.verbWithin(i+1, s.to) {
		return
	}
	if t := a.after(w.to, s); t.lex != nil && t.lex.form&participle != 0 || a.pastTense(min(w.to, s.to-1)) || t.is(relative) {
		w.to = s.to
	}
	at.speaker = w
}

// runsOn adds to the content what stands behind the speaker at the end of a headline
// and tells how, not when, where or on what occasion: "Thorn gains ground, says Ott,
// with heavy losses".
func (a *analysis) runsOn(at *attribution) {
	s := a.sentenceOf(at.cue.from)
	i := at.speaker.to
	if at.speaker.from != at.cue.to || i >= s.to || s.to-i > longestBehind || at.content[len(at.content)-1].to > at.cue.from {
		return
	}
	if t := &a.ts[i]; t.kind == punctuation && t.mark == ',' && i+1 < s.to {
		i++
	}
	switch a.lowAt(i) {
	case "at", "with", "without", "by", "despite":
	default:
		return
	}
	for j := i + 1; j < s.to; j++ {
		t := &a.ts[j]
		if t.capital && a.lowerLetters(s) || t.is(timeWord|role|group|organisation|document|unnamed|possessive) || a.finite(j) || a.lex.scenes[a.lowAt(j)] != 0 || t.kind == punctuation {
			return
		}
	}
	at.content = append(at.content, words{i, s.to})
}

// reportedWithin finds the statement that stands in one before its cue, which is too
// short to be searched as running text is: "Thorn wants talks, says envoy".
func (a *analysis) reportedWithin(at *attribution, cues map[int]int) (attribution, bool) {
	for _, c := range at.content {
		if c.to > at.cue.from || c.to-c.from >= leastNested {
			continue
		}
		i, cue, subject := a.headlineVerb(sentence{c.from, c.to, a.ts[c.from].block}, c.to)
		if _, taken := cues[i]; cue == nil || taken || i+1 >= c.to || cue.mode == hearsay.Act || cue.mode == hearsay.Evidence || len(cue.particle) > 0 {
			continue
		}
		return attribution{
			speaker: subject, cue: words{i, i + 1}, verb: cue, lemma: cue.lemma,
			content: []words{{i + 1, c.to}}, rule: "cue-verb", inner: true,
		}, true
	}
	return attribution{}, false
}

// lowerLetters reports whether a headline is not in capitals word for word.
func (a *analysis) lowerLetters(s sentence) bool {
	for i := s.from + 1; i < s.to && i-s.from < 2*longestBehind; i++ {
		if t := &a.ts[i]; t.kind == wordToken && !t.capital && !t.is(preposition|determiner|conjunction) {
			return true
		}
	}
	return false
}

// headlineLast finds the statement of a headline that ends in who says it, where
// nothing was found by that verb: "Teachers want to strike, poll shows".
func (a *analysis) headlineLast(s sentence, found []attribution, inside []int, cues map[int]int) (attribution, bool) {
	none := attribution{}
	comma := a.lastComma(s)
	if comma < s.from+2 {
		return none, false
	}
	at, ok := a.sayingAlone(comma+1, s)
	if _, taken := cues[at.cue.from]; !ok || taken {
		return none, false
	}
	at.content = []words{{s.from, comma}}
	for _, i := range inside {
		f := &found[i]
		switch {
		case f.anchor().from < s.from || f.anchor().from >= s.to:
		case lastToken(*f) > comma+1 || f.rule != "tagger" && f.rule != "cue-verb":
			return none, false
		default:
			f.inner = true
		}
	}
	return at, true
}

// toWhom finds who speaks to whom before the colon of a headline that has no verb:
// "Mayor to looters: go home".
func (a *analysis) toWhom(s sentence) (attribution, bool) {
	colon := a.colon(s.from, s.to-1)
	for i := s.from + 1; i < colon-1; i++ {
		if a.lowAt(i) != "to" || !a.outside(i) {
			continue
		}
		from, to := a.phraseAfter(s.from, i, true), a.phraseAfter(i+1, colon, true)
		if from != (words{s.from, i}) || to != (words{i + 1, colon}) {
			return attribution{}, false
		}
		x, y := &a.ts[a.head(from)], &a.ts[a.head(to)]
		if !x.is(role|group|organisation) && (!x.capital || a.outside(colon+1)) || !y.is(role|group|organisation) && !a.pluralNoun(a.head(to)) {
			return attribution{}, false
		}
		return attribution{
			speaker: from, addressee: to, cue: words{colon, colon + 1}, lemma: ":",
			content: []words{{colon + 1, s.to}}, rule: "headline",
		}, true
	}
	return attribution{}, false
}

// inPlea finds who speaks by a noun: "Widow in plea for witnesses".
func (a *analysis) inPlea(s sentence) (attribution, bool) {
	const longest = 8 // tokens of the speaker
	for i := s.from + 1; i+2 < s.to && i-s.from <= longest; i++ {
		if a.lowAt(i) != "in" || !a.outside(i) {
			continue
		}
		n := i + 1
		if w := a.ts[n].lex; w == nil || w.noun == nil {
			n++
		}
		w := a.ts[n].lex
		if n+1 >= s.to || w == nil || w.noun == nil || a.phraseBefore(i, s.from) != (words{s.from, i}) {
			return attribution{}, false
		}
		if !w.noun.opensWith(a.lowAt(n+1)) && !(w.noun.takes(infinitiveFrame) && a.toVerb(n+1, s)) {
			return attribution{}, false
		}
		return attribution{
			speaker: words{s.from, i}, cue: words{n, n + 1}, verb: w.noun, lemma: w.noun.lemma,
			content: []words{{n + 1, a.clauseEnd(n+1, s, w.noun)}}, rule: "cue-noun",
		}, true
	}
	return attribution{}, false
}

// lastComma returns the last comma of a headline that stands before its last few
// words, -1 for none.
func (a *analysis) lastComma(s sentence) int {
	for i := s.to - 2; i > s.from && s.to-i <= longestBehind; i-- {
		if t := &a.ts[i]; t.kind == punctuation && t.mark == ',' && a.outside(i) {
			return i
		}
	}
	return -1
}

// sayingAlone reads the words from a token to the end of a sentence as a speaker and
// a verb of saying in the present tense, in either order.
func (a *analysis) sayingAlone(from int, s sentence) (attribution, bool) {
	at := attribution{rule: "content-first", sure: ruleShares["content-first"][2]}
	for _, v := range [2]int{s.to - 1, from} {
		w := a.ts[v].lex
		if w == nil || len(w.cues) == 0 || !a.outside(v) || w.form&(thirdForm|baseForm) == 0 {
			continue
		}
		at.verb = w.cues[len(w.cues)-1]
		at.cue, at.speaker, at.lemma = words{v, v + 1}, words{from, v}, at.verb.lemma
		if v == from {
			at.speaker = words{from + 1, s.to}
		}
		third := w.form&thirdForm != 0
		if at.speaker.empty() || !at.verb.takes(clauseFrame) || len(at.verb.particle) > 0 || a.ts[a.head(at.speaker)].is(hearing) {
			continue
		}
		if a.phraseAfter(at.speaker.from, s.to, true).to < at.speaker.to || third == a.pluralNoun(a.head(at.speaker)) && !a.ts[a.head(at.speaker)].is(group) {
			continue
		}
		return at, true
	}
	return at, false
}
