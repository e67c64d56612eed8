package ledger

import (
	"cmp"
	"maps"
	"slices"

	"hearsay/compare"
)

// thread brings the threads of wordings up to date whose links have changed.
func (t *tx) thread(changed []int64) error {
	if len(changed) == 0 {
		return nil
	}
	links, err := t.component(changed)
	if err != nil {
		return err
	}
	all := slices.Sorted(maps.Keys(links))
	reports, err := t.reportsOf(links, all)
	if err != nil {
		return err
	}
	was := make(map[int64]int64, len(all))
	err = t.inMany(threadsOf, all, func(row scanner) error {
		var wording, first int64
		err := row.Scan(&wording, &first)
		was[wording] = first
		return err
	})
	if err != nil {
		return err
	}
	var rows [][]any
	first := group(links, reports)
	touched := make([]int64, 0, 2*len(changed))
	slices.Sort(changed)
	for _, w := range all {
		now, ok := first[w]
		old, stored := was[w]
		if _, relinked := slices.BinarySearch(changed, w); relinked || ok != stored || now != old {
			touched = append(touched, firstOr(now, w), firstOr(old, w))
		}
		switch {
		case ok && old != now:
			rows = append(rows, []any{w, now})
		case !ok && stored:
			if _, err := t.exec(deleteThread, w); err != nil {
				return err
			}
		}
	}
	if err := t.insertBut(addThreads, threadRows, replaceFirst, rows); err != nil {
		return err
	}
	return t.changed(touched)
}

// firstOr is the first wording of a thread, or the only one.
func firstOr(first, wording int64) int64 { return cmp.Or(first, wording) }

// A tie is a sure link of a wording.
type tie struct {
	to   int64
	same bool // so that one report may have both: the same words, or nearly
}

// sameInReport is how likely other words of one report have to say the same. What
// a report tells twice it tells in the same words, or shortly in its headline: and
// there are few words in one that speak for or against it.
const sameInReport = 0.95

// component returns the sure links of wordings and of all that they are tied
// to, however far.
func (t *tx) component(from []int64) (map[int64][]tie, error) {
	links := map[int64][]tie{}
	for front := slices.Compact(slices.Sorted(slices.Values(from))); len(front) > 0; {
		for _, w := range front {
			links[w] = nil
		}
		var next []int64
		err := t.inMany(sureLinksOf, front, func(row scanner) error {
			var a, b int64
			var relation string
			var likeness float64
			err := row.Scan(&a, &b, &relation, &likeness)
			r := compare.Relation(relation)
			links[a] = append(links[a], tie{b, r == compare.Same || r == compare.Trimmed || r == compare.Reworded && likeness >= sameInReport})
			next = append(next, b)
			return err
		})
		if err != nil {
			return nil, err
		}
		slices.Sort(next)
		front = slices.DeleteFunc(slices.Compact(next), func(w int64) bool { _, seen := links[w]; return seen })
	}
	return links, nil
}

// reportsOf returns the reports that have each of the wordings which are tied to
// others.
func (t *tx) reportsOf(links map[int64][]tie, all []int64) (map[int64][]int64, error) {
	out := map[int64][]int64{}
	all = slices.DeleteFunc(slices.Clone(all), func(w int64) bool { return len(links[w]) == 0 })
	err := t.inMany(reportsOfWordings, all, func(row scanner) error {
		var wording, report int64
		err := row.Scan(&wording, &report)
		out[wording] = append(out[wording], report)
		return err
	})
	return out, err
}

// inMany asks a question of many numbers and calls f with the rows that come.
func (t *tx) inMany(q string, numbers []int64, f func(scanner) error) error {
	for ; len(numbers) > 0; numbers = numbers[min(recordsAtOnce, len(numbers)):] {
		some := numbers[:min(recordsAtOnce, len(numbers))]
		values := make([]any, len(some))
		for i, n := range some {
			values[i] = n
		}
		rows, err := t.query(q+marksFor(len(some)), values...)
		if err != nil {
			return err
		}
		for rows.Next() {
			if err := f(rows); err != nil {
				rows.Close()
				return err
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// group makes threads of wordings: it returns the first wording of the thread
// of each that has company. A chain of small changes may lead from one
// statement to quite another one. So a wording belongs to a thread if it is tied
// to the first of it and to a third of the others, or to two and to half of
// them; and if each of the thread that a report has beside it says the same.
// Wordings are taken in the order of
// their days, on a day those with most links first, which are seldom parts of
// others: what comes of it depends on nothing but the links and the reports.
func group(links map[int64][]tie, reports map[int64][]int64) map[int64]int64 {
	first := make(map[int64]int64, len(links))
	size := map[int64]int{}
	has := map[[2]int64][]int64{} // the wordings of a thread that a report has
	order := slices.SortedFunc(maps.Keys(links), func(a, b int64) int {
		return cmp.Or(cmp.Compare(dayOfWording(a), dayOfWording(b)), len(links[b])-len(links[a]), cmp.Compare(a, b))
	})
	for _, w := range order {
		ties, same := map[int64]int{}, map[int64]bool{}
		for _, o := range links[w] {
			same[o.to] = o.same
			if f, seen := first[o.to]; seen {
				ties[f]++
			}
		}
		best := w
		for _, f := range slices.Sorted(maps.Keys(ties)) {
			_, toFirst := same[f]
			near := 3*ties[f] >= size[f] && toFirst || ties[f] >= 2 && 2*ties[f] >= size[f]
			if near && (best == w || ties[f] > ties[best]) && together(f, reports[w], has, same) {
				best = f
			}
		}
		first[w] = best
		size[best]++
		for _, r := range reports[w] {
			has[[2]int64{best, r}] = append(has[[2]int64{best, r}], w)
		}
	}
	maps.DeleteFunc(first, func(_, f int64) bool { return size[f] < 2 })
	return first
}

// together reports whether a wording that reports have says the same as all that
// they have of a thread.
func together(thread int64, reports []int64, has map[[2]int64][]int64, same map[int64]bool) bool {
	for _, r := range reports {
		for _, o := range has[[2]int64{thread, r}] {
			if !same[o] {
				return false
			}
		}
	}
	return true
}
