package export

import (
	"bufio"
	"fmt"
	"io"

	"hearsay"
)

// Record writes a statement of a ledger as one line of JSON: "document" as JSON
// writes it, but without its text and what hangs on that, and "statement" as
// one of "statements" there. Offsets count code points of the text of the
// report.
func Record(w io.Writer, r *hearsay.Record) error {
	c := converter{record: r}
	statement := c.statement(&r.Statement, 0)
	if c.err != nil {
		return fmt.Errorf("statement %s: %w", r.ID, c.err)
	}
	out := &lineWriter{to: bufio.NewWriter(w)}
	out.raw(`{"hearsay":1,"document":`)
	out.value(head(&r.Report))
	out.raw(`,"statement":`)
	out.value(statement)
	out.raw("}\n")
	if err := out.close(); err != nil {
		return fmt.Errorf("statement %s: %w", r.ID, err)
	}
	return nil
}

func head(h *hearsay.Head) documentJSON {
	out := documentJSON{
		ID: h.ID, File: h.File, Record: h.Record,
		URL: h.URL, Outlet: h.Outlet, Title: h.Title,
		Bylines: h.Bylines, Credits: h.Credits, Initials: h.Initials, Lang: h.Lang,
		SHA256: h.SHA256, Charset: h.Charset, Notes: h.Notes,
	}
	out.Published, out.PublishedAt = dates(h.Published)
	return out
}
