package annotate

// This file reads the times that are told by counting: "two weeks ago", "the past
// three years", "the second quarter".

// relation reads what follows "last", "this", "next", "previous", "following": "last week", "the past three
// years", "next Friday", "this morning".
func (d *dater) relation(i, n int) (period, int) {
	j := i + 1
	if n == 4 {
		return d.recent(j)
	}
	if count, to, vague := d.count(j); to > 0 && d.is(to, unitWord) && n != 0 && n != 3 {
		return d.rolling(i, n, count, to, vague)
	}
	w := d.sense(j)
	if d.low(i) == "last" && w.kind == unitWord && (w.n == int16(quarterGrain) || w.n == int16(halfGrain) || w.n == int16(monthGrain)) {
		if y, to := d.yearBehind(j+1, false); to > j+2 {
			n := [...]int{monthGrain: 1, quarterGrain: 3, halfGrain: 6}[w.n]
			return months(y, 13-n, n, grain(w.n)), to // "the last quarter of 2025"
		}
	}
	base := d.now
	back := n // n/2 where it counts from a time told before
	if n == 2 || n == -2 || n == 3 || n == 1 && d.low(i-1) == "the" && (w.kind == unitWord || w.kind == partWord) && d.direction(i, j+1) == past {
		p, ok := d.anchored()
		switch {
		case n == 3 && w.kind == partWord && (!ok || !p.oneDay()):
			return unknownDays, j + 1 // "that morning"
		case ok && w.kind == unitWord && int16(p.grain) > w.n, ok && w.kind == partWord && !p.oneDay():
			return unknownDays, 0 // the day after 2016
		case ok:
			base = p.from
		case n == 3, n == 2 && d.direction(i, j+1) != future:
			return unknownDays, 0
		}
		switch n {
		case 3:
			back = 0
		case 2, -2:
			back = n / 2
		}
	}
	name := d.low(i) != "past" && d.low(i) != "recent" || d.low(i) == "past" && d.low(i-1) == "the" && (w.kind == monthName || w.kind == weekdayName)
	switch {
	case w.kind == unitWord && w.n <= int16(centuryGrain):
		return d.unitOff(i, j, base, back, grain(w.n))
	case w.kind == partWord && name:
		return d.partOff(i, base, back, j+1)
	case w.kind == weekdayName && w.n < 10 && name && d.ts[j].capital && base != noDay:
		monday := unitOf(base, 0, weekGrain).from
		day := monday + 7*back + int(w.n) - 1
		if (n == 2 || n == 3) && base != noDay {
			day = base + (int(w.n)-weekdayOf(base)+6)%7 + 1
		}
		if n == -2 && base != d.now {
			day = base - (weekdayOf(base)-int(w.n)+6)%7 - 1
		}
		return period{from: day, to: day, grain: dayGrain}, j + 1
	case (w.kind == monthName && d.ts[j].capital || w.kind == seasonWord) && name && n != 3 && base != noDay:
		return d.namedOff(j, back, w), j + 1
	case w.phrases && n >= -1 && n <= 1 && base != noDay:
		if h, k := d.phrase(j, false); k > 0 {
			y, _, _ := date(d.now)
			return d.off(back, func(y int) period { return period{from: h.on(y), to: h.on(y), grain: dayGrain} }, y), j + k
		}
	}
	if base == noDay && name && (w.kind == weekdayName || w.kind == monthName) && d.ts[j].capital {
		return unknownDays, j + 1
	}
	return unknownDays, 0
}

// recent reads "recent days": nobody knows how many.
func (d *dater) recent(j int) (period, int) {
	s := d.low(j)
	if w := d.sense(j); w.kind != unitWord || w.n > int16(centuryGrain) || s[len(s)-1] != 's' {
		return unknownDays, 0
	}
	return period{from: noDay, to: d.now}, j + 1
}

// unitOff reads "last week": the calendar's, or with "over the past year" the one that ends
// now.
func (d *dater) unitOff(i, j, base, back int, g grain) (period, int) {
	rel := d.sense(i).n
	if s := d.low(j); s[len(s)-1] == 's' || d.low(j+1) == "of" && rel != 0 {
		return unknownDays, 0
	}
	if d.low(i) == "that" && d.is(j+1, unitWord) {
		return unknownDays, 0
	}
	if base == noDay {
		return unknownDays, j + 1
	}
	the := d.low(i-1) == "the" && (d.low(i-2) == "over" || d.low(i-2) == "in" || d.low(i-2) == "during" || d.low(i-2) == "within")
	if rel == -1 && g != dayGrain && g != weekendGrain && g != quarterGrain && (d.low(i) == "past" || the) {
		return period{from: shift(base, -1, g), to: base}, j + 1
	}
	if g == weekendGrain && rel == -1 && weekdayOf(base) > 5 {
		back = -1
	}
	if k := j + 1; g == weekGrain {
		if d.low(k) == "on" || d.mark(k, ',') {
			k++
		}
		if w := d.sense(k); w.kind == weekdayName && w.n < 10 && d.ts[k].capital {
			day := unitOf(base, back, g).from + int(w.n) - 1
			return period{from: day, to: day, grain: dayGrain}, k + 1
		}
	}
	return unitOf(base, back, g), j + 1
}

// partOff reads "last night", "this morning", "the following evening".
func (d *dater) partOff(i, base, back, end int) (period, int) {
	if base == noDay {
		return unknownDays, end
	}
	return unitOf(base, back, dayGrain), end
}

// namedOff returns last June, this summer, next May.
func (d *dater) namedOff(j, back int, w timeSense) period {
	n := 1
	g := monthGrain
	if w.kind == seasonWord {
		n, g = 3, seasonGrain
	}
	y, _, _ := date(d.now)
	return d.off(back, func(y int) period { return months(y, int(w.n), n, g) }, y)
}

// off returns the last, this or the next one of what comes once in a year. This is the one of this
// year, or a season that is not over.
func (d *dater) off(back int, of func(y int) period, y int) period {
	switch {
	case back < 0:
		for of(y).to >= d.now {
			y--
		}
	case back > 0:
		for of(y).from <= d.now {
			y++
		}
	case of(y-1).to >= d.now:
		y--
	}
	return of(y)
}

// rolling returns the last n units up to now, or the next ones from tomorrow on. The expression began
// at token j, its unit is at token i.
func (d *dater) rolling(j, n, count, i int, vague bool) (period, int) {
	g := grain(d.sense(i).n)
	if g > centuryGrain || d.low(i+1) == "of" {
		return unknownDays, 0
	}
	base := d.now
	if n == 2 || n == -2 {
		p, ok := d.anchored()
		if ok && n < 0 {
			base = p.from - 1
		} else if ok {
			base = p.to
		}
	}
	switch {
	case base == noDay:
		return unknownDays, i + 1
	case n < 0 && vague:
		return period{from: noDay, to: base}, i + 1
	case n < 0 && (g == quarterGrain || g == decadeGrain || g == weekendGrain):
		return period{from: unitOf(base, -count, g).from, to: unitOf(base, -1, g).to}, i + 1
	case n < 0:
		return period{from: shift(base, -count, g), to: base}, i + 1
	case vague:
		return period{from: base + 1, to: noDay}, i + 1
	case g == quarterGrain || g == decadeGrain || g == weekendGrain:
		return period{from: unitOf(base, 1, g).from, to: unitOf(base, count, g).to}, i + 1
	}
	from := base + 1
	if d.low(j-1) == "within" || d.low(j-1) == "the" && d.low(j-2) == "within" {
		from = base
	}
	return period{from: from, to: shift(base, count, g)}, i + 1
}

// count reads how many: "three", "12", "a few", "a couple of", "twenty one". Vague is a number that is not
// told.
func (d *dater) count(i int) (n, end int, vague bool) {
	if i >= len(d.ts) || d.ts[i].block != d.block {
		return 0, 0, false
	}
	if d.ts[i].kind == numberToken {
		n, rest := leadingNumber(d.raw(i))
		if rest != "" || n < 1 || n > 1500 {
			return 0, 0, false
		}
		return n, i + 1, false
	}
	w := d.sense(i)
	if w.kind != numberWord {
		return 0, 0, false
	}
	n, end = int(w.n), i+1
	next := d.sense(end)
	switch {
	case n == 1 && next.kind == numberWord && (next.n < 0 || next.n == 2 || next.n == 12) && len(d.raw(i)) < 3: // "a few", "a couple of"
		n, end = int(next.n), end+1
	case n >= 20 && next.kind == numberWord && next.n > 0 && next.n < 10:
		n, end = n+int(next.n), end+1
	}
	if d.low(end-1) == "couple" {
		vague = true
		if d.low(end) == "of" {
			end++
		}
	}
	if n == 2 && d.low(end-1) == "dozen" {
		n = 12
	}
	return n, end, vague || n < 0
}

// A length is a number of units of each size.
type length struct {
	years, months, days int
	finest              grain
	parts               int
	vague               bool
}

// lengthAt reads "two weeks", "1 month and 21 days".
func (d *dater) lengthAt(i int) (l length, end int) {
	for l.parts < 4 {
		n, j, vague := d.count(i)
		w := d.sense(j)
		if j == 0 || w.kind != unitWord || w.n > int16(minuteGrain) {
			break
		}
		g := grain(w.n)
		switch g {
		case dayGrain, hourGrain, minuteGrain:
			l.days += n
		case weekendGrain, weekGrain:
			l.days += 7 * n
		case fortnightGrain:
			l.days += 14 * n
		case monthGrain:
			l.months += n
		case quarterGrain:
			l.months += 3 * n
		case halfGrain:
			l.months += 6 * n
		case yearGrain:
			l.years += n
		case decadeGrain:
			l.years += 10 * n
		case centuryGrain:
			l.years += 100 * n
		}
		l.finest, l.vague, end = g, l.vague || vague, j+1
		l.parts++
		i = end
		if d.mark(i, ',') || d.low(i) == "and" {
			i++
		}
	}
	return l, end
}

// from returns the day that lies a length behind (1) or before (-1) a day.
func (l length) from(day, sign int) int {
	day = shift(day, sign*(12*l.years+l.months), monthGrain)
	return day + sign*l.days
}

// counted reads "two weeks ago", "a year earlier", "three days after Easter", "in two months". A length of
// time that is not counted from anything is no time.
func (d *dater) counted(i int) (period, int) {
	if p, to := d.hourWords(i); to > 0 {
		return p, to
	}
	if d.is(i+1, monthName) || d.low(i+1) == "of" {
		if a, b, to := d.dayOfMonth(i); to > 0 && a == b && d.sense(i).n > 1 {
			return unknownDays, 0
		}
	}
	l, end := d.lengthAt(i)
	if end == 0 {
		return unknownDays, 0
	}
	switch d.low(end) {
	case "ago":
		return d.ago(l), end + 1
	case "earlier", "later":
		if d.low(end+1) == "than" {
			return unknownDays, 0
		}
		sign := 1
		if d.low(end) == "earlier" {
			sign = -1
		}
		return d.away(l, i, end, sign)
	case "before", "after", "from":
		if d.low(end) == "from" && d.low(i-1) == "for" {
			return unknownDays, 0 // "for four days from Friday": it begins then
		}
		return d.awayFrom(l, i, end)
	case "to", "until":
		if p, to := d.core(end + 1); to > 0 && p.to != noDay && !p.clock && !l.vague && l.finest < hourGrain && d.low(i-1) == "the" {
			return period{from: l.from(p.to+1, -1), to: p.to}, to // "the two years to last August"
		}
		return unknownDays, 0
	case "hence":
		return d.ahead(l), end + 1
	}
	if d.low(end) == "'" || d.low(end+1) == "time" {
		end++
		if d.low(end) == "time" {
			end++
		}
	}
	switch d.low(i - 1) {
	case "in":
		if d.direction(i-1, end) == future || d.low(end-1) == "time" {
			return d.ahead(l), end
		}
	case "within":
		if d.now != noDay && !l.vague && d.direction(i-1, end) == future && d.low(end) != "of" {
			return period{from: d.now, to: l.from(d.now, 1)}, end
		}
	}
	return unknownDays, 0
}

// ago returns the day, or the week, month or year, that lies so far back.
func (d *dater) ago(l length) period {
	switch {
	case d.now == noDay:
		return unknownDays
	case l.vague, l.finest == hourGrain, l.finest == minuteGrain:
		return period{from: noDay, to: d.now}
	}
	return d.about(l, l.from(d.now, -1))
}

// ahead returns the time that lies so far in the future.
func (d *dater) ahead(l length) period {
	switch {
	case d.now == noDay:
		return unknownDays
	case l.vague, l.finest == hourGrain, l.finest == minuteGrain:
		return period{from: d.now, to: noDay}
	}
	return d.about(l, l.from(d.now, 1))
}

// about returns the unit of a day in which a length of one part was told: who says
// "two years ago" means no day.
func (d *dater) about(l length, day int) period {
	if l.parts > 1 || l.finest == dayGrain {
		return period{from: day, to: day, grain: dayGrain}
	}
	g := l.finest
	switch g {
	case weekendGrain, fortnightGrain:
		g = weekGrain
	case quarterGrain, halfGrain:
		g = monthGrain
	case decadeGrain, centuryGrain:
		g = yearGrain
	}
	return unitOf(day, 0, g)
}

// away returns what lies so long before or after the time told last. A month, quarter or year is
// compared with one.
func (d *dater) away(l length, i, end, sign int) (period, int) {
	p, ok := d.anchored()
	switch {
	case l.finest == hourGrain || l.finest == minuteGrain:
		return unknownDays, 0
	case !ok && (sign < 0 || d.direction(i, end) == future):
		if d.now == noDay || l.vague {
			return unknownDays, end + 1
		}
		return d.about(l, l.from(d.now, sign)), end + 1
	case !ok:
		return unknownDays, 0
	case l.vague && sign > 0:
		return period{from: p.to, to: noDay}, end + 1
	case l.vague:
		return period{from: noDay, to: p.from}, end + 1
	}
	switch {
	case p.grain > l.finest && p.grain != dayGrain || p.grain == seasonGrain:
		return unknownDays, 0 // two days after 2016
	case p.grain != dayGrain:
		return unitOf(l.from(p.from, sign), 0, p.grain), end + 1
	}
	return d.about(l, l.from(p.from, sign)), end + 1
}

// awayFrom reads what "two days before" and "three weeks from" count from.
func (d *dater) awayFrom(l length, i, end int) (period, int) {
	sign := 1
	if d.low(end) == "before" {
		sign = -1
	}
	j := end + 1
	if d.low(end) == "from" && d.low(j) == "now" {
		return d.ahead(l), j + 1
	}
	within := d.low(i-1) == "within"
	if l.vague || l.finest == hourGrain || l.finest == minuteGrain {
		return unknownDays, 0
	}
	if d.low(j) == "the" {
		j++
	}
	if j < len(d.ts) && !d.is(j, numberWord) {
		if p, to := d.bare(j); to > 0 && p.oneDay() && !p.clock && !d.possessiveMark2(to) {
			day := l.from(p.from, sign)
			if within && sign > 0 {
				return period{from: p.from, to: day}, to
			}
			return period{from: day, to: day, grain: dayGrain}, to
		}
	}
	return unknownDays, 0
}
