package annotate

import (
	"sort"
	"strings"

	"hearsay"
)

// Limits of the search for what a statement answers: statements and paragraphs
// back, and words compared.
const (
	mostAnswered = 12
	answerBack   = 3
	mostCompared = 48
	gossipBack   = 6
)

// An answerer ties answers to what they answer.
type answerer struct {
	*checker
	stems [mostCompared]string // of the answer's content
	of    []int                // what each statement answers, -1 for nothing
	aside []bool               // statements that are remarks of the report's own
}

// answers ties denials, confirmations and disputes to the statements that they answer.
func (a *analysis) answers(ss []hearsay.Statement, parts []attribution) {
	x := &answerer{checker: &checker{analysis: a, ss: ss, parts: parts}, of: make([]int, len(ss))}
	x.aside = x.remarks()
	for n := range ss {
		x.of[n] = -1
		of, rule := x.shaped(n)
		if of < 0 {
			kind := x.kind(n)
			if kind == "" {
				continue
			}
			of, rule = x.answered(n, kind)
		}
		if of >= 0 {
			x.of[n] = of
			ss[n].Answers = ss[of].ID
			ss[n].Because = append(ss[n].Because, hearsay.Reason{Rule: rule, Span: a.span(parts[of].anchor())})
		}
	}
}

// remarks tells the statements that are remarks such as "he offered no proof".
func (x *answerer) remarks() []bool {
	is := make([]bool, len(x.ss))
	for i := range x.ss {
		for _, k := range x.ss[i].Checks {
			if k.Finding == hearsay.Denied || k.Finding == hearsay.Disputed || k.Finding == hearsay.Verified {
				continue
			}
			n := sort.Search(len(x.parts), func(n int) bool { return x.ts[x.parts[n].anchor().from].Start >= k.Start })
			for ; n < len(is) && n < i+mostLooked && x.ts[x.parts[n].anchor().from].Start < k.End; n++ {
				is[n] = n != i
			}
		}
	}
	return is
}

// answered returns the statement that statement n answers and the rule that
// says so, -1 for none.
func (x *answerer) answered(n int, kind string) (int, string) {
	me := x.partyOf(n)
	about, owned := x.anaphor(n)
	words := x.stemsOf(n, x.stems[:0])
	if kind == "deny" {
		if i := x.ownClaimAhead(n); i >= 0 {
			return i, "answer-ahead" // "denied claims by Ott that"
		}
	}
	best, top, rule := -1, 0, ""
	last := -1 // the nearest that can be answered
	back := answerBack
	if about == gossip {
		back = gossipBack
	}
	for i, looked := n-1, 0; i >= 0 && looked < mostAnswered; i, looked = i-1, looked+1 {
		if int(x.blockAt(n)-x.blockAt(i)) > back {
			break
		}
		if !x.answerable(i, n, me) {
			continue
		}
		e := x.evidence(i, n, me, words, kind)
		e.near = x.isNear(i, n, last, about)
		e.anaphor, e.owned = about, owned
		if lemma := x.ss[n].Cue.Lemma; about == noAnaphor && (lemma == "reject" || lemma == "dismiss") {
			e.shared = 0 // "rejected a plan"
		}
		if lemma := x.ss[n].Cue.Lemma; !e.accuses && (lemma == "defend" || lemma == "defence" || lemma == "defense") {
			continue
		}
		if score, why := e.weigh(kind); score > top || score == top && score > 0 && about == gossip {
			best, top, rule = i, score, why
		}
		if last < 0 {
			last = i
		}
	}
	if best < 0 && (kind == "deny" || kind == "reply") {
		return x.ahead(n, me, words)
	}
	return best, rule
}

// isNear reports whether no statement of another stands between statement i and
// the answer n but a quotation that bears statement i out: last is the nearest
// that can be answered, -1 where that is i.
func (x *answerer) isNear(i, n, last int, about anaphor) bool {
	back := int(x.blockAt(n) - x.blockAt(i))
	if last < 0 {
		s := x.sentenceOf(x.parts[n].anchor().from)
		opens := s.from == 0 || x.ts[s.from-1].block != s.block
		return back == 0 || back == 1 && (about != itself || opens)
	}
	if x.ss[last].Quoting != hearsay.Direct || x.ss[i].Quoting == hearsay.Direct || about == itself || x.blockAt(last)-x.blockAt(i) > 1 || back > 2 {
		return false
	}
	a, b := x.ss[last].Speaker, x.ss[i].Speaker
	return a == nil || a.Name == "" || b != nil && a.Name == b.Name
}

// answerable reports whether statement i can be what statement n answers: it is
// another's and says something.
func (x *answerer) answerable(i, n int, me party) bool {
	s := &x.ss[i]
	if w := x.parts[i].speaker; !w.empty() && w == x.parts[n].speaker {
		return false
	}
	if x.parts[i].inner || x.aside[i] || s.Negated || x.doc.Blocks[x.ts[x.parts[i].anchor().from].block].Kind == hearsay.Heading {
		return false
	}
	if w := x.parts[i].speaker; !w.empty() && (x.ts[w.from].low() == "neither" || x.ts[w.from].low() == "none") {
		return false
	}
	if s.Cue.Lemma == "hold" || s.Cue.Lemma == "rule" { // a judge
		return !(me.any() && x.partyOf(i).same(me))
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
	plain   bool // i is no quotation
	follows bool // n stands directly behind i in its paragraph
	rumour  bool // unnamed people claim it
	told    bool // i addresses somebody
	same    bool // same sentence
	owned   bool // n says whose claim it is: "Ott's claim"
	person  bool // n contradicts "him"
	calls   bool // n says what somebody is called
	most    bool // both contents have half of n's words
	oneself bool // n denies what its speaker did
	anaphor anaphor
}

// evidence compares statement i with the answer n.
func (x *answerer) evidence(i, n int, me party, stems []string, kind string) grounds {
	g := grounds{
		accuses: x.ss[i].Force == hearsay.Accuse,
		accused: me.any() && x.mentions(i, me) || x.tellsOfNoun(i, n),
		plain:   x.ss[i].Quoting != hearsay.Direct,
		follows: x.previous(n) == i && x.blockAt(n) == x.blockAt(i),
		rumour:  x.ss[i].Force == hearsay.Claim && (x.ss[i].Speaker == nil || x.ss[i].Speaker.Name == ""),
		told:    x.ss[i].Addressee != nil || x.ss[i].Cue.Lemma == "put it",
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
	if lemma := x.ss[n].Cue.Lemma; (g.accused || g.shared > 0) && (lemma == "deny" || lemma == "confirm" || kind == "negate") {
		g.shared += x.sharedNames(i, n, me)
	}
	g.most = 2*g.shared >= len(stems)
	g.oneself, g.calls = x.ofOneself(n), x.names(n)
	if w := x.piece(n); w.to-w.from == 1 {
		g.person = x.lowAt(w.from) == "him" || x.lowAt(w.from) == "her"
	}
	return g
}

// weigh returns how much speaks for an answer of a kind, 0 for too little, and
// the rule.
func (g grounds) weigh(kind string) (int, string) {
	claim, pronoun := g.anaphor == theClaim || g.anaphor == gossip, g.anaphor == itself
	nearer := 50
	if g.plain {
		nearer = 55
	}
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
		case g.accused && g.accuses && pronoun && !g.person && kind == "deny":
			return 75 + g.shared, "answer-accused"
		case g.accused && (g.shared > 0 || g.near) && (claim || g.anaphor == involvement || kind == "deny" && g.shared > 0):
			return 70 + g.shared, "answer-accused"
		case g.shared >= 2 && kind == "deny":
			return 60 + g.shared, "answer-words"
		case g.accused && g.near && g.oneself && kind == "deny":
			return 59, "answer-accused"
		case g.anaphor == gossip && g.rumour:
			return 58, "answer-claim"
		case claim && g.near, pronoun && g.near && kind == "deny", g.anaphor == thatThing && g.near && kind == "deny":
			return nearer, "answer-claim"
		case g.accuses && g.near && g.anaphor == involvement:
			return 40, "answer-claim"
		}
	case "negate":
		if g.accused && g.near && (g.accuses && g.shared > 0 || g.follows && g.shared > 1) {
			return 60 + g.shared, "answer-accused"
		}
	case "insist":
		if g.accused && g.accuses && g.near {
			return 55, "answer-accused"
		}
	case "gainsay":
		if g.named && g.near && (g.accuses || !g.calls) {
			return 70 + g.shared, "answer-named"
		}
	case "counter", "respond":
		if g.near && kind == "counter" {
			return 55, "answer-next"
		}
		if g.near && g.follows && g.told {
			return nearer, "answer-next"
		}
	case "confirm":
		switch {
		case g.follows && g.shared > 0 && g.most && g.anaphor == noAnaphor:
			return 60 + g.shared, "answer-words"
		case claim && g.named:
			return 80 + g.shared, "answer-named"
		case g.shared >= 2 && g.most:
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
		if x.ss[i].Force != hearsay.Accuse || x.parts[i].speaker.empty() || !x.answerable(i, n, me) {
			continue
		}
		if g := x.evidence(i, n, me, stems, "deny"); g.accused || g.shared > 0 {
			return i, "answer-ahead"
		}
	}
	return -1, ""
}

// ownClaimAhead returns the statement whose noun opens the content of a denial:
// "denied claims by Ott that". It is -1 for none.
func (x *answerer) ownClaimAhead(n int) int {
	for i := n + 1; i < len(x.parts) && i < n+4; i++ {
		if x.ownClaim(i, n) {
			return i
		}
	}
	return -1
}

// ownClaim reports whether the noun that reports statement i opens the content
// of the denial n.
func (x *answerer) ownClaim(i, n int) bool {
	cue, w := x.parts[i].cue, x.piece(n)
	if cue.empty() || cue.from < w.from || cue.from > w.from+7 || x.ss[n].Force != hearsay.Deny || x.ss[i].Negated {
		return false
	}
	for k := cue.from; k < cue.to; k++ {
		if x.lex.checks.lists["plainclaim"][x.lex.low(&x.ts[k], x.text)] {
			return true
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
