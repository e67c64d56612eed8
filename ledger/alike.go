package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"hearsay"
	"hearsay/compare"
)

// So many wordings are compared with a statement that is looked up, those that
// share most keys with it; so many are found by its words where keys find none; and of
// those that are variants, so many are returned.
const (
	mostLookedUp = 60
	mostByWords  = 20
	mostAlikes   = 5
)

const allWordings = `SELECT number, keys FROM wording ORDER BY number`

// Alike finds statements of the ledger that are variants of others, which it
// does not have: for each the best few, the best first. Their verdicts tell what
// became of them in the other, whose spans are B. What stands in the report of
// an ID is left out. It goes through all wordings once.
func (l *Ledger) Alike(ctx context.Context, sought []compare.Said, but string) ([][]Variant, error) {
	if err := l.settle(ctx); err != nil {
		return nil, err
	}
	if err := l.link(ctx); err != nil {
		return nil, err
	}
	near, err := l.lookUp(ctx, sought)
	if err != nil {
		return nil, err
	}
	out := make([][]Variant, len(sought))
	for i := range sought {
		found, err := l.earliest(ctx, near[i], but)
		if err == nil && len(found) == 0 {
			found, err = l.byWords(ctx, sought[i].Text)
		}
		if err != nil {
			return nil, err
		}
		out[i] = best(&sought[i], found, but)
	}
	return out, nil
}

// lookUp finds the wordings that share most keys with statements.
func (l *Ledger) lookUp(ctx context.Context, sought []compare.Said) ([][]int64, error) {
	type hit struct {
		number int64
		shared int
	}
	hits, shared := make([][]hit, len(sought)), make([]int, len(sought))
	has := map[uint32][]int{}
	for i := range sought {
		keys, _ := keysOf(&sought[i])
		for _, k := range keys {
			has[k] = append(has[k], i)
		}
	}
	order := func(a, b hit) int { return cmp.Or(b.shared-a.shared, cmp.Compare(a.number, b.number)) }
	keep := func(i, most int) {
		slices.SortFunc(hits[i], order)
		hits[i] = hits[i][:min(most, len(hits[i]))]
	}
	err := l.each(ctx, allWordings, func(row *sql.Rows) error {
		var number int64
		var stored sql.RawBytes
		if err := row.Scan(&number, &stored); err != nil {
			return err
		}
		var touched []int
		keys, _ := unpackKeys(stored)
		for _, k := range keys {
			for _, i := range has[k] {
				if shared[i]++; shared[i] == 1 {
					touched = append(touched, i)
				}
			}
		}
		for _, i := range touched {
			hits[i], shared[i] = append(hits[i], hit{number, shared[i]}), 0
			if len(hits[i]) >= 20*mostLookedUp {
				keep(i, mostLookedUp)
			}
		}
		return nil
	})
	out := make([][]int64, len(sought))
	for i := range hits {
		keep(i, mostLookedUp)
		for _, h := range hits[i] {
			out[i] = append(out[i], h.number)
		}
	}
	return out, err
}

// each calls f with every row.
func (l *Ledger) each(ctx context.Context, q string, f func(*sql.Rows) error) error {
	rows, err := l.read.QueryContext(ctx, l.dialect.sql(q))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// earliest reads the first statement of each wording that is not in a report.
func (l *Ledger) earliest(ctx context.Context, wordings []int64, but string) ([]hearsay.Record, error) {
	first, key := map[int64]hearsay.Head{}, map[int64]int64{}
	err := l.inMany(ctx, membersOfWordings, wordings, func(row scanner) error {
		var wording, statement int64
		var on, day, outlet string
		var h hearsay.Head
		err := row.Scan(&wording, &statement, &on, &day, &outlet, &h.ID)
		if err == nil {
			h.Published, err = unstamp(on)
		}
		if err != nil || h.ID == but {
			return err
		}
		if before, ok := first[wording]; !ok || cmp.Or(published(&h, &before), cmp.Compare(statement, key[wording])) < 0 {
			first[wording], key[wording] = h, statement
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return l.records(ctx, slices.Sorted(maps.Values(key)))
}

// mostSought is how many words are looked for in a row.
const mostSought = 30

// byWords finds statements in which the words stand in a row.
func (l *Ledger) byWords(ctx context.Context, text string) ([]hearsay.Record, error) {
	words := strings.Fields(fold(text))
	if len(words) == 0 {
		return nil, nil
	}
	found, err := l.Find(ctx, Query{Words: `"` + strings.Join(words[:min(mostSought, len(words))], " ") + `"`, Limit: mostByWords})
	return found.Records, err
}

// ranks are the relations, the nearest first.
var ranks = map[compare.Relation]int{compare.Same: 4, compare.Trimmed: 3, compare.Altered: 2, compare.Reworded: 2}

// best judges variants against what is sought and returns the nearest. One in which
// the words stand as they are is near, be they few.
func best(sought *compare.Said, records []hearsay.Record, but string) []Variant {
	words := " " + strings.Join(strings.Fields(fold(sought.Text)), " ") + " "
	rank := map[string]float64{}
	var found []Variant
	for _, r := range records {
		if r.Report.ID == but {
			continue
		}
		s := said(&r)
		v := Variant{Record: r, Text: s.Text, Verdict: judgeAlike(s, *sought)}
		if v.Verdict.Relation == compare.Different && strings.Contains(" "+strings.Join(strings.Fields(fold(s.Text)), " ")+" ", words) {
			asTheyStand(&v.Verdict, s.Speaker, sought.Speaker, strings.Count(words, " ")-1)
		}
		if v.Verdict.Relation != compare.Different {
			found = append(found, v)
			rank[v.ID] = float64(ranks[v.Verdict.Relation]) + v.Verdict.Likeness/2
			if !hasSpeakerChanged(&v.Verdict) {
				rank[v.ID] += 1.5
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Variant) int {
		return cmp.Or(cmp.Compare(rank[b.ID], rank[a.ID]), published(&a.Report, &b.Report), strings.Compare(a.ID, b.ID))
	})
	return found[:min(mostAlikes, len(found))]
}

// leastOfOthers is how many words in a row of another speaker are no chance.
const leastOfOthers = 5

// asTheyStand judges words that are too few to compare, but stand in a statement
// as they are.
func asTheyStand(v *compare.Verdict, by, sought compare.Known, words int) {
	other := compare.Names(by, sought).Tie == compare.NotTied
	if other && words < leastOfOthers {
		return
	}
	v.Relation, v.Changes = compare.Trimmed, nil
	if other {
		v.Changes = []compare.Change{{Kind: compare.SpeakerChanged}}
	}
}

// judgeAlike compares what is sought with a statement. The same words by another
// speaker are nothing for a thread, but what whoever looks them up wants to see.
func judgeAlike(s, sought compare.Said) compare.Verdict {
	v := compare.Wording(s, sought)
	if compare.Names(s.Speaker, sought.Speaker).Tie != compare.NotTied || hasSpeakerChanged(&v) {
		return v
	}
	sought.Speaker = compare.Known{}
	if v = compare.Wording(s, sought); v.Relation == compare.Different || !v.Sure && v.Relation != compare.Same && v.Relation != compare.Trimmed {
		v.Relation, v.Changes = compare.Different, nil
		return v
	}
	v.Changes = append(v.Changes, compare.Change{Kind: compare.SpeakerChanged})
	return v
}

func hasSpeakerChanged(v *compare.Verdict) bool {
	return slices.ContainsFunc(v.Changes, func(c compare.Change) bool { return c.Kind == compare.SpeakerChanged })
}
