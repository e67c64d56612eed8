package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"hearsay"
)

// A report is a document with its statements and events in the form that is
// stored: what can be searched in columns, the rest as JSON, so that what is
// read back is what was added.
type report struct {
	id, file      string
	record        int
	day           string // of publication, as 2006-01-02; "" where unknown
	published     string // as RFC 3339 has it; "" where unknown
	fetched       string // the same, in UTC
	version       int
	about, layout []byte // aboutJSON, layoutJSON
	doc           *hearsay.Document
	docSum        string // of all of the document but file and record
	statementsSum string // of statements and events
	statements    []statementRow
	events        []eventRow
}

type statementRow struct {
	id, content, speaker string // content is the pieces, joined by gap
	from, to             string // when
	s                    *hearsay.Statement
	rest                 []byte // statementJSON
}

type eventRow struct {
	e    *hearsay.Event
	rest []byte // eventJSON
}

// gap stands between the pieces of a content.
const gap = " … "

// pack checks a report and brings it into the form that is stored.
func pack(doc *hearsay.Document, statements []hearsay.Statement, events []hearsay.Event, version int) (*report, error) {
	if err := checkDocument(doc); err != nil {
		return nil, err
	}
	r := &report{
		id: doc.ID, file: strings.ToValidUTF8(doc.File, "\uFFFD"), record: doc.Record,
		day: dayOf(doc.Published), published: stamp(doc.Published), fetched: utc(doc.Fetched), version: version, doc: doc,
	}
	r.about, r.layout = encode(aboutOf(doc)), encode(layoutOf(doc))
	sum := sha256.New()
	sum.Write(encode([]string{doc.Title, doc.Lang, r.published, doc.SHA256, string(r.about)}))
	sum.Write(r.layout)
	r.docSum = hex.EncodeToString(sum.Sum(nil)[:12])
	return r, r.say(statements, events)
}

// say puts the statements and events into the report.
func (r *report) say(statements []hearsay.Statement, events []hearsay.Event) error {
	if err := checkStatements(r.doc.Text, statements, events); err != nil {
		return err
	}
	sum := sha256.New()
	points := countPoints(r.doc.Text)
	r.statements = make([]statementRow, len(statements))
	for i := range statements {
		r.statements[i] = packStatement(r.doc.Text, points, &statements[i])
		fmt.Fprintf(sum, "%s %s\n", statements[i].ID, r.statements[i].rest)
	}
	r.events = make([]eventRow, len(events))
	for i := range events {
		r.events[i] = eventRow{&events[i], encode(eventOf(&events[i]))}
		fmt.Fprintf(sum, "%s\n", r.events[i].rest)
	}
	r.statementsSum = hex.EncodeToString(sum.Sum(nil)[:12])
	return nil
}

func packStatement(text string, points []int, s *hearsay.Statement) statementRow {
	j := statementOf(s)
	j.Excerpts = excerptsOf(text, points, s)
	row := statementRow{id: s.ID, s: s, rest: encode(j)}
	for i, piece := range s.Content {
		if i > 0 {
			row.content += gap
		}
		row.content += piece.In(text)
	}
	if s.Speaker != nil {
		row.speaker = s.Speaker.Name
	}
	if s.When != nil {
		row.from, row.to = s.When.From, s.When.To
	}
	return row
}

// encode returns compact JSON. What is stored can always be encoded.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // a type of ours that JSON cannot hold
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// valid is a text that any database takes.
func valid(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

func dayOf(t time.Time) string {
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return ""
	}
	return t.Format(time.DateOnly)
}

func stamp(t time.Time) string {
	if dayOf(t) == "" {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

func unstamp(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}
