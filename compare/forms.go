package compare

import (
	"fmt"
	"strings"
)

// finish makes the entries of all words that the files name.
func (t *lexicon) finish() error {
	form := func(w string) uint64 { return t.make(w).form }
	t.but, t.a, t.and, t.of, t.one, t.dozen = form("but"), form("a"), form("and"), form("of"), form("one"), form("dozen")
	t.an, t.out, t.times, t.every, t.than = form("an"), form("out"), form("times"), form("every"), form("than")
	t.per, t.cent, t.in, t.by, t.to = form("per"), form("cent"), form("in"), form("by"), form("to")
	t.as, t.can, t.could = form("as"), form("can"), form("could")
	t.both = form("both")
	t.past, t.oclock, t.am, t.pm = form("past"), form("oclock"), form("a.m"), form("p.m")
	t.up, t.down, t.rise = form("up"), form("down"), t.make("rise").sense
	t.last, t.end, t.or, t.before, t.from, t.once = form("last"), form("end"), form("or"), form("before"), form("from"), form("once")
	t.able, t.enough = t.make("able").sense, t.make("enough").sense
	t.scarcely, t.scant = map[uint64]bool{}, map[uint64]bool{}
	for _, w := range [...]string{"hardly", "scarcely", "barely"} {
		t.scarcely[form(w)] = true
	}
	for _, w := range [...]string{"few", "little", "seldom", "rarely"} {
		t.scant[form(w)] = true
	}
	t.without, t.subjects, t.auxiliaries = form("without"), map[uint64]bool{}, map[uint64]bool{}
	for _, w := range [...]string{"i", "we", "he", "she", "they"} {
		t.subjects[form(w)] = true
	}
	t.afterObject, t.articles = map[uint64]bool{}, map[uint64]bool{}
	for _, w := range [...]string{"up", "down", "off", "out", "away", "back", "over", "aside", "apart", "from"} {
		t.afterObject[form(w)] = true
	}
	for _, w := range [...]string{"the", "a", "an", "of"} {
		t.articles[form(w)] = true
	}
	for _, w := range [...]string{"be", "have", "do"} {
		t.auxiliaries[t.lemma(w)] = true
	}
	t.unitStems = make(map[uint64]unit, len(t.units))
	for w, u := range t.units {
		t.unitStems[t.make(w).lemma], t.unitStems[t.lemma(w)] = u, u // "seconds" is no ordinal
		if u.kind == "rate" {
			t.rates[t.make(w).sense] = u
		}
	}
	all := map[string]bool{}
	for w := range t.classes {
		all[w] = true
	}
	for w := range t.values {
		all[w] = true
	}
	for w, target := range t.spelling {
		all[w], all[target] = true, true
	}
	for w := range t.base {
		all[w] = true
	}
	for w := range t.senses {
		all[w] = true
	}
	for _, pair := range t.contraries {
		all[pair[0]], all[pair[1]] = true, true
		p, q := t.make(pair[0]).meant(), t.make(pair[1]).meant()
		if p == q {
			return fmt.Errorf("words/contrary.txt: %q and %q mean the same", pair[0], pair[1])
		}
		t.contrary[mix(p, q)], t.contrary[mix(q, p)] = true, true
		t.hasContrary[p], t.hasContrary[q] = true, true
	}
	t.contraries = nil
	for w := range all {
		if first, _, ok := strings.Cut(w, "_"); ok {
			t.leads[t.stem(t.spelled(first))] = true
			t.phrase(w)
		}
	}
	for w := range all {
		if !strings.Contains(w, "_") {
			t.words[w] = t.make(w)
		}
	}
	return nil
}
