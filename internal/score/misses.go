package score

import (
	"slices"
	"strings"

	"hearsay"
)

// A Miss is an attribution without partner, with what is known of it.
type Miss struct {
	Attribution
	Extra bool   // found, but not marked; else marked, but not found
	Class string // direct, mixed, speech or other
	Lacks string // in what the nearest one of the other side differs
}

// Misses returns what keeps an article from being found as it was marked, in
// the order of the text.
func Misses(a Article, found []Attribution) []Miss {
	v := loadVerbs()
	gold, found := tidyAll(a.Text, a.Gold), tidyAll(a.Text, found)
	pairedGold, pairedFound := make([]bool, len(gold)), make([]bool, len(found))
	for _, p := range match(gold, found, sameStatement) {
		pairedGold[p.gold], pairedFound[p.found] = true, true
	}
	var all []Miss
	add := func(extra bool, mine, others []Attribution, paired []bool) {
		for i, m := range mine {
			if !paired[i] && len(m.Content) > 0 {
				all = append(all, Miss{m, extra, v.classOf(a.Text, m).String(), lacks(m, others)})
			}
		}
	}
	add(false, gold, found, pairedGold)
	add(true, found, gold, pairedFound)
	slices.SortStableFunc(all, func(x, y Miss) int { return byPlace(x.Attribution, y.Attribution) })
	return all
}

// String returns the word that names of figures have for the class.
func (c class) String() string {
	return strings.TrimPrefix(names[attributionDirect+int(c)], "attribution_")
}

// lacks says in which roles m differs from the one of others that it shares
// most with.
func lacks(m Attribution, others []Attribution) string {
	var near Attribution
	most := 0
	for _, o := range others {
		n := shared(m.Speaker, o.Speaker) + shared(m.Cue, o.Cue) + shared(m.Content, o.Content)
		if n > most {
			near, most = o, n
		}
	}
	if most == 0 {
		return "nothing near"
	}
	var words []string
	for _, role := range []struct {
		name string
		a, b []hearsay.Span
	}{{"speaker", m.Speaker, near.Speaker}, {"cue", m.Cue, near.Cue}, {"content", m.Content, near.Content}} {
		if len(role.a)+len(role.b) > 0 && shared(role.a, role.b) == 0 {
			words = append(words, "other "+role.name)
		}
	}
	if words == nil {
		return "taken by another"
	}
	return strings.Join(words, " and ")
}

// Right tells of each attribution found whether people marked the same one.
func Right(a Article, found []Attribution) []bool {
	right := make([]bool, len(found))
	for _, p := range match(tidyAll(a.Text, a.Gold), tidyAll(a.Text, found), sameStatement) {
		right[p.found] = true
	}
	return right
}
