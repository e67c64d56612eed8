package ledger

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
)

// dumpAtOnce is how many reports one question asks for.
const dumpAtOnce = 200

// A dumpLine is a report, or a tombstone.
type dumpLine struct {
	ID         string          `json:"id,omitempty"`
	URL        string          `json:"url,omitempty"`
	Outlet     string          `json:"outlet,omitempty"`
	Title      string          `json:"title,omitempty"`
	Lang       string          `json:"lang,omitempty"`
	Published  string          `json:"published,omitempty"`
	Fetched    string          `json:"fetched,omitempty"`
	File       string          `json:"file,omitempty"`
	Record     int             `json:"record,omitempty"`
	SHA256     string          `json:"sha256,omitempty"`
	About      *aboutJSON      `json:"about,omitempty"`
	Layout     *layoutJSON     `json:"layout,omitempty"`
	Text       string          `json:"text,omitempty"`
	Version    int             `json:"version,omitempty"`
	Statements []dumpStatement `json:"statements,omitempty"`
	Events     []eventJSON     `json:"events,omitempty"`
	Removed    string          `json:"removed,omitempty"`
	Reason     string          `json:"reason,omitempty"`
}

type dumpStatement struct {
	ID string `json:"id"`
	statementJSON
}

// Dump writes all that came from inputs as JSON Lines: a line a report, ordered
// by ID, then a line a tombstone. Two ledgers that hold the same have the same
// dump, however they came to it: it has no numbers and no times of the ledger's
// own. Of the original bytes it has the SHA-256, which they are checked
// against; an error says what is damaged. Offsets count bytes.
func (l *Ledger) Dump(ctx context.Context, w io.Writer) error {
	return l.snapshot(ctx, func(t *sql.Tx) error { return l.dump(ctx, t, w) })
}

func (l *Ledger) dump(ctx context.Context, t *sql.Tx, w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	err := l.eachReport(ctx, t, func(r *Report) error { return lines.Encode(lineOf(r)) })
	if err != nil {
		return err
	}
	err = l.eachTombstone(ctx, t, func(id, reason, _ string) error { return lines.Encode(dumpLine{Removed: id, Reason: reason}) })
	if err != nil {
		return err
	}
	return out.Flush()
}

func lineOf(r *Report) dumpLine {
	d := r.Document
	about, layout := aboutOf(d), layoutOf(d)
	line := dumpLine{
		ID: d.ID, URL: d.URL, Outlet: d.Outlet, Title: d.Title, Lang: d.Lang, Published: stamp(d.Published), Fetched: utc(d.Fetched),
		File: d.File, Record: d.Record, SHA256: d.SHA256, About: &about, Layout: &layout, Text: d.Text, Version: r.Version,
	}
	for i := range r.Statements {
		line.Statements = append(line.Statements, dumpStatement{r.Statements[i].ID, statementOf(&r.Statements[i])})
	}
	for i := range r.Events {
		line.Events = append(line.Events, eventOf(&r.Events[i]))
	}
	return line
}

// eachReport calls f with every report in the order of their IDs.
func (l *Ledger) eachReport(ctx context.Context, t *sql.Tx, f func(*Report) error) error {
	for last := ""; ; {
		ids, err := collect[string](t.QueryContext(ctx, l.dialect.sql(documentsBehind), last, dumpAtOnce))
		if err != nil || len(ids) == 0 {
			return err
		}
		last = ids[len(ids)-1]
		for _, id := range ids {
			r, err := l.load(ctx, t, id)
			if err != nil {
				return err
			}
			if err := f(r); err != nil {
				return err
			}
		}
	}
}

func (l *Ledger) eachTombstone(ctx context.Context, t *sql.Tx, f func(id, reason, added string) error) error {
	rows, err := t.QueryContext(ctx, tombstonesAll)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, reason, added string
		if err := rows.Scan(&id, &reason, &added); err != nil {
			return err
		}
		if err := f(id, reason, added); err != nil {
			return err
		}
	}
	return rows.Err()
}

// sum returns the SHA-256 of the dump of what a transaction sees.
func (l *Ledger) sum(ctx context.Context, t *sql.Tx) (string, error) {
	h := sha256.New()
	err := l.dump(ctx, t, h)
	return hex.EncodeToString(h.Sum(nil)), err
}
