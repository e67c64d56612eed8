package annotate

import (
	"slices"

	"hearsay"
)

// This file ties the spans that the tagger marks to statements: which speaker
// and which content belong to which cue. It goes by their places: distances in
// tokens, and what stands between.

// What an obstacle between two spans costs, in tokens.
const (
	rightward    = 1   // a speaker behind its cue
	otherSpeech  = 100 // another sentence, for a speaker
	cueCrossed   = 6   // a cue between speaker and cue
	groupCrossed = 15  // a cue between content and cue
	otherContent = 4   // another sentence, for a content
	otherBlock   = 40  // another paragraph
	farthest     = 120
)

// A linking ties the spans of one report.
type linking struct {
	*analysis
	cues     []tied
	speakers []words
	contents []words
	sentence []int32 // number of the sentence of each token
}

// A tied is a cue and what was tied to it.
type tied struct {
	words
	speaker words
	implied bool
	unsaid  bool   // grammar says that nobody does
	tie     string // what ties the speaker where the tagger did not; "" for no rule
	content []words
}

// link makes attributions of the tags of all tokens.
func (a *analysis) link(tags []Tag) []attribution {
	l := &linking{analysis: a, sentence: make([]int32, len(a.ts))}
	for k, s := range a.ss {
		for i := s.from; i < s.to; i++ {
			l.sentence[i] = int32(k)
		}
	}
	l.collect(tags)
	l.tieContents()
	l.feed()
	l.tieSpeakers()
	l.share()
	l.govern()
	l.objects()
	return l.attributions()
}

// collect reads the spans off the tags.
func (l *linking) collect(tags []Tag) {
	for i := 0; i < len(tags); {
		role := (tags[i] + 1) / 2
		from := i
		i++
		if role == 0 {
			continue
		}
		for i < len(tags) && tags[i] == 2*role {
			i++
		}
		w := words{from, i}
		switch 2*role - 1 {
		case SpeakerBegin:
			if w = l.named(w); !w.empty() {
				l.speakers = append(l.speakers, w)
			}
		case CueBegin:
			l.cues = append(l.cues, tied{words: w})
		default:
			l.contents = append(l.contents, w)
		}
	}
}

// named returns the words of a speaker without the punctuation before them;
// empty for none.
func (l *linking) named(w words) words {
	for !w.empty() && l.ts[w.from].kind != wordToken && l.ts[w.from].kind != numberToken {
		w.from++
	}
	if w.empty() || w.to-w.from == 1 && l.ts[w.from].is(weekday) {
		return words{} // "by Friday had accused"
	}
	return l.afterLostStop(w)
}

// afterLostStop returns the pronoun at the end of a speaker, where a full stop was
// lost before it: "... President Vladimir Putin He said".
func (l *linking) afterLostStop(w words) words {
	last := &l.ts[w.to-1]
	if w.to-w.from > 1 && last.capital && last.is(third) && last.is(personal) && l.ts[w.to-2].capital {
		w.from = w.to - 1
	}
	return w
}

// tieContents ties every content to the nearest cue. One outside quotation marks
// goes to a cue of another sentence only where that would have none.
func (l *linking) tieContents() {
	var left []words
	for _, c := range l.contents {
		cost := otherContent
		if l.outside(c.from) {
			cost = farthest
		}
		if k := l.nearestCue(c, cost); k >= 0 {
			l.cues[k].content = append(l.cues[k].content, c)
		} else {
			left = append(left, c)
		}
	}
	for _, c := range left {
		if k := l.nearestCue(c, otherContent); k >= 0 && len(l.cues[k].content) == 0 {
			l.cues[k].content = append(l.cues[k].content, c)
		}
	}
}

// nearestCue returns the cue nearest to a content, where another sentence has the
// cost given; -1 for none.
func (l *linking) nearestCue(c words, sentence int) int {
	best, least := -1, farthest
	for k := l.near(c); k < len(l.cues); k++ {
		if l.cues[k].from-c.to > farthest {
			break
		}
		if cost := l.contentCost(c, k, sentence); cost < least {
			best, least = k, cost
		}
	}
	return best
}

// feed gives a cue that got no content one of its neighbour's, where that has
// several and the nearest stands between the two: "reported that ..., saying
// that ...". Quotations stay with the cue that they were tied to.
func (l *linking) feed() {
	for k := range l.cues {
		g := &l.cues[k]
		if len(g.content) > 0 {
			continue
		}
		if k+1 < len(l.cues) {
			if next := &l.cues[k+1]; len(next.content) > 1 && l.plainBetween(next.content[0], g.to, next.from) {
				g.content, next.content = next.content[:1:1], next.content[1:]
				continue
			}
		}
		if k > 0 {
			before := &l.cues[k-1]
			if n := len(before.content) - 1; n > 0 && l.plainBetween(before.content[n], before.to, g.from) {
				g.content, before.content = before.content[n:], before.content[:n:n]
			}
		}
	}
}

// plainBetween reports whether a content stands between two tokens, in the
// paragraph of both, and does not begin in quotation marks.
func (l *linking) plainBetween(c words, from, to int) bool {
	return c.from >= from && c.to <= to && l.outside(c.from) && l.ts[from-1].block == l.ts[to].block
}

// near returns the first cue that is not too far before w.
func (l *linking) near(w words) int {
	k, _ := slices.BinarySearchFunc(l.cues, w.from-farthest, func(g tied, at int) int { return g.to - at })
	return k
}

func (l *linking) contentCost(c words, k, sentence int) int {
	g := &l.cues[k]
	cost := 0
	if g.from >= c.to {
		cost = g.from - c.to
		cost += groupCrossed * l.between(c.to, g.from)
		cost += l.apart(c.to-1, g.from, sentence)
	} else {
		cost = max(0, c.from-g.to)
		cost += groupCrossed * l.between(g.to, c.from)
		cost += l.apart(g.to-1, c.from, sentence)
	}
	return cost
}

// between counts the cues that lie between two tokens.
func (l *linking) between(from, to int) int {
	n := 0
	k, _ := slices.BinarySearchFunc(l.cues, from, func(g tied, at int) int { return g.from - at })
	for ; k < len(l.cues) && l.cues[k].to <= to; k++ {
		n++
	}
	return n
}

// apart is the cost of the sentences and paragraphs between two tokens.
func (l *linking) apart(i, j, sentence int) int {
	cost := 0
	if l.sentence[i] != l.sentence[j] {
		cost = sentence
	}
	if x, y := l.ts[i].block, l.ts[j].block; x != y {
		cost += otherBlock
		if blocks := l.doc.Blocks; (blocks[x].Kind == hearsay.Heading) != (blocks[y].Kind == hearsay.Heading) {
			cost += farthest // a heading speaks for itself
		}
	}
	return cost
}

// tieSpeakers ties every speaker to the nearest cue that has none, the nearest
// pair first.
func (l *linking) tieSpeakers() {
	type pair struct{ speaker, cue, cost int }
	var pairs []pair
	for i, s := range l.speakers {
		for k := l.near(s); k < len(l.cues); k++ {
			if l.cues[k].from-s.to > farthest {
				break
			}
			if cost := l.speakerCost(s, k); cost < farthest {
				pairs = append(pairs, pair{i, k, cost})
			}
		}
	}
	slices.SortStableFunc(pairs, func(x, y pair) int { return x.cost - y.cost })
	taken := make([]bool, len(l.speakers))
	for _, p := range pairs {
		if g := &l.cues[p.cue]; !taken[p.speaker] && g.speaker.empty() {
			taken[p.speaker] = true
			g.speaker = l.speakers[p.speaker]
		}
	}
}

func (l *linking) speakerCost(s words, k int) int {
	g := &l.cues[k]
	if g.from >= s.to {
		return g.from - s.to + cueCrossed*l.between(s.to, g.from) + l.apart(s.to-1, g.from, otherSpeech)
	}
	return max(0, s.from-g.to) + rightward + cueCrossed*l.between(g.to, s.from) + l.apart(g.to-1, s.from, otherSpeech)
}

// share gives a cue without speaker that of the cue before it in its sentence,
// where the two are joined: "said ... and added".
func (l *linking) share() {
	for k := 1; k < len(l.cues); k++ {
		g, before := &l.cues[k], &l.cues[k-1]
		if !g.speaker.empty() || before.speaker.empty() || l.sentence[g.from] != l.sentence[before.from] {
			continue
		}
		if l.joined(g.from) {
			g.speaker, g.implied = before.speaker, true
		}
	}
}

// joined reports whether a cue at token i goes on with the clause before it.
func (l *linking) joined(i int) bool {
	for j := i - 1; j >= 0 && i-j <= 4 && l.ts[j].block == l.ts[i].block; j-- {
		t := &l.ts[j]
		switch {
		case t.is(conjunction), t.kind == punctuation && t.mark == ',', t.kind == quoteMark:
			return true
		case t.is(adverb | auxiliary | negation), t.low() == "to":
		default:
			return false
		}
	}
	return false
}

// attributions are the cues that have a content.
func (l *linking) attributions() []attribution {
	var out []attribution
	for k := range l.cues {
		g := &l.cues[k]
		if len(g.content) == 0 {
			continue
		}
		out = append(out, attribution{
			speaker: g.speaker, implied: g.implied, unsaid: g.unsaid, tie: g.tie, cue: g.words, content: g.content, rule: "tagger",
		})
	}
	return out
}
