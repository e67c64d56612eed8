package annotate

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
)

// This file says which statements a remark covers.

// Limits of the search for them: statements looked at, and paragraphs back.
const (
	mostLooked = 40
	farBack    = 2
	partyBack  = 8
	sidesBack  = 4
)

// covered returns the statements that a remark covers, how far it reaches, and
// the rule that says so. Acts and attitudes are covered only where nothing was
// said.
func (c *checker) covered(k *remark) ([]int, hearsay.Cover, string) {
	found, cover, rule := c.coveredSaid(k)
	if len(found) == 0 && k.rule.about != "telling" && k.rule.about != "itself" && !(k.rule.who == "-" && k.rule.finding == hearsay.Disputed) {
		k.relaxed = true
		found, cover, rule = c.coveredSaid(k)
	}
	return found, cover, rule
}

func (c *checker) coveredSaid(k *remark) ([]int, hearsay.Cover, string) {
	switch k.rule.about {
	case "itself":
		return c.coveredByNoun(k)
	case "cue":
		return []int{k.own}, hearsay.CoversStatement, "check-in-cue"
	case "telling", "text":
		return one(c.inClause(k)), hearsay.CoversStatement, "check-in-sentence"
	case "evidence":
		return one(k.evidenced), hearsay.CoversStatement, "check-evidence"
	case "press":
		if !k.topic.empty() && k.topic.to <= k.from {
			return one(c.inClause(k)), hearsay.CoversStatement, "check-in-sentence"
		}
		if n := c.written(k); n >= 0 {
			return []int{n}, hearsay.CoversStatement, "check-of-text"
		}
	case "relative":
		return one(c.endingBefore(k)), hearsay.CoversStatement, "check-in-sentence"
	}
	if k.rule.finding == hearsay.NoComment {
		found, rule := c.aboutParty(k)
		return found, hearsay.CoversStatement, rule
	}
	if n := c.named(k); n >= 0 {
		return []int{n}, hearsay.CoversStatement, "check-in-sentence"
	}
	if c.leads(k) {
		if n := c.cueBehind(k); n >= 0 {
			return []int{n}, hearsay.CoversStatement, "check-leads"
		}
	}
	if c.wide < mostWide {
		if c.wholeReport(k) {
			c.wide++
			return c.all(), hearsay.CoversReport, "check-of-report"
		}
		if name := c.wholeSpeaker(k); name != "" {
			c.wide++
			return c.allOf(name), hearsay.CoversSpeaker, "check-of-speaker"
		}
	}
	return c.follows(k)
}

// named returns the statement that the noun for what was checked reports itself:
// "contrary to his claim that the mill is safe". It is -1 for none.
func (c *checker) named(k *remark) int {
	if k.topic.empty() || k.rule.finding != hearsay.Disputed || k.topic.from < k.from {
		return -1
	}
	for n := c.at(k.topic.from); n < len(c.parts) && c.parts[n].anchor().from < k.topic.to; n++ {
		if cue := c.parts[n].cue; n != k.own && cue.from >= k.topic.from && cue.to <= k.topic.to+1 && !c.ss[n].Negated {
			return n
		}
	}
	return -1
}

func one(n int) []int {
	if n < 0 {
		return nil
	}
	return []int{n}
}

// checkable reports whether a statement is one that a remark may be about: it
// says something, and it is not the remark.
func (c *checker) checkable(n int, k *remark) bool {
	s, at := &c.ss[n], &c.parts[n]
	if n == k.own || n == k.told || s.Negated || s.Force == hearsay.Decline || at.inner || c.doc.Blocks[c.ts[at.anchor().from].block].Kind == hearsay.Heading {
		return false
	}
	if k.implied && k.rule.finding == hearsay.CouldNotVerify && at.speaker == k.subject && at.anchor().from >= k.s.from {
		return false // "said it was old but could not tell when it had been filmed"
	}
	if (s.Mode == hearsay.Act || s.Mode == hearsay.Attitude) && !k.relaxed {
		return false
	}
	switch s.Force {
	case hearsay.Ask, hearsay.Order, hearsay.Thank, hearsay.Promise:
		if !k.relaxed {
			return false
		}
	}
	w := at.anchor()
	return !(k.clause.from <= w.from && w.to <= k.clause.to)
}

// at returns the index of the first statement whose anchor is not before token i.
func (c *checker) at(i int) int {
	return sort.Search(len(c.parts), func(n int) bool { return c.parts[n].anchor().from >= i })
}

// inClause returns the statement that a phrase within its sentence belongs to:
// the nearest cue, one before the phrase rather than one behind, unless the
// sentence begins with the phrase.
func (c *checker) inClause(k *remark) int {
	before, behind := -1, -1
	for n := c.at(k.s.from); n < len(c.parts) && c.parts[n].anchor().from < k.s.to; n++ {
		if !c.checkable(n, k) {
			continue
		}
		if c.parts[n].anchor().from < k.from {
			before = n
		} else if behind < 0 {
			behind = n
		}
	}
	if (k.rule.about == "text" || k.rule.about == "press") && behind >= 0 && (before < 0 || c.speaksFor(behind, k)) {
		return behind
	}
	if before >= 0 {
		return before
	}
	return behind
}

// written returns the statement that the text was which those who report have
// seen or not seen: "I wrote to the ministry". It is -1 for none.
func (c *checker) written(k *remark) int {
	if k.topic.empty() || !c.lex.checks.lists["text"][c.lex.low(&c.ts[c.head(k.topic)], c.text)] {
		return -1
	}
	for n, looked := c.at(k.s.from)-1, 0; n >= 0 && looked < mostTold && c.blocksBack(n, k) <= farBack; n, looked = n-1, looked+1 {
		if c.ss[n].Mode == hearsay.Writing && !c.ss[n].Negated && c.doc.Blocks[c.ts[c.parts[n].anchor().from].block].Kind != hearsay.Heading {
			return n
		}
	}
	return -1
}

// speaksFor reports whether the text that a phrase is about is the speaker of a
// statement.
func (c *checker) speaksFor(n int, k *remark) bool {
	w := c.parts[n].speaker
	return !w.empty() && w.from <= k.from && k.topic.from < w.to
}

// endingBefore returns the statement of the same sentence that ends before or
// about a remark, or the last one before it in the paragraph.
func (c *checker) endingBefore(k *remark) int {
	best := -1
	for n := c.at(k.s.from); n < len(c.parts) && c.parts[n].anchor().from < k.clause.from; n++ {
		if c.checkable(n, k) {
			best = n
		}
	}
	if best >= 0 {
		return best
	}
	for n := c.at(k.s.from); n < len(c.parts) && c.parts[n].anchor().from < k.s.to; n++ {
		if at := &c.parts[n]; c.checkable(n, k) && at.content[0].from < k.from {
			return n
		}
	}
	return c.lastBefore(k)
}

// lastBefore returns the last statement before the remark's sentence in its
// paragraph or, where that has none, in the one before.
func (c *checker) lastBefore(k *remark) int {
	for n, looked := c.at(k.s.from)-1, 0; n >= 0 && looked < mostLooked; n, looked = n-1, looked+1 {
		if c.blocksBack(n, k) > farBack {
			return -1
		}
		if c.checkable(n, k) {
			return n
		}
	}
	return -1
}

// blocksBack returns how many paragraphs a statement stands before a remark.
func (c *checker) blocksBack(n int, k *remark) int {
	return int(k.s.block - c.ts[c.parts[n].anchor().from].block)
}

// leads reports whether a remark stands before the statement that it is about:
// "In claims that could not be verified, X said".
func (c *checker) leads(k *remark) bool {
	if k.clause.to >= k.s.to || c.ts[k.clause.to].kind != punctuation || c.ts[k.clause.to].mark != ',' {
		return false
	}
	first := &c.ts[k.s.from]
	if !first.is(preposition|subordinator) || first.low() == "that" {
		return false
	}
	return k.clause.from-k.s.from <= 3
}

// cueBehind returns the first statement of the sentence whose cue stands behind
// the remark.
func (c *checker) cueBehind(k *remark) int {
	for n := c.at(k.to); n < len(c.parts) && c.parts[n].anchor().from < k.s.to; n++ {
		if c.checkable(n, k) {
			return n
		}
	}
	return -1
}

// coveredByNoun returns what "the unverified claim" covers: the statement that
// the noun reports or that stands beside it, or where it has been told of the
// last one before.
func (c *checker) coveredByNoun(k *remark) ([]int, hearsay.Cover, string) {
	for n := c.at(k.s.from); n < len(c.parts) && c.parts[n].anchor().from < k.s.to; n++ {
		at := &c.parts[n]
		if at.inner || c.ss[n].Mode == hearsay.Attitude || c.ss[n].Mode == hearsay.Act {
			continue
		}
		touches := at.cue.from < k.clause.to && k.clause.from < at.cue.to || at.speaker.from < k.clause.to && k.clause.from < at.speaker.to
		if touches && !c.ss[n].Negated {
			return []int{n}, hearsay.CoversStatement, "check-in-sentence"
		}
	}
	for n := c.at(k.s.from); n < len(c.parts) && c.parts[n].anchor().from < k.s.to; n++ {
		at := &c.parts[n]
		if !c.checkable(n, k) {
			continue
		}
		next := at.cue.to <= k.clause.from && k.clause.from-at.cue.to <= 3
		for _, w := range at.content {
			next = next || w.from >= k.clause.to && w.from-k.clause.to <= 1
		}
		if next {
			return []int{n}, hearsay.CoversStatement, "check-in-sentence"
		}
	}
	if !c.toldOf(k.clause) || c.ts[min(k.to, k.s.to-1)].low() == "that" {
		return nil, "", ""
	}
	k.topic = k.clause
	return c.follows(k)
}

// wholeReport reports whether a remark is about all that the report tells: "none
// of the figures in this report".
func (c *checker) wholeReport(k *remark) bool {
	from, to := k.clause.from, min(k.clause.to+1, k.s.to)
	for i := from; i+2 < to && i-from < 40; i++ {
		if c.word(i) != "in" && c.word(i) != "throughout" || c.ts[i+1].low() != "this" && c.ts[i+1].low() != "the" {
			continue
		}
		switch c.word(i + 2) {
		case "report", "article", "story", "dispatch":
			return c.ts[i+1].low() == "this"
		}
	}
	return false
}

// wholeSpeaker returns the name of the speaker all of whose statements a remark
// is about: "none of his claims".
func (c *checker) wholeSpeaker(k *remark) string {
	i := k.topic.from
	if k.topic.empty() || k.topic.to-i < 4 || c.ts[i+1].low() != "of" {
		return ""
	}
	switch c.ts[i].low() {
	case "none", "any", "all", "most", "few":
	default:
		return ""
	}
	return c.owner(words{i + 2, k.topic.to}, k)
}

// owner returns the name of the one whose claims a phrase is about: "his
// assertions", "Ott's figures"; "" where it does not say.
func (c *checker) owner(w words, k *remark) string {
	for w.from < w.to && c.ts[w.from].is(determiner) && !c.ts[w.from].is(possessive) {
		w.from++
	}
	if w.empty() {
		return ""
	}
	if t := &c.ts[w.from]; t.is(possessive) {
		if n := c.spokeLast(k, t.low()); n >= 0 {
			return c.ss[n].Speaker.Name
		}
		return ""
	}
	for i := w.from; i < w.to; i++ {
		if c.possessiveMark(i) || c.ts[i].kind == apostrophe {
			m, _ := c.r.mention(words{w.from, i}, false)
			return m.Name
		}
	}
	return ""
}

// spokeLast returns the last statement before a remark whose speaker "his",
// "her", "its" or "their" can mean, -1 for none.
func (c *checker) spokeLast(k *remark, whose string) int {
	for n, looked := c.at(k.clause.from)-1, 0; n >= 0 && looked < mostLooked; n, looked = n-1, looked+1 {
		if c.blocksBack(n, k) > farBack {
			return -1
		}
		m := c.ss[n].Speaker
		if !c.checkable(n, k) || m == nil {
			continue
		}
		body := m.Kind == hearsay.ByOrganisation
		switch whose {
		case "his", "her":
			if body || m.Kind == hearsay.ByGroup {
				continue
			}
			if q := c.r.people.byName[strings.ToLower(m.Name)]; q != nil && q.sex != 0 && q.sex != sexOf(strings.Replace(whose, "his", "he", 1)) {
				continue
			}
		case "its":
			if !body {
				continue
			}
		}
		return n
	}
	return -1
}

// all returns all statements that are no remarks.
func (c *checker) all() []int {
	var out []int
	for n := range c.ss {
		if !c.parts[n].inner && c.ss[n].Force != hearsay.Decline && !c.ss[n].Negated {
			out = append(out, n)
		}
	}
	return out
}

// allOf returns all statements of a speaker.
func (c *checker) allOf(name string) []int {
	var out []int
	for _, n := range c.all() {
		if m := c.ss[n].Speaker; m != nil && m.Name == name && c.ss[n].Mode != hearsay.Attitude {
			out = append(out, n)
		}
	}
	return out
}

// follows returns the statements before a remark that it is about, by what it
// calls them.
func (c *checker) follows(k *remark) ([]int, hearsay.Cover, string) {
	if p := &c.prev; p.rule != nil && p.rule.about == "evidence" && p.s.to == k.s.from && k.rule.about == "any" && k.topic.empty() && k.subject.empty() {
		return p.statements, hearsay.CoversStatement, "check-joined"
	}
	near := c.near(k)
	if len(near) > 0 && c.aboutUnsaid(near[0], k) {
		return nil, "", ""
	}
	if len(near) == 0 {
		if n := c.cueBehind(k); n >= 0 && k.rule.finding != hearsay.Denied && !c.toldOf(k.clause) && !c.hasPronoun(k.topic) {
			return []int{n}, hearsay.CoversStatement, "check-leads"
		}
		return nil, "", ""
	}
	if c.bothSides(k) {
		return c.sides(k, near), hearsay.CoversStatement, "check-of-both"
	}
	plural := c.severalClaims(k.topic)
	near = c.fitting(k, near, plural)
	if told := c.toldByOne(k, near); len(told) > 0 {
		return told, hearsay.CoversStatement, "check-follows"
	}
	if name := c.owner(k.topic, k); name != "" {
		var of []int
		for _, n := range near {
			if m := c.ss[n].Speaker; m != nil && m.Name == name {
				of = append(of, n)
			}
		}
		if !plural && len(of) > 1 {
			of = of[:1]
		}
		if len(of) == 0 && len(near) > 0 {
			if n := c.before(near[len(near)-1], k, func(n int) bool { m := c.ss[n].Speaker; return m != nil && m.Name == name }); n >= 0 {
				of = []int{n}
			}
		}
		if len(of) > 0 {
			return of, hearsay.CoversStatement, "check-follows"
		}
		if !slices.ContainsFunc(near, func(n int) bool { m := c.ss[n].Speaker; return m == nil || m.Name == "" }) {
			return nil, "", "" // the claims of somebody else
		}
	}
	if plural && !c.sameSentence(near[0], k) {
		return near, hearsay.CoversStatement, "check-follows"
	}
	return near[:1], hearsay.CoversStatement, "check-follows"
}

// toldByOne returns all that one speaker told before a remark on the whole of
// it: "Her account could not be corroborated".
func (c *checker) toldByOne(k *remark, near []int) []int {
	w := k.topic
	if w.empty() || !c.ts[w.from].is(possessive) || len(near) < 2 || !c.lex.checks.lists["whole"][c.lex.low(&c.ts[c.head(w)], c.text)] {
		return nil
	}
	me := c.partyOf(near[0])
	out := near[:1:1]
	for _, n := range near[1:] {
		if c.sameVoice(near[0], n, me) {
			out = append(out, n)
		}
	}
	return out
}

// sameVoice reports whether statement n is by the speaker of statement m, whose
// party is me.
func (c *checker) sameVoice(m, n int, me party) bool {
	a, b := c.ss[m].Speaker, c.ss[n].Speaker
	if a != nil && b != nil && a.Name != "" {
		return a.Name == b.Name
	}
	x, y := c.parts[m].speaker, c.parts[n].speaker
	if x.empty() || y.empty() {
		return false
	}
	return me.any() && c.partyOf(n).same(me) || c.low(c.ts[c.head(x)]) == c.low(c.ts[c.head(y)])
}

func (c *checker) sameSentence(n int, k *remark) bool {
	return c.parts[n].anchor().from >= k.s.from
}

func (c *checker) hasPronoun(w words) bool {
	return !w.empty() && w.to-w.from == 1 && c.ts[w.from].is(third|personal)
}

// near returns the statements before a remark in its sentence, else in its
// paragraph, else in the last paragraph that has any; the last one first.
func (c *checker) near(k *remark) []int {
	var out []int
	block := int32(-1)
	for n, looked := c.at(k.clause.from)-1, 0; n >= 0 && looked < mostLooked; n, looked = n-1, looked+1 {
		if c.blocksBack(n, k) > farBack {
			break
		}
		if !c.checkable(n, k) {
			continue
		}
		b := c.ts[c.parts[n].anchor().from].block
		if block >= 0 && b != block {
			break
		}
		block = b
		out = append(out, n)
	}
	return out
}

// severalClaims reports whether a phrase is in the plural.
func (c *checker) severalClaims(w words) bool {
	if w.empty() {
		return false
	}
	if w.to-w.from == 1 && (c.ts[w.from].low() == "they" || c.ts[w.from].low() == "these" || c.ts[w.from].low() == "those" || c.ts[w.from].low() == "them") {
		return true
	}
	if c.ts[w.from].is(determiner|indefinite) && w.from+2 < w.to && c.ts[w.from+1].low() == "of" {
		w.from += 2
	}
	return c.pluralNoun(c.head(w))
}

// bothSides reports whether a phrase is about the claims of two sides.
func (c *checker) bothSides(k *remark) bool {
	w := k.topic
	if w.empty() && k.rule.about == "none" {
		w = k.subject
	}
	for i := w.from; i < w.to && i < w.from+5; i++ {
		switch c.lex.low(&c.ts[i], c.text) {
		case "either", "neither", "both", "rival", "competing", "conflicting", "two", "opposing":
			return true
		}
	}
	return false
}

// sides returns the last statement before a remark, and the last one of another
// side. Who speaks for "its" or "his" is of the side before.
func (c *checker) sides(k *remark, near []int) []int {
	out := near[:1:1]
	first, other := "", -1
	for n, looked := near[0], 0; n >= 0 && looked < mostLooked && c.blocksBack(n, k) <= sidesBack; n, looked = n-1, looked+1 {
		w := c.parts[n].speaker
		if !c.checkable(n, k) || w.empty() || c.ts[w.from].is(possessive) {
			continue
		}
		switch side := c.party(n); {
		case first == "":
			first = side
		case side == first || other >= 0 && side != c.party(other) && c.ss[n].Force != hearsay.Accuse:
		case c.ss[n].Quoting != hearsay.Direct && (other < 0 || c.ss[n].Force == hearsay.Accuse):
			return append(out, n)
		case other < 0 && c.blocksBack(n, k) <= farBack:
			other = n
		}
	}
	if other >= 0 {
		out = append(out, other)
	}
	return out
}

// party returns what a statement's speaker is known by.
func (c *checker) party(n int) string {
	m := c.ss[n].Speaker
	if m == nil {
		return ""
	}
	if m.Name != "" {
		return m.Name
	}
	return strings.ToLower(m.In(c.text))
}
