package annotate

import (
	"slices"
	"strings"

	"hearsay"
)

// A resolver tells who the mentions of a report are, in the order of the text.
type resolver struct {
	a      *analysis
	people *people
	byWord map[string][]*person // those with the word in a role
	recent []*person            // who spoke, the last one last
	group  string               // the last group that spoke, for "they"
	body   string               // the last organisation that spoke, for "it"
}

// candidates is the most persons that one description is compared with, so that
// a report with thousands of them costs no more than its length.
const candidates = 48

// newResolver collects the persons of a report and their roles.
func newResolver(a *analysis) *resolver {
	r := &resolver{a: a, people: a.persons(), byWord: map[string][]*person{}}
	for _, q := range r.people.all {
		for _, role := range q.roles {
			for _, w := range role.words {
				if l := r.byWord[w]; len(l) < candidates && !slices.Contains(l, q) {
					r.byWord[w] = append(l, q)
				}
			}
		}
	}
	return r
}

// headWords are nouns that stand for any office of their kind.
var headWords = []string{"chief", "head", "leader", "boss", "official", "politician", "minister"}

// leads are offices that "chief" or "leader" can mean.
var leads = []string{"secretary", "general", "director", "president", "chairman", "chairwoman", "chair", "minister", "chancellor", "commissioner", "chief", "head", "leader", "executive", "premier", "governor", "commander"}

// mention resolves the noun phrase w. A speaker moves the memory of who spoke
// last, an addressee does not.
func (r *resolver) mention(w words, speaks bool) (*hearsay.Mention, hearsay.Reason) {
	a := r.a
	m := &hearsay.Mention{Span: a.span(w)}
	first := &a.ts[w.from]
	switch {
	case w.to-w.from == 1 && first.is(third|personal|relative|indefinite) && !first.is(role|group):
		return m, r.pronoun(m, w, speaks)
	case r.name(m, w, speaks):
		return m, hearsay.Reason{Rule: "speaker-name", Span: r.signed(m)}
	}
	return m, r.noun(m, w, speaks)
}

// signed returns where the name that a mention was given stands in the report.
func (r *resolver) signed(m *hearsay.Mention) hearsay.Span {
	if q := r.people.byName[strings.ToLower(m.Name)]; q != nil {
		return q.first
	}
	return m.Span
}

// pronoun resolves he, she, they, it, who.
func (r *resolver) pronoun(m *hearsay.Mention, w words, speaks bool) hearsay.Reason {
	a := r.a
	m.Kind = hearsay.ByPronoun
	low := a.ts[w.from].low()
	switch low {
	case "he", "him", "his", "she", "her":
		sex := masculine
		if low == "she" || low == "her" {
			sex = feminine
		}
		if q := r.antecedent(w.from, sex); q != nil {
			r.take(m, q, speaks)
			return hearsay.Reason{Rule: "speaker-last", Span: q.first}
		}
		m.Why = hearsay.WhyNotInReport
	case "they", "them":
		m.Name = r.group
	case "it":
		m.Name = r.body
	case "who", "which", "that", "whom":
		if before := a.phraseBefore(r.beforeComma(w.from), a.sentenceOf(w.from).from); !before.empty() && !a.ts[before.from].is(relative) {
			n, reason := r.mention(before, speaks)
			m.Name, m.Role, m.Why = n.Name, n.Role, n.Why
			return reason
		}
	}
	if m.Name == "" && m.Why == "" {
		m.Why = hearsay.WhyAmbiguous
	}
	return hearsay.Reason{Rule: "speaker-pronoun", Span: m.Span}
}

// beforeComma passes over the comma that may stand before "who".
func (r *resolver) beforeComma(i int) int {
	if i > 0 && r.a.ts[i-1].kind == punctuation && r.a.ts[i-1].mark == ',' {
		return i - 1
	}
	return i
}

// antecedent returns the person that a pronoun at token i stands for: one named
// before it in a sentence that has no verb yet, or else the last speaker of
// that sex, or the last person named.
func (r *resolver) antecedent(i int, sex class) *person {
	a := r.a
	s := a.sentenceOf(i)
	if i > s.from && a.outside(i-1) && !a.verbWithin(s.from, i) {
		if q := r.namedWithin(s.from, i, sex); q != nil {
			return q
		}
	}
	for k := len(r.recent) - 1; k >= 0; k-- {
		if q := r.recent[k]; q.sex == 0 || q.sex == sex {
			return q
		}
	}
	return r.namedWithin(max(0, s.from-120), i, sex)
}

// namedWithin returns the last evident person named in the tokens, outside
// quotations.
func (r *resolver) namedWithin(from, to int, sex class) *person {
	a := r.a
	var found *person
	for i := from; i < to; {
		run, ok := a.nameRun(i)
		if !ok {
			i++
			continue
		}
		i = run.to
		if !a.outside(run.from) || run.to > to {
			continue
		}
		q, _ := r.people.named(a.contentWords(run.name), sex)
		if q != nil && q.evident && (q.sex == 0 || q.sex == sex) {
			found = q
		}
	}
	return found
}

// take gives a mention the name and role of a person.
func (r *resolver) take(m *hearsay.Mention, q *person, speaks bool) {
	m.Name = q.name
	if len(q.roles) > 0 {
		m.Role = q.roles[0].In(r.a.text)
	}
	if speaks {
		r.remember(q)
	}
}

// remember moves a person to the end of those who spoke.
func (r *resolver) remember(q *person) {
	const most = 8
	if i := slices.Index(r.recent, q); i >= 0 {
		r.recent = slices.Delete(r.recent, i, i+1)
	}
	if len(r.recent) == most {
		r.recent = slices.Delete(r.recent, 0, 1)
	}
	r.recent = append(r.recent, q)
}

// name resolves a mention that has a proper name as its head.
func (r *resolver) name(m *hearsay.Mention, w words, speaks bool) bool {
	a := r.a
	i := w.from
	for i < w.to && (a.ts[i].is(determiner|possessive) || a.ts[i].kind == wordToken && !a.ts[i].capital) && !a.ts[i].is(third) {
		// "the", "former", "candidate" before a name
		if a.ts[i].is(postmodifier) {
			return false
		}
		i++
	}
	if i >= w.to {
		return false
	}
	run, ok := a.nameRun(i)
	if !ok || run.name.empty() {
		return false
	}
	run.to, run.name.to = min(run.to, w.to), min(run.name.to, w.to)
	if run.name.empty() {
		return false
	}
	if run.to < w.to && (a.ts[run.to].low() == "'s" || a.ts[run.to].kind == wordToken && !a.ts[run.to].is(preposition|conjunction|relative)) {
		return false // "Biden's spokesman", "Reuters news agency"
	}
	if run.titles.empty() && a.bodyName(run.words) {
		m.Kind = hearsay.ByOrganisation
		m.Name = a.span(run.words).In(a.text)
		if speaks {
			r.body = m.Name
		}
		return true
	}
	parts := a.contentWords(run.name)
	q, ambiguous := r.people.named(parts, run.sex)
	if q == nil && !ambiguous && len(parts) == 1 {
		q = r.people.byGiven[parts[0]]
	}
	m.Kind = hearsay.ByName
	switch {
	case ambiguous:
		m.Why = hearsay.WhyAmbiguous
	case q != nil:
		q.evident = q.evident || speaks && len(parts) > 1
		r.take(m, q, speaks)
	default:
		m.Name = a.span(run.name).In(a.text)
		if i > w.from && a.ts[w.from].is(determiner) && len(parts) == 1 {
			return false
		}
	}
	return true
}

// bodyName reports whether a capitalised row names an organisation: by one of
// its words, or as letters that stand for one.
func (a *analysis) bodyName(w words) bool {
	for i := w.from; i < w.to; i++ {
		if a.ts[i].is(organisation) && !a.ts[i].is(title) {
			return true
		}
	}
	return w.to-w.from == 1 && a.ts[w.from].upper && a.ts[w.from].End-a.ts[w.from].Start <= 6
}

// noun resolves descriptions: "the outgoing harbour chief", "critics", "a
// source close to the talks".
func (r *resolver) noun(m *hearsay.Mention, w words, speaks bool) hearsay.Reason {
	a := r.a
	head := a.head(w)
	t := &a.ts[head]
	text := a.span(w).In(a.text)
	indefinite := a.ts[w.from].is(determiner) && slices.Contains([]string{"a", "an", "one", "another", "some"}, a.ts[w.from].low())
	switch {
	case t.is(unnamed) && !t.capital && (indefinite || t.is(group) || w.from == head):
		m.Kind = hearsay.ByAnonymous
		if t.is(group) && !a.hides(w) {
			m.Kind, m.Name = hearsay.ByGroup, text
			r.spoke(&r.group, m.Name, speaks)
			return hearsay.Reason{Rule: "speaker-group", Span: m.Span}
		}
		m.Why = hearsay.WhyUnnamed
	case t.is(group) || a.pluralNoun(head) && !t.capital:
		m.Kind, m.Name = hearsay.ByGroup, a.withoutArticle(w)
		r.spoke(&r.group, m.Name, speaks)
		return hearsay.Reason{Rule: "speaker-group", Span: m.Span}
	case t.is(organisation|document) && !t.is(role) || t.capital && !t.is(role|title):
		m.Kind, m.Name = hearsay.ByOrganisation, a.withoutArticle(w)
		r.spoke(&r.body, m.Name, speaks)
		return hearsay.Reason{Rule: "speaker-organisation", Span: m.Span}
	default:
		m.Kind = hearsay.ByNoun
		if !indefinite {
			if q, role := r.byRole(w, head); q != nil {
				r.take(m, q, speaks)
				return hearsay.Reason{Rule: "speaker-role", Span: role}
			}
		}
		m.Why = hearsay.WhyNotInReport
		if indefinite {
			m.Why = hearsay.WhyUnnamed
		}
	}
	return hearsay.Reason{Rule: "speaker-description", Span: m.Span}
}

func (r *resolver) spoke(memory *string, name string, speaks bool) {
	if speaks {
		*memory = name
	}
}

// hides reports whether a phrase says that the name is kept back.
func (a *analysis) hides(w words) bool {
	for i := w.from; i < w.to; i++ {
		switch a.low(a.ts[i]) {
		case "anonymity", "anonymous", "unnamed", "unidentified", "named", "identified", "source", "sources", "insiders", "insider":
			return true
		}
	}
	return false
}

// withoutArticle returns the words of a phrase but for its article.
func (a *analysis) withoutArticle(w words) string {
	if w.to-w.from > 1 && (a.ts[w.from].low() == "the" || a.ts[w.from].low() == "a" || a.ts[w.from].low() == "an") {
		w.from++
	}
	return a.span(w).In(a.text)
}

// head returns the head noun of a phrase: the last noun before its first
// preposition, comma or relative pronoun.
func (a *analysis) head(w words) int {
	i := w.from
	for i < w.to && a.ts[i].is(determiner|possessive) {
		i++
	}
	head := min(i, w.to-1)
	for ; i < w.to; i++ {
		t := &a.ts[i]
		if t.is(preposition|relative|conjunction) && !a.possessiveMark(i) || t.kind == punctuation && t.mark != '-' {
			break
		}
		if t.kind == wordToken && !a.possessiveMark(i) {
			head = i
		}
	}
	return head
}

// byRole returns the person to whom the report has given the office that a
// description names, and where.
func (r *resolver) byRole(w words, head int) (*person, hearsay.Span) {
	a := r.a
	ws := a.contentWords(w)
	noun := a.low(a.ts[head])
	generic := slices.Contains(headWords, noun)
	var best *person
	var at hearsay.Span
	top, tied := 0, false
	for _, q := range r.holders(ws, noun, generic) {
		score, span := r.fit(q, ws, noun, generic)
		if score == 0 {
			continue
		}
		score = score*16 + r.recency(q)
		switch {
		case score > top:
			top, best, at, tied = score, q, span, false
		case score == top:
			tied = true
		}
	}
	if tied {
		return nil, hearsay.Span{}
	}
	return best, at
}

// holders returns those whose roles have the head noun of a description or,
// where that stands for any office, one of its words.
func (r *resolver) holders(ws []string, noun string, generic bool) []*person {
	found := r.byWord[noun]
	if !generic {
		return found
	}
	found = slices.Clone(found)
	for _, w := range ws {
		for _, q := range r.byWord[w] {
			if w != noun && !slices.Contains(found, q) {
				found = append(found, q)
			}
		}
	}
	return found
}

// fit counts the words that a description shares with a role of a person; 0
// where the head does not fit.
func (r *resolver) fit(q *person, ws []string, noun string, generic bool) (int, hearsay.Span) {
	best, at := 0, hearsay.Span{}
	for _, role := range q.roles {
		shared := 0
		for _, x := range ws {
			if slices.Contains(role.words, x) {
				shared++
			}
		}
		fits := slices.Contains(role.words, noun)
		if !fits && generic && shared > 0 {
			for _, l := range leads {
				fits = fits || slices.Contains(role.words, l)
			}
		}
		// Every word of the office must fit, or at least the head and one more.
		if fits && shared > best && (shared >= 2 || len(ws) == 1 || generic) {
			best, at = shared, role.Span
		}
	}
	return best, at
}

// recency is higher for those who spoke lately.
func (r *resolver) recency(q *person) int {
	for k := len(r.recent) - 1; k >= 0; k-- {
		if r.recent[k] == q {
			return k + 2
		}
	}
	return 0
}
