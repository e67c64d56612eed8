package compare

import "math"

// numberChanges compares numbers that stand in the same place, and those of
// the same thing.
func (x *alignment) numberChanges(out []Change) []Change {
	for i := range x.a.words {
		w := &x.a.words[i]
		j := int(x.to[i])
		if w.class&slots == 0 && w.form != tables().one {
			continue
		}
		if j < 0 {
			j = x.numberOfSame(i)
		}
		if j < 0 {
			continue
		}
		if w.form == x.b.words[j].form {
			if x.byAndTo(i, j) {
				out = append(out, Change{NumberChanged, x.a.words[i-1].Span, x.b.words[j-1].Span})
			}
			continue
		}
		if v := &x.b.words[j]; slot(w) == slot(v) && !x.close(i, j) && !x.elsewhere(i) {
			out = append(out, Change{NumberChanged, w.Span, v.Span})
		}
	}
	return out
}

// elsewhere reports whether b has the i-th word of a, a number or a day, in
// another place, and a number with the thing that it counts.
func (x *alignment) elsewhere(i int) bool {
	w := &x.a.words[i]
	at := max(0, int(x.to[i]))
	for j := max(0, at-within); j < min(len(x.b.words), at+within); j++ {
		v := &x.b.words[j]
		if v.form != w.form {
			continue
		}
		if w.class&(day|month) != 0 {
			return true
		}
		if p, q := x.a.counted(i), x.b.counted(j); p != nil && q != nil && p.sense == q.sense {
			return true
		}
	}
	return false
}

// within is how far away a word that was moved is looked for.
const within = 40

// counted returns the word that a number counts, nil for none.
func (s *Said) counted(i int) *word {
	for k := i + 1; k < len(s.words) && k <= i+3; k++ {
		if w := &s.words[k]; w.class&(particle|pronoun) == 0 {
			return w
		}
	}
	return nil
}

// byAndTo reports whether one number is a difference and the other what came
// of it: "by a third", "to a third".
func (x *alignment) byAndTo(i, j int) bool {
	if i == 0 || j == 0 || x.a.words[i].class&number == 0 {
		return false
	}
	by, to := tables().by, tables().to
	p, q := x.a.words[i-1].form, x.b.words[j-1].form
	return p == by && q == to || p == to && q == by
}

// slot tells numbers, days and months apart.
func slot(w *word) class {
	switch {
	case w.class&(number|ordinal) != 0:
		return number
	case w.class&day != 0:
		return day
	case w.class&month != 0:
		return month
	case w.class&times != 0:
		return times
	}
	return number
}

// numberOfSame returns the number in b of the thing that the i-th word of a
// counts: -1 for none.
func (x *alignment) numberOfSame(i int) int {
	one := tables().one
	for k := i + 1; k < len(x.a.words) && k <= i+3; k++ {
		if x.a.words[k].class&(particle|pronoun) != 0 && x.a.words[k].weight < 1 {
			continue
		}
		j := int(x.to[k])
		if j < 0 {
			j = int(x.moved[k])
		}
		if j < 1 || x.a.words[k].lemma != x.b.words[j].lemma {
			return -1
		}
		if v := &x.b.words[j-1]; v.class&number != 0 || v.form == one && x.from[j-1] < 0 {
			if p := int(x.from[j-1]); p >= 0 && x.a.words[p].class&number != 0 {
				return -1 // that is the number of another thing
			}
			return j - 1
		}
		return -1
	}
	return -1
}

// close reports whether two numbers say the same.
func (x *alignment) close(i, j int) bool {
	v, w := x.a.words[i], x.b.words[j]
	if v.class&(day|month|times) != 0 {
		return v.value == w.value
	}
	p, q := v.value, w.value
	rough := x.a.hedged(i) || x.b.hedged(j)
	if v.unit.name != "" && w.unit.name != "" && v.unit.name != w.unit.name {
		if v.unit.kind != w.unit.kind || v.unit.rate == 0 {
			return false
		}
		p, q = p*v.unit.rate, q*w.unit.rate
		return closeTo(p, q, 0.05)
	}
	switch {
	case v.class&w.class&vague == 0 && (v.class|w.class)&vague != 0:
		if v.class&vague == 0 {
			p, q = q, p
		}
		return q >= p/2 && q <= p*10
	case p == q:
		return true
	case rough:
		return closeTo(p, q, 0.1)
	case p < 1 && q < 1:
		return closeTo(p, q, 0.025)
	}
	return false
}

// closeTo reports whether two numbers differ by no more than a share of the
// larger one.
func closeTo(p, q, share float64) bool {
	return math.Abs(p-q) <= share*math.Max(math.Abs(p), math.Abs(q))
}

// hedged reports whether "about" or the like stands before a word.
func (s *Said) hedged(i int) bool {
	for k := max(0, i-2); k < i; k++ {
		if s.words[k].class&about != 0 {
			return true
		}
	}
	return false
}
