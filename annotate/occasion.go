package annotate

import "hearsay"

// This file finds what a saying was part of in the clauses about it: the place of what
// went on meanwhile, and the meeting of which a clause tells what was said there.

// meanwhile finds the place in a clause that tells what went on while somebody spoke: "said as he waited outside
// the clinic", "told the Post when a reporter met her outside her house".
func (a *analysis) meanwhile(i, hi int, c *circumstance) {
	from, to := a.clauseBeside(i, hi)
	for k := from; k+1 < to && c.place.empty(); k++ {
		if a.ts[k].is(preposition) && a.beside(k, c) {
			a.placed(k, to, c)
		}
	}
}

// clauseBeside returns the tokens of a clause with "as", "while" or "when" that begins at token i, up to the mark that ends
// it. It is empty where none begins, and where "when" asks.
func (a *analysis) clauseBeside(i, hi int) (from, to int) {
	const most = 24
	if i+2 >= hi {
		return i, i
	}
	switch a.ts[i].low() {
	case "as", "while", "when":
	default:
		return i, i
	}
	if next := &a.ts[i+1]; !next.is(personal|determiner|possessive) && (!next.capital || a.ts[i].low() == "as") {
		return i, i // "as usual", "when asked", "as Macron did"
	}
	switch a.ts[i+2].low() {
	case "did", "does", "do", "had", "has", "have":
		return i, i // "as he did on Monday"
	}
	to = i + 1
	for to < hi && to-i < most && a.ts[to].quote == a.ts[i].quote && a.ts[to].kind != punctuation && a.ts[to].kind != quoteMark {
		to++
	}
	return i + 1, to
}

// withoutPlace takes out of a speaker behind the cue the place that stands behind its
// apposition: "said Ott, the mayor, outside the court".
func (a *analysis) withoutPlace(s *hearsay.Statement, at *attribution, quote int32) {
	const most = 16 // tokens
	for i := at.speaker.to - 2; i > at.speaker.from && at.speaker.to-i < most; i-- {
		if !a.comma(i, at.speaker.to) {
			continue
		}
		c := circumstance{quote: quote}
		j := i + 1
		for j < at.speaker.to {
			k := a.chunk(j, at.speaker.to, &c)
			if k == j {
				break
			}
			j = k
		}
		if j == at.speaker.to && !c.empty() && a.ts[i+1].is(preposition) && s.Speaker != nil {
			at.speaker.to = i + 1
			s.Speaker.Span = a.span(at.speaker)
		}
		return
	}
}

// antecedent returns the meeting or writing of which the clause of a cue is a part: "a staff meeting in the spring at which
// a nurse said", "the letter in which she wrote".
func (a *analysis) antecedent(at *attribution) (words, bool) {
	const most = 16 // tokens between them
	i := at.cue.from
	if !at.speaker.empty() && at.speaker.from < i {
		i = at.speaker.from
	}
	i--
	switch {
	case i < 2 || at.cue.empty():
		return words{}, false
	case a.ts[i].low() == "which" && a.ts[i-1].is(preposition):
		i--
	case a.ts[i].low() == "where":
	default:
		return words{}, false
	}
	low := max(a.sentenceOf(i).from, i-most)
	for k := i - 1; k >= low; k-- {
		if a.ts[k].kind == punctuation && a.ts[k].mark != ',' || a.ts[k].quote != a.ts[at.cue.from].quote || a.ts[k].is(relative) {
			break
		}
		if a.scene(k)&carrier == 0 || !a.noun(k) && !a.ingAt(k) {
			continue
		}
		w := words{k, k + 1}
		for w.from > low && !a.ts[w.from].is(determiner|possessive) && a.noun(w.from-1) {
			w.from--
		}
		if w.from > low && a.ts[w.from-1].is(determiner|possessive) {
			w.from--
		}
		return w, a.counted(w, k)
	}
	return words{}, false
}
