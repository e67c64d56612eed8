package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"hearsay"
	"hearsay/compare"
)

// A Thread is one statement as it was met in many reports.
type Thread struct {
	// ID is that of the origin: of a statement. Any statement of a thread leads to
	// it, so an ID stays good if an earlier report is added later, or if two threads
	// become one.
	ID string

	Variants []Variant // in the order of publication, the origin first; those without a date last
	Earliest int       // of Variants: the first that a named outlet has, -1 for none
	Relays   []Relay   // who has it from whom
	Named    string    // the earliest outlet or agency that is named: whom the origin has it from, else its outlet or that of Earliest

	Outlets     int // that have it
	Independent int // of those of the first 100 variants, groups that have nothing to do with one another as far as Relays tell

	Suggested []Variant // statements that may be variants: for somebody to look at
	More      int       // variants and suggested ones beyond mostVariants, which are left out
}

// A Variant is a statement of a thread.
type Variant struct {
	hearsay.Record
	Text    string          // the pieces of the content, a space between two
	Verdict compare.Verdict // against the Text of the origin, whose spans are A
}

// mostVariants is how many variants of a thread are read.
const mostVariants = 1000

// Thread returns the thread of a statement, or of the ID that a thread had, or
// ErrNotFound. A statement that no other report has is a thread of its own.
func (l *Ledger) Thread(ctx context.Context, id string) (*Thread, error) {
	if err := l.settle(ctx); err != nil {
		return nil, err
	}
	if err := l.link(ctx); err != nil {
		return nil, err
	}
	var key, wording, first int64
	rows, err := l.read.QueryContext(ctx, l.dialect.sql(threadOfStatement), hashOf(id), id)
	if err != nil {
		return nil, err
	}
	found := rows.Next()
	if found {
		err = rows.Scan(&key, &wording, &first)
	}
	if err := cmp.Or(err, rows.Close()); err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("statement %s: %w", id, ErrNotFound)
	}
	return l.threadOf(ctx, first)
}

// threadOf reads the thread that begins with a wording.
func (l *Ledger) threadOf(ctx context.Context, first int64) (*Thread, error) {
	wordings, err := collect[int64](l.read.QueryContext(ctx, l.dialect.sql(wordingsOfThread), first, first))
	if err != nil {
		return nil, err
	}
	th := &Thread{Earliest: -1}
	if th.Variants, err = l.variants(ctx, wordings, &th.More); err != nil {
		return nil, err
	}
	if len(th.Variants) == 0 { // removed meanwhile
		return nil, fmt.Errorf("thread: %w", ErrNotFound)
	}
	origin := said(&th.Variants[0].Record)
	judge(&origin, th.Variants)
	th.ID = th.Variants[0].ID
	th.Earliest = slices.IndexFunc(th.Variants, func(v Variant) bool { return v.Report.Outlet != "" })
	if err := l.relate(ctx, th); err != nil {
		return nil, err
	}
	maybe, err := l.suggestedTo(ctx, wordings)
	if err != nil {
		return nil, err
	}
	if th.Suggested, err = l.variants(ctx, maybe, &th.More); err != nil {
		return nil, err
	}
	judge(&origin, th.Suggested)
	return th, nil
}

// suggestedTo returns the wordings that are tied to some of a thread, and are
// not of it.
func (l *Ledger) suggestedTo(ctx context.Context, wordings []int64) ([]int64, error) {
	var out []int64
	for rest := wordings; len(rest) > 0; rest = rest[min(recordsAtOnce, len(rest)):] {
		some := rest[:min(recordsAtOnce, len(rest))]
		values := make([]any, len(some))
		for i, w := range some {
			values[i] = w
		}
		tied, err := collect[int64](l.read.QueryContext(ctx, l.dialect.sql(linksOfMany+marksFor(len(some))), values...))
		if err != nil {
			return nil, err
		}
		out = append(out, tied...)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(w int64) bool { return slices.Contains(wordings, w) }), nil
}

// variants reads the statements of wordings in the order of publication.
func (l *Ledger) variants(ctx context.Context, wordings []int64, more *int) ([]Variant, error) {
	type member struct {
		key  int64
		head hearsay.Head
	}
	var all []member
	for rest := wordings; len(rest) > 0; rest = rest[min(recordsAtOnce, len(rest)):] {
		some := rest[:min(recordsAtOnce, len(rest))]
		values := make([]any, len(some))
		for i, w := range some {
			values[i] = w
		}
		rows, err := l.read.QueryContext(ctx, l.dialect.sql(statementsOfWordings+marksFor(len(some))), values...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var m member
			var on string
			if err = rows.Scan(&m.key, &on, &m.head.ID); err == nil {
				m.head.Published, err = unstamp(on)
			}
			if err != nil {
				rows.Close()
				return nil, err
			}
			all = append(all, m)
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b member) int { return cmp.Or(published(&a.head, &b.head), cmp.Compare(a.key, b.key)) })
	left := max(0, len(all)-mostVariants)
	*more += left
	keys := make([]int64, len(all)-left)
	for i := range keys {
		keys[i] = all[i].key
	}
	records, err := l.records(ctx, keys)
	slices.SortStableFunc(records, func(a, b hearsay.Record) int { // of one report the fullest first: a headline has less
		return cmp.Or(published(&a.Report, &b.Report), length(&b)-length(&a))
	})
	out := make([]Variant, len(records))
	for i, r := range records {
		out[i] = Variant{Record: r}
	}
	return out, err
}

// length is how much was said.
func length(r *hearsay.Record) int {
	n := 0
	for _, piece := range r.Content {
		n += piece.Len()
	}
	return n
}

// published compares two reports by when they were published; those without a
// date come last.
func published(a, b *hearsay.Head) int {
	none := func(t time.Time) int {
		if t.IsZero() {
			return 1
		}
		return 0
	}
	return cmp.Or(none(a.Published)-none(b.Published), a.Published.Compare(b.Published), strings.Compare(a.ID, b.ID))
}

// said returns what there is to compare of a record.
func said(r *hearsay.Record) compare.Said {
	s := r.Statement
	var text strings.Builder
	s.Content = make([]hearsay.Span, 0, len(r.Content))
	for i, piece := range r.Content {
		if i > 0 {
			text.WriteString(gap)
		}
		words, _, _ := r.Words(piece)
		s.Content = append(s.Content, hearsay.Span{Start: text.Len(), End: text.Len() + len(words)})
		text.WriteString(words)
	}
	s.Numbers, s.Times = nil, nil
	return compare.Of(&hearsay.Document{Text: text.String(), Published: r.Report.Published, Lang: r.Report.Lang, Outlet: r.Report.Outlet}, &s)
}

// judge compares variants with the origin.
func judge(origin *compare.Said, variants []Variant) {
	for i := range variants {
		s := said(&variants[i].Record)
		variants[i].Text = s.Text
		variants[i].Verdict = compare.Wording(*origin, s)
	}
}
