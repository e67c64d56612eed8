package annotate

import (
	"slices"
	"strings"
	"unicode"

	"hearsay"
)

// A resolver tells who the mentions of a report are. It has read all of the
// report when the first is asked for, so that the answer for a place does not hang on
// what was asked before, but for the groups and organisations that spoke.
type resolver struct {
	a         *analysis
	people    *people
	byWord    map[string][]*person    // those with the word in a role
	sights    []sight                 // of persons, in the order of the text
	bodies    []words                 // names of organisations, in order
	spoken    []words                 // organisations that spoke, in order
	spokenAs  map[words]string        // their names
	several   []several               // groups and those who were named together, in order
	joined    []several               // those who spoke together
	told      map[string][]words      // descriptions of bodies and documents by their noun, in order
	took      *person                 // whom the last mention was resolved to
	desk      *desk                   // the table of offices; nil until it is asked
	aged      map[int][]*person       // by age
	barred    []*person               // whom the pronoun in question cannot stand for
	quoters   map[int32]words         // who utters each quotation, where the report says it
	voice     map[int32]voice         // and who that is
	voices    map[int]words           // for each token of a phrase that speaks, the phrase
	addressed map[int]bool            // tokens where those are named who are spoken to
	cueBy     map[int]words           // for each token of a cue, the phrase that speaks
	labelled  map[string]hearsay.Span // names of those whom a transcript's labels call by their part
	opening   *person                 // whom the opening describes before it is named, nil for none
	opened    words                   // the words that describe
	asks      [2]*person              // who asks and who answers in an interview, of those whom the report names
	met       map[string][]words      // those without a name by the nouns that tell of them, in order
	body      int                     // the first sentence of the body
	small     map[string]bool         // words that the report has in small letters; nil until they are asked for
	places    map[string]bool         // words that the report uses as names of places; nil until they are asked for
}

// A several is a place that tells of more than one person.
type several struct {
	words
	name string // "" for a group without names
}

// candidates is the most persons that one description is compared with, so that
// a report with thousands of them costs no more than its length.
const candidates = 48

// newResolver collects the persons of a report, their roles, and where they are
// told of.
func newResolver(a *analysis, found []attribution) *resolver {
	r := &resolver{a: a, people: a.persons(), byWord: map[string][]*person{}, spokenAs: map[words]string{}, quoters: a.quoters(found), voice: map[int32]voice{}}
	r.sayers(found)
	for _, q := range r.people.all {
		for k := range q.roles {
			r.enterRole(q, &q.roles[k])
		}
	}
	r.aged = map[int][]*person{}
	for _, q := range r.people.all {
		if l := r.aged[q.age]; q.age > 0 && len(l) < 2 {
			r.aged[q.age] = append(l, q)
		}
	}
	for r.body < len(a.ss) && a.heading(a.ss[r.body].from) {
		r.body++
	}
	r.told, r.met = a.descriptions(), a.strangers()
	r.labelled = a.thanked()
	r.nameOpening()
	r.lookAround()
	r.meetParties()
	return r
}

// anyLead is the key of those who lead something; no word is written so.
const anyLead = "*"

// enterRole makes a person found by the words of a role and by those that take them up.
func (r *resolver) enterRole(q *person, role *roleAt) {
	lex := r.a.lex
	n := len(role.words)
	for k, w := range role.words[:n:n] {
		role.wider = append(role.wider, lex.kinds[w]...)
		if k+1 < n {
			role.wider = append(role.wider, lex.kinds[w+"_"+role.words[k+1]]...)
		}
	}
	for _, w := range role.words {
		r.index(w, q)
		if key := lex.same[w]; key != "" {
			r.index(key, q)
		}
		if lex.leads(w) {
			r.index(anyLead, q)
		}
	}
	for _, w := range role.wider {
		r.index(w, q)
		if key := lex.same[w]; key != "" {
			r.index(key, q)
		}
	}
}

func (r *resolver) index(word string, q *person) {
	if l := r.byWord[word]; len(l) < candidates && !slices.Contains(l, q) {
		r.byWord[word] = append(l, q)
	}
}

// speaker resolves the noun phrase of one who speaks.
func (r *resolver) speaker(w words) (*hearsay.Mention, hearsay.Reason) {
	return r.mention(w, true)
}

// mention resolves the noun phrase w. A group or organisation that speaks is
// remembered for "they" and "it", one that is spoken to is not.
func (r *resolver) mention(w words, speaks bool) (*hearsay.Mention, hearsay.Reason) {
	m, why := r.inReport(w, speaks)
	return m, r.byTable(m, w, why)
}

// inReport resolves the noun phrase w by what the report says.
func (r *resolver) inReport(w words, speaks bool) (*hearsay.Mention, hearsay.Reason) {
	a := r.a
	m := &hearsay.Mention{Span: a.span(w)}
	if last := w.to - 1; last > w.from && a.possessiveMark(last) {
		w.to = last // "Ott's" of "Ott's claim"
	}
	w = a.withoutDay(a.behindReport(a.laterThan(r.withoutCall(a.behindDateline(w)))))
	first := &a.ts[w.from]
	switch {
	case w.to-w.from == 1 && first.is(third|personal|relative|indefinite|possessive) && !first.is(role|group):
		return m, r.pronoun(m, w)
	case r.joint(m, w, speaks):
		return m, hearsay.Reason{Rule: "speaker-names", Span: m.Span}
	case r.worksFor(w):
		m.Kind, m.Why = hearsay.ByNoun, hearsay.WhyUnnamed
		return m, hearsay.Reason{Rule: "speaker-description", Span: m.Span}
	case !(w.to-w.from == 1 && first.is(group) && r.groupAtStart(w)) && r.name(m, w, speaks):
		return m, hearsay.Reason{Rule: "speaker-name", Span: r.signed(m)}
	}
	reason := r.noun(m, w)
	if speaks {
		r.spoke(m, w)
	}
	return m, reason
}

// joint resolves those who speak together: "Ott and Brand", "Ott, Brand and
// Lind". All must have names.
func (r *resolver) joint(m *hearsay.Mention, w words, speaks bool) bool {
	a := r.a
	var parts []words
	from := w.from
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
		if t.kind == punctuation && t.mark == '(' && a.bracketEnd(i, w.to) > i {
			i = a.bracketEnd(i, w.to) - 1 // "(D-NH)"
			continue
		}
		comma := t.kind == punctuation && t.mark == ','
		if comma || t.low() == "and" {
			parts = append(parts, words{from, i})
			from = i + 1
		} else if t.is(relative|preposition) || t.kind == punctuation {
			return false
		}
	}
	if len(parts) == 0 || len(parts) > 8 || a.ts[from-1].low() != "and" {
		return false
	}
	name := ""
	for k, p := range append(parts, words{from, w.to}) {
		var one hearsay.Mention
		if p.empty() || !r.name(&one, p, speaks) || one.Name == "" {
			return false
		}
		m.Kind = one.Kind
		switch {
		case k == 0:
		case k == len(parts):
			name += " and "
		default:
			name += ", "
		}
		name += one.Name
	}
	m.Name = name
	if speaks {
		r.together(w, name)
	}
	return true
}

// label resolves the name before a colon of a transcript. Capitals are the
// transcript's own; "Q" and "A" name nobody.
func (r *resolver) label(w words) (*hearsay.Mention, hearsay.Reason) {
	a := r.a
	m := &hearsay.Mention{Span: a.span(w), Kind: hearsay.ByName}
	reason := hearsay.Reason{Rule: "speaker-label", Span: m.Span}
	text := m.In(a.text)
	if s := a.introducedBy(w); !s.Empty() && len(text) == 1 {
		m.Kind, m.Name = hearsay.ByNoun, s.In(a.text)
		return m, hearsay.Reason{Rule: "speaker-introduced", Span: s}
	}
	if q := r.interviewed(text); q != nil {
		m.Kind = hearsay.ByNoun
		r.take(m, q)
		return m, hearsay.Reason{Rule: "speaker-interview", Span: q.first}
	}
	if len(strings.TrimSuffix(text, ".")) == 1 || a.lex.labels[strings.ToLower(text)] || a.hides(w) {
		m.Kind, m.Why = hearsay.ByAnonymous, hearsay.WhyUnnamed
		return m, reason
	}
	if s, ok := r.labelled[text]; ok && !s.Empty() {
		m.Name = s.In(a.text)
		return m, hearsay.Reason{Rule: "speaker-thanked", Span: s}
	}
	run, ok := a.nameRun(w.from)
	if !ok || run.name.empty() {
		m.Kind, m.Why = hearsay.ByNoun, hearsay.WhyUnnamed
		if q, at := r.byRole(w, a.headNoun(w)); q != nil {
			m.Why = ""
			r.take(m, q)
			reason = hearsay.Reason{Rule: "speaker-role", Span: at}
		}
		return m, reason
	}
	run.name.to = min(run.name.to, w.to)
	if q, _ := r.people.named(a.contentWords(run.name), run.sex, r.a.lex); q != nil {
		r.take(m, q)
		reason.Span = q.first
	} else {
		m.Name = a.span(run.name).In(a.text)
	}
	m.Name = titled(m.Name)
	return m, reason
}

// titled writes a name that is all capitals with capital initials.
func titled(name string) string {
	if len(name) < 4 || name != strings.ToUpper(name) {
		return name
	}
	out := []rune(strings.ToLower(name))
	for i, c := range out {
		if i == 0 || out[i-1] == ' ' || out[i-1] == '-' || out[i-1] == '\'' || out[i-1] == '’' {
			out[i] = unicode.ToUpper(c)
		}
	}
	return string(out)
}

// signed returns where the name that a mention was given stands in the report.
func (r *resolver) signed(m *hearsay.Mention) hearsay.Span {
	if r.took != nil && r.took.name == m.Name {
		return r.took.first
	}
	return m.Span
}

// take gives a mention the name and role of a person.
func (r *resolver) take(m *hearsay.Mention, q *person) {
	m.Name, r.took = q.name, q
	for _, role := range q.roles {
		if !role.tacit {
			m.Role = role.In(r.a.text)
			return
		}
	}
}

// name resolves a mention that holds a proper name as its head: "Ott", "Mayor
// Ann Ott", "the mayor, Ann Ott", "the Thornish ruler Ann Ott".
func (r *resolver) name(m *hearsay.Mention, w words, speaks bool) bool {
	a := r.a
	if r.government(m, w) {
		if speaks {
			r.spoke(m, w)
		}
		return true
	}
	if last := &a.ts[w.to-1]; last.is(demonym) && a.ts[w.from].is(determiner) && a.head(w) == w.to-1 {
		return false // "the Spaniard"
	}
	if a.heading(w.from) && w.to-w.from == 1 && w.from == a.sentenceOf(w.from).from && a.ts[w.from].is(organisation) && !a.ts[w.from].upper && r.people.firmAt[w.from] == nil {
		return false // "Watchdog accuses": a noun
	}
	run, ok := r.properName(w)
	if !ok || run.to-run.from == 1 && a.folk(run.from) {
		return false // "Italians"
	}
	if f := r.people.firmAt[run.from]; f != nil && run.titles.empty() {
		m.Kind, m.Name = hearsay.ByOrganisation, f.In(a.text)
		if speaks {
			r.spoke(m, w)
		}
		return true
	}
	if body := a.bodyRun(run); !body.empty() {
		run.words, run.name = body, body
		if h := a.headNoun(w); run.to <= h && a.personNoun(h) && !a.ts[h].capital {
			return false // "the Bank of Thorn governor"
		}
		m.Kind = hearsay.ByOrganisation
		first := w.from
		for !a.ts[first].capital || a.ts[first].is(determiner) {
			first++
		}
		if first < body.from && a.compound(first) {
			first = body.from
		}
		if first > w.from && a.opposes(first-1) {
			first-- // "anti-Ott group"
		}
		m.Name = r.longerName(a.span(words{first, a.bodyEnd(run.to, w.to)}).In(a.text), run)
		if speaks {
			r.spoke(m, w)
		}
		return true
	}
	q, ambiguous := r.personOf(run)
	if !ambiguous && (q == nil || q.given == "") && r.bodyAlone(m, run) {
		if speaks {
			r.spoke(m, w)
		}
		return true
	}
	switch {
	case ambiguous:
		m.Why = hearsay.WhyAmbiguous
	case q != nil:
		r.take(m, q)
		if q.roles == nil {
			m.Role = r.apposedTo(w, run)
		}
	case run.name.to-run.name.from == 1 && (a.ts[w.from].is(determiner) || r.groupAtStart(w) || run.titles.empty() && r.common(run.name.from)):
		return false
	default:
		m.Name = a.span(run.name).In(a.text)
	}
	m.Kind = hearsay.ByName
	return true
}

// withoutCall leaves out of a phrase the one who is spoken to: "Mr Ott, your first
// coach", "Commissioner, two nurses".
func (r *resolver) withoutCall(w words) words {
	a := r.a
	for i := w.from + 1; i+1 < w.to && i < w.from+5; i++ {
		if a.ts[i].kind != punctuation || a.ts[i].mark != ',' {
			continue
		}
		if next := &a.ts[i+1]; next.low() == "your" || a.ts[w.from].capital && i == w.from+1 && a.ts[w.from].is(title|role) && (next.kind == numberToken || a.ts[w.to-1].is(group) || a.pluralNoun(w.to-1)) {
			w.from = i + 1
		}
		break
	}
	return w
}

// behindDateline leaves out of a phrase the dateline that it begins with.
func (a *analysis) behindDateline(w words) words {
	const most = 14 // tokens
	if run, ok := a.nameRun(w.from); !ok || !a.inDateline(run) {
		return w
	}
	for i := w.from; i+1 < w.to && i < w.from+most; i++ {
		if t := &a.ts[i]; t.kind == punctuation && (t.mark == markDash || t.mark == '-') && t.spaced {
			w.from = i + 1
			break
		}
	}
	return w
}

// behindReport leaves out of a phrase what it is the subject of: "a report that the
// army" in "a report that the army denied".
func (a *analysis) behindReport(w words) words {
	const most = 5 // tokens
	for i := w.from + 1; i+1 < w.to && i < w.from+most; i++ {
		if a.lowAt(i) == "that" && (a.ts[i-1].is(document) || a.ts[i-1].lex != nil && a.ts[i-1].lex.noun != nil) && a.ts[i+1].is(determiner|possessive) {
			w.from = i + 1
			break
		}
	}
	return w
}

// personOf returns the person whom a row of capitalised words names, or whether
// several could be meant.
func (r *resolver) personOf(run nameRun) (*person, bool) {
	if g := r.sightAt(run.from); g != nil && g.q != nil && g.words == run.words {
		return g.q, false
	}
	parts := r.a.contentWords(run.name)
	q, ambiguous := r.people.ofRun(r.a, run)
	if q == nil && !ambiguous && len(parts) == 1 {
		q = r.people.part(parts[0])
	}
	if q == nil && !ambiguous && len(parts) == 1 && r.a.heading(run.from) {
		if _, name, ok := strings.Cut(parts[0], "-"); ok {
			q, _ = r.people.named([]string{name}, run.sex, r.a.lex) // "Tennis-Ott"
		}
	}
	return q, ambiguous
}

// apposedTo returns the small words of a phrase before or behind its name: the role
// that the report gives there.
func (r *resolver) apposedTo(w words, run nameRun) string {
	a := r.a
	before := words{w.from, run.from}
	if before.to > before.from && a.ts[before.to-1].kind == punctuation {
		before.to--
	}
	for _, part := range []words{before, {run.to + 1, w.to}} {
		if part.to > part.from && a.ts[part.to-1].kind == punctuation {
			part.to--
		}
		part = a.roleIn(part)
		for i := part.from; i < part.to; i++ {
			if a.ts[i].is(role) {
				return a.span(part).In(a.text)
			}
		}
	}
	return ""
}

// properName returns the name that a phrase is about: the one it begins with or
// ends with, or the one behind its first comma.
func (r *resolver) properName(w words) (nameRun, bool) {
	run, ok := r.nameIn(w)
	if !ok {
		run, ok = r.lastName(w)
	}
	if !ok {
		run, ok = r.officerLast(w)
	}
	return run, ok
}

// lastName returns the name in which a phrase of two offices ends: "the owner of the
// mill and candidate for mayor Ann Ott".
func (r *resolver) lastName(w words) (nameRun, bool) {
	const back = 4 // tokens
	a := r.a
	joined := false
	for i := w.from; i < w.to && i < w.from+16; i++ {
		joined = joined || a.ts[i].low() == "and"
	}
	for i := w.to - 2; joined && i > w.from && i >= w.to-back; i-- {
		if !a.ts[i-1].is(role) || a.ts[i-1].is(group) {
			continue
		}
		if run, ok := a.nameRun(i); ok && run.to == w.to && run.titles.empty() && r.surelyPerson(run) {
			return run, true
		}
	}
	return nameRun{}, false
}

// nameIn looks through a phrase for the name that it is about.
func (r *resolver) nameIn(w words) (nameRun, bool) {
	a := r.a
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
		if t.kind == punctuation && t.mark == ',' {
			run, ok := a.nameRun(i + 1)
			if ok && run.to < w.to && a.personNoun(run.to) && !a.ts[run.to].capital {
				if deep, found := r.deepName(words{run.to, w.to}); found {
					run = deep // "Mersey Mills boss Ann Ott"
				}
			}
			if !ok || run.to > w.to || run.name.empty() {
				if run, ok = r.deepName(words{i + 1, w.to}); !ok {
					if j := a.commaBehind(i+1, w.to); j > 0 && a.ts[i+1].is(determiner|possessive) && a.personNoun(a.headNoun(words{i + 1, j})) {
						i = j - 1 // "Ott's rival, the city's mayor, Emil Brand"
						continue
					}
					return nameRun{}, false
				}
			}
			known := r.surelyPerson(run)
			if i > w.from && a.ts[i-1].is(organisation|group|document) && !a.ts[i-1].capital && !known && (!a.only(w) || !a.personNoun(a.headNoun(w))) {
				return nameRun{}, false // "a spokesman for the company, Brand & Sons"
			}
			return run, known || a.personNoun(a.headNoun(w))
		}
		if t.is(postmodifier|conjunction|relative|preposition) && !t.is(determiner) && !a.possessiveMark(i) {
			j := i
			for j < w.to && !(a.ts[j].kind == punctuation && a.ts[j].mark == ',') {
				j++
			}
			if j == w.to {
				return nameRun{}, false
			}
			i = j - 1
			continue
		}
		if i+1 < w.to && a.ts[i+1].low() == "of" && t.lex == nil && i == a.sentenceOf(i).from {
			return nameRun{}, false // "Two-thirds of senators"
		}
		if i == w.from && (r.manyAtStart(w) || a.amountAhead(w) || a.pairOfKinds(w) || numerals[a.lowAt(i)] && a.lowAt(i) != "one" && !a.givenAt(i+1)) {
			return nameRun{}, false
		}
		if t.is(group|document|unnamed|organisation) && i+1 < w.to && !a.ts[i+1].capital && i == a.sentenceOf(i).from {
			if t.is(group | unnamed) {
				return nameRun{}, false // "Analysts at Hollis Capital"
			}
			continue
		}
		run, ok := a.nameRun(i)
		if !ok {
			continue
		}
		run.to, run.name.to = min(run.to, w.to), min(run.name.to, w.to)
		if run.name.empty() {
			i = run.to - 1
			continue
		}
		next := &a.ts[min(run.to, len(a.ts)-1)]
		if run.to < w.to && (a.possessiveMark(run.to) || next.kind == apostrophe && !next.spaced || next.kind == wordToken && !next.is(preposition|conjunction|relative)) {
			i = run.to - 1 // "Brand's spokesman", "the Thornish ruler Ann Ott"
			continue
		}
		return run, true
	}
	return nameRun{}, false
}

// manyAtStart reports whether a phrase begins its sentence with a plural noun and a
// preposition, and the report names nobody so: "Crews on the western ferries".
func (r *resolver) manyAtStart(w words) bool {
	a := r.a
	i := w.from
	if w.to-i < 3 || i != a.sentenceOf(i).from || !a.pluralNoun(i) || a.ts[i].upper || !a.ts[i+1].is(preposition) || a.ts[i+1].capital || a.givenAt(i) || r.people.firmAt[i] != nil {
		return false
	}
	low := a.lowAt(i)
	return r.people.part(low) == nil && len(r.people.bySurname[low]) == 0 && len(r.people.bodies[low]) == 0 && a.lex.countries[a.ts[i].In(a.text)] == "" && !a.lex.clubs[low]
}

// commaBehind returns the first comma of tokens i to hi, 0 for none.
func (a *analysis) commaBehind(i, hi int) int {
	for ; i < hi; i++ {
		if a.ts[i].kind == punctuation && a.ts[i].mark == ',' {
			return i
		}
	}
	return 0
}

// groupAtStart reports whether a phrase is one plural noun that is written with
// a capital because it begins its sentence: "Residents say".
func (r *resolver) groupAtStart(w words) bool {
	a := r.a
	if w.to-w.from != 1 || w.from != a.sentenceOf(w.from).from {
		return false
	}
	return a.ts[w.from].is(group|role|document|organisation|unnamed) || a.pluralNoun(w.from)
}

// head returns the head noun of a phrase: the last noun before its first
// preposition, comma or relative pronoun.
func (a *analysis) head(w words) int {
	i := a.behindAmount(w)
	head := min(i, w.to-1)
	if last := a.lastOfName(w); last > i && !a.ts[i].is(role|group|unnamed|document) && (a.ts[i].capital || !a.ts[i].is(organisation)) {
		return last // "the Tour of the Lakes winner"
	}
	if a.pairOfKinds(w) {
		i = w.from + 2
	}
	for ; i < w.to; i++ {
		t := &a.ts[i]
		if t.is(preposition|relative|conjunction) && !a.possessiveMark(i) || i > w.from && t.is(personal) && !t.is(possessive) || t.low() == "such" && a.lowAt(i+1) == "as" || t.kind == punctuation && t.mark != '-' && !strings.Contains("$£€", t.In(a.text)) {
			break
		}
		if t.kind == wordToken && !a.possessiveMark(i) {
			head = i
		}
	}
	return head
}
