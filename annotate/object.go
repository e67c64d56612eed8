package annotate

// This file finds what was said where the tagger ties no content to a verb, or
// takes for it what only tells when: by the grammar of the object.

// farClause bounds the search for the clause that "as Ott said" hangs on, in
// tokens.
const farClause = 80

// objects gives the verbs that have no content theirs.
func (l *linking) objects() {
	for k := range l.cues {
		g := &l.cues[k]
		if g.speaker.empty() || !l.outside(g.from) || l.shape(g.words) != finiteCue && l.shape(g.words) != participleCue {
			continue
		}
		if w, ok := l.fused(g); ok {
			g.content = w
			continue
		}
		if len(g.content) > 0 {
			continue
		}
		if w := l.proform(g); !w.empty() {
			g.content = []words{w}
		} else if w := l.below(g); !w.empty() {
			g.content = []words{w}
		} else if w := l.asSaid(g); !w.empty() {
			g.content = []words{w}
		}
	}
}

// fused returns the content of a verb whose object stands before its subject:
// "what Ott said", "everything they claim is false". The verb behind is that of
// the whole clause, but for one in "to what Ott said was a mistake".
func (l *linking) fused(g *tied) ([]words, bool) {
	i := g.speaker.from - 1
	if first := l.lowAt(i + 1); g.speaker.to-g.speaker.from > 1 && (first == "everything" || first == "anything" || first == "whatever") {
		g.speaker.from++ // the tagger took both for the speaker: "everything Ott says"
		i++
	}
	if g.speaker.to != g.from || i < 0 || l.ts[i].block != l.ts[g.from].block || !l.outside(i) {
		return nil, false
	}
	switch l.lowAt(i) {
	case "what", "whatever", "everything", "anything", "nothing", "something", "which", "whom":
	default:
		return nil, false
	}
	before := words{i, i + 1}
	if len(g.content) == 0 {
		return []words{before}, !l.ts[max(i-1, 0)].is(preposition) || l.lowAt(i) == "what"
	}
	c := g.content[0]
	if len(g.content) > 1 || c.from != g.to || l.lowAt(i) == "which" || l.lowAt(i) == "whom" {
		return nil, false
	}
	t := &l.ts[c.from]
	switch l.lowAt(c.from) {
	case "when", "while", "after", "before", "because", "since", "during":
		return []words{before}, true
	}
	if !t.is(copula) {
		return nil, false
	}
	if i > 0 && l.ts[i-1].block == l.ts[i].block && l.ts[i-1].kind == wordToken && !l.ts[i-1].is(conjunction|subordinator|negation|adverb|copula) {
		return []words{before, c}, true // "called for what Ott said was a ban"
	}
	return []words{before}, true
}

// proform returns a small word directly behind a verb that stands for what was
// said: "said so", "did not say when", "hinted as much".
func (l *linking) proform(g *tied) words {
	i := g.to
	if i >= len(l.ts) || l.ts[i].block != l.ts[g.from].block || !l.outside(i) || l.ts[i-1].is(preposition) || l.asBefore(g) {
		return words{}
	}
	last := i
	if l.lowAt(i) == "as" && i+1 < len(l.ts) && l.lowAt(i+1) == "much" {
		last++
	}
	ends := last+1 == len(l.ts) || l.ts[last+1].block != l.ts[i].block || l.ts[last+1].kind == punctuation
	switch l.lowAt(i) {
	case "so", "this", "it", "them", "that":
		if !ends && (!l.ts[i+1].is(preposition|subordinator|conjunction|adverb) || l.ts[i+1].is(timeWord)) {
			return words{}
		}
	case "as":
		if last == i {
			return words{}
		}
	case "when", "why", "how", "where", "which":
		if !ends {
			return words{}
		}
	default:
		return words{}
	}
	return words{i, last + 1}
}

// asBefore reports whether a verb and the subject directly before it stand behind
// "as": "as Ott said".
func (l *linking) asBefore(g *tied) bool {
	i := g.speaker.from - 1
	return g.speaker.to == g.from && i >= 0 && l.lowAt(i) == "as" && l.ts[i].block == l.ts[g.from].block
}

// below returns the paragraph below one that ends with a verb and a colon.
func (l *linking) below(g *tied) words {
	const most = 6
	i := g.to - 1
	for ; i < len(l.ts) && i-g.to < most; i++ {
		if t := &l.ts[i]; t.block != l.ts[g.from].block {
			return words{}
		} else if t.kind == punctuation && t.mark == ':' {
			break
		}
	}
	if i >= len(l.ts)-1 || l.ts[i].mark != ':' || l.ts[i+1].block != l.ts[i].block+1 {
		return words{}
	}
	end := i + 1
	for end < len(l.ts) && l.ts[end].block == l.ts[i+1].block {
		end++
	}
	return words{i + 1, end}
}

// asSaid returns the clause before "as Ott said", where no quotation follows.
func (l *linking) asSaid(g *tied) words {
	const least, near = 3, 12
	i := g.speaker.from - 1
	if !l.asBefore(g) || i < 1 || l.ts[i-1].kind != punctuation || l.ts[i-1].mark != ',' && l.ts[i-1].mark != markDash {
		return words{}
	}
	s := l.sentenceOf(i)
	for j := g.to; j < s.to && j < g.to+near; j++ {
		if !l.outside(j) {
			return words{}
		}
	}
	from := i - 1
	for from > s.from && i-from < farClause && l.outside(from-1) {
		from--
	}
	for from < i-1 && (l.ts[from].kind != wordToken || l.ts[from].is(conjunction)) {
		from++
	}
	if i-1-from < least {
		return words{}
	}
	return words{from, i - 1}
}
