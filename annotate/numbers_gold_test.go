package annotate

import (
	"encoding/json"
	"strings"
	"testing"

	"hearsay"
)

// TestStoltenbergNumbers finds the five numbers of the Stoltenberg report with
// bound, unit, whole, holder and what happened.
func TestStoltenbergNumbers(t *testing.T) {
	text, raw := stoltenberg(t)
	var gold struct {
		Statements []struct {
			Quantities []struct {
				Value                                   float64
				Comparator, Unit, Of, Holder, Predicate string
			}
		}
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	d := report(text)
	var got []hearsay.Quantity
	for _, s := range load(t).Statements(d) {
		got = append(got, s.Numbers...)
	}
	for _, s := range gold.Statements {
		for _, q := range s.Quantities {
			ok := false
			for _, g := range got {
				holder := ""
				if g.Holder != nil {
					holder = g.Holder.Name
				}
				unit := g.Unit
				if g.Share {
					unit = "share"
				}
				bound := strings.ReplaceAll(string(g.Bound), "_", " ")
				ok = ok || g.Value == q.Value && bound == q.Comparator && unit == q.Unit && g.Of.In(d.Text) == q.Of && holder == q.Holder && g.Did == q.Predicate
			}
			if !ok {
				t.Errorf("not found: %+v", q)
			}
		}
	}
	for _, g := range got {
		t.Logf("%q %v %s %s %q did %q", g.Span.In(d.Text), g.Value, g.Bound, g.Unit, g.Of.In(d.Text), g.Did)
	}
}
