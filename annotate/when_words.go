package annotate

import (
	"fmt"
	"strconv"
	"strings"
)

// This file reads lexicon/times.txt.

// timeKind says what a word tells of a time.
type timeKind uint8

const (
	noTime timeKind = iota
	monthName
	weekdayName
	numberWord
	ordinalWord
	unitWord
	relationWord
	stretchWord
	dayWord
	partWord
	seasonWord
	clockWord
	halfWord
	zoneWord
	boundWord
	aheadWord
	planWord
	goneWord
	occasionWord
	publishedWord
	beforeWord
	aimWord
	holidayName
	noTimeName
)

var timeKinds = map[string]timeKind{
	"month": monthName, "weekday": weekdayName, "number": numberWord, "ordinal": ordinalWord, "unit": unitWord,
	"relation": relationWord, "stretch": stretchWord, "day": dayWord, "part": partWord, "season": seasonWord,
	"clock": clockWord, "half": halfWord, "zone": zoneWord, "bound": boundWord,
	"ahead": aheadWord, "plan": planWord, "gone": goneWord,
	"occasion": occasionWord, "published": publishedWord, "before": beforeWord, "aim": aimWord, "holiday": holidayName, "none": noTimeName,
}

// A timeSense is what a word tells of times. A word may be one of a time itself and
// one that says where a time lies: "earlier".
type timeSense struct {
	kind    timeKind
	tense   timeKind // aheadWord, planWord, goneWord or 0
	act     timeKind // occasionWord, publishedWord, beforeWord, aimWord or 0
	phrases bool     // timePhrases has some that begin with the word
	n       int16
}

// A timePhrase is a holiday or a name that is no time.
type timePhrase struct {
	rest    []string // the words after the first
	holiday holiday
	none    bool
}

// A holiday is a day of every year.
type holiday struct {
	month, day int // a day of a month
	nth        int // the nth of a weekday in the month, 5 for the last; 0 for none
	weekday    int
	easter     bool
	after      int // days after all that
}

// timeLine reads a line of times.txt. It comes after the other files and makes
// no new words of the lexicon.
func (l *lexicon) timeLine(line string) error {
	name, rest, ok := strings.Cut(line, ":")
	kind := timeKinds[name]
	if !ok || kind == noTime {
		return fmt.Errorf("no kind of time %q", name)
	}
	for f := range strings.FieldsSeq(rest) {
		low, value, _ := strings.Cut(f, "=")
		low = straight(low)
		if kind == holidayName || kind == noTimeName {
			if err := l.timePhrase(kind, low, value); err != nil {
				return err
			}
			continue
		}
		n := 0
		if value != "" {
			var err error
			if n, err = strconv.Atoi(value); err != nil {
				return fmt.Errorf("%q has no number", f)
			}
		}
		l.addTime(low, func(s *timeSense) {
			switch kind {
			case aheadWord, planWord, goneWord:
				s.tense = kind
			case occasionWord, publishedWord, beforeWord, aimWord:
				s.act = kind
			default:
				s.kind, s.n = kind, int16(n)
			}
		})
	}
	return nil
}

// addTime changes what is known of a word form.
func (l *lexicon) addTime(low string, change func(*timeSense)) {
	if w := l.words[low]; w != nil {
		change(&w.time)
		return
	}
	s := l.times[low]
	change(&s)
	l.times[low] = s
}

func (l *lexicon) timePhrase(kind timeKind, low, value string) error {
	parts := strings.Split(low, "_")
	p := timePhrase{rest: parts[1:], none: kind == noTimeName}
	if !p.none {
		h, err := parseHoliday(value)
		if err != nil {
			return err
		}
		p.holiday = h
	}
	l.timePhrases[parts[0]] = append(l.timePhrases[parts[0]], p)
	l.addTime(parts[0], func(s *timeSense) { s.phrases = true })
	return nil
}

// parseHoliday reads 12-25, 11-4-4 (the fourth Thursday of November), easter-2,
// and +1 behind each.
func parseHoliday(s string) (holiday, error) {
	wrong := fmt.Errorf("no holiday %q", s)
	if rest, ok := strings.CutPrefix(s, "easter"); ok {
		n, err := strconv.Atoi(rest)
		if err != nil {
			return holiday{}, wrong
		}
		return holiday{easter: true, after: n}, nil
	}
	s, plus, more := strings.Cut(s, "+")
	var n [3]int
	parts := strings.Split(s, "-")
	if len(parts) < 2 || len(parts) > 3 {
		return holiday{}, wrong
	}
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 1 || v > 31 {
			return holiday{}, wrong
		}
		n[i] = v
	}
	h := holiday{month: n[0], day: n[1]}
	if len(parts) == 3 {
		h = holiday{month: n[0], nth: n[1], weekday: n[2]}
	}
	if more {
		v, err := strconv.Atoi(plus)
		if err != nil {
			return holiday{}, wrong
		}
		h.after = v
	}
	if h.month > 12 || h.weekday > 7 || h.nth > 5 {
		return holiday{}, wrong
	}
	return h, nil
}

// on returns the day of the holiday in a year.
func (h holiday) on(year int) int {
	switch {
	case h.easter:
		return easter(year) + h.after
	case h.nth == 5:
		last := dayOf(year, h.month+1, 0)
		return last - (weekdayOf(last)-h.weekday+7)%7 + h.after
	case h.nth > 0:
		first := dayOf(year, h.month, 1)
		return first + (h.weekday-weekdayOf(first)+7)%7 + 7*(h.nth-1) + h.after
	}
	return dayOf(year, h.month, h.day) + h.after
}

// easter returns the Sunday of Easter, as the western churches count.
func easter(y int) int {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return dayOf(y, n/31, n%31+1)
}

// timeSense returns what a token tells of times.
func (l *lexicon) timeSense(t *token, text string) timeSense {
	if t.lex != nil && t.lex.time != (timeSense{}) {
		return t.lex.time
	}
	n := t.End - t.Start
	if t.kind == punctuation || n > 16 || t.lex != nil && text[t.End-1] != '.' {
		return timeSense{}
	}
	var buf [16]byte
	for i := range n {
		c := text[t.Start+i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	if n > 2 && buf[n-1] == '.' {
		n--
		if w := l.words[string(buf[:n])]; w != nil {
			return w.time
		}
	}
	return l.times[string(buf[:n])]
}
