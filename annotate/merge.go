package annotate

// merge puts together what the rules and what the tagger found. What is
// mechanical, such as a transcript, is the rules'; the tagger, which has seen
// what the rules take each word for, has the rest.
func (a *analysis) merge(rules, tagged []attribution) []attribution {
	held := make([]bool, len(a.ts)) // by the rules
	var out []attribution
	speak := a.speakersBelow(rules)
	for _, at := range rules {
		switch at.rule {
		case "headline":
			if !a.speaksInHeadline(&at, speak) {
				continue // the tagger's
			}
			fallthrough
		case "transcript", "label", "signature":
			out = append(out, at)
			a.markCovered(held, at)
			hold(held, at.cue)
			hold(held, at.speaker)
		}
	}
	covered, taken := a.cover(out), make([]bool, len(a.ts)) // by contents, and by cues
	for _, at := range tagged {
		if held[at.cue.from] || a.anyCovered(held, at.content[0].from, at.content[0].to) || unchecked(at) || a.anonymity(at) || a.otherSense(at) || a.deprived(at) {
			continue
		}
		out = append(out, at)
		a.markCovered(covered, at)
		hold(taken, at.cue)
	}
	for _, at := range rules {
		if a.fillsIn(&at) && !a.anyCovered(covered, at.content[0].from, at.content[0].to) && !a.anyCovered(taken, at.cue.from, at.cue.to) {
			out = append(out, at)
		}
	}
	return out
}

// plainly are the verbs that do nothing but report, and leastPlain is the number
// of tokens that have to follow one.
var plainly = map[string]bool{"say": true, "tell": true, "write": true, "warn": true, "add": true}

const leastPlain = 4

// fillsIn reports whether a rule counts where the tagger found nothing: of
// quotations that no words report, of somebody who plainly says something, and of
// people who say something in a headline.
func (a *analysis) fillsIn(at *attribution) bool {
	switch at.rule {
	case "transcript", "label", "headline", "signature":
		return false // taken already
	case "quotation-alone", "quotation-follows":
		return true
	}
	if plainly[at.lemma] && at.hasContent() && !at.speaker.empty() && !at.implied && (at.rule == "cue-verb" || at.rule == "content-first") {
		return lastToken(*at)-at.cue.to >= leastPlain || at.rule == "content-first"
	}
	return a.saysInHeadline(at)
}

// hold marks the tokens of w.
func hold(held []bool, w words) {
	for i := w.from; i < w.to; i++ {
		held[i] = true
	}
}

// complete adds to what the tagger found the main word of the cue, and who
// speaks and who was told, where a rule found the same cue.
func (a *analysis) complete(tagged, rules []attribution) {
	byCue := make(map[int]int, len(rules))     // the rule for each token of a cue
	byContent := make(map[int]int, len(rules)) // the rule for the first token of a content behind a verb of saying
	for i := range rules {
		for t := rules[i].cue.from; t < rules[i].cue.to; t++ {
			byCue[t] = i
		}
		if r := &rules[i]; plainly[r.lemma] && r.rule == "cue-verb" && r.hasContent() && r.content[0].from >= r.cue.to {
			byContent[r.content[0].from] = i
		}
	}
	for i := range tagged {
		at := &tagged[i]
		if k, ok := byContent[at.content[0].from]; ok && a.occasionOf(at.cue, rules[k].cue) {
			at.cue = rules[k].cue // "told them in an opening statement that"
		}
		at.lemma, _, _, at.negated = a.act([]words{at.cue})
		for t := at.cue.from; t < at.cue.to; t++ {
			k, ok := byCue[t]
			if !ok {
				continue
			}
			r := &rules[k]
			at.ruled = true
			if r.rule == "passive" {
				// Who speaks and who was told is a matter of grammar here.
				at.cue, at.speaker, at.implied, at.content = r.cue, r.speaker, false, r.content
			}
			if at.speaker.empty() && !at.unsaid && !a.overlapping(r.speaker, at) && !r.speaker.empty() && !a.noSpeaker(r.speaker) {
				at.speaker, at.implied = r.speaker, true
			}
			if !a.overlapping(r.addressee, at) {
				at.addressee = r.addressee
			}
			break
		}
		a.lend(at)
	}
}

// occasionOf reports whether a cue without a verb only tells on which occasion the
// verb before it was said: "told them in an opening statement that".
func (a *analysis) occasionOf(cue, verb words) bool {
	const longest = 6 // tokens
	if cue.from < verb.to {
		return false
	}
	for i := cue.from; i < cue.to; i++ {
		if t := &a.ts[i]; t.kind != wordToken || t.lex != nil && len(t.lex.cues) > 0 && t.lex.noun == nil {
			return false
		}
	}
	for i := cue.from; i >= verb.to && cue.from-i <= longest; i-- {
		if low := a.lowAt(i); low == "in" || low == "at" || low == "during" {
			return true
		}
	}
	return false
}

// overlapping reports whether w shares a token with the attribution.
func (a *analysis) overlapping(w words, at *attribution) bool {
	for _, v := range append([]words{at.speaker, at.cue}, at.content...) {
		if w.from < v.to && v.from < w.to {
			return true
		}
	}
	return false
}

// lend gives a participle without speaker the subject of its clause: "Ott shook
// her head, saying that ...".
func (a *analysis) lend(at *attribution) {
	i := at.cue.from
	if !at.speaker.empty() || at.unsaid || !a.ingAt(i) || i == 0 {
		return
	}
	s := a.sentenceOf(i)
	if w := a.clauseSubject(s, i); !w.empty() && !a.overlapping(w, at) {
		at.speaker, at.implied = w, true
	}
}
