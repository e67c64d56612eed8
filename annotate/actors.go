package annotate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	forms "golang.org/x/text/unicode/norm"
)

// A term is one row of the table of offices: who held one from when to when.
type term struct {
	name  string
	full  []string // how the whole name may be written, folded
	short []string // surnames and what else may stand alone, folded
	place string   // key of the country or organisation
	ways  []string // how the office may be written, folded
	from  dayRange
	to    dayRange
	user  bool // from the user's table, which wins
}

// A dayRange holds a day, by its number, as far as it is known: it lies between
// both, which are the same where it is certain.
type dayRange struct{ first, last int32 }

// holds reports whether the office was held on a day, and whether that is certain.
func (t *term) holds(day int32) (held, certain bool) {
	return t.from.first <= day && day <= t.to.last, t.from.last <= day && day <= t.to.first
}

// A register is the table of offices, ready to be asked. It does not change.
type register struct {
	terms    []*term
	places   map[string]string   // keys of countries and organisations by how they are written, folded
	byFirst  map[string][]string // how places are written, by their first word
	synonyms map[string][]string // further ways to write an office
	before   map[string]bool     // words that may stand before an office
	offices  map[string][]*term  // by the way an office is written
	held     map[string][]*term  // by place and the way the office is written
	proper   map[string]string   // keys of the places of offices that are written with a capital: "Pentagon chief"
}

// The most words of a place and of an office that are looked for.
const (
	longestPlace  = 7
	longestOffice = 7
)

// WithActors returns a copy of the annotator that also knows a table of offices of
// the user's, in the form of lexicon/actors.txt. Its rows are added to the embedded
// ones and win over them. The error begins with the name and the line that is
// wrong. The annotator itself does not change.
func (a *Annotator) WithActors(name string, table []byte) (*Annotator, error) {
	lex := *a.lex
	lex.register = a.lex.register.clone()
	if err := lex.register.read(name, string(table), true); err != nil {
		return nil, err
	}
	b := *a
	b.lex = &lex
	return &b, nil
}

// loadRegister reads the embedded table of offices.
func (l *lexicon) loadRegister() error {
	g := &register{places: map[string]string{}, synonyms: map[string][]string{}, before: map[string]bool{}, proper: map[string]string{}}
	for _, names := range []map[string]string{l.countries, l.adjectives} {
		for written, country := range names {
			if written == country || l.adjectives[written] != "" {
				g.places[fold(written)] = fold(country)
			}
		}
	}
	for _, f := range []string{"offices.txt", "actors.txt"} {
		b, err := lexiconFiles.ReadFile("lexicon/" + f)
		if err != nil {
			return err
		}
		if f == "offices.txt" {
			err = eachLine("lexicon/"+f, string(b), g.officeLine)
		} else {
			err = g.read("lexicon/"+f, string(b), false)
		}
		if err != nil {
			return err
		}
	}
	l.register = g
	return nil
}

// eachLine calls f with every line that is neither empty nor a comment. An error
// gets the name and the number of the line.
func eachLine(name, text string, f func(line string) error) error {
	n := 0
	for line := range strings.SplitSeq(strings.TrimPrefix(text, "\uFEFF"), "\n") {
		n++
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := f(line); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

// clone copies what read changes.
func (g *register) clone() *register {
	c := *g
	c.terms = slices.Clone(g.terms)
	c.places, c.proper = maps.Clone(g.places), maps.Clone(g.proper)
	return &c
}

// officeLine reads a line of offices.txt.
func (g *register) officeLine(line string) error {
	head, rest, ok := strings.Cut(line, ":")
	kind, name, _ := strings.Cut(head, " ")
	name = fold(name)
	switch {
	case ok && kind == "before":
		for _, s := range values(rest) {
			g.before[fold(s)] = true
		}
	case ok && kind == "office" && name != "":
		for _, s := range values(rest) {
			g.synonyms[name] = append(g.synonyms[name], fold(s))
		}
	case ok && kind == "place" && name != "":
		key := g.key(name)
		for _, s := range values(rest) {
			g.places[fold(s)] = key
		}
	default:
		return fmt.Errorf("want \"office NAME: words\", \"place NAME: words\" or \"before: words\", not %q", line)
	}
	return nil
}

// key returns the key of a place, which is a new one where it is not known.
func (g *register) key(folded string) string {
	if g.places[folded] == "" {
		g.places[folded] = folded
	}
	return g.places[folded]
}

// read adds the rows of a table.
func (g *register) read(name, text string, user bool) error {
	if err := eachLine(name, text, func(line string) error { return g.termLine(line, user) }); err != nil {
		return err
	}
	g.index()
	return nil
}

// termLine reads a row of the table.
func (g *register) termLine(line string, user bool) error {
	f := strings.Split(line, "\t")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	for len(f) > 6 && f[len(f)-1] == "" {
		f = f[:len(f)-1] // as spreadsheets leave them
	}
	if len(f) == 5 {
		f = append(f, "") // an open end
	}
	switch {
	case len(f) != 6:
		return fmt.Errorf("a row has name, other spellings, country or organisation, office, first day and last day with a tab between two: %d columns, want 6", len(f))
	case !utf8.ValidString(line) || strings.ContainsFunc(line, func(c rune) bool { return c != '\t' && unicode.IsControl(c) }):
		return errors.New("not plain text in UTF-8")
	case fold(f[0]) == "" || len(values(f[2])) == 0 || len(values(f[3])) == 0:
		return errors.New("a row without a name, a country or organisation, or an office")
	}
	t := &term{name: f[0], user: user}
	var err error
	if t.from, err = firstDay(f[4]); err != nil {
		return err
	}
	if t.to, err = lastDay(f[5]); err != nil {
		return err
	}
	if t.to.last < t.from.first {
		return fmt.Errorf("ends on %s, before it begins on %s", f[5], f[4])
	}
	t.spell(f[0], values(f[1]))
	g.settle(t, values(f[2]), values(f[3]))
	g.terms = append(g.terms, t)
	return nil
}

// settle gives a row the key of its place and the ways to write its office.
func (g *register) settle(t *term, places, offices []string) {
	t.place = g.key(fold(places[0]))
	for _, p := range places[1:] {
		g.places[fold(p)] = t.place
	}
	add := func(way string) {
		if way != "" && !slices.Contains(t.ways, way) {
			t.ways = append(t.ways, way)
		}
	}
	for _, o := range offices {
		if capitalised(o) {
			g.proper[fold(o)] = t.place
		}
		o = fold(o)
		add(o)
		for _, s := range g.synonyms[o] {
			add(s)
		}
	}
}

// spell enters the forms of a name. A spelling that the name ends in, or a single
// word, is a short form; so is the last word of each, with the particle before it.
func (t *term) spell(name string, others []string) {
	whole := " " + fold(name)
	for _, s := range append([]string{name}, others...) {
		s = fold(s)
		ws := strings.Fields(s)
		if len(ws) > 1 && (s == whole[1:] || !strings.HasSuffix(whole, " "+s)) || s == whole[1:] {
			t.full = append(t.full, s)
		} else {
			t.short = append(t.short, s)
		}
		for len(ws) > 1 && suffixes[ws[len(ws)-1]] {
			ws = ws[:len(ws)-1]
		}
		for k := len(ws) - 1; k > 0; k-- {
			if last := strings.Join(ws[k:], " "); len(last) > 2 || k == len(ws)-1 {
				t.short = append(t.short, last)
			}
			if !particles[ws[k-1]] {
				break
			}
		}
	}
}

// suffixes are no surnames, particles stand before one.
var (
	suffixes  = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "vi": true}
	particles = map[string]bool{"de": true, "da": true, "di": true, "la": true, "le": true, "van": true, "von": true, "der": true, "al": true, "el": true, "bin": true}
)

// index makes the maps by which the rows are found.
func (g *register) index() {
	g.offices, g.held = make(map[string][]*term, 256), make(map[string][]*term, 2048)
	for _, t := range g.terms {
		for _, way := range t.ways {
			g.offices[way] = append(g.offices[way], t)
			g.held[t.place+"\n"+way] = append(g.held[t.place+"\n"+way], t)
		}
	}
	g.byFirst = make(map[string][]string, len(g.places))
	for written := range g.places {
		first, _, _ := strings.Cut(written, " ")
		g.byFirst[first] = append(g.byFirst[first], written)
	}
}

// values parts what stands in one column.
func values(s string) []string {
	var out []string
	for v := range strings.SplitSeq(s, ";") {
		if v = strings.TrimSpace(v); fold(v) != "" {
			out = append(out, v)
		}
	}
	return out
}

// firstDay reads the day on which a term began.
func firstDay(s string) (dayRange, error) {
	from, next, err := dayOrMonth(s)
	if next-from > 1 {
		return dayRange{from, next}, err
	}
	return dayRange{from, from}, err
}

// lastDay reads the day on which a term ended, or until which it is known to have
// gone on. Nothing means that it goes on.
func lastDay(s string) (dayRange, error) {
	const open = 1 << 30
	if s == "" {
		return dayRange{open, open}, nil
	}
	from, next, err := dayOrMonth(strings.TrimSpace(strings.TrimPrefix(s, "known ")))
	if next-from > 1 {
		return dayRange{from - 1, next - 1}, err
	}
	return dayRange{from, from}, err
}

// dayOrMonth reads 2006-01-02 or 2006-01 and returns the first day and the one
// after the last.
func dayOrMonth(s string) (from, next int32, err error) {
	if d, err := time.Parse(time.DateOnly, s); err == nil {
		return dayNumber(d), dayNumber(d) + 1, nil
	}
	m, err := time.Parse("2006-01", s)
	if err != nil {
		return 0, 0, fmt.Errorf("want a day such as 2026-03-04 or a month such as 2026-03, have %q", s)
	}
	return dayNumber(m), dayNumber(m.AddDate(0, 1, 0)), nil
}

// dayNumber counts the days since 1970 in the zone of t.
func dayNumber(t time.Time) int32 {
	y, m, d := t.Date()
	return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// fold writes words so that capitals, accents, hyphens and full stops make no
// difference, with a single blank between two. "'s" is a word of its own.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	blank := true
	if !plainASCII(s) {
		s = forms.NFD.String(s)
	}
	for i, c := range s {
		switch {
		case 'a' <= c && c <= 'z':
			blank = false
			b.WriteByte(byte(c))
			continue
		case c == '.' || unicode.Is(unicode.Mn, c):
			continue
		case c == '’':
			c = '\''
		case c == '-' || c == '‐' || c == '‑' || unicode.IsSpace(c):
			c = ' '
		case c == ',' && !blank:
			b.WriteByte(' ')
		}
		if c == '\'' && !blank && possessiveEnd(s[i:]) {
			b.WriteByte(' ')
		}
		if c == ' ' {
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		}
		blank = false
		if base, ok := bases[unicode.ToLower(c)]; ok {
			b.WriteString(base)
			continue
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return strings.TrimSpace(b.String())
}

// possessiveEnd reports whether the possessive ending stands at the beginning of s.
func possessiveEnd(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "'"), "’")
	return s == "s" || strings.HasPrefix(s, "s ") || s == "" || s[0] == ' '
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// bases are the letters that have no accent to take off.
var bases = map[rune]string{'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ð': "d", 'þ': "th"}
