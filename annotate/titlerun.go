package annotate

import (
	"slices"
	"strings"

	"hearsay"
)

// This file reads what stands about a name within a row of capitalised words: the
// place of an office before it.

// officePlace returns the token behind the place of an office that stands before a name,
// where "of" or "from" at token i leads to it: "President of the United States Ann Ott",
// "Senator from Vermont Ann Ott". It returns 0 where there is none.
func (a *analysis) officePlace(i int) int {
	const most = 4 // words of a country
	low := a.lowAt(i)
	if low != "of" && low != "from" || !a.ts[i-1].is(role|title) {
		return 0
	}
	j := i + 1
	if a.lowAt(j) == "the" {
		j++
	}
	for n := most; n > 0; n-- {
		to := j + n
		if to >= len(a.ts) || a.ts[to].block != a.ts[i].block {
			continue
		}
		if a.lex.countries[a.span(words{j, to}).In(a.text)] == "" && !(low == "from" && n == 1 && a.capitalWord(j)) {
			continue
		}
		if a.capitalWord(to) && !a.ts[to].is(organisation|group) && (a.givenAt(to) || low == "of" && n > 1) {
			return to
		}
	}
	return 0
}

// roleWord returns a word of a role without the full stop of an abbreviation: "gov".
func roleWord(s string) string {
	if len(s) > 2 {
		return strings.TrimSuffix(s, ".")
	}
	return s
}

// bearsName reports whether the one word that names a country is rather the surname of
// somebody whom the report names in full ("Jordan" for Noel Jordan), as it is where
// the report tells nothing of the country itself.
func (r *resolver) bearsName(w words) bool {
	if w.to-w.from != 1 {
		return false
	}
	word := r.a.lowAt(w.from)
	if !slices.ContainsFunc(r.people.namesakes(word), func(q *person) bool { return q.evident && q.given != "" }) {
		return false
	}
	if r.places == nil {
		r.places = r.a.placesNamed()
	}
	return !r.places[word]
}

// placesNamed returns the words, in small letters, that a preposition of place leads to:
// "in Jordan".
func (a *analysis) placesNamed() map[string]bool {
	found := map[string]bool{}
	for i := 1; i < len(a.ts); i++ {
		if !a.ts[i].capital || a.ts[i].block != a.ts[i-1].block {
			continue
		}
		switch a.lowAt(i - 1) {
		case "in", "into", "near", "across", "throughout":
			found[a.lowAt(i)] = true
		}
	}
	return found
}

// folk reports whether a word with a capital stands for many of a nation, a party or a
// faith: "Italians", "Republicans", "Muslims".
func (a *analysis) folk(i int) bool {
	t := &a.ts[i]
	s := t.In(a.text)
	if k := strings.LastIndexByte(s, '-'); k >= 0 {
		s = s[k+1:] // "Afro-Marenians"
	}
	if !t.capital || t.kind != wordToken || len(s) < 5 || s[len(s)-1] != 's' {
		return false
	}
	low := strings.ToLower(s)
	one := a.lex.words[low[:len(low)-1]]
	if a.lex.folk[low] || one != nil && one.class&demonym != 0 || a.lex.adjectives[s[:len(s)-1]] != "" {
		return true
	}
	for _, end := range []string{"ians", "icans", "crats", "ivists", "alists", "unists"} {
		if len(low) > len(end)+2 && strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// opposes reports whether a word is one such as "anti-Ott".
func (a *analysis) opposes(i int) bool {
	first, rest, ok := strings.Cut(a.ts[i].In(a.text), "-")
	if !ok || !capitalised(rest) {
		return false
	}
	switch strings.ToLower(first) {
	case "anti", "pro", "ex", "non", "post", "pre":
		return true
	}
	return false
}

// behindAmount returns the first token of a phrase behind its articles and behind what
// tells how much or where: "more than 60 ships", "outside experts".
func (a *analysis) behindAmount(w words) int {
	i := w.from
	if i+1 < w.to && a.ts[i].is(preposition) && a.ts[i+1].kind == wordToken && !a.ts[i+1].is(determiner|possessive|personal|preposition) || i+1 < w.to && a.ts[i].is(preposition) && a.ts[i+1].kind == numberToken {
		i++
	}
	for i < w.to && (a.ts[i].is(determiner|possessive) && !(a.lowAt(i) == "such" && a.lowAt(i+1) == "as") || i > w.from && a.lowAt(i) == "than" || a.lowAt(i) == "fewer" && a.lowAt(i+1) == "than") {
		i++
	}
	return i
}

// amountAhead reports whether a phrase begins with "fewer than" or the like, whose
// capital is that of its sentence.
func (a *analysis) amountAhead(w words) bool {
	return w.to-w.from > 2 && a.lowAt(w.from+1) == "than"
}

// lastOfName returns the noun for a person in which a phrase ends that begins with the
// name of a body or a thing: "the Tour of the Lakes winner", "the Unity Party of
// Thorn presidential nominee". It returns 0 where there is none.
func (a *analysis) lastOfName(w words) int {
	const most = 2 // words between
	last := w.to - 1
	if last <= w.from || a.ts[last].capital || !a.personNoun(last) {
		return 0
	}
	for i := last - 1; i > w.from && i >= last-1-most; i-- {
		t := &a.ts[i]
		switch {
		case t.kind != wordToken || t.is(preposition|conjunction|relative|determiner|possessive|auxiliary|personal) || a.possessiveMark(i):
			return 0
		case t.capital:
			return last
		case !a.noun(i):
			return 0
		}
	}
	return 0
}

// withoutDay leaves out of a phrase the day in which it ends: "a grand jury late
// Thursday".
func (a *analysis) withoutDay(w words) words {
	const most = 4 // tokens
	last := w.to - 1
	if w.to-w.from < 3 || !a.ts[last].is(weekday) && a.lowAt(last) != "yesterday" && a.lowAt(last) != "today" {
		return w
	}
	to := last
	for to > w.from+1 && last-to < most && (a.ts[to-1].is(timeWord) || a.lowAt(to-1) == "on") {
		to--
	}
	if a.ts[to-1].kind == wordToken && !a.ts[to-1].is(preposition|determiner|possessive) && !a.possessiveMark(to-1) {
		w.to = to
	}
	return w
}

// generationOf returns "Jr." or what else of the kind stands in a name, without its
// full stop; "" for none.
func (a *analysis) generationOf(w words) string {
	if last := w.to - 1; last > w.from && a.generation(last) {
		return strings.TrimSuffix(a.ts[last].In(a.text), ".")
	}
	return ""
}

// ofRun returns the person whom a row of capitalised words names, or whether several
// fit. The younger is not the elder.
func (p *people) ofRun(a *analysis, run nameRun) (*person, bool) {
	parts := a.contentWords(run.name)
	if g := a.generationOf(run.name); g != "" {
		if q := p.byName[strings.Join(parts, " ")+" "+g]; q != nil {
			return q, false
		}
	}
	return p.named(parts, run.sex, a.lex)
}

// roleIn returns of the words beside a name what tells an office or a trade: without
// an age before it and a clause behind it. What begins as a clause tells none.
func (a *analysis) roleIn(w words) words {
	for w.from < w.to && (a.ts[w.from].kind == numberToken && agedWord(a.lowAt(w.from)) == 0 || a.ts[w.from].kind == punctuation) {
		w.from++
	}
	if w.from >= w.to || a.lowAt(w.from) == "whose" || a.ts[w.from].is(subordinator|relative) && !a.ts[w.from].is(role|title) && a.lowAt(w.from) != "that" {
		return words{}
	}
	for i := w.from + 1; i < w.to; i++ {
		switch low := a.lowAt(i); {
		case low == "who", low == "whom", low == "whose", low == "which", low == "that" && a.ts[i-1].kind == punctuation:
			w.to = i
		}
	}
	for w.to > w.from && (a.ts[w.to-1].kind == punctuation && a.ts[w.to-1].mark != ')' && a.ts[w.to-1].mark != '.' || a.ts[w.to-1].is(conjunction)) {
		w.to--
	}
	return w
}

// countryIn returns the country that the first words of a phrase name, "" for none or
// several.
func (a *analysis) countryIn(w words) string {
	const most = 12 // tokens
	found := ""
	for i := w.from; i < w.to && i < w.from+most; i++ {
		if c := a.country(i, w.to); c != "" {
			if found != "" && found != c {
				return ""
			}
			found = c
		}
	}
	return found
}

// strange reports whether a description has names in it by which somebody else than q
// is meant: "the senior Ott adviser", "the head of the Harbour Board", or a country of
// which q holds no office. Where it is sure that the report goes on with q, only the
// names of other persons count.
func (r *resolver) strange(w words, head int, q *person, sure bool) bool {
	a := r.a
	known := func(word string) bool {
		return slices.ContainsFunc(q.roles, func(role roleAt) bool {
			return slices.ContainsFunc(role.words, func(s string) bool { return s == word || related(s, word) })
		}) || strings.Contains(strings.ToLower(q.name), word)
	}
	names := 0
	for i := w.from + 1; i < w.to; i++ {
		t := &a.ts[i]
		if t.kind == punctuation && t.mark == ',' || a.lowAt(i) == "who" {
			break
		}
		if !t.capital || t.kind != wordToken || i == head || t.upper && t.Len() <= 4 || known(a.lowAt(i)) {
			continue
		}
		if len(r.people.bySurname[a.lowAt(i)]) > 0 {
			return true
		}
		if names++; !sure && (i > head && a.lowAt(i-1) != "from" || t.is(organisation)) {
			return true
		}
	}
	for k := range q.roles {
		if at, ok := a.place(q.roles[k].Span); ok && r.otherCountry(w, at) {
			return true
		}
	}
	return names > 2 && !sure
}

func (r *resolver) otherCountry(w, at words) bool {
	mine, theirs := r.a.countryIn(w), r.a.countryIn(at)
	return mine != "" && theirs != "" && mine != theirs
}

// namesAnother reports whether the words before the noun of a description hold a name,
// and not only that of a place: "the Yemen-based Houthi movement".
func (a *analysis) namesAnother(w words, head int) bool {
	for i := w.from + 1; i < head; i++ {
		t := &a.ts[i]
		if !t.capital || t.kind != wordToken || t.is(title|role) || a.country(i, w.to) != "" || a.compound(i) || a.possessiveMark(i+1) || strings.Contains(t.In(a.text), "-") || t.is(demonym) {
			continue
		}
		if next := &a.ts[i+1]; t.upper || next.capital || i+1 == head {
			return true
		}
	}
	return false
}

// common reports whether a word owes its capital to its place at the beginning of a
// sentence or in a headline: the report has it in small letters, too, or the lexicon
// knows it as a common noun.
func (r *resolver) common(i int) bool {
	a := r.a
	t := &a.ts[i]
	if i != a.sentenceOf(i).from && !a.heading(i) || t.upper || a.givenAt(i) {
		return false
	}
	if r.small == nil {
		r.small = map[string]bool{}
		for k := range a.ts {
			if t := &a.ts[k]; t.kind == wordToken && !t.capital && t.Len() > 3 {
				r.small[a.lowAt(k)] = true
			}
		}
	}
	return r.small[a.lowAt(i)]
}

// brand reports whether a word is written as only names of firms and of sites are:
// "KelpHub", "Harbour.com".
func (a *analysis) brand(i int) bool {
	s := a.ts[i].In(a.text)
	for _, end := range []string{".com", ".org", ".net", ".co.uk"} {
		if len(s) > len(end)+1 && strings.HasSuffix(strings.ToLower(s), end) {
			return true
		}
	}
	if len(s) < 5 || strings.ContainsAny(s, "-'’.") {
		return false
	}
	for _, first := range []string{"Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "O'", "Al", "El", "Ben", "Da", "Des", "Del"} {
		if strings.HasPrefix(s, first) {
			return false
		}
	}
	for k := 2; k+1 < len(s); k++ {
		if s[k] >= 'A' && s[k] <= 'Z' && s[k-1] >= 'a' && s[k-1] <= 'z' {
			return true
		}
	}
	return false
}

// laterThan leaves out of a phrase the time with which it begins: "A few days later the
// council".
func (a *analysis) laterThan(w words) words {
	for i := w.from + 1; i+2 < w.to && i < w.from+5; i++ {
		switch a.lowAt(i) {
		case "later", "earlier", "ago", "before", "after":
			if a.ts[i-1].is(timeWord) && a.ts[i+1].is(determiner|possessive) {
				return words{i + 1, w.to}
			}
		}
	}
	return w
}

// bodyAlone resolves a name that is a country's or is written as only those of firms
// are, where nobody else bears it.
func (r *resolver) bodyAlone(m *hearsay.Mention, run nameRun) bool {
	a := r.a
	name := a.lex.countries[a.span(run.words).In(a.text)]
	if name == "" && run.to-run.from == 1 && a.brand(run.from) {
		name = a.span(run.words).In(a.text)
	}
	if name == "" || !run.titles.empty() || a.possessiveMark(min(run.to, len(a.ts)-1)) {
		return false
	}
	m.Kind, m.Name = hearsay.ByOrganisation, name
	return true
}

// numerals are the words for small numbers, which a sentence may begin with.
var numerals = map[string]bool{
	"one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true, "nine": true, "ten": true,
	"eleven": true, "twelve": true, "twenty": true, "thirty": true, "forty": true, "fifty": true, "sixty": true, "dozens": true, "hundreds": true, "thousands": true, "scores": true,
}

// pairOfKinds reports whether a phrase begins with two words that say of what kind many
// are: "current and former officials".
func (a *analysis) pairOfKinds(w words) bool {
	i := w.from
	if w.to-i < 4 || a.lowAt(i+1) != "and" && a.lowAt(i+1) != "or" || a.ts[i+2].capital || a.ts[i].is(role|group|organisation) || a.pluralNoun(i) {
		return false
	}
	for j := i + 3; j < w.to && j < i+5; j++ {
		if a.ts[j].is(group) || a.pluralNoun(j) {
			return true
		}
	}
	return false
}

// officerLast returns the name in which a phrase ends whose office has "of" and a noun
// without an article: "the army's chief of staff General Ann Ott".
func (r *resolver) officerLast(w words) (nameRun, bool) {
	const back = 6 // tokens
	a := r.a
	for i := w.from + 3; i < w.to; i++ {
		if i < w.to-back || a.ts[i-1].capital || a.lowAt(i-2) != "of" || !a.ts[i-3].is(lead) || a.personNoun(i-1) || a.ts[i-1].is(determiner|possessive) {
			continue
		}
		if run, ok := a.nameRun(i); ok && run.to == w.to && !run.name.empty() && (!run.titles.empty() || r.surelyPerson(run)) {
			return run, true
		}
	}
	return nameRun{}, false
}

// worksFor reports whether a phrase goes on from the name of a body to a noun for one
// person: "a Department for Transport spokeswoman".
func (r *resolver) worksFor(w words) bool {
	a, h := r.a, w.to-1
	run, ok := r.nameIn(w)
	if !ok || !run.titles.empty() || r.people.firmAt[run.from] == nil && !a.bodyName(run.words) || a.definite(w) {
		return false
	}
	if h < run.to || a.ts[h].capital || !a.personNoun(h) || a.pluralNoun(h) || a.ts[h].is(group|organisation) {
		return false
	}
	for i := run.to; i < h; i++ {
		if low := a.lowAt(i); !a.ts[i].capital && low != "for" && low != "of" && low != "and" && low != "the" {
			return false
		}
	}
	return true
}

// enterKinds makes a body found by a noun of its name and by those that take up its
// words.
func (p *people) enterKinds(a *analysis, w words, noun string) {
	at := bodyAt{a.span(w), a.ts[w.from].Start}
	enter := func(noun string) {
		l := p.bodies[noun]
		if n := len(l); n < candidates && (n == 0 || l[n-1] != at) {
			p.bodies[noun] = append(l, at)
		}
	}
	enter(noun)
	for i := w.from; i < w.to; i++ {
		for _, kind := range a.lex.kinds[a.lowAt(i)] {
			enter(kind)
		}
		if i+1 < w.to {
			for _, kind := range a.lex.kinds[a.lowAt(i)+"_"+a.lowAt(i+1)] {
				enter(kind)
			}
		}
	}
}

// acronym records the letters that stand for the name of an organisation, those
// in brackets behind it and its initials.
func (p *people) acronym(a *analysis, w words) {
	name := a.span(w).In(a.text)
	enter := func(letters string) {
		if old, ok := p.acronyms[letters]; ok && old != name {
			name = ""
		}
		p.acronyms[letters] = name
	}
	if i := w.to; i+2 < len(a.ts) && a.ts[i].mark == '(' && a.ts[i].kind == punctuation && a.ts[i+1].upper && a.ts[i+2].mark == ')' && a.ts[i+2].kind == punctuation {
		enter(a.ts[i+1].In(a.text))
		return
	}
	var letters []byte
	for i := w.from; i < w.to; i++ {
		if a.ts[i].capital && a.ts[i].kind == wordToken && !a.ts[i].is(determiner) && len(letters) < 8 {
			letters = append(letters, a.text[a.ts[i].Start])
		}
	}
	if len(letters) >= 2 {
		enter(string(letters))
	}
}
