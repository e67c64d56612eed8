package ledger

import (
	"bytes"
	"context"
	"fmt"

	"hearsay"
)

func notFound(id string) error { return fmt.Errorf("report %s: %w", id, ErrNotFound) }

// Redone counts what a better annotator has changed.
type Redone struct {
	Reports                  int
	Same, Changed, New, Gone int // statements, by ID
}

// redoAtOnce is how many reports one transaction changes.
const redoAtOnce = 50

// Redo has every report annotated again whose statements are of an older
// version of the annotator than version. A statement that is found again keeps
// its ID. What is done is done if it is stopped: the next call goes on.
func (l *Ledger) Redo(ctx context.Context, version int, annotate func(*hearsay.Document) ([]hearsay.Statement, []hearsay.Event)) (Redone, error) {
	var done Redone
	for last := int64(0); ; {
		stale, err := l.stale(ctx, last, version)
		if err != nil || len(stale) == 0 {
			return done, err
		}
		last = stale[len(stale)-1].number
		var redone []redo
		for _, s := range stale {
			if err := ctx.Err(); err != nil {
				return done, err
			}
			old, err := l.load(ctx, l.read, s.id)
			if err != nil {
				return done, err
			}
			r, err := l.repack(old, version, annotate)
			if err != nil {
				return done, err
			}
			redone = append(redone, redo{old, r})
		}
		if err := l.replaceAll(ctx, redone, &done); err != nil {
			return done, err
		}
	}
}

// A redo is a report before and after.
type redo struct {
	old *Report
	new *report
}

type numbered struct {
	number int64
	id     string
}

func (l *Ledger) stale(ctx context.Context, last int64, version int) ([]numbered, error) {
	rows, err := l.read.QueryContext(ctx, l.dialect.sql(olderThan), last, version, redoAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []numbered
	for rows.Next() {
		var n numbered
		if err := rows.Scan(&n.number, &n.id); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// repack annotates a report and brings it into the form that is stored.
func (l *Ledger) repack(old *Report, version int, annotate func(*hearsay.Document) ([]hearsay.Statement, []hearsay.Event)) (*report, error) {
	statements, events := annotate(old.Document)
	r, err := pack(old.Document, statements, events, version)
	if err != nil {
		return nil, fmt.Errorf("report %s: %w", old.ID, err)
	}
	return r, nil
}

// replaceAll writes the new statements of reports, of those that nobody has
// changed or removed meanwhile.
func (l *Ledger) replaceAll(ctx context.Context, redone []redo, done *Redone) error {
	after := *done
	err := l.change(ctx, func(t *tx) error {
		after = *done
		for _, r := range redone {
			was, err := t.look(r.old.ID)
			if err != nil {
				return err
			}
			if was.number == 0 || was.documentSum != r.old.docSum || was.version >= r.new.version {
				continue
			}
			if err := t.clearStatements(was); err != nil {
				return err
			}
			if _, err := t.exec(changeStatements, r.new.version, len(r.new.statements), r.new.statementsSum, was.number); err != nil {
				return err
			}
			if err := t.addStatements(was.number, r.new); err != nil {
				return err
			}
			after.count(r.old.Statements, r.new.statements)
		}
		return nil
	})
	if err == nil {
		*done = after
		l.unsettled.Add(int64(len(redone)))
		l.unlinked.Add(int64(len(redone)))
	}
	return err
}

// count compares the statements of a report before and after.
func (d *Redone) count(before []hearsay.Statement, after []statementRow) {
	d.Reports++
	was := make(map[string][]byte, len(before))
	for i := range before {
		was[before[i].ID] = encode(statementOf(&before[i]))
	}
	for i := range after {
		old, ok := was[after[i].id]
		switch {
		case !ok:
			d.New++
		case bytes.Equal(old, encode(statementOf(after[i].s))):
			d.Same++
		default:
			d.Changed++
		}
		delete(was, after[i].id)
	}
	d.Gone += len(was)
}
