package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"hearsay"
	"hearsay/export"
)

var update = flag.Bool("update", false, "write the golden files of the formats anew")

// ferry is a report with two statements that have something in most fields.
func ferry(t *testing.T) *export.Report {
	t.Helper()
	text := "Fähre gesunken 🚢\n\n“The río took her,” Ana Krål, the harbour master, told Radio Kestrel on Monday, “and\nat least 12 boats.”\n\n" +
		"The Courier could not verify the figure. =Tom Osei= denied that he had been warned.\n"
	at := func(words string) hearsay.Span { return find(t, text, words) }
	doc := &hearsay.Document{
		File: "ferry.jsonl", Record: 3, URL: "https://example.org/?a=1&b=2", Outlet: "The Courier", Title: "Fähre gesunken 🚢",
		Bylines: []string{"Kit Brand"}, Credits: []string{"NPA", "AFP"}, Lang: "en",
		Published: time.Date(2026, 3, 4, 18, 30, 0, 0, time.FixedZone("", 3600)), Text: text, SHA256: "ff", Charset: "utf-8",
		Blocks: []hearsay.Block{{Kind: hearsay.Heading, Span: at("Fähre gesunken 🚢")}},
	}
	doc.ID = hearsay.DocumentID(doc.Outlet, doc.URL, doc.Text)
	krel := &hearsay.Mention{Span: at("Ana Krål, the harbour master,"), Kind: hearsay.ByName, Name: "Ana Krål", Role: "the harbour master"}
	kestrel := &hearsay.Mention{Span: at("Radio Kestrel"), Kind: hearsay.ByOrganisation, Name: "Radio Kestrel"}
	said := hearsay.Statement{
		Quoting: hearsay.Direct, Mode: hearsay.Speech, Force: hearsay.Say, Score: 0.975,
		Content: []hearsay.Span{at("“The río took her,”"), at("“and\nat least 12 boats.”")}, Cue: hearsay.Cue{Span: at("told"), Lemma: "tell"},
		Speaker: krel, Addressee: kestrel, Medium: kestrel,
		When:    &hearsay.Moment{Span: at("on Monday"), From: "2026-03-02", To: "2026-03-02"},
		Numbers: []hearsay.Quantity{{Span: at("at least 12 boats"), Value: 12, Bound: hearsay.AtLeast, Unit: "boat"}},
		Checks: []hearsay.Check{{Span: at("The Courier could not verify the figure"), By: &hearsay.Mention{Span: at("The Courier"), Kind: hearsay.ByOrganisation, Name: "The Courier"},
			Finding: hearsay.CouldNotVerify, Covers: hearsay.CoversStatement}},
		Because: []hearsay.Reason{{Rule: "tagger", Span: at("told")}},
	}
	denied := hearsay.Statement{
		Quoting: hearsay.Indirect, Mode: hearsay.Speech, Force: hearsay.Deny,
		Content: []hearsay.Span{at("that he had been warned")}, Cue: hearsay.Cue{Span: at("denied"), Lemma: "deny"},
		Speaker: &hearsay.Mention{Span: at("=Tom Osei="), Kind: hearsay.ByName, Name: "=Tom Osei="},
		Checks:  []hearsay.Check{{Span: at("The Courier could not verify the figure"), Finding: hearsay.CouldNotVerify}},
	}
	said.ID, denied.ID = hearsay.StatementID(doc.ID, said.Cue.Span), hearsay.StatementID(doc.ID, denied.Cue.Span)
	denied.Answers = said.ID
	return &export.Report{Document: doc, Statements: []hearsay.Statement{said, denied}}
}

// recordsOf are the statements of a report as a ledger gives them.
func recordsOf(r *export.Report) export.Records {
	return func(yield func(*hearsay.Record, error) bool) {
		for _, s := range r.Statements {
			record := &hearsay.Record{Statement: s, Excerpts: []hearsay.Excerpt{{Span: hearsay.Span{End: len(r.Text)}, Words: r.Text}}, Report: hearsay.Head{
				ID: r.ID, File: r.File, Record: r.Record, URL: r.URL, Outlet: r.Outlet, Title: r.Title, Lang: r.Lang, Bylines: r.Bylines,
				Credits: r.Credits, Published: r.Published, SHA256: r.SHA256, Charset: r.Charset,
			}}
			if !yield(record, nil) {
				return
			}
		}
	}
}

func reportsOf(all ...*export.Report) export.Reports {
	return func(yield func(*export.Report, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// written is what a format writes of a report; several files stand one behind
// the other, each led by its name.
func written(t *testing.T, f export.Format, r *export.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	var err error
	switch {
	case f.Records != nil:
		err = f.Records(&out, recordsOf(r))
	case f.Reports != nil:
		err = f.Reports(&out, reportsOf(r))
	default:
		err = f.Files(func(name string) (io.WriteCloser, error) {
			out.WriteString("-- " + name + " --\n")
			return unclosed{&out}, nil
		}, reportsOf(r))
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

func TestFormats(t *testing.T) {
	for _, f := range export.Formats {
		t.Run(f.Name, func(t *testing.T) {
			got := written(t, f, ferry(t))
			if f.Name == "parquet" {
				return // a test of its own reads it back
			}
			golden := filepath.Join("testdata", f.Name+".golden")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestEverySpanInTheFormatsIsASlice cuts the words out of the text again by the
// code points that the formats give.
func TestEverySpanInTheFormatsIsASlice(t *testing.T) {
	r := ferry(t)
	points := []rune(r.Text)
	slice := func(what, words string, start, end int) {
		if got := string(points[start:end]); got != words {
			t.Errorf("%s: %d to %d is %q, not %q", what, start, end, got, words)
		}
	}
	for _, f := range export.Formats {
		out := written(t, f, r)
		switch f.Name {
		case "citron":
			var doc struct {
				Quotes []struct {
					Contents []struct {
						Start, End int
						Text       string
					}
				}
			}
			if err := json.Unmarshal(out, &doc); err != nil || len(doc.Quotes) != 2 {
				t.Fatal(err, len(doc.Quotes))
			}
			for _, q := range doc.Quotes {
				for _, c := range q.Contents {
					slice("citron", c.Text, c.Start, c.End)
				}
			}
		case "webannotation":
			for line := range bytes.Lines(out) {
				var a struct {
					Target []struct {
						Selector []struct {
							Exact, Prefix, Suffix string
							Start, End            int
						}
					}
				}
				if err := json.Unmarshal(line, &a); err != nil {
					t.Fatal(err)
				}
				for _, target := range a.Target {
					quote, position := target.Selector[0], target.Selector[1]
					slice("webannotation", quote.Exact, position.Start, position.End)
					if !strings.Contains(r.Text, quote.Prefix+quote.Exact+quote.Suffix) {
						t.Errorf("webannotation: %q is not in the text", quote.Prefix+quote.Exact+quote.Suffix)
					}
				}
			}
		case "csv":
			rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
			if err != nil || len(rows) != 3 {
				t.Fatal(err, len(rows))
			}
			if name := rows[2][slices.Index(rows[0], "speaker")]; name != "'=Tom Osei=" {
				t.Errorf("csv: a speaker is %q", name)
			}
		}
	}
}

func TestParquetIsReadBack(t *testing.T) {
	var b bytes.Buffer
	if err := export.Parquet(&b, recordsOf(ferry(t))); err != nil {
		t.Fatal(err)
	}
	type row struct {
		ID      string  `parquet:"id"`
		Speaker string  `parquet:"speaker"`
		Content string  `parquet:"content"`
		Start   int64   `parquet:"start"`
		Negated bool    `parquet:"negated"`
		Score   float64 `parquet:"score"`
	}
	rows, err := parquet.Read[row](bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil || len(rows) != 2 {
		t.Fatal(err, len(rows))
	}
	if r := rows[0]; r.Speaker != "Ana Krål" || r.Content != "“The río took her,” … “and\nat least 12 boats.”" || r.Start != 18 || r.Score != 0.975 {
		t.Errorf("read back %+v", r)
	}
	var again bytes.Buffer
	if err := export.Parquet(&again, recordsOf(ferry(t))); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("the same table gives another file (%v)", err)
	}
}

func TestAFormatReturnsTheErrorOfTheWriterAndOfTheLedger(t *testing.T) {
	r := ferry(t)
	for range 9 { // more than any buffer
		r.Statements = append(r.Statements, r.Statements...)
	}
	for _, f := range export.Formats {
		var err, failed error
		broken := func(yield func(*hearsay.Record, error) bool) { yield(nil, errFull) }
		switch {
		case f.Records != nil:
			err, failed = f.Records(fullDisk{}, recordsOf(r)), f.Records(io.Discard, broken)
		case f.Reports != nil:
			err = f.Reports(fullDisk{}, reportsOf(r))
			failed = f.Reports(io.Discard, func(yield func(*export.Report, error) bool) { yield(nil, errFull) })
		default:
			err = f.Files(func(string) (io.WriteCloser, error) { return unclosed{fullDisk{}}, nil }, reportsOf(r))
			failed = f.Files(func(string) (io.WriteCloser, error) { return nil, errFull }, reportsOf(r))
		}
		if err == nil || failed == nil {
			t.Errorf("%s: %v, %v", f.Name, err, failed)
		}
	}
}

func TestCellsThatASpreadsheetWouldRun(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+49 30": "'+49 30", "-x": "'-x", "@sum": "'@sum", "\tx": "'\tx", "\rx": "'\rx", "  =1": "'  =1", "＝1": "'＝1",
		"-5": "-5", "+3.25": "+3.25", "-5+cmd": "'-5+cmd", "--5": "'--5", "-": "'-", "": "", "plain": "plain", "“=1”": "“=1”",
	} {
		var b bytes.Buffer
		table, err := export.NewTable(&b, true, "cell")
		if err != nil {
			t.Fatal(err)
		}
		if err := table.Row(cell, "x"); err != nil {
			t.Fatal(err)
		}
		if err := table.Flush(); err != nil {
			t.Fatal(err)
		}
		in := csv.NewReader(&b)
		in.FieldsPerRecord = -1
		rows, err := in.ReadAll()
		if err != nil || rows[1][0] != strings.ReplaceAll(want, "\r\n", "\n") {
			t.Errorf("%q is written %q, %v, want %q", cell, rows, err, want)
		}
	}
}
