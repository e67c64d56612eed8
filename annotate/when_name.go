package annotate

import "strings"

// This file reads the times that are told by a name: months, days of the week,
// seasons, today.

// month reads what begins with the name of a month: "July 11-12, 2023", "October last
// year", "February".
func (d *dater) month(i int) (period, int) {
	m := int(d.sense(i).n)
	if !d.ts[i].capital {
		return unknownDays, 0
	}
	if a, b, j := d.dayOfMonth(i + 1); j > 0 && d.year(i+1) == 0 && !d.is(j, halfWord) && (d.ts[i+1].kind == numberToken || !d.is(j, unitWord)) {
		return d.days(m, a, b, i, j)
	}
	if y, j := d.yearBehind(i+1, true); j > 0 && (!d.mark(i+1, ',') || d.year(i+2) > 0) {
		return months(y, m, 1, monthGrain), j
	}
	if !d.meansMonth(i) {
		return unknownDays, 0
	}
	if d.now == noDay {
		return unknownDays, i + 1
	}
	y, _, _ := date(d.now)
	p := d.choose(i, i+1, months(y-1, m, 1, monthGrain), months(y, m, 1, monthGrain), months(y+1, m, 1, monthGrain))
	return p, i + 1
}

// meansMonth reports whether the name of a month at token i is no name of a
// person and no verb.
func (d *dater) meansMonth(i int) bool {
	low, prev := d.low(i), d.low(i-1)
	w := d.sense(i - 1)
	if d.possessiveMark2(i + 1) {
		return low != "may" && low != "march" || w.kind == relationWord
	}
	switch prev {
	case "in", "since", "until", "till", "last", "next", "this", "early", "late", "mid", "during", "throughout":
		return true
	case "by", "of", "from", "between":
		return low != "may" || !d.capital(i+1) && !d.ts[min(i+1, len(d.ts)-1)].is(copula|auxiliary) && d.ts[min(i+1, len(d.ts)-1)].form()&pastForm == 0
	case "before", "after", "through":
		return low != "may"
	case "and", "to", "or":
		return d.is(i-2, monthName) || prev == "to" && d.is(i-2, unitWord) || low != "may" && low != "march" && !d.capital(i+1)
	case "the":
		next := min(i+1, len(d.ts)-1)
		return low != "march" && d.ts[next].kind == wordToken && !d.ts[next].capital && !d.ts[next].is(preposition)
	}
	switch low {
	case "may", "march":
		return false
	case "april", "june", "august", "jan", "jan.", "mar", "mar.", "jun", "dec", "sep", "oct", "nov", "feb", "jul", "apr", "aug":
		return false
	}
	return !d.capital(i+1) || d.mark(i+1, ',') || d.is(i+1, weekdayName)
}

// possessiveMark2 reports whether token i is the 's behind a word of the block.
func (d *dater) possessiveMark2(i int) bool {
	return i > 0 && i < len(d.ts) && d.ts[i].block == d.block && d.possessiveMark(i)
}

// form returns the forms that a verb can have here, 0 for none.
func (t *token) form() form {
	if t.lex == nil {
		return 0
	}
	return t.lex.form
}

// time returns what kind of word for a time a token is.
func (t *token) time() timeKind {
	if t.lex == nil {
		return noTime
	}
	return t.lex.time.kind
}

// days reads the year behind a day, or two, of a month. The expression began at
// token i.
func (d *dater) days(m, a, b, i, end int) (period, int) {
	one := func(y int) period {
		if !valid(y, m, a) || !valid(y, m, b) {
			return unknownDays
		}
		return period{from: dayOf(y, m, a), to: dayOf(y, m, b), grain: dayGrain}
	}
	if y, j := d.yearBehind(end, true); j > 0 {
		if p := one(y); p.known() {
			return p, j
		}
		return unknownDays, 0
	}
	if !valid(2000, m, a) || !valid(2000, m, b) {
		return unknownDays, 0
	}
	if d.now == noDay {
		return unknownDays, end
	}
	y, _, _ := date(d.now)
	if m == 2 && b == 29 {
		y -= (y%4 + 4) % 4
		return d.choose(i, end, one(y-4), one(y), one(y+4)), end
	}
	return d.choose(i, end, one(y-1), one(y), one(y+1)), end
}

// weekday reads "Friday", "Friday, July 11", "Friday last week", "Friday the 21st", "Friday
// evening".
func (d *dater) weekday(i int) (period, int) {
	w := int(d.sense(i).n)
	if !d.ts[i].capital {
		return unknownDays, 0
	}
	j := i + 1
	if d.mark(j, ',') {
		j++
	}
	short := w > 10
	w %= 10
	if d.is(j, monthName) || d.ts[min(j, len(d.ts)-1)].kind == numberToken && j > i {
		if p, to := d.bare(j); to > j+1 && p.grain == dayGrain && !p.clock {
			return d.matching(p, w), to
		}
	}
	if short && !strings.HasSuffix(d.raw(i), ".") {
		return unknownDays, 0
	}
	if d.low(i+1) == "the" {
		if a, b, to := d.dayOfMonth(i + 2); to > 0 && a == b && to == i+3 && (d.ts[i+2].kind == numberToken || d.isEnd(to)) {
			if p := d.weekdayThe(w, a); p.known() {
				return p, to
			}
		}
	}
	if d.low(i-1) == "the" && d.capital(i+1) && !d.is(i+1, partWord) {
		return unknownDays, 0 // "the Sunday Gleaner"
	}
	if p, to := d.ofWeek(i + 1); to > 0 {
		return period{from: p.from + w - 1, to: p.from + w - 1, grain: dayGrain}, to
	}
	if d.now == noDay {
		return unknownDays, i + 1
	}
	last := d.now - (weekdayOf(d.now)-w+7)%7
	p := period{from: last, to: last, grain: dayGrain, guessed: true, weekday: w}
	if last != d.now && (d.direction(i, i+1) == future || d.scheduled(i)) {
		p.from, p.to = last+7, last+7
	}
	if d.low(i+1) == "week" && d.isEnd(i+2) { // "on Thursday week"
		p.from, p.to = last+14, last+14
		return p, i + 2
	}
	return p, i + 1
}

// matching moves a date without a year to the nearest year in which it is on
// that day of the week.
func (d *dater) matching(p period, w int) period {
	if !p.guessed || p.from == noDay || weekdayOf(p.from) == w {
		return p
	}
	for _, n := range [...]int{-1, 1, -2, 2} {
		q := p.years(n)
		if weekdayOf(q.from) == w {
			return q
		}
	}
	return p
}

// weekdayThe returns the nearest day, rather before than after now, that is the given day of
// its month and of its week.
func (d *dater) weekdayThe(w, day int) period {
	if d.now == noDay {
		return unknownDays
	}
	y, m, _ := date(d.now)
	for _, n := range [...]int{0, -1, 1, -2, 2, -3, 3} {
		if x := dayOf(y, m+n, day); weekdayOf(x) == w {
			return period{from: x, to: x, grain: dayGrain}
		}
	}
	return unknownDays
}

// ofWeek reads "last week", "of this week", "next week" at token i.
func (d *dater) ofWeek(i int) (period, int) {
	if d.low(i) == "of" || d.low(i) == "in" {
		i++
	}
	if w := d.sense(i); d.now != noDay && w.kind == relationWord && w.n >= -1 && w.n <= 1 && d.low(i+1) == "week" {
		return unitOf(d.now, int(w.n), weekGrain), i + 2
	}
	return unknownDays, 0
}

// dayWord reads "today", "yesterday afternoon".
func (d *dater) dayWord(i int, w timeSense) (period, int) {
	t := &d.ts[i]
	first := i == d.s.from || !t.spaced || i > 0 && d.ts[i-1].kind != wordToken
	if t.capital && !first {
		return unknownDays, 0 // "USA Today"
	}
	if d.now == noDay {
		return unknownDays, i + 1
	}
	return unitOf(d.now, int(w.n), dayGrain), i + 1
}

// season reads "spring 2023", "the summer of 2016", "in the autumn".
func (d *dater) season(i, m int) (period, int) {
	if y, j := d.yearBehind(i+1, true); j > 0 {
		return seasonOf(y, m), j
	}
	prev := d.low(i - 1)
	the := prev == "the"
	if the {
		prev = d.low(i - 2)
	}
	switch prev {
	case "in", "by", "during", "since", "until", "over", "throughout", "early", "late", "through", "of", "before", "after":
	default:
		return unknownDays, 0
	}
	if d.low(i) == "fall" && !the || d.ts[i].capital && d.low(i) != "summer" && d.low(i) != "winter" {
		return unknownDays, 0
	}
	if d.now == noDay {
		return unknownDays, i + 1
	}
	y, _, _ := date(d.now)
	return d.choose(i, i+1, seasonOf(y-1, m), seasonOf(y, m), seasonOf(y+1, m)), i + 1
}

// seasonOf returns the three months from the given one on: the seasons of the
// northern half of the world.
func seasonOf(y, m int) period { return months(y, m, 3, seasonGrain) }

// stretch reads "early 2023", "the end of the month", "earlier this year", "later today".
func (d *dater) stretch(i, which int) (period, int) {
	j := i + 1
	of := d.low(j) == "of" || d.low(j) == "in" || d.low(j) == "on"
	if of {
		j++
	}
	the := d.low(j) == "the"
	if the {
		j++
	}
	noun := d.low(i) == "end" || d.low(i) == "beginning" || d.low(i) == "start" || d.low(i) == "middle" || which == 5 && d.low(i) != "later"
	if the && of && d.is(j, unitWord) && d.now != noDay {
		g := grain(d.sense(j).n)
		if g == dayGrain || g > centuryGrain || g == weekendGrain || !d.ends(j+1) && d.low(j+1) != "to" {
			return unknownDays, 0
		}
		return unitOf(d.now, 0, g).stretch(which, d.now), j + 1
	}
	if noun && (!of || d.low(i+1) != "of") {
		return unknownDays, 0
	}
	if y := d.year(j); y > 0 {
		return months(y, 1, 12, yearGrain).stretch(which, d.now), j + 1
	}
	p, to := d.bare(j)
	if to == 0 || p.clock || p.grain == dayGrain && noun {
		return unknownDays, 0
	}
	if which > 3 && p.to-p.from > 400 {
		return unknownDays, 0
	}
	return p.stretch(which, d.now), to
}

// ends reports whether nothing follows at token i that would say of what: "the week of
// the vote".
func (d *dater) ends(i int) bool {
	if i >= len(d.ts) || d.ts[i].block != d.block || d.ts[i].kind == punctuation || d.ts[i].kind == quoteMark {
		return true
	}
	low := d.low(i)
	return low != "of" && low != "that" && low != "when" && low != "to" && low != "in" && low != "before" && low != "after"
}

// mid reads the token "mid-November", "mid-2023".
func (d *dater) mid(i int, rest string) (period, int) {
	if n, tail := leadingNumber(rest); n >= 1000 && n < 2200 {
		switch tail {
		case "":
			return months(n, 1, 12, yearGrain).stretch(2, d.now), i + 1
		case "s":
			return months(n, 1, 120, decadeGrain).stretch(2, d.now), i + 1
		}
		return unknownDays, 0
	}
	w := d.lex.timeSenseOf(strings.ToLower(rest))
	if w.kind != monthName && w.kind != seasonWord {
		return unknownDays, 0
	}
	of := func(y int) period {
		if w.kind == seasonWord {
			return seasonOf(y, int(w.n)).stretch(2, d.now)
		}
		return months(y, int(w.n), 1, monthGrain).stretch(2, d.now)
	}
	if y, j := d.yearBehind(i+1, true); j > 0 {
		return of(y), j
	}
	if d.now == noDay {
		return unknownDays, i + 1
	}
	y, _, _ := date(d.now)
	return d.choose(i, i+1, of(y-1), of(y), of(y+1)), i + 1
}

// timeSenseOf returns what a word in small letters tells of times.
func (l *lexicon) timeSenseOf(low string) timeSense {
	if w := l.words[low]; w != nil {
		return w.time
	}
	return l.times[low]
}
