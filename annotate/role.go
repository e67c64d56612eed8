package annotate

import (
	"slices"

	"hearsay"
)

// byRole returns the person to whom the report has given the office that a
// description names, and where.
func (r *resolver) byRole(w words, head int) (*person, hearsay.Span) {
	a := r.a
	ws := a.contentWords(w)
	noun := a.low(a.ts[head])
	generic := a.ts[head].is(anyOffice)
	if !a.ts[head].is(role | title | demonym | anyOffice | lead) {
		return nil, hearsay.Span{}
	}
	var best *person
	var at hearsay.Span
	top, tied := 0, false
	for _, q := range r.holders(ws, noun, generic) {
		score, span := r.fit(q, ws, noun, generic)
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
func (r *resolver) fit(q *person, ws []string, noun string, generic bool) (int, hearsay.Span) {
	best, at := 0, hearsay.Span{}
	for _, role := range q.roles {
		shared := 0
		for _, x := range ws {
			if slices.ContainsFunc(role.words, func(y string) bool { return x == y || related(x, y) }) {
				shared++
			}
		}
		fits := slices.Contains(role.words, noun)
		if !fits && generic && shared > 0 {
			fits = slices.ContainsFunc(role.words, r.a.lex.leads)
		}
		// Every word of the office must fit, or at least the head and one more.
		if fits && shared > best && (shared >= 2 || len(ws) == 1 || generic) {
			best, at = shared, role.Span
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
	if a.ts[w.from].low() != "the" || t.is(unnamed) && !t.is(role) || w.to-w.from > 6 {
		return nil
	}
	n := r.sentenceIndex(w.from)
	found := r.standings(w.from, n, a.sexOfNoun(head))
	if len(found) == 0 || found[0].q == nil || n-int(found[0].near) > near {
		return nil
	}
	q := found[0].q
	if !q.evident || len(found) > 1 && found[0].sum < descriptionLead*found[1].sum {
		return nil
	}
	switch {
	case t.is(anyOffice):
		if len(q.roles) == 0 && head-w.from < 2 {
			return nil
		}
	case t.is(lead):
		if head-w.from < 2 || r.holdsOffice(q) {
			return nil
		}
	}
	return q
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
