package annotate

import "hearsay"

// government resolves a country, a seat of government that stands for it, and
// "the Ukrainian government".
func (r *resolver) government(m *hearsay.Mention, w words, speaks bool) bool {
	a := r.a
	if a.ts[w.from].low() == "the" && w.to-w.from > 1 {
		w.from++
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
	if name == "" {
		return false
	}
	m.Kind, m.Name = hearsay.ByOrganisation, name
	r.spoke(m, speaks)
	return true
}

// longerName returns the name of the one organisation that a single word stands
// for: "the Guild" for the Fishermen's Guild.
func (r *resolver) longerName(name string, run nameRun) string {
	if run.to-run.from > 1 {
		return name
	}
	long := ""
	for _, b := range r.people.bodies[r.a.low(r.a.ts[run.from])] {
		if long != "" && b.In(r.a.text) != long {
			return name
		}
		long = b.In(r.a.text)
	}
	if len(long) > len(name) {
		return long
	}
	return name
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

// organisation names a body: by the capital letters in the phrase, or by the
// name that ended in the same noun before ("the board").
func (r *resolver) organisation(m *hearsay.Mention, w words, head int) hearsay.Span {
	a := r.a
	if run, ok := r.described(w); ok {
		m.Name = a.span(run).In(a.text)
		return m.Span
	}
	for i := w.from; i < w.to; i++ {
		if a.capitalWord(i) && (i > w.from || a.sentenceOf(i).from != i) {
			m.Name = a.withoutArticle(w)
			return m.Span
		}
	}
	var at hearsay.Span
	for _, b := range r.people.bodies[a.low(a.ts[head])] {
		if at.Empty() || b.Start < m.Start {
			at = b
		}
	}
	if at.Empty() {
		m.Why = hearsay.WhyNotInReport
		return m.Span
	}
	m.Name = at.In(a.text)
	return at
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
	if q, ambiguous := r.people.named(a.contentWords(run.name), 0); q != nil || ambiguous {
		return words{}, false
	}
	return run.words, true
}

// spoke remembers a group or organisation as the last that spoke.
func (r *resolver) spoke(m *hearsay.Mention, speaks bool) {
	switch {
	case !speaks:
	case m.Kind == hearsay.ByGroup:
		r.group = m.Span
	case m.Kind == hearsay.ByOrganisation && m.Name != "":
		r.body = *m
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
