package export

import (
	"bufio"
	"io"
	"iter"

	"hearsay"
)

// Records are statements of a ledger, or the error that ends them.
type Records = iter.Seq2[*hearsay.Record, error]

// A Report is a report with statements of it: all, or those that are asked for.
type Report struct {
	*hearsay.Document
	Statements []hearsay.Statement
}

// Reports are reports of a ledger, or the error that ends them.
type Reports = iter.Seq2[*Report, error]

// A Format is a form that other programs read. It is written from one of three
// things: statements alone; reports with their text; or these into several files.
type Format struct {
	Name, About string
	Records     func(io.Writer, Records) error
	Reports     func(io.Writer, Reports) error
	Files       func(create func(name string) (io.WriteCloser, error), reports Reports) error
}

// Formats are all of them.
var Formats = []Format{
	{Name: "csv", About: "a table, safe to open in a spreadsheet", Records: CSV},
	{Name: "csv-raw", About: "the same table for programs", Records: RawCSV},
	{Name: "jsonl", About: "a line of JSON a statement, with all its fields", Records: JSONLines},
	{Name: "claimreview", About: "schema.org ClaimReview as JSON-LD, for statements that the report checks; without a rating", Records: ClaimReview},
	{Name: "quotation", About: "schema.org Quotation as JSON-LD, for what stands in quotation marks", Records: Quotation},
	{Name: "webannotation", About: "W3C Web Annotation as JSON-LD", Reports: WebAnnotation},
	{Name: "citron", About: "the JSON of the BBC's Citron, a line a report", Reports: Citron},
	{Name: "brat", About: "stand-off annotation for the tool brat, into a folder", Files: Brat},
	{Name: "parquet", About: "an Apache Parquet file with the table", Records: Parquet},
}

// JSONLines writes each statement as a line: see Record.
func JSONLines(w io.Writer, records Records) error {
	out := bufio.NewWriterSize(w, 1<<16)
	for r, err := range records {
		if err != nil {
			return err
		}
		if err := Record(out, r); err != nil {
			return err
		}
	}
	return out.Flush()
}
