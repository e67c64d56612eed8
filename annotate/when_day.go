package annotate

import (
	"fmt"
	"math"
	"time"
)

// This file counts days.

// noDay is the end of a period that is open or unknown.
const noDay = math.MinInt32

// grain is the unit that a time is told in; the numbers are those of times.txt.
type grain uint8

const (
	dayGrain grain = iota + 1
	weekendGrain
	weekGrain
	fortnightGrain
	monthGrain
	quarterGrain
	halfGrain
	yearGrain
	decadeGrain
	centuryGrain
	hourGrain
	minuteGrain
	seasonGrain
)

// A period is the days that a time expression means.
type period struct {
	from, to int // the first and the last day, from 1970-01-01; noDay for none
	grain    grain
	clock    bool
	first    int // minutes after midnight, for a time of day
	last     int
	zone     string // the offset from UTC; "" where the report does not state it
	guessed  bool   // the report does not tell the year, or for a weekday the week
	weekday  int    // told by the name of a day of the week only; 0 for none
}

var unknownDays = period{from: noDay, to: noDay}

func (p period) known() bool { return p.from != noDay || p.to != noDay }

// oneDay reports whether the period is a day or a time of one.
func (p period) oneDay() bool { return p.from != noDay && p.from == p.to }

// dayOf returns the number of a day; month and day may be out of range.
func dayOf(y, m, d int) int {
	return int(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// date returns year, month and day of a day.
func date(day int) (y, m, d int) {
	yy, mm, dd := time.Unix(int64(day)*86400, 0).UTC().Date()
	return yy, int(mm), dd
}

// weekdayOf returns 1 for Monday to 7 for Sunday.
func weekdayOf(day int) int { return ((day+3)%7+7)%7 + 1 }

// valid reports whether a year has such a day.
func valid(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return false
	}
	_, mm, _ := date(dayOf(y, m, d))
	return mm == m
}

func months(y, m, n int, g grain) period {
	return period{from: dayOf(y, m, 1), to: dayOf(y, m+n, 0), grain: g}
}

// unitOf returns the unit that lies n units after the one of a day.
func unitOf(day, n int, g grain) period {
	y, m, _ := date(day)
	monday := day - weekdayOf(day) + 1
	switch g {
	case weekendGrain:
		return period{from: monday + 5 + 7*n, to: monday + 6 + 7*n, grain: g}
	case weekGrain:
		return period{from: monday + 7*n, to: monday + 6 + 7*n, grain: g}
	case fortnightGrain:
		return period{from: monday + 14*n, to: monday + 13 + 14*n, grain: g}
	case monthGrain:
		return months(y, m+n, 1, g)
	case quarterGrain:
		return months(y, (m-1)/3*3+1+3*n, 3, g)
	case halfGrain:
		return months(y, (m-1)/6*6+1+6*n, 6, g)
	case yearGrain:
		return months(y+n, 1, 12, g)
	case decadeGrain:
		return months(y-y%10+10*n, 1, 120, g)
	case centuryGrain:
		return months(y-y%100+100*n, 1, 1200, g)
	case dayGrain:
		return period{from: day + n, to: day + n, grain: g}
	}
	return unknownDays
}

// shift returns the day that lies n units after a day.
func shift(day, n int, g grain) int {
	y, m, d := date(day)
	switch g {
	case dayGrain:
		return day + n
	case weekendGrain, weekGrain:
		return day + 7*n
	case fortnightGrain:
		return day + 14*n
	case quarterGrain:
		n *= 3
	case halfGrain:
		n *= 6
	case yearGrain:
		n *= 12
	case decadeGrain:
		n *= 120
	case centuryGrain:
		n *= 1200
	}
	last := dayOf(y, m+n+1, 0)
	return min(dayOf(y, m+n, 1)+d-1, last)
}

// stretch returns the beginning (1), middle (2) or end (3) of a period, or what lies
// before (4) or after (5) a day of it.
func (p period) stretch(which, now int) period {
	if p.from == noDay || p.to == noDay {
		return p
	}
	n := p.to - p.from + 1
	a, b := p.from+n/3, p.from+2*n/3 // the first days of the second and third part
	switch p.grain {
	case yearGrain:
		y, _, _ := date(p.from)
		a, b = dayOf(y, 5, 1), dayOf(y, 9, 1)
	case monthGrain:
		a, b = p.from+10, p.from+20
	case weekGrain:
		a, b = p.from+3, p.from+3
		if which == 2 {
			a, b = p.from+2, p.from+4
		}
	case dayGrain:
		return p
	}
	p.grain = 0
	switch {
	case which == 1, which == 4 && now > p.to:
		p.to = a - 1
	case which == 2:
		p.from, p.to = a, b-1
	case which == 3:
		p.from = b
	case now == noDay:
	case which == 4 && p.from <= now && now <= p.to:
		p.to = now
	case which == 5 && p.from <= now && now < p.to:
		p.from = now
	}
	return p
}

// ends writes a period as hearsay.Moment has it.
func (p period) ends() (from, to string) {
	return p.end(p.from, p.first), p.end(p.to, p.last)
}

func (p period) end(day, minute int) string {
	if day == noDay {
		return ""
	}
	y, m, d := date(day)
	if y < 1 || y > 9999 {
		return ""
	}
	if !p.clock {
		return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	}
	return fmt.Sprintf("%04d-%02d-%02dT%02d:%02d%s", y, m, d, minute/60, minute%60, p.zone)
}
