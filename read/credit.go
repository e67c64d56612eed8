package read

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A creditLine is what a line says of those who made the report.
type creditLine struct {
	found    bool // the line is for that and nothing else
	names    []string
	agencies []string
	initials []string
	atEnd    bool // the form tells it at the end of a report only
}

var (
	initialsPart = regexp.MustCompile(`^[a-zäöü]{1,4}(?:/[a-zäöü]{1,4})*(?:\s*,\s*[a-zäöü]{1,4}(?:/[a-zäöü]{1,4})*)*$`)
	workBy       = regexp.MustCompile(`(?i)^(?:additional\s+|further\s+|with\s+(?:additional\s+)?)?(reporting|writing|written|reported|editing|edited|compiled|production|produced|translation|translated|material|input|contributions?|agency inputs?|files|inputs)\s+(?:by|from)\s+`)
	contributed  = regexp.MustCompile(`(?i)^(.{2,150}?)\s+(?:also\s+)?(?:contributed(?:\s+reporting)?|provided\s+additional\s+reporting)(?:\s+(?:to|for)\s+this\s+(?:report|story|article|post))?(?:\s+from\s+[\p{Lu}][\p{L} .,]{1,40})?\.?$`)
	byName       = regexp.MustCompile(`^(?:By|BY|by)\s*:?\s+\p{Lu}`)
	staffBy      = regexp.MustCompile(`^(?:By|BY|From|FROM) (?:(?:our|a|an|the|OUR|A|AN|THE) )?(?:[\p{L}'’-]+ ){0,3}(?i:staff|staff writers?|correspondents?|reporters?|newsroom|news ?desk|agencies)(?i: and (?:news )?agencies| and wire services)?(?: (?i:in) \p{Lu}[\p{L} -]{2,30})?$`)
	capitalised  = regexp.MustCompile(`^\p{Lu}[\p{L}.'’-]*(?: (?:\p{Lu}[\p{L}.'’-]*|of|the|de|&)){0,3}$`)
	creditIntro  = regexp.MustCompile(`(?i)^(?:sources?|quelle|agencies|agency|from|via|with|credits?)\s*:?\s+`)
	datelineOf   = regexp.MustCompile(`^(?:[\p{Lu}][\p{L}.'’ -]{1,40}(?:,\s*[\p{Lu}][\p{L}. ]{1,30})*(?:,?\s+\(?[\p{Lu}][a-z]{2,8}\.?\s+\d{1,2}\)?)?,?\s*[-–—]?\s*)?[(\[]([^()\[\]]{2,60})[)\]]\s*(?:--?|–|—|:)\s*\S`)
)

// creditOf reads a line as a credit line or a byline.
func creditOf(s string) creditLine {
	if len(s) > maxFurniture {
		return creditLine{}
	}
	if s = strings.Trim(s, " *_—–-"); len(s) < 2 {
		return creditLine{}
	}
	inner := s
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") && strings.Count(s, "(") == 1 {
		inner = s[1 : len(s)-1]
	}
	if first, _, _ := strings.Cut(inner, " "); workWords[strings.ToLower(first)] && workBy.MatchString(inner) {
		return workCredit(inner)
	}
	if strings.Contains(inner, " contributed ") || strings.Contains(inner, " provided ") {
		if m := contributed.FindStringSubmatch(inner); m != nil {
			return nameCredit(m[1])
		}
	}
	if len(s) < 160 && byName.MatchString(s) && (!stopped(s) || len(strings.Fields(s)) <= 6) {
		return nameCredit(s)
	}
	if len(s) < 80 && staffBy.MatchString(s) {
		return creditLine{found: true}
	}
	if len(s) > maxCredit {
		return creditLine{}
	}
	if lead, inside, ok := bracketed(s); ok {
		if c := agencyCredit(inside); c.found && (lead == "" || initialsPart.MatchString(lead)) {
			if lead != "" {
				c.initials = splitInitials(lead)
			}
			return c
		}
		if c := deskCredit(lead, inside); c.found {
			return c
		}
	}
	if c := slashCredit(inner); c.found {
		return c
	}
	if c := agencyCredit(inner); c.found {
		return c
	}
	if strings.Contains(s, "/") && initialsPart.MatchString(s) {
		return creditLine{found: true, initials: splitInitials(s), atEnd: true}
	}
	return creditLine{}
}

// bracketed parts a line that ends with the only brackets in it.
func bracketed(s string) (lead, inside string, ok bool) {
	lead, rest, found := strings.Cut(strings.TrimSuffix(s, "."), "(")
	inside, end, closed := strings.Cut(rest, ")")
	return strings.TrimSpace(lead), inside, found && closed && end == "" && !strings.Contains(inside, "(")
}

// deskCredit reads initials of the desk and in brackets behind them names of
// agencies, which nobody need know.
func deskCredit(lead, inside string) creditLine {
	c := creditLine{atEnd: true}
	if !initialsPart.MatchString(lead) {
		return c
	}
	for _, part := range strings.Split(inside, ",") {
		part = strings.TrimSpace(part)
		if known := agencyName(part); known != "" {
			part = known
		} else if !capitalised.MatchString(part) {
			return c
		}
		c.agencies = appendNew(c.agencies, part)
	}
	c.initials = splitInitials(lead)
	c.found = strings.ContainsAny(lead, "/,") || len(c.agencies) > 1
	return c
}

// slashCredit reads "AFP/nfl" and "kw/dpa": agencies and the initials of the
// desk. One that nobody knows is taken where the initials are short.
func slashCredit(s string) creditLine {
	c := creditLine{atEnd: true}
	if len(s) > 40 || !strings.Contains(s, "/") {
		return c
	}
	known, longest := false, 0
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ',' }) {
		part = strings.TrimSpace(part)
		switch name := agencyName(part); {
		case name != "":
			c.agencies, known = appendNew(c.agencies, name), true
		case len(part) >= 3 && len(part) <= 6 && part == strings.ToUpper(part) && capitalised.MatchString(part):
			c.agencies = appendNew(c.agencies, part)
		case initialsPart.MatchString(part):
			c.initials, longest = append(c.initials, part), max(longest, len(part))
		default:
			return c
		}
	}
	c.found = len(c.agencies) > 0 && len(c.initials) > 0 && (known || longest <= 3)
	return c
}

func splitInitials(s string) []string {
	list := strings.Split(s, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// maxCredit is the length in bytes up to which a line may name nothing but
// agencies.
const maxCredit = 120

// workWords are the words that a line on who did which work begins with.
var workWords = set(strings.Fields("additional further with reporting writing written reported editing edited compiled production produced " +
	"translation translated material input inputs contributions contribution agency files"))

var agencySeparators = regexp.MustCompile(`\s*[,/;|&+]\s*|\s+and\s+|\s+with\s+`)

// agencyCredit reads a line of nothing but agencies. One that nobody knows is
// taken too, where it stands next to a known one and looks like one.
func agencyCredit(s string) creditLine {
	s = strings.Trim(creditIntro.ReplaceAllString(strings.Trim(s, " .*"), ""), " .*")
	if s == "" || len(s) > maxCredit || stopped(s) {
		return creditLine{}
	}
	var c creditLine
	if first, _, _ := strings.Cut(s, ","); len(first) > 60 {
		return creditLine{}
	}
	for _, part := range agencySeparators.Split(s, -1) {
		switch name := agencyName(part); {
		case name != "":
			c.agencies, c.found = appendNew(c.agencies, name), true
		case len(part) >= 2 && len(part) <= 6 && part == strings.ToUpper(part):
			c.agencies = appendNew(c.agencies, part)
		case strings.EqualFold(part, "agencies"), strings.EqualFold(part, "wire services"):
			c.found = true
		default:
			return creditLine{}
		}
	}
	return c
}

// workCredit reads "Reporting by A; Editing by B": those who reported or wrote
// are named.
func workCredit(s string) creditLine {
	c := creditLine{found: true}
	for part := range strings.SplitSeq(strings.Trim(s, " ."), ";") {
		part = strings.TrimSpace(part)
		m := workBy.FindStringSubmatchIndex(part)
		if m == nil {
			continue
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(part[m[1]:], "the "))
		if !unicode.IsUpper(first) && agencyName(part[m[1]:]) == "" {
			return creditLine{} // "Reporting by the press was ..."
		}
		n := nameCredit(part[m[1]:])
		if len(n.names)+len(n.agencies) == 0 && part == strings.TrimSpace(s) {
			return creditLine{}
		}
		c.agencies = append(c.agencies, n.agencies...)
		if work := strings.ToLower(part[m[2]:m[3]]); !strings.HasPrefix(work, "edit") && !strings.HasPrefix(work, "produc") {
			c.names = append(c.names, n.names...)
		}
	}
	return c
}

// nameCredit reads names of people and agencies.
func nameCredit(s string) creditLine {
	var b byline
	for _, part := range strings.Split(s, ";") {
		b.add(strings.TrimSpace(part), true)
	}
	names := slices.DeleteFunc(b.names, func(n string) bool { return !strings.Contains(n, " ") })
	return creditLine{found: len(names)+len(b.agencies) > 0, names: names, agencies: b.agencies}
}

// dateLineAgencies returns the agencies of a dateline such as "LONDON
// (Reuters) - ...".
func dateLineAgencies(s string) []string {
	if i := strings.IndexAny(s[:min(len(s), 100)], "(["); i < 0 {
		return nil
	}
	head := s[:min(len(s), 160)]
	for len(head) > 0 && !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	m := datelineOf.FindStringSubmatch(head)
	if m == nil {
		return nil
	}
	return agencyCredit(m[1]).agencies
}

// bylineNames returns the names of people in a byline that is stated as data.
func bylineNames(s string) []string {
	var b byline
	b.add(s, true)
	return b.names
}
