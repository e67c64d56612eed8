package annotate

import (
	"strconv"
	"strings"

	"hearsay"
)

// This file finds what the words about a name say of its bearer: the office before
// it ("the minister, Ann Ott"), what she does ("Ann Ott, who runs the mill"), her age.

// officeBefore records the description that stands before the comma before a name.
func (a *analysis) officeBefore(q *person, r nameRun) {
	w := a.phraseBeforeComma(r.from)
	if w.empty() || !a.closesApposition(r.to, a.ts[r.from].block) {
		return
	}
	h := a.headNoun(w)
	if !a.personNoun(h) || a.pluralNoun(h) || a.ts[h].is(group) && !a.ts[h].is(role) {
		return
	}
	if h < w.to-1 && a.bodyNoun(w.to-1) && !q.evident && !a.only(w) {
		return // "a spokesman for the company, Brand Mills,"
	}
	q.evident = true
	if q.sex == 0 {
		q.sex = a.sexOfNoun(h)
	}
	a.addRole(q, w)
}

// only reports whether a phrase is of one who alone is so: "the leader of the
// council", "the council's leader", "her brother".
func (a *analysis) only(w words) bool {
	for i := w.from; i < w.to && !a.ts[i].is(preposition); i++ {
		if a.lowAt(i) == "the" || a.ts[i].is(possessive) || a.possessiveMark(i) {
			return true
		}
	}
	return false
}

// closesApposition reports whether a name that ends at token i can be an
// apposition: a mark or nothing follows.
func (a *analysis) closesApposition(i int, block int32) bool {
	return i >= len(a.ts) || a.ts[i].block != block || a.ts[i].kind == punctuation && a.ts[i].mark != '&' || a.ts[i].kind == quoteMark
}

// deedBehind records the offices that a clause with "who" behind a name tells:
// "Ann Ott, who has led the school since 2019".
func (a *analysis) deedBehind(q *person, i int) {
	const near = 5 // tokens
	if i+2 >= len(a.ts) || a.ts[i].kind != punctuation || a.ts[i].mark != ',' || a.ts[i+1].block != a.ts[i].block {
		return
	}
	low := a.ts[i+1].low()
	if low != "who" && low != "whose" {
		return
	}
	q.evident = true
	if low == "whose" {
		return
	}
	for j := i + 2; j < len(a.ts) && j < i+2+near && a.ts[j].block == a.ts[i].block; j++ {
		offices := a.lex.does[a.low(a.ts[j])]
		if offices == nil {
			if a.ts[j].is(auxiliary) || a.adverb(j) {
				continue
			}
			return
		}
		end := a.phraseAfter(j+1, min(j+12, a.sentenceOf(j).to), false).to
		ws := append([]string{}, offices...)
		if end > j+1 {
			ws = append(ws, a.contentWords(words{j + 1, end})...)
		}
		if len(q.roles) < mostRoles {
			q.roles = append(q.roles, roleAt{Span: a.span(words{j, max(end, j+1)}), words: ws, tacit: true})
		}
		return
	}
}

// ageBehind returns the age that stands behind a name, 0 for none: "Ann Ott, 58,",
// "Ann Ott (62)".
func (a *analysis) ageBehind(i int) int {
	if i+1 >= len(a.ts) || a.ts[i].kind != punctuation || a.ts[i].mark != ',' && a.ts[i].mark != '(' || a.ts[i+1].kind != numberToken || a.ts[i+1].block != a.ts[i].block {
		return 0
	}
	return age(a.ts[i+1].In(a.text))
}

// age reads the number at the beginning of a word as an age, 0 for none.
func age(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	years, err := strconv.Atoi(s[:n])
	if err != nil || years < 5 || years > 115 {
		return 0
	}
	return years
}

// agedWord returns the age in a word such as "58-year-old", 0 for none.
func agedWord(s string) int {
	if !strings.Contains(s, "-year-old") {
		return 0
	}
	return age(s)
}

// personNoun reports whether a token is a noun that names a person, by the lexicon
// or by how it is built.
func (a *analysis) personNoun(i int) bool {
	t := &a.ts[i]
	low := a.low(*t)
	if t.kind == numberToken {
		return agedWord(low) > 0
	}
	if t.kind != wordToken {
		return false
	}
	_, sexed := a.lex.sexes[low]
	if t.is(adverb|subordinator) && !t.is(role|title) {
		return false // "moreover"
	}
	if sexed || t.is(role|title|demonym|unnamed) || a.lex.same[low] != "" || a.lex.persons[low] {
		return true
	}
	if agedWord(low) > 0 {
		return true
	}
	if t.is(organisation|document) || a.lex.companies[low] {
		return false
	}
	if first, rest, ok := strings.Cut(low, "-in-"); ok && (rest == "law" || rest == "chief" || rest == "residence") {
		low = first // "brother-in-law", "editor-in-chief"
		if _, kin := a.lex.sexes[low]; kin {
			return true
		}
	}
	if k := strings.LastIndexByte(low, '-'); k >= 0 {
		low = low[k+1:]
	}
	for _, end := range []string{"er", "or", "ist", "ian", "man", "woman", "eer", "mate", "chief", "boss", "star"} {
		if len(low) > len(end)+1 && strings.HasSuffix(low, end) && !notPersons[low] {
			return true
		}
	}
	return false
}

// notPersons are nouns that end as those of persons do.
var notPersons = map[string]bool{
	"paper": true, "newspaper": true, "letter": true, "number": true, "order": true, "offer": true, "power": true, "matter": true, "river": true,
	"water": true, "tower": true, "corner": true, "chapter": true, "centre": true, "center": true, "labor": true, "error": true, "factor": true,
	"floor": true, "door": true, "motor": true, "mirror": true, "tractor": true, "sector": true, "list": true, "twist": true, "folder": true,
	"winter": true, "summer": true, "charter": true, "barrier": true, "harbour": true, "harbor": true, "weather": true, "disaster": true, "counter": true,
}

// byAge returns the one person of whom the report has told that age.
func (r *resolver) byAge(years int) *person {
	var found *person
	for _, q := range r.aged[years] {
		if found != nil && found != q {
			return nil
		}
		found = q
	}
	return found
}

// headNames are the full names in headings by their last word; of those only that
// the body takes up count.
func (a *analysis) headNames(p *people) {
	for _, run := range p.runs {
		if n := run.name.to - run.name.from; n < 2 || n > 4 || !a.heading(run.from) {
			continue
		}
		s := a.span(run.name)
		surname := a.low(a.ts[run.name.to-1])
		if l := p.bySurname[surname]; len(l) == 1 && l[0].given == "" {
			q := l[0]
			q.name, q.first, q.given = s.In(a.text), s, a.low(a.ts[run.name.from])
			q.know(q.given, a.lex)
			p.byName[strings.Join(a.contentWords(run.name), " ")] = q
		} else if len(l) == 0 {
			if old, ok := p.headed[surname]; ok && old.In(a.text) != s.In(a.text) {
				s = hearsay.Span{}
			}
			p.headed[surname] = s
		}
	}
}

// inDateline reports whether a row of capitalised words is the place before the dash
// with which a report begins: "PORT LYS, May 3 (NPA) -", "Port Lys - The mayor".
func (a *analysis) inDateline(run nameRun) bool {
	const most = 14  // tokens
	const blocks = 6 // in which a report may begin
	i := run.from
	if a.ts[i].block >= blocks || a.heading(i) || i > 0 && a.ts[i-1].block == a.ts[i].block || run.to-run.from > 4 {
		return false
	}
	for j := run.to; j+1 < len(a.ts) && j < run.to+most && a.ts[j].block == a.ts[i].block; j++ {
		t := &a.ts[j]
		if t.kind == punctuation && (t.mark == markDash || t.mark == '-') {
			next := &a.ts[j+1]
			return t.spaced && next.spaced && (a.ts[i].upper || a.ts[j-1].kind != wordToken || next.capital)
		}
		if t.kind == punctuation && t.mark != ',' && t.mark != '(' && t.mark != ')' || t.kind == wordToken && !t.capital && !t.is(month) && t.low() != "of" {
			return false
		}
	}
	return false
}
