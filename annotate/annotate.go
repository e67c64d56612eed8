// Package annotate finds the statements of a report: who said what, by which
// words. It is pure: the same document gives the same statements, and nothing
// but the document and the embedded data decides them.
package annotate

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"hearsay"
)

// An Annotator finds statements. It may be used by several goroutines at once.
type Annotator struct {
	lex     *lexicon
	net     *network // nil for the rules alone
	weights evidence
	encoder *encoder // nil for the default model alone
}

// Load reads the embedded lexicon and the embedded model. The error names the
// file, and the line of a lexicon, that is wrong; with the files as shipped
// there is none.
func Load() (*Annotator, error) {
	a, err := LoadRules()
	if err != nil {
		return nil, err
	}
	net, err := readModel(enModel)
	if err != nil {
		return nil, fmt.Errorf("en.model: %w", err)
	}
	weights, err := readScore(enScore)
	if err != nil {
		return nil, err
	}
	a.net, a.weights = net, weights
	return a, nil
}

// LoadRules reads the embedded lexicon alone. Without a model the annotator finds
// what the rules find; its Features do not need one.
func LoadRules() (*Annotator, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	return &Annotator{lex: lex}, nil
}

// An analysis is what is known of one document while its statements are found.
type analysis struct {
	doc     *hearsay.Document
	text    string
	lex     *lexicon
	ts      []token
	qs      []quotation
	ss      []sentence
	printed []string // the words of the outlet's name
	when    []moment // the times that it tells; moments fills it
	read    bool     // they are read
}

// Annotate returns the statements of a report in the order of their cues, and
// the events that it tells of in the order of the text. It does not change the
// document. Blocks of kind credit and boilerplate have neither.
func (a *Annotator) Annotate(doc *hearsay.Document) ([]hearsay.Statement, []hearsay.Event) {
	x := a.analyse(doc)
	found := a.attributions(x)
	return x.records(append(found, a.nested(x, found)...))
}

// Statements returns the statements that Annotate finds.
func (a *Annotator) Statements(doc *hearsay.Document) []hearsay.Statement {
	statements, _ := a.Annotate(doc)
	return statements
}

// attributions finds who said what, by the rules and by the tagger.
func (a *Annotator) attributions(x *analysis) []attribution {
	rules := x.layer(x.verbs())
	if a.net == nil {
		return rules
	}
	tagged, evidence := a.tagged(x, rules)
	for i := range tagged {
		tagged[i].sure = thousandths(a.weights.sure(evidence[i]))
	}
	return x.headlines(x.merge(rules, tagged))
}

// tagged finds attributions by the tagger, which is told what the rules found,
// and the evidence for each.
func (a *Annotator) tagged(x *analysis, rules []attribution) ([]attribution, []evidence) {
	ids := x.features(rules)
	emit := a.net.emissions(ids)
	field, chances := a.net, a.net.chances(emit)
	if a.encoder != nil {
		a.encoder.improve(x, ids, emit, chances)
		field, chances = &a.encoder.field, a.encoder.field.chances(emit)
	}
	found := x.link(field.decode(emit))
	x.complete(found, rules)
	weighed := make([]evidence, len(found))
	for i := range found {
		weighed[i] = x.weigh(&found[i], chances)
	}
	return found, weighed
}

// analyse divides a report into tokens, quotations and sentences.
func (a *Annotator) analyse(doc *hearsay.Document) *analysis {
	x := &analysis{doc: doc, text: doc.Text, lex: a.lex, printed: nameWords(doc.Outlet)}
	x.ts = tokens(doc, a.lex)
	x.qs = quotations(x.ts, x.text)
	x.ss = sentences(x.ts, x.text, x.qs, a.lex)
	return x
}

// verbs finds the attributions that cue verbs and nouns make.
func (a *analysis) verbs() []attribution {
	var found []attribution
	for _, s := range a.ss {
		found = append(found, a.reporting(s)...)
	}
	return found
}

// records makes statements of the attributions, fills in all that the report
// says of them, and finds the events. The parts are the attributions in the
// order of the statements.
func (a *analysis) records(found []attribution) ([]hearsay.Statement, []hearsay.Event) {
	r := newResolver(a, found)
	ss, parts := a.statements(found, r)
	a.setting(ss, parts, r)
	a.voices(ss, parts, r)
	a.times(ss, parts)
	a.quantities(ss, parts, r)
	a.checks(ss, parts, r)
	a.answers(ss, parts)
	return ss, a.events(ss, parts, r)
}

// statements cuts the attributions to spans and says who speaks.
func (a *analysis) statements(found []attribution, r *resolver) ([]hearsay.Statement, []attribution) {
	slices.SortStableFunc(found, func(x, y attribution) int { return cmp.Compare(x.anchor().from, y.anchor().from) })
	out := make([]hearsay.Statement, 0, len(found))
	parts := make([]attribution, 0, len(found)) // those of out
	seen := make(map[words]bool, len(found))
	for i := range found {
		at := &found[i]
		a.headlineSpeaker(at, r)
		a.tidy(at)
		if at.hasContent() && !seen[at.anchor()] {
			seen[at.anchor()] = true
			out = append(out, a.statement(at, r))
			parts = append(parts, *at)
		}
	}
	a.nest(out, parts)
	return out, parts
}

// anchor returns the tokens that an attribution is known by: its cue, or its
// content where there is no cue.
func (at *attribution) anchor() words {
	if at.cue.empty() && at.hasContent() {
		return at.content[0]
	}
	return at.cue
}

// tidy orders the pieces of a content and leaves out what is empty, marks only,
// or stands twice or in the cue.
func (a *analysis) tidy(at *attribution) {
	slices.SortFunc(at.content, func(x, y words) int { return cmp.Compare(x.from, y.from) })
	kept := at.content[:0]
	end := 0
	for _, c := range at.content {
		c.from = max(c.from, end)
		if c.from < at.cue.to && at.cue.from < c.to {
			if c.from < at.cue.from {
				c.to = at.cue.from
			} else {
				c.from = at.cue.to
			}
		}
		if a.anyWord(c) {
			kept = append(kept, c)
			end = c.to
		}
	}
	at.content = kept
}

func (a *analysis) anyWord(w words) bool {
	for i := w.from; i < w.to; i++ {
		if a.ts[i].kind == wordToken || a.ts[i].kind == numberToken {
			return true
		}
	}
	return false
}

// statement makes the record of one attribution.
func (a *analysis) statement(at *attribution, r *resolver) hearsay.Statement {
	s := hearsay.Statement{
		Mode:    hearsay.Speech,
		Force:   hearsay.Say,
		Quoting: a.quoting(at),
		Negated: at.negated,
		Cue:     hearsay.Cue{Span: a.span(at.cue), Lemma: at.lemma},
	}
	switch {
	case at.rule == "tagger":
		s.Cue.Lemma, s.Mode, s.Force, s.Negated = a.act([]words{at.cue})
	case at.verb != nil:
		s.Mode, s.Force = at.verb.mode, at.verb.force
	}
	for _, c := range at.content {
		s.Content = append(s.Content, a.span(c))
	}
	known := a.span(at.anchor())
	s.ID = hearsay.StatementID(a.doc.ID, known)
	s.Because = []hearsay.Reason{{Rule: at.rule, Span: known}}
	s.Score = at.sure
	if at.rule != "tagger" {
		s.Score = confidence(at.rule, s.Quoting)
	}
	if at.speaker.empty() {
		s.Because = append(s.Because, hearsay.Reason{Rule: "no-speaker-named", Span: known})
	} else {
		resolve := r.speaker
		switch {
		case at.rule == "transcript":
			resolve = r.label
		case at.inner: // does not speak in the report itself
			resolve = func(w words) (*hearsay.Mention, hearsay.Reason) { return r.mention(w, false) }
		}
		m, why := resolve(at.speaker)
		s.Speaker, s.Because = m, append(s.Because, why)
		if at.tie != "" {
			s.Because = append(s.Because, hearsay.Reason{Rule: at.tie, Span: a.span(at.speaker)})
		}
		s.Mode = a.statedBy(at.speaker, s.Mode)
		s.Negated = s.Negated != a.ofNobody(at.speaker)
		a.keepUnnamed(&s, at.speaker)
	}
	if !at.addressee.empty() {
		s.Addressee, _ = r.mention(at.addressee, false)
	}
	return s
}

// ofNobody reports whether a phrase is of nobody: "no witness", "neither man".
func (a *analysis) ofNobody(w words) bool {
	switch a.lowAt(w.from) {
	case "nobody", "neither", "none", "nothing":
		return true
	case "no":
		return w.to-w.from > 1 && !a.ts[w.from+1].capital // "No 10"
	}
	return false
}

// quoting says how much of the content stands in quotation marks.
func (a *analysis) quoting(at *attribution) hearsay.Quoting {
	if at.rule == "transcript" {
		return hearsay.Direct
	}
	quoted, plain := false, false
	for _, c := range at.content {
		for i := c.from; i < c.to; i++ {
			switch {
			case !a.outside(i):
				quoted = true
			case a.ts[i].kind != punctuation:
				plain = true
			}
		}
	}
	switch {
	case quoted && plain:
		return hearsay.Mixed
	case quoted:
		return hearsay.Direct
	}
	return hearsay.Indirect
}

// confidence is the share of statements of a rule that people marked, too:
// cue, content and speaker on the 840 articles of PolNeAR's training part. Rules
// that give no cue cannot be measured there, as all its statements have one.
func confidence(rule string, q hearsay.Quoting) float64 {
	shares, ok := ruleShares[rule]
	if !ok {
		return 0.5
	}
	switch q {
	case hearsay.Direct:
		return shares[0]
	case hearsay.Mixed:
		return shares[1]
	}
	return shares[2]
}

// ruleShares holds for each rule the share of direct, mixed and indirect
// statements that were right.
var ruleShares = map[string][3]float64{
	"cue-verb":      {0.85, 0.85, 0.73},
	"content-first": {0.98, 0.92, 0.77},
	"according-to":  {0.86, 0.89, 0.93},
	"passive":       {0.50, 0.50, 0.62},
	"cue-noun":      {0.47, 0.59, 0.47},
	"label":         {0.86, 0.86, 0.50},
	"headline":      {0.88, 0.88, 0.40},
	"signature":     {0.88, 0.88, 0.50},
	"colon":         {0.57, 0.50, 0.50},
	"transcript":    {0.39, 0.39, 0.39},
}

// span returns the bytes of a range of tokens.
func (a *analysis) span(w words) hearsay.Span {
	if w.empty() {
		return hearsay.Span{}
	}
	return hearsay.Span{Start: a.ts[w.from].Start, End: a.ts[w.to-1].End}
}

// sentenceOf returns the sentence of token i.
func (a *analysis) sentenceOf(i int) sentence {
	k := sort.Search(len(a.ss), func(k int) bool { return a.ss[k].to > i })
	return a.ss[k]
}
