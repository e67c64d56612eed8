package annotate

import (
	"strings"

	"hearsay"
)

// This file tells who speaks behind a transcript's label that names a part only:
// "MODERATOR", "Q", and behind the verb of a headline.

// headlineSpeaker gives a headline's statement the person whom the body knows and who
// stands behind its verb, where no verb follows: "Thorn declares gains, says Ott at high
// cost".
func (a *analysis) headlineSpeaker(at *attribution, r *resolver) {
	i := at.cue.to
	if at.cue.to-at.cue.from != 1 || i >= len(a.ts) || !a.heading(i) || a.ts[i].block != a.ts[i-1].block || i < 2 || a.ts[i-2].kind != punctuation {
		return
	}
	if w := a.ts[i-1].lex; w == nil || len(w.cues) == 0 || w.form&thirdForm == 0 || !w.cues[len(w.cues)-1].takes(invertedFrame) {
		return
	}
	run, ok := a.nameRun(i)
	if !ok || run.name.empty() || !at.speaker.empty() && at.speaker.to > i-1 {
		return
	}
	q, _ := r.people.named(a.contentWords(run.name), run.sex, a.lex)
	if q == nil || !q.evident {
		return
	}
	const longest = 30 // tokens of a headline
	kept := at.content[:0:0]
	for _, c := range at.content {
		if c.to-c.from > longest || len(kept) > 2 {
			return
		}
		if c.from < run.to && run.from < c.to {
			c.from = run.to
		}
		for c.to > c.from && a.ts[c.to-1].block != a.ts[i].block {
			c.to--
		}
		if a.verbWithin(c.from, c.to) && c.from >= run.to {
			return // "Thorn declares gains, says Ott lied"
		}
		if a.anyWord(c) {
			kept = append(kept, c)
		}
	}
	if len(kept) > 0 {
		at.speaker, at.content = run.words, kept
	}
}

// introducedBy returns the name with which a question begins: "Q: Ann Ott, Radio
// Thorn. ...". Only a sentence of a name and an outlet is one.
func (a *analysis) introducedBy(w words) hearsay.Span {
	const longest = 12 // tokens
	i := w.to
	for i < len(a.ts) && i < w.to+2 && a.ts[i].kind == punctuation {
		i++
	}
	if i >= len(a.ts) || a.ts[i].block != a.ts[w.from].block {
		return hearsay.Span{}
	}
	run, ok := a.nameRun(i)
	if n := run.name.to - run.name.from; !ok || n < 2 || n > 4 || run.to >= len(a.ts) || a.ts[run.to].mark != ',' {
		return hearsay.Span{}
	}
	for j := run.to + 1; j < len(a.ts) && j < i+longest && a.ts[j].block == a.ts[i].block; j++ {
		t := &a.ts[j]
		switch {
		case t.kind == punctuation && t.mark == '.' && j > run.to+1:
			return a.span(run.name)
		case t.kind == wordToken && !t.capital && !t.is(determiner|preposition|organisation|document), t.kind == punctuation:
			return hearsay.Span{}
		}
	}
	return hearsay.Span{}
}

// thanked returns the names of speakers whom the next one thanks by name, by their
// labels: "MODERATOR: ... ANN OTT: Thank you, Piotr." A label with two of them has none.
func (a *analysis) thanked() map[string]hearsay.Span {
	const longest = 5 // tokens of a label
	found := map[string]hearsay.Span{}
	label := ""
	for i := 0; i < len(a.ts); i++ {
		if i > 0 && a.ts[i-1].block == a.ts[i].block {
			continue
		}
		colon := i + 1
		for colon < len(a.ts) && colon <= i+longest && a.ts[colon].block == a.ts[i].block && a.ts[colon].kind == wordToken {
			colon++
		}
		if colon >= len(a.ts) || a.ts[colon].block != a.ts[i].block || a.ts[colon].kind != punctuation || a.ts[colon].mark != ':' {
			continue // a further paragraph of the same speaker
		}
		if s := a.thanks(colon + 1); !s.Empty() && label != "" {
			if old, ok := found[label]; ok && old.In(a.text) != s.In(a.text) {
				s = hearsay.Span{}
			}
			found[label] = s
		}
		label = ""
		if w := (words{i, colon}); a.ts[colon-1].is(role) {
			label = a.span(w).In(a.text)
		}
	}
	return found
}

// thanks returns the name in "Thank you, Ann." or "Thanks, Ann." at token i.
func (a *analysis) thanks(i int) hearsay.Span {
	switch {
	case a.lowAt(i) == "thank" && a.lowAt(i+1) == "you":
		i += 2
	case a.lowAt(i) == "thanks":
		i++
	default:
		return hearsay.Span{}
	}
	if i+1 >= len(a.ts) || a.ts[i].kind != punctuation || a.ts[i].mark != ',' {
		return hearsay.Span{}
	}
	run, ok := a.nameRun(i + 1)
	if !ok || run.name.empty() || run.to >= len(a.ts) || a.ts[run.to].kind != punctuation {
		return hearsay.Span{}
	}
	return a.span(run.name)
}

// interviewed returns whom the letters of an interview stand for: Q who asks, A who
// answers; nil where the report does not name them.
func (r *resolver) interviewed(label string) *person {
	switch strings.TrimSuffix(label, ".") {
	case "Q":
		return r.asks[0]
	case "A":
		return r.asks[1]
	}
	return nil
}

// meetParties finds who asks and who answers where the opening of a report says so:
// "Ann Ott was interviewed by Emil Brand", "Emil Brand meets Ann Ott", "an interview
// with Ann Ott".
func (r *resolver) meetParties() {
	const opening = 250 // tokens
	a := r.a
	for i := 1; i+1 < len(a.ts) && i < opening; i++ {
		if a.ts[i].quote != 0 {
			continue
		}
		next := i + 1
		switch low := a.lowAt(i); {
		case low == "interviewed" && a.lowAt(i+1) == "by":
			r.parties(r.namedAt(i+2), r.namedBefore(i))
			return
		case low == "meets", low == "interviews", low == "interviewed":
		case (low == "interview" || low == "conversation") && a.lowAt(next) == "with",
			(low == "talks" || low == "talked" || low == "speaks" || low == "spoke") && (a.lowAt(next) == "to" || a.lowAt(next) == "with"):
			next++
		case (low == "sat" || low == "sits") && a.lowAt(next) == "down" && a.lowAt(next+1) == "with":
			next += 2
		default:
			continue
		}
		if q := r.namedAt(next); q != nil {
			r.parties(r.namedBefore(i), q)
			return
		}
	}
	r.asks[1] = r.introduced(opening)
}

// introduced returns the person of whom the words before the first question of an
// interview tell above all, nil where there are several, or no interview.
func (r *resolver) introduced(opening int) *person {
	a := r.a
	first := 0
	for i := 1; i+1 < len(a.ts) && i < opening; i++ {
		if s := a.ts[i].In(a.text); (s == "Q" || s == "Q.") && a.ts[i].block != a.ts[i-1].block && a.ts[i+1].kind == punctuation {
			first = i
			break
		}
	}
	var best *person
	times := map[*person]int{}
	for _, g := range r.sights[:r.sightsBefore(first)] {
		if g.q == nil || g.quote != 0 {
			continue
		}
		if times[g.q]++; best == nil || times[g.q] > times[best] {
			best = g.q
		}
	}
	for q, n := range times {
		if times[best] < 2 || q != best && 2*n > times[best] {
			return nil
		}
	}
	return best
}

func (r *resolver) parties(asks, answers *person) {
	if asks != answers {
		r.asks = [2]*person{asks, answers}
	}
}

// namedAt returns the person in whose name, with what stands before it, a phrase at
// token i ends, nil for none.
func (r *resolver) namedAt(i int) *person {
	const far = 12 // tokens
	s := r.a.sentenceOf(min(i, len(r.a.ts)-1))
	for j := i; j < s.to && j < i+far; j++ {
		if g := r.sightAt(j); g != nil && g.q != nil {
			return g.q
		}
	}
	return nil
}

// namedBefore returns the first person named in the sentence before token i, nil for
// none.
func (r *resolver) namedBefore(i int) *person {
	s := r.a.sentenceOf(i)
	for j := s.from; j < i; j++ {
		if g := r.sightAt(j); g != nil && g.q != nil {
			return g.q
		}
	}
	return nil
}
