package annotate

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"hearsay"
)

// A resolver tells who the mentions of a report are, in the order of the text.
type resolver struct {
	a      *analysis
	people *people
	byWord map[string][]*person // those with the word in a role
	recent []*person            // who spoke, the last one last
	noName *hearsay.Mention     // the last speaker, where the report gives no name
	group  hearsay.Span         // the last group that spoke, for "they"
	body   hearsay.Mention      // the last organisation that spoke, for "it"
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
				r.index(w, q)
				if a.lex.leads(w) {
					r.index(anyLead, q)
				}
			}
		}
	}
	return r
}

// anyLead is the key of those who lead something; no word is written so.
const anyLead = "*"

func (r *resolver) index(word string, q *person) {
	if l := r.byWord[word]; len(l) < candidates && !slices.Contains(l, q) {
		r.byWord[word] = append(l, q)
	}
}

// speaker resolves the noun phrase of one who speaks.
func (r *resolver) speaker(w words) (*hearsay.Mention, hearsay.Reason) {
	return r.mention(w, true)
}

// mention resolves the noun phrase w. A speaker moves the memory of who spoke
// last, an addressee does not.
func (r *resolver) mention(w words, speaks bool) (*hearsay.Mention, hearsay.Reason) {
	a := r.a
	m := &hearsay.Mention{Span: a.span(w)}
	first := &a.ts[w.from]
	switch {
	case w.to-w.from == 1 && first.is(third|personal|relative|indefinite) && !first.is(role|group):
		return m, r.pronoun(m, w, speaks)
	case r.joint(m, w, speaks):
		return m, hearsay.Reason{Rule: "speaker-names", Span: m.Span}
	case !(w.to-w.from == 1 && first.is(group) && r.groupAtStart(w)) && r.name(m, w, speaks):
		return m, hearsay.Reason{Rule: "speaker-name", Span: r.signed(m)}
	}
	return m, r.noun(m, w, speaks)
}

// joint resolves those who speak together: "Ott and Brand", "Ott, Brand and
// Lind". All must have names.
func (r *resolver) joint(m *hearsay.Mention, w words, speaks bool) bool {
	a := r.a
	var parts []words
	from := w.from
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
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
	return true
}

// label resolves the name before a colon of a transcript. Capitals are the
// transcript's own; "Q" and "A" name nobody.
func (r *resolver) label(w words) (*hearsay.Mention, hearsay.Reason) {
	a := r.a
	m := &hearsay.Mention{Span: a.span(w), Kind: hearsay.ByName}
	reason := hearsay.Reason{Rule: "speaker-label", Span: m.Span}
	text := m.Span.In(a.text)
	if len(text) == 1 || a.lex.labels[strings.ToLower(text)] {
		m.Kind, m.Why = hearsay.ByAnonymous, hearsay.WhyUnnamed
		return m, reason
	}
	run, ok := a.nameRun(w.from)
	if !ok || run.name.empty() {
		m.Kind, m.Why = hearsay.ByNoun, hearsay.WhyUnnamed
		if q, at := r.byRole(w, a.head(w)); q != nil {
			m.Why = ""
			r.take(m, q, true)
			reason = hearsay.Reason{Rule: "speaker-role", Span: at}
		}
		return m, reason
	}
	run.name.to = min(run.name.to, w.to)
	if q, _ := r.people.named(a.contentWords(run.name), run.sex); q != nil {
		r.take(m, q, true)
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
		if r.noName != nil && r.namedWithin(r.after(r.noName.End), w.from, sexOf(low)) == nil {
			m.Why = r.noName.Why
			return hearsay.Reason{Rule: "speaker-last-unnamed", Span: r.noName.Span}
		}
		sex := sexOf(low)
		if q := r.antecedent(w.from, sex); q != nil {
			q.sex = sex
			r.take(m, q, speaks)
			return hearsay.Reason{Rule: "speaker-last", Span: q.first}
		}
		m.Why = hearsay.WhyNotInReport
	case "they", "them":
		if !r.group.Empty() {
			m.Why = hearsay.WhyUnnamed
			return hearsay.Reason{Rule: "speaker-last-group", Span: r.group}
		}
	case "it":
		if r.body.Name != "" {
			m.Name = r.body.Name
			return hearsay.Reason{Rule: "speaker-last-organisation", Span: r.body.Span}
		}
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

func sexOf(pronoun string) class {
	if pronoun == "she" || pronoun == "her" {
		return feminine
	}
	return masculine
}

// after returns the first token that begins at a byte or behind it.
func (r *resolver) after(at int) int {
	return sort.Search(len(r.a.ts), func(i int) bool { return r.a.ts[i].Start >= at })
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
	if q := r.subjectBefore(s, sex); q != nil {
		return q
	}
	for k := len(r.recent) - 1; k >= 0; k-- {
		if q := r.recent[k]; q.sex == 0 || q.sex == sex {
			return q
		}
	}
	return r.namedWithin(max(0, s.from-120), i, sex)
}

// subjectBefore returns the person whose name the sentence before s, in the same
// paragraph, begins with.
func (r *resolver) subjectBefore(s sentence, sex class) *person {
	a := r.a
	k := sort.Search(len(a.ss), func(k int) bool { return a.ss[k].to >= s.from })
	if s.from == 0 || k >= len(a.ss) || a.ss[k].block != s.block {
		return nil
	}
	w := a.phraseAfter(a.ss[k].from, a.ss[k].to, true)
	if w.empty() {
		return nil
	}
	run, ok := r.properName(w)
	if !ok {
		return nil
	}
	q, _ := r.people.named(a.contentWords(run.name), run.sex)
	if q == nil || !q.evident && q.given == "" || q.sex != 0 && q.sex != sex {
		return nil
	}
	return q
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
		r.noName = nil
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

// name resolves a mention that holds a proper name as its head: "Ott", "Mayor
// Ann Ott", "the mayor, Ann Ott", "the Thornish ruler Ann Ott".
func (r *resolver) name(m *hearsay.Mention, w words, speaks bool) bool {
	a := r.a
	if r.government(m, w, speaks) {
		return true
	}
	if last := &a.ts[w.to-1]; last.is(demonym) && a.ts[w.from].is(determiner) && a.head(w) == w.to-1 {
		return false // "the Spaniard"
	}
	run, ok := r.properName(w)
	if !ok {
		return false
	}
	if run.titles.empty() && a.bodyName(run.words) {
		m.Kind = hearsay.ByOrganisation
		first := w.from
		for !a.ts[first].capital || a.ts[first].is(determiner) {
			first++
		}
		m.Name = r.longerName(a.span(words{first, a.bodyEnd(run.to, w.to)}).In(a.text), run)
		r.spoke(m, speaks)
		return true
	}
	parts := a.contentWords(run.name)
	q, ambiguous := r.people.named(parts, run.sex)
	if q == nil && !ambiguous && len(parts) == 1 {
		if q = r.people.byGiven[parts[0]]; q == nil {
			q = r.people.byPart[parts[0]]
		}
	}
	switch {
	case ambiguous:
		m.Why = hearsay.WhyAmbiguous
	case q != nil:
		q.evident = q.evident || speaks && len(parts) > 1
		r.take(m, q, speaks)
	case len(parts) == 1 && (a.ts[w.from].is(determiner) || r.groupAtStart(w)):
		return false
	default:
		m.Name = a.span(run.name).In(a.text)
		if speaks {
			r.noName = nil
			r.remember(&person{name: m.Name, first: m.Span, evident: true, sex: run.sex})
		}
	}
	m.Kind = hearsay.ByName
	return true
}

// properName returns the name that a phrase is about: the one it begins with or
// ends with, or the one behind its first comma.
func (r *resolver) properName(w words) (nameRun, bool) {
	a := r.a
	for i := w.from; i < w.to; i++ {
		t := &a.ts[i]
		if t.kind == punctuation && t.mark == ',' {
			if i > w.from && a.ts[i-1].is(organisation|group|document) && !a.ts[i-1].capital {
				return nameRun{}, false // "a spokesman for the company, Brand & Sons"
			}
			if run, ok := a.nameRun(i + 1); ok && run.to <= w.to && !run.name.empty() && a.ts[a.head(w)].is(role|title) {
				return run, true
			}
			return nameRun{}, false
		}
		if t.is(postmodifier|conjunction|relative) && !t.is(determiner) {
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
		if t.is(group|document|unnamed|organisation) && i+1 < w.to && !a.ts[i+1].capital && i == a.sentenceOf(i).from {
			continue // "Analysts at Hollis Capital"
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
		if run.to < w.to && (a.possessiveMark(run.to) || next.kind == wordToken && !next.is(preposition|conjunction|relative)) {
			i = run.to - 1 // "Brand's spokesman", "the Thornish ruler Ann Ott"
			continue
		}
		return run, true
	}
	return nameRun{}, false
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

// noun resolves descriptions: "the outgoing harbour chief", "critics", "a
// source close to the talks".
func (r *resolver) noun(m *hearsay.Mention, w words, speaks bool) hearsay.Reason {
	a := r.a
	head := a.head(w)
	t := &a.ts[head]
	_, described := r.described(w)
	indefinite := a.ts[w.from].is(determiner) && slices.Contains([]string{"a", "an", "one", "another", "some"}, a.ts[w.from].low())
	switch {
	case t.is(unnamed) && !t.capital && (indefinite || t.is(group) || w.from == head):
		m.Kind = hearsay.ByAnonymous
		if t.is(group) && !a.hides(w) {
			m.Kind = hearsay.ByGroup
		}
		m.Why = hearsay.WhyUnnamed
		r.spoke(m, speaks)
		if speaks && m.Kind == hearsay.ByAnonymous {
			r.noName = m
		}
	case t.is(group) || a.pluralNoun(head) && (!t.capital || r.groupAtStart(w)):
		m.Kind, m.Why = hearsay.ByGroup, hearsay.WhyUnnamed
		r.spoke(m, speaks)
		return hearsay.Reason{Rule: "speaker-group", Span: m.Span}
	case t.is(demonym) && t.capital && head == w.to-1:
		m.Kind = hearsay.ByNoun
		if q, role := r.byRole(w, head); q != nil {
			r.take(m, q, speaks)
			return hearsay.Reason{Rule: "speaker-role", Span: role}
		}
		if q := r.onlyCandidate(w, head); q != nil {
			r.take(m, q, speaks)
			return hearsay.Reason{Rule: "speaker-only-candidate", Span: q.first}
		}
		m.Why = hearsay.WhyNotInReport
		if speaks {
			r.noName = m
		}
	case t.is(organisation|document) && !t.is(role) || t.capital && !t.is(role|title) || described:
		m.Kind = hearsay.ByOrganisation
		at := r.organisation(m, w, head)
		r.spoke(m, speaks)
		return hearsay.Reason{Rule: "speaker-organisation", Span: at}
	default:
		m.Kind = hearsay.ByNoun
		if !indefinite {
			if q, role := r.byRole(w, head); q != nil {
				r.take(m, q, speaks)
				return hearsay.Reason{Rule: "speaker-role", Span: role}
			}
		}
		if q := r.onlyCandidate(w, head); q != nil && !indefinite {
			r.take(m, q, speaks)
			return hearsay.Reason{Rule: "speaker-only-candidate", Span: q.first}
		}
		m.Why = hearsay.WhyNotInReport
		if indefinite {
			m.Why = hearsay.WhyUnnamed
		}
		if speaks {
			r.noName = m
		}
	}
	return hearsay.Reason{Rule: "speaker-description", Span: m.Span}
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
