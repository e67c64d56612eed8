package score

import (
	"cmp"
	"slices"
)

// A pair says that a gold attribution and a found one are the same, by their
// places in their lists.
type pair struct{ gold, found int }

// overlap is a pair that may be matched, with the bytes that both cover.
type overlap struct {
	pair
	bytes int
}

// match pairs gold and found attributions one to one, as many as possible;
// where there is a choice, those first that share most bytes. same returns the
// number of bytes shared, 0 for two that may not be paired.
func match(gold, found []Attribution, same func(g, f Attribution) int) []pair {
	var all []overlap
	for i, g := range gold {
		for j, f := range found {
			if n := same(g, f); n > 0 {
				all = append(all, overlap{pair{i, j}, n})
			}
		}
	}
	slices.SortFunc(all, func(a, b overlap) int {
		return cmp.Or(cmp.Compare(b.bytes, a.bytes), cmp.Compare(a.gold, b.gold), cmp.Compare(a.found, b.found))
	})
	m := matching{of: make([][]int, len(gold)), gold: map[int]int{}, found: map[int]int{}}
	for _, o := range all {
		m.of[o.gold] = append(m.of[o.gold], o.found)
		if _, ok := m.found[o.gold]; ok {
			continue
		}
		if _, ok := m.gold[o.found]; !ok {
			m.join(o.gold, o.found)
		}
	}
	for i := range gold {
		if _, ok := m.found[i]; !ok {
			m.augment(i, map[int]bool{})
		}
	}
	var pairs []pair
	for i := range gold {
		if j, ok := m.found[i]; ok {
			pairs = append(pairs, pair{i, j})
		}
	}
	return pairs
}

// A matching is a one-to-one relation that grows by augmenting paths.
type matching struct {
	of    [][]int     // what each gold one may be paired with, best first
	gold  map[int]int // of a found one
	found map[int]int // of a gold one
}

func (m matching) join(g, f int) { m.gold[f], m.found[g] = g, f }

// augment finds a partner for g, moving others to new partners if need be.
func (m matching) augment(g int, tried map[int]bool) bool {
	for _, f := range m.of[g] {
		if tried[f] {
			continue
		}
		tried[f] = true
		if other, taken := m.gold[f]; !taken || m.augment(other, tried) {
			m.join(g, f)
			return true
		}
	}
	return false
}

// sameStatement asks that cue, content and speaker all overlap; a cue or a
// speaker may also be absent from both.
func sameStatement(g, f Attribution) int {
	cue, speaker, content := shared(g.Cue, f.Cue), shared(g.Speaker, f.Speaker), shared(g.Content, f.Content)
	if content == 0 || cue == 0 && len(g.Cue)+len(f.Cue) > 0 || speaker == 0 && len(g.Speaker)+len(f.Speaker) > 0 {
		return 0
	}
	return cue + speaker + content
}

// sameContent asks that the contents share half of what they cover together,
// and that the speakers overlap or are absent from both.
func sameContent(g, f Attribution) int {
	speaker, content := shared(g.Speaker, f.Speaker), shared(g.Content, f.Content)
	if 2*content < size(g.Content)+size(f.Content)-content || speaker == 0 && len(g.Speaker)+len(f.Speaker) > 0 {
		return 0
	}
	return speaker + content
}
