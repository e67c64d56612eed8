package compare

import (
	"math"
	"strconv"
	"strings"
)

// clockUnit is the kind of the times of a day. Their values are minutes after
// midnight, those of halfDay after midnight or noon.
const (
	clockUnit = "clock"
	halfDay   = "half"
	fullDay   = "full"
)

const halfMinutes = 12 * 60

// clock reads a time of the day at the i-th of the words and returns of how
// many words it is: "4.30 p.m.", "16:30", "half past four", "ten o'clock".
func (r *reader) clock(ws []word, i int) (word, int) {
	w := ws[i]
	minutes, n, sure := -1.0, 0, false
	switch {
	case w.class&number != 0 && w.value == 0.5 && followed(ws, i, 1, r.lex.past) && isHour(ws, i+2):
		minutes, n, sure = hour(&ws[i+2])+30, 3, true
	case w.class&number != 0 && w.value == 0.25 && isHour(ws, i+2) && (followed(ws, i, 1, r.lex.past) || followed(ws, i, 1, r.lex.to)):
		minutes, n, sure = hour(&ws[i+2])+15, 3, true
		if ws[i+1].form == r.lex.to {
			minutes -= 30
		}
	case isHour(ws, i):
		minutes, n = hour(&w), 1
	case w.class&number != 0 && w.unit.kind == "tail":
		minutes, n, sure = readClock(&w)
	}
	if n == 0 {
		return w, 0
	}
	half := -1.0
	if k := i + n; k < len(ws) && !ws[k].stop && ws[k].form == r.lex.oclock {
		n, sure = n+1, true
	}
	if minutes >= halfMinutes && sure {
		half = 1
	}
	if k := i + n; w.unit.name == "am" || w.unit.name == "pm" || k < len(ws) && !ws[k].stop && (ws[k].form == r.lex.am || ws[k].form == r.lex.pm) {
		half, sure = 0, true
		if w.unit.name == "pm" || w.unit.name == "" && ws[k].form == r.lex.pm {
			half = 1
		}
		if w.unit.name != "am" && w.unit.name != "pm" {
			n++
		}
	}
	if !sure {
		return w, 0
	}
	w.End, w.class, w.weight, w.vector = ws[i+n-1].End, number, 6, 0
	w.value, w.unit = math.Mod(minutes+halfMinutes, halfMinutes), unit{name: halfDay, kind: clockUnit}
	if half >= 0 {
		w.value, w.unit.name = w.value+half*halfMinutes, fullDay
	}
	r.lex.seal(&w)
	return w, n
}

// followed reports whether the word d places after another is the given one.
func followed(ws []word, i, d int, form uint64) bool {
	return i+d < len(ws) && !apartFrom(&ws[i+d], &ws[i]) && ws[i+d].form == form
}

// isHour reports whether a word can be the hour of a clock.
func isHour(ws []word, i int) bool {
	if i >= len(ws) {
		return false
	}
	w := &ws[i]
	whole, part := math.Modf(w.value)
	return w.class&number != 0 && w.unit.name == "" && whole >= 1 && whole <= 24 && (part == 0 || w.figures && part < 0.6)
}

// hour returns the minutes of "four" and "4.30".
func hour(w *word) float64 { return minutesOf(w.value) }

func minutesOf(v float64) float64 {
	whole, part := math.Modf(v)
	return whole*60 + math.Round(part*100)
}

// readClock reads "16:30" and "9pm"; a score, "3:1", is none.
func readClock(w *word) (minutes float64, n int, sure bool) {
	tail := w.unit.name
	if tail == "am" || tail == "pm" {
		return hour(w), 1, true
	}
	if len(tail) < 3 || tail[0] != ':' || w.value > 24 {
		return 0, 0, false
	}
	end := 3
	m, err := strconv.Atoi(tail[1:end])
	if err != nil || m > 59 {
		return 0, 0, false
	}
	switch strings.Trim(tail[end:], ".") {
	case "am":
		w.unit.name = "am"
	case "pm":
		w.unit.name = "pm"
	case "":
		w.unit.name = ""
	default:
		return 0, 0, false
	}
	return w.value*60 + float64(m), 1, true
}

// reading reports whether what has the unit is read from a clock or a
// thermometer.
func reading(u unit) bool { return u.kind == clockUnit || u.kind == "temperature" }

// sameReading reports whether two times of the day, or two temperatures, are
// the same as far as both are told.
func sameReading(p float64, u unit, q float64, v unit) bool {
	if u.kind != v.kind { // "at nine"
		if u.name == "" {
			p, q, u, v = q, p, v, u
		}
		if u.kind != clockUnit {
			return p == q && v.name == ""
		}
		return v.name == "" && q <= 24 && math.Mod(p, halfMinutes) == math.Mod(minutesOf(q), halfMinutes)
	}
	switch {
	case u.kind == clockUnit && u.name == v.name:
		return p == q
	case u.kind == clockUnit:
		return math.Mod(p, halfMinutes) == math.Mod(q, halfMinutes)
	case u.name == v.name:
		return closeTo(p, q, 0.03)
	}
	if u.name != degree {
		p, q = q, p
	}
	return p == q || closeTo(p, q*1.8+32, 0.03) // the scale of the first is not told
}
