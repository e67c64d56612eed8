package annotate

import (
	"sort"
	"strings"

	"hearsay"
)

// A sight is a place where the report tells of one person: by a name, by "he" or
// "she", or by a description that is the subject of its sentence.
type sight struct {
	words
	q        *person          // who it is; nil where the report gives no name or several could be meant
	unnamed  *hearsay.Mention // the description of one without a name
	sex      class            // as the words of the place tell it; 0 where they do not
	weight   float32          // how much the place puts the person in view
	sentence int32
	quote    int32
	speaks   bool // is the subject of a verb of speech
}

// The weights of a sight: what stands as the subject stays in view, who speaks
// even more, and whose something is, least.
const (
	subjectWeight = 100
	speechWeight  = 50
	firstWeight   = 80
	otherWeight   = 40
	ownerWeight   = 30
)

// lookAround finds the sights of the report, in order.
func (r *resolver) lookAround() {
	a, k := r.a, 0
	runs := r.people.runs
	latest := map[string]fullName{} // by surname, the one named in full last
	for n := range a.ss {
		s := a.ss[n]
		for i := s.from; i < s.to; i++ {
			for k < len(runs) && runs[k].from < i {
				k++
			}
			switch t := &a.ts[i]; {
			case k < len(runs) && runs[k].from == i:
				r.seeName(runs[k], s, n, latest)
				i = max(i, min(runs[k].to, s.to)-1)
			case t.is(third) && (t.low() == "he" || t.low() == "she"):
				r.seePronoun(i, s, n)
			case t.is(determiner|indefinite|possessive) && i+1 < s.to:
				seen := len(r.sights)
				r.seeDescription(i, s, n)
				if len(r.sights) == seen {
					r.seeSpeaker(i, n)
				}
			case (t.is(group) || a.pluralNoun(i)) && t.quote == 0 && a.verbAfter(i+1, s.to):
				r.several = append(r.several, several{words{i, i + 1}, ""})
			}
		}
	}
}

// A fullName is where a person was named in full.
type fullName struct {
	q        *person
	sentence int
	weight   float32
}

// seeName records the person or the body that a row of capitalised words names.
func (r *resolver) seeName(run nameRun, s sentence, n int, latest map[string]fullName) {
	a := r.a
	if run.name.empty() {
		return
	}
	if r.people.firmAt[run.from] != nil {
		r.bodies = append(r.bodies, run.words)
		return
	}
	if run.titles.empty() && r.people.the[strings.Join(a.contentWords(run.words), " ")] {
		if a.saysAfter(run.to, s.to) {
			r.bodies = append(r.bodies, run.words)
		}
		return
	}
	if run.titles.empty() && a.pressName(run.words) && !a.bodyName(run.words) {
		if a.saysAfter(run.to, s.to) {
			r.bodies = append(r.bodies, run.words)
		}
		return
	}
	if run.titles.empty() && a.bodyName(run.words) {
		if name := a.lex.countries[a.span(run.words).In(a.text)]; name == "" {
			r.bodies = append(r.bodies, run.words)
		}
		return
	}
	parts := a.contentWords(run.name)
	if len(parts) == 0 || len(parts) > 5 {
		return
	}
	surname := parts[len(parts)-1]
	q, several := r.people.ofRun(a, run)
	if q == nil && several {
		q = latest[surname].q
		if q != nil && run.sex != 0 && q.sex != 0 && q.sex != run.sex {
			q = nil
		}
	}
	if q == nil && !several && len(parts) == 1 {
		q = r.people.part(surname)
	}
	if q == nil && len(parts) == 1 {
		q = r.newPerson(run, surname)
	}
	if q == nil {
		return
	}
	w, speaks := r.weigh(run.words, s)
	if old := latest[surname]; (len(parts) > 1 || several && !run.titles.empty()) && !(old.sentence == n && old.q != nil && old.weight > w) {
		latest[surname] = fullName{q, n, w} // and not "whose husband, Emil Ott," behind Ann Ott
	}
	q.evident = q.evident || speaks && (len(parts) > 1 || q.given != "")
	r.pair(run, q, n)
	r.see(sight{words: run.words, q: q, sex: q.sex, weight: w, sentence: int32(n), quote: a.ts[run.from].quote, speaks: speaks})
}

// see adds a sight. A subject behind another one of its sentence most often stands in
// a clause of what the first says; one behind its verb does not.
func (r *resolver) see(g sight) {
	const most = 6
	for k := len(r.sights) - 1; k >= 0 && k > len(r.sights)-most && r.sights[k].sentence == g.sentence; k-- {
		if r.sights[k].weight >= subjectWeight && r.sights[k].quote == g.quote && !r.a.saysBefore(g.from, r.a.ss[g.sentence].from) {
			g.weight *= 0.6
			break
		}
	}
	r.sights = append(r.sights, g)
}

// pair remembers two persons who are named together: "Ott and Brand", "President
// Ott of Thorn and Chancellor Brand".
func (r *resolver) pair(run nameRun, q *person, n int) {
	const apart = 6 // tokens
	a := r.a
	if len(r.sights) == 0 || a.lowAt(run.from-1) != "and" {
		return
	}
	first := &r.sights[len(r.sights)-1]
	if first.q == nil || first.q == q || int(first.sentence) != n || run.from-first.to > apart || a.verbWithin(first.to, run.from) {
		return
	}
	r.several = append(r.several, several{run.words, first.q.name + " and " + q.name})
}

// newPerson makes a person of a single name that the report has nowhere in full:
// "Ott said", "her brother Einar", "Harker, 39,".
func (r *resolver) newPerson(run nameRun, surname string) *person {
	a := r.a
	i := run.name.from
	t := &a.ts[i]
	_, given := a.lex.given[surname]
	if a.lowAt(run.from-1) == "the" && a.ts[run.from-1].block == t.block {
		return nil // "the Christian union"
	}
	if t.lex != nil && !given || len(r.people.bySurname[surname]) > 0 || a.lex.countries[t.In(a.text)] != "" || a.lex.adjectives[t.In(a.text)] != "" {
		return nil
	}
	s := a.sentenceOf(i)
	opens := run.from == s.from || a.ts[run.from-1].kind != wordToken
	if opens && !given && (a.pluralNoun(i) || r.common(i)) {
		return nil // "Engineers", "Evidence"
	}
	_, kin := a.lex.sexes[a.lowAt(run.from-1)]
	aged := run.to+1 < s.to && a.ts[run.to].mark == ',' && a.ts[run.to+1].kind == numberToken
	evident := given || aged || kin
	if !evident && !a.verbAfter(run.to, s.to) && !a.saysAfter(run.to, s.to) && !a.saysBefore(run.from, s.from) || a.doc.Blocks[t.block].Kind == hearsay.Heading {
		return nil
	}
	q := &person{name: a.span(run.name).In(a.text), first: a.span(run.name), surname: surname, evident: evident, sex: run.sex, last: run.to - 1}
	if full := r.people.headed[surname]; !full.Empty() {
		q.name, q.first = full.In(a.text), full
	}
	q.know(surname, a.lex)
	if q.sex == 0 && kin {
		q.sex = a.lex.sexes[a.lowAt(run.from-1)]
	}
	r.people.bySurname[surname] = append(r.people.bySurname[surname], q)
	return q
}

// lowAt returns token i in small letters, "" where there is none.
func (a *analysis) lowAt(i int) string {
	if i < 0 || i >= len(a.ts) {
		return ""
	}
	return a.low(a.ts[i])
}

// weigh tells how much a phrase puts its person in view, and whether it speaks.
func (r *resolver) weigh(w words, s sentence) (float32, bool) {
	a := r.a
	end := min(w.to, s.to)
	if end < s.to && a.possessiveMark(end) {
		return ownerWeight, false
	}
	if by, ok := r.voices[w.from]; ok && r.stands(w, by) {
		return subjectWeight + speechWeight, true
	}
	by, told := r.cueBy[w.from-1]
	if (!told || by.from <= w.from && w.from < by.to) && a.saysBefore(w.from, s.from) {
		return subjectWeight + speechWeight, true
	}
	i := end
	if i < s.to && a.ts[i].kind == punctuation && a.ts[i].mark == '(' {
		if j := a.bracketEnd(i, s.to); j > 0 {
			i = j
		}
	}
	if i < s.to && a.ts[i].kind == punctuation && a.ts[i].mark == ',' {
		if a.verbAfter(i+1, s.to) && w.from > s.from && a.ts[w.from-1].kind == punctuation && a.ts[w.from-1].mark == ',' {
			i++ // "a spokesman, Ann Ott, said"
		} else if j := a.apposition(i, s.to); j > i+1 && j < s.to {
			i = j
			if a.ts[i].kind == punctuation && a.ts[i].mark == ',' {
				i++
			}
		} else if j := a.clauseBehind(i, s.to); j > i {
			i = j
		}
	}
	i = a.timeAfter(i, s.to) // "Ott last night said"
	if a.governed(w.from, s.from) {
		if w.from == s.from+1 && a.ts[s.from].low() == "for" && end < s.to && a.ts[end].mark == ',' {
			return subjectWeight, false // "For Ott, the vote was a blow."
		}
		return otherWeight, false
	}
	switch {
	case a.saysAfter(i, s.to):
		return subjectWeight + speechWeight, true
	case a.verbAfter(i, s.to):
		return subjectWeight, false
	case w.from-s.from < 3:
		return firstWeight, false
	}
	return otherWeight, false
}

// stands reports whether w is the name in a phrase that speaks, or the phrase: not
// "Ott" in "Ott spokeswoman Ada Holm".
func (r *resolver) stands(w, by words) bool {
	if run, ok := r.properName(by); ok && !run.name.empty() {
		return run.words == w
	}
	return w.from == by.from && w.to <= by.to
}

// clauseBehind returns the token behind the comma that closes a clause such as
// ", speaking on condition of anonymity," or ", whose firm owns the land,"; i where
// there is none.
func (a *analysis) clauseBehind(i, hi int) int {
	const most = 30 // tokens
	if i+2 >= hi || !a.ingAt(i+1) && a.ts[i+1].low() != "whose" && a.ts[i+1].low() != "which" {
		return i
	}
	for j := i + 2; j < hi && j < i+most && a.outside(j); j++ {
		if a.ts[j].kind == punctuation && a.ts[j].mark == ',' {
			return j + 1
		}
	}
	return i
}

// governed reports whether a preposition stands directly before a phrase.
func (a *analysis) governed(i, lo int) bool {
	for i--; i >= lo && a.ts[i].is(determiner|possessive) && !a.ts[i].is(preposition); i-- {
	}
	return i >= lo && a.ts[i].is(preposition) && !a.ts[i].is(subordinator)
}

// saysAfterPhrase reports whether a verb of speech follows a phrase, or the
// clause with "who" behind it.
func (a *analysis) saysAfterPhrase(w words, s sentence) bool {
	i := w.to
	if i < s.to && a.ts[i].kind == punctuation && a.ts[i].mark == ',' {
		if j := a.apposition(i, s.to); j > i+1 && j+1 < s.to {
			i = j + 1
		}
	}
	return a.saysAfter(i, s.to)
}

// verbAfter reports whether a finite verb, with an adverb before it at most,
// stands at token i.
func (a *analysis) verbAfter(i, hi int) bool {
	for n := 0; i < hi && n < 3; n++ {
		if a.finite(i) || a.ts[i].lex != nil && len(a.ts[i].lex.cues) > 0 && !a.ts[i].capital && a.ts[i].lex.form&(thirdForm|pastForm) != 0 {
			return true
		}
		if !a.adverb(i) {
			t := &a.ts[i]
			return t.lex == nil && t.kind == wordToken && !t.capital && (t.End-t.Start > 3) && a.text[t.End-2:t.End] == "ed"
		}
		i++
	}
	return false
}

// saysAfter reports whether a verb of speech, with an adverb or an auxiliary
// before it at most, or a colon stands at token i.
func (a *analysis) saysAfter(i, hi int) bool {
	for n := 0; i < hi && n < 4; n++ {
		t := &a.ts[i]
		if a.saysAt(i) || n == 0 && t.kind == punctuation && t.mark == ':' {
			return true
		}
		if !t.is(auxiliary|modal|negation) && !a.adverb(i) {
			return false
		}
		i++
	}
	return false
}

// saysBefore reports whether a verb of speech stands directly before token i, as
// behind a quotation: "…", said Ott.
func (a *analysis) saysBefore(i, lo int) bool {
	if i-1 < lo || !a.saysAt(i-1) || a.ts[i-1].lex.form&(pastForm|thirdForm) == 0 {
		return false
	}
	v := a.ts[i-1].lex.cues
	return v[len(v)-1].takes(invertedFrame) && (i-2 < lo || a.ts[i-2].kind != wordToken)
}

// saysAt reports whether token i is a form of a verb of speech or writing.
func (a *analysis) saysAt(i int) bool {
	w := a.ts[i].lex
	if w == nil || len(w.cues) == 0 || !a.outside(i) {
		return false
	}
	m := w.cues[len(w.cues)-1].mode
	return m == hearsay.Speech || m == hearsay.Writing || m == hearsay.Thought
}

// seePronoun records whom "he" or "she" at token i stands for.
func (r *resolver) seePronoun(i int, s sentence, n int) {
	a := r.a
	sex := sexOf(a.ts[i].low())
	g := r.antecedent(i, n, sex)
	w, speaks := r.weigh(words{i, i + 1}, s)
	g.words, g.weight, g.sentence, g.quote, g.sex, g.speaks = words{i, i + 1}, w, int32(n), a.ts[i].quote, sex, speaks
	if g.q != nil && g.q.sex == 0 {
		g.q.sex = sex
	}
	r.see(g)
}

// seeDescription records a person told of by a noun that is the subject of its
// sentence: "the striker", "a spokesman".
func (r *resolver) seeDescription(i int, s sentence, n int) {
	a := r.a
	if r.opening != nil && i == r.opened.from {
		weight, _ := r.weigh(r.opened, s)
		r.see(sight{words: r.opened, q: r.opening, sex: r.opening.sex, weight: max(weight, subjectWeight), sentence: int32(n)})
		return
	}
	agent := i > s.from && a.ts[i-1].low() == "by" && a.ts[i].quote == 0
	if a.ts[i].quote != 0 {
		r.seeKin(i, s, n)
		return
	}
	if i > s.from && !agent && (a.ts[i-1].kind == punctuation && a.ts[i-1].mark != markDash || a.ts[i-1].is(preposition|copula)) && !(a.ts[i-1].mark == ',' && a.ts[i].low() == "the") {
		return
	}
	head := -1
	for j := i + 1; j < s.to && j-i < 6; j++ {
		t := &a.ts[j]
		if t.kind != wordToken || t.is(preposition|auxiliary|determiner) {
			break
		}
		if a.personNoun(j) && !t.capital && !t.is(group) {
			head = j
		} else if t.capital && head >= 0 {
			return // "the mayor Ann Ott"
		}
	}
	if head < 0 && (a.definite(words{i, s.to}) || i > s.from && a.ts[i-1].kind == wordToken) {
		return
	}
	w := a.phraseAfter(i, s.to, false)
	if w.empty() {
		return
	}
	if head < 0 {
		head = a.headNoun(w)
		if t := &a.ts[head]; t.is(organisation|document|group) || t.capital || a.pluralNoun(head) || !a.saysAfterPhrase(w, s) {
			return
		}
	}
	if a.headNoun(w) != head {
		return
	}
	weight, speaks := r.weigh(w, s)
	indefinite := !a.definite(w) && a.personNoun(head)
	told := w.to < s.to && a.ts[w.to].low() == "who"
	switch {
	case agent && !told:
		return
	case agent || indefinite && i == s.from && weight < subjectWeight:
		weight = subjectWeight // "signed by the engineer who ...", "A sailor in the crew ..."
	}
	if weight < subjectWeight || w.to+1 < s.to && a.ts[w.to].mark == ',' && a.ts[w.to].kind == punctuation && a.capitalWord(w.to+1) && !a.ts[w.to+1].is(personal) {
		return
	}
	defer func() { r.furtherRole(w, s) }()
	g := sight{words: w, sex: a.sexOfNoun(head), weight: weight, sentence: int32(n), quote: a.ts[i].quote, speaks: speaks}
	var m hearsay.Mention
	m.Span = a.span(w)
	if r.properIn(w) {
		return
	}
	if !speaks {
		if q, _ := r.byRole(w, head); q != nil && a.definite(w) && q.first.Start < a.ts[i].Start {
			g.q = q
			r.see(g)
		} else if g.sex != 0 && a.lowAt(w.from) != "the" || agent || indefinite && i == s.from {
			m.Why = hearsay.WhyUnnamed // "my husband", "a man"
			if a.definite(w) {
				m.Why = hearsay.WhyNotInReport
			}
			g.unnamed = &m
			r.see(g)
		}
		return
	}
	r.noun(&m, w)
	switch {
	case m.Kind != hearsay.ByNoun && m.Kind != hearsay.ByAnonymous:
		return
	case m.Name != "":
		g.q = r.took
	default:
		g.unnamed = &m
	}
	r.see(g)
}

// seeKin records who is told of in a quotation by a noun of known sex: "my mum", and any
// that is the subject of a clause. It keeps others from being taken for them.
func (r *resolver) seeKin(i int, s sentence, n int) {
	const most = 4 // tokens
	a := r.a
	for j := i + 1; j < s.to && j-i < most; j++ {
		t := &a.ts[j]
		if t.kind != wordToken || t.capital || t.is(preposition|auxiliary|determiner) {
			return
		}
		sex := a.sexOfNoun(j)
		if sex == 0 {
			continue
		}
		w, weight := words{i, j + 1}, float32(otherWeight)
		if a.verbAfter(j+1, s.to) {
			weight = subjectWeight
		} else if !firstPerson(&a.ts[i]) || a.possessiveMark(j+1) || a.capitalWord(j+1) {
			return
		}
		m := &hearsay.Mention{Span: a.span(w), Why: hearsay.WhyNotInReport}
		r.see(sight{words: w, unnamed: m, sex: sex, weight: weight, sentence: int32(n), quote: t.quote})
		return
	}
}

// seeSpeaker records a person without a name whose phrase speaks: "The boy's mother,
// standing outside, said ...".
func (r *resolver) seeSpeaker(i, n int) {
	a := r.a
	w, ok := r.voices[i]
	if !ok || w.from != i || a.ts[i].quote != 0 || r.properIn(w) {
		return
	}
	h := a.headNoun(w)
	if t := &a.ts[h]; !a.personNoun(h) || a.pluralNoun(h) || t.capital || t.is(group|organisation|document) {
		return
	}
	m := &hearsay.Mention{Span: a.span(w)}
	r.noun(m, w)
	if m.Kind != hearsay.ByNoun && m.Kind != hearsay.ByAnonymous {
		return
	}
	g := sight{words: w, sex: a.sexOfNoun(h), weight: subjectWeight + speechWeight, sentence: int32(n)}
	if m.Name != "" {
		g.q = r.took
	} else {
		g.unnamed = m
	}
	r.see(g)
}

// furtherRole gives the person whom the description at tokens w was just found to mean
// what an apposition says of her: "the minister, a surgeon,".
func (r *resolver) furtherRole(w words, s sentence) {
	a := r.a
	if len(r.sights) == 0 || r.sights[len(r.sights)-1].words != w || r.sights[len(r.sights)-1].q == nil {
		return
	}
	q := r.sights[len(r.sights)-1].q
	i := a.commaBehind(w.from, min(w.to+1, s.to))
	if i == 0 || i+2 >= s.to || a.lowAt(i+1) != "a" && a.lowAt(i+1) != "an" || len(q.roles) >= mostRoles {
		return
	}
	p := a.phraseAfter(i+1, s.to, false)
	if p.empty() {
		return
	}
	if h := a.headNoun(p); a.personNoun(h) && !a.ts[h].is(group) {
		q.roles = append(q.roles, roleAt{Span: a.span(words{p.from, h + 1}), words: a.contentWords(words{p.from, h + 1})})
		r.enterRole(q, &q.roles[len(q.roles)-1])
	}
}

// properIn reports whether a phrase has a person's name.
func (r *resolver) properIn(w words) bool {
	run, ok := r.properName(w)
	return ok && !run.name.empty()
}

// definite reports whether a phrase begins with "the", "that" or a possessive.
func (a *analysis) definite(w words) bool {
	switch a.ts[w.from].low() {
	case "a", "an", "one", "another", "some":
		return false
	}
	return true
}

// sexOfNoun returns what a noun tells of the sex of a person.
func (a *analysis) sexOfNoun(i int) class {
	kin, _, _ := strings.Cut(a.low(a.ts[i]), "-in-law")
	return a.lex.sexes[kin]
}

// sightAt returns the sight that begins at token i or nil.
func (r *resolver) sightAt(i int) *sight {
	k := sort.Search(len(r.sights), func(k int) bool { return r.sights[k].from >= i })
	if k < len(r.sights) && r.sights[k].from == i {
		return &r.sights[k]
	}
	return nil
}

// sightsBefore returns how many sights begin before token i.
func (r *resolver) sightsBefore(i int) int {
	return sort.Search(len(r.sights), func(k int) bool { return r.sights[k].from >= i })
}
