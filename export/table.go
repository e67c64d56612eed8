package export

import (
	"encoding/csv"
	"io"
	"strings"
)

// A Table writes rows as CSV, in UTF-8, with a comma between cells and a line
// feed behind a row; a cell with one of these, or a quotation mark, stands in
// quotation marks.
type Table struct {
	w    *csv.Writer
	safe bool
}

// NewTable writes the head of a table. In a safe one no cell is taken for a
// formula by a spreadsheet: an apostrophe stands before what could be.
func NewTable(w io.Writer, safe bool, head ...string) (*Table, error) {
	t := &Table{csv.NewWriter(w), safe}
	return t, t.Row(head...)
}

// Row writes a row.
func (t *Table) Row(cells ...string) error {
	if t.safe {
		for i, c := range cells {
			cells[i] = harmlessCell(c)
		}
	}
	return t.w.Write(cells)
}

// Flush writes what is left. Whoever makes a table calls it in the end.
func (t *Table) Flush() error {
	t.w.Flush()
	return t.w.Error()
}

// harmlessCell puts an apostrophe before a cell that a spreadsheet might run.
func harmlessCell(c string) string {
	rest := strings.TrimLeft(c, " \u00a0\ufeff")
	if rest == "" || !strings.ContainsAny(rest[:1], "=+-@\t\r\n") && !strings.HasPrefix(rest, "＝") &&
		!strings.HasPrefix(rest, "＋") && !strings.HasPrefix(rest, "－") && !strings.HasPrefix(rest, "＠") || isNumber(c) {
		return c
	}
	return "'" + c
}

// isNumber reports whether a cell is a number and nothing but.
func isNumber(c string) bool {
	whole, part, dot := strings.Cut(strings.TrimLeft(c, "+-"), ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return len(c)-len(strings.TrimLeft(c, "+-")) <= 1 && digits(whole) && (!dot || digits(part))
}
