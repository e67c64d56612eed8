package annotate

// unit reads what begins with a unit: "day before yesterday", "week after next", "the weekend", "the day before", "year
// 2019", "the week of July 4".
func (d *dater) unit(i int, g grain) (period, int) {
	next := d.low(i + 1)
	switch {
	case g > dayGrain && g <= yearGrain && next == "to" && d.low(i-1) == "the":
		if p, to := d.core(i + 2); to > 0 && p.to != noDay && !p.clock && p.to <= d.now {
			return period{from: shift(p.to+1, -1, g), to: p.to}, to // "the year to last June"
		}
		return unknownDays, 0
	case g > dayGrain && g <= yearGrain && (next == "is" || next == "was") && d.low(i+2) == "out" && d.low(i-1) == "the" && d.low(i-2) == "before":
		return d.off1(d.unitNow(0, g).to + 1 - d.now), i + 3 // "before the year is out" ends with it
	case g == centuryGrain && d.low(i-1) == "the" && d.low(i-2) == "of" && d.low(i-3) == "turn" && d.now != noDay:
		y, _, _ := date(d.now)
		return months(y-y%100, 1, 12, yearGrain), i + 1
	case g == dayGrain && next == "before" && d.low(i+2) == "yesterday":
		return d.off1(-2), i + 3
	case g == dayGrain && next == "after" && d.low(i+2) == "tomorrow":
		return d.off1(2), i + 3
	case next == "after" && d.low(i+2) == "next" && g <= yearGrain && g > dayGrain:
		return d.unitNow(2, g), i + 3
	case next == "after" && d.low(i+2) == "the" && d.low(i+3) == "next" && g <= yearGrain && g > dayGrain:
		return d.unitNow(2, g), i + 4
	case next == "before" && d.low(i+2) == "last" && g <= yearGrain && g > dayGrain:
		return d.unitNow(-2, g), i + 3
	case g == yearGrain && d.low(i) == "year" && d.year(i+1) > 1500:
		return months(d.year(i+1), 1, 12, yearGrain), i + 2
	case g == weekGrain && next == "of" && d.low(i-1) == "the":
		if p, to := d.bare(i + 2); to > 0 && p.oneDay() {
			return unitOf(p.from, 0, weekGrain), to
		}
		return unknownDays, 0
	case g == weekendGrain && d.low(i) == "weekend" && d.low(i-1) == "the" && d.ends(i+1):
		return d.weekend(i), i + 1
	case (next == "before" || next == "after") && d.low(i-1) == "the" && g <= yearGrain && d.isEnd(i+2):
		if p, ok := d.anchored(); ok {
			n := 1
			if next == "before" {
				n = -1
			}
			return unitOf(p.from, n, max(g, p.grain*boolGrain(p.grain != seasonGrain && p.grain <= yearGrain))), i + 2
		}
	}
	return unknownDays, 0
}

func boolGrain(b bool) grain {
	if b {
		return 1
	}
	return 0
}

// isEnd reports whether a clause ends before token i.
func (d *dater) isEnd(i int) bool {
	return i >= len(d.ts) || d.ts[i].block != d.block || d.ts[i].kind == punctuation || d.ts[i].kind == quoteMark || d.ts[i].is(conjunction)
}

// off1 returns the day n days from now.
func (d *dater) off1(n int) period { return d.unitNow(n, dayGrain) }

func (d *dater) unitNow(n int, g grain) period {
	if d.now == noDay {
		return unknownDays
	}
	return unitOf(d.now, n, g)
}

// weekend returns the weekend that lies before or behind now, or the one that is.
func (d *dater) weekend(i int) period {
	if d.now == noDay {
		return unknownDays
	}
	n := 0
	if weekdayOf(d.now) < 6 && d.direction(i, i+1) != future {
		n = -1
	}
	return unitOf(d.now, n, weekendGrain)
}
