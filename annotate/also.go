package annotate

import "hearsay"

// voices adds those who are said to have said the same: "as Ott did in Harrow on
// Monday", "echoing Ott", "a view shared by Ott", "along with Ott". Each has the place
// and the time that stand behind it.
func (a *analysis) voices(ss []hearsay.Statement, parts []attribution, r *resolver) {
	held := map[int]int{} // statements by their sentence, the last one
	for i := range parts {
		if parts[i].inner || ss[i].Speaker == nil {
			continue
		}
		k := r.sentenceIndex(parts[i].anchor().from)
		if _, seen := held[k]; seen {
			continue // the first statement of a sentence is the one that is shared
		}
		held[k] = i
		s := a.ss[k]
		for j := s.from; j < s.to; j++ {
			if a.ts[j].quote != 0 {
				continue
			}
			w, rule := a.sharer(j, s)
			if w.empty() {
				continue
			}
			a.addVoice(&ss[i], parts[i], w, s, rule, r)
		}
	}
}

// addVoice resolves the phrase w as a further speaker of a statement.
func (a *analysis) addVoice(s *hearsay.Statement, at attribution, w words, in sentence, rule string, r *resolver) {
	const most = 4 // further speakers
	m, _ := r.mention(w, false)
	if len(s.Also) == most || m.Span == s.Speaker.Span || m.Name != "" && m.Name == s.Speaker.Name || rule != "also-with" && w.from < at.speaker.to && at.speaker.from < w.to {
		return
	}
	if m.Kind == hearsay.ByPronoun && m.Name == "" {
		return
	}
	v := hearsay.Voice{Mention: *m}
	v.Place, v.When = a.voicePlace(w.to, in), a.voiceTime(w.to, in)
	s.Also = append(s.Also, v)
	s.Because = append(s.Because, hearsay.Reason{Rule: rule, Span: m.Span})
}

// sharer returns the phrase of one who says the same where token j begins words that
// tell so, and the name of the rule.
func (a *analysis) sharer(j int, s sentence) (words, string) {
	low := a.lowAt(j)
	next := func(i int) string {
		if i >= s.to {
			return ""
		}
		return a.lowAt(i)
	}
	switch low {
	case "as", "like":
		w := a.phraseAfter(j+1, s.to, false)
		if w.empty() || low == "like" && (w.from == s.from || a.ts[j].capital) {
			return words{}, ""
		}
		i := w.to
		if next(i) == "also" || next(i) == "had" && next(i+1) != "done" {
			i++
		}
		did := next(i) == "did" || next(i) == "has" && next(i+1) == "done" || next(i) == "had" && next(i+1) == "done"
		if did && a.endsVoice(i+1+a.lenIf(next(i+1) == "done"), s) && (j == s.from || a.ts[j-1].kind == punctuation) {
			return w, "also-did"
		}
	case "echoing", "echoed":
		w := a.phraseAfter(j+1, s.to, false)
		if low == "echoed" && next(j+1) != "by" || w.empty() && next(j+1) != "by" {
			return words{}, ""
		}
		if next(j+1) == "by" {
			w = a.phraseAfter(j+2, s.to, false)
		}
		return a.whoseWords(w, s), "also-echo"
	case "shared":
		if next(j+1) == "by" && j > s.from && (a.lowAt(j-1) == "view" || a.lowAt(j-1) == "views" || a.lowAt(j-1) == "opinion" || a.lowAt(j-1) == "concern" || a.lowAt(j-1) == "concerns" || a.lowAt(j-1) == "assessment") {
			return a.phraseAfter(j+2, s.to, false), "also-shared"
		}
	case "along", "together":
		if w := a.phraseAfter(j+2, s.to, false); next(j+1) == "with" && j > s.from && a.ts[j-1].mark == ',' && a.ts[w.from].capital && a.voiceAhead(w.to, s) {
			return w, "also-with"
		}
	}
	return words{}, ""
}

// lenIf returns 1 where a word stands, 0 where it does not.
func (a *analysis) lenIf(there bool) int {
	if there {
		return 1
	}
	return 0
}

// endsVoice reports whether the clause "as Ott did" may end at token i: no object
// follows.
func (a *analysis) endsVoice(i int, s sentence) bool {
	if i >= s.to {
		return true
	}
	t := &a.ts[i]
	return t.kind == punctuation || t.is(preposition|timeWord|adverb)
}

// voiceAhead reports whether a phrase is closed by a comma and a verb of speech
// follows: "Ott, along with Brand, said".
func (a *analysis) voiceAhead(i int, s sentence) bool {
	return i+1 < s.to && a.ts[i].kind == punctuation && a.ts[i].mark == ',' && a.saysAfter(i+1, s.to)
}

// whoseWords returns the owner where a phrase tells of the words of somebody:
// "previous comments by Secretary of State Ann Ott", "Ott's remarks"; else the phrase.
func (a *analysis) whoseWords(w words, s sentence) words {
	const most = 10 // tokens
	for i := w.from; i < w.to; i++ {
		if a.possessiveMark(i) {
			return words{w.from, i}
		}
	}
	for i := w.from; i < min(s.to, w.from+most); i++ {
		t := &a.ts[i]
		if t.kind == punctuation {
			break
		}
		if low := t.low(); low == "by" || low == "from" || low == "of" && i > w.from && !a.ts[i-1].capital {
			return a.phraseAfter(i+1, s.to, false)
		}
	}
	return w
}

// voicePlace returns the place of a further saying: "in Harrow" near behind token i.
func (a *analysis) voicePlace(i int, s sentence) *hearsay.Mention {
	const near = 5 // tokens
	for j := i; j+1 < s.to && j < i+near; j++ {
		if a.ts[j].kind == punctuation {
			return nil
		}
		if low := a.ts[j].low(); (low == "in" || low == "at") && a.capitalWord(j+1) && !a.ts[j+1].is(month|weekday) {
			run, ok := a.nameRun(j + 1)
			if !ok {
				return nil
			}
			name := a.span(run.words)
			return &hearsay.Mention{Span: name, Kind: hearsay.ByName, Name: name.In(a.text)}
		}
	}
	return nil
}

// voiceTime returns the time of a further saying, which stands near behind token i.
func (a *analysis) voiceTime(i int, s sentence) *hearsay.Moment {
	const near = 7 // tokens
	end := i
	for end < s.to && end < i+near && a.ts[end].kind != punctuation {
		end++
	}
	return a.momentIn(words{i, end})
}
