package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"hearsay"
	"hearsay/compare"
)

// What is derived of a report besides its links: the keys of the numbers in its
// statements, and the names of who said them. It is written by the pass that
// links the report.
type derived struct {
	claims [][]any // key, day, statement
	names  map[naming]int
	seen   map[sighting][2]int // statements, reports
}

func newDerived() *derived {
	return &derived{names: map[naming]int{}, seen: map[sighting][2]int{}}
}

// derive reads what is derived of a report. It calls said, if not nil, with each of
// its statements.
func (l *Ledger) derive(ctx context.Context, db asker, document int64, said func(key int64, s compare.Said)) (*derived, error) {
	var day, outlet, lang string
	if err := db.QueryRowContext(ctx, l.dialect.sql(headOfDocument), document).Scan(&day, &outlet, &lang); err != nil {
		return nil, err
	}
	from, to := keys(document)
	rows, err := db.QueryContext(ctx, l.dialect.sql(statementsToSay), from, to)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	d := newDerived()
	for rows.Next() {
		var key int64
		var id, content, rest string
		if err := rows.Scan(&key, &id, &content, &rest); err != nil {
			return nil, err
		}
		var j statementJSON
		if err := decode([]byte(rest), &j, "statement "+id); err != nil {
			return nil, err
		}
		if said != nil {
			said(key, j.said(content, day, lang))
		}
		d.addNames(&j, outlet, day)
		if len(j.Numbers) == 0 {
			continue
		}
		excerpts, err := j.excerpts(content)
		if err != nil {
			return nil, fmt.Errorf("statement %s: %w", id, err)
		}
		r := hearsay.Record{Statement: j.statement(id), Excerpts: excerpts}
		for _, k := range deskKeys(claimsOf(&r)) {
			d.claims = append(d.claims, []any{k, day, key})
		}
	}
	for s, n := range d.seen {
		d.seen[s] = [2]int{n[0], 1}
	}
	return d, rows.Err()
}

// join adds what was derived of another report.
func (d *derived) join(o *derived) {
	d.claims = append(d.claims, o.claims...)
	for k, n := range o.names {
		d.names[k] += n
	}
	for k, n := range o.seen {
		d.seen[k] = [2]int{d.seen[k][0] + n[0], d.seen[k][1] + n[1]}
	}
}

// addDerived writes what was derived of reports.
func (t *tx) addDerived(d *derived) error {
	slices.SortFunc(d.claims, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(int64), b[0].(int64)), cmp.Compare(a[1].(string), b[1].(string)), cmp.Compare(a[2].(int64), b[2].(int64)))
	})
	if err := t.insert(addClaims, claimRows, d.claims); err != nil {
		return err
	}
	return t.addNames(d)
}

// dropDerived takes out what was derived of a report whose statements are about
// to go.
func (t *tx) dropDerived(document int64) error {
	d, err := t.l.derive(context.Background(), t.Tx, document, nil)
	if err != nil {
		return err
	}
	if len(d.claims) > 0 {
		from, to := keys(document)
		if _, err := t.exec(deleteClaims, from, to); err != nil {
			return err
		}
	}
	return t.dropNames(d)
}

// claimsOf returns the numbers of a statement as they are compared.
func claimsOf(r *hearsay.Record) []compare.Claim {
	out := make([]compare.Claim, len(r.Numbers))
	for i := range r.Numbers {
		n := &r.Numbers[i]
		c := compare.Claim{
			Value: n.Value, Upto: n.Upto, Bound: n.Bound, Unit: n.Unit, Share: n.Share, Did: cmp.Or(deeds[n.Did], n.Did), Published: r.Report.Published,
		}
		c.Of, _, _ = r.Words(n.Of)
		if n.Holder != nil {
			words, _, _ := r.Words(n.Holder.Span)
			c.Holder = cmp.Or(n.Holder.Name, words)
		}
		if r.Speaker != nil {
			c.Speaker = compare.Known{Name: r.Speaker.Name, Role: r.Speaker.Role, Kind: r.Speaker.Kind, Lang: r.Report.Lang, Outlet: r.Report.Outlet}
		}
		if r.When != nil {
			c.Said = compare.Days{From: dayIn(r.When.From), To: dayIn(r.When.To)}
		}
		if len(r.Times) == 1 {
			c.Told = compare.Days{From: dayIn(r.Times[0].From), To: dayIn(r.Times[0].To)}
		}
		out[i] = c
	}
	return out
}

// deeds are verbs that come to the same where somebody counts whom it befell.
var deeds = map[string]string{"kill": "die", "perish": "die"}

func dayIn(moment string) string { return moment[:min(len(moment), len("2006-01-02"))] }

// deskKeys are the keys by which the numbers of a statement are found: those of
// their quantities and those of their units.
func deskKeys(claims []compare.Claim) []int64 {
	var out []int64
	for i := range claims {
		for _, k := range compare.QuantityKeys(claims[i]) {
			out = append(out, int64(k>>1))
		}
		out = append(out, unitKey(claims[i].Unit))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// unitKey is the key of all numbers of a unit: that of what somebody has of it
// who is named by a word that nobody is called by.
func unitKey(unit string) int64 {
	return int64(compare.QuantityKeys(compare.Claim{Unit: strings.ToLower(unit), Holder: "everybodywhatever"})[0] >> 1)
}
