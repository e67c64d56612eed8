package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"hearsay"
)

// A Report is a document with what was found in it.
type Report struct {
	*hearsay.Document
	Statements []hearsay.Statement
	Events     []hearsay.Event
	Version    int       // of the annotator
	Added      time.Time // when this ledger first had it

	// Previous and Next are the IDs of the versions of an article before and
	// behind this one: reports of the same outlet and URL, ordered by their date of
	// publication, then by when they were fetched, then by ID.
	Previous, Next string

	number               int64
	day, docSum, saidSum string
}

// Document returns a report with its statements and events, or ErrNotFound.
func (l *Ledger) Document(ctx context.Context, id string) (*Report, error) {
	r, err := l.load(ctx, l.read, id)
	if err != nil {
		return nil, err
	}
	versions, err := l.Versions(ctx, r.Document)
	for i, v := range versions {
		if v == id && i > 0 {
			r.Previous = versions[i-1]
		}
		if v == id && i+1 < len(versions) {
			r.Next = versions[i+1]
		}
	}
	return r, err
}

// Versions returns the IDs of the versions of an article, this one among them if
// the ledger has it: see Report. There are none where the URL is not known.
func (l *Ledger) Versions(ctx context.Context, doc *hearsay.Document) ([]string, error) {
	return collect[string](l.read.QueryContext(ctx, l.dialect.sql(versionsOf), doc.URL, doc.Outlet))
}

// At returns the IDs of the versions of the articles of a URL, those of each
// outlet together.
func (l *Ledger) At(ctx context.Context, url string) ([][]string, error) {
	rows, err := l.read.QueryContext(ctx, l.dialect.sql(versionsAt), url)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]string
	for last := ""; rows.Next(); {
		var outlet, id string
		if err := rows.Scan(&outlet, &id); err != nil {
			return nil, err
		}
		if len(out) == 0 || outlet != last {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], id)
		last = outlet
	}
	return out, rows.Err()
}

// load reads a report but its versions.
func (l *Ledger) load(ctx context.Context, db asker, id string) (*Report, error) {
	r := &Report{}
	var added, fetched string
	var layout, text, original []byte
	head, err := scanHead(db.QueryRowContext(ctx, l.dialect.sql(wholeDocument), id), &r.number, &added, &r.day, &r.docSum, &r.saidSum, &fetched, &layout, &text, &original)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("report %s: %w", id, ErrNotFound)
	} else if err != nil {
		return nil, err
	}
	r.Version = head.Version
	r.Document = documentOf(head)
	if err := moments([]string{added, fetched}, &r.Added, &r.Fetched); err != nil {
		return nil, err
	}
	var j layoutJSON
	if layout, err = l.unzip.DecodeAll(layout, nil); err != nil {
		return nil, fmt.Errorf("report %s: layout: %w", id, err)
	}
	if err := decode(layout, &j, "report "+id); err != nil {
		return nil, err
	}
	j.lay(r.Document)
	if err := l.words(r.Document, text, original); err != nil {
		return nil, fmt.Errorf("report %s: %w", id, err)
	}
	return r, l.loadStatements(ctx, db, r)
}

func documentOf(h *hearsay.Head) *hearsay.Document {
	return &hearsay.Document{
		ID: h.ID, File: h.File, Record: h.Record, URL: h.URL, Outlet: h.Outlet, Title: h.Title, Bylines: h.Bylines,
		Credits: h.Credits, Initials: h.Initials, Lang: h.Lang, Published: h.Published, Notes: h.Notes, SHA256: h.SHA256, Charset: h.Charset,
	}
}

// words gives a document its text and its original bytes, and sees that they
// are what was added.
func (l *Ledger) words(d *hearsay.Document, text, original []byte) (err error) {
	if d.SHA256 != "" {
		if d.Original, err = l.unzip.DecodeAll(original, []byte{}); err != nil {
			return fmt.Errorf("original: %w", err)
		}
		if sum := sha256.Sum256(d.Original); hex.EncodeToString(sum[:]) != d.SHA256 {
			return errors.New("the original bytes are damaged: their SHA-256 is another")
		}
	}
	d.Text = string(d.Original)
	if text != nil {
		if text, err = l.unzip.DecodeAll(text, nil); err != nil {
			return fmt.Errorf("text: %w", err)
		}
		d.Text = string(text)
	}
	if hearsay.DocumentID(d.Outlet, d.URL, d.Text) != d.ID {
		return errors.New("the text is damaged: the ID is that of another")
	}
	return nil
}

func (l *Ledger) loadStatements(ctx context.Context, db asker, r *Report) error {
	from, to := keys(r.number)
	rows, err := db.QueryContext(ctx, l.dialect.sql(statementsToSay), from, to)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key int64
		var id, content, rest string
		if err := rows.Scan(&key, &id, &content, &rest); err != nil {
			return err
		}
		var j statementJSON
		if err := decode([]byte(rest), &j, "statement "+id); err != nil {
			return err
		}
		r.Statements = append(r.Statements, j.statement(id))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	events, err := collect[string](db.QueryContext(ctx, l.dialect.sql(eventsOf), from, to))
	for _, rest := range events {
		var j eventJSON
		if err := decode([]byte(rest), &j, "event of report "+r.ID); err != nil {
			return err
		}
		r.Events = append(r.Events, j.event())
	}
	return err
}

// Statement returns the report that has a statement, and the number of the
// statement in it, or ErrNotFound.
func (l *Ledger) Statement(ctx context.Context, id string) (*Report, int, error) {
	if err := l.settle(ctx); err != nil {
		return nil, 0, err
	}
	of, err := collect[string](l.read.QueryContext(ctx, l.dialect.sql(reportOfStatement), hashOf(id), id))
	if err == nil && len(of) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, 0, fmt.Errorf("statement %s: %w", id, err)
	}
	r, err := l.Document(ctx, of[0])
	if err != nil {
		return nil, 0, err
	}
	i := slices.IndexFunc(r.Statements, func(s hearsay.Statement) bool { return s.ID == id })
	if i < 0 { // taken out meanwhile
		return nil, 0, fmt.Errorf("statement %s: %w", id, ErrNotFound)
	}
	return r, i, nil
}

// Original returns the bytes of a SHA-256, or ErrNotFound.
func (l *Ledger) Original(ctx context.Context, sha256 string) ([]byte, error) {
	var zipped []byte
	err := l.read.QueryRowContext(ctx, l.dialect.sql(originalBytes), sha256).Scan(&zipped)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("original %s: %w", sha256, err)
	}
	return l.unzip.DecodeAll(zipped, []byte{})
}
