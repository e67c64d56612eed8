package annotate

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"hearsay"
)

// This file finds the numbers that the statements claim. A number is what news
// writes for how many or how much; numberread.go and numberspelt.go read its
// figures and words, numberfind.go its unit and range, numberwhat.go what it
// counts and how it is bound, numbernone.go tells dates, ages, results and names
// from it, and numberholder.go whose it is and what happened.
//
// What is decided where a report leaves it open:
//   - "dozens" is at least 24, "hundreds" at least 200, "tens of thousands" at least 20,000; "a few hundred" is about 300, "several thousand"
//     at least 3,000, "a couple" about 2. "Several" and "a few" alone are no numbers.
//   - "from 54 to 60" is a change, and two numbers, unless a word such as "ranging" makes it a range; "54 to 60" and "between 54 and 60"
//     are ranges.
//   - A length of time is a number ("a 12-year sentence") but where it says when: "three years ago", "the past three years".
//   - The same in another unit, in brackets, is a number of its own with the bound of the first.
//   - The whole of a part is no number of its own: "19 of the 20 crew" is 19.
//   - A pronoun that is nobody known gives no holder, and a reason that says so. A profit is held by whose it is.
//   - What a verb of a statement says of its content happens to no number: "they promised me a dozen people".
//   - Who kills or destroys does not hold what is killed: such verbs, marked in verbs.txt, have a holder only by a possessor or an adjective
//     ("40 Veldanian tanks").

// quantities finds the numbers that the statements claim, each in the
// innermost statement and in those about it.
func (a *analysis) quantities(ss []hearsay.Statement, parts []attribution, r *resolver) {
	var found []figure
	for _, w := range a.claimed(parts) {
		in := a.figures(w)
		a.deeds(in, w)
		found = append(found, in...)
	}
	if len(found) == 0 {
		return
	}
	found = slices.DeleteFunc(found, func(f figure) bool { return f.inWhole })
	h := &holders{a: a, r: r, ss: ss, parts: parts, innermost: make([]int, len(found))}
	h.enclose(found)
	h.said(found)
	made := make([]hearsay.Quantity, len(found))
	reasons := make([]hearsay.Reason, len(found))
	for k := range found {
		made[k], reasons[k] = h.quantity(&found[k], h.innermost[k])
	}
	for i := range ss {
		for _, c := range parts[i].content {
			k := sort.Search(len(found), func(k int) bool { return found[k].number.from >= c.from })
			for ; k < len(found) && found[k].number.to <= c.to; k++ {
				if a.repeated(ss[i].Numbers, &made[k], found[k].from) {
					continue
				}
				ss[i].Numbers = append(ss[i].Numbers, made[k])
				if reasons[k].Rule != "" {
					ss[i].Because = append(ss[i].Because, reasons[k])
				}
			}
		}
	}
}

// repeated reports whether a statement that goes on from a headline has the
// number at token i from there.
func (a *analysis) repeated(before []hearsay.Quantity, q *hearsay.Quantity, i int) bool {
	if len(before) == 0 {
		return false
	}
	for k := range before[:min(len(before), 4)] {
		p := &before[k]
		if p.Value == q.Value && p.Upto == q.Upto && p.Share == q.Share && (p.Unit == q.Unit || p.Unit == "") && a.inHeading(p.Start) && a.doc.Blocks[a.ts[i].block].Kind != hearsay.Heading {
			return true
		}
	}
	return false
}

// inHeading reports whether an offset lies in a heading.
func (a *analysis) inHeading(at int) bool {
	bs := a.doc.Blocks
	k := sort.Search(len(bs), func(k int) bool { return bs[k].End > at })
	return k < len(bs) && bs[k].Start <= at && bs[k].Kind == hearsay.Heading
}

// claimed returns the tokens of the contents without overlap, in order, each
// range within one block.
func (a *analysis) claimed(parts []attribution) []words {
	var all []words
	for i := range parts {
		all = append(all, parts[i].content...)
	}
	slices.SortFunc(all, func(x, y words) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(y.to, x.to)) })
	var out []words
	end := 0
	for _, w := range all {
		w.from = max(w.from, end)
		for w.from < w.to {
			to := w.from + 1
			for to < w.to && a.ts[to].block == a.ts[w.from].block {
				to++
			}
			out = append(out, words{w.from, to})
			w.from, end = to, to
		}
	}
	return out
}

// holders turns figures into quantities.
type holders struct {
	a         *analysis
	r         *resolver
	ss        []hearsay.Statement
	parts     []attribution
	full      map[string]words // names by their last word, a noun: "Ansa glacier"
	innermost []int            // the statement of each figure with the shortest content
}

// enclose finds the innermost statement of each figure.
func (h *holders) enclose(found []figure) {
	size := make([]int, len(found))
	for i := range h.parts {
		for _, c := range h.parts[i].content {
			k := sort.Search(len(found), func(k int) bool { return found[k].number.from >= c.from })
			for ; k < len(found) && found[k].number.to <= c.to; k++ {
				if n := c.to - c.from; size[k] == 0 || n < size[k] {
					size[k], h.innermost[k] = n, i
				}
			}
		}
	}
}

// said takes from the figures what only a verb of a statement tells of them:
// "they promised me a dozen people" has no deed but the promise.
func (h *holders) said(found []figure) {
	cues := map[int]bool{}
	for i := range h.parts {
		for k := h.parts[i].cue.from; k < h.parts[i].cue.to && k < h.parts[i].cue.from+4; k++ {
			cues[k] = true
		}
	}
	for k := range found {
		if f := &found[k]; f.agent && f.verb == 0 {
			for j := f.end; j < f.end+4; j++ {
				if v, ok := h.verbOf(j, cues); ok && v == f.did {
					f.did = ""
				}
			}
		}
		if f := &found[k]; f.verb < 0 && cues[-f.verb-1] {
			f.holder, f.implied = words{}, false
		}
		if f := &found[k]; f.verb > 0 && cues[f.verb-1] {
			f.did, f.implied = "", false
			if f.rule != "holder-possessor" && f.rule != "holder-adjective" {
				f.holder = words{}
			}
		}
	}
}

// verbOf returns the verb at token i where it is among the cues.
func (h *holders) verbOf(i int, cues map[int]bool) (string, bool) {
	if !cues[i] {
		return "", false
	}
	v, ok := h.a.verbAt(i)
	return v.lemma, ok
}

// quantity makes the record of a figure in a statement, and the reason for its
// holder where that is not plain.
func (h *holders) quantity(f *figure, s int) (hearsay.Quantity, hearsay.Reason) {
	a := h.a
	q := hearsay.Quantity{
		Span: a.span(f.words), Value: f.value, Upto: f.upto, Bound: f.bound,
		Unit: f.unit, Share: f.share, Of: a.span(f.of), Did: f.did,
	}
	switch {
	case !f.holder.empty():
		q.Holder = h.mention(f, s)
	case f.implied && f.did != "":
		q.Holder = h.implied(s)
		f.rule = "holder-speaker"
	}
	if m := q.Holder; m != nil && m.Kind == hearsay.ByPronoun && m.Name == "" {
		q.Holder = nil
		return q, hearsay.Reason{Rule: "holder-ambiguous", Span: m.Span}
	}
	if q.Holder == nil || f.rule == "" {
		return q, hearsay.Reason{}
	}
	return q, hearsay.Reason{Rule: f.rule, Span: q.Holder.Span}
}

// implied returns who does what the content says without a subject: who was
// asked to, else the speaker.
func (h *holders) implied(s int) *hearsay.Mention {
	st := &h.ss[s]
	m := st.Speaker
	switch st.Force {
	case hearsay.Ask, hearsay.Order, hearsay.Suggest, hearsay.Warn, hearsay.Accuse, hearsay.Thank:
		if !h.opensWith(s, "for") || st.Force == hearsay.Thank {
			m = h.told(s)
		}
	}
	if m == nil {
		return nil
	}
	c := *m
	return &c
}

// opensWith reports whether the content of a statement begins with a word.
func (h *holders) opensWith(s int, low string) bool {
	c := h.parts[s].content
	return len(c) > 0 && !c[0].empty() && h.a.ts[c[0].from].low() == low
}

// told returns who is asked or thanked: the addressee, else the few words
// between the verb of a statement and what it asks.
func (h *holders) told(s int) *hearsay.Mention {
	if m := h.ss[s].Addressee; m != nil {
		return m
	}
	p := &h.parts[s]
	if len(p.content) == 0 || p.cue.empty() || p.cue.to >= p.content[0].from || p.content[0].from-p.cue.to > 6 {
		return nil
	}
	w := words{p.cue.to, p.content[0].from}
	for i := w.from; i < w.to; i++ {
		if h.a.ts[i].kind != wordToken || h.a.ts[i].is(preposition|conjunction|adverb) {
			return nil
		}
	}
	m, _ := h.r.mention(w, false)
	return m
}

// mention resolves the holder of a figure in a statement.
func (h *holders) mention(f *figure, s int) *hearsay.Mention {
	a, w := h.a, f.holder
	if f.adjectiveSide {
		span := a.span(w)
		return &hearsay.Mention{Span: span, Kind: hearsay.ByOrganisation, Name: a.lex.adjectives[span.In(a.text)]}
	}
	if m, ok := h.belongs(w, s); ok {
		return m
	}
	t := &a.ts[w.from]
	if w.to-w.from == 1 && t.is(personal|possessive|third) {
		return h.pronoun(w, s)
	}
	if full, ok := h.fuller(w); ok {
		return &hearsay.Mention{Span: a.span(w), Kind: hearsay.ByNoun, Name: full}
	}
	m, _ := h.r.mention(w, false)
	if last := &a.ts[w.to-1]; m != nil && m.Kind == hearsay.ByNoun && m.Name != "" && !last.capital && last.lex == nil && !h.unsexed(m) {
		m.Name, m.Role, m.Why = "", "", hearsay.WhyUnnamed // "the glacier" is not who spoke before
	}
	return m
}

// fuller returns the name that the report gives before to what a holder calls
// by its noun alone: "the Ansa glacier" for "the glacier".
func (h *holders) fuller(w words) (string, bool) {
	a := h.a
	if w.to-w.from != 2 || a.ts[w.from].low() != "the" || a.ts[w.from+1].capital {
		return "", false
	}
	if h.full == nil {
		h.full = map[string]words{}
		for i := 2; i < len(a.ts); i++ {
			t, p := &a.ts[i], &a.ts[i-1]
			if t.kind != wordToken || t.capital || !p.capital || p.kind != wordToken || p.block != t.block || a.ts[i-2].low() != "the" || p.is(timeWord|title|role) || a.lex.adjectives[p.In(a.text)] != "" {
				continue
			}
			name, low := words{i - 1, i + 1}, a.low(*t)
			if had, ok := h.full[low]; ok && (had.empty() || a.span(had).In(a.text) != a.span(name).In(a.text)) {
				name = words{} // two of them
			}
			h.full[low] = name
		}
	}
	name := h.full[a.low(a.ts[w.from+1])]
	if name.empty() || name.from >= w.from {
		return "", false
	}
	return a.span(name).In(a.text), true
}

// belongs resolves a holder that is a figure of somebody's books: the possessor
// of "Norvik's profit", else the body that speaks.
func (h *holders) belongs(w words, s int) (*hearsay.Mention, bool) {
	a := h.a
	if !a.inList(w.to-1, attributeList) {
		return nil, false
	}
	for i := w.from; i < w.to && i < w.from+verbReach; i++ {
		switch {
		case i == w.from && a.ts[i].is(possessive):
			return h.pronoun(words{i, i + 1}, s), true
		case a.possessiveMark(i) && i > w.from:
			m, _ := h.r.mention(words{w.from, i}, false)
			return m, true
		}
	}
	by := h.ss[s].Speaker
	if by == nil || by.Name == "" || !h.isBody(by) {
		return nil, true
	}
	c := *by
	return &c, true
}

// isBody reports whether a mention is a company, an office or a state.
func (h *holders) isBody(m *hearsay.Mention) bool {
	if m.Kind != hearsay.ByName {
		return m.Kind == hearsay.ByOrganisation
	}
	return h.unsexed(m)
}

// unsexed reports whether a name is none of somebody known to be a man or a
// woman.
func (h *holders) unsexed(m *hearsay.Mention) bool {
	q := h.r.people.byName[strings.ToLower(m.Name)]
	return q == nil || q.sex == 0
}

// pronoun resolves a pronoun in a content: the first person is who speaks, he
// and she are, too, unless the content names another before, "it" is a speaker
// that is a body.
func (h *holders) pronoun(w words, s int) *hearsay.Mention {
	a, st := h.a, &h.ss[s]
	m := &hearsay.Mention{Span: a.span(w), Kind: hearsay.ByPronoun, Why: hearsay.WhyAmbiguous}
	by := st.Speaker
	low := a.ts[w.from].low()
	if by != nil && by.Name == "" && by.Kind != hearsay.ByPronoun && h.unnamedFits(by, low) && !h.bodyBefore(w, s) {
		c := *by
		return &c
	}
	if by == nil || by.Name == "" {
		return m
	}
	body := by.Kind == hearsay.ByOrganisation
	if q := h.r.people.byName[strings.ToLower(by.Name)]; (by.Kind == hearsay.ByName || by.Kind == hearsay.ByPronoun && strings.EqualFold(by.Span.In(a.text), "it")) && (low == "it" || low == "its") {
		body = q == nil || q.sex == 0 // "Hollis Capital said it"
	}
	fits := false
	switch low {
	case "i", "my":
		fits = true
	case "we", "our", "it", "its", "they", "their":
		fits = body && (!h.bodyBefore(w, s) || st.Force == hearsay.Accuse && (low == "its" || low == "our"))
	case "he", "his", "she", "her":
		sex := feminine
		if low == "he" || low == "his" {
			sex = masculine
		}
		fits = !body && by.Kind != hearsay.ByGroup && h.sexFits(by, sex) && !h.personBefore(w, s, sex)
	}
	switch {
	case fits:
		m.Name, m.Role, m.Why = by.Name, by.Role, ""
	case low == "they" || low == "their":
		if c := h.subjectOver(w, s); !c.empty() {
			got, _ := h.r.mention(c, false)
			return got
		}
	case low == "he" || low == "she" || low == "his" || low == "her":
		if got, _ := h.r.mention(w, false); got != nil && got.Name != by.Name {
			return got
		}
	}
	return m
}

// subjectOver returns the plural that a content begins with, for which "they"
// stands: "dockworkers will strike until they are paid".
func (h *holders) subjectOver(w words, s int) words {
	const most = 5
	c := h.before(w, s)
	for i := c.from; i < c.to && i < c.from+most; i++ {
		t := &h.a.ts[i]
		if t.kind != wordToken || t.is(preposition|conjunction|personal|copula|auxiliary|modal) {
			break
		}
		if h.a.pluralAt(i, c.from, c.to) {
			return words{c.from, i + 1}
		}
	}
	return words{}
}

// unnamedFits reports whether a pronoun can stand for a speaker who has no name:
// "all 18 players wrote that they were owed $1m".
func (h *holders) unnamedFits(by *hearsay.Mention, low string) bool {
	switch low {
	case "we", "our", "they", "their":
		return by.Kind == hearsay.ByGroup || by.Kind == hearsay.ByOrganisation
	case "it", "its":
		return by.Kind == hearsay.ByOrganisation
	}
	return false
}

func (h *holders) sexFits(m *hearsay.Mention, sex class) bool {
	for _, q := range h.r.people.all[:min(len(h.r.people.all), candidates)] {
		if q.name == m.Name {
			return q.sex == 0 || q.sex == sex
		}
	}
	return true
}

// before returns the part of the content that holds w which stands before it.
func (h *holders) before(w words, s int) words {
	for _, c := range h.parts[s].content {
		if c.from <= w.from && w.to <= c.to {
			return words{max(c.from, w.from-60), w.from}
		}
	}
	return words{}
}

func (h *holders) personBefore(w words, s int, sex class) bool {
	c := h.before(w, s)
	for i := c.from; i < c.to; {
		run, ok := h.a.nameRun(i)
		if !ok {
			i++
			continue
		}
		i = run.to
		q, _ := h.r.people.named(h.a.contentWords(run.name), sex, h.a.lex)
		if q != nil && h.ss[s].Speaker.Name != q.name {
			return true
		}
	}
	return false
}

// bodyBefore reports whether the content names anybody else before a pronoun.
func (h *holders) bodyBefore(w words, s int) bool {
	c := h.before(w, s)
	for i := c.from; i < c.to; i++ {
		if h.a.ts[i].capital && h.a.capitalWord(i) && !h.a.ts[i].is(timeWord) && !h.a.sentenceStart(i) {
			return true
		}
	}
	return false
}
