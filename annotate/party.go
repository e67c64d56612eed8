package annotate

import (
	"strings"

	"hearsay"
)

// A party is what the words for one side of a dispute have in common: a country
// for places, adjectives and governments, a surname, or the noun of a body.
type party struct {
	country string
	name    string // the last word of a name, in small letters
	noun    string // "ministry": told of with "the"
}

func (p party) any() bool { return p != party{} }

// same reports whether two are likely the same party.
func (p party) same(q party) bool {
	switch {
	case p.country != "" && q.country != "":
		return p.country == q.country
	case p.name != "" && q.name != "":
		return p.name == q.name
	}
	return p.noun != "" && p.noun == q.noun
}

// namesOf returns what a noun phrase is known by.
func (c *checker) namesOf(w words) party { return c.partyIn(w) }

// partyIn returns the party that a noun phrase stands for.
func (a *analysis) partyIn(w words) party {
	var p party
	for i := w.from; i < w.to && i < w.from+16; i++ {
		if country := a.country(i, w.to); country != "" {
			p.country = country
			break
		}
	}
	if w.empty() {
		return p
	}
	h := a.head(w)
	t := &a.ts[h]
	switch {
	case t.kind != wordToken:
	case t.capital && !t.is(title) && !a.ts[h].is(personal|determiner):
		p.name = a.low(*t)
	case t.is(role|group|organisation) && !t.is(unnamed):
		p.noun = a.low(*t)
	}
	if p.noun != "" {
		for i := w.from; i < w.to && i < w.from+16; i++ {
			if a.ts[i].capital && i > w.from && a.country(i, w.to) == "" && !a.ts[i].is(title|determiner) {
				p.name = a.low(a.ts[i]) // "a spokesman for Brand"
			}
		}
	}
	if p.noun != "" && t.is(role) && !t.is(group|organisation) {
		for i := w.from; i < w.to && i < w.from+10; i++ {
			if i != h && a.ts[i].is(organisation|group) && !a.ts[i].capital && !a.ts[i].is(title|role) {
				p.noun = a.low(a.ts[i]) // "a ministry spokesman", "a spokesman for the agency"
				break
			}
		}
	}
	return p
}

// country returns the country that the name, seat or adjective at token i, of
// one word or two, stands for.
func (a *analysis) country(i, hi int) string {
	t := &a.ts[i]
	if t.kind != wordToken || !t.capital {
		return ""
	}
	for _, n := range [...]int{2, 1} {
		if i+n > hi || n == 2 && !a.ts[i+1].capital {
			continue
		}
		s := a.span(words{i, i + n}).In(a.text)
		for _, names := range [...]map[string]string{a.lex.countries, a.lex.adjectives, a.lex.checks.parties} {
			if country := names[s]; country != "" {
				return country
			}
		}
		if last := len(s) - 1; s[last] == 's' { // "Russians"
			if country := a.lex.adjectives[s[:last]]; country != "" {
				return country
			}
		}
	}
	return ""
}

// speaks reports whether the party is the speaker of a statement.
func (c *checker) speaks(n int, p party) bool { return c.partyOf(n).same(p) }

// partyOf returns the party that speaks a statement.
func (c *checker) partyOf(n int) party { return speakerParty(c.analysis, &c.ss[n], &c.parts[n]) }

// speakerParty returns the party that speaks a statement.
func speakerParty(a *analysis, s *hearsay.Statement, at *attribution) party {
	p := a.partyIn(at.speaker)
	if s.Speaker == nil || s.Speaker.Name == "" {
		return p
	}
	name := s.Speaker.Name
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == ' ' {
			name = name[i+1:]
			break
		}
	}
	switch {
	case a.lex.countries[s.Speaker.Name] != "":
		p.country, p.name = a.lex.countries[s.Speaker.Name], ""
	case s.Speaker.Kind == hearsay.ByName || s.Speaker.Kind == hearsay.ByPronoun || p.name == "":
		p.name = strings.ToLower(name)
	}
	return p
}

// mentions reports whether the content of a statement tells of the party.
func (c *checker) mentions(n int, p party) bool { return c.tellsOf(&c.parts[n], p) }

// tellsOf reports whether the content of an attribution tells of a party.
func (a *analysis) tellsOf(at *attribution, p party) bool {
	const most = 80
	looked := 0
	for _, w := range append(at.content[:len(at.content):len(at.content)], at.addressee) {
		for i := w.from; i < w.to && looked < most; i++ {
			looked++
			t := &a.ts[i]
			if t.block != a.ts[w.from].block && a.outside(i) {
				break // what is not quoted ends with its paragraph
			}
			if t.kind != wordToken {
				continue
			}
			if t.capital {
				if p.country != "" && a.country(i, w.to) == p.country {
					return true
				}
				if p.name != "" && a.low(*t) == p.name {
					return true
				}
			}
			if p.noun != "" && t.lex != nil && t.lex.low == p.noun && p.name == "" && p.country == "" {
				return true
			}
		}
	}
	return false
}
