package annotate

import "hearsay"

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
