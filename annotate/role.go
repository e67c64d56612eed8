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
	var best *person
	var at hearsay.Span
	top, tied := 0, false
	for _, q := range r.holders(ws, noun, generic) {
		score, span := r.fit(q, ws, noun, generic)
		if score == 0 {
			continue
		}
		score = score*16 + r.recency(q)
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

// recency is higher for those who spoke lately.
func (r *resolver) recency(q *person) int {
	for k := len(r.recent) - 1; k >= 0; k-- {
		if r.recent[k] == q {
			return k + 2
		}
	}
	return 0
}

// onlyCandidate returns the one person whom the sentence before a description,
// in the same paragraph, names, where the description is of the kind that
// stands for somebody just named: "the 52-year-old", "the striker", "the
// Norwegian". Offices ("the minister") may be somebody else's.
func (r *resolver) onlyCandidate(w words, head int) *person {
	a := r.a
	t := &a.ts[head]
	aged := strings.HasSuffix(a.text[t.Start:t.End], "-year-old")
	if a.ts[w.from].low() != "the" || !aged && (!t.is(role|demonym) || t.is(lead|anyOffice|unnamed)) || w.to-w.from > 3 {
		return nil
	}
	s := a.sentenceOf(w.from)
	from := s.from
	if k := sort.Search(len(a.ss), func(k int) bool { return a.ss[k].to >= s.from }); s.from > 0 && k < len(a.ss) && a.ss[k].block == s.block {
		from = a.ss[k].from
	}
	var only *person
	for i := from; i < w.from; {
		run, ok := a.nameRun(i)
		if !ok {
			i++
			continue
		}
		i = run.to
		q, _ := r.people.named(a.contentWords(run.name), run.sex)
		if q == nil || !q.evident || !a.outside(run.from) {
			continue
		}
		if only != nil && only != q {
			return nil
		}
		only = q
	}
	return only
}
