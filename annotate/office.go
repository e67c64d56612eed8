package annotate

import (
	"slices"
	"strings"

	"hearsay"
)

// A desk asks the table of offices for one report.
type desk struct {
	*register
	a       *analysis
	day     int32                // of publication
	now     map[string][]*term   // of those that may hold an office on the day, by the keys of the register
	names   map[string]*term     // by the names of the report that the table completes or corrects
	claims  map[string][]claim   // by the way the office is written
	places  map[string]bool      // keys of the places that the report names; nil until they are asked for
	persons map[string][]*person // of the report, by the last words of their whole names, folded
	outside map[string]bool      // the names that were taken from the table
}

// A claim is what the report itself says of who holds an office.
type claim struct {
	name  string // folded
	place string // key; "" where the report does not say
}

// byTable names a mention by the table of offices where the report does not: "the
// French president" by place, office and day of publication, "Macron" by a title that
// the report gives. It returns the reason, the old one where the table is of no help.
func (r *resolver) byTable(m *hearsay.Mention, w words, why hearsay.Reason) hearsay.Reason {
	d := r.ask()
	if d == nil {
		return why
	}
	name, at := m.Name, m.Span
	switch {
	case m.Kind == hearsay.ByPronoun && m.Name == "" && why.Rule == "speaker-last-unnamed":
		at = why.Span
		name = d.ofPronoun(w, at)
	case m.Name == "" && (m.Kind == hearsay.ByNoun || m.Kind == hearsay.ByOrganisation), m.Kind == hearsay.ByOrganisation && strings.HasSuffix(m.In(r.a.text), m.Name):
		if t := d.holder(w, ""); t != nil {
			name, m.Kind, m.Role = t.name, hearsay.ByNoun, r.a.withoutArticle(w)
			if q := d.inReport(t); q != nil {
				name = q.name
			}
		}
	case m.Name == "" || m.Kind == hearsay.ByOrganisation:
	case d.names[m.Name] != nil:
		name, at = d.names[m.Name].name, why.Span
	case m.Kind == hearsay.ByName && !strings.Contains(m.Name, " "):
		if t := d.holder(w, fold(m.Name)); t != nil {
			name = t.name
		}
	case why.Rule == "speaker-names" || m.Kind == hearsay.ByPronoun || m.Kind == hearsay.ByGroup:
		name = d.each(m.Name)
	}
	switch {
	case name != m.Name:
		m.Name, m.Why = name, ""
		d.outside[name] = r.people.byName[strings.ToLower(name)] == nil
		return hearsay.Reason{Rule: "speaker-office-table", Span: at}
	case name != "" && d.outside[name] && m.Kind == hearsay.ByPronoun:
		return hearsay.Reason{Rule: "speaker-office-table", Span: why.Span}
	case name == "" && m.Why == "":
		m.Why = hearsay.WhyAmbiguous
	}
	return why
}

// inOffice returns whom the table has for the description at tokens w, nil for
// nobody.
func (r *resolver) inOffice(w words) *term {
	if d := r.ask(); d != nil {
		return d.holder(w, "")
	}
	return nil
}

// takeHolder gives a mention the person of the report whom the table has in the
// office. A holder whom the report does not name is left to byTable, so that those who
// are in view do not get the name.
func (r *resolver) takeHolder(m *hearsay.Mention, w words, t *term) hearsay.Reason {
	q := r.desk.inReport(t)
	if q == nil {
		m.Why = hearsay.WhyNotInReport
		return hearsay.Reason{Rule: "speaker-description", Span: m.Span}
	}
	r.take(m, q)
	if m.Role == "" {
		m.Role = r.a.withoutArticle(w)
	}
	return hearsay.Reason{Rule: "speaker-office-table", Span: m.Span}
}

// otherPlace reports whether a description and a role are of one office in two
// places: the British prime minister is not the French one.
func (r *resolver) otherPlace(w words, role hearsay.Span) bool {
	a := r.a
	if at, ok := a.place(role); ok {
		if mine, theirs := a.countryIn(w), a.countryIn(at); mine != "" && theirs != "" && mine != theirs {
			return true
		}
	}
	place, way, _ := a.lex.register.parse(a.span(w).In(a.text))
	if place == "" {
		return false
	}
	other, same, _ := a.lex.register.parse(role.In(a.text))
	return other != "" && other != place && same == way
}

// ask returns the desk, nil where the day of publication is not known.
func (r *resolver) ask() *desk {
	if r.desk == nil && !r.a.doc.Published.IsZero() {
		r.desk = &desk{register: r.a.lex.register, a: r.a, day: dayNumber(r.a.doc.Published),
			now: map[string][]*term{}, names: map[string]*term{}, claims: map[string][]claim{}, persons: map[string][]*person{}, outside: map[string]bool{}}
		r.desk.hear(r.people.all)
	}
	return r.desk
}

// hear takes down who holds which office by the report's own words, and completes
// the names of those whom the table knows by surname and office.
func (d *desk) hear(all []*person) {
	for _, q := range all {
		name := fold(q.name)
		if k := strings.LastIndexByte(name, ' '); k > 0 && len(d.persons[name[k+1:]]) < candidates {
			d.persons[name[k+1:]] = append(d.persons[name[k+1:]], q)
		}
		var found *term
		clear := true
		for _, role := range q.roles {
			place, way, tail := d.parse(role.In(d.a.text))
			if way == "" || tail != "" {
				continue
			}
			if len(d.claims[way]) < candidates {
				d.claims[way] = append(d.claims[way], claim{name, place})
			}
			if t := d.meant(q, name, place, way); t != nil {
				clear = clear && (found == nil || found.name == t.name)
				found = t
			}
		}
		if found != nil && clear {
			d.names[q.name] = found
		}
	}
}

// meant returns the one holder of an office whose surname a person of the report
// has, or whose name the report writes almost so. It returns nil where the name is
// whole and right.
func (d *desk) meant(q *person, name, place, way string) *term {
	var found *term
	for _, t := range d.at(place, way) {
		if slices.Contains(t.full, name) {
			return nil
		}
		if !slices.Contains(t.short, name) && !t.misspelt(name) {
			continue
		}
		if found != nil && found.name != t.name {
			return nil
		}
		found = t
	}
	if found == nil || q.given != "" && slices.Contains(found.short, fold(q.surname)) || place == "" && !d.told(found.place) {
		return nil
	}
	return d.only(d.at(found.place, way), found.name)
}

// misspelt reports whether a name differs from one of the whole names by a letter
// or two of a long surname, or is almost a long surname.
func (t *term) misspelt(name string) bool {
	const long = 5
	k := strings.LastIndexByte(name, ' ')
	given, surname := name[:max(k, 0)], name[k+1:]
	for _, s := range append(t.full, t.short...) {
		k := strings.LastIndexByte(s, ' ')
		if s[:max(k, 0)] != given || len(surname) < long || len(s)-k-1 < long || s[k+1] != surname[0] {
			continue
		}
		if given == "" && len(surname) <= long {
			continue
		}
		if differ(s[k+1:], surname, 2) {
			return true
		}
	}
	return false
}

// differ reports whether two words become the same by so many letters put in, left
// out or replaced, and one at least.
func differ(a, b string, most int) bool {
	const longest = 24
	if a == b || len(a) > longest || len(b) > longest || max(len(a), len(b))-min(len(a), len(b)) > most {
		return false
	}
	var row [longest + 1]int
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost = 1 + min(last, row[j], row[j+1])
			}
			last, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)] <= most
}

// holder returns whom the description at tokens w means, by place, office and, where
// it has one, surname. It returns nil where that is not one person or the report says
// otherwise.
func (d *desk) holder(w words, surname string) *term {
	const longest = 20 // tokens
	if w.to-w.from > longest {
		return nil
	}
	place, way, tail := d.parse(d.a.span(w).In(d.a.text))
	if way == "" || tail != surname && !(surname != "" && strings.HasSuffix(tail, " "+surname)) || place == "" && tail == "" || d.elsewhen(w) {
		return nil
	}
	l := d.at(place, way)
	if tail != "" {
		l = slices.DeleteFunc(slices.Clone(l), func(t *term) bool { return !slices.Contains(t.short, tail) })
	}
	t := d.only(l, "")
	if t == nil || place == "" && !d.told(t.place) || tail == "" && d.disputed(t) {
		return nil
	}
	return t
}

// at returns those who may hold an office on the day of publication or the day
// before: a report tells of both.
func (d *desk) at(place, way string) []*term {
	key, all := way, d.offices[way]
	if place != "" {
		key = place + "\n" + way
		all = d.held[key]
	}
	l, ok := d.now[key]
	if !ok {
		for _, t := range all {
			if today, _ := t.holds(d.day); today {
				l = append(l, t)
			} else if before, _ := t.holds(d.day - 1); before {
				l = append(l, t)
			}
		}
		d.now[key] = l
	}
	return l
}

// only returns the one who certainly held the office on both days, where nobody else
// may have; the user's rows count before the others. The name is that of the one
// expected, "" for anybody.
func (d *desk) only(l []*term, name string) *term {
	var sure *term
	certain := func(t *term) bool {
		_, today := t.holds(d.day)
		_, before := t.holds(d.day - 1)
		return today && before
	}
	user := slices.ContainsFunc(l, func(t *term) bool { return t.user && certain(t) })
	for _, t := range l {
		switch {
		case user && !t.user:
		case name != "" && t.name != name || sure != nil && sure.name != t.name:
			return nil
		case sure == nil || certain(t):
			sure = t
		}
	}
	if sure == nil || !certain(sure) {
		return nil
	}
	return sure
}

// inReport returns the person whom the report names and the table has as the holder:
// the report's own spelling counts.
func (d *desk) inReport(t *term) *person {
	first, _, _ := strings.Cut(fold(t.name), " ")
	for _, s := range t.short {
		for _, q := range d.persons[s] {
			given, _, _ := strings.Cut(fold(q.name), " ")
			if slices.Contains(t.full, fold(q.name)) || given == first || given[0] == first[0] && differ(given, first, 2) {
				return q
			}
		}
	}
	return nil
}

// disputed reports whether the report gives the office to somebody else, or to
// somebody without saying where.
func (d *desk) disputed(t *term) bool {
	for _, way := range t.ways {
		l := d.claims[way]
		if len(l) == candidates {
			return true
		}
		for _, c := range l {
			if t.called(c.name) || c.place != "" && c.place != t.place {
				continue
			}
			if c.place == "" && slices.ContainsFunc(d.at("", way), func(o *term) bool { return o.place != t.place && o.called(c.name) }) {
				continue
			}
			return true
		}
	}
	return false
}

// called reports whether a name can be that of the holder.
func (t *term) called(name string) bool {
	return slices.Contains(t.full, name) || slices.ContainsFunc(t.short, func(s string) bool {
		return name == s || strings.HasSuffix(name, " "+s)
	}) || t.misspelt(name)
}

// elsewhen reports whether the sentence of a description tells of another time than
// the report: "in 2011 the French president".
func (d *desk) elsewhen(w words) bool {
	const near = 60 // tokens
	a := d.a
	s := a.sentenceOf(w.from)
	for i := max(s.from, w.from-near); i < min(s.to, w.to+near); i++ {
		t := &a.ts[i]
		text := a.text[t.Start:t.End]
		if t.kind == numberToken {
			if len(text) == 4 && (text[:2] == "19" || text[:2] == "20") && text != d.a.doc.Published.Format("2006") {
				return true
			}
			continue
		}
		switch text {
		case "ago", "century", "decade", "decades", "era":
			return true
		case "year":
			if i > s.from && a.text[a.ts[i-1].Start:a.ts[i-1].End] == "last" {
				return true
			}
		case "time":
			if i-2 >= s.from && a.ts[i-1].low() == "the" && a.ts[i-2].low() == "at" {
				return true
			}
		}
	}
	return false
}

// told reports whether the report names a country or an organisation, its adjective
// or its seat of government.
func (d *desk) told(key string) bool {
	if d.places == nil {
		d.places = map[string]bool{}
		for i := range d.a.ts {
			if t := &d.a.ts[i]; t.capital && t.kind == wordToken && t.End-t.Start < 24 {
				d.tell(i)
			}
		}
	}
	return d.places[key]
}

// tell records the places whose names begin at token i.
func (d *desk) tell(i int) {
	const longest = 70 // bytes
	a := d.a
	t := &a.ts[i]
	if c := a.lex.countries[t.In(a.text)]; c != "" {
		d.places[d.register.places[fold(c)]] = true
	}
	first := fold(t.In(a.text))
	l := d.byFirst[first]
	if len(l) == 0 {
		return
	}
	text := first
	if len(l) > 1 || l[0] != first {
		text = fold(strings.ToValidUTF8(a.text[t.Start:min(t.Start+longest, a.ts[min(i+longestPlace+2, len(a.ts)-1)].End)], ""))
	}
	for _, written := range l {
		if text == written || strings.HasPrefix(text, written) && !wordRune(rune(text[len(written)])) {
			d.places[d.register.places[written]] = true
		}
	}
}

// each completes the names of several who speak together.
func (d *desk) each(names string) string {
	parts := strings.Split(names, " and ")
	for i, p := range parts {
		one := strings.Split(p, ", ")
		for k, name := range one {
			if t := d.names[name]; t != nil {
				one[k] = t.name
			}
		}
		parts[i] = strings.Join(one, ", ")
	}
	return strings.Join(parts, " and ")
}

// ofPronoun returns the name for "he" or "she", which the report ties to the
// description at a span: "" where the table has none, or one of the other sex.
func (d *desk) ofPronoun(w words, at hearsay.Span) string {
	described, ok := d.a.place(at)
	if !ok {
		return ""
	}
	t := d.holder(described, "")
	if t == nil {
		return ""
	}
	name := t.name
	if q := d.inReport(t); q != nil {
		name = q.name
	}
	given, _, _ := strings.Cut(t.name, " ")
	if sex := d.a.lex.given[fold(given)]; sex != 0 && sex&sexOf(d.a.ts[w.from].low()) == 0 {
		return ""
	}
	return name
}

// parse takes a description apart that is nothing but a place and an office: "the
// outgoing NATO chief", "Germany's foreign minister", "president of the United
// States"; or an office and a name behind it. The way is "" where it is anything
// else.
func (g *register) parse(text string) (place, way, tail string) {
	const longest = 160 // bytes
	if len(text) > longest {
		return "", "", ""
	}
	ws := g.bare(strings.Fields(cutClause(fold(text))))
	for n := min(longestPlace, len(ws)-1); n > 0; n-- {
		key := g.places[strings.Join(ws[:n], " ")]
		if key == "" {
			continue
		}
		rest := ws[n:]
		if rest[0] == "'s" || rest[0] == "'" {
			rest = rest[1:]
		}
		if way, rest := g.office(g.bare(rest)); g.held[key+"\n"+way] != nil {
			return key, way, strings.Join(rest, " ")
		}
	}
	way, rest := g.office(ws)
	if way != "" && len(rest) > 1 && rest[0] == "of" {
		rest = rest[1:]
		if rest[0] == "the" {
			rest = rest[1:]
		}
		if key := g.places[strings.Join(rest, " ")]; key != "" {
			return key, way, ""
		}
		return "", "", ""
	}
	return g.proper[way], way, strings.Join(rest, " ")
}

// cutClause leaves out a clause that says what the person does: ", who is in Rome".
func cutClause(folded string) string {
	before, after, ok := strings.Cut(folded, " ,")
	if next, _, _ := strings.Cut(strings.TrimSpace(after), " "); ok && (next == "who" || next == "speaking" || next == "") {
		return before
	}
	return folded
}

// bare leaves out the article and the words before an office that do not change who
// holds it.
func (g *register) bare(ws []string) []string {
	if len(ws) > 0 && ws[0] == "the" {
		ws = ws[1:]
	}
	for len(ws) > 1 {
		switch {
		case g.before[ws[0]]:
			ws = ws[1:]
		case g.before[ws[0]+" "+ws[1]]:
			ws = ws[2:]
		case len(ws) > 3 && ws[1] == "year" && ws[2] == "old":
			ws = ws[3:]
		default:
			return ws
		}
	}
	return ws
}

// office takes the longest office from the beginning of the words.
func (g *register) office(ws []string) (way string, rest []string) {
	for n := min(longestOffice, len(ws)); n > 0; n-- {
		if way := strings.Join(ws[:n], " "); g.offices[way] != nil {
			return way, ws[n:]
		}
	}
	return "", nil
}
