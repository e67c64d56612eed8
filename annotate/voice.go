package annotate

// This file holds what reports without a verb in the active voice: passives,
// nouns, "according to".

// passive handles "was told that", "was quoted as saying", "is said to have",
// "was criticised by".
func (a *analysis) passive(g verbGroup, s sentence, at attribution) (attribution, bool) {
	at.rule = "passive"
	subject := at.speaker
	at.speaker, at.implied = words{}, false
	i := g.to
	if a.after(i, s).low() == "by" {
		at.speaker = a.phraseAfter(i+1, s.to, false)
		i = max(i, at.speaker.to)
	}
	next := a.after(i, s)
	if g.cue.lemma == "quote" || g.cue.lemma == "cite" {
		return a.quotedAs(g, i, s, at, subject)
	}
	to := next.low() == "to" && a.after(i+1, s).kind == wordToken && !a.after(i+1, s).is(determiner|possessive)
	it := !subject.empty() && subject.to-subject.from == 1 && a.ts[subject.from].low() == "it"
	switch {
	case i >= s.to || subject.empty():
		return at, false
	case it && (g.cue.takes(clauseFrame) || g.cue.takes(thatFrame)) && (next.low() == "that" || next.kind == wordToken && !next.is(preposition|conjunction) && a.clauseAhead(i, s)):
		at.content = []words{{i, a.clauseEnd(i, s, g.cue)}} // "it is understood that"
	case g.cue.takes(addresseeFrame) && (next.low() == "that" || to || next.is(whWord) && !next.is(preposition)):
		at.addressee = subject
		at.content = []words{{i, a.clauseEnd(i, s, g.cue)}}
	case to && (g.cue.takes(clauseFrame) || g.cue.takes(thatFrame)):
		at.content = []words{subject, {i, a.clauseEnd(i, s, g.cue)}}
	case !at.speaker.empty() && (g.cue.takes(nounFrame) || g.cue.takes(clauseFrame)):
		at.content = []words{subject}
		if g.cue.opensWith(next.low()) {
			at.content = append(at.content, words{i, a.clauseEnd(i, s, g.cue)})
		}
	default:
		return at, false
	}
	return at, true
}

// quotedAs handles "was quoted by the agency as saying".
func (a *analysis) quotedAs(g verbGroup, i int, s sentence, at attribution, subject words) (attribution, bool) {
	const most = 14
	for j := i; j+1 < s.to && j-g.to < most; j++ {
		if a.ts[j].low() != "as" || a.ts[j+1].low() != "saying" || !a.outside(j+1) {
			continue
		}
		at.speaker = subject
		if j == g.to {
			at.cue.to = j + 2
		}
		begin := j + 2
		if t := a.after(begin, s); t.kind == punctuation && (t.mark == ',' || t.mark == ':') {
			begin++
		}
		if begin >= s.to || subject.empty() {
			return at, false
		}
		at.content = []words{{begin, a.clauseEnd(begin, s, g.cue)}}
		return at, true
	}
	return at, false
}

// nounCue handles the noun at token i: "Fenn's claim that", "a call by the
// union for", "reports that".
func (a *analysis) nounCue(i int, s sentence) (attribution, bool) {
	cue := a.ts[i].lex.noun
	at := attribution{cue: words{i, i + 1}, verb: cue, lemma: cue.lemma, rule: "cue-noun"}
	begin := i + 1
	if i > s.from {
		switch prev := &a.ts[i-1]; {
		case prev.is(possessive) && a.outside(i-1):
			at.speaker = words{i - 1, i}
		case a.possessiveMark(i - 1):
			at.speaker = words{a.phraseStart(i-1, s.from), i}
		}
	}
	if at.speaker.empty() {
		if low := a.after(begin, s).low(); low == "by" || low == "from" {
			at.speaker = a.phraseAfter(begin+1, s.to, false)
			begin = max(begin, at.speaker.to)
		}
	}
	if begin >= s.to || !a.outside(begin) && !cue.takes(quotationFrame) {
		return at, false
	}
	t := &a.ts[begin]
	low := t.low()
	after := a.after(begin+1, s)
	switch {
	case at.speaker.empty():
		return at, false // "the decision that legalised it": nobody is named
	case low == "that" && cue.takes(clauseFrame) && !a.finiteSoon(begin+1, s):
	case low == "to" && cue.takes(infinitiveFrame) && after.kind == wordToken && !after.is(determiner|possessive) && !after.capital:
	case cue.opensWith(low):
	case t.kind == punctuation && t.mark == ':' && cue.takes(quotationFrame) && begin+1 < s.to && !a.outside(begin+1):
		begin++
	default:
		return at, false
	}
	at.content = []words{{begin, a.clauseEnd(begin, s, cue)}}
	return at, true
}

// accordingTo handles "according to X" at the beginning, in the middle or at
// the end of its clause.
func (a *analysis) accordingTo(i int, s sentence) (attribution, bool) {
	if a.after(i+1, s).low() != "to" {
		return attribution{}, false
	}
	at := attribution{cue: words{i, i + 2}, lemma: "according to", rule: "according-to"}
	end := i + 2
	if end < s.to && !a.outside(end) {
		return at, false
	}
	at.speaker = a.phraseAfter(end, s.to, true)
	if at.speaker.empty() {
		return at, false
	}
	first := i == s.from || i == s.from+1 && a.ts[s.from].is(conjunction)
	if !first {
		from := s.from
		to := i
		if a.ts[to-1].kind == punctuation && a.ts[to-1].mark == ',' && a.outside(to-1) {
			to--
		}
		at.content = append(at.content, words{from, to})
	}
	if rest := at.speaker.to; a.after(rest, s).mark == ',' && a.after(rest, s).kind == punctuation {
		to := a.trimEnd(rest+1, s.to)
		if to > rest+1 && (first || to-rest > 4) {
			at.content = append(at.content, words{rest + 1, to})
		}
	}
	return at, at.hasContent()
}
