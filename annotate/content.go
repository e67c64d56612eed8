package annotate

// complement finds the content that follows the verb group from token i on,
// passing over who was told, when and where.
func (a *analysis) complement(at *attribution, g verbGroup, i int, s sentence, inverted bool) (words, bool) {
	i = a.passOver(at, g, i, s)
	if i >= s.to {
		return words{}, false
	}
	t := &a.ts[i]
	if t.kind == punctuation && (t.mark == ',' || t.mark == ':' || t.mark == markDash || t.mark == '.') {
		return a.afterMark(at, g, i, s)
	}
	if !a.outside(i) {
		if inverted || !a.speechLike(g.cue) && a.shortQuote(i) && !g.cue.takes(nounFrame) {
			return words{}, false
		}
		return words{i, a.clauseEnd(i, s, g.cue)}, true
	}
	if inverted {
		return words{}, false
	}
	if !a.opens(g, i, s) {
		return words{}, false
	}
	if i == at.cue.to && i+1 < s.to && t.is(preposition) && !t.is(subordinator) && t.low() != "to" && g.cue.opensWith(t.low()) {
		// "rail against": what belongs to the verb belongs to the cue.
		at.cue.to++
		at.lemma += " " + t.low()
		i++
	}
	return words{i, a.clauseEnd(i, s, g.cue)}, true
}

// passOver skips what may stand between a cue and its content: adverbs, time,
// the addressee, and phrases such as "in a statement" or "of the plan" where
// the content can be seen behind them.
func (a *analysis) passOver(at *attribution, g verbGroup, i int, s sentence) int {
	for i < s.to && a.outside(i) {
		if j := a.timeAfter(i, s.to); j > i {
			i = j
			continue
		}
		t := &a.ts[i]
		if a.adverb(i) && !t.is(timeWord|whWord|determiner) && a.after(i+1, s).kind != wordToken {
			i++
			continue
		}
		if g.cue.takes(addresseeFrame) && at.addressee.empty() {
			if j, ok := a.told(at, g, i, s); ok {
				i = j
				continue
			}
		}
		if t.is(preposition) && !g.cue.opensWith(t.low()) || t.is(preposition) && g.cue.opensWith(t.low()) && g.cue.takes(clauseFrame) {
			if j := a.venue(i, s, g.cue.takes(clauseFrame)); j > i {
				if t.low() == "to" && at.addressee.empty() {
					at.addressee = words{i + 1, j}
				}
				i = j
				continue
			}
		}
		return i
	}
	return i
}

// told takes the noun phrase of those who were told.
func (a *analysis) told(at *attribution, g verbGroup, i int, s sentence) (int, bool) {
	t := &a.ts[i]
	if t.is(whWord) || t.low() == "that" || t.low() == "to" {
		return i, false
	}
	w := a.phraseAfter(i, s.to, false)
	if after := a.after(i+1, s); t.is(personal) && (after.low() == "that" || after.kind == punctuation || after.is(determiner|clausal) || after.low() == "to") {
		w = words{i, i + 1} // "told her that"
	}
	if w.empty() {
		return i, false
	}
	next := a.after(w.to, s)
	if g.cue.lemma != "tell" && g.cue.lemma != "thank" {
		// ask, urge, warn: only where something that can be content follows.
		if !(next.low() == "to" || next.low() == "that" || next.is(whWord) || g.cue.opensWith(next.low())) {
			return i, false
		}
	}
	if a.finiteSoon(w.to, s) && !next.is(whWord) && next.low() != "that" && next.is(auxiliary|modal) {
		return i, false
	}
	at.addressee = w
	return w.to, true
}

func (a *analysis) finiteSoon(i int, s sentence) bool { return i < s.to && a.finite(i) }

// venue returns the token after a prepositional phrase where behind it a
// quotation, "that" or a comma with a quotation stands; i otherwise.
func (a *analysis) venue(i int, s sentence, clause bool) int {
	const most = 22
	for j := i + 1; j < s.to && j-i < most; j++ {
		if !a.outside(j) {
			if a.shortQuote(j) {
				return i
			}
			return j
		}
		t := &a.ts[j]
		switch {
		case t.low() == "that" && (a.after(j+1, s).kind == wordToken || a.after(j+1, s).kind == quoteMark):
			if q := a.quotationAhead(j+1, i+most, s); q > 0 {
				return q
			}
			return j
		case t.kind == punctuation && t.mark == ':':
			return j
		case t.kind == punctuation && t.mark == ',':
			if j+1 < s.to && !a.outside(j+1) {
				return j
			}
			if a.after(j+1, s).low() == "that" {
				return j + 1
			}
			if j+1 < s.to && a.ts[j+1].is(conjunction|adverb) || a.ingAtSafe(j+1, s) {
				return i
			}
		case j > i+2 && clause && t.is(third) && a.finiteSoon(j+1, s):
			return j
		case j > i+1 && a.finite(j) && !t.is(auxiliary):
			return i
		}
	}
	return i
}

func (a *analysis) ingAtSafe(i int, s sentence) bool { return i < s.to && a.ingAt(i) }

// quotationAhead returns the comma before a quotation of some length that
// begins before token most; 0 where there is none.
func (a *analysis) quotationAhead(i, most int, s sentence) int {
	for ; i+1 < s.to && i < most; i++ {
		if a.outside(i) && a.ts[i].kind == punctuation && a.ts[i].mark == ',' && !a.outside(i+1) && !a.shortQuote(i+1) {
			return i
		}
	}
	return 0
}

// shortQuote reports whether the quotation at token i is a word or two without
// a final mark: a title or a scare quote rather than speech.
func (a *analysis) shortQuote(i int) bool {
	q := a.qs[a.ts[i].quote-1]
	return q.words(a.ts) < 3
}

func (a *analysis) speechLike(cue *cueVerb) bool { return cue.takes(quotationFrame) }

// afterMark handles a comma, colon or full stop after the cue: a quotation may
// follow, or the other half of an interrupted one.
func (a *analysis) afterMark(at *attribution, g verbGroup, i int, s sentence) (words, bool) {
	next := i + 1
	t := &a.ts[i]
	if next >= s.to {
		return words{}, false
	}
	switch {
	case t.mark == ':':
		if !g.cue.takes(quotationFrame) {
			return words{}, false
		}
		if i == at.cue.to {
			at.cue.to++ // "said:"
		}
		return words{next, a.trimEnd(next, s.to)}, true
	case !a.outside(next):
		if !g.cue.takes(quotationFrame) {
			return words{}, false
		}
		return words{next, a.clauseEnd(next, s, g.cue)}, true
	case t.mark == ',' && a.ts[s.from].low() == "as" && a.asReported(g, at, s):
		return words{next, a.trimEnd(next, s.to)}, true
	case t.mark == ',' && g.cue.takes(clauseFrame):
		if j := a.behindParenthesis(next, s); j > 0 {
			return words{j, a.clauseEnd(j, s, g.cue)}, true
		}
	}
	return words{}, false
}

// asReported reports whether the cue stands in "As the mayor said, ..." at the
// beginning of its sentence.
func (a *analysis) asReported(g verbGroup, at *attribution, s sentence) bool {
	return !at.speaker.empty() && at.speaker.from == s.from+1 && at.speaker.to == g.from && g.cue.takes(quotationFrame)
}

// behindParenthesis returns the "that" at token i, or the one behind the next
// comma: "hinted, as Brand had done, that". It returns 0 where there is none.
func (a *analysis) behindParenthesis(i int, s sentence) int {
	const most = 20
	if a.ts[i].low() == "that" {
		return i
	}
	for j := i; j+1 < s.to && j-i < most; j++ {
		if a.outside(j) && a.ts[j].kind == punctuation && a.ts[j].mark == ',' {
			if a.ts[j+1].low() == "that" && a.outside(j+1) {
				return j + 1
			}
			return 0
		}
	}
	return 0
}

// opens reports whether token i can open the content of the cue.
func (a *analysis) opens(g verbGroup, i int, s sentence) bool {
	t := &a.ts[i]
	low := t.low()
	cue := g.cue
	switch {
	case low == "to":
		next := a.after(i+1, s)
		if next.is(determiner|possessive|personal) || next.capital {
			return cue.opensWith("to")
		}
		return cue.takes(infinitiveFrame)
	case low == "that":
		return cue.takes(clauseFrame) || cue.takes(nounFrame) || cue.takes(thatFrame)
	case low == "so" || low == "not":
		return cue.takes(clauseFrame)
	case t.is(whWord) && low != "that":
		return cue.takes(whFrame) || cue.takes(clauseFrame) && (low == "how" || low == "if" || low == "when" || low == "what")
	case cue.opensWith(low):
		return true
	case t.is(preposition) && !t.is(subordinator):
		return cue.takes(clauseFrame) && a.frontedClause(i, s)
	case t.is(conjunction|subordinator) && !t.is(determiner):
		return cue.takes(clauseFrame) && (low == "if" || low == "while" || low == "because" || low == "when" || low == "although") && a.speechLike(cue)
	case t.is(auxiliary | modal | copula):
		return false
	case t.is(clausal):
		return cue.takes(clauseFrame) || cue.takes(nounFrame)
	case t.kind == punctuation:
		return t.mark == '$' && (cue.takes(clauseFrame) || cue.takes(nounFrame))
	case a.ingAt(i) && t.lex != nil && !cue.takes(clauseFrame):
		return cue.takes(ingFrame)
	}
	if cue.takes(nounFrame) {
		return true
	}
	return cue.takes(clauseFrame) && a.clauseAhead(i, s)
}

// clauseAhead reports whether a finite verb follows soon, so that a clause and
// no noun phrase begins at token i.
func (a *analysis) clauseAhead(i int, s sentence) bool {
	const most = 24
	for j := i + 1; j < s.to && j-i < most; j++ {
		if !a.outside(j) {
			return true
		}
		t := &a.ts[j]
		if a.finite(j) || t.lex != nil && len(t.lex.cues) > 0 && !t.capital || t.kind == wordToken && t.lex == nil && t.End-t.Start > 3 && !t.capital && a.text[t.End-2:t.End] == "ed" {
			return true
		}
	}
	return false
}

// frontedClause reports whether a clause follows the prepositional phrase at
// token i: "said in Vilnius the alliance would".
func (a *analysis) frontedClause(i int, s sentence) bool {
	if i-1 >= s.from && a.ts[i-1].is(timeWord) {
		return false
	}
	for j := i + 1; j < s.to && j-i < 14; j++ {
		if a.ts[j].kind == punctuation && a.ts[j].mark == ',' {
			return j+1 < s.to && a.outside(j+1) && a.ts[j+1].is(determiner|possessive|third|clausal) && a.clauseAhead(j+1, s)
		}
	}
	return false
}

// trimEnd moves to before the final full stop of a range of tokens.
func (a *analysis) trimEnd(from, to int) int {
	for to > from {
		t := &a.ts[to-1]
		if !a.outside(to-1) || t.kind != punctuation || t.mark == ')' || t.mark == '%' || t.mark == '?' || t.mark == '!' {
			break
		}
		to--
	}
	return to
}

// clauseEnd returns the token after the content that begins at token i.
func (a *analysis) clauseEnd(i int, s sentence, cue *cueVerb) int {
	noun := !a.ts[i].is(clausal) && a.ts[i].low() != "that" && a.outside(i) && !cue.takes(clauseFrame)
	for j := i + 1; j < s.to; j++ {
		if !a.outside(j) {
			continue
		}
		t := &a.ts[j]
		if t.kind == punctuation {
			if t.mark == ';' || (t.mark == ',' || t.mark == markDash) && a.cutsAt(j, i, s, noun) {
				return j
			}
			continue
		}
		if t.is(conjunction) && (a.nextCue(j+1, s) || t.low() == "but" && a.after(j+1, s).is(third) && a.nextCue(j+2, s) || a.commaInside(j-1) && a.ownClause(j+1, s)) {
			return a.trimEnd(i, j)
		}
		if t.low() == "according" && a.after(j+1, s).low() == "to" {
			return a.trimEnd(i, j)
		}
	}
	return a.trimEnd(i, s.to)
}

// commaInside reports whether token i closes a quotation that ends in a comma.
func (a *analysis) commaInside(i int) bool {
	if i < 1 || a.outside(i) {
		return false
	}
	t := &a.ts[i-1]
	return t.kind == punctuation && t.mark == ','
}

// cutsAt reports whether the content ends before the comma or dash at token j.
func (a *analysis) cutsAt(j, begin int, s sentence, noun bool) bool {
	next := j + 1
	if next >= s.to || !a.outside(next) {
		return false
	}
	t := &a.ts[next]
	low := t.low()
	switch {
	case low == "according":
		return true
	case t.lex != nil && t.lex.form&ingForm != 0 && len(t.lex.cues) > 0 && a.speechLike(t.lex.cues[len(t.lex.cues)-1]):
		return true
	case low == "but" || low == "while" || low == "though" || low == "although" || low == "whereas":
		return a.ownClause(next+1, s)
	case t.is(preposition) && a.after(next+1, s).is(relative) && a.after(next+1, s).is(whWord):
		return a.ownCueClause(next+2, s)
	case low == "and":
		return a.nextCue(next+1, s) || a.ownCueClause(next+1, s)
	case saidAt(a.ts, next, min(next+5, s.to)):
		return true
	}
	return noun && !t.is(adverb) && (t.is(conjunction|subordinator|personal) || a.ingAt(next)) && !(j-begin < 2)
}

// nextCue reports whether a finite cue verb without a speaker of its own
// begins at token i: "said he won and added".
func (a *analysis) nextCue(i int, s sentence) bool {
	for i < s.to && a.outside(i) && (a.adverb(i) || a.ts[i].is(auxiliary|negation)) {
		i++
	}
	if i >= s.to || !a.outside(i) {
		return false
	}
	t := &a.ts[i]
	if t.lex == nil || t.lex.form&(pastForm|thirdForm|ingForm) == 0 || t.capital {
		return false
	}
	for _, c := range t.lex.cues {
		if c.takes(clauseFrame) && c.takes(quotationFrame) || c.lemma == "call" || c.force == "accuse" {
			return true
		}
	}
	return false
}

// ownClause reports whether a clause with a subject and a verb follows.
func (a *analysis) ownClause(i int, s sentence) bool {
	if a.after(i, s).low() == "that" {
		return false
	}
	if a.nextCue(i, s) {
		return true
	}
	return a.ownCueClause(i, s)
}

// ownCueClause reports whether a short subject and a cue verb follow: ", and
// Brand said".
func (a *analysis) ownCueClause(i int, s sentence) bool {
	w := a.phraseAfter(i, s.to, false)
	if w.empty() {
		return false
	}
	return a.nextCue(w.to, s)
}

// takesLeft reports whether the content may stand before the cue: nothing but
// the other half of a quotation follows it.
func (a *analysis) takesLeft(g verbGroup, at attribution, right bool) bool {
	if g.infinitive || g.form&ingForm != 0 && !g.auxiliary || !g.cue.takes(quotationFrame) && !g.cue.takes(invertedFrame) {
		return false
	}
	if !right {
		return true
	}
	return !a.outside(at.content[0].from)
}

// leftContent returns the content before the speaker and the cue.
func (a *analysis) leftContent(g verbGroup, at attribution, s sentence, inverted bool) (words, bool) {
	end := g.from
	if !inverted && !at.implied && !at.speaker.empty() {
		end = min(end, at.speaker.from)
	}
	if end <= s.from {
		return words{}, false
	}
	if !a.outside(end - 1) {
		// "...," he said.
		q := a.qs[a.ts[end-1].quote-1]
		if q.words(a.ts) < 2 && q.from == s.from {
			return words{s.from, end}, true
		}
		return words{a.leftStart(s, q.from), end}, true
	}
	t := &a.ts[end-1]
	if t.kind != punctuation || t.mark != ',' && t.mark != markDash || end-1 <= s.from {
		return words{}, false
	}
	if !a.outside(end - 2) {
		return words{a.leftStart(s, a.qs[a.ts[end-2].quote-1].from), end - 1}, true
	}
	if at.hasContent() || at.implied || !inverted && !at.speaker.empty() && a.ts[at.speaker.from].is(relative) && !a.ts[at.speaker.from].is(determiner) || a.ts[end-2].is(timeWord) && end-1-s.from < 4 || a.adverb(s.from) && end-1-s.from < 3 {
		return words{}, false
	}
	// A fronted clause is no content: "When asked, he said".
	first := &a.ts[s.from]
	if first.lex != nil && first.lex.form&participle != 0 && first.lex.form&baseForm == 0 {
		return words{}, false // "Asked about it, he laughed"
	}
	if a.clauseAfterComma(s.from, end-1) {
		return words{s.from, end - 1}, true // "While it rained, nobody was hurt, he said."
	}
	if first.is(subordinator) && !first.is(determiner|whWord) || a.ingAt(s.from) && first.lex != nil || first.is(preposition) && !a.verbWithin(s.from, end-1) {
		return words{}, false
	}
	return words{s.from, end - 1}, true
}

// clauseAfterComma reports whether a comma and behind it a clause stand in the
// tokens.
func (a *analysis) clauseAfterComma(from, to int) bool {
	for i := from; i < to; i++ {
		if a.outside(i) && a.ts[i].kind == punctuation && a.ts[i].mark == ',' && i+1 < to && !a.ts[i+1].is(subordinator|conjunction) && a.verbWithin(i+1, to) {
			return true
		}
	}
	return false
}

// leftStart returns where the content begins that ends in the quotation which
// opens at token q: there, or at the beginning of its sentence where words
// outside lead into it.
func (a *analysis) leftStart(s sentence, q int) int {
	if q <= s.from {
		return q
	}
	return s.from
}
