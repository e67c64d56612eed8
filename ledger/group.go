package ledger

import (
	"cmp"
	"maps"
	"slices"
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
	was := make(map[int64]int64, len(all))
	err = t.inMany(threadsOf, all, func(wording, first int64) { was[wording] = first })
	if err != nil {
		return err
	}
	var rows [][]any
	first := group(links)
	for _, w := range all {
		now, ok := first[w]
		old, stored := was[w]
		switch {
		case ok && old != now:
			rows = append(rows, []any{w, now})
		case !ok && stored:
			if _, err := t.exec(deleteThread, w); err != nil {
				return err
			}
		}
	}
	return t.insertBut(addThreads, threadRows, replaceFirst, rows)
}

// component returns the sure links of wordings and of all that they are tied
// to, however far.
func (t *tx) component(from []int64) (map[int64][]int64, error) {
	links := map[int64][]int64{}
	slices.Sort(from)
	for front := slices.Compact(from); len(front) > 0; {
		for _, w := range front {
			links[w] = nil
		}
		var next []int64
		err := t.inMany(sureLinksOf, front, func(a, b int64) {
			links[a] = append(links[a], b)
			next = append(next, b)
		})
		if err != nil {
			return nil, err
		}
		slices.Sort(next)
		front = slices.DeleteFunc(slices.Compact(next), func(w int64) bool { _, seen := links[w]; return seen })
	}
	return links, nil
}

// inMany asks a question of many numbers and calls f with the pairs that come.
func (t *tx) inMany(q string, numbers []int64, f func(a, b int64)) error {
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
			var a, b int64
			if err := rows.Scan(&a, &b); err != nil {
				rows.Close()
				return err
			}
			f(a, b)
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
// them. Wordings are taken in the order of
// their days, on a day those with most links first, which are seldom parts of
// others: what comes of it depends on nothing but the links.
func group(links map[int64][]int64) map[int64]int64 {
	first := make(map[int64]int64, len(links))
	size := map[int64]int{}
	order := slices.SortedFunc(maps.Keys(links), func(a, b int64) int {
		return cmp.Or(cmp.Compare(dayOfWording(a), dayOfWording(b)), len(links[b])-len(links[a]), cmp.Compare(a, b))
	})
	for _, w := range order {
		ties := map[int64]int{}
		for _, o := range links[w] {
			if f, seen := first[o]; seen {
				ties[f]++
			}
		}
		best := w
		for _, f := range slices.Sorted(maps.Keys(ties)) {
			near := 3*ties[f] >= size[f] && slices.Contains(links[w], f) || ties[f] >= 2 && 2*ties[f] >= size[f]
			if near && (best == w || ties[f] > ties[best]) {
				best = f
			}
		}
		first[w] = best
		size[best]++
	}
	maps.DeleteFunc(first, func(_, f int64) bool { return size[f] < 2 })
	return first
}
