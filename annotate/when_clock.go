package annotate

import "strings"

// This file reads times of day and the parts of one.

// clockTime is a time of day as it is written.
type clockTime struct {
	minute int // after midnight
	zone   string
}

// timeOfDay reads "2:30 p.m. EDT on Tuesday", "14:30 GMT", "noon". A time of day without a day is one of
// the day told last, if that is near, or of today where the report has told none yet.
func (d *dater) timeOfDay(i int) (period, int) {
	c, end := d.clockAt(i)
	if end == 0 {
		return d.hourOfPart(i)
	}
	j := d.bracketBehind(end)
	if d.mark(j, ',') {
		j++
	}
	for d.low(j) == "on" || d.low(j) == "the" || d.low(j) == "early" || d.low(j) == "late" {
		j++
	}
	if k := d.sense(j).kind; k == weekdayName || k == monthName || k == dayWord || k == relationWord || j > end && j < len(d.ts) && d.ts[j].kind == numberToken && d.ts[j].block == d.block {
		if p, to := d.bare(j); to > 0 && p.oneDay() && !p.clock {
			return p.at(c), to
		}
	}
	if p, ok := d.anchored(); ok && p.oneDay() {
		return period{from: p.from, to: p.from, grain: dayGrain}.at(c), end
	} else if d.told < 0 && d.now != noDay {
		return period{from: d.now, to: d.now, grain: dayGrain}.at(c), end
	}
	return unknownDays, end
}

// bracketBehind returns the token behind a short remark in brackets at token i: "(1930 UTC)".
func (d *dater) bracketBehind(i int) int {
	if d.mark(i, '(') {
		for j := i + 1; j < i+6; j++ {
			if d.mark(j, ')') {
				return j + 1
			}
		}
	}
	return i
}

// at puts a period of one day to a time of it.
func (p period) at(c clockTime) period {
	p.clock, p.first, p.last, p.zone = true, c.minute, c.minute, c.zone
	return p
}

// hours takes in the part of the day or the time of day behind a day.
func (d *dater) hours(p period, end int) (period, int) {
	if p.clock || p.grain != dayGrain && p.known() {
		return p, end
	}
	if d.is(end, stretchWord) && d.is(end+1, partWord) {
		end++
	}
	part := int16(0)
	if d.is(end, partWord) {
		part = d.sense(end).n
		end++
	}
	j := end
	if d.mark(j, ',') {
		j++
	}
	at := false
	for d.low(j) == "at" || d.low(j) == "around" || d.low(j) == "about" || at && d.low(j) == "shortly" {
		j++
		at = true
	}
	if !p.oneDay() || !at && j > end {
		return p, end
	}
	if c, to := d.clockAt(j); to > 0 {
		return p.at(c), to
	}
	if h, m, rest, _ := d.hourMinute(j); at && h >= 1 && h <= 12 && rest == "" && d.isEnd(j+1) && (part > 0 || h > 6) {
		return p.at(clockTime{minute: hourIn(h, max(m, 0), part)}), j + 1 // "Thursday at ten"
	}
	return p, end
}

// hourIn returns the minute of the day that an hour means in a part of it: 1 for the morning to 4 for the night, 0 where
// none is told.
func hourIn(h, m int, part int16) int {
	switch {
	case part == 0:
	case part == 2 || part == 3 || part == 4 && h > 5 && h < 12:
		h = h%12 + 12
	default:
		h %= 12
	}
	return 60*h + m
}

// hourOfPart reads "4:40 on Sunday morning".
func (d *dater) hourOfPart(i int) (period, int) {
	h, m, rest, _ := d.hourMinute(i)
	if h < 1 || h > 12 || m < 0 || rest != "" {
		return unknownDays, 0
	}
	j := i + 1
	if d.low(j) == "on" {
		j++
	}
	if k := d.sense(j).kind; k != weekdayName && k != dayWord && k != monthName {
		return unknownDays, 0
	}
	p, to := d.bare(j)
	if to == 0 || !p.oneDay() || p.clock || !d.is(to, partWord) {
		return unknownDays, 0
	}
	return p.at(clockTime{minute: hourIn(h, m, d.sense(to).n)}), to + 1
}

// bareHour reports whether a number word at token i is an hour: "By six the network was down", "back by
// four".
func (d *dater) bareHour(i int) bool {
	n := d.sense(i).n
	if d.low(i-1) != "by" || n < 1 || n > 12 || len(d.raw(i)) < 3 || !d.isEnd(i+1) && !d.ts[i+1].is(determiner|possessive|personal) {
		return false
	}
	if d.ts[i-1].capital {
		return true
	}
	switch d.low(i - 2) {
	case "back", "home", "here", "there", "ready":
		return true
	}
	return false
}

// endOfDay reads "before dawn", "by nightfall" of a day that was told just before.
func (d *dater) endOfDay(i int) (moment, bool) {
	if w := d.sense(i - 1); i == 0 || w.kind != boundWord || w.n != 3 && w.n != 4 || !d.isEnd(i+1) || !d.anchor.oneDay() || d.block-d.told > 2 {
		return moment{}, false
	}
	p := period{from: d.anchor.from, to: d.anchor.from, grain: dayGrain}
	return moment{at: words{i - 1, i + 1}, days: period{from: noDay, to: p.to}, core: p, bound: 3}, true
}

// clockWords reports whether a number word at token i tells a time of day.
func (d *dater) clockWords(i int) bool {
	low := d.low(i + 1)
	return low == "o'clock" || low == "o’clock" || low == "in" && d.low(i+2) == "the" && d.is(i+3, partWord) || low == "a.m." || low == "p.m."
}

// hourWords reads "eight in the morning", "eight o'clock".
func (d *dater) hourWords(i int) (period, int) {
	if d.bareHour(i) {
		p, ok := d.anchored()
		if !ok || !p.clock {
			return unknownDays, i + 1
		}
		c := clockTime{minute: 60 * int(d.sense(i).n%12), zone: p.zone}
		if c.minute <= p.first {
			c.minute += 720
		}
		if c.minute <= p.first {
			return unknownDays, i + 1
		}
		return p.at(c), i + 1
	}
	if !d.clockWords(i) || d.sense(i).n < 1 || d.sense(i).n > 12 || len(d.raw(i)) < 3 {
		return unknownDays, 0
	}
	return d.timeOfDay(i)
}

// clockAt reads a time of day without its day.
func (d *dater) clockAt(i int) (clockTime, int) {
	if i >= len(d.ts) || d.ts[i].block != d.block {
		return clockTime{}, 0
	}
	if w := d.sense(i); w.kind == clockWord {
		c := clockTime{minute: int(w.n)}
		end := d.zoneAt(&c, i+1)
		return c, end
	}
	h, m, rest, sure := d.hourMinute(i)
	if h < 0 {
		return clockTime{}, 0
	}
	end := i + 1
	half := d.sense(end)
	if rest != "" {
		half = d.lex.timeSenseOf(strings.TrimSuffix(strings.ToLower(rest), "."))
		end--
	}
	if low := d.low(end); low == "o'clock" || low == "o’clock" {
		end++
		half = timeSense{}
	}
	switch {
	case half.kind == halfWord && h >= 1 && h <= 12:
		h = h%12 + int(half.n)/60
		end++
	case rest != "":
		return clockTime{}, 0
	case d.low(end) == "in" && d.low(end+1) == "the" && d.is(end+2, partWord) && h <= 12:
		h %= 12
		if d.sense(end+2).n > 1 {
			h += 12
		}
		end += 3
	case h > 23 || m > 59:
		return clockTime{}, 0
	case d.is(end, zoneWord) && d.ts[i].kind == numberToken && (m >= 0 || len(d.raw(i)) == 4):
	case sure && (d.low(i-1) == "at" || d.low(i-1) == "by" || d.low(i-1) == "around" || d.low(i-1) == "until" || d.low(i-1) == "about"):
	default:
		return clockTime{}, 0
	}
	c := clockTime{minute: 60*h + max(m, 0)}
	return c, d.zoneAt(&c, end)
}

// hourMinute reads "2", "2:30", "2.30pm", "0830" and number words: the hour, the minute (-1 for none), what
// stands behind them in the token, and whether the day has no other such time.
func (d *dater) hourMinute(i int) (h, m int, rest string, sure bool) {
	if w := d.sense(i); w.kind == numberWord && w.n >= 1 && w.n <= 12 && len(d.raw(i)) >= 3 {
		return int(w.n), -1, "", false
	}
	s := d.raw(i)
	if s == "" || d.ts[i].kind != numberToken {
		return -1, 0, "", false
	}
	h, rest = leadingNumber(s)
	if len(s) == 4 && rest == "" && d.is(i+1, zoneWord) {
		return h / 100, h % 100, "", true
	}
	m = -1
	if len(rest) >= 3 && (rest[0] == ':' || rest[0] == '.') && isDigit(rest[1]) && isDigit(rest[2]) {
		sure = rest[0] == ':' && (h > 12 || s[0] == '0')
		m, rest = int(rest[1]-'0')*10+int(rest[2]-'0'), rest[3:]
	}
	if h < 0 || h > 24 || m > 59 || h == 24 && m > 0 {
		return -1, 0, "", false
	}
	return h, m, rest, sure
}

// zoneAt reads the zone behind a time of day and returns the token behind it.
func (d *dater) zoneAt(c *clockTime, i int) int {
	j := i
	open := d.mark(j, '(')
	if open {
		j++
	}
	if d.low(j) == "local" && d.low(j+1) == "time" && !open {
		return j + 2
	}
	w := d.sense(j)
	if w.kind != zoneWord || !d.ts[j].upper {
		return i
	}
	n := int(w.n)
	j++
	if d.mark(j, '+') || d.mark(j, markDash) || d.mark(j, '-') {
		if h, rest := leadingNumber(d.raw(j + 1)); rest == "" && h >= 0 && h <= 14 {
			if !d.mark(j, '+') {
				h = -h
			}
			n += 100 * h
			j += 2
		}
	}
	if open {
		if !d.mark(j, ')') {
			return i
		}
		j++
	}
	c.zone = offset(n)
	return j
}

// offset writes hours and minutes from UTC, -330 for three and a half hours before, as -03:30.
func offset(n int) string {
	sign := byte('+')
	if n < 0 {
		sign, n = '-', -n
	}
	return string([]byte{sign, '0' + byte(n/1000%10), '0' + byte(n/100%10), ':', '0' + byte(n/10%10), '0' + byte(n%10)})
}
