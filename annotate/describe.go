package annotate

import (
	"sort"
	"strings"

	"hearsay"
)

// noun resolves descriptions: "the outgoing harbour chief", "critics", "a
// source close to the talks".
func (r *resolver) noun(m *hearsay.Mention, w words) hearsay.Reason {
	a := r.a
	head := a.headNoun(w)
	t := &a.ts[head]
	_, described := r.described(w)
	indefinite := !a.definite(w)
	switch {
	case t.is(unnamed) && !t.capital && (indefinite || t.is(group) || w.from == head) || indefinite && a.hides(w) && t.is(role|unnamed):
		m.Kind = hearsay.ByAnonymous
		if t.is(group) && !a.hides(w) {
			m.Kind = hearsay.ByGroup
		}
		m.Why = hearsay.WhyUnnamed
	case a.lex.bodyNouns[a.low(*t)] && !t.is(role) && (a.low(*t) != "staff" || head > w.from && a.lowAt(head-1) == "general"), a.lex.companies[a.low(*t)] && !indefinite && !t.is(role):
		m.Kind = hearsay.ByOrganisation
		rule, at := r.organisation(m, w, head)
		return hearsay.Reason{Rule: rule, Span: at}
	case r.share(w, head) || r.teamOf(w, head):
		m.Kind, m.Why = hearsay.ByGroup, hearsay.WhyUnnamed
		return hearsay.Reason{Rule: "speaker-group", Span: m.Span}
	case r.both(m, w, head):
		return hearsay.Reason{Rule: "speaker-both", Span: m.Span}
	case t.is(group) && !t.is(document) || a.folk(head) || a.pluralNoun(head) && !t.is(document|organisation) && (!t.capital || r.groupAtStart(w) || head == w.from && r.manyAtStart(w)), a.lowAt(w.from) == "each" && t.is(organisation|group) || a.lex.sides[a.low(*t)] && (a.lowAt(w.from) == "each" || a.lowAt(w.from) == "neither" || a.lowAt(w.from) == "either"):
		m.Kind, m.Why = hearsay.ByGroup, hearsay.WhyUnnamed
		return hearsay.Reason{Rule: "speaker-group", Span: m.Span}
	case t.is(demonym) && t.capital && head == w.to-1:
		return r.person(m, w, head, indefinite)
	case t.is(organisation|document) && !t.is(role) || t.capital && !t.is(role|title) && !(head == w.from && r.common(head)) || described:
		m.Kind = hearsay.ByOrganisation
		rule, at := r.organisation(m, w, head)
		return hearsay.Reason{Rule: rule, Span: at}
	case r.thing(w, head):
		m.Kind = hearsay.ByNoun
		rule, at := r.organisation(m, w, head)
		return hearsay.Reason{Rule: rule, Span: at}
	default:
		return r.person(m, w, head, indefinite)
	}
	return hearsay.Reason{Rule: "speaker-description", Span: m.Span}
}

// share reports whether a phrase tells of a number or a part of many, or of those
// whom one word stands for: "54 percent of voters", "those who stayed", "the
// audience".
func (r *resolver) share(w words, head int) bool {
	a := r.a
	first := w.from
	for first < head && (a.ts[first].is(determiner|adverb|preposition) && !a.ts[first].is(possessive)) {
		first++
	}
	t := &a.ts[first]
	low := a.low(a.ts[head])
	if k := a.behindAmount(w); k > w.from && k < w.to && a.lowAt(k) == "of" && partOf[a.lowAt(k-1)] {
		return true // "many of the town's shopkeepers", "fewer than half of the voters"
	}
	if numerals[a.low(*t)] && a.lowAt(first+1) == "in" && first+2 < w.to && (a.ts[first+2].kind == numberToken || numerals[a.lowAt(first+2)]) {
		return true // "nine in ten voters"
	}
	return t.kind == numberToken && first < w.to-1 && !strings.Contains(t.In(a.text), "-") || low == "percent" || a.lex.many[low] || a.lex.many[a.low(*t)] || a.lowAt(w.from) == "those"
}

// partOf are the words that tell of several of many: "most of the miners".
var partOf = map[string]bool{"many": true, "some": true, "most": true, "several": true, "few": true, "both": true, "all": true, "none": true, "half": true}

// teamOf reports whether a phrase tells of several by the noun of a body: "a team of
// divers", and later "the group" and "the team" where it stands for them.
func (r *resolver) teamOf(w words, head int) bool {
	a := r.a
	if !a.ts[head].is(organisation) || a.ts[head].capital {
		return false
	}
	switch a.low(a.ts[head]) {
	case "team", "group", "crew", "panel", "coalition":
	default:
		return false
	}
	if head+2 < w.to && a.lowAt(head+1) == "of" {
		last := a.head(words{head + 2, w.to})
		return !a.ts[last].capital && (a.ts[last].is(group) || a.pluralNoun(last))
	}
	if a.definite(w) && head-w.from < 2 {
		if t, ok := r.lastTeam(w.from); ok {
			return r.teamOf(t, a.headNoun(t)) && len(r.people.bodies[a.low(a.ts[head])]) == 0
		}
	}
	return false
}

// lastTeam returns the description of several by the noun of a body that stands
// nearest before token i.
func (r *resolver) lastTeam(i int) (words, bool) {
	var best words
	for _, noun := range []string{"team", "group", "crew", "panel", "coalition"} {
		t := r.told[noun]
		if j := sort.Search(len(t), func(j int) bool { return t[j].from >= i }); j > 0 && t[j-1].from >= best.from {
			best = t[j-1]
		}
	}
	return best, !best.empty() && !r.a.definite(best)
}

// thing reports whether a description is of no person: its head is no noun of those
// that name one, nor built as they are.
func (r *resolver) thing(w words, head int) bool {
	a := r.a
	t := &a.ts[head]
	low := a.low(*t)
	if a.personNoun(head) || t.kind != wordToken || strings.Contains(low, "-") {
		return false
	}
	for _, end := range []string{"er", "or", "ant", "ent", "ee", "ite", "ese", "hand", "kid", "teen", "child", "self", "hero", "guy", "one"} {
		if strings.HasSuffix(low, end) {
			return false
		}
	}
	definite := a.lowAt(w.from) == "the" || a.lowAt(w.from) == "this" || a.lowAt(w.from) == "that"
	return definite && !a.lex.many[low] && (a.inner(w).to-a.inner(w).from > 1 || r.told[low] != nil)
}

// headNoun returns the head noun of a phrase as head does, but for a participle or
// an adverb behind it: "a study published in", "a woman there".
func (a *analysis) headNoun(w words) int {
	h := a.head(w)
	for i := w.from + 1; i < h; i++ {
		if a.tells(i) {
			return i - 1
		}
	}
	if h-1 > w.from && (a.tells(h) || a.ts[h].is(adverb) && !a.ts[h].is(role|group)) && a.ts[h-1].kind == wordToken && !a.ts[h-1].is(determiner|possessive) {
		h--
	}
	return h
}

// tells reports whether token i is a participle that says more of the noun before
// it.
func (a *analysis) tells(i int) bool {
	t := &a.ts[i]
	s := t.In(a.text)
	if i > 0 && i+1 < len(a.ts) && !t.capital && a.ingAt(i) && t.quote == a.ts[i+1].quote && a.ts[i+1].is(determiner) && a.ts[i-1].is(organisation|document) {
		return true // "the committee investigating the affair"
	}
	if t.capital || i+1 >= len(a.ts) || !a.ts[i+1].is(preposition) || i == 0 || a.ts[i-1].is(determiner|possessive) || strings.Contains(s, "-") {
		return false
	}
	return len(s) > 5 && strings.HasSuffix(s, "ed") || t.is(plainVerb) || t.lex != nil && t.lex.form&participle != 0 && !t.is(role|organisation|document|group)
}

// person resolves a description of one person.
func (r *resolver) person(m *hearsay.Mention, w words, head int, indefinite bool) hearsay.Reason {
	m.Kind = hearsay.ByNoun
	if indefinite || r.ofSpeaker(w) {
		m.Why = hearsay.WhyUnnamed
		if q, role := r.namedLater(w, head); q != nil {
			m.Why = ""
			r.take(m, q)
			return hearsay.Reason{Rule: "speaker-named-later", Span: role}
		}
		return hearsay.Reason{Rule: "speaker-description", Span: m.Span}
	}
	if q := r.byAge(agedWord(r.a.low(r.a.ts[r.agedAt(w)]))); q != nil {
		r.take(m, q)
		return hearsay.Reason{Rule: "speaker-age", Span: q.first}
	}
	w = r.a.beforeClause(w, head)
	holder, role := r.byRole(w, head)
	elsewhere := holder != nil && r.otherPlace(w, role)
	met, stranger := r.metBefore(w, head)
	if stranger && holder != nil && w.to-w.from == 2 && !strings.Contains(strings.ToLower(role.In(r.a.text)), r.a.low(r.a.ts[head])) {
		holder = nil // "the diplomat" is the one met as "a senior diplomat", not the minister
	}
	if holder != nil && !elsewhere {
		r.take(m, holder)
		return hearsay.Reason{Rule: "speaker-role", Span: role}
	}
	if t := r.inOffice(w); t != nil {
		return r.takeHolder(m, w, t)
	}
	if l := r.people.bodies[r.a.low(r.a.ts[head])]; len(l) > 0 && !r.a.ts[head].is(organisation) {
		if at, ok := r.firmCalled(w, head); ok {
			m.Kind, m.Name = hearsay.ByOrganisation, at.In(r.a.text)
			return hearsay.Reason{Rule: "speaker-named-before", Span: at}
		}
	}
	if stranger {
		m.Why = hearsay.WhyUnnamed
		return hearsay.Reason{Rule: "speaker-last-unnamed", Span: r.a.span(met)}
	}
	if q := r.inView(w, head); q != nil && !r.related(w, head) && !(elsewhere && q == holder) {
		r.take(m, q)
		return hearsay.Reason{Rule: "speaker-in-view", Span: q.first}
	}
	m.Why = hearsay.WhyNotInReport
	return hearsay.Reason{Rule: "speaker-description", Span: m.Span}
}

// ofSpeaker reports whether a phrase tells of somebody by whose he or she is to the one
// who speaks: "my doctor".
func (r *resolver) ofSpeaker(w words) bool {
	switch r.a.lowAt(w.from) {
	case "my", "our", "your":
		return true
	}
	return false
}

// metBefore returns where the report told of somebody without a name by the noun that
// "the aide" takes up: "a senior aide".
func (r *resolver) metBefore(w words, head int) (words, bool) {
	const near = 250 // tokens
	a := r.a
	if a.lowAt(w.from) != "the" || a.heading(w.from) {
		return words{}, false
	}
	l := r.met[a.low(a.ts[head])]
	k := sort.Search(len(l), func(k int) bool { return l[k].from >= w.from })
	if k == 0 || w.from-l[k-1].from > near {
		return words{}, false
	}
	return l[k-1], true
}

// strangers finds where somebody is told of by a noun behind "a", and by no name.
func (a *analysis) strangers() map[string][]words {
	const most = 4 // words before the noun
	found := map[string][]words{}
	for i := range a.ts {
		t := &a.ts[i]
		if low := t.low(); low != "a" && low != "an" && low != "another" {
			continue
		}
		for j := i + 1; j < len(a.ts) && j <= i+1+most && a.ts[j].block == t.block && a.ts[j].kind == wordToken && !a.ts[j].is(preposition|auxiliary|determiner|relative); j++ {
			next := j + 1
			if !a.personNoun(j) || a.ts[j].is(group) || a.ts[j].capital || next < len(a.ts) && a.ts[next].block == t.block && (a.personNoun(next) || a.noun(next) && a.ts[next].kind == wordToken) {
				continue
			}
			if before := i - 1; before < 0 || a.ts[before].block != t.block || !a.ts[before].is(copula) && a.ts[before].low() != "as" && a.ts[before].mark != ',' || a.saysAfter(next, len(a.ts)) {
				found[a.low(a.ts[j])] = append(found[a.low(a.ts[j])], words{i, j + 1})
			}
			break
		}
	}
	return found
}

// beforeClause returns a phrase without the comma behind its head and what follows:
// "the striker, who had not scored".
func (a *analysis) beforeClause(w words, head int) words {
	for i := head + 1; i < w.to; i++ {
		if a.ts[i].kind == punctuation && a.ts[i].mark == ',' || a.ts[i].low() == "who" {
			w.to = i
		}
	}
	return w
}

// agedAt returns the token of a phrase that tells an age, its first where there is none.
func (r *resolver) agedAt(w words) int {
	for i := w.from; i < w.to && i < w.from+4; i++ {
		if agedWord(r.a.low(r.a.ts[i])) > 0 {
			return i
		}
	}
	return w.from
}

// namedLater returns the person whom the opening of a report only describes, and
// whom it names further on by the same office: "A coroner said ... The assistant
// coroner, Ann Ott, ...". Only one may hold it.
func (r *resolver) namedLater(w words, head int) (*person, hearsay.Span) {
	const opening = 3 // sentences of the body
	a := r.a
	low := a.lowAt(w.from)
	if low != "a" && low != "an" || head-w.from > 2 || a.heading(w.from) || !a.ts[head].is(role) || a.ts[head].is(unnamed|group) || !a.outside(w.from) || len(r.sights) == 0 {
		return nil, hearsay.Span{}
	}
	if r.sentenceIndex(w.from) >= r.body+opening || r.sightsBefore(w.from) > 0 {
		return nil, hearsay.Span{}
	}
	if w.to > head+1 {
		return nil, hearsay.Span{}
	}
	var found *person
	var at hearsay.Span
	for _, q := range r.byWord[a.low(a.ts[head])] {
		for _, role := range q.roles {
			if role.tacit || found == q {
				continue
			}
			if found != nil {
				return nil, hearsay.Span{}
			}
			found, at = q, role.Span
		}
	}
	return found, at
}

// related reports whether a phrase tells of somebody by whose she or he is: "Ott's
// sister", "his lawyer". The owner is somebody else.
func (r *resolver) related(w words, head int) bool {
	a := r.a
	for i := w.from; i < head; i++ {
		if a.possessiveMark(i) || a.ts[i].kind == apostrophe || a.ts[i].is(possessive) {
			return true
		}
	}
	return false
}

// both resolves "both leaders", "the two men", "the pair" by the two who were named
// together last.
func (r *resolver) both(m *hearsay.Mention, w words, head int) bool {
	const near = 150 // tokens
	a := r.a
	first, second := a.lowAt(w.from), a.lowAt(min(w.from+1, w.to-1))
	low := a.low(a.ts[head])
	two := first == "both" || first == "the" && (second == "two" || second == "both") || first == "the" && w.to-w.from == 2 && (low == "pair" || low == "duo" || low == "couple")
	if !two || w.to-w.from > 3 {
		return false
	}
	g, ok := r.lastSeveral(w.from, near, func(g several) bool {
		return strings.Count(g.name, " and ") == 1 && !strings.Contains(g.name, ",")
	})
	if ok {
		m.Kind, m.Name = hearsay.ByGroup, g.name
	}
	return ok
}

// surelyPerson reports whether a row of capitalised words names somebody who is a
// person beyond doubt.
func (r *resolver) surelyPerson(run nameRun) bool {
	a := r.a
	if g := r.sightAt(run.from); g != nil && g.q != nil && g.q.sure {
		return true
	}
	if !run.titles.empty() {
		return true
	}
	_, given := a.lex.given[a.low(a.ts[run.name.from])]
	return given && run.name.to-run.name.from > 1
}

// deepName returns the name behind small words: "the retired officer Ann Ott".
func (r *resolver) deepName(w words) (nameRun, bool) {
	const most = 8
	a := r.a
	for i := w.from; i < w.to && i < w.from+most; i++ {
		t := &a.ts[i]
		if t.kind != wordToken || t.is(preposition|relative) {
			break
		}
		if run, ok := a.nameRun(i); ok && run.to <= w.to && !run.name.empty() && i > w.from && (a.ts[i-1].is(role) || a.personNoun(i-1) && run.name.to-run.name.from > 1) {
			return run, true
		}
	}
	return nameRun{}, false
}
