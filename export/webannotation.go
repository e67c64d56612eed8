package export

import (
	"io"
	"unicode/utf8"

	"hearsay"
)

// The Web Annotation Data Model of the W3C: https://www.w3.org/TR/annotation-model/
type (
	annotationLD struct {
		Context    string     `json:"@context"`
		ID         string     `json:"id"`
		Type       string     `json:"type"`
		Motivation string     `json:"motivation"`
		Body       []bodyLD   `json:"body"`
		Target     []targetLD `json:"target"`
	}
	bodyLD struct {
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
		Value   string `json:"value"`
		Format  string `json:"format"`
	}
	targetLD struct {
		In       string `json:"source"`
		Selector []any  `json:"selector"`
	}
	quoteSelectorLD struct {
		Type   string `json:"type"`
		Exact  string `json:"exact"`
		Prefix string `json:"prefix,omitempty"`
		Suffix string `json:"suffix,omitempty"`
	}
	positionSelectorLD struct {
		Type  string `json:"type"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	}
)

// WebAnnotation writes a line of JSON-LD for each statement: an annotation of the
// pieces of its content, each selected by its words with those around it and by
// its position in code points of the report's text; speaker, cue and what kind
// of statement it is are the body.
func WebAnnotation(w io.Writer, reports Reports) error {
	return reportLines(w, reports, func(r *Report, c *converter, line func(any)) {
		for i := range r.Statements {
			line(c.annotation(r.Document, &r.Statements[i], i))
		}
	})
}

func (c *converter) annotation(d *hearsay.Document, s *hearsay.Statement, number int) annotationLD {
	j := c.statement(s, number)
	a := annotationLD{Context: "http://www.w3.org/ns/anno.jsonld", ID: urnOf(s.ID), Type: "Annotation", Motivation: "describing"}
	body := func(purpose, value string) {
		if value != "" {
			a.Body = append(a.Body, bodyLD{"TextualBody", purpose, value, "text/plain"})
		}
	}
	said := called(j.Speaker)
	if j.Cue != nil {
		if said != "" {
			said += ", "
		}
		said += j.Cue.Text
	}
	body("describing", said)
	body("identifying", called(j.Speaker))
	for _, tag := range []string{string(j.Mode), string(j.Force), string(j.Quoting)} {
		body("tagging", tag)
	}
	if j.Negated {
		body("tagging", "negated")
	}
	for _, k := range j.Checks {
		body("commenting", k.Text)
	}
	in := d.URL
	if in == "" {
		in = "urn:hearsay:report:" + d.ID
	}
	for i, piece := range s.Content {
		w := j.Content[i]
		a.Target = append(a.Target, targetLD{in, []any{
			quoteSelectorLD{"TextQuoteSelector", w.Text, lastPoints(d.Text[:min(piece.Start, len(d.Text))]), firstPoints(d.Text[min(piece.End, len(d.Text)):])},
			positionSelectorLD{"TextPositionSelector", w.Start, w.End},
		}})
	}
	return a
}

// around is how many code points of the text before and behind a quotation go
// with it.
const around = 32

func lastPoints(text string) string {
	from := len(text)
	for n := 0; n < around && from > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	return text[from:]
}

func firstPoints(text string) string {
	to := 0
	for n := 0; n < around && to < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return text[:to]
}
