package annotate

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
)

// byRole returns the person to whom the report has given the office that a
// description names, and where.
func (r *resolver) byRole(w words, head int) (*person, hearsay.Span) {
	a := r.a
	ws := a.contentWords(w)
	noun := a.low(a.ts[head])
	generic := a.ts[head].is(anyOffice)
	if !a.personNoun(head) && !a.ts[head].is(anyOffice|lead) {
		return nil, hearsay.Span{}
	}
	var best *person
	var at hearsay.Span
	top, tied := 0, false
	sex := a.sexOfNoun(head)
	for _, q := range r.holders(ws, noun, generic) {
		if sex != 0 && q.sex != 0 && sex != q.sex && a.ts[w.from].is(possessive) {
			continue // "her spokesman" is not Ms Ott, a spokeswoman
		}
		score, span := r.fit(q, ws, noun, generic, a.heading(w.from))
		if score == 0 {
			continue
		}
		score = score*16 + r.recency(q, w.from)
		switch {
		case score > top:
			top, best, at, tied = score, q, span, false
		case score == top:
			tied = true
		}
	}
	if tied {
		return nil, hearsay.Span{}
	}
	return best, at
}

// holders returns those whose roles have the head noun of a description or,
// where that stands for any office, one of its words.
func (r *resolver) holders(ws []string, noun string, generic bool) []*person {
	found := r.byWord[noun]
	if key := r.a.lex.same[noun]; key != "" && len(r.byWord[key]) > len(found) {
		found = r.byWord[key]
	}
	if !generic {
		return found
	}
	found = slices.Clone(found)
	for _, w := range append([]string{anyLead}, ws...) {
		for _, q := range r.byWord[w] {
			if w != noun && !slices.Contains(found, q) {
				found = append(found, q)
			}
		}
	}
	return found
}

// fit counts the words that a description shares with a role of a person; 0
// where the head does not fit.
func (r *resolver) fit(q *person, ws []string, noun string, generic, headline bool) (int, hearsay.Span) {
	best, at := 0, hearsay.Span{}
	for _, role := range q.roles {
		shared, other := 0, 0
		for _, x := range ws {
			switch {
			case slices.ContainsFunc(role.words, func(y string) bool { return x == y || related(x, y) || r.a.lex.alike(x, y) }),
				slices.Contains(role.wider, x):
				shared++
			case !r.a.lex.blanks[x] && !strings.Contains(x, "-"): // "silver-haired", "$390,000-a-year"
				other++
			}
		}
		fits := slices.ContainsFunc(role.words, func(y string) bool { return y == noun || r.a.lex.alike(y, noun) })
		exact := fits
		fits = fits || slices.ContainsFunc(role.wider, func(y string) bool { return y == noun || r.a.lex.alike(y, noun) })
		if fits && generic && shared == 1 && other > 0 && (len(role.words) > 1 || !exact) && !role.tacit {
			continue // "the farm minister" is no prime minister
		}
		if !fits && generic && shared > 0 {
			fits = slices.ContainsFunc(role.words, r.a.lex.leads)
		}
		// Every word of the office must fit, or at least the head and one more.
		if fits && (shared >= 2 || len(ws) == 1 || other == 0 || generic || headline) {
			score := 2 * shared
			if exact {
				score++ // than those whom the noun only takes up
			}
			if score > best {
				best, at = score, role.Span
			}
		}
	}
	return best, at
}

// related reports whether two words are likely the name of a place and its
// adjective: they share all but the last letters.
func related(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= 4 && n >= min(len(a), len(b))-2 && max(len(a), len(b))-n <= 4
}

// recency is higher for those who were told of lately before token i.
func (r *resolver) recency(q *person, i int) int {
	const back = 12
	last := r.sightsBefore(i) - 1
	for k := last; k >= 0 && k > last-back; k-- {
		if r.sights[k].q == q {
			return back - (last - k) + 1
		}
	}
	return 0
}

// inView returns the person of whom the report has just told, where a description
// is of the kind that takes up somebody so: "the 52-year-old", "the striker". The
// first in view must stand far before the second. An office ("the minister")
// may be somebody else's: it needs words that mark it out, and a person of whom no
// other office is told.
func (r *resolver) inView(w words, head int) *person {
	const near = 2 // sentences
	a := r.a
	t := &a.ts[head]
	if a.ts[w.from].low() != "the" || t.is(unnamed) && !t.is(role) || head-w.from > 6 || a.ts[w.from].quote != 0 || !r.takesUp(head) {
		return nil
	}
	if low := a.low(*t); low == "defendant" || low == "accused" {
		return nil // who is on trial is told
	}
	n := r.sentenceIndex(w.from)
	q := r.topic(w.from, a.sexOfNoun(head))
	if q == nil && head > w.from+1 {
		q = r.spokeLast(w.from, n, a.sexOfNoun(head))
	}
	past := a.lowAt(w.from+1) == "former" || a.lowAt(w.from+1) == "onetime" || a.lowAt(w.from+1) == "one-time" || strings.HasPrefix(a.lowAt(w.from+1), "ex-")
	sure := q != nil
	if q == nil && agedWord(a.low(a.ts[r.agedAt(w)])) > 0 {
		q = r.broughtIn(w.from, n)
	}
	if q == nil {
		found := r.withoutOpening(r.standings(w.from, n, a.sexOfNoun(head)))
		if len(found) == 0 || found[0].q == nil || n-int(found[0].near) > near {
			return nil
		}
		q = found[0].q
		if !q.evident || len(found) > 1 && found[0].sum < descriptionLead*found[1].sum {
			return nil
		}
	}
	if w.from > a.ss[n].from && a.ts[w.from-1].is(subordinator|relative|whWord|preposition) && r.another(q, w, head, n) {
		return nil
	}
	if low := a.low(*t); a.lex.apart[low] && !slices.ContainsFunc(q.roles, func(role roleAt) bool {
		return slices.Contains(role.words, low) || slices.Contains(role.wider, low)
	}) {
		return nil // who judges is somebody else
	}
	if r.strange(w, head, q, sure) {
		return nil
	}
	switch {
	case t.is(anyOffice):
		if len(q.roles) == 0 && head-w.from < 2 && !past {
			return nil
		}
	case t.is(lead):
		if !(past && sure) && (head-w.from < 2 || r.holdsOffice(q)) {
			return nil
		}
	}
	return q
}

// another reports whether a description within a sentence is rather of somebody else than
// q: "she read a note in which the teenager wrote ...", "the specialist" where q is told
// to be a lawyer.
func (r *resolver) another(q *person, w words, head, n int) bool {
	a := r.a
	if head-w.from < 2 && r.seenBefore(q, w.from, n) {
		return true
	}
	return len(q.roles) > 0 && !a.ts[head].is(role|anyOffice|lead) && a.sexOfNoun(head) == 0 && agedWord(a.low(a.ts[r.agedAt(w)])) == 0 && agedWord(a.lowAt(head)) == 0
}

// seenBefore reports whether a person is seen in sentence n before token i.
func (r *resolver) seenBefore(q *person, i, n int) bool {
	for k := r.sightsBefore(i) - 1; k >= 0 && int(r.sights[k].sentence) == n; k-- {
		if r.sights[k].q == q {
			return true
		}
	}
	return false
}

// spokeLast returns the person who spoke in sentence n before token i or in the one
// before, where the report tells of nobody else since: "the retired surgeon" takes up
// who has just been quoted.
func (r *resolver) spokeLast(i, n int, sex class) *person {
	const back = 6 // sights
	last := r.sightsBefore(i) - 1
	for k := last; k >= 0 && k > last-back; k-- {
		g := &r.sights[k]
		if g.quote != 0 {
			continue
		}
		if n-int(g.sentence) > 1 || g.q == nil || !g.q.evident || !g.speaks || sex != 0 && g.q.sex != 0 && g.q.sex != sex {
			return nil
		}
		return g.q
	}
	return nil
}

// holdsOffice reports whether the report gives a person an office.
func (r *resolver) holdsOffice(q *person) bool {
	for _, role := range q.roles {
		if slices.ContainsFunc(role.words, r.a.lex.leads) {
			return true
		}
	}
	return false
}

// alike reports whether two nouns can stand for the same person.
func (l *lexicon) alike(a, b string) bool {
	return a == b || l.same[a] != "" && l.same[a] == l.same[b]
}

// takesUp reports whether a noun can take up a person named before: it names
// persons, or may.
func (r *resolver) takesUp(head int) bool {
	a := r.a
	low := a.low(a.ts[head])
	if a.personNoun(head) {
		return true
	}
	for _, end := range []string{"ant", "ent", "ee", "ese", "hand", "kid", "teen", "child", "hero", "guy", "man", "ian", "i"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return a.ts[head].kind == numberToken || strings.Contains(low, "-")
}

// topic returns the only person of whom the paragraph has told before token i, where
// it began with that person as its subject.
func (r *resolver) topic(i int, sex class) *person {
	const back = 30 // sights
	a := r.a
	var q *person
	opens := false
	k := r.sightsBefore(i) - 1
	for low := k - back; k >= 0; k-- {
		g := &r.sights[k]
		if a.ts[g.from].block != a.ts[i].block {
			break
		}
		if k <= low {
			return nil
		}
		if g.quote != 0 {
			continue
		}
		if g.q == nil && g.unnamed != nil || g.q != nil && q != nil && g.q != q {
			return nil
		}
		if g.q == nil {
			continue
		}
		q, opens = g.q, g.weight >= firstWeight
	}
	if q == nil || !opens || sex != 0 && q.sex != 0 && q.sex != sex || !q.evident && q.given == "" {
		return nil
	}
	return q
}

// broughtIn returns the only person whom the report names for the first time in
// sentence n before token i or in the one before: an age tells more of a new person.
func (r *resolver) broughtIn(i, n int) *person {
	const back = 12 // sights
	var found *person
	last := r.sightsBefore(i) - 1
	for k := last; k >= 0 && k > last-back && n-int(r.sights[k].sentence) <= 1; k-- {
		g := &r.sights[k]
		if g.q == nil || g.q.age > 0 || len(g.q.roles) == 0 || r.a.ts[g.from].Start > g.q.first.Start+1 || g.q.first.Start >= r.a.ts[g.to-1].End {
			continue
		}
		if found != nil && found != g.q {
			return nil
		}
		found = g.q
	}
	return found
}

// withoutOpening leaves out those without a name of whom the report told last before
// it named the first of the others: it most often names them so.
func (r *resolver) withoutOpening(found []standing) []standing {
	for _, f := range found {
		if f.q == nil {
			continue
		}
		first := int32(r.sentenceOfByte(f.q.first.Start))
		return slices.DeleteFunc(found, func(o standing) bool { return o.q == nil && o.near < first })
	}
	return found
}

// sentenceOfByte returns the number of the sentence that holds a byte of the text.
func (r *resolver) sentenceOfByte(at int) int {
	a := r.a
	return sort.Search(len(a.ss), func(k int) bool { return a.ts[a.ss[k].to-1].End > at })
}
