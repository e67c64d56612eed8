package synth

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"hearsay"
)

// A page is a report while it is written.
type page struct {
	doc  *hearsay.Document
	text strings.Builder
	all  []hearsay.Statement
}

// block writes a block and returns where it begins.
func (p *page) block(kind hearsay.BlockKind, text string) {
	if p.text.Len() > 0 {
		p.text.WriteString("\n\n")
	}
	at := p.text.Len()
	p.text.WriteString(text)
	p.doc.Blocks = append(p.doc.Blocks, hearsay.Block{Kind: kind, Span: hearsay.Span{Start: at, End: p.text.Len()}})
}

// statement writes a paragraph with one statement: number k of the report.
func (p *page) statement(w *world, s *saying, c Change, k int) {
	speaker := s.speaker
	if c == Speaker {
		speaker = w.person()
	}
	direct := s.direct && c != Reworded
	words := w.worded(s, c)
	if p.text.Len() > 0 {
		p.text.WriteString("\n\n")
	}
	from := p.text.Len()
	st := hearsay.Statement{Mode: hearsay.Speech, Force: hearsay.Say, Quoting: hearsay.Indirect, Score: 0.9}
	if direct {
		st.Quoting = hearsay.Direct
		st.Content = []hearsay.Span{p.quoted(words, &st)}
		p.put(" ")
	}
	st.Speaker = &hearsay.Mention{Span: p.put(speaker.name), Kind: hearsay.ByName, Name: speaker.name, Role: speaker.role}
	if k%2 == 0 {
		p.put(", the " + speaker.role + ",")
	}
	p.put(" ")
	st.Cue = hearsay.Cue{Span: p.put("said"), Lemma: "say"}
	if !direct {
		p.put(" ")
		st.Content = []hearsay.Span{p.indirect(words, &st)}
	}
	p.put(".")
	p.doc.Blocks = append(p.doc.Blocks, hearsay.Block{Kind: hearsay.Paragraph, Span: hearsay.Span{Start: from, End: p.text.Len()}})
	p.all = append(p.all, st)
}

func (p *page) put(s string) hearsay.Span {
	at := p.text.Len()
	p.text.WriteString(s)
	return hearsay.Span{Start: at, End: p.text.Len()}
}

func (p *page) quoted(words []token, st *hearsay.Statement) hearsay.Span {
	from := p.put("“")
	p.words(words, st, false)
	return hearsay.Span{Start: from.Start, End: p.put(",”").End}
}

func (p *page) indirect(words []token, st *hearsay.Statement) hearsay.Span {
	from := p.put("that ")
	p.words(words, st, true)
	return hearsay.Span{Start: from.Start, End: p.text.Len()}
}

func (p *page) words(words []token, st *hearsay.Statement, shifted bool) {
	for i, t := range words {
		text := t.text
		if other := backshifted[text]; shifted && other != "" && t.kind != content {
			text = other
		}
		if i > 0 {
			p.put(" ")
		} else if !shifted {
			text = strings.ToUpper(text[:1]) + text[1:]
		}
		at := p.put(text)
		if t.kind == number && i+1 < len(words) && words[i+1].kind == unit {
			st.Numbers = append(st.Numbers, hearsay.Quantity{
				Span: hearsay.Span{Start: at.Start, End: at.End + 1 + len(words[i+1].text)}, Value: float64(t.n), Bound: hearsay.Exactly, Unit: words[i+1].text,
			})
		}
	}
}

// finish fixes the text and gives all its identifiers.
func (p *page) finish() []hearsay.Statement {
	d := p.doc
	d.Text = p.text.String()
	d.Original = []byte(d.Text)
	sum := sha256.Sum256(d.Original)
	d.SHA256, d.Charset = hex.EncodeToString(sum[:]), "utf-8"
	d.Pieces = []hearsay.Piece{{Text: hearsay.Span{End: len(d.Text)}, Bytes: hearsay.Span{End: len(d.Text)}}}
	d.ID = hearsay.DocumentID(d.Outlet, d.URL, d.Text)
	for i := range p.all {
		p.all[i].ID = hearsay.StatementID(d.ID, p.all[i].Cue.Span)
	}
	return p.all
}
