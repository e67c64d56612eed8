package annotate

import (
	"strings"

	"hearsay"
)

// Limits of the search for what a statement answers: statements and paragraphs
// back, and words compared.
const (
	mostAnswered = 12
	answerBack   = 3
	mostCompared = 48
)

// An answerer ties answers to what they answer.
type answerer struct {
	*checker
	stems [mostCompared]string // of the answer's content
}

// answers ties denials, confirmations and disputes to the statements that they answer.
func (a *analysis) answers(ss []hearsay.Statement, parts []attribution) {
	x := &answerer{checker: &checker{analysis: a, ss: ss, parts: parts}}
	for n := range ss {
		kind := x.kind(n)
		if kind == "" {
			continue
		}
		if of, rule := x.answered(n, kind); of >= 0 {
			ss[n].Answers = ss[of].ID
			ss[n].Because = append(ss[n].Because, hearsay.Reason{Rule: rule, Span: a.span(parts[of].anchor())})
		}
	}
}

// kind returns what kind of answer a statement can be, "" for none: by its cue,
// or by what it says.
func (x *answerer) kind(n int) string {
	s, at := &x.ss[n], &x.parts[n]
	if s.Negated || at.inner || s.Force == hearsay.Decline || s.Force == hearsay.Ask || at.cue.empty() || x.supposed(at.cue) {
		return ""
	}
	lemma := s.Cue.Lemma
	kind := x.lex.checks.answers[lemma]
	switch lemma {
	case "call", "brand", "label", "describe":
		if how, _ := x.anaphor(n); !x.replies(at) || how != theClaim {
			return ""
		}
	}
	if kind == "" && (s.Mode == hearsay.Speech || s.Mode == hearsay.Writing) && x.replies(at) {
		return "reply"
	}
	switch {
	case kind == "agree" && !x.agreesWith(at):
		return ""
	case kind != "" && x.passiveCue(at.cue) && (at.speaker.from < at.cue.to || lemma != "deny" && lemma != "confirm" && lemma != "dispute" && lemma != "reject"):
		return "" // "was dismissed", not "was denied by the owner"
	case lemma == "protest" && !x.replies(at):
		return ""
	}
	return kind
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

// answered returns the statement that statement n answers and the rule that
// says so, -1 for none.
func (x *answerer) answered(n int, kind string) (int, string) {
	me := x.partyOf(n)
	about, owned := x.anaphor(n)
	words := x.stemsOf(n, x.stems[:0])
	best, top, rule := -1, 0, ""
	near := true // no statement of another stands between
	for i, looked := n-1, 0; i >= 0 && looked < mostAnswered; i, looked = i-1, looked+1 {
		back := int(x.ts[x.parts[n].anchor().from].block - x.ts[x.parts[i].anchor().from].block)
		if back > answerBack {
			break
		}
		if !x.answerable(i, n, me) {
			continue
		}
		e := x.evidence(i, n, me, words)
		e.near = near && back <= 1 && (about != itself || back == 0)
		e.anaphor, e.owned = about, owned
		if lemma := x.ss[n].Cue.Lemma; about == noAnaphor && (lemma == "reject" || lemma == "dismiss") {
			e.shared = 0 // "rejected a plan"
		}
		if score, why := e.weigh(kind); score > top {
			best, top, rule = i, score, why
		}
		near = false
	}
	if best < 0 && (kind == "deny" || kind == "reply") {
		return x.ahead(n, me, words)
	}
	return best, rule
}

// answerable reports whether statement i can be what statement n answers: it is
// another's and says something.
func (x *answerer) answerable(i, n int, me party) bool {
	s := &x.ss[i]
	if x.parts[i].inner || s.Negated || x.doc.Blocks[x.ts[x.parts[i].anchor().from].block].Kind == hearsay.Heading {
		return false
	}
	if w := x.parts[i].speaker; !w.empty() && (x.ts[w.from].low() == "neither" || x.ts[w.from].low() == "none") {
		return false
	}
	switch s.Force {
	case hearsay.Accuse:
	case hearsay.Decline, hearsay.Ask, hearsay.Order, hearsay.Thank, hearsay.Praise:
		return false
	default:
		if s.Mode == hearsay.Attitude || s.Mode == hearsay.Act || s.Mode == hearsay.Thought {
			return false
		}
	}
	if x.tellsOfNoun(i, n) {
		return true
	}
	if s.Speaker != nil && x.ss[n].Speaker != nil && s.Speaker.Name != "" && s.Speaker.Name == x.ss[n].Speaker.Name {
		return false
	}
	return !(me.any() && x.partyOf(i).same(me))
}

// tellsOfNoun reports whether statement i accuses somebody by the noun that the
// speaker of n is told of by: "accused the mayor", "the mayor denied".
func (x *answerer) tellsOfNoun(i, n int) bool {
	w := x.parts[n].speaker
	if x.ss[i].Force != hearsay.Accuse || w.empty() {
		return false
	}
	h := x.head(w)
	if x.ts[h].capital || !x.ts[h].is(role|organisation|group) || x.ts[w.from].low() != "the" || w.to-w.from > 3 {
		return false
	}
	p := party{noun: x.low(x.ts[h])}
	return !x.partyIn(x.parts[i].speaker).same(p) && x.tellsOf(&x.parts[i], p)
}

// grounds are what speaks for statement i's being what statement n answers.
type grounds struct {
	accused bool // i tells of the speaker of n
	accuses bool // i accuses
	shared  int  // words that both contents have
	named   bool // n's content names the speaker of i
	near    bool // nothing of another stands between
	same    bool // same sentence
	owned   bool // n says whose claim it is: "Ott's claim"
	anaphor anaphor
}

// evidence compares statement i with the answer n.
func (x *answerer) evidence(i, n int, me party, stems []string) grounds {
	g := grounds{
		accuses: x.ss[i].Force == hearsay.Accuse,
		accused: me.any() && x.mentions(i, me) || x.tellsOfNoun(i, n),
		same:    x.sentenceOf(x.parts[i].anchor().from) == x.sentenceOf(x.parts[n].anchor().from),
	}
	if them := x.partyOf(i); them.any() {
		at := x.parts[n]
		if to := at.content[0].from; to > at.cue.to && to-at.cue.to < 8 {
			at.addressee = words{at.cue.to, to} // "agreed with Ott that"
		}
		g.named = x.tellsOf(&at, them)
	}
	var buf [mostCompared]string
	for _, s := range x.stemsOf(i, buf[:0]) {
		for _, o := range stems {
			if s == o {
				g.shared++
				break
			}
		}
	}
	return g
}

// weigh returns how much speaks for an answer of a kind, 0 for too little, and
// the rule.
func (g grounds) weigh(kind string) (int, string) {
	claim, pronoun := g.anaphor == theClaim, g.anaphor == itself
	if g.owned && !g.named {
		return 0, "" // "Ott's claim" is no other's
	}
	switch kind {
	case "deny", "reply":
		switch {
		case g.accused && g.accuses && (g.same || g.near || g.shared > 0 || claim || g.anaphor == involvement):
			return 90 + g.shared, "answer-accused"
		case claim && g.named:
			return 80 + g.shared, "answer-named"
		case g.accused && (g.shared > 0 || g.near) && (claim || g.anaphor == involvement || kind == "deny" && g.shared > 0):
			return 70 + g.shared, "answer-accused"
		case g.shared >= 2 && kind == "deny":
			return 60 + g.shared, "answer-words"
		case claim && g.near, pronoun && g.near && kind == "deny":
			return 50, "answer-claim"
		case g.accuses && g.near && g.anaphor == involvement:
			return 40, "answer-claim"
		}
	case "confirm":
		switch {
		case claim && g.named:
			return 80 + g.shared, "answer-named"
		case g.shared >= 2:
			return 60 + g.shared, "answer-words"
		case (claim || pronoun) && g.near:
			return 50, "answer-claim"
		}
	case "concede":
		switch {
		case claim && (g.named || g.near):
			return 70 + g.shared, "answer-claim"
		case g.accused && g.shared >= 2:
			return 60 + g.shared, "answer-words"
		case g.accused && g.accuses && g.shared > 0:
			return 50, "answer-accused"
		}
	case "agree":
		if g.named {
			return 70 + g.shared, "answer-named"
		}
	}
	return 0, ""
}

// ahead finds the accusation behind a denial told first, in the same sentence:
// "Veldany denied arming the rebels after Orle accused it of doing so".
func (x *answerer) ahead(n int, me party, stems []string) (int, string) {
	s := x.sentenceOf(x.parts[n].anchor().from)
	for i := n + 1; i < len(x.parts) && i < n+4 && x.parts[i].anchor().from < s.to; i++ {
		if x.ownClaim(i, n) {
			return i, "answer-ahead" // "denied claims by Ott that"
		}
		if x.ss[i].Force != hearsay.Accuse || x.parts[i].speaker.empty() || !x.answerable(i, n, me) {
			continue
		}
		if g := x.evidence(i, n, me, stems); g.accused || g.shared > 0 {
			return i, "answer-ahead"
		}
	}
	return -1, ""
}

// ownClaim reports whether the noun that reports statement i opens the content
// of the denial n.
func (x *answerer) ownClaim(i, n int) bool {
	cue, w := x.parts[i].cue, x.parts[n].content[0]
	if cue.empty() || cue.from < w.from || cue.from > w.from+3 || x.ss[n].Force != hearsay.Deny || x.ss[i].Negated {
		return false
	}
	return x.lex.checks.lists["plainclaim"][x.lex.low(&x.ts[cue.to-1], x.text)]
}

// anaphor says how the content of an answer takes up what it answers.
type anaphor uint8

const (
	noAnaphor   anaphor = iota
	theClaim            // "the accusation", "Ott's claims"
	itself              // "it", "this"
	involvement         // "no involvement", "wrongdoing"
)

// anaphor returns how statement n takes up what it answers, and whether it says
// whose that is.
func (x *answerer) anaphor(n int) (how anaphor, owned bool) {
	w := x.parts[n].content[0]
	i := w.from
	for i < w.to && (x.ts[i].kind != wordToken || x.ts[i].low() == "that" && i+1 < w.to && x.ts[i+1].kind == wordToken && !x.ts[i+1].is(preposition)) {
		i++
	}
	if x.disclaims(i, w.to) {
		return involvement, false
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
	h := x.head(p)
	low := x.lex.low(&x.ts[h], x.text)
	lists := x.lex.checks.lists
	if (lists["plainclaim"][low] || lists["assertion"][low] || low == "criticism" || low == "remarks" || low == "comments") && (x.toldOf(p) || x.pluralNoun(h) && p.to == w.to || w.to <= x.parts[n].cue.from && p.to == w.to) {
		for k := p.from + 1; k < h; k++ {
			owned = owned || x.possessiveMark(k) || x.ts[k].kind == apostrophe
		}
		return theClaim, owned
	}
	return noAnaphor, false
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
			return k+1 < hi && x.ts[k+1].low() == "to"
		}
	}
	return false
}

// stemsOf appends the beginnings of the words of a content that mean something.
func (x *answerer) stemsOf(n int, to []string) []string {
	for _, w := range x.parts[n].content {
		to = x.stemsIn(w, to)
	}
	return to
}

// stem cuts the common endings off a word.
func stem(s string) string {
	for _, end := range [...]string{"ings", "ing", "ies", "ied", "ed", "es", "s", "e"} {
		if rest, ok := strings.CutSuffix(s, end); ok && len(rest) >= 4 {
			s = rest
			break
		}
	}
	return s[:min(len(s), 7)]
}
