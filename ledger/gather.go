package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hearsay"
	"hearsay/compare"
)

// An inquiry finds the statements of a desk.
type inquiry struct {
	l       *Ledger
	q       Query
	asked   []phrase // words that were asked for
	found   map[int64]*gathered
	records map[int64]hearsay.Record
	reports map[int64]bool // numbers of documents that have a statement with the words
}

// gathered is a statement of a desk.
type gathered struct {
	key     int64
	day, id string         // of the report
	wanted  map[int64]bool // keys that its numbers are wanted for; nil for all of them
}

// At most so many statements are looked up at once.
const mostGathered = 20_000

// gather looks for statements; it is false where the words are none.
func (g *inquiry) gather(ctx context.Context) (bool, error) {
	f, err := g.l.finder(ctx, g.q)
	if err != nil || f == nil {
		return false, err
	}
	if err := g.byWords(ctx, f); err != nil {
		return false, err
	}
	if !f.asked() {
		return true, nil
	}
	for _, c := range f.x {
		if c.column == "content" {
			g.asked = append(g.asked, c.phrases[0])
		}
	}
	if err := g.alike(ctx, f); err != nil {
		return false, err
	}
	return true, g.byKeys(ctx, g.units(), nil)
}

// units are the keys of the units that the words can mean.
func (g *inquiry) units() map[int64]bool {
	out := map[int64]bool{}
	for _, p := range g.asked {
		for _, k := range p.units() {
			out[k] = true
		}
	}
	return out
}

// units are the keys of the units that words can mean.
func (p phrase) units() []int64 {
	if p.prefix {
		return nil
	}
	word := strings.Join(p.words, " ")
	return []int64{unitKey(word), unitKey(strings.TrimSuffix(word, "s"))}
}

// tells reports whether a number and its statement have all the words that were
// asked for.
func (g *inquiry) tells(r *hearsay.Record, c *compare.Claim) bool {
	parts := []string{r.Report.Title, c.Unit, c.Of, c.Holder, c.Did}
	for _, piece := range r.Content {
		words, _, _ := r.Words(piece)
		parts = append(parts, words)
	}
	text := " " + fold(strings.Join(parts, " ")) + " "
	for _, p := range g.asked {
		sought := " " + strings.Join(p.words, " ")
		if !p.prefix {
			sought += " "
		}
		if !strings.Contains(text, sought) && !slices.Contains(p.units(), unitKey(c.Unit)) {
			return false
		}
	}
	return true
}

// wants reports whether a number is of a quantity that is wanted.
func (s *gathered) wants(c *compare.Claim) bool {
	return slices.ContainsFunc(compare.QuantityKeys(*c), func(k uint64) bool { return s.wanted[int64(k>>1)] })
}

// byWords finds statements that fit the query and have numbers.
func (g *inquiry) byWords(ctx context.Context, f *finder) error {
	var rows *sql.Rows
	var err error
	switch x := f.dated(); {
	case len(x) > 0:
		rows, err = f.ask(ctx, claimsFitting, x, mostGathered)
	case g.q.Document != "":
		rows, err = g.l.read.QueryContext(ctx, g.l.dialect.sql(claimsOfDocument), f.from, f.to)
	default:
		rows, err = g.l.read.QueryContext(ctx, g.l.dialect.sql(newestClaims), mostGathered)
	}
	return g.scan(rows, err, func(s *gathered) { g.found[s.key] = s })
}

func (g *inquiry) scan(rows *sql.Rows, err error, f func(s *gathered)) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s gathered
		if err := rows.Scan(&s.key, &s.day, &s.id); err != nil {
			return err
		}
		f(&s)
	}
	return rows.Err()
}

// alike finds other numbers of the quantities that were found, in reports of
// which a statement has the words.
func (g *inquiry) alike(ctx context.Context, f *finder) error {
	if err := g.read(ctx, g.newest()); err != nil {
		return err
	}
	quantities := map[int64]bool{}
	for _, r := range g.records {
		for _, c := range claimsOf(&r) {
			for _, k := range compare.QuantityKeys(c) {
				quantities[int64(k>>1)] = true
			}
		}
	}
	about, err := collect[int64](f.ask(ctx, reportsFitting, f.dated(), mostGathered))
	if err != nil {
		return err
	}
	g.reports = make(map[int64]bool, len(about))
	for _, n := range about {
		g.reports[n] = true
	}
	return g.byKeys(ctx, quantities, g.reports)
}

// read reads statements that are not read yet.
func (g *inquiry) read(ctx context.Context, keys []int64) error {
	var missing []int64
	for _, k := range keys {
		if _, ok := g.records[k]; !ok {
			missing = append(missing, k)
		}
	}
	return g.l.keyed(ctx, missing, g.records)
}

// byKeys finds statements with numbers of some keys, in some reports, or in all
// for nil.
func (g *inquiry) byKeys(ctx context.Context, keys map[int64]bool, reports map[int64]bool) error {
	for all := slices.Sorted(maps.Keys(keys)); len(all) > 0; all = all[min(recordsAtOnce, len(all)):] {
		some := all[:min(recordsAtOnce, len(all))]
		values := []any{g.q.From, cmp.Or(g.q.To, "~")}
		for _, k := range some {
			values = append(values, k)
		}
		q := strings.ReplaceAll(claimsOfKeys, "{keys}", marksFor(len(some)))
		rows, err := g.l.read.QueryContext(ctx, g.l.dialect.sql(q), append(values, mostGathered)...)
		if err != nil {
			return err
		}
		for rows.Next() {
			var key int64
			var s gathered
			if err := rows.Scan(&key, &s.key, &s.day, &s.id); err != nil {
				rows.Close()
				return err
			}
			if reports == nil || reports[s.key>>numberBits] {
				g.want(&s, key)
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// want notes that the numbers of a key of a statement are wanted.
func (g *inquiry) want(s *gathered, key int64) {
	have := g.found[s.key]
	switch {
	case have == nil:
		s.wanted = map[int64]bool{key: true}
		g.found[s.key] = s
	case have.wanted != nil:
		have.wanted[key] = true
	}
}

// newest returns the keys of the statements of the newest reports.
func (g *inquiry) newest() []int64 {
	all := make([]*gathered, 0, len(g.found))
	for _, s := range g.found {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *gathered) int {
		return cmp.Or(strings.Compare(b.day, a.day), strings.Compare(a.id, b.id), cmp.Compare(a.key, b.key))
	})
	keys := make([]int64, min(len(all), mostOnDesk))
	for i := range keys {
		keys[i] = all[i].key
	}
	return keys
}

// claims reads the claims of the newest statements, by day, and tells how many
// older statements are left out.
func (g *inquiry) claims(ctx context.Context) (out []Claim, more int, err error) {
	keys := g.newest()
	threads, err := g.l.threadsOfStatements(ctx, keys)
	if err != nil {
		return nil, 0, err
	}
	if err := g.read(ctx, keys); err != nil {
		return nil, 0, err
	}
	for _, key := range keys {
		if r, ok := g.records[key]; ok && g.q.fits(&r) { // else it was removed meanwhile
			out = append(out, g.claimed(&r, g.found[key], threads[key])...)
		}
	}
	out = innermost(out)
	slices.SortStableFunc(out, byDay)
	return out, len(g.found) - len(keys), nil
}

// claimed returns those numbers of a statement that are wanted.
func (g *inquiry) claimed(r *hearsay.Record, s *gathered, thread int64) (out []Claim) {
	for i, c := range claimsOf(r) {
		if s.wanted != nil && !s.wants(&c) && !(s.wanted[unitKey(c.Unit)] && g.tells(r, &c)) {
			continue
		}
		claim := Claim{Record: *r, Number: c, At: i, Day: cmp.Or(c.Said.To, c.Said.From), threads: []int64{cmp.Or(thread, -s.key)}}
		published := dayOf(r.Report.Published)
		if claim.Day == "" || published != "" && claim.Day > published {
			claim.Day = published
		}
		claim.on = dayNumber(claim.Day)
		claim.Text, _, _ = r.Words(r.Numbers[i].Span)
		claim.Least, claim.Most = compare.Range(c)
		claim.Least, claim.Most = rounded(claim.Least), rounded(claim.Most)
		claim.matter = matterOf(r)
		if g.reports[s.key>>numberBits] && g.telling(&c) {
			claim.matter[""] = true
		}
		claim.Prints = []Print{{r.ID, r.Report.ID, r.Report.Outlet, published}}
		out = append(out, claim)
	}
	return out
}

// rounded is a number to eight figures: the end of a range that is not part of it
// is a hair beside it.
func rounded(f float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 8, 64), 64)
	return out
}

// innermost leaves of the claims that are one place of one report that of the
// shortest statement: in "Ott said that Venn had counted 20" it is what Venn did.
func innermost(claims []Claim) []Claim {
	at := func(c *Claim) hearsay.Span { return c.Numbers[c.At].Span }
	place := func(a, b *Claim) int {
		return cmp.Or(strings.Compare(a.Report.ID, b.Report.ID), at(a).Start-at(b).Start, at(a).End-at(b).End)
	}
	slices.SortFunc(claims, func(a, b Claim) int {
		return cmp.Or(place(&a, &b), length(&a.Record)-length(&b.Record), strings.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(claims, func(a, b Claim) bool { return place(&a, &b) == 0 })
}

// fits reports whether a record is what a query asks for, its words left out.
func (q *Query) fits(r *hearsay.Record) bool {
	day := dayOf(r.Report.Published)
	for _, field := range [][2]string{
		{q.Outlet, r.Report.Outlet}, {string(q.Force), string(r.Force)}, {string(q.Mode), string(r.Mode)}, {string(q.Quoting), string(r.Quoting)},
		{q.Lang, r.Report.Lang}, {q.Document, r.Report.ID},
	} {
		if field[0] != "" && fold(field[0]) != fold(field[1]) {
			return false
		}
	}
	switch {
	case q.From != "" && day < q.From, q.To != "" && (day == "" || day > q.To):
		return false
	case q.Finding != "" && !slices.ContainsFunc(r.Checks, func(k hearsay.Check) bool { return k.Finding == q.Finding }):
		return false
	}
	return q.Speaker == "" || slices.ContainsFunc(voicesOf(r), func(name string) bool {
		if q.Whole {
			return fold(name) == fold(q.Speaker)
		}
		return strings.Contains(" "+fold(name)+" ", " "+fold(q.Speaker)+" ")
	})
}

// voicesOf returns the names of those who said a statement, or else the words
// for them.
func voicesOf(r *hearsay.Record) (names []string) {
	add := func(m *hearsay.Mention) {
		words, _, _ := r.Words(m.Span)
		names = append(names, cmp.Or(m.Name, words))
	}
	if r.Speaker != nil {
		add(r.Speaker)
	}
	for i := range r.Also {
		add(&r.Also[i].Mention)
	}
	return names
}

// keyed reads the statements of keys.
func (l *Ledger) keyed(ctx context.Context, keys []int64, out map[int64]hearsay.Record) error {
	for rest := keys; len(rest) > 0; rest = rest[min(recordsAtOnce, len(rest)):] {
		some := rest[:min(recordsAtOnce, len(rest))]
		values := make([]any, len(some))
		for i, k := range some {
			values[i] = k
		}
		rows, err := l.read.QueryContext(ctx, l.dialect.sql(recordsOfKeys+marksFor(len(some))), values...)
		if err != nil {
			return err
		}
		if err := scanRecords(rows, out); err != nil {
			return err
		}
	}
	return nil
}

// threadsOfStatements returns the first wording of the thread of each statement.
func (l *Ledger) threadsOfStatements(ctx context.Context, keys []int64) (map[int64]int64, error) {
	out := make(map[int64]int64, len(keys))
	for rest := keys; len(rest) > 0; rest = rest[min(recordsAtOnce, len(rest)):] {
		some := rest[:min(recordsAtOnce, len(rest))]
		values := make([]any, len(some))
		for i, k := range some {
			values[i] = k
		}
		rows, err := l.read.QueryContext(ctx, l.dialect.sql(threadsOfMany+marksFor(len(some))), values...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var key, first int64
			if err := rows.Scan(&key, &first); err != nil {
				rows.Close()
				return nil, err
			}
			out[key] = first
		}
		if err := rows.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
