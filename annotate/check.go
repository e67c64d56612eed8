package annotate

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
)

// A remark is what the report says in one clause of the truth of statements.
type remark struct {
	words     // the phrase that checks.txt has
	rule      *checkRule
	s         sentence
	subject   words // of its verb
	implied   bool  // the subject stands at a verb before
	verb      int   // where its verb group begins
	topic     words // the noun phrase for what was checked
	clause    words // all of it
	who       words // who checked, or would not say
	own       int   // the statement that the remark itself is, -1 for none
	relaxed   bool  // it may be about acts and attitudes
	told      int   // the statement in which somebody tells it of himself, -1 for none
	evidenced int   // the statement that evidence is about
}

// A checker finds the remarks of a report and ties them to its statements.
type checker struct {
	*analysis
	ss    []hearsay.Statement
	parts []attribution
	r     *resolver
	wide  int // checks that cover a speaker or the report
	prev  coverage
}

// A coverage is what the last remark covered.
type coverage struct {
	remark
	statements []int
}

// Limits, so that no report costs more than its length: checks of a statement,
// and checks of a report that cover more than a few paragraphs.
const (
	mostChecks = 8
	mostWide   = 8
)

// checks ties what the report says of the truth of statements to them.
func (a *analysis) checks(ss []hearsay.Statement, parts []attribution, r *resolver) {
	if len(ss) == 0 {
		return
	}
	c := &checker{analysis: a, ss: ss, parts: parts, r: r}
	for _, s := range a.ss {
		if a.doc.Blocks[s.block].Kind == hearsay.Heading || a.asks(s) {
			continue
		}
		for i := s.from; i < s.to; i++ {
			if k, ok := c.remarkAt(i, s); ok {
				c.record(&k)
				i = k.to - 1
			}
		}
	}
}

// asks reports whether a sentence is a question of the report's own.
func (a *analysis) asks(s sentence) bool {
	t := &a.ts[s.to-1]
	return t.kind == punctuation && t.mark == '?' && a.outside(s.to-1)
}

// remarkAt returns the longest remark whose phrase begins with token i.
func (c *checker) remarkAt(i int, s sentence) (remark, bool) {
	t := &c.ts[i]
	if t.kind != wordToken || !c.outside(i) || t.capital && i > s.from && !c.outside(i-1) {
		return remark{}, false
	}
	var best remark
	for _, n := range c.lex.checks.byFirst[c.lex.low(t, c.text)] {
		rule := &c.lex.checks.rules[n]
		end := c.matchCheck(rule, i, s.to)
		if end <= best.to {
			continue
		}
		k := remark{words: words{i, end}, rule: rule, s: s, own: -1, told: -1}
		if c.understand(&k) {
			best = k
		}
	}
	return best, !best.empty()
}

// understand fills in what stands about the phrase, and reports whether it is
// the report's own remark on the truth of a statement.
func (c *checker) understand(k *remark) bool {
	if k.from > k.s.from && c.ts[k.from].capital {
		return false // part of a name
	}
	if k.rule.about != "text" && k.rule.about != "telling" {
		k.own = c.ownStatement(k)
	}
	if !c.verbAllows(k) {
		return false
	}
	c.findSubject(k)
	if c.oneself(k) || !c.about(k) {
		return false
	}
	c.findClause(k)
	if c.conditional(k) || c.toldByOthers(k) {
		return false
	}
	c.findWho(k)
	return true
}

// ownStatement returns the statement whose cue the remark is, or -1.
func (c *checker) ownStatement(k *remark) int {
	n := sort.Search(len(c.parts), func(n int) bool { return c.parts[n].anchor().from >= k.s.from })
	for ; n < len(c.parts) && c.parts[n].anchor().from < k.to; n++ {
		if cue := c.parts[n].cue; cue.from < k.to && k.from < cue.to {
			return n
		}
	}
	return -1
}

// verbAllows finds where the verb group of the phrase begins. It reports false
// where the group says that it was not done, may be, or is to be.
func (c *checker) verbAllows(k *remark) bool {
	k.verb = k.from
	switch k.rule.about {
	case "itself", "telling", "cue":
		return true
	}
	if c.lex.checks.lists["proof"][c.ts[k.from].low()] {
		return true
	}
	for i := k.from - 1; i >= k.s.from && k.from-i < 8 && c.outside(i); i-- {
		t := &c.ts[i]
		switch {
		case t.low() == "to", t.is(negation) && !t.is(conjunction|determiner), t.is(modal) && !t.is(timeWord|month):
			return false
		case t.is(auxiliary|copula) && !c.possessiveMark(i):
			k.verb = i
		case c.adverb(i) && !t.is(timeWord|personal):
		default:
			return true
		}
	}
	return true
}

// findSubject finds the noun phrase before the verb group, or that of the verb
// before it where they are joined.
func (c *checker) findSubject(k *remark) {
	if lists := c.lex.checks.lists; lists["proof"][c.ts[k.from].low()] && k.rule.who == "subject" {
		k.subject = c.phraseBefore(k.from+1, k.s.from)
		return
	}
	end := c.beforeAdverbs(k.verb, k.s.from)
	if end <= k.s.from {
		return
	}
	prev := &c.ts[end-1]
	if prev.low() == "and" || prev.low() == "but" || prev.low() == "or" || prev.kind == punctuation && prev.mark == ',' && k.verb == k.from && c.ingAt(k.from) {
		k.implied = true
		k.subject = c.speakerBefore(k.s, k.from)
		if k.subject.empty() {
			k.subject = c.clauseSubject(k.s, end-1)
		}
		return
	}
	if k.subject = c.phraseBefore(end, k.s.from); k.subject.empty() {
		k.subject = c.bareDeterminer(end-1, k.s.from)
	}
	for n := 0; n < 4 && !k.subject.empty(); n++ {
		wider := c.widened(k.subject, k.s.from)
		if wider == k.subject {
			break
		}
		k.subject = wider
	}
	if k.own >= 0 && k.subject.empty() {
		if w := c.parts[k.own].speaker; w.from >= k.s.from && w.to <= k.verb {
			k.subject = w // "Ott, a smith who works in Orle, declined"
		}
	}
}

// bareDeterminer returns "this" or "neither" where it stands for a noun.
func (a *analysis) bareDeterminer(i, lo int) words {
	if i >= lo && a.ts[i].is(determiner) && a.outside(i) {
		return words{i, i + 1}
	}
	return words{}
}

// beforeAdverbs passes over adverbs and days before token end.
func (a *analysis) beforeAdverbs(end, lo int) int {
	for end-1 > lo && a.outside(end-1) && a.adverb(end-1) && !a.ts[end-1].is(indefinite|timeWord|determiner) {
		end--
	}
	return a.beforeTime(end, lo)
}

// widened takes the noun phrase that a subject depends on into it: "the claims
// by the army", "videos posted on the site", "none of the figures".
func (a *analysis) widened(w words, lo int) words {
	i := w.from - 1
	if i <= lo || !a.outside(i) {
		return w
	}
	if !a.ts[i].is(preposition) || a.ts[i].is(subordinator) {
		return w
	}
	j := i
	for n := 0; n < 3 && j-1 > lo && a.outside(j-1) && (a.pastParticiple(j-1) || a.adverb(j-1) && !a.lex.checks.lists["proof"][a.lowAt(j-1)]); n++ {
		j--
	}
	if j-1 < lo || !a.outside(j-1) {
		return w
	}
	before := a.phraseBefore(j, lo)
	if before.empty() {
		before = a.bareDeterminer(j-1, lo)
	}
	if before.empty() || a.ts[before.to-1].is(timeWord) && !a.lex.checks.lists["proof"][a.lowAt(before.to-1)] {
		return w
	}
	return words{before.from, w.to}
}

// pastParticiple guesses whether a token is one: "posted", "made".
func (a *analysis) pastParticiple(i int) bool {
	t := &a.ts[i]
	if t.kind != wordToken || t.capital {
		return false
	}
	if t.lex != nil && (t.lex.form&participle != 0 || t.is(plainVerb)) {
		return true
	}
	return t.End-t.Start > 4 && a.text[t.End-2:t.End] == "ed"
}

// speakerBefore returns the speaker of the last statement of the sentence whose
// cue stands before token i.
func (c *checker) speakerBefore(s sentence, i int) words {
	n := sort.Search(len(c.parts), func(n int) bool { return c.parts[n].anchor().from >= i })
	for tries := 0; n > 0 && tries < 8; tries++ {
		n--
		at := &c.parts[n]
		if at.anchor().from < s.from {
			break
		}
		if !at.inner && !at.speaker.empty() && at.speaker.from >= s.from && at.speaker.to <= i {
			return at.speaker
		}
	}
	return words{}
}

// findClause says which words the remark consists of.
func (c *checker) findClause(k *remark) {
	k.clause = k.words
	switch k.rule.about {
	case "itself":
		k.clause.from = c.phraseStart(k.to-1, k.s.from)
		return
	case "cue":
		return
	case "telling":
	case "text":
		if k.verb != k.from && !k.subject.empty() {
			k.clause.from = k.subject.from
		}
		k.clause.to = c.pressAt(k.to, k.s.to).to
		return
	default:
		k.clause.from = c.clauseStart(k)
	}
	k.clause.to = c.remarkEnd(max(k.to, k.topic.to), k.s.to)
}

// clauseStart returns the first token of the remark's clause: that of its
// subject, with the noun before "which" or "that".
func (c *checker) clauseStart(k *remark) int {
	if k.implied || k.subject.empty() || k.subject.from > k.from {
		if k.rule.who == "-" || k.implied {
			return k.verb
		}
		return c.zone(k)
	}
	from := k.subject.from
	if w := c.apposedClaim(k); !w.empty() {
		k.topic = w
		return w.from
	}
	if c.ts[from].is(relative) || k.rule.about == "relative" {
		if !k.topic.empty() && k.topic.from < from {
			return k.topic.from
		}
	}
	return from
}

// apposedClaim returns the claim that a remark is a relative clause of: "a figure
// for which he offered no evidence". It is empty where the remark is none.
func (c *checker) apposedClaim(k *remark) words {
	which := k.subject.from - 1
	if which-2 <= k.s.from || c.ts[which].low() != "which" || !c.outside(which) {
		return words{}
	}
	end := which
	if c.ts[end-1].is(preposition) {
		end--
	}
	if w := c.phraseBefore(end, k.s.from); c.claimed(w, false) && c.commaBefore(w.from) {
		return w
	}
	return words{}
}

// zone returns where the clause begins that holds the phrase: behind a comma,
// another mark, or a word that opens a clause.
func (c *checker) zone(k *remark) int {
	for i := k.from; i > k.s.from; i-- {
		t := &c.ts[i-1]
		if !c.outside(i-1) || t.kind == punctuation && t.mark != '-' || opensClause(t.low()) {
			return i
		}
	}
	return k.s.from
}

// opensClause reports whether a word parts a remark from what stands before it.
func opensClause(s string) bool {
	switch s {
	case "but", "while", "although", "though", "because", "whereas", "since", "if", "unless", "whether", "until", "once":
		return true
	}
	return false
}

// remarkEnd returns the token after the clause that goes on at token i.
func (a *analysis) remarkEnd(i, hi int) int {
	for ; i < hi; i++ {
		t := &a.ts[i]
		switch {
		case !a.outside(i), t.kind == punctuation && t.mark != '-' && t.mark != '%' && t.mark != '$' && t.mark != '&':
			return i
		case opensClause(t.low()):
			return i
		case t.low() == "and" && a.verbSoon(i+1, hi):
			return i
		}
	}
	return i
}

// verbSoon reports whether a clause of its own begins at token i.
func (a *analysis) verbSoon(i, hi int) bool {
	for j := i; j < hi && j < i+5 && a.outside(j) && (a.ts[j].kind != punctuation || a.ts[j].mark == '-'); j++ {
		t := &a.ts[j]
		if j == i && (t.is(relative|third) || a.pastTense(j)) || a.finite(j) {
			return true
		}
		if t.lex != nil && len(t.lex.cues) > 0 && !t.capital && t.lex.form&thirdForm != 0 && j == i {
			return true
		}
	}
	return false
}

// conditional reports whether the clause only supposes: "if the claim is
// confirmed by".
func (c *checker) conditional(k *remark) bool {
	at := c.zone(k)
	for _, i := range [...]int{at - 1, at, k.clause.from - 1} {
		if i < k.s.from || i >= k.from && i != at {
			continue
		}
		switch c.ts[i].low() {
		case "if", "unless", "whether", "until", "once", "lest", "why":
			return true
		}
	}
	return false
}

// toldByOthers reports whether the remark stands in what somebody else says.
// What one says of oneself counts as the report's: "the agency said that it
// could not verify".
func (c *checker) toldByOthers(k *remark) bool {
	n := sort.Search(len(c.parts), func(n int) bool { return c.parts[n].anchor().from >= k.s.from })
	for ; n < len(c.parts) && c.parts[n].anchor().from < k.s.to; n++ {
		at := &c.parts[n]
		if n == k.own || at.cue.from < k.clause.to && k.clause.from < at.cue.to {
			continue
		}
		for _, w := range at.content {
			if w.from <= k.from && k.to <= w.to && !c.ownVoice(k, n, w) {
				return true
			}
		}
	}
	return false
}

// ownVoice reports whether a remark is the report's although it stands in the
// content w of statement n.
func (c *checker) ownVoice(k *remark, n int, w words) bool {
	at := &c.parts[n]
	switch k.rule.about {
	case "relative", "text":
		return true
	case "telling":
		return w.from+1 >= k.from || k.to-k.from > 2 && k.clause.to >= w.to
	case "itself":
		return w.from == k.clause.from // "repeated the false claim"
	}
	if k.clause.from > w.from {
		prev := &c.ts[k.clause.from-1]
		switch {
		case c.commaBefore(k.clause.from) && (k.topic.from >= k.clause.from || c.ts[k.clause.from].is(relative)):
			return true // "..., a claim rejected by"
		case k.implied && k.subject == at.speaker:
			k.told = n
			return true
		case k.implied:
			return false
		case opensClause(prev.low()):
			return k.subject.empty() || !c.ts[k.subject.from].is(third)
		}
	}
	self := k.subject.to-k.subject.from == 1 && c.ts[k.subject.from].is(third)
	if self && k.rule.who == "subject" && (k.rule.finding == hearsay.CouldNotVerify || k.rule.finding == hearsay.NoComment || k.rule.finding == hearsay.Disputed) {
		k.told = n
		return true
	}
	return c.aside(k, at, w)
}

// aside reports whether a content holds a remark only because something behind
// it is told of it: "The Herald has seen no evidence for the claim, which the
// team denies", "This newspaper tried to reach him, who has left, a clerk said".
func (c *checker) aside(k *remark, at *attribution, w words) bool {
	if w.to <= at.cue.from {
		for _, o := range at.content {
			if o.from >= w.to && o.to-o.from <= 2 && c.ts[o.from].is(relative) {
				return true
			}
		}
	}
	return k.clause.from == k.s.from && c.outside(k.clause.from) && c.ts[k.s.from].low() == "this" && c.byPress(k.subject)
}

func (a *analysis) commaBefore(i int) bool {
	return i > 0 && a.ts[i-1].kind == punctuation && (a.ts[i-1].mark == ',' || a.ts[i-1].mark == markDash)
}

// findWho finds who checked, or would not say.
func (c *checker) findWho(k *remark) {
	switch k.rule.who {
	case "subject":
		k.who = k.subject
		switch k.rule.about {
		case "rival", "same":
			k.who = c.keeper(k.subject)
		case "evidence":
			k.who = c.witness(words{k.subject.from, k.from}, k.subject)
		case "definite":
			if c.evident(k.subject) {
				k.who = c.witness(k.subject, k.subject)
			}
		}
	case "behind":
		k.who = c.phraseAfter(k.to, k.clause.to, false)
		if k.rule.about == "text" {
			k.who = c.pressAt(k.to, k.clause.to)
		}
	case "by":
		for i := k.to; i+1 < k.clause.to && i < k.to+3; i++ {
			if c.ts[i].low() == "by" {
				k.who = c.phraseAfter(i+1, k.clause.to, false)
				break
			}
		}
	}
	if k.who.empty() {
		return
	}
	if t := &c.ts[k.who.from]; t.is(relative) && k.who.to-k.who.from == 1 {
		k.who = c.phraseBefore(c.r.beforeComma(k.who.from), k.s.from)
	}
	if k.who.to-k.who.from > 1 && c.ts[k.who.from].low() == "that" && c.ts[k.who.from+1].is(determiner) {
		k.who.from++
	}
}

// record ties a remark to the statements that it covers.
func (c *checker) record(k *remark) {
	covered, cover, rule := c.covered(k)
	if len(covered) == 0 {
		return
	}
	if cover == hearsay.CoversStatement {
		c.prev = coverage{*k, covered}
	}
	check := hearsay.Check{Span: c.span(k.clause), Finding: k.rule.finding, Covers: cover, By: c.by(k)}
	for _, n := range covered {
		s := &c.ss[n]
		if len(s.Checks) >= mostChecks || slices.ContainsFunc(s.Checks, func(x hearsay.Check) bool { return x.Overlaps(check.Span) }) {
			continue
		}
		s.Checks = append(s.Checks, check)
		s.Because = append(s.Because, hearsay.Reason{Rule: rule, Span: check.Span})
	}
}

// by resolves who checked. Where the remark is a statement itself, its speaker
// is known already; a pronoun is never resolved anew, as the resolver has read
// on to the end of the report.
func (c *checker) by(k *remark) *hearsay.Mention {
	if k.who.empty() {
		return nil
	}
	if k.told >= 0 && k.rule.who == "subject" && !(c.ts[k.who.from].is(third) && k.rule.finding == hearsay.CouldNotVerify) {
		if m := c.ss[k.told].Speaker; m != nil {
			same := *m
			return &same
		}
	}
	if k.own >= 0 && k.rule.who == "subject" {
		if m := c.ss[k.own].Speaker; m != nil && m.Span == c.span(k.who) {
			same := *m
			return &same
		}
	}
	if t := &c.ts[k.who.from]; k.who.to-k.who.from == 1 && t.is(third|personal|relative|indefinite|determiner) && !t.is(role|group) {
		m := &hearsay.Mention{Span: c.span(k.who), Kind: hearsay.ByPronoun, Why: hearsay.WhyAmbiguous}
		if n := c.lastSpeaking(k); n >= 0 && t.is(third) {
			m.Name, m.Role = c.ss[n].Speaker.Name, c.ss[n].Speaker.Role
			if m.Name != "" {
				m.Why = ""
			}
		}
		return m
	}
	m, _ := c.r.mention(k.who, false)
	if h := &c.ts[c.head(k.who)]; m.Name != "" && !h.capital && !h.is(role|title|group) {
		if q := c.r.people.byName[strings.ToLower(m.Name)]; q != nil && q.evident {
			m.Name, m.Why = "", hearsay.WhyNotInReport // "the governorate" is nobody
		}
	}
	return m
}

// lastSpeaking returns the statement before a remark, in its sentence or the one
// before, whose speaker a pronoun means; -1 for none.
func (c *checker) lastSpeaking(k *remark) int {
	n := sort.Search(len(c.parts), func(n int) bool { return c.parts[n].anchor().from >= k.from })
	for n--; n >= 0; n-- {
		at := &c.parts[n]
		if at.inner || n == k.own {
			continue
		}
		if c.ss[n].Speaker == nil || c.ts[at.anchor().from].block != k.s.block {
			return -1
		}
		return n
	}
	return -1
}
