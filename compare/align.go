package compare

import "slices"

// alignment ties the words of two statements to one another.
type alignment struct {
	a, b  *Said
	to    []int32 // for each word of a, its word of b, or -1
	from  []int32 // for each word of b, its word of a, or -1
	moved []int32 // for each word of a without one in order, its word of b elsewhere, or -1
	// for each word of b, the word of a that is moved to it, or -1
	movedBack  []int32
	kinA, kinB []kin // of the words of a, and of b
	speakers   Naming
	guessed    int // numbers of which it is not sure that they count the same
}

// How well two words match, the best first.
const (
	noMatch    = 0
	slotMatch  = 1 // two numbers, two days
	senseMatch = 2
	lemmaMatch = 3
	formMatch  = 4
)

func match(a, b *word) int {
	switch {
	case a.form == b.form:
		return formMatch
	case a.lemma == b.lemma:
		return lemmaMatch
	case a.sense == b.sense:
		return senseMatch
	case a.class&b.class&slots == 0:
		return noMatch
	case equal(a, b):
		return senseMatch
	}
	return slotMatch
}

// equal reports whether two numbers are the same in other units, or one of
// them without its unit.
func equal(a, b *word) bool {
	if a.class&b.class&number == 0 || (a.class|b.class)&vague != 0 {
		return false
	}
	p, q := a.value, b.value
	switch {
	case reading(a.unit) || reading(b.unit):
		return sameReading(p, a.unit, q, b.unit)
	case a.unit.name == b.unit.name, a.unit.name == "", b.unit.name == "":
		return p == q || p < 1 && q < 1 && closeTo(p, q, 0.02)
	case a.unit.kind == b.unit.kind && a.unit.rate > 0:
		return closeTo(p*a.unit.rate, q*b.unit.rate, 0.03)
	}
	return false
}

// worth is what a match adds to the sum that the alignment makes as large as
// it can.
func worth(a, b *word) float32 {
	switch match(a, b) {
	case formMatch:
		return a.weight + 0.3
	case lemmaMatch:
		return 0.95*a.weight + 0.2
	case senseMatch:
		return 0.9*min(a.weight, b.weight) + 0.1
	case slotMatch:
		return 0.5 * a.weight
	}
	return 0
}

// align ties the words of two statements: what both begin and end with, then
// around words that both have once, and between these by what the matches are
// worth together.
func align(a, b *Said) *alignment {
	n, m := len(a.words), len(b.words)
	all := make([]int32, 2*n+2*m)
	for i := range all {
		all[i] = -1
	}
	x := &alignment{a: a, b: b, to: all[:n:n], moved: all[n : 2*n : 2*n], from: all[2*n : 2*n+m : 2*n+m], movedBack: all[2*n+m:], speakers: Names(a.Speaker, b.Speaker)}
	if x.inside() {
		x.move()
		x.relate(0)
		return x
	}
	from := 0
	for from < n && from < m && a.words[from].form == b.words[from].form {
		x.tie(from, from)
		from++
	}
	endA, endB := n, m
	for endA > from && endB > from && a.words[endA-1].form == b.words[endB-1].form {
		endA--
		endB--
		x.tie(endA, endB)
	}
	x.between(from, endA, from, endB, true)
	x.move()
	x.relate(mostKin)
	return x
}

// inside ties the words of the shorter statement where the longer one has them
// all in one piece, or in one piece between two marks of omission.
func (x *alignment) inside() bool {
	short, long, swap := x.a.words, x.b.words, false
	if len(short) > len(long) {
		short, long, swap = long, short, true
	}
	var places []int // where in long each word of short is
	at := 0
	for from := 0; from < len(short); {
		to := from + 1
		for to < len(short) && !short[to].gap {
			to++
		}
		found := find(long[at:], short[from:to])
		if found < 0 {
			return false
		}
		for k := range to - from {
			places = append(places, at+found+k)
		}
		at += found + to - from
		from = to
	}
	for i, j := range places {
		if swap {
			x.tie(j, i)
		} else {
			x.tie(i, j)
		}
	}
	return true
}

// find returns where the words stand in others, in the same forms: -1 for
// nowhere. It goes over both once (Knuth, Morris, Pratt).
func find(others, words []word) int {
	if len(words) > len(others) {
		return -1
	}
	if len(words) == 1 {
		return slices.IndexFunc(others, func(w word) bool { return w.form == words[0].form })
	}
	back := make([]int32, len(words))
	for i, k := 1, int32(0); i < len(words); i++ {
		for k > 0 && words[i].form != words[k].form {
			k = back[k-1]
		}
		if words[i].form == words[k].form {
			k++
		}
		back[i] = k
	}
	k := int32(0)
	for i := range others {
		for k > 0 && others[i].form != words[k].form {
			k = back[k-1]
		}
		if others[i].form == words[k].form {
			k++
		}
		if int(k) == len(words) {
			return i + 1 - len(words)
		}
	}
	return -1
}

func (x *alignment) tie(i, j int) {
	x.to[i], x.from[j] = int32(j), int32(i)
}

// Cells of the table of best sums: as many as two statements of two hundred
// words need, and fewer in a gap between anchors, so that the cost of the
// longest texts is linear.
const (
	mostCells    = 40000
	mostGapCells = 4096
)

// between aligns a range of a with one of b.
func (x *alignment) between(a0, a1, b0, b1 int, whole bool) {
	if a0 >= a1 || b0 >= b1 {
		return
	}
	cells := (a1 - a0) * (b1 - b0)
	switch {
	case cells <= mostGapCells || whole && cells <= mostCells:
		x.best(a0, a1, b0, b1)
	case whole:
		x.anchored(a0, a1, b0, b1)
	default:
		x.ends(a0, a1, b0, b1)
	}
}

// ends ties what both ranges begin and end with.
func (x *alignment) ends(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && x.a.words[a0].lemma == x.b.words[b0].lemma {
		x.tie(a0, b0)
		a0++
		b0++
	}
	for a0 < a1 && b0 < b1 && x.a.words[a1-1].lemma == x.b.words[b1-1].lemma {
		a1--
		b1--
		x.tie(a1, b1)
	}
	if (a1-a0)*(b1-b0) <= mostGapCells {
		x.between(a0, a1, b0, b1, false)
	}
}

// best finds the alignment of the greatest worth.
func (x *alignment) best(a0, a1, b0, b1 int) {
	n, m := a1-a0, b1-b0
	sums := make([]float32, (n+1)*(m+1))
	for i := 1; i <= n; i++ {
		above, row := sums[(i-1)*(m+1):i*(m+1)], sums[i*(m+1):(i+1)*(m+1)]
		w := &x.a.words[a0+i-1]
		for j := 1; j <= m; j++ {
			s := max(above[j], row[j-1])
			if v := &x.b.words[b0+j-1]; w.form == v.form || w.lemma == v.lemma || w.sense == v.sense || w.class&v.class&slots != 0 {
				bonus := float32(0)
				if j > 1 && i > 1 && w.form == v.form && x.a.words[a0+i-2].form == x.b.words[b0+j-2].form {
					bonus = 0.2 // words that stand together stay together
				}
				s = max(s, above[j-1]+worth(w, v)+bonus)
			}
			row[j] = s
		}
	}
	for i, j := n, m; i > 0 && j > 0; {
		s := sums[i*(m+1)+j]
		switch {
		case s == sums[(i-1)*(m+1)+j]:
			i--
		case s == sums[i*(m+1)+j-1]:
			j--
		default:
			i--
			j--
			x.tie(a0+i, b0+j)
		}
	}
}

const slots = number | ordinal | day | month | times

// anchored aligns long ranges around words that stand once in each.
func (x *alignment) anchored(a0, a1, b0, b1 int) {
	anchors := increasing(x.once(a0, a1, b0, b1))
	pa, pb := a0, b0
	for _, p := range anchors {
		i, j := int(p.i), int(p.j)
		x.between(pa, i, pb, j, false)
		x.tie(i, j)
		pa, pb = i+1, j+1
	}
	x.between(pa, a1, pb, b1, false)
}

type anchor struct{ i, j int32 }

// once returns the words that each range has once, in the order of a.
func (x *alignment) once(a0, a1, b0, b1 int) []anchor {
	type place struct{ i, j, inA, inB int32 }
	places := make(map[uint64]place, a1-a0)
	for i := a0; i < a1; i++ {
		p := places[x.a.words[i].lemma]
		p.i, p.inA = int32(i), min(2, p.inA+1)
		places[x.a.words[i].lemma] = p
	}
	for j := b0; j < b1; j++ {
		if p, ok := places[x.b.words[j].lemma]; ok {
			p.j, p.inB = int32(j), min(2, p.inB+1)
			places[x.b.words[j].lemma] = p
		}
	}
	var found []anchor
	for i := a0; i < a1; i++ {
		if p := places[x.a.words[i].lemma]; p.inA == 1 && p.inB == 1 {
			found = append(found, anchor{p.i, p.j})
		}
	}
	return found
}

// increasing returns a longest run of anchors whose places in b rise, too.
func increasing(all []anchor) []anchor {
	var tails []int // the last anchor of the best run of each length
	before := make([]int, len(all))
	for k, p := range all {
		lo, hi := 0, len(tails)
		for lo < hi {
			if mid := (lo + hi) / 2; all[tails[mid]].j < p.j {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[k] = -1
		if lo > 0 {
			before[k] = tails[lo-1]
		}
		if lo == len(tails) {
			tails = append(tails, k)
		} else {
			tails[lo] = k
		}
	}
	run := make([]anchor, len(tails))
	if len(tails) == 0 {
		return run
	}
	for at, k := len(tails)-1, tails[len(tails)-1]; k >= 0; at, k = at-1, before[k] {
		run[at] = all[k]
	}
	return run
}

// mostMoved bounds the words that are looked for out of order.
const mostMoved = 64

// move ties words that both have, but not in the same order.
func (x *alignment) move() {
	var rest []int32
	for j := range x.b.words {
		if x.from[j] < 0 && x.b.words[j].class&(particle|pronoun|filler) == 0 && !x.b.words[j].silent {
			if rest = append(rest, int32(j)); len(rest) > mostMoved {
				return
			}
		}
	}
	for i := range x.a.words {
		w := &x.a.words[i]
		if len(rest) == 0 || x.to[i] >= 0 || w.class&(particle|pronoun|filler) != 0 || w.silent {
			continue
		}
		for _, j := range rest {
			if x.movedBack[j] < 0 && match(w, &x.b.words[j]) >= senseMatch {
				x.moved[i], x.movedBack[j] = j, int32(i)
				break
			}
		}
	}
}

// shared returns how much both statements have, in bits: in order or moved.
func (x *alignment) shared() float64 {
	var sum float32
	for i := range x.a.words {
		w := &x.a.words[i]
		switch {
		case x.to[i] >= 0:
			v := &x.b.words[x.to[i]]
			f := min(w.weight, v.weight)
			switch match(w, v) {
			case lemmaMatch:
				f *= 0.98
			case senseMatch:
				f *= 0.9
			case slotMatch:
				f *= 0.4
			}
			sum += f
		case x.moved[i] >= 0:
			sum += 0.85 * min(w.weight, x.b.words[x.moved[i]].weight)
		}
	}
	return float64(sum)
}

// nameSwapped reports whether a name of one statement stands where the other
// has another name.
func (x *alignment) nameSwapped(regions []region) bool {
	for _, g := range regions {
		p, q := x.a.names(g.a0, g.a1, x.to, x.moved), x.b.names(g.b0, g.b1, x.from, nil)
		if p >= 0 && q >= 0 && x.movedBack[q] < 0 && !x.a.sameName(x.b, p, q) {
			return true
		}
	}
	return false
}

// names returns the first name in a range of words that has no match; -1 for
// none.
func (s *Said) names(from, to int, tied, moved []int32) int {
	for i := from; i < to; i++ {
		if s.words[i].proper && tied[i] < 0 && (moved == nil || moved[i] < 0) {
			return i
		}
	}
	return -1
}

// sameName reports whether two words can be the same name, misspelt.
func (s *Said) sameName(other *Said, i, j int) bool {
	p, q := fold(s.words[i].In(s.Text)), fold(other.words[j].In(other.Text))
	return misspelt(p, q)
}
