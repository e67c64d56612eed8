package annotate

import "hearsay"

// This file tells answers by the shape of what stands there: a headline of two
// sides, "which Ott denies", "denies theft", "the real number is".

// shaped returns the statement that statement n answers by its shape, and the
// rule that says so; -1 for none.
func (x *answerer) shaped(n int) (int, string) {
	s, at := &x.ss[n], &x.parts[n]
	if of := x.contradicts(n); of >= 0 {
		return of, "answer-evidence"
	}
	if of := x.corrected(n); of >= 0 {
		return of, "answer-number"
	}
	if s.Negated || s.Force == hearsay.Decline || s.Force == hearsay.Ask || !at.cue.empty() && x.supposed(at.cue) {
		return -1, ""
	}
	if of := x.relativeDenial(n); of >= 0 {
		return of, "answer-relative"
	}
	if of := x.goesOn(n); of >= 0 {
		return x.of[of], "answer-continued"
	}
	if of := x.carriesOn(n); of >= 0 {
		return x.of[of], "answer-continued"
	}
	if of := x.affirmed(n); of >= 0 {
		return of, "answer-transcript"
	}
	if at.inner {
		return -1, ""
	}
	if of := x.otherSide(n); of >= 0 {
		return of, "answer-headline"
	}
	if of := x.charged(n); of >= 0 {
		return of, "answer-charge"
	}
	if of := x.pleads(n); of >= 0 {
		return of, "answer-charge"
	}
	if of := x.rivals(n); of >= 0 {
		return of, "answer-number"
	}
	return -1, ""
}

// blockAt returns the paragraph in which a statement's cue stands.
func (x *answerer) blockAt(n int) int32 { return x.ts[x.parts[n].anchor().from].block }

// previous returns the last statement before statement n in the report's own
// voice, -1 for none.
func (x *answerer) previous(n int) int {
	for i, looked := n-1, 0; i >= 0 && looked < mostAnswered; i, looked = i-1, looked+1 {
		if !x.parts[i].inner {
			return i
		}
	}
	return -1
}

// relativeDenial returns what "which Ott denies" and "an account that the
// ministry dismissed" answer.
func (x *answerer) relativeDenial(n int) int {
	at := &x.parts[n]
	if x.lex.checks.answers[x.ss[n].Cue.Lemma] != "deny" || x.ss[n].Force != hearsay.Deny || at.cue.empty() {
		return -1
	}
	if w := at.speaker; at.inner && w.to-w.from >= 4 && x.claimNoun(w.from+1) && (x.word(w.from+2) == "that" || x.word(w.from+2) == "which") {
		return x.parent(n) // "a report that the army dismissed"
	}
	if p := x.parent(n); at.inner && p >= 0 && !x.parts[p].cue.empty() && x.claimNoun(x.parts[p].cue.to-1) && x.ts[at.content[0].from].low() == "that" {
		if of := x.previous(p); of >= 0 && x.blockAt(of) == x.blockAt(n) && x.answerable(of, n, x.partyOf(n)) {
			return of // the same, where the noun is taken for a statement
		}
	}
	if of := x.somethingDenied(n); of >= 0 {
		return of
	}
	i := min(at.cue.from, max(at.speaker.from, 0)) - 1
	if at.speaker.empty() || i <= 0 || x.ts[i].low() != "which" || !x.commaBefore(i) || !x.alone(at.cue.to, x.sentenceOf(i).to) {
		return -1
	}
	me := x.partyOf(n)
	for k, looked := n-1, 0; k >= 0 && looked < mostAnswered && x.blockAt(n) == x.blockAt(k); k, looked = k-1, looked+1 {
		if x.answerable(k, n, me) {
			return k
		}
	}
	return -1
}

// somethingDenied returns what "something that Ott denies" answers: the statement
// before in its sentence.
func (x *answerer) somethingDenied(n int) int {
	at := &x.parts[n]
	w := at.content[0]
	if at.speaker.empty() || w.from >= at.speaker.from || w.to-w.from > 2 || x.lowAt(w.from) != "something" && x.lowAt(w.from) != "which" {
		return -1
	}
	s, me := x.sentenceOf(at.anchor().from), x.partyOf(n)
	for k, looked := n-1, 0; k >= 0 && looked < mostAnswered && x.parts[k].anchor().from >= s.from; k, looked = k-1, looked+1 {
		if x.answerable(k, n, me) {
			return k
		}
	}
	return -1
}

// claimNoun reports whether a token is a word for what somebody said.
func (x *answerer) claimNoun(i int) bool {
	low := x.lex.low(&x.ts[i], x.text)
	return x.lex.checks.lists["plainclaim"][low] || x.lex.checks.lists["assertion"][low]
}

// parent returns the statement that statement n stands in, -1 for none.
func (x *answerer) parent(n int) int {
	for i, looked := n-1, 0; i >= 0 && looked < mostAnswered; i, looked = i-1, looked+1 {
		if x.ss[i].ID == x.ss[n].Within {
			return i
		}
	}
	return -1
}

// goesOn returns the denial directly before statement n in its paragraph that it
// goes on with: "That was denied by Ott. 'Nobody was hurt,' he said."
func (x *answerer) goesOn(n int) int {
	w := x.parts[n].content[0]
	i := w.from
	for i < w.to && x.ts[i].kind != wordToken {
		i++
	}
	if i >= w.to || !x.ts[i].is(negation) && x.ts[i].low() != "nobody" && x.ts[i].low() != "no" && x.ts[i].low() != "nothing" {
		return -1
	}
	k := n - 1
	for k >= 0 && k > n-6 && x.ss[k].Within == x.ss[n].ID {
		k--
	}
	if k >= 0 && x.of[k] >= 0 && x.ss[k].Force == hearsay.Deny && x.blockAt(k) == x.blockAt(n) {
		if me := x.partyOf(n); x.ss[n].Speaker == nil || me.same(x.partyOf(k)) || x.ss[n].Speaker.Name == "" && x.ss[n].Speaker.Kind != hearsay.ByGroup {
			return k
		}
	}
	return -1
}

// affirmed returns the statement of a transcript that the next one answers with
// "That is so" or "That is not true".
func (x *answerer) affirmed(n int) int {
	if x.parts[n].rule != "transcript" {
		return -1
	}
	w := x.parts[n].content[0]
	if w.from+3 > w.to || x.ts[w.from].low() != "that" || !x.ts[w.from+1].is(copula) {
		return -1
	}
	i := w.from + 2
	if x.ts[i].is(negation) && i+1 < w.to {
		i++
	}
	switch x.word(i) {
	case "so", "right", "true", "correct", "false", "wrong", "untrue":
	default:
		return -1
	}
	of := x.previous(n)
	if of < 0 || x.blockAt(n)-x.blockAt(of) > 2 || x.questioned(of) {
		return -1
	}
	return of
}

// questioned reports whether the content of a statement ends in a question.
func (x *answerer) questioned(n int) bool {
	c := x.parts[n].content
	for i, looked := c[len(c)-1].to-1, 0; i >= c[0].from && looked < 3; i, looked = i-1, looked+1 {
		if x.ts[i].kind == punctuation && x.ts[i].mark == '?' {
			return true
		}
	}
	return false
}

// otherSide returns the statement of a headline that another side answers in it:
// "Ott accuses Brand of theft; Brand blames his clerk".
func (x *answerer) otherSide(n int) int {
	of := x.previous(n)
	if of < 0 || x.doc.Blocks[x.blockAt(n)].Kind != hearsay.Heading || x.blockAt(of) != x.blockAt(n) {
		return -1
	}
	a, b := x.partyOf(of), x.partyOf(n)
	if !a.any() || !b.any() || a.same(b) || x.ss[of].Negated {
		return -1
	}
	w := x.piece(n)
	accused := x.ss[of].Force == hearsay.Accuse && (x.ss[n].Force == hearsay.Accuse || x.ss[n].Force == hearsay.Claim)
	denied := x.lex.checks.answers[x.ss[n].Cue.Lemma] == "deny" && x.ss[n].Force == hearsay.Deny
	called := x.ss[n].Cue.Lemma == "call" && (x.ts[w.from].low() == "it" || x.claimNoun(w.from))
	if accused || denied || called {
		return of
	}
	return -1
}

// charged returns the charge told to a court that the accused denies: "A clerk
// stole the money, a jury heard. Ott denies theft."
func (x *answerer) charged(n int) int {
	if x.ss[n].Cue.Lemma != "deny" || x.ss[n].Speaker == nil || x.ss[n].Speaker.Kind == hearsay.ByOrganisation {
		return -1
	}
	w := x.piece(n)
	crime := false
	for i := w.from; i < w.to && i < w.from+4; i++ {
		crime = crime || x.lex.checks.lists["crime"][x.lex.low(&x.ts[i], x.text)]
	}
	if how, _ := x.anaphor(n); !crime || how != noAnaphor {
		return -1
	}
	for i, looked := n-1, 0; i >= 0 && looked < mostAnswered && x.blockAt(n)-x.blockAt(i) <= 2; i, looked = i-1, looked+1 {
		if x.parts[i].inner || x.ss[i].Negated || x.doc.Blocks[x.blockAt(i)].Kind == hearsay.Heading {
			continue
		}
		for k, cue := 0, x.parts[i].cue; k < 4; k++ { // "a jury was told", "told the court", "prosecutors said"
			for _, j := range [...]int{cue.from - 1 - k, cue.to + k} {
				if j >= 0 && j < len(x.ts) && x.ts[j].block == x.blockAt(i) && x.lex.checks.lists["tribunal"][x.lex.low(&x.ts[j], x.text)] {
					if before := x.previous(i); before >= 0 && x.ss[i].Force != hearsay.Accuse && x.ss[before].Force == hearsay.Accuse && x.sameVoice(before, i, x.partyOf(before)) {
						return before
					}
					return i
				}
			}
		}
	}
	return -1
}

// corrected returns the statement directly before statement n whose number it
// gives otherwise: "The real toll is at least 300, according to the bishops".
func (x *answerer) corrected(n int) int {
	w := x.parts[n].content[0]
	real := false
	for i := w.from; i+1 < w.to && i < w.from+3; i++ {
		switch x.word(i) {
		case "real", "true", "actual":
			real = x.lex.checks.lists["number"][x.word(i+1)] || i+2 < w.to && x.lex.checks.lists["number"][x.word(i+2)]
		}
	}
	of := x.previous(n)
	if x.parts[n].inner || !real || of < 0 || x.blockAt(of) != x.blockAt(n) || !x.counts(of) || !x.answerable(of, n, x.partyOf(n)) {
		return -1
	}
	return of
}
