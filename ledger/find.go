package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hearsay"
)

// A Query says which statements are looked for: those for which all fields that
// are not empty hold. Words, names and outlets are compared without case and
// marks on letters.
type Query struct {
	// Words of the content: all of them, in any order; "in a row" in quotation
	// marks; the beginning of a word with a star behind it: sanction*.
	Words string

	// Speaker is a name, or words in a row of one, of a speaker or of somebody who
	// said the same; where the report names nobody, words of the mention. Whole
	// means that it is all of the name.
	Speaker string
	Whole   bool

	Outlet   string
	From, To string // the first and the last day of publication, as 2006-01-02, both included
	Force    hearsay.Force
	Mode     hearsay.Mode
	Quoting  hearsay.Quoting
	Finding  hearsay.Finding // of a check of the statement
	Lang     string
	Document string // ID of the report

	// ByDate puts the newest report first. Without it, and with Words, the
	// statement that is most about them comes first, unless there are more than
	// 1000 of them.
	ByDate        bool
	Limit, Offset int // a Limit of 0 means 50
}

// Found is a page of what was found.
type Found struct {
	Records []hearsay.Record
	Total   int  // of the statements that fit
	More    bool // there are more than Total, which were not counted
}

// Beyond these many, statements are not counted, not sorted as a whole, not
// ranked.
const (
	mostCounted = 10_000
	mostSorted  = 2000
	mostRanked  = 1000
)

// Find returns the statements that a query asks for, in an order that stays the
// same.
func (l *Ledger) Find(ctx context.Context, q Query) (Found, error) {
	f, err := l.finder(ctx, q)
	if err != nil || f == nil {
		return Found{}, err
	}
	found := Found{}
	if found.Total, err = f.count(ctx, l.mostCounted+1); err != nil {
		return Found{}, err
	}
	switch {
	case f.asked() && !q.ByDate && found.Total <= l.mostRanked:
		err = f.ranked(ctx)
	case found.Total <= l.mostSorted || q.Document != "":
		err = f.take(ctx, f.dated())
	case len(f.dated()) == 0:
		err = f.newest(ctx)
	default:
		width := len("2006")
		if found.Total > l.mostCounted { // so many that a year is likely to have too many
			width = len("2006-01")
		}
		err = f.walk(ctx, width, cmp.Or(f.q.From, "0"), f.q.To+"~")
		if err == nil && f.limit > 0 && f.days == nil {
			err = f.take(ctx, f.and(phrase{words: []string{"undated"}}))
		}
	}
	if err != nil {
		return Found{}, err
	}
	if found.Total > l.mostCounted {
		found.Total, found.More = l.mostCounted, true
	}
	found.Records, err = l.records(ctx, f.keys)
	return found, err
}

// A finder gathers the keys of a page.
type finder struct {
	l        *Ledger
	q        Query
	x        expression
	days     []phrase // of the tags: one of them has to fit; nil for any day
	from, to int64    // keys
	skip     int      // statements before the page
	limit    int      // statements still wanted
	keys     []int64
}

// asked reports whether the question has words: blanks are none.
func (f *finder) asked() bool {
	return slices.ContainsFunc(f.x, func(c clause) bool { return c.column == "content" })
}

// finder makes a query ready. It is nil where nothing can fit.
func (l *Ledger) finder(ctx context.Context, q Query) (*finder, error) {
	if err := l.settle(ctx); err != nil {
		return nil, err
	}
	f := &finder{l: l, q: q, to: 1<<63 - 1, skip: max(0, q.Offset), limit: q.Limit}
	if f.limit <= 0 {
		f.limit = 50
	}
	var ok bool
	if f.x, ok = words(q.Words); !ok {
		return nil, nil
	}
	for _, field := range [][2]string{
		{"outlet", q.Outlet}, {"force", string(q.Force)}, {"mode", string(q.Mode)}, {"quoting", string(q.Quoting)},
		{"finding", string(q.Finding)}, {"lang", q.Lang},
	} {
		if field[1] != "" {
			f.x = append(f.x, tagged(field[0], field[1]))
		}
	}
	if name := strings.Fields(fold(q.Speaker)); q.Whole && q.Speaker != "" {
		f.x = append(f.x, tagged("speaker", q.Speaker))
	} else if len(name) > 0 {
		f.x = append(f.x, clause{"who", []phrase{{words: name}}})
	} else if q.Speaker != "" {
		return nil, nil
	}
	if q.From != "" || q.To != "" {
		var err error
		if f.days, err = days(q.From, q.To); err != nil {
			return nil, err
		}
	}
	if q.Document != "" {
		var number int64
		err := l.read.QueryRowContext(ctx, l.dialect.sql(`SELECT number FROM document WHERE id = ?`), q.Document).Scan(&number)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, nil
		} else if err != nil {
			return nil, err
		}
		f.from, f.to = keys(number)
	}
	return f, nil
}

func parseDay(day string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return t, fmt.Errorf("want a day such as 2026-03-04, have %q", day)
	}
	return t, nil
}

// and is the expression of the query, but for its days, with some of these tags.
func (f *finder) and(tags ...phrase) expression {
	return append(slices.Clip(f.x), clause{"tags", tags})
}

// dated is the expression of the query.
func (f *finder) dated() expression {
	if f.days == nil {
		return f.x
	}
	return f.and(f.days...)
}

// ask asks the database. In q, {fits} is the condition that a row of words fits
// x.
func (f *finder) ask(ctx context.Context, q string, x expression, values ...any) (*sql.Rows, error) {
	d := f.l.dialect
	q = strings.ReplaceAll(q, "{fits}", d.match+" AND words."+d.key+" BETWEEN ? AND ?")
	return f.l.read.QueryContext(ctx, d.sql(q), append([]any{d.matched(x), f.from, f.to}, values...)...)
}

// count counts the statements that fit, up to a limit. Days are counted part
// by part: that costs less than to ask for any of them, and no statement is in
// two.
func (f *finder) count(ctx context.Context, limit int) (total int, err error) {
	switch {
	case f.days != nil:
		for _, p := range f.days {
			n, err := f.countOf(ctx, f.and(p), limit-total)
			if total += n; err != nil || total >= limit {
				return total, err
			}
		}
		return total, nil
	case len(f.x) > 0:
		return f.countOf(ctx, f.x, limit)
	case f.q.Document != "":
		err = f.l.read.QueryRowContext(ctx, f.l.dialect.sql(`SELECT count(*) FROM statement WHERE key BETWEEN ? AND ?`), f.from, f.to).Scan(&total)
	default:
		err = f.l.read.QueryRowContext(ctx, f.l.dialect.sql(`SELECT count(*) FROM (SELECT 1 FROM statement_id LIMIT ?) AS few`), limit).Scan(&total)
	}
	return total, err
}

// countOf counts the statements that fit an expression, up to a limit.
func (f *finder) countOf(ctx context.Context, x expression, limit int) (int, error) {
	n, err := collect[int](f.ask(ctx, `SELECT count(*) FROM (SELECT 1 FROM words WHERE {fits} LIMIT ?) AS few`, x, limit))
	if err != nil || len(n) == 0 {
		return 0, err
	}
	return n[0], nil
}

// take takes those of the page that fit x, by date.
func (f *finder) take(ctx context.Context, x expression) error {
	if len(x) == 0 {
		return f.newest(ctx)
	}
	found, err := collect[int64](f.ask(ctx, `SELECT words.{key} FROM words JOIN document d ON d.number = words.{key} >> 20
		WHERE {fits} ORDER BY d.day DESC, d.id, words.{key} LIMIT ? OFFSET ?`, x, f.limit, f.skip))
	f.keys = append(f.keys, found...)
	f.limit -= len(found)
	f.skip = 0
	return err
}

// newest takes the page from all statements, or from all of a document.
func (f *finder) newest(ctx context.Context) error {
	q, values := `SELECT s.key FROM document d JOIN statement s ON s.key BETWEEN d.number << 20 AND ((d.number + 1) << 20) - 1
		ORDER BY d.day DESC, d.id, s.key LIMIT ? OFFSET ?`, []any{f.limit, f.skip}
	if f.q.Document != "" {
		q, values = `SELECT key FROM statement WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ? OFFSET ?`, []any{f.from, f.to, f.limit, f.skip}
	}
	found, err := collect[int64](f.l.read.QueryContext(ctx, f.l.dialect.sql(q), values...))
	f.keys = append(f.keys, found...)
	return err
}

// walk takes the page from many that fit, going back in time by years, months
// or days (width is that of the beginning of a day), and goes down to what is
// shorter where there are too many, or where the days asked for begin or end.
func (f *finder) walk(ctx context.Context, width int, from, before string) error {
	for f.limit > 0 {
		var day sql.NullString
		err := f.l.read.QueryRowContext(ctx, f.l.dialect.sql(`SELECT max(day) FROM document WHERE day < ? AND day >= ?`), before, from).Scan(&day)
		if err != nil || !day.Valid {
			return err
		}
		part := day.String[:width]
		word, _ := timeTag(compact(part))
		x, limit := f.and(phrase{words: []string{word}}), f.l.mostSorted+1
		if width == len("2006-01-02") {
			limit = 1 << 40 // a day is sorted as a whole
		}
		n := limit
		if f.within(part) {
			n, err = f.countOf(ctx, x, limit)
		}
		switch {
		case err != nil:
			return err
		case n == limit:
			err = f.walk(ctx, width+len("-01"), max(from, part), min(before, part+"~"))
		case n <= f.skip:
			f.skip -= n
		default:
			err = f.take(ctx, x)
		}
		if err != nil {
			return err
		}
		before = part
	}
	return nil
}

// within reports whether all of a year, month or day is asked for.
func (f *finder) within(part string) bool {
	first, last := part+"-01-01"[len(part)-4:], part+"-12-31"[len(part)-4:]
	return (f.q.From == "" || first >= f.q.From) && (f.q.To == "" || last <= f.q.To)
}

// ranked takes the page by how much the contents are about the words.
func (f *finder) ranked(ctx context.Context) error {
	rows, err := f.ask(ctx, `SELECT s.key, s.content, d.day, d.id FROM words JOIN statement s ON s.key = words.{key}
		JOIN document d ON d.number = s.key >> 20 WHERE {fits}`, f.dated())
	if err != nil {
		return err
	}
	defer rows.Close()
	type candidate struct {
		key     int64
		score   float64
		day, id string
	}
	var all []candidate
	for rows.Next() {
		var c candidate
		var content string
		if err := rows.Scan(&c.key, &content, &c.day, &c.id); err != nil {
			return err
		}
		c.score = relevance(f.x, " "+fold(content)+" ")
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(b.day, a.day), strings.Compare(a.id, b.id), cmp.Compare(a.key, b.key))
	})
	for _, c := range all[min(f.skip, len(all)):min(f.skip+f.limit, len(all))] {
		f.keys = append(f.keys, c.key)
	}
	return rows.Err()
}

// relevance is BM25 without the part that is the same for all statements: how
// often the words are said, and in how few words.
func relevance(x expression, content string) float64 {
	const k, b, usual = 1.2, 0.75, 25.0
	length := float64(strings.Count(content, " ") - 1)
	score := 0.0
	for _, c := range x {
		if c.column != "content" {
			continue
		}
		p := c.phrases[0]
		sought := " " + strings.Join(p.words, " ")
		if !p.prefix {
			sought += " "
		}
		n := 0.0
		for rest := content; ; n++ { // words next to one another share a space
			i := strings.Index(rest, sought)
			if i < 0 {
				break
			}
			rest = rest[i+len(sought)-1:]
		}
		score += n * (k + 1) / (n + k*(1-b+b*length/usual))
	}
	return score
}
