package export

import (
	"bufio"
	"fmt"
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

// lines writes the values that f gives for each of all, a line of JSON each.
func lines[T any](w io.Writer, all iter.Seq2[T, error], f func(x T, line func(any)) error) error {
	out := &lineWriter{to: bufio.NewWriterSize(w, 1<<16)}
	for x, err := range all {
		if err == nil {
			err = f(x, func(v any) {
				out.value(v)
				out.raw("\n")
			})
		}
		if err == nil {
			err = out.err
		}
		if err != nil {
			return err
		}
	}
	return out.close()
}

// recordLines writes the values that f gives for each statement.
func recordLines(w io.Writer, records Records, f func(*hearsay.Record, *converter, statementJSON, func(any))) error {
	return lines(w, records, func(r *hearsay.Record, line func(any)) error {
		c := converter{record: r}
		s := c.statement(&r.Statement, 0)
		f(r, &c, s, line)
		if c.err != nil {
			return fmt.Errorf("statement %s: %w", r.ID, c.err)
		}
		return nil
	})
}

// reportLines writes the values that f gives for each report.
func reportLines(w io.Writer, reports Reports, f func(*Report, *converter, func(any))) error {
	return lines(w, reports, func(r *Report, line func(any)) error {
		c, err := converterOf(r.Document)
		if err != nil {
			return err
		}
		f(r, &c, func(v any) {
			if c.err == nil {
				line(v)
			}
		})
		if c.err != nil {
			return fmt.Errorf("report %s: %w", r.ID, c.err)
		}
		return nil
	})
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
