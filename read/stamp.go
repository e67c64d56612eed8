package read

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// maxStamp is the length in bytes up to which a block can be a stamp of date
// and time; such blocks are the first few of a report.
const maxStamp, stampBlocks = 120, 6

// stampDate returns the day, and the time in its zone, of a block that states
// when a report appeared and nothing else; the zero Time where it is none. What
// stands about "|", such as the name of an edition, may be other words.
func stampDate(s string) time.Time {
	if len(s) > maxStamp || !strings.ContainsAny(s, "0123456789") {
		return time.Time{}
	}
	if t := parseDate(datePrefix.ReplaceAllString(s, "")); !t.IsZero() {
		return t
	}
	var first time.Time
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("|•·\n", r) })
	for _, part := range parts {
		st, ok := readStamp(part)
		if !ok && (len(parts) == 1 || !isMasthead(part)) {
			return time.Time{}
		}
		if first.IsZero() {
			first = st.time()
		}
	}
	return first
}

// isMasthead reports whether words about a date are no sentence.
func isMasthead(s string) bool {
	return len(s) <= 40 && len(strings.Fields(s)) <= 5 && !strings.ContainsAny(s, ".!?“”\":;")
}

// A stamp is a date that is being read.
type stamp struct {
	year, month, day string
	hour, minute     int
	clock            bool
	half             string // "am", "pm" or ""
	zone             *time.Location
}

func (s stamp) full() bool { return s.year != "" && s.month != "" && s.day != "" }

// time returns what the stamp states, the zero Time where it is no day.
func (s stamp) time() time.Time {
	day := dayOf(s.year, s.month, s.day)
	if day.IsZero() || !s.clock {
		return day
	}
	zone := s.zone
	if zone == nil {
		zone = time.UTC
	}
	hour := s.hour
	if s.half != "" {
		hour = hour%12 + either(s.half == "pm", 12, 0)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour, s.minute, 0, 0, zone)
}

// readStamp reads words that are all of a date or a time. Of two dates, when a
// report appeared and when it was changed, the first counts.
func readStamp(s string) (first stamp, ok bool) {
	var at stamp
	words := strings.Fields(strings.NewReplacer(",", " ", "(", " ", ")", " ").Replace(s))
	for _, word := range words {
		w := strings.ToLower(strings.Trim(word, ".:"))
		if changed.MatchString(w) && at.full() && !first.full() {
			first, at = at, stamp{}
		}
		if !stampFillers[w] && !at.take(word, w) {
			return stamp{}, false
		}
	}
	if !first.full() {
		first = at
	}
	return first, first.full() || first.clock
}

var (
	dayNumber  = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?$`)
	yearNumber = regexp.MustCompile(`^(?:19|20)\d\d$`)
	clockTime  = regexp.MustCompile(`^(\d{1,2})[:.h](\d\d)(?:[:.]\d\d)?(am|pm|z)?$`)
	hourOnly   = regexp.MustCompile(`^(\d{1,2})(am|pm)$`)
	zoneShift  = regexp.MustCompile(`^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d\d))?$`)
)

// take reads one word of a date, as it is and in lower case without a final
// stop.
func (s *stamp) take(word, w string) bool {
	if m := dayNumber.FindStringSubmatch(w); m != nil && s.day == "" {
		s.day = m[1]
		return true
	}
	if yearNumber.MatchString(w) && s.year == "" {
		s.year = w
		return true
	}
	if n := monthNumber(w); n != "" && s.month == "" && !weekdays[w] {
		s.month = n
		return unicode.IsUpper(rune(word[0]))
	}
	if d := writtenDate(w); !d.IsZero() && s.day == "" && len(w) <= len("2006-01-02") {
		s.year, s.month, s.day = strconv.Itoa(d.Year()), strconv.Itoa(int(d.Month())), strconv.Itoa(d.Day())
		return true
	}
	return weekdays[w] || s.takeClock(w) || s.takeZone(word)
}

// takeClock reads a time of day, or what says which half of the day it is.
func (s *stamp) takeClock(w string) bool {
	switch w = strings.ReplaceAll(w, "p.m", "pm"); w {
	case "uhr", "hrs":
		return s.clock
	case "a.m", "am", "pm":
		s.half = strings.ReplaceAll(w, ".", "")
		return s.clock
	}
	m := clockTime.FindStringSubmatch(w)
	if m == nil {
		if m = hourOnly.FindStringSubmatch(w); m == nil {
			return false
		}
		m = []string{m[0], m[1], "0", m[2]}
	}
	if s.clock {
		return false
	}
	s.clock = true
	s.hour, _ = strconv.Atoi(m[1])
	s.minute, _ = strconv.Atoi(m[2])
	s.half = strings.Trim(m[3], "z")
	return s.hour < 24 && s.minute < 60 && (s.half == "" || s.hour <= 12)
}

// takeZone reads the zone of a time of day.
func (s *stamp) takeZone(word string) bool {
	if !s.clock {
		return false
	}
	if minutes, ok := zones[word]; ok {
		s.zone = time.FixedZone(word, minutes*60)
		return true
	}
	m := zoneShift.FindStringSubmatch(strings.ToLower(word))
	if m == nil {
		return false
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi(m[3])
	seconds := (hours*60 + minutes) * 60
	if m[1] == "-" {
		seconds = -seconds
	}
	s.zone = time.FixedZone("", seconds)
	return hours < 15 && minutes < 60
}

// zones are the names of zones that mean one thing to most readers, in minutes
// from UTC.
var zones = map[string]int{
	"UTC": 0, "GMT": 0, "WET": 0, "BST": 60, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180,
	"EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AEST": 600, "AEDT": 660, "JST": 540,
}

// stampFillers are words that a date may have about it.
var stampFillers = set(strings.Fields("at on of the um um: - – — first published posted updated last modified date published: updated: created time"))

var weekdays = set(strings.Fields("mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday " +
	"montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche"))
