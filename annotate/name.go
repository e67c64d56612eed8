package annotate

import (
	"strings"

	"hearsay"
)

// A person is somebody whom the report names, as far as the report tells.
type person struct {
	name       string       // the fullest form, without title
	first      hearsay.Span // where that form stands
	given      string
	nick       string // in quotation marks between the names, in small letters
	surname    string
	generation string // "Jr", "III"
	sex        class  // masculine, feminine or 0
	roles      []roleAt
	mentions   int
	evident    bool // a title, a given name or a statement shows that it is a person
	sure       bool // evident by more than a statement
	last       int  // the last token that named it
	age        int  // 0 is unknown
}

// A roleAt is an office or description that the report gives to somebody.
type roleAt struct {
	hearsay.Span
	words []string // in small letters, without articles
	wider []string // nouns that take them up
	tacit bool     // told by what the person does
}

// A nameRun is a row of capitalised words: titles and roles, then a name.
type nameRun struct {
	words        // all of it
	name   words // without titles
	titles words
	sex    class
	firm   bool // two names that "&" joins
}

// people collects the persons that a report names.
type people struct {
	all       []*person
	bySurname map[string][]*person
	byName    map[string]*person
	byGiven   map[string]*person      // nil for a given name that several have
	byPart    map[string]*person      // by the other words of a name, of which one may be the surname; nil for several
	bodies    map[string][]bodyAt     // organisations by the nouns of their names and those that they are called by, in order
	firmAt    map[int]*firm           // organisations by the tokens at which they are named
	firmOf    map[hearsay.Span]*firm  // and by their full names
	headed    map[string]hearsay.Span // full names that stand only in headings, by their last word
	the       map[string]bool         // names that stand behind "the"
	ofGiven   map[string][]*person    // all of a given name
	acronyms  map[string]string       // full names of organisations by their letters; "" for several
	runs      []nameRun               // every row of capitalised words, in order
}

// persons goes through the report once and collects names and roles. Names
// inside headings count for nothing where capitals are the headline's own.
func (a *analysis) persons() *people {
	p := &people{
		bySurname: map[string][]*person{}, byName: map[string]*person{}, byGiven: map[string]*person{}, byPart: map[string]*person{},
		bodies: map[string][]bodyAt{}, acronyms: map[string]string{}, ofGiven: map[string][]*person{}, firmAt: map[int]*firm{},
		firmOf: map[hearsay.Span]*firm{}, headed: map[string]hearsay.Span{}, the: map[string]bool{},
	}
	for i := 0; i < len(a.ts); {
		run, ok := a.nameRun(i)
		if !ok {
			i++
			continue
		}
		i = run.to
		if a.inDateline(run) {
			continue
		}
		run = a.joinedNames(run)
		i = run.to
		p.runs = append(p.runs, run)
		if a.behindThe(run) {
			p.the[strings.Join(a.contentWords(run.words), " ")] = true
		}
	}
	a.firms(p)
	for _, run := range p.runs {
		if !a.heading(run.from) && p.firmAt[run.from] == nil {
			a.enter(p, run)
		}
	}
	a.headNames(p)
	for _, q := range p.all {
		q.sure = q.evident
		parts := strings.Fields(strings.ToLower(q.name))
		if !q.evident && a.lex.places[parts[len(parts)-1]] {
			continue // "Ulm Castle"
		}
		for _, w := range parts[:len(parts)-1] {
			if other, taken := p.byPart[w]; taken && other != q {
				p.byPart[w] = nil
			} else {
				p.byPart[w] = q
			}
		}
		if q.given == "" || !q.evident {
			continue
		}
		if _, taken := p.byGiven[q.given]; taken {
			p.byGiven[q.given] = nil
		} else {
			p.byGiven[q.given] = q
		}
	}
	return p
}

// capitalWord reports whether the token can belong to a name.
func (a *analysis) capitalWord(i int) bool {
	if i >= len(a.ts) {
		return false
	}
	t := &a.ts[i]
	if t.kind != wordToken {
		return false
	}
	if !t.capital {
		return a.articled(i)
	}
	if t.lex == nil {
		// "Sentencing Harker to six years"
		begins := i == 0 || a.ts[i-1].block != t.block || a.ts[i-1].kind == punctuation || a.ts[i-1].kind == quoteMark
		return !begins || t.End-t.Start < 7 || !a.ingAt(i)
	}
	c := t.lex.class
	if c&personal != 0 || c&(determiner|indefinite) != 0 && c&(masculine|feminine|title|role) == 0 {
		return false
	}
	if c&(masculine|feminine|title|role|group|organisation) != 0 {
		return true
	}
	if c&weekday != 0 {
		return false
	}
	return c&(determiner|possessive|personal|preposition|conjunction|subordinator|auxiliary|modal|adverb|whWord|negation|indefinite) == 0
}

// nameRun reads the row of capitalised words that begins at token i.
func (a *analysis) nameRun(i int) (nameRun, bool) {
	if !a.capitalWord(i) {
		return nameRun{}, false
	}
	block, j := a.ts[i].block, i
	r := nameRun{}
	body := i
scan:
	for j < len(a.ts) && a.ts[j].block == block {
		t := &a.ts[j]
		switch {
		case a.capitalWord(j):
			if j == i && t.lex != nil && len(t.lex.cues) > 0 && t.lex.class == 0 && t.lex.form&(baseForm|thirdForm) == 0 {
				break scan // "Remarked Ott:"
			}
			if t.lex != nil && len(t.lex.cues) > 0 && t.lex.class == 0 && (t.lex.form&baseForm != 0 && (j == i && i > 0 && a.ts[i-1].capital && a.outside(i-1) || j-body >= 2) || t.lex.form&thirdForm != 0 && j-body >= 2 && a.heading(j)) {
				break scan // a headline's verb
			}
			if (t.is(title|role) || a.compound(j)) && !a.isSurname(j, i) && !(j > i && t.low() == "general" && a.ts[j-1].is(organisation)) {
				body = j + 1
				if t.is(title) {
					r.sex |= t.lex.class & (masculine | feminine)
				}
			}
			j++
			continue
		case j > i && a.officePlace(j) > 0:
			j = a.officePlace(j)
			body = j
			continue
		case j > i && t.low() == "of" && a.ts[j-1].is(role|title) && body == j && j+1 < len(a.ts) && a.capitalWord(j+1):
			// Secretary of State, Archbishop of Thorn
			j += 2
			body = j
			continue
		case j > i && a.nickAt(j) > 0:
			j = a.nickAt(j)
			continue
		case j > i && t.kind == punctuation && t.mark == ',' && j+1 < len(a.ts) && a.generation(j+1):
			j += 2 // "Ott, Jr."
			continue
		case j > i && a.particles(j) > 0:
			j = a.particles(j)
			continue
		}
		break
	}
	if j == i {
		return nameRun{}, false
	}
	if body == i && j-i > 2 && i > 1 && a.lowAt(i-1) == "of" && a.ts[i-2].is(role) && !a.givenAt(i) && a.givenAt(i+1) {
		body = i + 1 // "councillor of Mobility Ann Ott"
	}
	if body == i && j-i > 1 && (a.lex.honorifics[a.low(a.ts[i])] || a.prefixed(i)) {
		body = i + 1 // "Hajj Omar Lind", "Co-star Ann Ott"
	}
	if k := a.givenBehindOutlet(i, j); body == i && k > 0 {
		body = k // "Harbour News Ann Ott"
	}
	if body == i+1 && j == body+1 && a.lowAt(i) == "general" && a.ts[body].is(organisation|group) && a.lowAt(j) != "of" {
		body, r.firm = i, true // "Marenia's General Staff": no general by the name of Staff
	}
	r.words = words{i, j}
	if body > i {
		r.titles = words{i, body}
	}
	r.name = words{min(body, j), j}
	for r.name.to-r.name.from > 1 && a.lettersAt(r.name.to-1) {
		r.name.to--
	}
	return r, true
}

// enter records the name of a run and the role that its titles give.
func (a *analysis) enter(p *people, r nameRun) {
	n := r.name.to - r.name.from
	if n == 0 || n > 5 {
		return
	}
	if r.titles.empty() && n > 1 && a.pressName(r.words) {
		a.enterBody(p, r, a.lowAt(r.to-1))
		return
	}
	s := a.ts[r.name.from:r.name.to]
	for i := range s {
		if s[i].is(organisation|group) && !s[i].is(masculine|feminine|title) {
			head := &s[i]
			if s[i].is(document) && i+1 < len(s) && s[i+1].capital {
				head = &s[len(s)-1] // "Paper Boats"
			}
			a.enterBody(p, r, a.low(*head))
			return
		}
	}
	if n > 1 && a.bodyLast(r.name) {
		a.enterBody(p, r, a.lowAt(r.name.to-1))
		return
	}
	parts := a.contentWords(r.name)
	if n = len(parts); n == 0 {
		return
	}
	surname := parts[n-1]
	if n == 1 {
		a.enterShort(p, r, surname)
		return
	}
	name := a.span(r.name).In(a.text)
	key := strings.Join(parts, " ")
	if r.titles.empty() && (p.the[key] || n == 2 && a.lex.compass[strings.ToLower(parts[0])]) {
		return // "the Red Cross", "New Hampshire"
	}
	q := p.byName[key]
	generation := a.generationOf(r.name)
	if q != nil && generation != "" && q.generation != "" && q.generation != generation {
		key += " " + generation
		q = p.byName[key]
	} else if q == nil {
		given := parts[0]
		q = p.sameSurname(given, surname, a.lex)
		if q == nil {
			q = p.misspelt(given, surname)
		}
		if q != nil && (q.given == "" || initial(q.given) && !initial(given)) {
			q.name, q.first, q.given = name, a.span(r.name), given
		}
		if q != nil {
			p.byName[key] = q
			q.know(parts[0], a.lex)
		}
	}
	if q == nil {
		q = &person{name: name, first: a.span(r.name), given: parts[0], surname: surname, nick: a.nick(r.name), generation: generation}
		p.byName[key] = q
		if key == strings.Join(parts, " ") { // not the younger of one name
			p.bySurname[surname] = append(p.bySurname[surname], q)
		}
		if first, rest, ok := strings.Cut(surname, "-"); ok && arabic[first] {
			p.bySurname[rest] = append(p.bySurname[rest], q)
		}
		p.all = append(p.all, q)
		p.ofGiven[q.given] = append(p.ofGiven[q.given], q)
		q.know(q.given, a.lex)
	}
	a.note(q, r)
	a.describe(q, r)
}

// describe records what stands about the name of a person.
func (a *analysis) describe(q *person, r nameRun) {
	if i := r.to; i+1 < len(a.ts) && a.ts[i].kind == punctuation && a.ts[i].mark == ',' && a.ts[i+1].kind == numberToken {
		q.evident = true // an age
	}
	if years := a.ageBehind(r.to); years > 0 && q.age == 0 {
		q.age = years
	}
	a.officeBefore(q, r)
	a.apposedRole(q, r.to)
	a.deedBehind(q, r.to)
	a.onTrial(q, r)
	if r.to > r.name.to && len(q.roles) < mostRoles {
		rank := words{r.name.to, r.to}
		q.roles = append(q.roles, roleAt{Span: a.span(rank), words: a.contentWords(rank), tacit: true})
	}
}

// joinedNames takes the other names of a firm into its row: "Holloway & Adjei".
func (a *analysis) joinedNames(run nameRun) nameRun {
	const most = 4 // names
	for n := 0; n < most && run.to+1 < len(a.ts) && a.ts[run.to].kind == punctuation && a.ts[run.to].mark == '&' && a.ts[run.to+1].block == a.ts[run.from].block; n++ {
		next, ok := a.nameRun(run.to + 1)
		if !ok {
			break
		}
		run.to, run.firm = next.to, true
		run.name, run.titles = words{run.from, run.to}, words{}
	}
	return run
}

// behindThe reports whether "the" stands before a name of two words or more that has
// no given name: "the Red Cross".
func (a *analysis) behindThe(run nameRun) bool {
	if n := run.to - run.from; n < 2 || n > 5 || !run.titles.empty() || a.lowAt(run.from-1) != "the" || a.ts[run.from-1].block != a.ts[run.from].block {
		return false
	}
	for i := run.from; i < run.to; i++ {
		if _, given := a.lex.given[a.low(a.ts[i])]; given || a.lex.adjectives[a.ts[i].In(a.text)] != "" || a.ts[i].is(demonym) {
			return false
		}
	}
	return true
}

// enterBody records the name of an organisation by the noun in it.
func (a *analysis) enterBody(p *people, r nameRun, noun string) {
	if i := r.from - 2; i >= 0 && a.lowAt(i+1) == "of" && a.ts[i].kind == punctuation && a.ts[i].mark == ',' {
		return // an address: "Ann Ott, 47, of Mill Court"
	}
	w := words{r.from, a.bodyEnd(r.to, min(r.to+8, len(a.ts)))}
	if i := w.from - 2; i >= 0 && a.possessiveMark(i+1) && a.capitalWord(i) && a.ts[i].block == a.ts[w.from].block {
		w.from = i // "Fishermen's Guild"
		for w.from > 0 && a.capitalWord(w.from-1) && a.ts[w.from-1].block == a.ts[i].block && i-w.from < 4 && !a.ts[w.from-1].is(determiner) {
			w.from--
		}
	}
	if i := w.from - 2; i > 0 && a.lowAt(i+1) == "and" && a.capitalWord(i) && a.lowAt(i-1) == "the" && !a.givenAt(i) && a.pluralNoun(w.to-1) && a.ts[i].block == a.ts[w.from].block {
		w.from = i // "the Transport and Allied Workers"
	}
	p.acronym(a, w)
	if w.to-w.from > 1 {
		p.enterKinds(a, w, noun)
	}
}

// know takes from a given name what it tells.
func (q *person) know(given string, lex *lexicon) {
	c, ok := lex.given[given]
	if !ok {
		return
	}
	q.evident = true
	if q.sex == 0 {
		q.sex = c
	}
}

// sameSurname returns the person of that surname whose given name is not known
// yet or is spelt almost as this one.
func (p *people) sameSurname(given, surname string, lex *lexicon) *person {
	for _, q := range p.namesakes(surname) {
		if lex.sameGiven(q.given, given) || q.nick != "" && q.nick == given {
			return q
		}
	}
	return nil
}

// misspelt returns the person of the same given name whose long surname is spelt
// almost so: Schultz and Scholz.
func (p *people) misspelt(given, surname string) *person {
	if len(surname) < 6 {
		return nil
	}
	l := p.ofGiven[given]
	for _, q := range l[:min(len(l), candidates)] {
		if len(q.surname) >= 6 && within(q.surname, surname, 2) && len(q.given) > 2 {
			return q
		}
	}
	return nil
}

// namesakes returns the first persons of a surname.
func (p *people) namesakes(surname string) []*person {
	l := p.bySurname[surname]
	return l[:min(len(l), candidates)]
}

// enterShort records a surname that stands alone or behind a title.
func (a *analysis) enterShort(p *people, r nameRun, surname string) {
	known := p.bySurname[surname]
	if len(known) > 0 {
		if len(known) == 1 {
			a.note(known[0], r)
			a.describe(known[0], r)
		}
		return
	}
	if r.titles.empty() {
		return
	}
	q := &person{name: a.span(r.name).In(a.text), first: a.span(r.name), surname: surname}
	p.bySurname[surname] = append(known, q)
	p.all = append(p.all, q)
	a.note(q, r)
	a.describe(q, r)
}

// note counts a mention and takes the role that stands before the name.
func (a *analysis) note(q *person, r nameRun) {
	q.mentions++
	q.last = r.name.to - 1
	if q.sex == 0 {
		q.sex = r.sex
	}
	if r.titles.empty() {
		a.smallRole(q, r)
		return
	}
	q.evident = true
	a.addRole(q, r.titles)
}

// smallRole records the role in small letters before a name: "the harbour master
// Ann Ott".
func (a *analysis) smallRole(q *person, r nameRun) {
	const most = 5 // words
	i := r.from
	if i == 0 || !a.ts[i-1].is(role) && !a.trade(i-1, r) || a.ts[i-1].is(group) || a.ts[i-1].capital || a.ts[i-1].block != a.ts[i].block {
		return
	}
	for i > 0 && r.from-i < most && a.ts[i-1].kind == wordToken && a.ts[i-1].block == a.ts[r.from].block && a.noun(i-1) && !a.possessiveMark(i-1) {
		i--
	}
	q.evident = true
	a.addRole(q, words{i, r.from})
}

// trade reports whether token i, directly before a full name, is a noun for a person that
// tells no office: "guitarist Ann Ott".
func (a *analysis) trade(i int, r nameRun) bool {
	return a.personNoun(i) && r.name.to-r.name.from > 1 && a.givenAt(r.name.from)
}

// address are the titles that are no more than a form of address.
var address = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "sir": true, "dame": true, "lady": true}

// mostRoles is the most roles that a person is given.
const mostRoles = 8

// addRole records a role that is more than a form of address.
func (a *analysis) addRole(q *person, w words) {
	if w = a.roleIn(w); w.empty() {
		return
	}
	if i := w.from - 2; i >= 0 && a.possessiveMark(i+1) && a.ts[i].capital && a.ts[i].block == a.ts[w.from].block {
		w.from = i // "Veldany's Prime Minister"
		for n := 0; n < 3 && w.from > 0 && a.capitalWord(w.from-1) && a.ts[w.from-1].block == a.ts[i].block; n++ {
			w.from-- // "Port Lys's mayor"
		}
	}
	ws := a.contentWords(w)
	abbreviated := len(ws) == 1 && (strings.HasSuffix(ws[0], ".") || a.lex.honorifics[ws[0]] && a.ts[w.from].is(group))
	for k := range ws {
		ws[k] = roleWord(ws[k])
	}
	if end := w.to; end < len(a.ts) && a.capitalWord(end) {
		for end < len(a.ts) && a.capitalWord(end) {
			end++
		}
		if end+1 < len(a.ts) && a.ts[end].low() == "of" && a.capitalWord(end+1) {
			ws = append(ws, a.low(a.ts[end+1]))
		}
	}
	if len(ws) == 1 && address[ws[0]] || len(ws) == 0 || len(q.roles) >= mostRoles {
		return
	}
	q.roles = append(q.roles, roleAt{Span: a.span(w), words: ws, tacit: abbreviated})
}

// apposedRole records "X, the harbour master," and "X, mayor of Thorn,".
func (a *analysis) apposedRole(q *person, i int) {
	if i+1 >= len(a.ts) || a.ts[i].kind != punctuation || a.ts[i].mark != ',' {
		return
	}
	s := sentence{i, min(i+24, len(a.ts)), a.ts[i].block}
	for s.to > i && a.ts[s.to-1].block != s.block {
		s.to--
	}
	end := a.apposition(i, s.to)
	if end <= i+1 || a.ts[i+1].low() == "who" {
		return
	}
	w := words{i + 1, end}
	for k := w.from; k < w.to; k++ {
		if a.ts[k].is(role) {
			q.evident = true
			a.addRole(q, w)
			return
		}
	}
}

// contentWords returns the words of a phrase in small letters, without
// articles, prepositions and marks.
func (a *analysis) contentWords(w words) []string {
	var out []string
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
		if t.kind != wordToken || t.is(determiner|possessive|preposition|conjunction) || a.possessiveMark(i) || i > w.from && a.generation(i) || a.particle(i, w) {
			continue
		}
		out = append(out, a.low(*t))
	}
	return out
}

// low returns a token in small letters.
func (a *analysis) low(t token) string {
	if t.lex != nil {
		return t.lex.low
	}
	return plain(strings.ToLower(a.text[t.Start:t.End]))
}

// named returns the person that a name stands for: by full name, surname or
// given name. It returns nil and whether several fit.
func (p *people) named(parts []string, sex class, lex *lexicon) (q *person, ambiguous bool) {
	if len(parts) == 0 {
		return nil, false
	}
	if q := p.byName[strings.Join(parts, " ")]; q != nil {
		return q, false
	}
	fits := func(q *person) bool {
		return (sex == 0 || q.sex == 0 || q.sex == sex) && (len(parts) == 1 || lex.sameGiven(q.given, parts[0]) || q.nick == parts[0])
	}
	var best *person
	for _, q := range p.namesakes(parts[len(parts)-1]) {
		switch {
		case !fits(q):
		case best == nil || q.evident && !best.evident:
			best, ambiguous = q, false
		case best.evident && !q.evident:
		case q.mentions > 2*best.mentions:
			best, ambiguous = q, false
		case best.mentions <= 2*q.mentions:
			ambiguous = true
		}
	}
	if ambiguous {
		return nil, true
	}
	return best, false
}

// part returns the one person who has a word as a given name or as another part of
// the name.
func (p *people) part(word string) *person {
	if q := p.byGiven[word]; q != nil {
		return q
	}
	return p.byPart[word]
}
