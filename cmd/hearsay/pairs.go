package main

import (
	"cmp"
	"slices"
	"strings"

	"hearsay/compare"
)

// A pair is a statement of a version and what became of it in the next: a or b
// is -1 where it is new or gone.
type pair struct {
	a, b    int
	verdict compare.Verdict
}

// mostAlike is with how many statements of a key one is compared.
const mostAlike = 20

// pairs ties the statements of one version to those of the next, each to one at
// most: first those in the same words, then the likeliest. They come in the order
// of the next version, those that are gone behind.
func pairs(before, after []compare.Said) []pair {
	toA, toB := make([]int, len(after)), make([]int, len(before))
	for i := range toA {
		toA[i] = -1
	}
	for i := range toB {
		toB[i] = -1
	}
	verdicts := make([]compare.Verdict, len(after))
	tie := func(a, b int, v compare.Verdict) {
		if toA[b] < 0 && toB[a] < 0 {
			toA[b], toB[a], verdicts[b] = a, b, v
		}
	}
	same := map[string][]int{}
	for a := range before {
		same[sameKey(&before[a])] = append(same[sameKey(&before[a])], a)
	}
	for b := range after {
		key := sameKey(&after[b])
		if list := same[key]; len(list) > 0 {
			tie(list[0], b, compare.Verdict{Relation: compare.Same, Sure: true, Likeness: 1})
			same[key] = list[1:]
		}
	}
	for _, p := range likely(before, after, toA, toB) {
		tie(p.a, p.b, p.verdict)
	}
	var out []pair
	for b, a := range toA {
		out = append(out, pair{a, b, verdicts[b]})
	}
	for a, b := range toB {
		if b < 0 {
			out = append(out, pair{a: a, b: -1})
		}
	}
	return out
}

// sameKey is equal for statements that have not changed.
func sameKey(s *compare.Said) string {
	negated := ""
	if s.Negated {
		negated = "not"
	}
	return strings.Join([]string{s.Speaker.Name, string(s.Quoting), negated, s.Text}, "\x00")
}

// likely compares the statements that are not tied yet, and returns the pairs
// that may be of one statement, the likeliest first.
func likely(before, after []compare.Said, toA, toB []int) []pair {
	byKey := map[uint64][]int{}
	for a := range before {
		if toB[a] >= 0 {
			continue
		}
		for _, k := range compare.Keys(before[a]) {
			byKey[k] = append(byKey[k], a)
		}
	}
	var out []pair
	for b := range after {
		if toA[b] >= 0 {
			continue
		}
		seen := map[int]bool{}
		for _, k := range compare.Keys(after[b]) {
			list := byKey[k]
			for _, a := range list[:min(mostAlike, len(list))] {
				if seen[a] {
					continue
				}
				seen[a] = true
				if v := compare.Wording(before[a], after[b]); v.Relation != compare.Different {
					out = append(out, pair{a, b, v})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.verdict.Likeness, x.verdict.Likeness), abs(x.a-x.b)-abs(y.a-y.b), x.b-y.b, x.a-y.a)
	})
	return out
}

func abs(n int) int { return max(n, -n) }
