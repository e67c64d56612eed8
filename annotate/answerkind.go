package annotate

import "hearsay"

// This file says what kind of answer a statement can be, and how it takes up
// what it answers.

// kind returns what kind of answer a statement can be, "" for none: by its cue,
// or by what it says.
func (x *answerer) kind(n int) string {
	s, at := &x.ss[n], &x.parts[n]
	if s.Negated && (s.Cue.Lemma == "agree" || s.Cue.Lemma == "accept" || s.Cue.Lemma == "recognise" || s.Cue.Lemma == "recognize") && !at.inner && !at.cue.empty() {
		return "deny" // "does not agree with such words"
	}
	if s.Negated || s.Force == hearsay.Decline || s.Force == hearsay.Ask || at.cue.empty() || x.supposed(at.cue) {
		return ""
	}
	lemma := s.Cue.Lemma
	kind := x.lex.checks.answers[lemma]
	spoken := s.Mode == hearsay.Speech || s.Mode == hearsay.Writing
	if kind == "" && s.Force == hearsay.Deny && spoken {
		kind = "deny"
	}
	if at.inner {
		if how, _ := x.anaphor(n); kind != "deny" || how != theClaim || s.Force != hearsay.Deny {
			return ""
		}
	}
	if x.names(n) {
		if x.gainsays(n) {
			return "gainsay" // "called Ott a liar"
		}
		if how, _ := x.anaphor(n); how != theClaim && how != gossip || !x.replies(at) {
			return ""
		}
	}
	if kind == "" && spoken {
		if kind := x.spokenKind(n); kind != "" {
			return kind
		}
	}
	switch {
	case lemma == "contradict" && !x.person(at.speaker, true):
		return "" // "the rule contradicts the law"
	case lemma == "disagree" && x.amongThemselves(n):
		return ""
	case kind == "agree" && !x.agreesWith(at):
		return ""
	case kind != "" && x.passiveCue(at.cue) && (at.speaker.from < at.cue.to || lemma != "deny" && lemma != "confirm" && lemma != "dispute" && lemma != "reject"):
		return "" // "was dismissed", not "was denied by the owner"
	case lemma == "protest" && !x.replies(at):
		return ""
	}
	return kind
}

// amongThemselves reports whether people only differ: "officials disagree on what
// the troops will do".
func (x *answerer) amongThemselves(n int) bool {
	cue := x.parts[n].cue
	for i := cue.from; i < min(cue.to+1, len(x.ts)); i++ {
		switch x.lowAt(i) {
		case "on", "over", "about", "among":
			return true
		}
	}
	return false
}

// spokenKind returns what kind of answer a statement is by what it says.
func (x *answerer) spokenKind(n int) string {
	plain := x.ss[n].Force == hearsay.Say || x.ss[n].Force == hearsay.Claim
	switch {
	case plain && x.saysFalse(n):
		return "deny"
	case plain && x.gainsays(n):
		return "gainsay"
	case x.replies(&x.parts[n]):
		return "reply"
	case !plain:
		return ""
	case x.negates(n):
		return "negate"
	case x.ss[n].Cue.Lemma == "insist", x.ss[n].Cue.Lemma == "maintain", x.ofTheClaim(n):
		return "insist"
	}
	return ""
}

// negates reports whether the first clause of a content says that something is
// not so: "The board did not and does not choose".
func (x *answerer) negates(n int) bool {
	const most = 8
	w := x.piece(n)
	for i, seen := w.from, 0; i < w.to && seen < most; i++ {
		switch t := &x.ts[i]; {
		case t.kind == punctuation && t.mark != '-' && i > w.from:
			return false
		case t.kind != wordToken:
			continue
		case t.is(negation) && !t.is(determiner|conjunction) && i > w.from && x.ts[i-1].is(auxiliary|copula|modal):
			return true
		}
		seen++
	}
	return false
}

// agreesWith reports whether an agreement is one with somebody: "agreed with
// Ott", not "agreed to pay".
func (x *answerer) agreesWith(at *attribution) bool {
	for i := at.cue.from; i < min(at.cue.to+1, len(x.ts)); i++ {
		if x.ts[i].low() == "with" {
			return true
		}
	}
	return false
}

// passiveCue reports whether a cue is a passive: "was dismissed".
func (x *answerer) passiveCue(w words) bool {
	for i := w.from; i+1 < w.to; i++ {
		if x.ts[i].is(copula) && x.pastParticiple(i+1) {
			return true
		}
	}
	return false
}

// supposed reports whether a cue is only thought of: "would deny", "neither
// confirmed nor denied", "if he denies".
func (x *answerer) supposed(cue words) bool {
	lo := max(x.sentenceOf(cue.from).from, cue.from-4)
	for i := lo; i < cue.to; i++ {
		t := &x.ts[i]
		switch {
		case i >= cue.from-1 && (t.is(modal) && !t.is(month) || t.low() == "to"):
			return true
		case i >= cue.from-1 && (t.low() == "previously" || t.low() == "earlier"):
			return true // an answer to something else
		case t.low() == "if", t.low() == "neither", t.low() == "whether", t.low() == "unless":
			return true
		case i >= cue.from && (t.is(negation) || t.low() == "nor"):
			return true
		}
	}
	return false
}

// replies reports whether a content begins with words that answer: "no
// involvement", "the claim was a lie".
func (x *answerer) replies(at *attribution) bool {
	const most = 10
	for _, w := range at.content[:1] {
		hi := min(w.to, w.from+most+4)
		for i := w.from; i < min(w.to, w.from+most); i++ {
			if x.ts[i].kind != wordToken {
				continue
			}
			low := x.lex.low(&x.ts[i], x.text)
			for _, phrase := range x.lex.checks.replies {
				if phrase[0].has(low) && x.matchWithin(phrase[1:], i+1, hi) {
					return true
				}
			}
		}
	}
	return false
}

// matchWithin matches a phrase inside quotations too.
func (x *answerer) matchWithin(phrase []phraseWord, i, hi int) bool {
	for k := range phrase {
		w := &phrase[k]
		if w.gap {
			for j := i; j < min(hi, i+mostGap); j++ {
				if x.matchWithin(phrase[k+1:], j, hi) {
					return true
				}
			}
			return false
		}
		j := i
		for j < hi && j < i+2 && x.adverb(j) && !w.has(x.lex.low(&x.ts[j], x.text)) {
			j++
		}
		switch {
		case j < hi && w.has(x.lex.low(&x.ts[j], x.text)):
			i = j + 1
		case !w.optional:
			return false
		}
	}
	return true
}

// anaphor says how the content of an answer takes up what it answers.
type anaphor uint8

const (
	noAnaphor   anaphor = iota
	theClaim            // "the accusation", "Ott's claims"
	itself              // "it", "this"
	involvement         // "no involvement", "wrongdoing"
	gossip              // "the story", "the rumours"
	thatThing           // "the timetable", where something is disputed
)

// anaphor returns how statement n takes up what it answers, and whether it says
// whose that is.
func (x *answerer) anaphor(n int) (how anaphor, owned bool) {
	w := x.piece(n)
	i := w.from
	for i < w.to && (x.ts[i].kind != wordToken || x.ts[i].low() == "that" && i+1 < w.to && x.ts[i+1].kind == wordToken && !x.ts[i+1].is(preposition) && !x.thatClaim(i, w)) {
		i++
	}
	if x.disclaims(i, w.to) {
		return involvement, false
	}
	if x.wasSo(i, w.to) || x.saysFalse(n) {
		return itself, false
	}
	for k := i + 1; k < min(w.to, i+8); k++ {
		if x.ts[k].low() == "such" && (x.ts[k-1].low() == "any" || x.ts[k-1].low() == "no") {
			return theClaim, false
		}
	}
	for k := i; k < min(w.to, i+3); k++ {
		if x.ts[k].low() == "such" {
			return theClaim, false // "with such a treatment"
		}
	}
	if i+2 < w.to && x.partWord(i) && x.lowAt(i+1) == "of" {
		i += 2 // "all of the claims"
	}
	p := x.phraseAfter(i, w.to, false)
	if p.empty() {
		p = x.bareDeterminer(min(i, w.to-1), i)
	}
	if p.empty() {
		return noAnaphor, false
	}
	if p.to-p.from == 1 {
		switch x.ts[p.from].low() {
		case "him", "her":
			if lemma := x.ss[n].Cue.Lemma; p.to == w.to && (lemma == "contradict" || lemma == "rebut" || lemma == "refute") {
				return itself, false
			}
		case "it", "this", "that", "these", "those", "them":
			if p.to < w.to && x.ts[p.to].kind == wordToken && !x.ts[p.to].is(preposition|conjunction|adverb|timeWord) {
				return noAnaphor, false // "confirming it will open"
			}
			return itself, false
		}
	}
	if next := p.from + 1; x.ts[p.from].is(possessive) && next < p.to {
		switch x.ts[next].low() {
		case "earlier", "previous", "own", "past", "former":
			return noAnaphor, false
		}
	}
	if p.to-p.from > 2 && x.ts[p.from].is(determiner|possessive) && (x.claimNoun(p.from+1) || x.lex.checks.lists["gossip"][x.word(p.from+1)]) && x.names(n) {
		p.to = p.from + 2 // "called the story absurd"
	}
	h := x.head(p)
	low := x.lex.low(&x.ts[h], x.text)
	if (low == "criticism" || low == "criticisms") && p.to < w.to && x.ts[p.to].low() == "of" {
		return noAnaphor, false // of whom, not by whom
	}
	lists := x.lex.checks.lists
	if (lists["plainclaim"][low] || lists["assertion"][low] || lists["answered"][low]) && (x.toldOf(p) || x.pluralNoun(h) && p.to == w.to || w.to <= x.parts[n].cue.from && p.to == w.to) {
		for k := p.from + 1; k < h; k++ {
			owned = owned || x.possessiveMark(k) || x.ts[k].kind == apostrophe
		}
		if lists["gossip"][low] {
			return gossip, owned
		}
		return theClaim, owned
	}
	if lemma := x.ss[n].Cue.Lemma; (lemma == "dispute" || lemma == "contest") && x.ts[p.from].low() == "the" && p.to-p.from <= 3 && p.to == w.to {
		return thatThing, false
	}
	return noAnaphor, false
}

// wasSo reports whether a content only says that what was told is so: "it
// happened", "that was the case", "this to be true".
func (x *answerer) wasSo(i, hi int) bool {
	if i+1 < hi && x.lowAt(i) == "that" && x.ts[i+1].is(determiner|personal) {
		i++
	}
	if i+1 >= hi || !x.ts[i].is(determiner|personal) && x.lowAt(i) != "that" {
		return false
	}
	switch x.lowAt(i) {
	case "it", "this", "that", "these", "any":
	default:
		return false
	}
	for k := i + 1; k < min(hi, i+7); k++ {
		switch x.lowAt(k) {
		case "happened", "happen", "happening", "occurred", "occur", "true", "so":
			return true
		case "place":
			return x.lowAt(k-1) == "took" || x.lowAt(k-1) == "take" || x.lowAt(k-1) == "taken"
		case "case":
			return x.lowAt(k-1) == "the"
		}
	}
	return false
}

// names reports whether a statement says what something is called.
func (x *answerer) names(n int) bool {
	switch x.ss[n].Cue.Lemma {
	case "call", "brand", "label", "describe":
		return true
	}
	return false
}

// piece returns the first piece of a content behind the cue, or where none
// stands there the first one.
func (x *answerer) piece(n int) words {
	at := &x.parts[n]
	for _, w := range at.content {
		if w.from >= at.cue.to {
			return w
		}
	}
	return at.content[0]
}

// disclaims reports whether a content says soon that somebody had no part in it.
func (x *answerer) disclaims(i, hi int) bool {
	for k := i; k < min(hi, i+8); k++ {
		switch x.lex.low(&x.ts[k], x.text) {
		case "involvement", "wrongdoing", "responsibility", "innocent", "innocence":
			return true
		case "part", "role", "hand", "knowledge":
			if prev := x.ts[max(k-1, i)].low(); prev == "no" || prev == "any" {
				return true
			}
		case "responsible", "involved":
			if x.ts[max(k-1, i)].is(negation) {
				return true
			}
		case "nothing":
			if k+1 >= hi {
				return false
			}
			switch x.lowAt(k + 1) {
			case "to", "wrong", "illegal", "improper", "inappropriate", "unlawful", "untoward", "unethical":
				return true
			}
			return false
		}
	}
	return false
}

// thatClaim reports whether the "that" at token i belongs to a noun for what was
// said, which is all of a content: "disputed that figure".
func (x *answerer) thatClaim(i int, w words) bool {
	low := x.lex.low(&x.ts[i+1], x.text)
	lists := x.lex.checks.lists
	return i+2 == w.to && (lists["plainclaim"][low] || lists["assertion"][low] || lists["answered"][low])
}

// ofTheClaim reports whether a content tells of claims that were made before: "the
// accusations were politically motivated".
func (x *answerer) ofTheClaim(n int) bool {
	how, owned := x.anaphor(n)
	w := x.piece(n)
	if i := w.from; x.ts[i].is(possessive) || i+1 < w.to && x.ts[i+1].is(possessive) {
		return false // "repeated his claim that"
	}
	return how == theClaim && !owned && x.verbWithin(w.from, min(w.to, w.from+8)) && !x.names(n)
}

// saysFalse reports whether a content begins with the words that what was said is
// not so: "That's not correct", "This is a lie".
func (x *answerer) saysFalse(n int) bool {
	w := x.parts[n].content[0]
	i := w.from
	for i < w.to && x.ts[i].kind != wordToken {
		i++
	}
	if i+2 >= w.to {
		return false
	}
	switch x.lowAt(i) {
	case "that", "this", "it":
	default:
		return false
	}
	if !x.ts[i+1].is(copula) && x.lowAt(i+1) != "'s" && x.lowAt(i+1) != "’s" {
		return false
	}
	not := false
	for k := i + 2; k < min(w.to, i+7) && x.ts[k].kind == wordToken; k++ {
		switch x.lowAt(k) {
		case "not", "n't", "n’t":
			not = true
		case "true", "correct", "accurate", "case", "happened":
			return not && x.lowAt(k-1) != "politically"
		case "false", "untrue", "incorrect", "lie", "inaccurate", "fabrication":
			return !not
		}
	}
	return false
}

// gainsays reports whether a content begins with the words that somebody is wrong
// or lies: "Ott was mistaken".
func (x *answerer) gainsays(n int) bool {
	const most = 8
	w := x.piece(n)
	be := x.names(n)
	for i := w.from; i < min(w.to, w.from+most); i++ {
		t := &x.ts[i]
		switch low := x.lowAt(i); {
		case t.kind == punctuation && t.mark != '-' && i > w.from, t.is(negation):
			return false
		case low == "lying", low == "mistaken", low == "misinformed", low == "misled", low == "liar", low == "wrong" && (i+1 == w.to || x.ts[i+1].kind != wordToken):
			return be
		case low == "lied":
			return true
		case t.is(copula), low == "'s", low == "be", low == "been":
			be = true
		}
	}
	return false
}
