package annotate

import "slices"

// This file finds whom the opening of a report describes before it is named: "The
// head of the port has resigned ... 'I am tired,' Ann Ott said."

// nameOpening gives the one whom the opening describes as its subject the name that
// follows without a word of who that is. Only one name may stand so.
func (r *resolver) nameOpening() {
	if r.body >= len(r.a.ss) {
		return
	}
	w, head := r.opensWith(r.a.ss[r.body])
	if w.empty() || r.a.lex.alike(r.a.lowAt(head), "spokesman") {
		return
	}
	if q, _ := r.byRole(w, head); q != nil {
		return
	}
	q := r.bareName(r.body, w)
	if q == nil || len(q.roles) >= mostRoles {
		return
	}
	q.roles = append(q.roles, roleAt{Span: r.a.span(w), words: r.a.contentWords(w)})
	r.enterRole(q, &q.roles[len(q.roles)-1])
	r.opened, r.opening = w, q
	q.evident = true
	if q.sex == 0 {
		q.sex = r.a.sexOfNoun(head)
	}
}

// opensWith returns the description of one person without a name that is the subject
// of a sentence at its beginning, and its head.
func (r *resolver) opensWith(s sentence) (w words, head int) {
	const near = 6 // tokens
	a := r.a
	if first := &a.ts[s.from]; first.quote != 0 || !first.is(determiner) || first.is(possessive) || a.definite(words{s.from, s.to}) && first.low() != "the" {
		return words{}, 0
	}
	for j := s.from + 1; j < s.to && j <= s.from+near && a.ts[j].kind == wordToken && !a.ts[j].is(preposition|auxiliary|determiner|possessive|conjunction|relative); j++ {
		t := &a.ts[j]
		if t.capital && !t.upper && !t.is(demonym) && a.lex.adjectives[t.In(a.text)] == "" {
			return words{}, 0 // "The Thorn striker", "the mayor Ann Ott"
		}
		if a.personNoun(j) && !t.is(group|organisation|unnamed) && (!a.pluralNoun(j) || t.is(role)) && a.lowAt(j+1) != "'s" {
			head = j
		}
	}
	if head == 0 || head+1 >= s.to || a.ts[head+1].kind != wordToken && a.ts[head+1].mark != ',' || a.possessiveMark(head+1) || a.personNoun(head+1) || a.noun(head+1) && a.ts[head+1].lex != nil && !a.verbAfter(head+1, s.to) {
		return words{}, 0
	}
	if a.ts[head+1].mark == ',' && a.capitalWord(head+2) {
		return words{}, 0 // "The mayor, Ann Ott"
	}
	w = words{s.from, head + 1}
	for w.to < s.to && w.to < head+near && (a.lowAt(w.to) == "of" || a.ts[w.to].is(determiner) || a.capitalWord(w.to)) {
		w.to++
	}
	return w, head
}

// bareName returns the only person whom the sentences behind k name in full and of
// whom they say nothing but the age.
func (r *resolver) bareName(k int, w words) *person {
	const far = 7 // sentences
	a := r.a
	lo, hi := a.ts[w.to-1].End, a.ts[a.ss[min(k+far, len(a.ss)-1)].to-1].End
	sex := a.sexOfNoun(a.headNoun(w))
	var found *person
	for _, q := range r.people.all {
		if q.given == "" || q.first.Start < lo || q.mentions == 0 || slices.ContainsFunc(q.roles, func(role roleAt) bool { return !role.tacit }) {
			continue
		}
		if q.first.Start > hi {
			break
		}
		at, ok := a.place(q.first)
		if !ok || !q.evident && !a.saysAfter(at.to, len(a.ts)) && !a.saysBefore(at.from, 0) || a.possessiveMark(at.to) || r.toldOf(at) || sex != 0 && q.sex != 0 && q.sex != sex {
			continue
		}
		if found != nil {
			return nil
		}
		found = q
	}
	return found
}

// toldOf reports whether words beside a name tell who that is: a small noun before
// it, or an apposition.
func (r *resolver) toldOf(at words) bool {
	a := r.a
	if i := at.from - 1; i >= 0 && a.ts[i].block == a.ts[at.from].block && (a.ts[i].kind == wordToken && a.noun(i) && len(a.cuesAt(i)) == 0 || a.ts[i].kind == punctuation && a.ts[i].mark == ',' && !a.phraseBeforeComma(at.from).empty()) {
		return true
	}
	if i := at.to; i+1 < len(a.ts) && a.ts[i].kind == punctuation && a.ts[i].mark == ',' && a.ts[i+1].block == a.ts[i].block {
		t := &a.ts[i+1]
		return t.kind == wordToken && (t.is(determiner|possessive) || a.noun(i+1) && !t.capital)
	}
	return a.lowAt(at.to) == "of" || a.lowAt(at.to) == "from"
}

// onTrial gives a person of whom the words beside the name tell what is told of a
// defendant that role: "Ott denies murder", "alleged that Ott had lied".
func (a *analysis) onTrial(q *person, run nameRun) {
	const near = 12 // tokens
	i := run.to
	if i < len(a.ts) && a.ts[i].kind == punctuation && a.ts[i].mark == ',' {
		if j := a.commaBehind(i+1, min(i+near, len(a.ts))); j > 0 && a.ts[j].block == a.ts[i].block {
			i = j + 1 // ", of Mill Row,"
		}
	}
	tried := a.lowAt(run.from-1) == "that" && a.lex.accuses[a.lowAt(run.from-2)]
	for n := 0; n < 4 && i+1 < len(a.ts) && !tried; n, i = n+1, i+1 {
		low := a.lowAt(i)
		switch next := a.lowAt(i + 1); {
		case low == "pleaded", low == "pleads", (low == "denied" || low == "denies" || low == "admitted" || low == "admits") && a.lex.crimes[next]:
			tried = true
		case (low == "was" || low == "were" || low == "is" || low == "been") && a.lex.tried[next]:
			tried = true
		}
		if !tried && !a.ts[i].is(auxiliary) && !a.adverb(i) {
			return
		}
	}
	if tried && len(q.roles) < mostRoles {
		q.roles = append(q.roles, roleAt{Span: a.span(run.words), words: []string{"defendant", "accused"}, tacit: true})
	}
}
