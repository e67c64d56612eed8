package annotate

import (
	"slices"

	"hearsay"
)

// leastNested is the number of tokens from which on a content is searched for
// statements, and deepest how often that is done again inside what was found.
const (
	leastNested = 8
	deepest     = 2
)

// nested finds the statements inside the contents of others: "Ott said that
// Brand had told her ...". It reads the contents as paragraphs of their own.
func (a *Annotator) nested(x *analysis, outer []attribution) []attribution {
	var all []attribution
	level := outer
	for range deepest {
		inside := a.mayReport(x.contents(level))
		if len(inside.Blocks) == 0 {
			break
		}
		y := a.analyse(inside)
		level = x.adopt(y, a.attributions(y), append(outer, all...))
		all = append(all, level...)
	}
	return all
}

// mayReport leaves of a document the paragraphs in which a rule finds a
// statement: the network is not run over the others.
func (a *Annotator) mayReport(d *hearsay.Document) *hearsay.Document {
	y := a.analyse(d)
	found := map[int32]bool{}
	for _, at := range y.verbs() {
		found[y.ts[at.cue.from].block] = true
	}
	kept := d.Blocks[:0]
	for i, b := range d.Blocks {
		if found[int32(i)] {
			kept = append(kept, b)
		}
	}
	d.Blocks = kept
	return d
}

// contents returns a document whose paragraphs are the contents, without the
// quotation marks about them.
func (a *analysis) contents(found []attribution) *hearsay.Document {
	d := &hearsay.Document{ID: a.doc.ID, Text: a.text}
	var spans []words
	for i := range found {
		for _, c := range found[i].content {
			if c.to-c.from >= leastNested {
				spans = append(spans, c)
			}
		}
	}
	slices.SortFunc(spans, func(x, y words) int { return x.from - y.from })
	end := 0
	for _, w := range spans {
		if w.from < end { // contents may overlap
			continue
		}
		end = w.to
		w = a.unquoted(w)
		if a.ts[w.from].low() == "that" && w.to-w.from > leastNested && !a.finite(w.from+1) && !a.ts[w.from+1].is(copula|modal|auxiliary) {
			w.from++ // opens the clause
		}
		d.Blocks = append(d.Blocks, hearsay.Block{Kind: hearsay.Paragraph, Span: a.span(w)})
	}
	return d
}

// unquoted returns w without the quotation marks that enclose all of it.
func (a *analysis) unquoted(w words) words {
	q := a.ts[w.from].quote
	if q == 0 || a.ts[w.from].kind != quoteMark {
		return w
	}
	w.from++
	if last := &a.ts[w.to-1]; last.quote == q && last.kind == quoteMark && w.to-1 > w.from {
		w.to--
	}
	return w
}

// adopt brings what was found in the contents of a into the tokens of a, and
// leaves out what is known already.
func (a *analysis) adopt(y *analysis, found, known []attribution) []attribution {
	cues := map[int]bool{}
	for i := range known {
		for t := known[i].cue.from; t < known[i].cue.to; t++ {
			cues[t] = true
		}
	}
	var out []attribution
	host := a.hosts(known)
	for _, at := range found {
		ok := !at.cue.empty() // a quotation inside a quotation is said by nobody else
		place := func(w words) words {
			w, here := a.place(y.span(w))
			ok = ok && here
			return w
		}
		at.cue = place(at.cue)
		if !ok || cues[at.cue.from] || cues[at.cue.to-1] {
			continue
		}
		if !at.speaker.empty() {
			at.speaker = place(at.speaker)
		}
		if !at.addressee.empty() {
			at.addressee = place(at.addressee)
		}
		content := make([]words, 0, len(at.content))
		for _, c := range at.content {
			// What is said in one content goes on in another of the same statement alone.
			if c = place(c); ok && host[c.from] == host[at.cue.from] {
				content = append(content, c)
			}
		}
		at.content, at.inner = content, true
		if !ok || len(content) == 0 || a.opensAsNoun(&at) {
			continue
		}
		if !at.speaker.empty() && !a.speaks(at.speaker) {
			at.speaker, at.unsaid = words{}, true
		}
		if h := host[at.cue.from]; h > 0 && !at.speaker.empty() {
			a.joinedOutside(&at, &known[h-1])
		}
		out = append(out, at)
	}
	return out
}

// hosts tells for each token the first of the attributions in whose content it
// stands, counted from 1.
func (a *analysis) hosts(known []attribution) []int32 {
	host := make([]int32, len(a.ts))
	for i := range known {
		for _, c := range known[i].content {
			for t := c.from; t < c.to && host[t] == 0; t++ {
				host[t] = int32(i + 1)
			}
		}
	}
	return host
}

// place returns the tokens that a span covers, and whether it begins and ends
// with tokens.
func (a *analysis) place(s hearsay.Span) (words, bool) {
	find := func(at int) int {
		i, _ := slices.BinarySearchFunc(a.ts, at, func(t token, at int) int { return t.Start - at })
		return i
	}
	w := words{find(s.Start), find(s.End)}
	ok := w.from < w.to && w.to <= len(a.ts) && a.ts[w.from].Start == s.Start && a.ts[w.to-1].End == s.End
	return w, ok
}

// nest tells each statement that stands in the content of another of that one,
// the closest if there are several, and who speaks in the first person. parts are the
// attributions of the statements.
func (a *analysis) nest(statements []hearsay.Statement, parts []attribution) {
	for i := range parts {
		s := &statements[i]
		first := s.Speaker != nil && parts[i].speaker.to-parts[i].speaker.from == 1 && firstPerson(&a.ts[parts[i].speaker.from]) && (parts[i].inner || !a.outside(parts[i].speaker.from))
		if !parts[i].inner && !first {
			continue
		}
		host := a.host(parts, i)
		if host < 0 {
			continue
		}
		by := statements[host].Speaker
		if parts[i].inner {
			s.Within = statements[host].ID
		}
		if first && by != nil && by.Span != s.Speaker.Span {
			s.Speaker.Name, s.Speaker.Role, s.Speaker.Why = by.Name, by.Role, by.Why
			s.Because = append(s.Because, hearsay.Reason{Rule: "speaker-first-person", Span: by.Span})
		}
	}
}

// firstPerson reports whether a token is I, we or me.
func firstPerson(t *token) bool {
	switch t.low() {
	case "i", "me", "my", "we", "us", "our":
		return true
	}
	return false
}

// host returns the attribution whose content holds the cue of attribution i:
// the one with the shortest, -1 for none. The attributions are in the order of
// their anchors.
func (a *analysis) host(parts []attribution, i int) int {
	const near = 40 // statements in either direction
	best, least := -1, len(a.ts)+1
	cue := parts[i].cue
	for k := max(0, i-near); k < min(len(parts), i+near); k++ {
		c := holding(parts[k].content, cue.from)
		if k != i && c.from <= cue.from && cue.to <= c.to && c.to-c.from < least {
			best, least = k, c.to-c.from
		}
	}
	return best
}

// holding returns the last of the pieces, which are in order, that begins at
// token i or before.
func holding(pieces []words, i int) words {
	k, _ := slices.BinarySearchFunc(pieces, i+1, func(w words, at int) int { return w.from - at })
	if k == 0 {
		return words{}
	}
	return pieces[k-1]
}

// speaks reports whether a phrase can be of somebody who says something: a gerund
// ("losing their jobs") cannot.
func (a *analysis) speaks(w words) bool {
	return !a.ingAt(w.from) || a.ts[w.from].capital || a.personNoun(w.from) || a.ts[w.from].is(group|organisation)
}

// voiceless reports whether a phrase is plainly of a thing: a common noun that
// stands for no person, body or document.
func (a *analysis) voiceless(w words) bool {
	h := a.headNoun(w)
	t := &a.ts[h]
	if t.kind != wordToken || t.capital || w.to-w.from < 2 {
		return false
	}
	return !a.personNoun(h) && !a.pluralNoun(h) && !t.is(group|organisation|document|role|unnamed|personal|relative|demonym)
}

// joinedOutside takes a cue that "and" or "but" joins inside a content to a thing which
// cannot speak out of that content, and gives it the speaker of the whole: "Ott
// confirmed that a shed was hit but denied it held arms".
func (a *analysis) joinedOutside(at *attribution, outer *attribution) bool {
	i := at.cue.from - 1
	for i > 0 && a.adverb(i) && !a.ts[i].is(conjunction) {
		i--
	}
	if i < 1 || !a.ts[i].is(conjunction) || outer.cue.empty() || outer.speaker.empty() || !a.outside(i) || !a.voiceless(at.speaker) {
		return false
	}
	last := &outer.content[len(outer.content)-1]
	if i <= last.from || i >= last.to || outer.cue.from > last.from || last.to != at.content[len(at.content)-1].to {
		return false
	}
	last.to = i
	at.speaker, at.implied, at.inner = outer.speaker, true, false
	return true
}

// opensAsNoun reports whether a cue without speaker is the noun that a sentence opens
// with: "Demand from car makers was weak".
func (a *analysis) opensAsNoun(at *attribution) bool {
	t := &a.ts[at.cue.from]
	if !at.speaker.empty() || at.cue.to-at.cue.from != 1 || !t.capital || t.lex == nil || t.lex.form&baseForm == 0 || at.cue.to >= len(a.ts) {
		return false
	}
	return a.ts[at.cue.to].is(preposition) && a.ts[at.cue.to].low() != "to"
}
