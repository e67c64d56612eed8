package export

import (
	"fmt"
	"io"

	"hearsay"
)

// Evidence is what a ledger knows of a statement beside the statement itself.
type Evidence struct {
	Document       *hearsay.Document
	Statement      *hearsay.Statement
	Blocks         []hearsay.Block // that the statement stands in
	Version        int             // of the annotator
	Previous, Next string          // IDs of versions of the report
}

type explainedJSON struct {
	Format    int           `json:"hearsay"`
	Document  documentJSON  `json:"document"`
	Statement statementJSON `json:"statement"`
	Blocks    []passageJSON `json:"blocks"`
	Repairs   []repairJSON  `json:"repairs,omitempty"`
	Annotator int           `json:"annotator"`
	Bytes     int           `json:"bytes"`
	Previous  string        `json:"previous,omitempty"`
	Next      string        `json:"next,omitempty"`
}

type passageJSON struct {
	Kind hearsay.BlockKind `json:"kind"`
	wordsJSON
}

// Explained writes the evidence for a statement as a line of JSON: the line of
// Record, and with it the blocks that the statement stands in, the repairs in
// them and where the report comes from.
func Explained(w io.Writer, e Evidence) error {
	d := e.Document
	c, err := converterOf(d)
	if err != nil {
		return err
	}
	bare := *d
	bare.Blocks, bare.Repairs = nil, nil
	out := explainedJSON{
		Format: 1, Document: c.document(&bare), Statement: c.statement(e.Statement, 0),
		Annotator: e.Version, Bytes: len(d.Original), Previous: e.Previous, Next: e.Next,
	}
	out.Document.Text = nil
	for i, b := range e.Blocks {
		out.Blocks = append(out.Blocks, passageJSON{b.Kind, c.words(b.Span, "block", i)})
		for k, r := range d.Repairs {
			if b.Start <= r.Start && r.End <= b.End {
				out.Repairs = append(out.Repairs, repairJSON{r.Kind, c.span(r.Span, "repair", k), r.Was})
			}
		}
	}
	if c.err != nil {
		return fmt.Errorf("statement %s: %w", e.Statement.ID, c.err)
	}
	return Line(w, out)
}
