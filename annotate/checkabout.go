package annotate

import "hearsay"

// This file tells remarks on the truth of statements from the same words about
// anything else: "could not confirm the report", "could not confirm his
// attendance".

// about reports whether what stands about the phrase is what its rule asks for,
// and finds the noun phrase for what was checked.
func (c *checker) about(k *remark) bool {
	switch k.rule.about {
	case "any":
		k.topic = c.topicBehind(k)
		return !c.findsNone(k)
	case "object", "definite", "clause":
		return c.aboutObject(k)
	case "subject", "claims", "named":
		return c.aboutSubject(k)
	case "none":
		return c.nobody(k)
	case "text":
		return c.aboutText(k)
	case "itself":
		k.topic = words{k.to - 1, k.to}
		return true
	case "cue":
		return k.own >= 0
	case "telling":
		return !(k.to < k.s.to && c.ts[k.to].low() == "of" && c.word(k.to-1) != "how") || c.claimed(c.objectAt(k.to+1, k.s.to), true)
	case "relative":
		return c.relativeRemark(k)
	case "rival", "same":
		return c.rival(k)
	case "evidence":
		return c.evidence(k)
	case "press":
		return c.seenByPress(k)
	case "checkers":
		return !k.implied && !k.subject.empty() && c.lex.checks.lists["checkers"][c.lex.low(&c.ts[c.head(k.subject)], c.text)]
	case "official":
		return c.officialSilent(k)
	case "report":
		return c.aboutStudy(k)
	case "shows":
		return c.showsSo(k)
	case "person":
		return c.person(k.subject, false) && c.asked(k)
	case "alone":
		return c.person(k.subject, true) && c.alone(k.to, k.s.to)
	}
	return false
}

// topicBehind returns the claim that a phrase of any kind goes on with, if it
// does.
func (c *checker) topicBehind(k *remark) words {
	if w := c.objectAt(k.to, k.s.to); c.claimed(w, true) {
		return w
	}
	if !k.subject.empty() && c.claimed(k.subject, true) {
		return k.subject
	}
	return words{}
}

// objectAt returns the noun phrase behind a verb, with what "any of" and their
// like are of. It is empty where the phrase is rather the subject of a clause.
func (c *checker) objectAt(i, hi int) words {
	for i < hi && c.outside(i) && c.adverb(i) && !c.ts[i].is(determiner|indefinite) {
		i++
	}
	if i >= hi || !c.outside(i) {
		return words{}
	}
	w := c.phraseAfter(i, hi, false)
	if w.empty() {
		w = c.bareDeterminer(i, i)
	}
	if w.empty() {
		return w
	}
	if w.to+1 < hi && c.ts[w.to].low() == "of" && c.ts[w.to-1].is(determiner|indefinite) {
		if of := c.phraseAfter(w.to+1, hi, false); !of.empty() {
			w.to = of.to
		}
	}
	if w.to >= hi || !c.outside(w.to) {
		return w
	}
	next := &c.ts[w.to]
	if next.low() == "there" || next.is(modal|auxiliary|copula) && !c.possessiveMark(w.to) {
		return words{}
	}
	if w.to-w.from == 1 && c.ts[w.from].is(determiner|personal) && next.kind == wordToken && !next.is(preposition|conjunction|timeWord|subordinator) && !c.adverb(w.to) {
		return words{} // "denied that he had", "denied it happened"
	}
	return w
}

// claimed reports whether a noun phrase stands for what somebody said: its head
// is of @claim, or it is a pronoun and those count.
func (c *checker) claimed(w words, pronouns bool) bool {
	if w.empty() {
		return false
	}
	if w.from+2 < w.to && c.ts[w.from+1].low() == "of" && c.partWord(w.from) {
		w.from += 2
	}
	if first := &c.ts[w.from]; w.to-w.from == 1 && !first.is(role|group|organisation) {
		switch first.low() {
		case "it", "this", "that", "these", "those", "which", "they", "them", "either", "neither", "both", "none":
			return pronouns
		}
	}
	h := c.head(w)
	return c.lex.checks.lists["claim"][c.lex.low(&c.ts[h], c.text)] && (!c.ts[h].capital || h == c.sentenceOf(h).from)
}

// partWord reports whether a word takes a part of what stands behind "of":
// "none of the claims".
func (c *checker) partWord(i int) bool {
	if c.ts[i].is(determiner | indefinite) {
		return true
	}
	switch c.lex.low(&c.ts[i], c.text) {
	case "nothing", "none", "little", "much", "part", "parts", "nobody":
		return true
	}
	return false
}

// byPress reports whether those are the subject who report: what they could not
// verify is what somebody told them.
func (c *checker) byPress(w words) bool {
	if w.empty() {
		return false
	}
	h := c.head(w)
	if c.lex.checks.lists["press"][c.lex.low(&c.ts[h], c.text)] {
		return true
	}
	return c.ts[h].upper && c.ts[h].End-c.ts[h].Start <= 6 || c.ts[h].capital && c.ts[w.from].low() == "the" && !c.ts[h].is(role|title|group|organisation|demonym) && !c.namesPerson(w)
}

// toldOf reports whether a noun phrase is of something told of already: "the
// claim", "his figures".
func (c *checker) toldOf(w words) bool {
	if c.ts[w.from].low() == "all" && w.from+1 < w.to {
		w.from++ // "all the charges"
	}
	t := &c.ts[w.from]
	switch t.low() {
	case "the", "this", "that", "these", "those", "both", "either", "neither", "it", "them":
		return true
	}
	if t.is(possessive) {
		return true
	}
	for i := w.from; i < w.to; i++ {
		if c.possessiveMark(i) || c.ts[i].kind == apostrophe {
			return true
		}
	}
	return false
}

func (c *checker) aboutObject(k *remark) bool {
	w := c.objectAt(k.to, k.s.to)
	about := k.rule.about
	if k.implied && k.rule.finding == hearsay.Denied || k.rule.finding == hearsay.Verified && c.lacking(k) {
		return false // "to keep his options open and deny responsibility", "no evidence supports the claim"
	}
	if about == "definite" && k.rule.finding == hearsay.Disputed && k.to < k.s.to && c.ts[k.to].low() == "what" && !k.subject.empty() {
		return true // "contradicted what he said in May"
	}
	if w.empty() && about != "clause" {
		return false
	}
	if !w.empty() && c.lex.checks.lists["wrong"][c.lex.low(&c.ts[c.head(w)], c.text)] && k.rule.finding == hearsay.Denied {
		return true
	}
	if c.claimed(w, true) && (about != "definite" || c.toldOf(w)) {
		k.topic = w
		return about != "definite" || !k.subject.empty() || k.rule.who == "-"
	}
	if about == "clause" && k.to < k.s.to && c.byPress(k.subject) && k.rule.finding == hearsay.CouldNotVerify {
		return !w.empty() && c.toldOf(w) && !c.ts[w.from].is(possessive) || opensQuestion(c.ts[k.to].low())
	}
	if about != "clause" || k.to >= k.s.to || !c.lex.verifies(c.lex.low(&c.ts[k.to-1], c.text)) {
		return false
	}
	return opensQuestion(c.ts[k.to].low())
}

// opensQuestion reports whether a clause begins that says what was checked.
func opensQuestion(s string) bool {
	switch s {
	case "that", "whether", "how", "if", "when", "where", "what", "who":
		return true
	}
	return false
}

// verifies reports whether a verb is only used of what others said: "confirm"
// and "establish" are not.
func (l *lexicon) verifies(verb string) bool {
	switch verb {
	case "verify", "verified", "verifying", "corroborate", "corroborating", "corroborated":
		return true
	}
	return false
}

func (c *checker) aboutSubject(k *remark) bool {
	w := k.subject
	if k.implied {
		return false
	}
	if !w.empty() && c.ts[w.from].is(relative) && w.to-w.from == 1 && w.from > k.s.from {
		before := c.phraseBefore(c.r.beforeComma(w.from), k.s.from)
		if c.claimed(before, false) {
			k.topic = before
			return true
		}
		return k.rule.about != "claims" && c.ts[w.from].low() == "which" && c.commaBefore(w.from)
	}
	if k.rule.about == "claims" && k.rule.finding == hearsay.Verified && k.to < k.s.to && c.ts[k.to].is(preposition) {
		return false // "that is also true in other places"
	}
	pronouns := k.rule.about != "claims" || !w.empty() && w.to-w.from == 1 && (c.ts[w.from].low() == "that" || c.ts[w.from].low() == "this") && w.from == k.s.from
	if !c.claimed(w, pronouns) {
		w = c.fronting(k)
	}
	if c.claimed(w, pronouns) && !c.extraposed(k, w) {
		k.topic = w
		if k.subject.empty() || w.from < k.subject.from {
			k.subject = w
		}
		return true
	}
	if k.rule.about != "named" {
		return false
	}
	by := c.phraseAfter(k.to, k.s.to, false)
	return !by.empty() && c.lex.checks.lists["sayers"][c.lex.low(&c.ts[c.head(by)], c.text)] && !c.ts[c.head(by)].capital
}

// fronting returns the noun phrase at the beginning of the clause, the subject
// where much stands between it and its verb.
func (c *checker) fronting(k *remark) words {
	from := c.zone(k)
	if k.from-from > 24 || from >= k.from || c.verbWithin(from, k.verb) {
		return words{}
	}
	return c.phraseAfter(from, k.verb, false)
}

// extraposed reports whether "it" only stands for a clause behind: "it has not
// been confirmed whether".
func (c *checker) extraposed(k *remark, w words) bool {
	if c.ts[w.from].low() != "it" || k.to >= k.s.to {
		return false
	}
	switch c.ts[k.to].low() {
	case "that", "whether", "how", "if", "when", "where", "who", "what", "why":
		return true
	}
	return false
}

// nobody reports whether the subject says that none did: "neither account could
// be verified", "none of the companies responded".
func (c *checker) nobody(k *remark) bool {
	from := c.zone(k)
	w := k.subject
	if w.empty() || w.from > from {
		if from >= k.from || c.verbWithin(from, k.verb) {
			return false
		}
		w = words{from, c.beforeAdverbs(k.verb, from)}
	}
	switch c.lex.low(&c.ts[w.from], c.text) {
	case "neither", "none", "no", "nobody", "nothing", "few":
	default:
		return false
	}
	k.subject = w
	if k.rule.finding == hearsay.NoComment {
		return c.person(w, false)
	}
	if k.rule.finding == hearsay.NotVerified && k.rule.who == "subject" {
		return true
	}
	if !c.claimed(w, true) {
		return false
	}
	k.topic = w
	return true
}

// aboutText reports whether a text was seen by those who report: "documents
// seen by Reuters".
func (c *checker) aboutText(k *remark) bool {
	if !c.isPress(c.pressAt(k.to, k.s.to)) {
		return false
	}
	subject := k.subject
	if c.commaBefore(k.verb) && !subject.empty() && c.ts[subject.to-1].kind == punctuation {
		subject.to--
	}
	if w := c.textBefore(k); !c.holdsText(subject) || k.implied && c.holdsText(w) {
		subject = w
	}
	if !c.holdsText(subject) {
		return false
	}
	k.topic, k.subject = subject, subject
	return true
}

// textBefore returns the noun phrase before the participles that end in the verb
// of a remark: "footage geolocated and verified by", "one of the letters, seen by".
func (c *checker) textBefore(k *remark) words {
	i := k.from
	for n := 0; n < mostBetween && i-1 > k.s.from && c.outside(i-1) && (c.adverb(i-1) || c.pastParticiple(i-1) || c.ts[i-1].low() == "and" || c.commaBefore(i)); n++ {
		i--
	}
	w := c.phraseBefore(i, k.s.from)
	for n := 0; n < 4 && !w.empty(); n++ {
		w = c.widened(w, k.s.from)
	}
	return w
}

// holdsText reports whether a noun phrase has a word for a text.
func (c *checker) holdsText(w words) bool {
	for i := w.from; i < w.to; i++ {
		if c.lex.checks.lists["text"][c.lex.low(&c.ts[i], c.text)] {
			return true
		}
	}
	return false
}

// namesPerson reports whether a phrase names a person of the report.
func (c *checker) namesPerson(w words) bool {
	run, ok := c.nameRun(c.head(words{w.from, w.to}))
	if !ok {
		return false
	}
	q, _ := c.r.people.named(c.contentWords(run.name), run.sex, c.lex)
	return q != nil && q.evident
}

// relativeRemark finds "a charge the ministry denies" and ", which Moscow
// denies": nothing stands behind the verb.
func (c *checker) relativeRemark(k *remark) bool {
	if k.subject.empty() || k.implied || !c.alone(k.to, k.s.to) {
		return false
	}
	i := k.subject.from - 1
	if i <= k.s.from || !c.outside(i) {
		return false
	}
	which := i
	if c.ts[i].low() == "which" || c.ts[i].low() == "that" {
		i--
	}
	if i != which && c.ts[which].low() == "which" && c.ts[i].kind == punctuation && (c.ts[i].mark == ',' || c.ts[i].mark == markDash) {
		k.topic = words{which, which + 1}
		return true
	}
	w := c.phraseBefore(i+1, k.s.from)
	if i+1 > k.s.from && c.claimed(w, false) {
		k.topic = w
		return true
	}
	return false
}

// person reports whether a noun phrase can be somebody who answers; surely says
// that it must be no other noun.
func (c *checker) person(w words, surely bool) bool {
	if w.empty() {
		return false
	}
	first := &c.ts[w.from]
	if w.to-w.from == 1 && first.is(third|relative|indefinite|personal) {
		return true
	}
	h := &c.ts[c.head(w)]
	low := c.lex.low(h, c.text)
	if c.lex.checks.lists["claim"][low] && !h.is(group) {
		return false
	}
	if h.is(document) && !h.is(organisation|group) {
		return false
	}
	return !surely || h.capital || h.is(role|group|organisation|unnamed) || first.low() == "neither" || first.low() == "none"
}

// alone reports whether nothing stands behind a verb but "for comment", the way
// of asking, or a day.
func (c *checker) alone(i, hi int) bool {
	for n := 0; n < 6; n++ {
		if i >= hi || !c.outside(i) {
			return true
		}
		t := &c.ts[i]
		switch {
		case t.kind == punctuation, t.is(conjunction), opensClause(t.low()), t.low() == "when", t.low() == "as", t.low() == "or":
			return true
		case t.low() == "for" && i+1 < hi && c.word(i+1) == "comment", t.low() == "by" && i+1 < hi && (c.word(i+1) == "phone" || c.word(i+1) == "telephone" || c.word(i+1) == "email"):
			return true
		case c.adverb(i), t.is(timeWord), t.low() == "on", t.low() == "in", t.low() == "at", t.low() == "before", t.low() == "by":
			i++
		default:
			return false
		}
	}
	return true
}

// asked reports whether a request was one for words: "a request for comment",
// not "a request for money" or "calls to resign".
func (c *checker) asked(k *remark) bool {
	last := c.lex.low(&c.ts[k.to-1], c.text)
	switch last {
	case "request", "requests", "call", "calls", "letter", "letters", "invitation":
	case "respond", "reply":
		return k.to >= k.s.to || c.ts[k.to].low() != "to" || c.claimed(c.objectAt(k.to+1, k.s.to), true)
	default:
		return true
	}
	if k.to >= k.s.to {
		return !c.ts[k.to-2].is(possessive) && c.ts[k.to-2].low() != "the"
	}
	next := k.to + 1
	for next < k.s.to && (c.ts[next].is(determiner) || c.adverb(next) || c.word(next) == "additional") {
		next++
	}
	what := ""
	if next < k.s.to {
		what = c.word(next)
	}
	switch c.word(k.to) {
	case "for":
		switch what {
		case "comment", "comments", "interview", "interviews", "reaction", "response", "clarification", "information", "explanation", "answer", "answers":
			return true
		}
		return false
	case "to":
		switch what {
		case "comment", "discuss", "be", "explain", "respond", "talk", "speak", "answer", "clarify":
			return true
		}
		return false
	}
	return !c.ts[k.to-2].is(possessive) && c.ts[k.to-2].low() != "the" || last == "calls"
}

// findsNone reports whether a document is said to have no evidence: what it
// found out is no remark on what somebody said.
func (c *checker) findsNone(k *remark) bool {
	return k.rule.finding == hearsay.NotVerified && !k.subject.empty() && c.ts[c.head(k.subject)].is(document) && !c.claimed(k.subject, true)
}

// lacking reports whether what should bear something out is said to be missing:
// "no evidence", "little in the records".
func (c *checker) lacking(k *remark) bool {
	from := max(k.s.from, min(k.from, k.verb)-6)
	if !k.subject.empty() && k.subject.from < from {
		from = k.subject.from
	}
	for i := from; i < k.from; i++ {
		switch c.lowAt(i) {
		case "no", "little", "scant", "nothing", "none", "nobody", "neither", "hardly", "insufficient":
			return true
		}
	}
	return false
}
