package annotate

import (
	"slices"
	"sort"

	"hearsay"
)

// How far back a pronoun is looked for: in sights and in sentences.
const (
	sightsBack    = 40
	sentencesBack = 8
)

// fade is what is left of the weight of a sight so many sentences on.
var fade = [sentencesBack + 1]float32{1, 0.6, 0.36, 0.22, 0.13, 0.08, 0.05, 0.03, 0.02}

// A standing is how much of the reader's eye one candidate has.
type standing struct {
	q       *person
	unnamed *hearsay.Mention
	sum     float32
	near    int32 // the sentence in which it was seen last
}

// standings adds up the sights before token i of sentence n, of those who can
// have the sex.
func (r *resolver) standings(i, n int, sex class) []standing {
	a := r.a
	var buf [12]standing
	found := buf[:0]
	quote := a.ts[i].quote
	heading := a.doc.Blocks[a.ts[i].block].Kind == hearsay.Heading
	quoter := r.quoter(i).unnamed
	opens := i == a.ss[n].from || a.ts[i-1].kind == quoteMark
	if k := r.sightsBefore(i); !opens && a.ts[i-1].mark == ',' && a.ts[i-1].kind == punctuation && (k == 0 || int(r.sights[k-1].sentence) != n) {
		opens = true // "Pressed, he added ..."
	}
	speaks := quote == 0 && opens && a.saysAfter(i+1, a.ss[n].to)
	replies := speaks && a.repliesAt(i+1)
	last := r.sightsBefore(i) - 1
	for k := last; k >= 0 && k > last-sightsBack; k-- {
		g := &r.sights[k]
		d := n - int(g.sentence)
		if d > sentencesBack {
			break
		}
		s := g.sex
		if g.q != nil {
			s = g.q.sex
		}
		if g.q != nil && slices.Contains(r.barred, g.q) || g.unnamed != nil && g.unnamed == quoter {
			continue
		}
		if g.q == nil && g.unnamed == nil || sex != 0 && s != 0 && s != sex || g.to > i {
			continue
		}
		if !heading && a.doc.Blocks[a.ts[g.from].block].Kind == hearsay.Heading {
			continue
		}
		w := g.weight * fade[max(d, 0)]
		if speaks && d == 1 && g.quote == 0 && g.weight >= subjectWeight+speechWeight {
			w *= 1.5 // who spoke goes on
		}
		if replies && r.addressed[g.from] && d <= 2 {
			w *= 4 // `"Why?" she asked Ott. "It rained," he replied.`
		}
		if !opens && d == 0 && g.quote == quote && g.weight >= subjectWeight {
			w *= 1.4 // "Ott said he ..."
		}
		switch {
		case s == 0:
			w *= 0.85
		case quote != 0 && g.quote == 0:
			w *= 0.5
		}
		if g.quote != 0 && g.quote != quote && !r.sameVoice(g.quote, quote) {
			w *= 0.25
		}
		if g.q != nil && !g.q.evident {
			w *= 0.4
		}
		if g.q == nil && s == 0 && a.ts[g.from].block != a.ts[i].block {
			w *= 0.5
		}
		if d == 0 && g.weight < subjectWeight {
			w *= 0.7
		}
		found = weighIn(found, g, w)
	}
	sort.SliceStable(found, func(x, y int) bool { return found[x].sum > found[y].sum })
	return found
}

// repliesAt reports whether token i is a verb of answering.
func (a *analysis) repliesAt(i int) bool {
	if i >= len(a.ts) {
		return false
	}
	for _, v := range a.cuesAt(i) {
		switch v.lemma {
		case "reply", "answer", "respond", "retort":
			return true
		}
	}
	return false
}

// weighIn adds a sight to the standing of its person.
func weighIn(found []standing, g *sight, w float32) []standing {
	for k := range found {
		if found[k].q == g.q && found[k].unnamed == g.unnamed {
			found[k].sum += w
			return found
		}
	}
	if len(found) == cap(found) {
		return found
	}
	return append(found, standing{g.q, g.unnamed, w, g.sentence})
}

// The leads that the first of the standings needs over the second: for a pronoun,
// and for a description that says something new of its person.
const (
	pronounLead     = 1.1
	descriptionLead = 1.8
)

// antecedent returns whom a pronoun at token i of sentence n stands for. Where
// several could be meant, it names nobody.
func (r *resolver) antecedent(i, n int, sex class) sight {
	if q := r.ahead(i, sex); q != nil {
		return sight{q: q}
	}
	r.barred = r.bar(r.barred[:0], i)
	defer func() { r.barred = r.barred[:0] }()
	if k := r.sightsBefore(i); k > 0 && r.sights[k-1].to == i-1 && r.sights[k-1].q != nil && r.a.ts[i-1].mark == ',' && r.sights[k-1].q.sex|sex == sex && !r.agent(r.sights[k-1].words) && !slices.Contains(r.barred, r.sights[k-1].q) {
		return sight{q: r.sights[k-1].q} // "the head of the port, Ann Ott, she said"
	}
	named := len(r.barred)
	if i > r.a.ss[n].from && r.a.ts[i-1].kind == quoteMark {
		r.barred = r.seenIn(r.barred, r.a.ts[i-1].quote)
	}
	found := r.standings(i, n, sex)
	if len(found) == 0 && named < len(r.barred) {
		r.barred = r.barred[:named] // whom a pronoun in the quotation means is not sure
		found = r.standings(i, n, sex)
	}
	if len(found) == 0 {
		return sight{unnamed: &hearsay.Mention{Span: r.a.ts[i].Span, Why: hearsay.WhyNotInReport}}
	}
	if len(found) > 1 && found[0].sum < pronounLead*found[1].sum && !surer(found[0].q, found[1].q) {
		return sight{q: r.goesOn(i, n, sex)}
	}
	return sight{q: found[0].q, unnamed: found[0].unnamed}
}

// goesOn returns who spoke last, in sentence n before a pronoun at token i or in the one
// before, where the pronoun speaks, too, or stands at the beginning of what was said:
// "..., Ott said. '...', he added", "Ott kept out of it, saying he was tired".
func (r *resolver) goesOn(i, n int, sex class) *person {
	const back = 8 // sights
	a := r.a
	s := a.ss[n]
	inside := i > s.from && (a.saysAt(i-1) || i > s.from+1 && a.lowAt(i-1) == "that" && a.saysAt(i-2))
	if !inside && !a.saysAfter(i+1, s.to) {
		return nil
	}
	last := r.sightsBefore(i) - 1
	for k := last; k >= 0 && k > last-back && n-int(r.sights[k].sentence) <= 1 && !(inside && r.sights[k].from < s.from); k-- {
		g := &r.sights[k]
		if g.quote == 0 && g.q != nil && g.speaks && g.q.evident && g.q.sex|sex == sex && !slices.Contains(r.barred, g.q) {
			return g.q
		}
	}
	return nil
}

// agent reports whether "by" leads to the name at tokens w: "read by the lawyer, Ann
// Ott, she said".
func (r *resolver) agent(w words) bool {
	const back = 6 // tokens
	a := r.a
	lo := a.sentenceOf(w.from).from
	for i := w.from - 1; i >= lo && i > w.from-back; i-- {
		if a.lowAt(i) == "by" {
			return true
		}
	}
	return false
}

// bar adds those whom a pronoun at token i that speaks cannot stand for: whom its own
// words name. "He said Ott was late" is not said by Ott, nor is "Ott, he said, was late".
func (r *resolver) bar(list []*person, i int) []*person {
	const most = 6  // names
	const far = 40  // tokens
	const verbs = 4 // tokens
	a := r.a
	s := a.sentenceOf(i)
	if v := r.quoter(i); v.q != nil {
		list = append(list, v.q) // who is quoted says "I"
	}
	if a.ts[i].is(possessive) && !a.ts[i].is(third) || i > s.from && a.ts[i-1].is(subordinator) {
		return list
	}
	runs := r.people.runs
	k := sort.Search(len(runs), func(k int) bool { return runs[k].from >= i })
	add := func(run nameRun) {
		if run.name.empty() || len(list) >= most {
			return
		}
		if q, _ := r.personOf(run); q != nil {
			list = append(list, q)
		}
	}
	if i > s.from && a.ts[i-1].kind == quoteMark {
		quote := a.ts[i-1].quote // whom the quotation before it names
		for j := k - 1; j >= 0 && j >= k-most && quote != 0 && a.ts[runs[j].from].quote == quote; j-- {
			add(runs[j])
		}
	}
	if !a.saysAfter(i+1, s.to) {
		return list
	}
	for j := k; j < len(runs) && j < k+most && runs[j].from < min(s.to, i+far); j++ {
		add(runs[j])
	}
	if i > s.from+1 && a.ts[i-1].mark == ',' && a.ts[i-1].kind == punctuation {
		for j := i + 1; j < s.to && j <= i+verbs; j++ {
			if a.ts[j].kind == punctuation && a.ts[j].mark == ',' && k > 0 && runs[k-1].from >= s.from && runs[k-1].to == i-1 {
				add(runs[k-1])
			}
		}
	}
	return list
}

// quoters returns for each quotation the phrase of whom it is a quotation.
func (a *analysis) quoters(found []attribution) map[int32]words {
	by := map[int32]words{}
	for i := range found {
		at := &found[i]
		if at.inner || at.speaker.empty() || !a.outside(at.speaker.from) {
			continue
		}
		for _, c := range at.content {
			for j := c.from; j < c.to; j++ {
				if q := a.ts[j].quote; q != 0 {
					by[q] = at.speaker
				}
			}
		}
	}
	return by
}

// sayers records which phrases of the report itself speak, and by which cues.
func (r *resolver) sayers(found []attribution) {
	r.voices, r.cueBy, r.addressed = map[int]words{}, map[int]words{}, map[int]bool{}
	for i := range found {
		at := &found[i]
		if at.inner || at.speaker.empty() || at.cue.empty() || at.rule != "tagger" && at.rule != "cue-verb" && at.rule != "content-first" {
			continue
		}
		if a := r.a; a.lowAt(at.speaker.from-1) == "by" || a.lowAt(at.cue.to-1) == "by" {
			continue // "asked by an analyst"
		}
		for t := at.cue.from; t < at.cue.to; t++ {
			r.cueBy[t] = at.speaker
		}
		for t := at.speaker.from; t < at.speaker.to && !at.implied; t++ {
			r.voices[t] = at.speaker
		}
		if at.cue.to < len(r.a.ts) && at.cue.to != at.speaker.from {
			r.addressed[at.cue.to] = true // "asked Ott"
		}
		for t := at.addressee.from; t < at.addressee.to; t++ {
			r.addressed[t] = true
		}
	}
}

// A voice is whom a quotation is of: a person, or the description of one without a
// name; neither where that is not known.
type voice struct {
	q       *person
	unnamed *hearsay.Mention
}

// quoter returns who utters the quotation of token i, as far as the report has told by
// then.
func (r *resolver) quoter(i int) voice {
	quote := r.a.ts[i].quote
	w, ok := r.quoters[quote]
	if quote == 0 || !ok {
		return voice{}
	}
	if v, ok := r.voice[quote]; ok {
		return v
	}
	v := r.voiceOf(w)
	r.voice[quote] = v
	return v
}

// voiceOf returns who speaks at tokens w, which may stand behind what was looked at.
func (r *resolver) voiceOf(w words) voice {
	if g := r.sightAt(w.from); g != nil && g.to <= w.to {
		return voice{g.q, g.unnamed}
	}
	if run, ok := r.properName(w); ok && !run.name.empty() {
		q, _ := r.personOf(run)
		return voice{q: q}
	}
	switch low := r.a.lowAt(w.from); low {
	case "he", "she":
		return r.lastVoice(w.from, sexOf(low))
	}
	return voice{}
}

// lastVoice returns who spoke last before token i outside quotations and can have the
// sex: whose words go on, where "she said" stands behind them.
func (r *resolver) lastVoice(i int, sex class) voice {
	const near = 3 // sentences
	n := r.sentenceIndex(i)
	last := r.sightsBefore(i) - 1
	for k := last; k >= 0 && k > last-sightsBack && n-int(r.sights[k].sentence) <= near; k-- {
		g := &r.sights[k]
		s := g.sex
		if g.q != nil {
			s = g.q.sex
		}
		if g.quote == 0 && g.weight >= subjectWeight+speechWeight && (s == 0 || s == sex) {
			return voice{g.q, g.unnamed}
		}
	}
	return voice{}
}

// sameVoice reports whether two quotations are known to be of one phrase.
func (r *resolver) sameVoice(x, y int32) bool {
	w, ok := r.quoters[x]
	return ok && r.quoters[y] == w
}

// seenIn adds those of whom the quotation that was looked at last tells.
func (r *resolver) seenIn(list []*person, quote int32) []*person {
	const most = 6
	for k := len(r.sights) - 1; k >= 0 && k >= len(r.sights)-most && quote != 0; k-- {
		if g := &r.sights[k]; g.quote == quote && g.q != nil && len(list) < most {
			list = append(list, g.q)
		}
	}
	return list
}

// surer reports whether the first is shown to be a person and the second is not.
func surer(q, other *person) bool {
	return q != nil && q.evident && other != nil && !other.evident
}

// ahead returns the person named behind a pronoun in an opening clause: "When he
// arrived, Ott said ...".
func (r *resolver) ahead(i int, sex class) *person {
	const most = 24
	a := r.a
	s := a.sentenceOf(i)
	first := &a.ts[s.from]
	if i == s.from || i-s.from > 4 || !first.is(subordinator|preposition) || !a.outside(i) {
		return nil
	}
	for j := i; j+1 < s.to && j-i < most; j++ {
		if a.ts[j].kind != punctuation || a.ts[j].mark != ',' {
			continue
		}
		run, ok := a.nameRun(j + 1)
		if !ok || run.name.empty() || !a.verbAfter(run.to, s.to) {
			return nil
		}
		q, _ := r.people.named(a.contentWords(run.name), sex, a.lex)
		if q == nil || !q.evident || q.sex != 0 && q.sex != sex {
			return nil
		}
		return q
	}
	return nil
}

// pronoun resolves he, she, they, it, who.
func (r *resolver) pronoun(m *hearsay.Mention, w words) hearsay.Reason {
	a := r.a
	m.Kind = hearsay.ByPronoun
	switch low := a.ts[w.from].low(); low {
	case "he", "him", "his", "she", "her":
		return r.heOrShe(m, w.from, sexOf(low))
	case "they", "them", "their":
		return r.they(m, w.from)
	case "it", "its":
		if b, ok := r.lastBody(w.from); ok {
			m.Name = r.bodyOf(b)
			return hearsay.Reason{Rule: "speaker-last-organisation", Span: a.span(b)}
		}
		m.Why = hearsay.WhyAmbiguous
	case "who", "which", "that", "whom":
		return r.relative(m, w.from)
	case "i", "we", "me", "us", "my", "our":
		return r.writer(m, w)
	default:
		m.Why = hearsay.WhyUnnamed // "one", "someone", "you"
	}
	return hearsay.Reason{Rule: "speaker-pronoun", Span: m.Span}
}

// writer resolves the first person outside quotations: the writer, whose byline is no
// part of what the report tells. In a quotation nest knows later whose words they
// are.
func (r *resolver) writer(m *hearsay.Mention, w words) hearsay.Reason {
	a := r.a
	m.Why = hearsay.WhyUnnamed
	if !a.outside(w.from) {
		m.Why = hearsay.WhyAmbiguous
		return hearsay.Reason{Rule: "speaker-pronoun", Span: m.Span}
	}
	return hearsay.Reason{Rule: "speaker-writer", Span: m.Span}
}

// heOrShe resolves a pronoun for one person.
func (r *resolver) heOrShe(m *hearsay.Mention, i int, sex class) hearsay.Reason {
	g := sight{}
	if at := r.sightAt(i); at != nil {
		g = *at
	} else {
		g = r.antecedent(i, r.sentenceIndex(i), sex)
	}
	switch {
	case g.q != nil:
		r.take(m, g.q)
		return hearsay.Reason{Rule: "speaker-last", Span: g.q.first}
	case g.unnamed != nil:
		m.Why = g.unnamed.Why
		if g.unnamed.Span == m.Span {
			return hearsay.Reason{Rule: "speaker-pronoun", Span: m.Span}
		}
		return hearsay.Reason{Rule: "speaker-last-unnamed", Span: g.unnamed.Span}
	}
	m.Why = hearsay.WhyAmbiguous
	return hearsay.Reason{Rule: "speaker-pronoun", Span: m.Span}
}

// they resolves the pronoun of several: those two who were named together last, or
// the group that spoke last.
func (r *resolver) they(m *hearsay.Mention, i int) hearsay.Reason {
	const near = 120 // tokens
	a := r.a
	g, ok := r.lastSeveral(i, near, func(several) bool { return true })
	if b, spoke := r.bodySpoke(i); spoke && (!ok || g.from < b.from) {
		m.Name = r.bodyOf(b)
		return hearsay.Reason{Rule: "speaker-last-organisation", Span: a.span(b)}
	}
	if !ok {
		m.Why = hearsay.WhyAmbiguous
		return hearsay.Reason{Rule: "speaker-pronoun", Span: m.Span}
	}
	m.Name, m.Why = g.name, ""
	if g.name == "" {
		m.Why = hearsay.WhyUnnamed
	}
	return hearsay.Reason{Rule: "speaker-last-group", Span: a.span(g.words)}
}

// bodySpoke returns the organisation that "they" at token i, the subject of what was
// said, goes on with: the one that spoke in the sentence before, of the same paragraph.
func (r *resolver) bodySpoke(i int) (words, bool) {
	a := r.a
	n := r.sentenceIndex(i)
	if n == 0 || i > a.ss[n].from+1 || !a.saysAfter(i+1, a.ss[n].to) {
		return words{}, false
	}
	k := sort.Search(len(r.spoken), func(k int) bool { return r.spoken[k].from >= i })
	if k == 0 || r.spoken[k-1].from < a.ss[n-1].from || a.ts[r.spoken[k-1].from].block != a.ts[i].block {
		return words{}, false
	}
	return r.spoken[k-1], true
}

// relative resolves "who" by the name or the phrase before it.
func (r *resolver) relative(m *hearsay.Mention, i int) hearsay.Reason {
	a := r.a
	end, lo := r.beforeComma(i), a.sentenceOf(i).from
	if k := r.sightsBefore(end); k > 0 && r.sights[k-1].to == end && r.sights[k-1].q != nil {
		q := r.sights[k-1].q
		r.take(m, q)
		return hearsay.Reason{Rule: "speaker-relative", Span: q.first}
	}
	if before := a.phraseBefore(end, lo); !before.empty() && !a.ts[before.from].is(relative) {
		n, reason := r.mention(before, false)
		m.Name, m.Role, m.Why = n.Name, n.Role, n.Why
		return reason
	}
	m.Why = hearsay.WhyAmbiguous
	return hearsay.Reason{Rule: "speaker-pronoun", Span: m.Span}
}

func sexOf(pronoun string) class {
	if pronoun == "she" || pronoun == "her" {
		return feminine
	}
	return masculine
}

// beforeComma passes over the comma or the dash that may stand before "who".
func (r *resolver) beforeComma(i int) int {
	if i > 0 && r.a.ts[i-1].kind == punctuation && (r.a.ts[i-1].mark == ',' || r.a.ts[i-1].mark == markDash || r.a.ts[i-1].mark == '-') {
		return i - 1
	}
	return i
}

// sentenceIndex returns the number of the sentence of token i.
func (r *resolver) sentenceIndex(i int) int {
	return sort.Search(len(r.a.ss), func(k int) bool { return r.a.ss[k].to > i })
}

// lastBody returns the organisation that "it" at token i stands for: the only one
// in its sentence or the one before, or the one that spoke last.
func (r *resolver) lastBody(i int) (words, bool) {
	const most = 12
	a := r.a
	n := r.sentenceIndex(i)
	from := a.ss[n].from
	if n > 0 {
		from = a.ss[n-1].from
	}
	k := sort.Search(len(r.bodies), func(k int) bool { return r.bodies[k].from >= i })
	var only words
	name := ""
	for j := k - 1; j >= 0 && j >= k-most && r.bodies[j].from >= from; j-- {
		b := r.bodies[j]
		if !a.outside(b.from) {
			continue
		}
		s := a.sentenceOf(b.from)
		if w, speaks := r.weigh(b, s); speaks || w >= subjectWeight && b.from-s.from < 3 {
			return b, true
		}
		switch other := r.bodyOf(b); {
		case name == "":
			only, name = b, other
		case other != name:
			return words{}, false
		}
	}
	if name != "" {
		return only, true
	}
	k = sort.Search(len(r.spoken), func(k int) bool { return r.spoken[k].from >= i })
	const near = 150
	if k > 0 && i-r.spoken[k-1].from < near {
		return r.spoken[k-1], true
	}
	return words{}, false
}

// bodyOf returns the full name of an organisation that stands at tokens w.
func (r *resolver) bodyOf(w words) string {
	name := r.spokenAs[w]
	if name == "" {
		name = r.fullBody(w)
	}
	return name
}
