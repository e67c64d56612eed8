package annotate

import (
	"slices"
	"sort"
	"strings"

	"hearsay"
)

// government resolves a country, a seat of government that stands for it, and
// "the Ukrainian government".
func (r *resolver) government(m *hearsay.Mention, w words) bool {
	a := r.a
	if a.ts[w.from].low() == "the" && w.to-w.from > 1 {
		w.from++
	}
	if last := w.to - 1; last-w.from > 2 && a.ts[last].mark == ')' && a.ts[last-2].mark == '(' {
		w.to = last - 2 // "(DRC)"
	}
	place, names := w, a.lex.countries
	if last := a.ts[w.to-1].low(); w.to-w.from > 1 && (last == "government" || last == "cabinet" || last == "administration") {
		place.to--
		if c := a.lex.adjectives[a.span(place).In(a.text)]; c != "" {
			names = a.lex.adjectives
		}
		if a.possessiveMark(place.to - 1) {
			place.to--
		}
	}
	name := names[a.span(place).In(a.text)]
	if name == "" || place == w && r.bearsName(w) {
		return false
	}
	m.Kind, m.Name = hearsay.ByOrganisation, name
	return true
}

// longerName returns the name of the one organisation that a single word stands
// for: "the Guild" for the Fishermen's Guild, "FHA" for the Federal Harbour
// Authority.
func (r *resolver) longerName(name string, run nameRun) string {
	a := r.a
	if run.to-run.from > 1 {
		return r.wholeName(name, run)
	}
	if long, ok := r.people.acronyms[a.span(run.words).In(a.text)]; ok && long != "" {
		return long
	}
	long := ""
	if f := r.people.firmAt[run.from]; f != nil {
		return f.In(a.text)
	}
	l := r.people.bodies[a.low(a.ts[run.from])]
	for _, b := range l[:min(len(l), candidates)] {
		if long != "" && b.In(a.text) != long {
			return name
		}
		long = b.In(a.text)
	}
	if len(long) > len(name) {
		return long
	}
	return name
}

// wholeName returns the only name of the report that goes on where a shorter one ends:
// "National Bank of Thorn" for "National Bank".
func (r *resolver) wholeName(name string, run nameRun) string {
	long := name
	l := r.people.bodies[r.a.low(r.a.ts[run.to-1])]
	for _, b := range l[:min(len(l), candidates)] {
		s := b.In(r.a.text)
		if len(s) > len(name) && strings.HasPrefix(s, name) && s[len(name)] == ' ' && s != long {
			if long != name {
				return name
			}
			long = s
		}
	}
	return long
}

// bodyEnd takes "of Strait Shipowners" into the name of an organisation.
func (a *analysis) bodyEnd(i, hi int) int {
	duty := a.lex.duties[a.lowAt(i-1)]
	for i+1 < hi && (a.ts[i].low() == "of" || a.ts[i].low() == "for" || duty && (a.ts[i].low() == "on" || a.ts[i].low() == "against")) {
		j := i + 1
		if j+1 < hi && a.ts[j].low() == "the" && a.ts[i].low() == "of" {
			j++
		}
		if !a.capitalWord(j) {
			break
		}
		for i = j; i < hi && a.capitalWord(i); i++ {
		}
		if duty {
			i = a.dutyEnd(i, hi)
		}
	}
	return i
}

// dutyEnd takes the last duty into the name of a body: "and Human Services" behind
// "Department of Health".
func (a *analysis) dutyEnd(i, hi int) int {
	if i+1 >= hi || a.lowAt(i) != "and" || !a.capitalWord(i+1) || a.givenAt(i+1) || a.ts[i+1].upper || a.ts[i+1].is(title) {
		return i
	}
	j := i + 1
	for ; j < hi && a.capitalWord(j); j++ {
		t := &a.ts[j]
		if a.givenAt(j) || a.lex.countries[t.In(a.text)] != "" || t.is(organisation) && j+1 < hi && a.lowAt(j+1) == "of" {
			return i // "the Ministry of Health and the Bank of England"
		}
	}
	return j
}

// fullBody returns the full name of the organisation named at tokens w.
func (r *resolver) fullBody(w words) string {
	return r.longerName(r.a.span(w).In(r.a.text), nameRun{words: w})
}

// bodyName reports whether a capitalised row names an organisation: by one of
// its words, or as letters that stand for one.
func (a *analysis) bodyName(w words) bool {
	for i := w.from; i < w.to; i++ {
		if a.ts[i].is(organisation) && !a.ts[i].is(title) {
			return true
		}
	}
	last := w.to - 1
	return (w.to-w.from == 1 || w.to-w.from == 2 && (a.lex.countries[a.ts[w.from].In(a.text)] != "" || a.lex.adjectives[a.ts[w.from].In(a.text)] != "")) && a.ts[last].upper && a.ts[last].Len() <= 6 || a.bodyLast(w)
}

// bodyRun returns the name of an organisation in a row of capitalised words, empty for
// none. What seems a title before it belongs to it ("the Republican National
// Committee"), but for a word such as "Thorn-based".
func (a *analysis) bodyRun(run nameRun) words {
	if run.titles.empty() {
		if a.bodyName(run.words) || a.pressName(run.words) {
			return run.words
		}
		return words{}
	}
	n := run.name.to - run.name.from
	last := run.titles.to - 1
	t := &a.ts[last]
	if n < 2 || a.givenAt(run.name.from) || !a.ts[run.to-1].is(organisation) && !a.bodyLast(run.name) || a.ts[run.to-1].is(title|role) {
		return words{}
	}
	switch {
	case a.compound(last):
		return run.name
	case run.titles.to-run.titles.from == 1 && t.is(demonym) && !t.is(title):
		return run.words
	}
	return words{}
}

// bodyLast reports whether a name of several words ends in a noun of bodies that the
// lexicon of the tagger does not have: "the Marenian Armed Forces".
func (a *analysis) bodyLast(w words) bool {
	return w.to-w.from > 1 && a.lex.bodyNouns[a.lowAt(w.to-1)] && !a.givenAt(w.from) && !a.ts[w.from].is(title|role)
}

// organisation names a body or a document: by the capital letters in the phrase, by
// the name or the description that ended in the same noun before ("the board"), or
// by its own words.
func (r *resolver) organisation(m *hearsay.Mention, w words, head int) (string, hearsay.Span) {
	const longest = 14 // tokens of a description
	a := r.a
	w = a.short(w, head)
	if run, ok := r.described(w); ok {
		m.Name = a.span(run).In(a.text)
		return "speaker-organisation", m.Span
	}
	if r.onlyDocument(w, head) {
		m.Why = hearsay.WhyUnnamed
		return "speaker-document", m.Span
	}
	w = a.ownName(w, head)
	capital := false
	for i := w.from; i < w.to; i++ {
		capital = capital || a.capitalWord(i) && !a.compound(i) && (i > w.from || a.sentenceOf(i).from != i)
	}
	own := a.withoutArticle(w)
	noun := a.low(a.ts[head])
	if t := r.told[noun]; !capital && len(t) > 0 && a.heading(w.from) && len(r.people.bodies[noun]) == 0 {
		if in := a.ownName(t[0], a.headNoun(t[0])); strings.HasSuffix(strings.ToLower(a.span(a.inner(in)).In(a.text)), " "+strings.ToLower(own)) {
			m.Name = a.span(a.inner(in)).In(a.text)
			return "speaker-named-before", a.span(in)
		}
	}
	if capital && w.to-w.from <= longest {
		m.Name = own
		return "speaker-organisation", m.Span
	}
	if i := w.to; i+1 < len(a.ts) && a.ts[i].kind == punctuation && a.ts[i].mark == ',' && r.people.firmAt[i+1] != nil {
		m.Name = r.people.firmAt[i+1].In(a.text)
		return "speaker-organisation", m.Span
	}
	if a.definite(w) {
		if at, ok := r.firmCalled(w, head); ok {
			m.Name = at.In(a.text)
			return "speaker-named-before", at
		}
		if at, ok := r.bodyBefore(noun, w); ok {
			m.Name = a.withoutArticle(a.ownName(at, a.headNoun(at)))
			return "speaker-named-before", a.span(at)
		}
	}
	if own := a.inner(w); !a.secret(w) && own.to-own.from > 1 && own.to-own.from <= longest && !a.ts[own.from].is(possessive) {
		m.Name = a.span(own).In(a.text)
		return "speaker-own-words", m.Span
	}
	if institutions[noun] {
		m.Name = a.ts[head].In(a.text)
		return "speaker-own-words", m.Span
	}
	if at, ok := r.lastBody(w.from); ok && anyBody[noun] && a.ts[w.from].low() == "the" {
		m.Name = r.bodyOf(at)
		return "speaker-last-organisation", a.span(at)
	}
	m.Why = hearsay.WhyNotInReport
	return "speaker-organisation", m.Span
}

// onlyDocument reports whether a phrase tells of a document or a count without a
// title: "a letter", "a survey published by the Courier".
func (r *resolver) onlyDocument(w words, head int) bool {
	a := r.a
	if !a.ts[head].is(document) || a.ts[head].is(organisation) || a.ts[head].capital {
		return false
	}
	for i := w.from; i < head; i++ {
		if a.capitalWord(i) && i != a.sentenceOf(i).from {
			return false
		}
	}
	return true
}

// ownName returns of a phrase what is the name of a body: without a participle before its noun
// ("a divided court") and without what follows with a preposition other than "of".
func (a *analysis) ownName(w words, head int) words {
	if a.ts[head].capital {
		return w
	}
	for i := head + 1; i < w.to; i++ {
		if t := &a.ts[i]; t.is(preposition) && t.low() != "of" && t.low() != "for" && i > head || t.low() == "for" && i+1 < w.to && a.ts[i+1].is(determiner) && !a.ts[head].capital {
			w.to = i
		}
	}
	in := a.inner(w)
	t := &a.ts[in.from]
	if low := t.In(a.text); in.from < head && !t.capital && in.to-in.from > 1 && ((t.lex == nil && len(low) > 5 || t.lex != nil && t.lex.form&participle != 0) && strings.HasSuffix(low, "ed") || a.ingAt(in.from) || low == "same") && !strings.Contains(low, "-") {
		w.from = in.from + 1
	}
	return w
}

// short returns a phrase without the clause that says more of it: "the poll,
// conducted by ...", "a study published in ...".
func (a *analysis) short(w words, head int) words {
	const longest = 12 // tokens
	whole := w
	for i := head + 1; i < w.to; i++ {
		t := &a.ts[i]
		if a.tells(i) || t.kind == punctuation && t.mark == ',' || t.is(relative) && !t.is(determiner) {
			w.to = i
		}
	}
	if in := a.inner(w); in.to-in.from == 1 && whole.to-whole.from <= longest && w.to < whole.to && a.ts[w.to].kind == wordToken && !a.secret(whole) {
		return whole
	}
	return w
}

// secret reports whether a phrase says only who has seen it: "a letter seen by the
// Courier".
func (a *analysis) secret(w words) bool {
	for i := w.from; i < w.to; i++ {
		switch a.low(a.ts[i]) {
		case "seen", "obtained", "reviewed", "leaked":
			return true
		}
	}
	return false
}

// inner returns a phrase without its articles.
func (a *analysis) inner(w words) words {
	for w.to-w.from > 1 && a.ts[w.from].is(determiner) && !a.ts[w.from].is(possessive) {
		w.from++
	}
	return w
}

// bodyBefore returns the name, or else the longer description, that ends in a noun
// or has it as its head, and stands nearest before a phrase.
func (r *resolver) bodyBefore(noun string, w words) (words, bool) {
	a := r.a
	l := r.people.bodies[noun]
	k := sort.Search(len(l), func(k int) bool { return l[k].at >= a.ts[w.from].Start })
	for j := k - 1; j >= 0 && j >= k-candidates; j-- {
		if at, ok := a.place(l[j].Span); ok && !r.unlike(w, at, noun) {
			return at, true
		}
	}
	if k > 0 {
		return words{}, false // "the defence ministry" is not the Ministry of Trade
	}
	t := r.told[noun]
	if at, ok := r.longerBody(t, w); ok {
		return at, true
	}
	if j := sort.Search(len(t), func(j int) bool { return t[j].from >= w.from }); j > 0 && a.inner(w).to-a.inner(w).from == 1 {
		return t[j-1], true
	}
	if len(l) > 0 {
		at, ok := a.place(l[0].Span)
		theirs := a.contentWords(at)
		if a.heading(w.from) && l[0].Span == l[len(l)-1].Span {
			return at, ok
		}
		if slices.ContainsFunc(a.contentWords(w), func(s string) bool { return s != noun && !slices.Contains(theirs, s) }) {
			return words{}, false // named later, and by other words
		}
		return at, ok
	}
	return words{}, false
}

// unlike reports whether a description has a noun before its own that the name of a body
// does not have: "the defence ministry", "the harbour board".
func (r *resolver) unlike(w, body words, noun string) bool {
	return r.lacks(body, slices.DeleteFunc(r.a.contentWords(w), func(s string) bool { return s == noun }))
}

// lacks reports whether the name of a body does not have one of the words, adverbs and
// words that say nothing aside.
func (r *resolver) lacks(body words, all []string) bool {
	a := r.a
	theirs := a.contentWords(body)
	for _, s := range all {
		if a.lex.blanks[s] || slices.ContainsFunc(theirs, func(x string) bool { return x == s || related(x, s) || a.lex.alike(x, s) }) {
			continue
		}
		if e := a.lex.words[s]; e == nil || e.class&(adverb|timeWord) == 0 {
			return true
		}
	}
	return false
}

// longerBody returns the last description before w that has all its words and more: "the
// city's code enforcement office" for "the code office".
func (r *resolver) longerBody(t []words, w words) (words, bool) {
	const back = 8
	a := r.a
	mine := a.contentWords(w)
	if len(mine) < 2 {
		return words{}, false
	}
	j := sort.Search(len(t), func(j int) bool { return t[j].from >= w.from })
	for k := j - 1; k >= 0 && k >= j-back; k-- {
		theirs := a.contentWords(t[k])
		if len(theirs) > len(mine) && !slices.ContainsFunc(mine, func(s string) bool { return !slices.Contains(theirs, s) }) {
			return t[k], true
		}
	}
	return words{}, false
}

// descriptions finds where a body or a document is told of in more words than its
// noun, by that noun: "a draft report by the inspectorate".
func (a *analysis) descriptions() map[string][]words {
	const longest = 12
	found := map[string][]words{}
	for i := range a.ts {
		t := &a.ts[i]
		if !t.is(organisation|document) || t.capital || t.is(role|group) || t.quote != 0 {
			continue
		}
		from := i
		for from > 0 && i-from < 6 && a.ts[from-1].block == t.block && a.ts[from-1].kind == wordToken && !a.ts[from].is(determiner|possessive) && a.noun(from-1) {
			from--
		}
		if from > 0 && a.ts[from-1].is(determiner|possessive) && a.ts[from-1].block == t.block {
			from--
		}
		if a.ownedBody(from, i) {
			found[t.low()] = append(found[t.low()], words{from, i + 1})
			continue
		}
		if !a.ts[from].is(determiner) {
			continue
		}
		w := a.phraseAfter(from, min(from+longest+8, len(a.ts)), false)
		w.to = min(w.to, a.sentenceOf(from).to)
		if last := w.to - 1; last > i+1 && a.ts[last-1].capital && !a.ts[last].capital && strings.HasSuffix(a.lowAt(last), "ed") {
			w.to = last // "the government of Thorn expelled"
		}
		if in := a.inner(w); in.to-in.from > 1 && w.to > i && a.headNoun(w) == i && in.to-in.from <= longest {
			found[t.low()] = append(found[t.low()], w)
		}
	}
	return found
}

// ownedBody reports whether the words from a token to a noun tell by a name whose body
// it is: "Thorn's central bank".
func (a *analysis) ownedBody(from, head int) bool {
	i := from
	for i < head && a.capitalWord(i) {
		i++
	}
	if i == from || i+1 >= head || !a.possessiveMark(i) {
		return false
	}
	for i++; i < head; i++ {
		if a.ts[i].kind != wordToken || a.ts[i].capital || a.possessiveMark(i) {
			return false
		}
	}
	return true
}

// described returns the name before small words that say what it is: "Reuters
// news agency", "CNN radio". The name of a person before them is none: "the Ott
// campaign".
func (r *resolver) described(w words) (words, bool) {
	a := r.a
	if a.ts[w.from].is(determiner) && w.to-w.from > 1 {
		w.from++
	}
	run, ok := a.nameRun(w.from)
	if !ok || !run.titles.empty() || run.to >= w.to || a.ts[run.from].lex != nil && run.from == a.sentenceOf(run.from).from {
		return words{}, false
	}
	for i := run.to; i < w.to; i++ {
		if a.ts[i].kind != wordToken || a.ts[i].capital || a.possessiveMark(i) || a.ts[i].is(preposition|role|group) {
			return words{}, false
		}
	}
	if a.heading(run.from) && run.from == a.sentenceOf(run.from).from && r.people.firmAt[run.from] == nil && run.to-run.from == 1 {
		return words{}, false // "Aid group calls"
	}
	if !carriers[a.low(a.ts[a.headNoun(w)])] {
		return words{}, false // "the Thornish government"
	}
	if q, ambiguous := r.people.named(a.contentWords(run.name), 0, a.lex); q != nil || ambiguous {
		return words{}, false
	}
	return run.words, true
}

// spoke remembers a group or organisation as one that spoke.
func (r *resolver) spoke(m *hearsay.Mention, w words) {
	switch {
	case m.Kind == hearsay.ByGroup:
		r.together(w, m.Name)
	case m.Kind == hearsay.ByOrganisation && m.Name != "":
		r.spokenAs[w] = m.Name
		r.spoken = append(r.spoken, w)
		for k := len(r.spoken) - 1; k > 0 && r.spoken[k].from < r.spoken[k-1].from && k > len(r.spoken)-8; k-- {
			r.spoken[k], r.spoken[k-1] = r.spoken[k-1], r.spoken[k]
		}
	}
}

// together remembers several persons who spoke.
func (r *resolver) together(w words, name string) {
	r.joined = append(r.joined, several{w, name})
	for k := len(r.joined) - 1; k > 0 && r.joined[k].from < r.joined[k-1].from && k > len(r.joined)-8; k-- {
		r.joined[k], r.joined[k-1] = r.joined[k-1], r.joined[k]
	}
}

// lastSeveral returns the several that the report told of last before token i, of
// those that suit.
func (r *resolver) lastSeveral(i, near int, suits func(several) bool) (several, bool) {
	const back = 12
	var best several
	found := false
	for _, l := range [][]several{r.several, r.joined} {
		k := sort.Search(len(l), func(k int) bool { return l[k].from >= i })
		for j := k - 1; j >= 0 && j >= k-back && i-l[j].from < near; j-- {
			if suits(l[j]) && (!found || l[j].from >= best.from) {
				best, found = l[j], true
				break
			}
		}
	}
	return best, found
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

// institutions are the bodies of which a place has one.
var institutions = map[string]bool{"opposition": true, "army": true, "navy": true, "military": true}

// anyBody are the nouns that take up an organisation named before.
var anyBody = map[string]bool{
	"company": true, "firm": true, "group": true, "organisation": true, "organization": true, "business": true,
	"corporation": true, "charity": true, "newspaper": true,
}

// carriers are the nouns that only say what a name before them is: "Reuters news
// agency".
var carriers = map[string]bool{
	"agency": true, "radio": true, "television": true, "tv": true, "channel": true, "station": true, "network": true, "newspaper": true,
	"daily": true, "magazine": true, "website": true, "site": true, "broadcaster": true, "group": true, "company": true, "firm": true,
}
