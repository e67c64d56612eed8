package annotate

import (
	"slices"

	"hearsay"
)

// This file ties what stands directly behind something to it: evidence against
// it, the other words of one who denies it, the plea of an accused.

// contradicts returns the statement that evidence speaks against, where the words
// of statement n are a remark that disputes it; -1 for none.
func (x *answerer) contradicts(n int) int {
	if x.parts[n].cue.empty() || x.ss[n].Negated || x.ss[n].Force == hearsay.Decline {
		return -1
	}
	cue := x.span(x.parts[n].cue)
	for i, looked := n-1, 0; i >= 0 && looked < mostAnswered; i, looked = i-1, looked+1 {
		for _, k := range x.ss[i].Checks {
			if k.Finding == hearsay.Disputed && k.Overlaps(cue) && x.ss[n].Mode == hearsay.Evidence {
				return i
			}
		}
	}
	return -1
}

// carriesOn returns the denial that the sentence directly before statement n
// holds, and that another voice of the same side goes on with: "The company
// rejected the claim. 'Not one of them works here,' its director said."
func (x *answerer) carriesOn(n int) int {
	at := &x.parts[n]
	s := x.sentenceOf(at.anchor().from)
	if x.ss[n].Quoting == hearsay.Indirect || x.ss[n].Addressee != nil || at.inner || s.from == 0 || at.content[0].from > s.from+2 {
		return -1
	}
	switch x.ss[n].Force {
	case hearsay.Say, hearsay.Claim, hearsay.Deny, hearsay.Accuse:
	default:
		return -1
	}
	if x.ss[n].Cue.Lemma == "add" {
		return -1
	}
	k := x.previous(n)
	if k < 0 || x.of[k] < 0 || x.ss[k].Force != hearsay.Deny || x.blockAt(k) != x.blockAt(n) || x.sentenceOf(x.parts[k].anchor().from).to != s.from {
		return -1
	}
	me, body := x.ss[n].Speaker, x.ss[k].Speaker
	if me == nil || body == nil || body.Kind != hearsay.ByOrganisation || me.Kind != hearsay.ByName && me.Kind != hearsay.ByNoun || x.partyOf(n).same(x.partyOf(x.of[k])) {
		return -1
	}
	return k
}

// pleads returns the accusation that a plea answers; -1 for none.
func (x *answerer) pleads(n int) int {
	at := &x.parts[n]
	if at.inner || x.ss[n].Cue.Lemma != "plead not guilty" {
		return -1
	}
	for i, looked := n-1, 0; i >= 0 && looked < mostAnswered && x.blockAt(n)-x.blockAt(i) <= answerBack; i, looked = i-1, looked+1 {
		if x.parts[i].inner || x.ss[i].Negated || x.heading(i) {
			continue
		}
		if x.ss[i].Force == hearsay.Accuse || x.charges(i) {
			return i
		}
	}
	return -1
}

// charges reports whether a statement tells a charge to a court, or is one.
func (x *answerer) charges(i int) bool {
	w := x.parts[i].speaker
	for k := w.from; k < w.to && k < w.from+8; k++ {
		switch low := x.lex.low(&x.ts[k], x.text); {
		case low == "indictment", low == "complaint", low == "lawsuit", low == "filing", x.lex.checks.lists["tribunal"][low] && low != "judge":
			return true
		}
	}
	return false
}

func (x *answerer) heading(i int) bool {
	return x.doc.Blocks[x.blockAt(i)].Kind == hearsay.Heading
}

// rivals returns the statement of another side, told shortly before, whose count
// of people statement n gives otherwise; -1 for none.
func (x *answerer) rivals(n int) int {
	if x.parts[n].inner || x.ss[n].Quoting == hearsay.Direct || x.ss[n].Mode != hearsay.Speech && x.ss[n].Mode != hearsay.Writing {
		return -1
	}
	me := x.partyOf(n)
	mine := slices.IndexFunc(x.ss[n].Numbers, x.ofPeople)
	if mine < 0 || !me.any() {
		return -1
	}
	for i, looked := n-1, 0; i >= 0 && looked < mostTold && x.blockAt(n)-x.blockAt(i) <= 1; i, looked = i-1, looked+1 {
		if !x.answerable(i, n, me) || !x.partyOf(i).any() {
			continue
		}
		at := slices.IndexFunc(x.ss[i].Numbers, x.ofPeople)
		if at < 0 {
			continue
		}
		a, b := &x.ss[n].Numbers[mine], &x.ss[i].Numbers[at]
		disputes := x.ss[n].Force == hearsay.Claim || x.ss[n].Force == hearsay.Deny || x.ss[n].Cue.Lemma == "put"
		if disputes && !allows(b, a.Value) && !allows(a, b.Value) && (a.Unit == b.Unit || x.deaths(a) == x.deaths(b)) {
			return i
		}
	}
	return -1
}

// ofPeople reports whether a number counts people, dead or alive.
func (x *answerer) ofPeople(q hearsay.Quantity) bool {
	return !q.Share && x.lex.checks.lists["toll"][q.Unit]
}

// deaths reports whether a number tells of dead.
func (x *answerer) deaths(q *hearsay.Quantity) bool {
	switch q.Did {
	case "kill", "die", "dead":
		return true
	}
	switch q.Unit {
	case "body", "dead", "death", "burial", "corpse", "grave":
		return true
	}
	return false
}

// sharedNames returns how many names the contents of two statements share beside
// that of the one who answers.
func (x *answerer) sharedNames(i, n int, me party) int {
	shared, looked := 0, 0
	for _, w := range x.parts[n].content {
		for k := w.from; k < w.to && looked < mostCompared; k++ {
			looked++
			t := &x.ts[k]
			if t.kind != wordToken || !t.capital || t.is(title|timeWord|determiner|personal|possessive|preposition|conjunction) || k == w.from || x.low(*t) == me.name {
				continue
			}
			if x.mentions(i, party{name: x.low(*t)}) {
				shared++
			}
		}
	}
	return min(shared, 2)
}

// ofOneself reports whether a denial is of what its speaker is said to have done:
// "denied having sold it", "denied that he had sold it".
func (x *answerer) ofOneself(n int) bool {
	w := x.piece(n)
	i := w.from
	if i+1 < w.to && x.lowAt(i) == "that" {
		i++
	}
	if i >= w.to || w.from < x.parts[n].cue.to {
		return false
	}
	return x.ingAt(i) || x.ts[i].is(third) && x.lowAt(i) != "it" && x.lowAt(i) != "them"
}
