package compare

import (
	"math"
	"strconv"
	"strings"
)

// figures reads a word that begins with a digit: "1,200", "2.5m", "50km",
// "12th".
func (r *reader) figures(w *word, low string) {
	end := strings.IndexFunc(low, func(c rune) bool { return (c < '0' || c > '9') && c != '.' && c != ',' })
	if end < 0 {
		end = len(low)
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(low[:end], ",", ""), 64)
	if err != nil || math.IsInf(v, 0) {
		return
	}
	switch tail := low[end:]; tail {
	case "":
		w.class |= number
	case "st", "nd", "rd", "th":
		w.class |= ordinal
	case "s": // the 1990s, in her 20s
		if v >= 1900 && v < 2000 {
			v -= 1900
		}
		w.class |= number
		w.unit = unit{name: tail, kind: "tail"}
	default:
		scale, known := r.lex.values[tail]
		u, isUnit := r.lex.units[tail]
		switch {
		case known && scale.class == number && scale.value >= 1000:
			v *= scale.value
		case isUnit:
			w.unit = u
		default:
			w.unit = unit{name: tail, kind: "tail"} // 5pm
		}
		w.class |= number
	}
	w.value, w.figures = v, true
	w.weight = 6
}

// numbers joins the words of a number to one word and takes in the unit
// behind it.
func (r *reader) numbers() {
	ws, out := r.words, r.words[:0]
	for i := 0; i < len(ws); {
		if w, n := r.clock(ws, i); n > 0 {
			out = append(out, w)
			i += n
			continue
		}
		n, v := r.spelt(ws[i:])
		w := ws[i]
		if u := r.unitAndHalf(ws[i:]); u.name != "" {
			w.value, w.class, w.weight, w.unit = 1.5, number, 6, u // an hour and a half
			w.End = ws[i+4].End
			r.lex.seal(&w)
			out = append(out, w)
			i += 5
			continue
		}
		if k, u := r.inOf(ws[i:], n, v); k > 0 {
			n, v = k, u
		}
		if k := i + n; n == 1 && v >= 20 && k < len(ws) && ws[k].class&ordinal != 0 && ws[k].value < 10 && !apartFrom(&ws[k], &w) {
			w.value, w.class, w.weight = v+ws[k].value, ordinal, 6 // twenty-first
			w.End = ws[k].End
			n = 2
		} else if n > 1 || n == 1 && w.class&number != 0 {
			w.value, w.class, w.weight = v, number|w.class&(lead|vague), 6
			w.End = ws[i+n-1].End
		}
		i += max(1, n)
		if w.class&number != 0 && i < len(ws) && ws[i].form == r.lex.times && !apartFrom(&ws[i], &w) {
			w.class, w.End = times, ws[i].End // three times
			w.lemma, w.sense, w.weight = r.lex.manyTimes(w.value), r.lex.manyTimes(w.value), 3
			w.form = w.lemma
			i++
		}
		if w.class&number != 0 && w.value == 0.5 && i < len(ws) && ws[i].form == r.lex.as {
			w.class, w.form = times, r.lex.manyTimes(0.5) // half as many
			w.lemma, w.sense = w.form, w.form
		}
		if len(out) > 0 && out[len(out)-1].form == r.lex.every && w.class&ordinal != 0 && w.value > 1 && (i >= len(ws) || r.lex.unitOf(&ws[i]).kind != "time") {
			w.class, w.value = number, 1/w.value // every fifth
		}
		if w.class&(number|ordinal) != 0 {
			if w.class&number != 0 && w.unit.name == "" {
				i = r.takeUnit(&w, ws, i)
			} else if i < len(ws) && w.unit.name != "" && r.lex.unitOf(&ws[i]).name == w.unit.name {
				w.End = ws[i].End
				i++
			}
			r.lex.seal(&w)
		}
		out = append(out, w)
	}
	r.words = out
}

// unitAndHalf reads "an hour and a half".
func (r *reader) unitAndHalf(ws []word) unit {
	if len(ws) < 5 || ws[0].form != r.lex.a && ws[0].form != r.lex.an || ws[2].form != r.lex.and || ws[3].form != r.lex.a || ws[4].value != 0.5 {
		return unit{}
	}
	return r.lex.unitOf(&ws[1])
}

// inOf reads "one in three" and "3 out of ten", after a number of n words.
func (r *reader) inOf(ws []word, n int, v float64) (int, float64) {
	if n == 0 && len(ws) > 0 && ws[0].form == r.lex.one {
		n, v = 1, 1
	}
	if n > 0 && n+2 < len(ws) && ws[n].form == r.lex.out && ws[n+1].form == r.lex.of {
		n++ // four out of five
	} else if k := r.oneIn(ws, n); k > 0 {
		return k, v / ws[k-1].value
	} else if n == 0 || n+1 >= len(ws) || ws[n].form != r.lex.in {
		return 0, 0
	}
	if apartFrom(&ws[n], &ws[0]) {
		return 0, 0
	}
	if n+2 < len(ws) && ws[n+1].form == r.lex.every {
		n++ // one in every eight
	}
	k, whole := r.spelt(ws[n+1:])
	if k == 0 || whole <= v || whole > 1000 || v != math.Trunc(v) || apartFrom(&ws[n+1], &ws[0]) || ws[0].unit.name != "" {
		return 0, 0
	}
	return n + 1 + k, v / whole
}

// oneIn returns of how many words "one student in ten" and "one in every ten"
// are, after a number of n words; 0 for others.
func (r *reader) oneIn(ws []word, n int) int {
	if n != 1 || n+2 >= len(ws) || ws[n].class&^(lead|contrarious|listed|converse) != 0 || apartFrom(&ws[n+1], &ws[0]) {
		return 0
	}
	at := n + 2
	switch {
	case ws[n+1].form == r.lex.in:
	case ws[n+1].form == r.lex.out && ws[n+2].form == r.lex.of:
		at++ // one student out of ten
	default:
		return 0
	}
	if at < len(ws) && ws[at].form == r.lex.every {
		at++
	}
	if at >= len(ws) {
		return 0
	}
	if k, whole := r.spelt(ws[at:]); k != 1 || whole < 3 || whole > 1000 || whole <= ws[0].value || ws[at].class&number == 0 {
		return 0
	}
	if after := at + 1; after < len(ws) && ws[after].class&(particle|pronoun|modal) == 0 && !apartFrom(&ws[after], &ws[0]) && ws[after].plural {
		return 0 // one school in ten villages
	}
	return at + 1
}

// takeUnit gives a number the unit behind it, and returns where to go on.
func (r *reader) takeUnit(w *word, ws []word, i int) int {
	if i >= len(ws) || ws[i].stop || ws[i].clause || ws[i].quote != w.quote {
		return i
	}
	n := 1
	u := r.lex.unitOf(&ws[i])
	if k := r.partOf(w, ws[i:]); k > 0 {
		n, u = k+1, r.lex.unitOf(&ws[i+k])
	}
	if i+1 < len(ws) && u.name == "" && ws[i].form == r.lex.per && ws[i+1].form == r.lex.cent {
		u, n = r.lex.units["percent"], 2
	}
	if i+1 < len(ws) && u.kind == "share" && r.lex.unitOf(&ws[i+1]).kind == "point" {
		u, n = r.lex.unitOf(&ws[i+1]), 2
	}
	if u.name == "" || u.kind == "point" && n == 1 || u.kind == "rate" {
		return i
	}
	if k := i + n; k < len(ws) && u.name == degree && r.lex.unitOf(&ws[k]).kind == u.kind && !apartFrom(&ws[k], w) {
		u = r.lex.unitOf(&ws[k]) // degrees Celsius
		n++
	}
	w.unit = u
	if u.name == "fahrenheit" {
		w.inCelsius(i+n < len(ws) && ws[i+n].class&(above|beneath|contrarious) != 0)
	}
	if r.half(ws, i+n) && !apartFrom(&ws[i+n], w) {
		w.value += 0.5 // two kilos and a half
		n += 3
	}
	w.End = ws[i+n-1].End
	return i + n
}

// degree is the unit of a temperature whose scale is not told.
const degree = "degree"

// inCelsius turns degrees Fahrenheit into the others; a difference, "warmer",
// has no zero.
func (w *word) inCelsius(difference bool) {
	if !difference {
		w.value -= 32
	}
	w.value, w.unit = w.value/1.8, unit{name: "celsius", kind: w.unit.kind, rate: 1}
}

// partOf returns how many words after a fraction its unit stands: "half an
// hour", "a quarter of an hour"; 0 for none.
func (r *reader) partOf(w *word, ws []word) int {
	k := 0
	if w.value >= 1 || w.class&number == 0 {
		return 0
	}
	if ws[k].form == r.lex.of {
		k++
	}
	if k+1 >= len(ws) || ws[k].form != r.lex.a && ws[k].form != r.lex.an || r.lex.unitOf(&ws[k+1]).kind == "" {
		return 0
	}
	return k + 1
}

// unitOf returns the unit that a word names.
func (t *lexicon) unitOf(w *word) unit { return t.unitStems[w.lemma] }

// seal gives a number its hashes: equal numbers are equal words, however they
// are written.
func (t *lexicon) seal(w *word) {
	if w.unit.kind == "share" {
		w.value /= 100
	}
	c := "figure"
	if w.class&ordinal != 0 {
		c = "ordinal"
	}
	w.form = mix(mix(hashOf(c), math.Float64bits(w.value)), hashOf(w.unit.name))
	w.lemma, w.sense = w.form, w.form
}

// spelt reads the number at the head of the words and returns of how many
// words it is: 0 for none. A lone "one" is none.
func (r *reader) spelt(ws []word) (n int, v float64) {
	var s sum
	if r.article(ws) {
		n, s.current, s.some = 1, 1, true
	}
	for n < len(ws) && n < mostNumberWords {
		k := n
		if n > 0 && n+1 < len(ws) && ws[n].form == r.lex.and {
			k++ // a hundred and ten
		}
		if r.half(ws, n) {
			s.current += 0.5
			n += 3
			continue
		}
		if k > 0 && apartFrom(&ws[k], &ws[0]) || ws[k].class&number == 0 || !s.add(&ws[k], r.lex, k > n) {
			break
		}
		n = k + 1
		if ws[k].value == 0.5 && n+1 < len(ws) && ws[n].form == r.lex.a && (isScale(ws[n+1].value) || ws[n+1].form == r.lex.dozen) {
			n++ // half a million
		}
	}
	return r.ended(ws, n, s.total+s.current)
}

// mostNumberWords bounds the words of one number.
const mostNumberWords = 12

// apartFrom reports whether a mark parts two words of what could be one number.
func apartFrom(w, first *word) bool { return w.stop || w.clause || w.quote != first.quote }

// half reports whether "and a half" stands there.
func (r *reader) half(ws []word, n int) bool {
	return n > 0 && n+2 < len(ws) && ws[n].form == r.lex.and && ws[n+1].form == r.lex.a && ws[n+2].value == 0.5
}

// A sum is a number as far as it has been read.
type sum struct {
	total, current float64
	some           bool
}

// add takes in one more word, and reports whether it goes on the number.
func (s *sum) add(w *word, lex *lexicon, joined bool) bool {
	x := w.value
	switch {
	case !s.some:
		s.current = x
	case joined && (w.figures || x >= 100):
		return false
	case isScale(x) && s.current > 0:
		s.total += s.current * x
		s.current = 0
	case w.figures:
		return false
	case x == 100 && s.current > 0 && s.current < 100:
		s.current *= 100
	case w.form == lex.dozen && s.current > 0:
		s.current *= 12
	case x < 100 && x >= 1 && math.Mod(s.current, 100) == 0:
		s.current += x
	case x < 10 && x >= 1 && math.Mod(s.current, 10) == 0 && math.Mod(s.current, 100) >= 20:
		s.current += x
	default:
		return false
	}
	s.some = true
	return true
}

// ended finishes a number of n words.
func (r *reader) ended(ws []word, n int, v float64) (int, float64) {
	if n == 0 || n < len(ws) && apartFrom(&ws[n], &ws[0]) {
		return r.counted(ws, n, v)
	}
	if n < len(ws) && ws[n].class&ordinal != 0 && ws[n].value > 2 && v > 0 && v < ws[n].value {
		if v > 1 || n+1 == len(ws) || apartFrom(&ws[n+1], &ws[0]) || ws[n+1].form == r.lex.of || n == 1 && r.article(ws) {
			return n + 1, v / ws[n].value // two thirds
		}
	}
	if n < len(ws) && ws[n].value == 0.25 && ws[n].class&number != 0 && v > 1 {
		return n + 1, v / 4
	}
	return r.counted(ws, n, v)
}

// counted leaves out what is no number by itself: "one", "a".
func (r *reader) counted(ws []word, n int, v float64) (int, float64) {
	if n == 1 && (ws[0].form == r.lex.one || ws[0].class&number == 0) {
		return 0, 0
	}
	return n, v
}

// article reports whether the words begin with "a" before a number word: "a
// million", "a quarter".
func (r *reader) article(ws []word) bool {
	if len(ws) < 2 || ws[0].form != r.lex.a || ws[1].stop || ws[1].clause {
		return false
	}
	if ws[1].class&ordinal != 0 && ws[1].value > 2 {
		return len(ws) == 2 || apartFrom(&ws[2], &ws[0]) || ws[2].form == r.lex.of || ws[1].value > 3 && ws[2].class&particle != 0
	}
	return ws[1].class&number != 0 && (ws[1].value >= 100 || ws[1].form == r.lex.dozen) && !ws[1].figures
}

func isScale(x float64) bool { return x == 1e3 || x == 1e6 || x == 1e9 || x == 1e12 }
