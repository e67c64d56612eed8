package annotate

import "hearsay"

// keepUnnamed marks a speaker whose name the report says it keeps back, and signs it
// with the ground that the report gives: "who spoke on condition of anonymity
// because ...".
func (a *analysis) keepUnnamed(s *hearsay.Statement, w words) {
	const far = 48 // tokens
	m := s.Speaker
	if m.Name != "" || m.Kind != hearsay.ByNoun && m.Kind != hearsay.ByGroup && m.Kind != hearsay.ByAnonymous {
		return
	}
	in := a.sentenceOf(w.from)
	end := min(in.to, w.to+far)
	from := w.from
	for i := from; i < end; i++ {
		t := &a.ts[i]
		if t.quote != 0 && a.ts[w.from].quote == 0 {
			continue
		}
		if !a.keepsName(i, end) {
			continue
		}
		m.Kind, m.Why = hearsay.ByAnonymous, hearsay.WhyUnnamed
		if g := a.ground(i, end); !g.empty() {
			s.Because = append(s.Because, hearsay.Reason{Rule: "anonymous-because", Span: a.span(g)})
		}
		return
	}
}

// keepsName reports whether the words at token i keep a name back: "on condition of
// anonymity", "asked not to be named", "requested anonymity", "declined to be
// identified", "name not be printed".
func (a *analysis) keepsName(i, hi int) bool {
	low := a.lowAt(i)
	switch low {
	case "anonymity", "anonymously":
		return true
	case "named", "identified":
		for j := i - 1; j >= 0 && j > i-5; j-- {
			switch a.lowAt(j) {
			case "not", "n't", "declined", "refused":
				return true
			}
		}
	case "name", "names":
		for j := i + 1; j < hi && j < i+4; j++ {
			switch a.lowAt(j) {
			case "not", "withheld", "n't":
				return true
			}
		}
	}
	return false
}

// ground returns the words that tell why a name is kept back, from "because",
// "citing", "for fear of", "as" or "since" to the end of the clause.
func (a *analysis) ground(i, hi int) words {
	for j := i + 1; j < hi && j < i+10; j++ {
		switch low := a.lowAt(j); {
		case low == "because", low == "citing", low == "since", low == "fearing",
			low == "as" && j+1 < hi && a.ts[j+1].is(personal|determiner),
			low == "for" && a.lowAt(j+1) == "fear",
			low == "to" && (a.lowAt(j+1) == "discuss" || a.lowAt(j+1) == "speak" || a.lowAt(j+1) == "describe" || a.lowAt(j+1) == "talk"),
			low == "in" && a.lowAt(j+1) == "order":
			end := j
			for end < hi && a.ts[end].kind != punctuation {
				end++
			}
			if end > j+1 {
				return words{j, end}
			}
		case a.ts[j].kind == punctuation && a.ts[j].mark != ',':
			return words{}
		}
	}
	return words{}
}
