package compare

import (
	"math"
)

// An amount is a number, a place in a row, a day or a month in a statement.
type amount struct {
	at      int   // its word
	counted int   // the word that it counts; -1 for none
	slot    class // what it can be compared with
	soft    bool  // "a week": it may be the same as another, and never differs
	used    bool  // it has its match
	unit    unit
}

// mostAmounts bounds the amounts of each statement that are compared out of
// order.
const mostAmounts = 48

// numberChanges compares the numbers of both statements: first those in the
// same place, then those that are equal, then those of the same thing.
func (x *alignment) numberChanges(out []Change) []Change {
	a, b := x.a.amounts(), x.b.amounts()
	out = x.inPlace(a, b, out)
	out = x.equals(a, b, out)
	out = x.grown(a, b, out)
	return x.unequal(a, b, out)
}

// amounts returns the amounts of a statement, in order.
func (s *Said) amounts() []amount {
	var all []amount
	for i := range s.words {
		w := &s.words[i]
		if w.class&slots == 0 && !s.single(i) || w.silent {
			continue
		}
		m := amount{at: i, counted: s.countedAt(i), slot: s.slot(i), soft: w.class&slots == 0 || w.lone(), unit: w.unit}
		m.unit = s.unitOf(&m)
		all = append(all, m)
		if len(all) == mostAmounts {
			break
		}
	}
	for k := len(all) - 1; k > 0; k-- {
		s.inRange(&all[k-1], &all[k])
	}
	return all
}

// unitOf returns the unit of an amount, also where it stands apart: "four more
// minutes", "eleven working days".
func (s *Said) unitOf(m *amount) unit {
	w := &s.words[m.at]
	if m.soft && w.class&slots == 0 {
		return tables().unitOf(w)
	}
	if w.unit.name != "" || m.slot != number {
		return w.unit
	}
	for k := m.at + 1; k < len(s.words) && k <= m.at+2 && !s.words[k].stop && !s.words[k].clause && s.words[k].class&(particle|slots) == 0; k++ {
		if u := tables().unitOf(&s.words[k]); u.kind == "time" {
			return u
		}
	}
	return w.unit
}

// inRange gives both ends of a range what one of them has: "25 to 30 years",
// "from six weeks to ten".
func (s *Said) inRange(m, n *amount) {
	if m.slot != number || n.slot != number || n.at > m.at+2 || m.soft || n.soft {
		return
	}
	t := tables()
	if n.at == m.at+2 && s.words[m.at+1].form != t.to && s.words[m.at+1].form != t.and || n.at == m.at+1 && !s.scored(m.at, n.at) {
		return
	}
	if s.words[m.at].End < s.words[n.at].Start && s.words[n.at].clause && n.at == m.at+2 {
		return
	}
	if m.unit.name == "" && n.unit.kind != clockUnit {
		m.unit = n.unit
	} else if n.unit.name == "" && m.unit.kind != clockUnit {
		n.unit = m.unit
	}
	if m.unit.name == n.unit.name && m.counted < 0 {
		m.counted = n.counted
	}
}

// single reports whether a word is a unit of which there is one: "a week".
func (s *Said) single(i int) bool {
	t, w := tables(), &s.words[i]
	if i == 0 || t.unitOf(w).kind != "time" {
		return false
	}
	before := s.words[i-1].form
	return before == t.a || before == t.an || before == t.one
}

// lone reports whether a word is a "one" that counts nothing for sure.
func (w *word) lone() bool {
	return w.class&number != 0 && w.value == 1 && !w.figures && w.unit.name == ""
}

// figure reports whether an amount is a number, be it of a year or of a day.
func (m *amount) figure() bool {
	return m.slot == number || m.slot == deictic || m.slot == month|number
}

// figure returns the value and the unit of an amount.
func (s *Said) figure(m *amount) (float64, unit) {
	if w := &s.words[m.at]; !m.soft || w.class&slots != 0 {
		return w.value, m.unit
	}
	return 1, m.unit
}

// slot tells numbers, places in a row, days and months apart.
func (s *Said) slot(i int) class {
	w := &s.words[i]
	switch {
	case w.class&day != 0:
		return day
	case w.class&times != 0 && s.rate(i) == "":
		return times
	case w.class&(number|ordinal) != 0 && s.dated(i):
		return month | number
	case w.class&ordinal != 0:
		return ordinal
	case w.class&month != 0:
		return month
	case w.figures && w.unit.name == "" && w.value >= 1100 && w.value < 2100 && w.value == math.Trunc(w.value) && w.Len() == 4 &&
		(i+1 == len(s.words) || s.words[i+1].stop || s.words[i+1].clause || s.words[i+1].class != 0):
		return deictic // a year
	}
	return number
}

// dated reports whether a number is the day of a month.
func (s *Said) dated(i int) bool {
	if w := &s.words[i]; w.value > 31 || w.value < 1 || w.unit.name != "" {
		return false
	}
	k := i + 1
	if k < len(s.words) && s.words[k].form == tables().of {
		k++
	}
	return k < len(s.words) && s.monthAt(k) || i > 0 && s.monthAt(i-1)
}

// monthAt reports whether a word beside a number is a month; May is no other
// word there.
func (s *Said) monthAt(i int) bool {
	return s.words[i].class&month != 0 || s.words[i].In(s.Text) == "May"
}

// countedAt returns the word that a number counts, -1 for none: "only five had
// lied" counts no lies.
func (s *Said) countedAt(i int) int {
	for k := i + 1; k < len(s.words) && k <= i+4 && !s.words[k].stop; k++ {
		if w := &s.words[k]; w.class&modal != 0 || tables().auxiliaries[w.lemma] {
			return -1
		}
		if s.words[k].class&(particle|pronoun|many|few|slots|above|beneath) == 0 {
			return k
		}
	}
	return -1
}

// inPlace decides on amounts that are tied to one another and count the same.
func (x *alignment) inPlace(a, b []amount, out []Change) []Change {
	place := 0
	for k := range a {
		p := &a[k]
		j := int(x.to[p.at])
		for place < len(b) && b[place].at < j {
			place++
		}
		if j < 0 || place == len(b) || b[place].at != j || b[place].slot != p.slot && !(p.figure() && b[place].figure()) {
			continue
		}
		q := &b[place]
		switch same := x.a.words[p.at].form == x.b.words[j].form; {
		case same || x.close(p, q):
			p.used, q.used = true, true
			out = x.meant(p, q, same, out)
		case !p.soft && !q.soft && x.kinship(p, q) >= likely && !x.elsewhere(p.at) && (x.sameAfter(p.at, j) || !x.derived(p, q, a, b)):
			p.used, q.used = true, true
			out = x.otherNumber(out, p.at, j)
		}
	}
	return out
}

func (x *alignment) otherNumber(out []Change, i, j int) []Change {
	if len(out) >= mostChanges {
		return out
	}
	return append(out, Change{NumberChanged, x.a.words[i].Span, x.b.words[j].Span})
}

// equals pairs the amounts that are equal wherever they stand.
func (x *alignment) equals(a, b []amount, out []Change) []Change {
	for k := range a {
		p := &a[k]
		if p.used {
			continue
		}
		best, at := 0, -1
		for l := range b {
			if q := &b[l]; !q.used && (q.slot == p.slot || x.inRow(p, q)) && x.close(p, q) {
				if n := 1 + x.kinship(p, q); n > best {
					best, at = n, l
				}
			}
		}
		if at >= 0 {
			p.used, b[at].used = true, true
			out = x.meant(p, &b[at], false, out)
		}
	}
	return out
}

// unequal pairs the amounts that have no equal.
func (x *alignment) unequal(a, b []amount, out []Change) []Change {
	for k := range a {
		p := &a[k]
		if p.used {
			continue
		}
		best, at := 0, -1
		for l := range b {
			q := &b[l]
			if q.used || q.slot != p.slot && !(x.inRow(p, q) && open(a, p.slot) == 1 && open(b, q.slot) == 1) || p.soft && q.soft {
				continue
			}
			n := x.kinship(p, q)
			if (p.soft || q.soft) && n < certain || n < likely && open(a, p.slot) != 1 && open(b, p.slot) != 1 && open(a, p.slot) != open(b, p.slot) {
				continue
			}
			if n > best {
				best, at = n, l
			}
		}
		if at < 0 || !x.sameAfter(p.at, b[at].at) && x.derived(p, &b[at], a, b) {
			continue
		}
		if best < likely && open(a, p.slot) != 1 && open(b, p.slot) != 1 {
			x.guessed++
		}
		p.used, b[at].used = true, true
		out = x.otherNumber(out, p.at, b[at].at)
	}
	sideA, sideB := x.sides()
	for k := range a {
		if j := sideA.oneOfBoth(&a[k]); j >= 0 {
			out = x.otherNumber(out, a[k].at, j)
		}
	}
	for l := range b {
		if i := sideB.oneOfBoth(&b[l]); i >= 0 {
			out = x.otherNumber(out, i, b[l].at)
		}
	}
	for k := range a {
		if j := x.a.partOfAll(x.b, a, b, k); j >= 0 {
			out = x.otherNumber(out, a[k].at, j)
		}
	}
	for l := range b {
		if i := x.b.partOfAll(x.a, b, a, l); i >= 0 {
			out = x.otherNumber(out, i, b[l].at)
		}
	}
	return out
}

// inRow reports whether one of two amounts is the place in a row of what the
// other counts: "the third director", "five directors".
func (x *alignment) inRow(p, q *amount) bool {
	return p.slot|q.slot == ordinal|number && !p.soft && !q.soft && x.sameCounted(p, q) == certain
}

// open returns how many amounts of a slot have no match.
func open(all []amount, slot class) int {
	n := 0
	for i := range all {
		if !all[i].used && !all[i].soft && all[i].slot == slot {
			n++
		}
	}
	return n
}

// How sure it is that two amounts are of the same thing.
const (
	unlikely  = 0
	thinkable = 1
	likely    = 2
	certain   = 3
)

// kinship says how sure it is that two amounts are of the same thing.
func (x *alignment) kinship(p, q *amount) int {
	v, u := x.a.figure(p)
	w, t := x.b.figure(q)
	switch {
	case u.name != "" && t.name != "":
		if u.kind == "share" && t.kind == "point" || u.kind == "point" && t.kind == "share" {
			return certain
		}
		if u.kind == t.kind && (u.kind != "tail" || u.name == t.name) || v == w {
			return certain
		}
		return unlikely
	case u.name == "year" && x.a.aged(p.at), t.name == "year" && x.b.aged(q.at):
		return thinkable
	case (u.name == "") != (t.name == "") && (u.kind == "time" || t.kind == "time"):
		return unlikely
	case p.slot != q.slot:
		// a year or the day of a month for another number, in its place
	case p.slot == times || p.slot == day || p.slot == month || p.slot == month|number || p.slot == deictic:
		return likely
	case v < 1 && w < 1:
		return likely
	case (v < 1) != (w < 1) && u.name == "" && t.name == "":
		return unlikely
	}
	n := x.sameCounted(p, q)
	if n < likely && (int(x.to[p.at]) == q.at && x.neighbours(p.at, q.at)) {
		return likely
	}
	return n
}

// aged reports whether a number is the age of somebody.
func (s *Said) aged(i int) bool { return i+1 < len(s.words) && s.words[i+1].In(s.Text) == "old" }

// sameCounted says how sure it is that two amounts count the same.
func (x *alignment) sameCounted(p, q *amount) int {
	if p.counted < 0 || q.counted < 0 {
		return thinkable
	}
	w, v := &x.a.words[p.counted], &x.b.words[q.counted]
	near := allVectors().near(w.vector, v.vector)
	other := x.partner(p.counted)
	switch {
	case w.sense == v.sense:
		return certain
	case other == q.counted || near >= kinNear:
		return likely
	case other >= 0 && x.partnerBack(q.counted) >= 0 && near < 0.3:
		return unlikely // both count what the other tells, too
	}
	return thinkable
}

// neighbours reports whether a word beside two amounts is the same.
func (x *alignment) neighbours(i, j int) bool {
	return i > 0 && j > 0 && int(x.to[i-1]) == j-1 || i+1 < len(x.to) && int(x.to[i+1]) == j+1 && j+1 < len(x.from)
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
		if p, q := x.a.countedAt(i), x.b.countedAt(j); p >= 0 && q >= 0 && x.a.words[p].sense == x.b.words[q].sense {
			return true
		}
	}
	return false
}

// within is how far away a word that was moved is looked for.
const within = 40

// close reports whether two amounts say the same.
func (x *alignment) close(m, n *amount) bool {
	v, w := &x.a.words[m.at], &x.b.words[n.at]
	if (v.class|w.class)&(day|month|times) != 0 && !m.soft && !n.soft {
		return v.value == w.value
	}
	p, s := x.a.figure(m)
	q, t := x.b.figure(n)
	if reading(s) || reading(t) {
		return sameReading(p, s, q, t)
	}
	rough := x.a.hedged(m.at) || x.b.hedged(n.at)
	if s.name != "" && t.name != "" && s.name != t.name {
		if s.kind != t.kind || s.rate == 0 {
			return false
		}
		slack := 0.05
		if rough || s.name == "month" || t.name == "month" {
			slack = 0.1
		}
		return closeTo(p*s.rate, q*t.rate, slack)
	}
	if (s.name != "") != (t.name != "") && (s.kind == "time" || t.kind == "time") && (m.soft || n.soft) {
		return false
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
