package annotate

import "strings"

// This file reads the times that begin with a number or end in one, and times of day.

// number reads an expression that begins with digits.
func (d *dater) number(i int) (period, int) {
	s := d.raw(i)
	if s[0] < '0' || s[0] > '9' {
		return unknownDays, 0
	}
	if p, ok := isoDate(s); ok {
		return p, i + 1
	}
	if p, to := d.slashed(i); to > 0 {
		return p, to
	}
	if p, to := d.timeOfDay(i); to > 0 {
		return p, to
	}
	if p, to := d.dayAndMonth(i); to > 0 {
		return p, to
	}
	n, rest := leadingNumber(s)
	switch {
	case len(s) >= 2 && (rest == "s" || rest == "'s" || rest == "’s"):
		return d.decade(i, n, len(s)-len(rest))
	case rest == "st" || rest == "nd" || rest == "rd" || rest == "th":
		return d.ordinal(i, n)
	case rest == "" && d.year(i) > 0:
		return d.plainYear(i)
	case n >= 1000 && strings.HasPrefix(rest, "-"):
		return twoYears(n, rest[1:], i+1)
	}
	return d.counted(i)
}

// isoDate reads 2023-06-13 and what may follow behind a T.
func isoDate(s string) (period, bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' || len(s) > 10 && s[10] != 'T' {
		return unknownDays, false
	}
	y, a := leadingNumber(s[:4])
	m, b := leadingNumber(s[5:7])
	day, c := leadingNumber(s[8:10])
	if a != "" || b != "" || c != "" || y < 1000 || !valid(y, m, day) {
		return unknownDays, false
	}
	x := dayOf(y, m, day)
	return period{from: x, to: x, grain: dayGrain}, true
}

// slashed reads 12/6/2023 and 6/13/23 where only one reading is a date, or where it names the same day
// twice, and 2015/08/12.
func (d *dater) slashed(i int) (period, int) {
	if !d.mark(i+1, '/') || !d.mark(i+3, '/') || d.ts[i+1].spaced || d.ts[i+3].spaced || i+4 >= len(d.ts) || d.ts[i+4].block != d.block || d.ts[i+2].kind != numberToken || d.ts[i+4].kind != numberToken {
		return unknownDays, 0
	}
	a, r := leadingNumber(d.raw(i))
	b, s := leadingNumber(d.raw(i + 2))
	c, t := leadingNumber(d.raw(i + 4))
	if r+s+t != "" {
		return unknownDays, 0
	}
	y, m, day := c, a, b
	switch {
	case len(d.raw(i)) == 4:
		y, m, day = a, b, c
	case a > 12:
		m, day = b, a
	case b <= 12 && a != b && !d.american():
		m, day = b, a
		if !d.british() {
			return unknownDays, i + 5 // nobody knows which is the month
		}
	}
	if y < 100 {
		y += 2000
		if y > 2060 {
			y -= 100
		}
	}
	if !valid(y, m, day) || y < 1000 || y > 2199 {
		return unknownDays, 0
	}
	x := dayOf(y, m, day)
	return period{from: x, to: x, grain: dayGrain}, i + 5
}

// american reports whether the outlet writes the month first, british whether it writes
// the day first, as far as its address tells.
func (d *dater) american() bool { return d.host(".gov", ".mil", ".us") }

func (d *dater) british() bool {
	return d.host(".uk", ".ie", ".au", ".nz", ".in", ".za", ".eu", ".de", ".fr")
}

func (d *dater) host(ends ...string) bool {
	for _, h := range [...]string{d.doc.Outlet, d.doc.URL} {
		if _, rest, ok := strings.Cut(h, "://"); ok {
			h = rest
		}
		h, _, _ = strings.Cut(h, "/")
		for _, e := range ends {
			if strings.HasSuffix(strings.ToLower(h), e) {
				return true
			}
		}
	}
	return false
}

// dayAndMonth reads "11 July 2023", "11-12 July", "the 20th of next month", "3 to 5 May".
func (d *dater) dayAndMonth(i int) (period, int) {
	a, b, j := d.dayOfMonth(i)
	if j == 0 || d.mark(i-1, '$') || d.raw(i-1) == "£" || d.raw(i-1) == "€" {
		return unknownDays, 0
	}
	of := d.low(j) == "of"
	if of {
		j++
	}
	if of || b > a {
		if w := d.sense(j); d.now != noDay && w.kind == relationWord && w.n >= -2 && w.n <= 1 && d.low(j+1) == "month" {
			y, m, _ := date(unitOf(d.now, max(int(w.n), -1), monthGrain).from)
			if !valid(y, m, a) || !valid(y, m, b) {
				return unknownDays, 0
			}
			return period{from: dayOf(y, m, a), to: dayOf(y, m, b), grain: dayGrain}, j + 2
		}
	}
	if w := d.sense(j); w.kind == monthName && d.ts[j].capital && (d.low(j) != "may" || !d.ts[min(j+1, len(d.ts)-1)].is(plainVerb) || d.ts[i].kind == numberToken) {
		return d.days(int(w.n), a, b, i, j+1)
	}
	return unknownDays, 0
}

// decade reads "1990s", "the 90s".
func (d *dater) decade(i, n, digits int) (period, int) {
	switch {
	case n%10 != 0:
		return unknownDays, 0
	case digits == 4 && n >= 1000 && n < 2200:
		if n%100 == 0 && n < 2000 {
			return months(n, 1, 1200, centuryGrain), i + 1
		}
		return months(n, 1, 120, decadeGrain), i + 1
	case digits == 2 && n >= 20 && (d.low(i-1) == "the" && d.low(i-2) != "his" || d.ts[max(i-1, 0)].kind == apostrophe && !d.ts[i].spaced):
		return months(1900+n, 1, 120, decadeGrain), i + 1
	}
	return unknownDays, 0
}

// twoYears reads 2014-2018 and 2022-23.
func twoYears(a int, s string, end int) (period, int) {
	b, rest := leadingNumber(s)
	if len(s) == 2 {
		b += a - a%100
	}
	if rest != "" || a > 2199 || b <= a || b > 2199 || len(s) != 2 && len(s) != 4 || b-a > 400 {
		return unknownDays, 0
	}
	return period{from: dayOf(a, 1, 1), to: dayOf(b, 12, 31)}, end
}

// plainYear reads a number of four digits as a year where the words about it
// allow that.
func (d *dater) plainYear(i int) (period, int) {
	y := d.year(i)
	p := months(y, 1, 12, yearGrain)
	next := min(i+1, len(d.ts)-1)
	t := &d.ts[next]
	low := d.low(i + 1)
	if d.is(i+1, unitWord) && low != "quarter" || d.mark(i+1, '%') || low == "percent" || low == "per" {
		return unknownDays, 0
	}
	plural := i+1 < len(d.ts) && t.block == d.block && t.kind == wordToken && !t.capital && len(low) > 3 && low[len(low)-1] == 's' && !t.is(copula|auxiliary|adverb)
	if strings.HasPrefix(low, "q") && len(low) == 2 && low[1] >= '1' && low[1] <= '4' {
		return quarterOf(y, int(low[1]-'0')), i + 2
	}
	if d.mark(i-1, 0x80|'(') || d.mark(i-1, '(') {
		if d.mark(i+1, ')') || d.mark(i+1, markDash) || d.mark(i+1, ',') {
			return p, i + 1
		}
		return unknownDays, 0
	}
	prev := d.low(i - 1)
	switch prev {
	case "in", "since", "by", "until", "till", "before", "after", "during", "throughout", "between", "late", "early", "mid", "year", "of":
		if plural || y < 1500 && prev != "in" || y > 2100 && t.block == d.block && t.kind == wordToken {
			return unknownDays, 0
		}
		return p, i + 1
	case "from", "through":
		if plural || d.low(i+1) == "to" && d.year(i+2) == 0 && !d.is(i+2, monthName) && !d.is(i+2, stretchWord) && d.low(i+2) != "the" {
			return unknownDays, 0
		}
		return p, i + 1
	}
	if (prev == "and" || prev == "or" || d.mark(i-1, ',')) && d.year(i-2) > 0 && d.prev == i-1 {
		return p, i + 1
	}
	the := prev == "the" || d.possessiveMark2(i-1) || d.ts[max(i-1, 0)].is(possessive)
	if the && y >= 1800 && y < 2100 && t.block == d.block && t.kind == wordToken && !d.is(i+1, unitWord) {
		if plural && prev == "the" && low != "elections" && low != "games" && low != "talks" && low != "protests" {
			return unknownDays, 0
		}
		return p, i + 1
	}
	if (low == "to" || low == "through") && d.year(i+2) > y && y > 1800 {
		return p, i + 1
	}
	return unknownDays, 0
}

// quarterOf returns the first to fourth quarter of a year.
func quarterOf(y, q int) period { return months(y, 3*q-2, 3, quarterGrain) }

// ordinal reads "second quarter", "first half of 2023", "third week of May", "first Friday of next month", "19th
// century", "second of August".
func (d *dater) ordinal(i, n int) (period, int) {
	if p, to := d.dayAndMonth(i); to > 0 {
		return p, to
	}
	j := i + 1
	if d.is(j, monthName) && d.ts[j].capital && n <= 31 {
		return d.days(int(d.sense(j).n), n, n, i, j+1)
	}
	w := d.sense(j)
	g := grain(w.n)
	switch {
	case w.kind == weekdayName && d.ts[j].capital && n < 6:
		g = 0
	case w.kind != unitWord:
		return unknownDays, 0
	case g == centuryGrain && n > 1 && n < 22:
		return months(100*(n-1), 1, 1200, centuryGrain), j + 1
	case g == quarterGrain && n < 5:
		return d.partOfYear(i, j, n, 3)
	case g == halfGrain && n < 3:
		return d.partOfYear(i, j, n, 6)
	case g == dayGrain && n < 32, g == weekGrain && n < 6, g == monthGrain && n < 13, g == weekendGrain && n < 6:
	default:
		return unknownDays, 0
	}
	j++
	if d.low(j) != "of" && d.low(j) != "in" {
		if prev := d.low(i - 2); g == weekGrain && d.low(i-1) == "the" && (prev == "in" || prev == "during") && d.isEnd(j) {
			return unknownDays, j // of something that the report does not tell
		}
		return unknownDays, 0
	}
	j++
	if d.low(j) == "the" {
		j++
	}
	p, to := d.bare(j)
	if y := d.year(j); to == 0 && y > 0 {
		p, to = months(y, 1, 12, yearGrain), j+1
	}
	if to == 0 || p.from == noDay || p.grain != monthGrain && p.grain != yearGrain && p.grain != weekGrain {
		return unknownDays, 0
	}
	return nth(n, g, int(w.n), p), to
}

// nth returns the nth day, week or month, or for grain 0 day of the week, of a
// period. The first week is the one with the first Thursday.
func nth(n int, g grain, weekday int, p period) period {
	var q period
	switch g {
	case 0:
		x := p.from + (weekday-weekdayOf(p.from)+7)%7 + 7*(n-1)
		q = period{from: x, to: x, grain: dayGrain}
	case weekGrain:
		thursday := p.from + (4-weekdayOf(p.from)+7)%7 + 7*(n-1)
		return unitOf(thursday, 0, weekGrain)
	case weekendGrain:
		x := p.from + (6-weekdayOf(p.from)+7)%7 + 7*(n-1)
		q = period{from: x, to: x + 1, grain: g}
	default:
		q = unitOf(p.from, n-1, g)
	}
	if q.from > p.to {
		return unknownDays
	}
	return q
}

// quarter reads "Q3", "Q3 2016" and "Q3 of this year".
func (d *dater) quarter(i int) (period, int) {
	q := int(d.raw(i)[1] - '0')
	if y, to := d.yearBehind(i+1, true); to > 0 {
		return quarterOf(y, q), to
	}
	if d.now == noDay {
		return unknownDays, i + 1
	}
	y, _, _ := date(d.now)
	return d.choose(i, i+1, quarterOf(y-1, q), quarterOf(y, q), quarterOf(y+1, q)), i + 1
}

// isQuarter reports whether a word is Q1 to Q4.
func isQuarter(s string) bool { return len(s) == 2 && s[0] == 'Q' && s[1] >= '1' && s[1] <= '4' }

// partOfYear reads the year of a quarter or a half.
func (d *dater) partOfYear(i, j, n, length int) (period, int) {
	of := func(y int) period {
		g := quarterGrain
		if length == 6 {
			g = halfGrain
		}
		return months(y, length*(n-1)+1, length, g)
	}
	j++
	if y, to := d.yearBehind(j, true); to > 0 {
		return of(y), to
	}
	prev := d.low(i - 1)
	if d.now == noDay || length == 6 || prev != "the" && prev != "in" && !d.ts[max(i-1, 0)].is(possessive) && !d.possessiveMark2(i-1) {
		return unknownDays, 0
	}
	if d.low(j) == "of" && d.low(j+1) == "the" && d.low(j+2) == "year" {
		y, _, _ := date(d.now)
		return of(y), j + 3
	}
	if d.low(j) == "of" {
		return unknownDays, 0
	}
	y, _, _ := date(d.now)
	return d.choose(i, j, of(y-1), of(y), of(y+1)), j
}
