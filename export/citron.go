package export

import "io"

// What Citron, the quotation extractor of the BBC, reads and writes:
// https://github.com/bbc/citron/blob/main/docs/data_format.md
type (
	citronJSON struct {
		Text   string            `json:"text"`
		Quotes []citronQuoteJSON `json:"quotes"`
	}
	citronQuoteJSON struct {
		Cue        *wordsJSON  `json:"cue,omitempty"`
		Speakers   []wordsJSON `json:"sources"`
		Contents   []wordsJSON `json:"contents"`
		ID         string      `json:"id"`
		Confidence float64     `json:"confidence,omitempty"`
	}
)

// Citron writes a line of JSON for each report, as Citron has it: the text with
// its quotations, each with cue, sources (our speakers) and contents. A
// statement without a speaker has an empty list of sources, one without a cue no
// cue.
func Citron(w io.Writer, reports Reports) error {
	return reportLines(w, reports, func(r *Report, c *converter, line func(any)) {
		doc := citronJSON{Text: r.Text, Quotes: []citronQuoteJSON{}}
		for i := range r.Statements {
			s := c.statement(&r.Statements[i], i)
			q := citronQuoteJSON{Speakers: []wordsJSON{}, Contents: s.Content, ID: s.ID, Confidence: s.Score}
			if s.Cue != nil {
				q.Cue = &s.Cue.wordsJSON
			}
			if s.Speaker != nil {
				q.Speakers = append(q.Speakers, s.Speaker.wordsJSON)
			}
			for k := range s.Also {
				q.Speakers = append(q.Speakers, s.Also[k].wordsJSON)
			}
			doc.Quotes = append(doc.Quotes, q)
		}
		line(doc)
	})
}
