package ledger

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"hearsay"
)

// Added says what came of adding a report.
type Added string

// What can come of it.
const (
	Fresh  Added = "fresh"  // it was not there
	Known  Added = "known"  // it was there, and nothing has changed
	Better Added = "better" // it was there, and what was added took its place: see Add
	Barred Added = "barred" // it was removed before, and is not added again
)

// settleEvery is after how many reports Add brings the indexes up to date.
const settleEvery = 500

// Refused is the error of Add for a report that does not fit its text. The next
// report may fit; after any other error it is likely to fail, too.
type Refused struct {
	Report string // its ID
	Err    error
}

func (e *Refused) Error() string { return fmt.Sprintf("report %s: %v", e.Report, e.Err) }

func (e *Refused) Unwrap() error { return e.Err }

// Add keeps a report with its statements and events. All of it is kept, safely
// on the disk, or nothing. A report whose ID, hashes or spans do not fit its
// text is refused; the error names the statement and the field.
//
// A report is kept once. The same one (outlet, URL and text are equal) may come
// again from other bytes, with another date, or with the statements of another
// version of the annotator. Then the better one stays: that with a date of
// publication; with the earlier one; then one of the two that does not depend
// on which came first; of the same, that of the higher version.
//
// Of reports that are equal but for when they were fetched the earliest time
// stays.
//
// An error after which Added is not "" means that the report is kept, but that
// the indexes could not be brought up to date; they will be by whoever needs
// them next.
func (l *Ledger) Add(ctx context.Context, doc *hearsay.Document, statements []hearsay.Statement, events []hearsay.Event) (Added, error) {
	r, err := pack(doc, statements, events, l.options.Version)
	if err != nil {
		return "", &Refused{doc.ID, err}
	}
	added, err := l.put(ctx, r, time.Now())
	if err != nil {
		return "", fmt.Errorf("report %s: %w", doc.ID, err)
	}
	if added == Known || added == Barred {
		return added, nil
	}
	if l.unsettled.Add(1)%settleEvery == 0 {
		err = l.settle(ctx)
	}
	if n := l.unlinked.Add(1); n >= l.linkAfter.Load() && n%(linkEvery/10) == 0 {
		l.linkBehind()
	}
	return added, err
}

// Settled says what Add would say of a report, if it would change nothing: Known
// where it is kept as it is, with statements of this version of the annotator
// or a higher one, or Barred. Else it is "", and the report is to be annotated and
// added.
func (l *Ledger) Settled(ctx context.Context, doc *hearsay.Document) (Added, error) {
	r, err := pack(doc, nil, nil, l.options.Version)
	if err != nil {
		return "", nil // Add tells why
	}
	s, err := stand(l.read.QueryRowContext(ctx, l.dialect.sql(findStored), doc.ID))
	if err != nil {
		return "", err
	}
	if s == nil {
		removed, err := collect[int](l.read.QueryContext(ctx, l.dialect.sql(isTombstone), doc.ID))
		if len(removed) == 0 {
			return "", err
		}
		return Barred, err
	}
	if r.statementsSum = s.statementsSum; r.better(s) || r.firstFetched(s) != s.fetched {
		return "", nil
	}
	return Known, nil
}

// put writes a report in one transaction.
func (l *Ledger) put(ctx context.Context, r *report, now time.Time) (added Added, err error) {
	layout, text, original := l.zip.EncodeAll(r.layout, nil), []byte(nil), l.zip.EncodeAll(r.doc.Original, nil)
	if r.doc.SHA256 == "" || !bytes.Equal([]byte(r.doc.Text), r.doc.Original) {
		text = l.zip.EncodeAll([]byte(r.doc.Text), nil)
	}
	err = l.change(ctx, func(t *tx) error {
		old, err := t.look(r.id)
		if added, err = old.outcome(r, err); err != nil || added == Barred {
			return err
		}
		if added == Known {
			return t.fetchedAt(old, r)
		}
		number := old.number
		if added == Better {
			err = t.replace(old, r)
		} else {
			number, err = t.addDocument(r, now)
		}
		if err != nil {
			return err
		}
		if r.doc.SHA256 != "" {
			if _, err := t.exec(addOriginal, r.doc.SHA256, len(r.doc.Original), original); err != nil {
				return err
			}
		}
		if _, err := t.exec(addReport, number, layout, text); err != nil {
			return err
		}
		return t.addStatements(number, r)
	})
	return added, err
}

// stored is what a report that is kept is compared by.
type stored struct {
	number                                                            int64
	day, sha256, published, documentSum, statementsSum, file, fetched string
	record, version                                                   int
	removed                                                           bool
}

// look finds what is kept of the report of an ID; its number is 0 for none.
func (t *tx) look(id string) (*stored, error) {
	if lock := t.l.dialect.lock(lockOf(id)); lock != "" {
		if _, err := t.exec(lock); err != nil {
			return nil, err
		}
	}
	s, err := stand(t.row(findStored, id))
	if err != nil || s != nil {
		return s, err
	}
	var one int
	err = t.row(isTombstone, id).Scan(&one)
	s = &stored{removed: err == nil}
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return s, err
}

// stand reads the row of findStored: nil for none.
func stand(row scanner) (*stored, error) {
	var s stored
	err := row.Scan(&s.number, &s.day, &s.sha256, &s.published, &s.documentSum, &s.file, &s.record, &s.version, &s.statementsSum, &s.fetched)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &s, err
}

// lockOf returns the key of the lock of a document.
func lockOf(id string) int64 {
	sum := sha256.Sum256([]byte(id))
	return int64(binary.LittleEndian.Uint64(sum[:]))
}

// outcome says what is to be done with a report.
func (s *stored) outcome(r *report, err error) (Added, error) {
	switch {
	case err != nil:
		return "", err
	case s.removed:
		return Barred, nil
	case s.number == 0:
		return Fresh, nil
	case r.better(s):
		return Better, nil
	}
	return Known, nil
}

// better reports whether r is to take the place of s: a total order, so that
// the same one stays whichever comes first.
func (r *report) better(s *stored) bool {
	if (r.published == "") != (s.published == "") {
		return r.published != ""
	}
	if a, b := instant(r.published), instant(s.published); a != b {
		return a < b
	}
	return cmp.Or(strings.Compare(s.documentSum, r.docSum), r.version-s.version, strings.Compare(s.statementsSum, r.statementsSum),
		strings.Compare(s.file, r.file), s.record-r.record) > 0
}

// instant is a moment as it can be compared whatever its zone.
func instant(stamp string) int64 {
	t, _ := unstamp(stamp)
	return t.UnixNano()
}

// firstFetched returns when a report that was kept as s, or what takes its
// place, was fetched first: times of the same document count alone.
func (r *report) firstFetched(s *stored) string {
	switch {
	case s.documentSum != r.docSum && r.better(s):
		return r.fetched
	case s.documentSum != r.docSum || r.fetched == "":
		return s.fetched
	case s.fetched != "" && instant(s.fetched) <= instant(r.fetched):
		return s.fetched
	}
	return r.fetched
}

// fetchedAt notes that a report that is kept was fetched before.
func (t *tx) fetchedAt(old *stored, r *report) error {
	first := r.firstFetched(old)
	if first == old.fetched {
		return nil
	}
	_, err := t.exec(setFetched, first, old.number)
	return err
}

func (t *tx) addDocument(r *report, now time.Time) (number int64, err error) {
	d := r.doc
	err = t.row(addDocument, r.id, d.Outlet, d.URL, r.day, r.published, d.Title, d.Lang, r.file, r.record, d.SHA256, r.version,
		string(r.about), len(r.statements), r.docSum, r.statementsSum, now.UTC().Format(time.RFC3339Nano), r.fetched).Scan(&number)
	return number, err
}

// replace takes out what was kept of a report but its row, and changes that.
func (t *tx) replace(old *stored, r *report) error {
	if err := t.clear(old); err != nil {
		return err
	}
	d := r.doc
	_, err := t.exec(changeDocument, r.day, r.published, d.Title, d.Lang, r.file, r.record, d.SHA256, r.version,
		string(r.about), len(r.statements), r.docSum, r.statementsSum, r.firstFetched(old), old.number)
	return err
}

// clear takes out what is kept of a report but its row.
func (t *tx) clear(old *stored) error {
	if err := t.clearStatements(old); err != nil {
		return err
	}
	if _, err := t.exec(deleteReport, old.number); err != nil || old.sha256 == "" {
		return err
	}
	if _, err := t.exec(dropOriginal, old.sha256); err != nil {
		return err
	}
	_, err := t.exec(deleteOriginal, old.sha256)
	return err
}

// clearStatements takes out the statements and events of a report, and what
// the indexes have of them.
func (t *tx) clearStatements(old *stored) error {
	pending, err := t.exec(deletePending, old.number)
	if err != nil {
		return err
	}
	if pending == 0 {
		if err := t.unindex(old.number); err != nil {
			return err
		}
	}
	if err := t.unlink(old.number); err != nil {
		return err
	}
	from, to := keys(old.number)
	if _, err := t.exec(deleteStatements, from, to); err != nil {
		return err
	}
	_, err = t.exec(deleteEvents, from, to)
	return err
}

// keys returns the first and the last key that a statement of a document can
// have.
func keys(document int64) (from, to int64) {
	return document << numberBits, document<<numberBits + mostStatements - 1
}

// addStatements writes the statements and events of a report and notes that
// the indexes do not have them.
func (t *tx) addStatements(document int64, r *report) error {
	first, _ := keys(document)
	rows := make([][]any, len(r.statements))
	for i := range r.statements {
		row := &r.statements[i]
		s := row.s
		var kind hearsay.MentionKind
		if s.Speaker != nil {
			kind = s.Speaker.Kind
		}
		negated := 0
		if s.Negated {
			negated = 1
		}
		rows[i] = []any{first + int64(i), row.id, row.content, string(s.Quoting), string(s.Mode), string(s.Force), negated,
			row.speaker, string(kind), row.from, row.to, s.Score, string(row.rest)}
	}
	if err := t.insert(addStatements, statementRows, rows); err != nil {
		return err
	}
	rows = rows[:0]
	for i := range r.events {
		rows = append(rows, []any{first + int64(i), string(r.events[i].e.Kind), string(r.events[i].rest)})
	}
	if err := t.insert(addEvents, eventRows, rows); err != nil {
		return err
	}
	if _, err := t.exec(addPending, document); err != nil {
		return err
	}
	_, err := t.exec(addUnlinked, document, r.docSum+r.statementsSum, r.day)
	return err
}
