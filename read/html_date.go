package read

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

var (
	numericDate = regexp.MustCompile(`\b(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)\b`)
	isoDate     = regexp.MustCompile(`\b((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?:\b|T)`)
	dayFirst    = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+|of\s+)?(\p{L}{3,10})\.?,?\s+(?:de\s+|del\s+)?((?:19|20)\d\d)\b`)
	monthFirst  = regexp.MustCompile(`(?i)\b(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b`)
	pathDate    = regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)`)
)

// writtenDate returns the first date that a line states in full. A date in
// figures parted by slashes is none: nobody knows which is the day.
func writtenDate(s string) time.Time {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return dayOf(m[1], m[2], m[3])
	}
	if m := numericDate.FindStringSubmatch(s); m != nil {
		return dayOf(m[3], m[2], m[1])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return dayOf(m[3], monthNumber(m[2]), m[1])
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		return dayOf(m[3], monthNumber(m[1]), m[2])
	}
	return time.Time{}
}

// dayOf returns the day that the numbers state, the zero Time for none.
func dayOf(year, month, day string) time.Time {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); m > 0 && t.Day() == d && int(t.Month()) == m {
		return t
	}
	return time.Time{}
}

// monthNumber returns the number of the month of a name, "" for none.
func monthNumber(name string) string { return monthNames()[strings.ToLower(name)] }

// monthNames maps names of months, in full and cut to three letters or more.
var monthNames = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for number, names := range groups("months") {
		for _, name := range names {
			runes := []rune(name)
			for n := 3; n <= len(runes); n++ {
				if short := string(runes[:n]); m[short] == "" {
					m[short] = number
				}
			}
			m[name] = number
		}
	}
	return m
})

// changed tells a line that dates a change of the report.
var changed = regexp.MustCompile(`(?i)\b(updated|modified|last|changed|aktualisiert|geändert|letzte|änderung|stand|mis à jour|modifié|actualizad[oa]|aggiornato)\b`)

// dateNear returns the date that a short line about the headline states.
func (p *htmlPage) dateNear(r *pageReport) time.Time {
	for _, b := range r.near {
		line := p.plain(b)
		if changed.MatchString(line) && !strings.Contains(strings.ToLower(line), "publi") {
			continue
		}
		if t := writtenDate(line); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// dateInPath returns the date that stands in an address.
func dateInPath(address string) time.Time {
	if m := pathDate.FindStringSubmatch(address); m != nil {
		return dayOf(m[1], m[2], m[3])
	}
	return time.Time{}
}
