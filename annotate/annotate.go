// Package annotate finds the statements of a report: who said what, by which
// words. It is pure: the same document gives the same statements, and nothing
// but the document and the embedded data decides them.
package annotate

import (
	"sort"

	"hearsay"
)

// An Annotator finds statements. It may be used by several goroutines at once.
type Annotator struct {
	lex *lexicon
}

// Load reads the embedded lexicon. The error names the file and line that is
// wrong; with the files as shipped there is none.
func Load() (*Annotator, error) {
	lex, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	return &Annotator{lex: lex}, nil
}

// An analysis is what is known of one document while its statements are found.
type analysis struct {
	doc  *hearsay.Document
	text string
	lex  *lexicon
	ts   []token
	qs   []quotation
	ss   []sentence
}

// Statements returns the statements of a report in the order of their cues. It
// does not change the document. Blocks of kind credit and boilerplate have no
// statements.
func (a *Annotator) Statements(doc *hearsay.Document) []hearsay.Statement {
	x := &analysis{doc: doc, text: doc.Text, lex: a.lex}
	x.ts = tokens(doc, a.lex)
	x.qs = quotations(x.ts, x.text)
	x.ss = sentences(x.ts, x.text, x.qs, a.lex)
	var found []attribution
	for _, s := range x.ss {
		found = append(found, x.reporting(s)...)
	}
	return x.statements(x.layer(found))
}

// statements cuts the attributions to spans.
func (a *analysis) statements(found []attribution) []hearsay.Statement {
	var out []hearsay.Statement
	r := &resolver{a: a, people: a.persons()}
	for _, at := range found {
		if len(at.content) == 0 {
			continue
		}
		s := hearsay.Statement{
			Cue:     hearsay.Cue{Span: a.span(at.cue), Lemma: at.lemma},
			Negated: at.negated,
			Because: []hearsay.Reason{{Rule: at.rule, Span: a.span(at.cue)}},
		}
		if !at.speaker.empty() {
			m, why := r.mention(at.speaker, true)
			s.Speaker = m
			s.Because = append(s.Because, why)
		}
		if !at.addressee.empty() {
			s.Addressee, _ = r.mention(at.addressee, false)
		}
		for _, c := range at.content {
			s.Content = append(s.Content, a.span(c))
		}
		id := s.Cue.Span
		if id.Empty() {
			id = s.Content[0]
		}
		s.ID = hearsay.StatementID(a.doc.ID, id)
		out = append(out, s)
	}
	return out
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
