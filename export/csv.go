package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"hearsay"
)

// CSV writes a table of statements that is safe to open in a spreadsheet: see
// NewTable.
func CSV(w io.Writer, records Records) error { return writeCSV(w, records, true) }

// RawCSV writes the same table without the apostrophes that make it safe.
func RawCSV(w io.Writer, records Records) error { return writeCSV(w, records, false) }

func writeCSV(w io.Writer, records Records, safe bool) error {
	var t *Table
	for r, err := range records {
		if err != nil {
			return err
		}
		if t == nil { // a table without rows has no head
			head := make([]string, len(columns))
			for i, c := range columns {
				head[i] = c.name
			}
			if t, err = NewTable(w, safe, head...); err != nil {
				return err
			}
		}
		row, err := rowOf(r)
		if err != nil {
			return err
		}
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(row)
		}
		if err := t.Row(cells...); err != nil {
			return err
		}
	}
	if t == nil {
		return nil
	}
	return t.Flush()
}

// A row is a statement as one row of a table. Lists are joined by " | ".
type row struct {
	ID          string  `parquet:"id"`
	Published   string  `parquet:"published"`
	Outlet      string  `parquet:"outlet"`
	Speaker     string  `parquet:"speaker"`      // the name
	SpeakerText string  `parquet:"speaker_text"` // the words of the report
	SpeakerKind string  `parquet:"speaker_kind"`
	SpeakerRole string  `parquet:"speaker_role"`
	SpeakerWhy  string  `parquet:"speaker_why"` // why there is no name
	Cue         string  `parquet:"cue"`
	Lemma       string  `parquet:"lemma"`
	Quoting     string  `parquet:"quoting"`
	Mode        string  `parquet:"mode"`
	Force       string  `parquet:"force"`
	Negated     bool    `parquet:"negated"`
	Content     string  `parquet:"content"`
	Start       int64   `parquet:"start"` // of the content, in code points of the text
	End         int64   `parquet:"end"`
	Addressee   string  `parquet:"addressee"`
	Medium      string  `parquet:"medium"`
	Place       string  `parquet:"place"`
	When        string  `parquet:"when"` // the words of the report
	WhenFrom    string  `parquet:"when_from"`
	WhenTo      string  `parquet:"when_to"`
	Also        string  `parquet:"also"`
	Numbers     string  `parquet:"numbers"`
	Findings    string  `parquet:"findings"`
	Checks      string  `parquet:"checks"` // the words of the report
	Within      string  `parquet:"within"`
	Answers     string  `parquet:"answers"`
	Score       float64 `parquet:"score"`
	Document    string  `parquet:"document"`
	Title       string  `parquet:"title"`
	URL         string  `parquet:"url"`
	Lang        string  `parquet:"lang"`
	Credits     string  `parquet:"credits"`
	File        string  `parquet:"file"`
	FileRecord  int64   `parquet:"record"`
	SHA256      string  `parquet:"sha256"`
}

// A column is a column of the table as text.
type column struct {
	name string
	cell func(*row) string
}

var columns = []column{
	{"id", func(r *row) string { return r.ID }},
	{"published", func(r *row) string { return r.Published }},
	{"outlet", func(r *row) string { return r.Outlet }},
	{"speaker", func(r *row) string { return r.Speaker }},
	{"speaker_text", func(r *row) string { return r.SpeakerText }},
	{"speaker_kind", func(r *row) string { return r.SpeakerKind }},
	{"speaker_role", func(r *row) string { return r.SpeakerRole }},
	{"speaker_why", func(r *row) string { return r.SpeakerWhy }},
	{"cue", func(r *row) string { return r.Cue }},
	{"lemma", func(r *row) string { return r.Lemma }},
	{"quoting", func(r *row) string { return r.Quoting }},
	{"mode", func(r *row) string { return r.Mode }},
	{"force", func(r *row) string { return r.Force }},
	{"negated", func(r *row) string { return strconv.FormatBool(r.Negated) }},
	{"content", func(r *row) string { return r.Content }},
	{"start", func(r *row) string { return strconv.FormatInt(r.Start, 10) }},
	{"end", func(r *row) string { return strconv.FormatInt(r.End, 10) }},
	{"addressee", func(r *row) string { return r.Addressee }},
	{"medium", func(r *row) string { return r.Medium }},
	{"place", func(r *row) string { return r.Place }},
	{"when", func(r *row) string { return r.When }},
	{"when_from", func(r *row) string { return r.WhenFrom }},
	{"when_to", func(r *row) string { return r.WhenTo }},
	{"also", func(r *row) string { return r.Also }},
	{"numbers", func(r *row) string { return r.Numbers }},
	{"findings", func(r *row) string { return r.Findings }},
	{"checks", func(r *row) string { return r.Checks }},
	{"within", func(r *row) string { return r.Within }},
	{"answers", func(r *row) string { return r.Answers }},
	{"score", func(r *row) string {
		if r.Score == 0 {
			return "" // not rated
		}
		return strconv.FormatFloat(r.Score, 'g', -1, 64)
	}},
	{"document", func(r *row) string { return r.Document }},
	{"title", func(r *row) string { return r.Title }},
	{"url", func(r *row) string { return r.URL }},
	{"lang", func(r *row) string { return r.Lang }},
	{"credits", func(r *row) string { return r.Credits }},
	{"file", func(r *row) string { return r.File }},
	{"record", func(r *row) string { return strconv.FormatInt(r.FileRecord, 10) }},
	{"sha256", func(r *row) string { return r.SHA256 }},
}

// rowOf makes the row of a statement.
func rowOf(r *hearsay.Record) (*row, error) {
	c := converter{record: r}
	s := c.statement(&r.Statement, 0)
	if c.err != nil {
		return nil, fmt.Errorf("statement %s: %w", r.ID, c.err)
	}
	h := head(&r.Report)
	out := &row{
		ID: s.ID, Published: h.Published, Outlet: h.Outlet, Quoting: string(s.Quoting), Mode: string(s.Mode), Force: string(s.Force),
		Negated: s.Negated, Addressee: called(s.Addressee), Medium: called(s.Medium), Place: called(s.Place), Within: s.Within,
		Answers: s.Answers, Score: s.Score, Document: h.ID, Title: h.Title, URL: h.URL, Lang: h.Lang,
		Credits: strings.Join(h.Credits, list), File: h.File, FileRecord: int64(h.Record), SHA256: h.SHA256, Content: contentOf(s),
	}
	if n := len(s.Content); n > 0 {
		out.Start, out.End = int64(s.Content[0].Start), int64(s.Content[n-1].End)
	}
	if m := s.Speaker; m != nil {
		out.Speaker, out.SpeakerText, out.SpeakerKind, out.SpeakerRole, out.SpeakerWhy = m.Name, m.Text, string(m.Kind), m.Role, m.Why
	}
	if s.Cue != nil {
		out.Cue, out.Lemma = s.Cue.Text, s.Cue.Lemma
	}
	if s.When != nil {
		out.When, out.WhenFrom, out.WhenTo = s.When.Text, s.When.From, s.When.To
	}
	out.lists(s)
	return out, nil
}

// list stands between the values of a cell that has several.
const list = " | "

func (r *row) lists(s statementJSON) {
	var also, numbers, findings, checks []string
	for i := range s.Also {
		also = append(also, called(&s.Also[i].mentionJSON))
	}
	for _, q := range s.Numbers {
		numbers = append(numbers, q.Text)
	}
	for _, k := range s.Checks {
		findings = append(findings, string(k.Finding))
		checks = append(checks, k.Text)
	}
	r.Also, r.Numbers = strings.Join(also, list), strings.Join(numbers, list)
	r.Findings, r.Checks = strings.Join(findings, list), strings.Join(checks, list)
}

// contentOf is the pieces of a content with a mark between them.
func contentOf(s statementJSON) string {
	pieces := make([]string, len(s.Content))
	for i, p := range s.Content {
		pieces[i] = p.Text
	}
	return strings.Join(pieces, " … ")
}

// called is the name of somebody, or the words of the report.
func called(m *mentionJSON) string {
	switch {
	case m == nil:
		return ""
	case m.Name != "":
		return m.Name
	}
	return m.Text
}
