package compare

import "strings"

// meant looks at what stands around equal amounts: how they are bounded, in
// what time they come, and whether they are a difference or what came of it.
func (x *alignment) meant(p, q *amount, inPlace bool, out []Change) []Change {
	if p.soft || q.soft {
		return out
	}
	i, j := p.at, q.at
	switch {
	case x.byAndTo(i, j):
		if inPlace {
			i, j = i-1, j-1
		}
	case x.a.bound(i)*x.b.bound(j) < 0 && x.a.words[i].value == x.b.words[j].value:
	case x.otherTime(p, q), x.a.words[i].unit.kind == "share" && (x.a.share(i) && x.b.beyond(j) || x.a.beyond(i) && x.b.share(j)):
	case x.a.rate(i) != x.b.rate(j) && x.a.rate(i) != "" && x.b.rate(j) != "":
	default:
		return out
	}
	return x.otherNumber(out, i, j)
}

// share reports whether a number is that of what follows: "80 per cent of the
// average"; and beyond, whether it is how far from it: "80 per cent above".
func (s *Said) share(i int) bool {
	return i+1 < len(s.words) && !s.words[i+1].clause && s.words[i+1].form == tables().of
}

func (s *Said) beyond(i int) bool {
	return i+1 < len(s.words) && !s.words[i+1].clause && s.words[i+1].class&(above|beneath) != 0
}

// otherTime reports whether two amounts count other units of time: the first
// hour, the first minute.
func (x *alignment) otherTime(p, q *amount) bool {
	if p.counted < 0 || q.counted < 0 {
		return false
	}
	u, v := tables().unitOf(&x.a.words[p.counted]), tables().unitOf(&x.b.words[q.counted])
	return u.kind == "time" && v.kind == "time" && u.name != v.name
}

// bound says what stands before or after a number: 1 for "more than" and "or
// more", -1 for "less than", 0 for nothing of the kind.
func (s *Said) bound(i int) int {
	found := 0
	for k := i - 1; k >= max(0, i-4) && !s.words[k+1].stop; k-- {
		w := &s.words[k]
		switch {
		case found != 0 && w.class&negation != 0:
			return -found
		case found != 0:
			return found
		case w.class&(above|beneath) != 0:
			found = w.bound()
		case w.class&(particle|about|lead) == 0:
			return s.boundAfter(i)
		}
	}
	if found == 0 {
		return s.boundAfter(i)
	}
	return found
}

// boundAfter reads "50 people or more".
func (s *Said) boundAfter(i int) int {
	or := tables().or
	for k := i + 1; k+1 < len(s.words) && k <= i+3 && !s.words[k].stop; k++ {
		if s.words[k].form == or {
			return s.words[k+1].bound()
		}
	}
	return 0
}

// bound says how a word bounds a number beside it.
func (w *word) bound() int {
	switch {
	case w.class&above != 0:
		return 1
	case w.class&beneath != 0:
		return -1
	}
	return 0
}

// rate returns the time in which a number comes, "" for none: "a day",
// "weekly".
func (s *Said) rate(i int) string {
	t := tables()
	for k := i + 1; k < len(s.words) && k <= i+5; k++ {
		w := &s.words[k]
		if w.stop || w.class&slots != 0 {
			return ""
		}
		if u, ok := t.rates[w.sense]; ok {
			return strings.TrimPrefix(u.name, "per_")
		}
		u := t.unitOf(w)
		if before := &s.words[k-1]; u.rate > 0 && u.kind != "point" && k > i+1 && (u.kind == "time" || s.words[i].unit.kind == "money" && s.words[i].unit.name != u.name) && (before.form == t.a || before.form == t.an || before.form == t.per || before.class&every != 0) {
			return u.name
		}
	}
	return ""
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
