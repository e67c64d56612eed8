package annotate

import (
	"math"
	"strconv"
	"strings"

	"hearsay"
)

// A numeral is a number as it is read, before its unit and what is counted.
type numeral struct {
	words
	value, upto float64
	bound       hearsay.Bound // that its words give: "dozens"
	last        float64       // the last scale in it, 1 for none: "a million and a half"
	rest        string        // what is joined to it: "kilometre" in "100-kilometre"
	hyphen      bool          // by a hyphen
	part        bool          // a fraction in words or signs
	plain       bool          // nothing but digits
	single      bool          // one word of numbers.txt, or digits without a scale
	vague       bool          // dozens, a few hundred
	dashed      bool          // two figures with a dash
	metres      bool          // "m", which may be metres
}

// countWord returns what numbers.txt says of token i.
func (a *analysis) countWord(i int) countWord {
	if i < 0 || i >= len(a.ts) || a.ts[i].kind != wordToken {
		return countWord{}
	}
	return a.lex.numbers.words[a.low(a.ts[i])]
}

// inList reports whether token i is in one of the lists of numbers.txt.
func (a *analysis) inList(i int, l lists) bool { return a.countWord(i).in&l != 0 }

// numeral reads the number that begins at token i and ends before hi. Where
// there is none it returns false and as its end the token to go on with.
func (a *analysis) numeral(i, hi int) (numeral, bool) {
	t := &a.ts[i]
	switch t.kind {
	case numberToken:
		return a.digits(i, hi)
	case wordToken:
		if k := a.signLetters(i); k > 0 {
			return a.digits(i, hi)
		}
		return a.spelt(i, hi)
	case punctuation:
		if v, ok := vulgar(t.In(a.text)); ok {
			return numeral{words: words{i, i + 1}, value: v, last: 1, part: true}, true
		}
	}
	return numeral{words: words{i, i + 1}}, false
}

// vulgars are the fractions that are one character.
var vulgars = map[string]float64{
	"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1.0 / 3, "⅔": 2.0 / 3, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8,
	"⅙": 1.0 / 6, "⅚": 5.0 / 6, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
}

// vulgar returns the value of a fraction that is one character.
func vulgar(s string) (float64, bool) {
	v, ok := vulgars[s]
	return v, ok
}

// cutFigures reads the figures at the beginning of s: "1,234.5", "12,34,567".
func cutFigures(s string) (value float64, rest string, plain, ok bool) {
	n, groups, dot := 0, 0, false
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	if n == 0 || n > 18 || n > 1 && s[0] == '0' {
		return 0, s, false, false
	}
	first := n
	for n+3 < len(s) && s[n] == ',' && first <= 3 {
		k := n + 1
		for k < len(s) && isDigit(s[k]) {
			k++
		}
		more := k < len(s) && s[k] == ','
		if k-n-1 != 3 && !(k-n-1 == 2 && more && first <= 2) {
			return 0, s, false, false
		}
		n, groups = k, groups+1
	}
	if n+1 < len(s) && s[n] == '.' && isDigit(s[n+1]) {
		dot = true
		for n++; n < len(s) && isDigit(s[n]); n++ {
		}
	}
	if n < len(s) && (s[n] == ',' || s[n] == ':' || s[n] == '.') || groups > 6 || n > 40 {
		return 0, s, false, false
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(s[:n], ",", ""), 64)
	return value, s[n:], groups == 0 && !dot, err == nil
}

// digits reads a number that begins with a figure.
func (a *analysis) digits(i, hi int) (numeral, bool) {
	s := a.ts[i].In(a.text)[a.signLetters(i):]
	n := numeral{words: words{i, i + 1}, last: 1, single: true}
	var ok bool
	n.value, n.rest, n.plain, ok = cutFigures(s)
	if !ok {
		return n, false
	}
	if n.plain && n.rest == "" && len(s) <= 3 {
		if a.grouped(&n, hi) {
			return n, n.to > 0
		}
	}
	if !a.suffixed(&n, i) {
		return n, false
	}
	if n.rest != "" {
		return n, a.tail(&n)
	}
	a.fraction(&n, hi)
	a.scales(&n, hi)
	return n, true
}

// signLetters returns how many letters at the beginning of token i are the sign
// of a currency before figures: "USD115m", "Rs500".
func (a *analysis) signLetters(i int) int {
	t := &a.ts[i]
	if t.kind != wordToken || !t.capital || t.lex != nil {
		return 0
	}
	s := t.In(a.text)
	k := 0
	for k < len(s) && k < 4 && !isDigit(s[k]) {
		k++
	}
	if k < 2 || k > 3 || k == len(s) || !isDigit(s[k]) {
		return 0
	}
	if _, ok := a.lex.numbers.signs[s[:k]]; !ok {
		return 0
	}
	return k
}

// grouped reads the groups of three figures that blanks part: "1 234 567". A
// row of other groups is no number at all.
func (a *analysis) grouped(n *numeral, hi int) bool {
	j := n.to
	value := n.value
	for j < hi && a.ts[j].kind == numberToken && j-n.from < 6 {
		t := &a.ts[j]
		s := t.In(a.text)
		if len(s) < 3 || !isDigit(s[1]) || !isDigit(s[2]) {
			break
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || len(s) > 3 && s[3] != '.' {
			break
		}
		value, j = value*1000+v, j+1
	}
	if j == n.to || value < 1000 {
		return false
	}
	n.to, n.value, n.plain = j, value, false
	if j < hi && a.ts[j].kind == numberToken {
		n.to, n.value = j+1, 0
		return false
	}
	a.scales(n, hi)
	return true
}

// suffixed multiplies by the suffix that is written at the figures: "3bn",
// "1.5m". It returns false for what is no number.
func (a *analysis) suffixed(n *numeral, i int) bool {
	letters := 0
	for letters < len(n.rest) && (n.rest[letters] >= 'a' && n.rest[letters] <= 'z' || n.rest[letters] >= 'A' && n.rest[letters] <= 'Z') {
		letters++
	}
	if letters == 0 {
		return true
	}
	s := n.rest[:letters]
	if letters == 1 && (s == "G" || s == "D") {
		return false
	}
	if _, unit := a.lex.numbers.units[s]; unit && s != "m" && s != "b" {
		return true
	}
	w := a.lex.numbers.words[strings.ToLower(s)]
	if w.suffix == 0 {
		return true
	}
	if s == "K" && letters == len(n.rest) && a.text[a.ts[i].Start] == '4' && n.value == 4 {
		return false
	}
	n.metres = s == "m"
	n.rest, n.last, n.plain = n.rest[letters:], w.suffix, false
	n.value = exact(n.value * w.suffix)
	return true
}

// tail reads what is joined to figures: a second figure, a unit, "-odd". It
// returns false where that makes something else of them.
func (a *analysis) tail(n *numeral) bool {
	rest, hyphen := strings.CutPrefix(n.rest, "-")
	if !hyphen {
		rest, hyphen = strings.CutPrefix(n.rest, "\u2011")
	}
	if rest == "" {
		return false
	}
	if hyphen && isDigit(rest[0]) {
		return a.dash(n, rest)
	}
	n.rest, n.hyphen, n.plain = rest, hyphen, n.plain && hyphen
	return a.joinedTo(n)
}

// dash reads the second figure of "10-15".
func (a *analysis) dash(n *numeral, s string) bool {
	v, rest, plain, ok := cutFigures(s)
	if !ok || !isRange(n.value/n.last, v, n.plain && plain) {
		return false
	}
	m := numeral{words: n.words, value: v, rest: rest, last: 1}
	if !a.suffixed(&m, n.from) {
		return false
	}
	if n.last == 1 && m.last > 1 {
		n.value = exact(n.value * m.last)
	}
	n.upto, n.last, n.dashed, n.metres = m.value, max(n.last, m.last), true, m.metres
	n.rest = m.rest
	if n.value >= n.upto {
		return false
	}
	if n.rest == "" {
		return true
	}
	n.rest, n.hyphen = strings.CutPrefix(m.rest, "-")
	return n.rest != "" && !isDigit(n.rest[0]) && a.joinedTo(n)
}

// isRange reports whether two figures with a dash can be a range: not a result,
// years or a telephone number.
func isRange(low, high float64, plain bool) bool {
	if low >= high || plain && low >= 100 && high >= 1000 && low < 1000 {
		return false
	}
	return !(plain && low >= 1500 && low < 2100 && high < 2100)
}

// joinedTo reads the word that a hyphen or nothing joins to a number, and
// leaves in rest the unit.
func (a *analysis) joinedTo(n *numeral) bool {
	head, tail, _ := strings.Cut(n.rest, "-")
	if w := a.lex.numbers.words[strings.ToLower(head)]; n.hyphen && (w.kind == scaleWord || w.suffix > 1e3 && len(head) > 1) {
		n.value, n.last, n.single = exact(n.value*w.value), w.value, false
		n.rest, n.plain = tail, false
		if tail == "" {
			return true
		}
		head, tail, _ = strings.Cut(tail, "-")
	}
	if n.hyphen {
		switch head {
		case "odd":
			n.bound, n.rest = hearsay.About, ""
			return true
		case "plus":
			n.bound, n.rest = hearsay.AtLeast, ""
			return true
		case "strong":
			n.rest = ""
			return true
		}
	}
	u, ok := a.unitOf(head)
	n.rest = head
	return ok && (n.hyphen || u.kind != countUnit && u.name != "second") && !(u.kind == timeUnit && strings.HasPrefix(tail, "old"))
}

// unitOf returns the unit that a word is, as it stands or in small letters.
func (a *analysis) unitOf(s string) (unit, bool) {
	u, ok := a.lex.numbers.units[s]
	if !ok && len(s) > 1 {
		u, ok = a.lex.numbers.units[strings.ToLower(s)]
	}
	return u, ok
}

// fraction reads "½", "1/2" and "and a half" behind figures, and figures that
// are a fraction themselves.
func (a *analysis) fraction(n *numeral, hi int) {
	j := n.to
	if j < hi && a.ts[j].kind == punctuation {
		if v, ok := vulgar(a.ts[j].In(a.text)); ok {
			n.value, n.to, n.plain = n.value+v, j+1, false
			return
		}
	}
	if v, to := a.slashed(n.from, hi); to > 0 {
		n.value, n.to, n.part, n.plain = v, to, true, false
		return
	}
	if j < hi && a.ts[j].kind == numberToken && a.ts[j].spaced {
		if v, to := a.slashed(j, hi); to > 0 {
			n.value, n.to, n.plain = n.value+v, to, false
		}
	}
}

// slashed returns the value of "3/4" and the token behind it. Other pairs of
// figures with a stroke are dates and names.
func (a *analysis) slashed(i, hi int) (float64, int) {
	if i+2 >= hi || a.ts[i+1].kind != punctuation || a.ts[i+1].mark != '/' || a.ts[i+1].spaced != a.ts[i+2].spaced || a.ts[i+2].kind != numberToken {
		return 0, 0
	}
	if i+3 < hi && !a.ts[i+3].spaced && a.ts[i+3].kind == punctuation && a.ts[i+3].mark == '/' {
		return 0, 0
	}
	x, restX, _, okX := cutFigures(a.ts[i].In(a.text))
	y, restY, _, okY := cutFigures(a.ts[i+2].In(a.text))
	if !okX || !okY || restX != "" || restY != "" || x >= y {
		return 0, 0
	}
	switch y {
	case 2, 3, 4, 5, 8, 10, 16, 32:
		return x / y, i + 3
	}
	return 0, 0
}

// scales reads the scales behind a number: "4.2 million", "3 bn", "20 million
// billion", and "and a half" behind them.
func (a *analysis) scales(n *numeral, hi int) {
	for k := 0; n.to < hi && k < 3; k++ {
		t := &a.ts[n.to]
		if t.kind != wordToken || !t.spaced && n.hyphen {
			break
		}
		s := a.low(*t)
		if head, tail, ok := strings.Cut(s, "-"); ok {
			w := a.lex.numbers.words[head]
			if _, known := a.unitOf(cutAt(tail, '-')); w.kind == scaleWord && (known || tail == "strong") {
				n.times(w.value)
				n.rest, n.hyphen = cutAt(tail, '-'), true
				if tail == "strong" {
					n.rest = ""
				}
				n.to++
			}
			return
		}
		w := a.lex.numbers.words[s]
		switch {
		case w.kind == scaleWord:
			n.times(w.value)
		case s == "dozens":
			n.times(12)
		case w.suffix > 1 && len(s) > 1 && s != "mm" && s != "mil" || w.suffix > 1 && s == "m" && a.signBefore(n.from) > 0:
			n.times(w.suffix)
		default:
			a.andPart(n, hi)
			return
		}
		n.to++
	}
	a.andPart(n, hi)
}

func (n *numeral) times(scale float64) {
	n.value, n.last = exact(n.value*scale), scale
	n.plain, n.single = false, false
}

func cutAt(s string, c byte) string {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i]
	}
	return s
}

// andPart reads "and a half" behind a number: half of its last scale, which
// another scale may follow: "two and a half million".
func (a *analysis) andPart(n *numeral, hi int) {
	j := n.to
	if j+2 >= hi || a.ts[j].low() != "and" {
		return
	}
	top, k := 0.0, j+1
	switch s := a.low(a.ts[k]); {
	case s == "a":
		top, k = 1, k+1
	case a.countWord(k).kind == basicWord:
		top, k = a.countWord(k).value, k+1
	default: // "three-quarters"
		head, tail, _ := strings.Cut(s, "-")
		if w, p := a.lex.numbers.words[head], a.lex.numbers.words[tail]; w.kind == basicWord && p.kind == fractionWord && w.value < p.value {
			a.addPart(n, w.value/p.value, j+2, hi)
		}
		return
	}
	if p := a.countWord(k); p.kind == fractionWord && top < p.value {
		a.addPart(n, top/p.value, k+1, hi)
	}
}

func (a *analysis) addPart(n *numeral, part float64, to, hi int) {
	n.to, n.plain, n.single = to, false, false
	if w := a.countWord(to); to < hi && w.kind == scaleWord && n.last == 1 {
		n.value, n.last, n.to = exact((n.value+part)*w.value), w.value, to+1
		return
	}
	n.value = exact(n.value + part*n.last)
}

// exact takes off what the binary form of a decimal number puts on in
// calculating: 1.1 million is 1100000.
func exact(v float64) float64 {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return v
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 14, 64), 64)
	if err != nil {
		return v
	}
	return r
}
