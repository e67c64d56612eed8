package compare

import "math"

// grown compares "doubled" with "up by half".
func (x *alignment) grown(a, b []amount, out []Change) []Change {
	for k := range a {
		p := &a[k]
		g := 0.0
		if !p.used {
			g = x.a.growth(p)
		}
		for l := range b {
			q := &b[l]
			if g == 0 || p.used || q.used || (p.slot == times) == (q.slot == times) {
				continue
			}
			if h := x.b.growth(q); h > 0 {
				p.used, q.used = true, true
				if !closeTo(g, h, 0.03) {
					out = x.otherNumber(out, p.at, q.at)
				}
			}
		}
	}
	return out
}

// growth returns how many times as much an amount says that something became,
// 0 for other amounts.
func (s *Said) growth(m *amount) float64 {
	w, t := &s.words[m.at], tables()
	switch {
	case m.soft || m.slot != times && m.slot != number:
		return 0
	case m.slot == times:
		return w.value
	case w.unit.kind != "share" && w.value >= 1 || w.unit.name != "" && w.unit.kind != "share":
		return 0
	}
	for k := m.at - 1; k >= max(0, m.at-4) && !s.words[k+1].stop && !s.words[k+1].clause; k-- {
		v := &s.words[k]
		switch {
		case v.sense == t.rise && v.flip, v.form == t.down:
			return 1 - w.value
		case v.sense == t.rise, v.form == t.up:
			return 1 + w.value
		case v.class&(particle|about|above|beneath) == 0:
			return 0
		}
	}
	return 0
}

// complements reports whether the statements tell of the two parts of one
// whole: what eleven of the thirteen did, two of the thirteen did not.
func (x *alignment) complements() bool {
	a, b := x.a.amounts(), x.b.amounts()
	for k := range a {
		part, whole := x.a.partAndWhole(a, k)
		if whole == 0 {
			continue
		}
		for l := range b {
			if p, w := x.b.partAndWhole(b, l); w == whole && p+part == whole {
				return true
			}
		}
	}
	return false
}

// partAndWhole returns the numbers of "seven of the 60", 0 for other amounts.
func (s *Said) partAndWhole(all []amount, k int) (part, whole float64) {
	if k+1 >= len(all) || all[k].slot != number || all[k+1].slot != number || !s.share(all[k].at) || all[k+1].at > all[k].at+4 {
		return 0, 0
	}
	part, whole = s.words[all[k].at].value, s.words[all[k+1].at].value
	if part >= whole {
		return 0, 0
	}
	return part, whole
}

// derived reports whether two amounts and a third one are parts and whole:
// seven of sixty, and fifty-three of sixty.
func (x *alignment) derived(p, q *amount, a, b []amount) bool {
	v, u := x.a.figure(p)
	w, t := x.b.figure(q)
	if u.name != t.name || p.slot != number {
		return false
	}
	sum, rest := v+w, math.Abs(v-w)
	return x.a.whole(p, a, sum, rest) || x.b.whole(q, b, sum, rest)
}

// whole reports whether a statement has another amount of the same, and of one
// of two values.
func (s *Said) whole(p *amount, all []amount, sum, rest float64) bool {
	for k := range all {
		m := &all[k]
		o, _ := s.figure(m)
		if m.at != p.at && !m.soft && (o == sum || o == rest) && !s.scored(p.at, m.at) && !s.otherCounted(p, m) {
			return true
		}
	}
	return false
}

// otherCounted reports whether two amounts count other things, each what stands
// right behind it: "14 concerts in nine countries".
func (s *Said) otherCounted(p, m *amount) bool {
	if p.counted != p.at+1 || m.counted != m.at+1 {
		return false
	}
	w, v := &s.words[p.counted], &s.words[m.counted]
	return w.content() && v.content() && w.sense != v.sense && allVectors().near(w.vector, v.vector) < kinNear
}

// scored reports whether a hyphen joins two numbers: "2-1" is no part and its
// whole.
func (s *Said) scored(i, j int) bool {
	i, j = min(i, j), max(i, j)
	if j != i+1 {
		return false
	}
	between := s.Text[s.words[i].End:s.words[j].Start]
	return between == "-" || between == "–"
}

// sameAfter reports whether what follows two parts of a whole is told with the
// same words: "one of the five engines works", "four of the five engines work".
func (x *alignment) sameAfter(i, j int) bool {
	some := false
	if !x.a.share(i) || !x.b.share(j) {
		return false
	}
	for k := i + 1; k < len(x.to) && k <= i+reach && !x.a.words[k].stop; k++ {
		w := &x.a.words[k]
		if !w.content() {
			continue
		}
		t := int(x.to[k])
		if t <= j || w.lemma != x.b.words[t].lemma || w.negated() != x.b.words[t].negated() {
			return false
		}
		some = some || w.class&slots == 0
	}
	return some
}

// oneOfBoth returns the word "both" of the other statement where an amount is one
// of two: "one of the brothers", "both brothers"; -1 for none.
func (s side) oneOfBoth(m *amount) int {
	t := tables()
	if m.used || m.counted < 0 || !s.words[m.at].lone() || m.at+1 >= len(s.words) || s.words[m.at+1].form != t.of {
		return -1
	}
	for j := s.partner(m.counted) - 1; j >= 0 && j >= s.partner(m.counted)-3; j-- {
		if s.other.words[j].form == t.both {
			return j
		}
	}
	return -1
}

// partOfAll returns the word of the other statement that says "all four" where
// this one says "two of the four"; -1 for none.
func (s *Said) partOfAll(other *Said, own, others []amount, k int) int {
	m := &own[k]
	if m.used || m.soft || m.slot != number || k+1 == len(own) || m.at+1 >= len(s.words) || s.words[m.at+1].form != tables().of || own[k+1].at > m.at+4 {
		return -1
	}
	whole, _ := s.figure(&own[k+1])
	for i := range others {
		o := &others[i]
		if v, _ := other.figure(o); v != whole || o.at == 0 {
			continue
		}
		for j := max(0, o.at-3); j < o.at; j++ {
			if other.words[j].class&every != 0 {
				return o.at
			}
		}
	}
	return -1
}
