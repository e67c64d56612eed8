package annotate

import "strings"

// This file reads time expressions: each function reads one kind of them from a
// token on and returns the days and the first token behind, 0 for none.

// A dater reads the times of a report from the beginning to the end.
type dater struct {
	*analysis
	now    int   // the day of publication; noDay where unknown
	block  int32 // of the expression that is read
	s      sentence
	prev   int    // end of the expression before
	anchor period // told last
	told   int32  // the block of anchor
	depth  int    // how many expressions are read within one another
	wished bool   // the direction told last comes from what somebody wants
}

// A moment is a time expression of the report.
type moment struct {
	at         words
	days       period
	core       period // without what "since", "by" and their like make of it
	bound      int16
	possessive bool // "Monday's"
	said       bool // it is the time of a saying
}

// moments returns the time expressions of the report in order.
func (a *analysis) moments() []moment {
	if !a.read {
		a.when, a.read = a.readTimes(), true
	}
	return a.when
}

func (a *analysis) readTimes() []moment {
	d := dater{analysis: a, now: noDay, anchor: unknownDays, told: -9}
	if p := a.doc.Published; !p.IsZero() {
		y, m, day := p.Date()
		d.now = dayOf(y, int(m), day)
	}
	var found []moment
	for i := 0; i < len(a.ts); {
		m, ok := d.at(i)
		if !ok {
			i++
			continue
		}
		if !m.at.empty() {
			found = append(found, m)
			d.remember(m)
		}
		d.prev = m.at.to
		i = max(m.at.to, i+1)
	}
	return found
}

// remember keeps the time that "a year earlier" can count from.
func (d *dater) remember(m moment) {
	if m.core.from != noDay && m.core.to != noDay && m.core.grain != 0 {
		d.anchor, d.told = m.core, d.ts[m.at.from].block
	}
}

// anchored returns the time told last, if that is not too far back.
func (d *dater) anchored() (period, bool) {
	return d.anchor, d.anchor.known() && d.block-d.told <= 1
}

// sense returns what token i tells of times, nothing outside the block.
func (d *dater) sense(i int) timeSense {
	if i < 0 || i >= len(d.ts) || d.ts[i].block != d.block {
		return timeSense{}
	}
	return d.lex.timeSense(&d.ts[i], d.text)
}

// is reports whether token i is of a kind.
func (d *dater) is(i int, k timeKind) bool { return d.sense(i).kind == k }

// low returns token i in small letters, "" outside the block.
func (d *dater) low(i int) string {
	if i < 0 || i >= len(d.ts) || d.ts[i].block != d.block {
		return ""
	}
	t := &d.ts[i]
	if t.lex != nil {
		return t.lex.low
	}
	if t.End-t.Start > 24 {
		return ""
	}
	return strings.ToLower(d.text[t.Start:t.End])
}

// raw returns token i as it stands.
func (d *dater) raw(i int) string {
	if i < 0 || i >= len(d.ts) || d.ts[i].block != d.block {
		return ""
	}
	return d.text[d.ts[i].Start:d.ts[i].End]
}

func (d *dater) mark(i int, m byte) bool {
	return i >= 0 && i < len(d.ts) && d.ts[i].block == d.block && d.ts[i].kind == punctuation && d.ts[i].mark == m
}

func (d *dater) capital(i int) bool {
	return i >= 0 && i < len(d.ts) && d.ts[i].block == d.block && d.ts[i].capital
}

// at reads the time expression at token i. A name that only looks like one is
// passed over: it is returned without words.
func (d *dater) at(i int) (moment, bool) {
	t := &d.ts[i]
	d.block = t.block
	w := d.sense(i)
	if w.kind == noTime && !w.phrases && t.kind != numberToken && !d.odd(i) {
		return moment{}, false
	}
	if t.kind != numberToken {
		switch w.kind {
		case partWord:
			return d.endOfDay(i)
		case boundWord, halfWord, zoneWord:
			return moment{}, false
		case numberWord: // nearly always an article
			if k := d.sense(i + 1).kind; k != unitWord && k != numberWord && d.low(i+1) != "of" && k != monthName && !d.clockWords(i) && !d.bareHour(i) {
				return moment{}, false
			}
		}
	}
	d.s = d.sentenceOf(i)
	if w.phrases {
		if _, n := d.phrase(i, true); n > 0 {
			return moment{at: words{i + n, i + n}}, true
		}
	}
	p, end := d.core(i)
	if end == 0 {
		return moment{}, false
	}
	p, end = d.reach(p, i, end)
	m := moment{at: words{i, end}, days: p, core: p}
	d.before(&m)
	return m, true
}

// odd reports whether token i is Q1 or begins with "mid-".
func (d *dater) odd(i int) bool {
	s := d.raw(i)
	return isQuarter(s) || len(s) > 4 && s[:4] == "mid-"
}

// core reads an expression without what stands before it and without a second
// end.
func (d *dater) core(i int) (period, int) {
	p, end := d.bare(i)
	if end == 0 {
		return p, 0
	}
	return d.hours(p, end)
}

// bare reads an expression without a time of day behind it.
func (d *dater) bare(i int) (period, int) {
	const deepest = 4
	if i >= len(d.ts) || d.ts[i].block != d.block || d.depth == deepest {
		return unknownDays, 0
	}
	d.depth++
	defer func() { d.depth-- }()
	if d.ts[i].kind == numberToken {
		return d.number(i)
	}
	w := d.sense(i)
	if w.phrases {
		if h, n := d.phrase(i, false); n > 0 {
			return d.holiday(h, i, i+n)
		}
	}
	switch w.kind {
	case monthName:
		return d.month(i)
	case weekdayName:
		return d.weekday(i)
	case dayWord:
		return d.dayWord(i, w)
	case relationWord:
		return d.relation(i, int(w.n))
	case unitWord:
		return d.unit(i, grain(w.n))
	case numberWord:
		return d.counted(i)
	case ordinalWord:
		return d.ordinal(i, int(w.n))
	case seasonWord:
		return d.season(i, int(w.n))
	case stretchWord:
		return d.stretch(i, int(w.n))
	case clockWord:
		if prev := d.low(i - 1); prev == "at" || d.is(i-1, boundWord) && d.sense(i-1).n > 1 || prev == "around" || prev == "about" || d.is(i+1, zoneWord) || d.is(i+1, dayWord) || d.is(i+1, weekdayName) || d.low(i+1) == "on" {
			return d.timeOfDay(i)
		}
	}
	if rest, ok := strings.CutPrefix(d.raw(i), "mid-"); ok {
		return d.mid(i, rest)
	}
	if isQuarter(d.raw(i)) {
		return d.quarter(i)
	}
	return unknownDays, 0
}

// phrase returns the holiday whose words stand at token i and their number, or
// those of a name that is no time.
func (d *dater) phrase(i int, none bool) (holiday, int) {
	var best holiday
	most := 0
	for _, p := range d.lex.timePhrases[d.low(i)] {
		if p.none != none || len(p.rest)+1 <= most || !d.ts[i].capital {
			continue
		}
		n := 1
		for n <= len(p.rest) && straight(d.low(i+n)) == p.rest[n-1] {
			n++
		}
		if n == len(p.rest)+1 {
			best, most = p.holiday, n
		}
	}
	return best, most
}

// holiday reads the year behind a holiday.
func (d *dater) holiday(h holiday, i, end int) (period, int) {
	one := func(y int) period { return period{from: h.on(y), to: h.on(y), grain: dayGrain} }
	if d.attributive(i, end) {
		return unknownDays, 0
	}
	if y, to := d.yearBehind(end, true); to > 0 {
		return one(y), to
	}
	if d.now == noDay {
		return unknownDays, end
	}
	y, _, _ := date(d.now)
	return d.choose(i, end, one(y-1), one(y), one(y+1)), end
}

// attributive reports whether a holiday says of what kind something is, and not when: "the Christmas
// holidays", "Halloween costumes".
func (d *dater) attributive(i, end int) bool {
	if s := d.low(end - 1); s == "day" || s == "eve" || d.is(end-1, weekdayName) {
		return false
	}
	switch d.low(i - 1) {
	case "the", "which", "what", "every", "each":
		return true
	}
	return d.low(end) == "and" && d.capital(end+1) || d.plainNoun(end)
}

// plainNoun reports whether token i is a word that can be nothing but a noun or an adjective, as far as it can be
// told.
func (d *dater) plainNoun(i int) bool {
	if i >= len(d.ts) || d.ts[i].block != d.block {
		return false
	}
	t := &d.ts[i]
	return t.kind == wordToken && !t.capital && (t.lex == nil || t.lex.class&^(plainWord|role|group|organisation|document) == 0 && t.form() == 0 && t.time() == 0)
}

// choose picks one of the same time in three years: the last one up to now, the
// next one from now on, or the nearest one, as the tense near the tokens says.
func (d *dater) choose(i, end int, last, this, next period) period {
	p := d.pick(i, end, last, this, next)
	p.guessed = true
	return p
}

func (d *dater) pick(i, end int, last, this, next period) period {
	before, after := this, next
	if this.from > d.now {
		before, after = last, this
	} else if this.to >= d.now {
		after = this
	}
	switch d.direction(i, end) {
	case past:
		if d.now-before.to > 300 && after.from-d.now < 45 {
			return after
		}
		return before
	case future:
		if d.wished && after.from-d.now > 240 {
			return before // "promised a call by Easter", told in June
		}
		return after
	}
	if after.from-d.now < d.now-before.to {
		return after
	}
	return before
}

// yearBehind reads "2016", ", 2016", "of 2016", "last year", "of this year" at
// token i.
func (d *dater) yearBehind(i int, comma bool) (year, end int) {
	j := i
	if comma && d.mark(j, ',') || d.low(j) == "of" || d.low(j) == "in" && d.year(j+1) > 0 && d.ts[j-1].kind == wordToken {
		j++
	}
	if y := d.year(j); y > 0 {
		return y, j + 1
	}
	if d.low(j) == "the" && d.low(i) == "of" {
		j++
	}
	if w := d.sense(j); d.now != noDay && w.kind == relationWord && w.n != 3 && w.n < 4 && (d.low(j+1) == "year") && !d.mark(i, ',') {
		y, _, _ := date(d.now)
		switch w.n {
		case -2, 2:
			p, ok := d.anchored()
			if !ok {
				return 0, 0
			}
			y, _, _ = date(p.from)
			return y + int(w.n)/2, j + 2
		}
		return y + int(w.n), j + 2
	}
	return 0, 0
}

// year returns the year that token i is, 0 for none.
func (d *dater) year(i int) int {
	s := d.raw(i)
	if len(s) != 4 || d.ts[i].kind != numberToken {
		return 0
	}
	n := 0
	for k := range 4 {
		if !isDigit(s[k]) {
			return 0
		}
		n = 10*n + int(s[k]-'0')
	}
	if n < 1000 || n > 2199 {
		return 0
	}
	return n
}

// dayOfMonth reads "11", "11th", "first", "11-12", "11 and 12", "11 to 14": one day or the first
// and the last one.
func (d *dater) dayOfMonth(i int) (a, b, end int) {
	a, b, ok := d.dayNumber(i)
	if !ok {
		return 0, 0, 0
	}
	end = i + 1
	joint := d.mark(end, markDash) || d.low(end) == "to" || d.low(end) == "through" || d.low(end) == "until" || d.low(end) == "till" || d.low(end) == "and"
	if joint && b == a {
		j := end + 1
		if d.low(j) == "the" {
			j++
		}
		if c, e, ok := d.dayNumber(j); ok && c == e && c > a && !d.is(j+1, halfWord) {
			return a, c, j + 1
		}
	}
	return a, b, end
}

// dayNumber reads one token of dayOfMonth.
func (d *dater) dayNumber(i int) (a, b int, ok bool) {
	if w := d.sense(i); w.kind == ordinalWord {
		return int(w.n), int(w.n), true
	}
	s := d.raw(i)
	if s == "" || d.ts[i].kind != numberToken {
		return 0, 0, false
	}
	a, rest := leadingNumber(s)
	b = a
	switch rest {
	case "", "st", "nd", "rd", "th":
	default:
		tail, found := strings.CutPrefix(strings.ReplaceAll(rest, "‑", "-"), "-")
		if b, rest = leadingNumber(tail); !found || rest != "" || b <= a {
			return 0, 0, false
		}
	}
	return a, b, a >= 1 && b <= 31
}

// leadingNumber cuts up to four digits from the beginning of s.
func leadingNumber(s string) (n int, rest string) {
	k := 0
	for k < len(s) && k < 5 && isDigit(s[k]) {
		n = 10*n + int(s[k]-'0')
		k++
	}
	if k == 0 || k > 4 {
		return -1, s
	}
	return n, s[k:]
}

// reach reads the second end of "from Monday to Friday", "2014-2018", "between May and
// June" behind the first.
func (d *dater) reach(p period, i, end int) (period, int) {
	conn := d.low(end)
	lead := d.low(i - 1)
	if lead == "the" {
		lead = d.low(i - 2)
	}
	switch {
	case conn == "to" || conn == "until" || conn == "till" || conn == "through":
	case conn == "and" && lead == "between":
	case d.mark(end, markDash) && (!d.ts[end].spaced || p.grain == dayGrain):
	default:
		return p, end
	}
	j := end + 1
	if d.low(j) == "the" {
		j++
	}
	q, to := d.core(j)
	if to == 0 && (p.grain == yearGrain || p.grain == monthGrain && (lead == "from" || lead == "between" || conn == "through")) {
		if y := d.year(j); y > 0 {
			q, to = months(y, 1, 12, yearGrain), j+1
		}
	}
	if to == 0 || lead != "from" && lead != "between" && conn != "through" && q.grain != p.grain || p.clock != q.clock {
		return p, end
	}
	return span(p, q), to
}

// span returns the days from one period to another, and lets a year that one does
// not tell follow the other.
func span(p, q period) period {
	if p.from == noDay || q.to == noDay {
		return period{from: p.from, to: q.to}
	}
	y, _, _ := date(p.from)
	z, _, _ := date(q.to)
	switch {
	case q.weekday > 0 && q.to < p.from:
		q.to += 7 * ((p.from - q.to + 6) / 7)
	case p.guessed && p.weekday == 0 && q.weekday == 0:
		if p = p.years(z - y); p.from > q.to {
			p = p.years(-1)
		}
	case q.guessed:
		if q = q.years(y - z); q.to < p.from {
			q = q.years(1)
		}
	}
	if q.to < p.from {
		return p
	}
	p.to, p.last = q.to, q.last
	return p
}

// years moves a period that is told without a year.
func (p period) years(n int) period {
	if n != 0 {
		p.from = shift(p.from, n, yearGrain)
		y, m, day := date(p.to + 1)
		p.to = min(dayOf(y+n, m, 1)+day-1, dayOf(y+n, m+1, 0)) - 1
	}
	return p
}

// before takes in the words before an expression and what they make of it.
func (d *dater) before(m *moment) {
	i := m.at.from - 1
	ok := func(i int) bool {
		return i >= d.prev && i >= d.s.from && d.ts[i].block == d.block && d.ts[i].quote == d.ts[m.at.from].quote
	}
	the := ok(i) && d.low(i) == "the"
	if the {
		m.at.from = i
		i--
	}
	switch prev := d.low(i - 1); {
	case ok(i-2) && !m.possessive && d.low(i) == "than" && prev == "later" && d.low(i-2) == "no" && m.core.known():
		m.at.from, m.bound, m.days.from = i-2, 3, noDay
		return
	case ok(i-1) && d.low(i) == "of" && (prev == "turn" || prev == "month" || prev == "coming"): // "since the month of May"
		m.at.from, i = i-1, i-2
		if ok(i) && d.low(i) == "the" {
			m.at.from, i = i, i-1
		}
	case ok(i-1) && d.low(i) == "least" && prev == "at" && d.is(i-2, boundWord): // "until at least May 3"
		i -= 2
	case the && (m.core.grain == yearGrain || m.core.oneDay()) && d.plainNoun(m.at.to): // "before the Christmas Day broadcast"
		return
	}
	m.possessive = m.at.to < len(d.ts) && d.ts[m.at.to].block == d.block && (d.possessiveMark(m.at.to) || d.ts[m.at.to].kind == apostrophe && !d.ts[m.at.to].spaced)
	if !ok(i) {
		return
	}
	w := d.sense(i)
	if w.kind != boundWord || w.n == 0 {
		return
	}
	m.at.from = i
	if prev := d.low(i - 1); ok(i-1) && (prev == "starting" || prev == "beginning") {
		m.at.from = i - 1
		w.n = 2
	}
	if m.possessive || m.core.from == noDay && m.core.to == noDay {
		return
	}
	m.bound = w.n
	switch {
	case w.n == 2 && d.low(i) != "from":
		m.days.to = noDay
	case w.n == 3 && !(m.core.grain == 0 && m.core.from == noDay):
		m.days.from = noDay
	case w.n == 4 && (d.low(i+1) == "end" || d.low(i+1) == "the" && d.low(i+2) == "end"):
		m.days.from = noDay // "before the end of the month"
	case w.n == 4:
		m.days.from, m.days.to = noDay, less(m.core)
	case w.n == 5:
		m.days.from, m.days.to = more(m.core), noDay
	}
}

// less returns the last day before a period, or the day of a time of day.
func less(p period) int {
	if p.clock || p.from == noDay {
		return p.from
	}
	return p.from - 1
}

// more returns the first day after a period, or the day itself: what happens after
// a day may happen on it.
func more(p period) int {
	if p.to == noDay || p.from == p.to {
		return p.to
	}
	return p.to + 1
}
