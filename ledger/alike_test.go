package ledger

import (
	"context"
	"slices"
	"testing"

	"hearsay/compare"
)

func TestAlike(t *testing.T) {
	items := reportsIn(t, chain)
	draft := reportsIn(t, `
{"outlet": "D", "text": "‘I have signed 31 certificates with my own hand,’ Yusra Hamdani said."}
{"outlet": "D", "text": "‘I have signed 32 certificates with my own hand,’ Yusra Hamdani said."}
{"outlet": "D", "text": "‘I have signed 31 certificates with my own hand,’ Ilse Tarnowe said."}
{"outlet": "D", "text": "‘The buoys were never moved by anybody,’ Ilse Tarnowe said."}
{"outlet": "D", "text": "‘With my own hand,’ Yusra Hamdani said."}`)
	want := []compare.Relation{compare.Same, compare.Altered, compare.Same, "", compare.Trimmed}
	onBoth(t, func(t *testing.T, name func() string) {
		l := ledgerOf(t, name())
		add(t, l, items...)
		var sought []compare.Said
		for _, it := range draft {
			sought = append(sought, compare.Of(it.doc, &it.statements[0]))
		}
		found, err := l.Alike(context.Background(), sought, "")
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if len(found[i]) == 0 {
				if want[i] != "" {
					t.Errorf("%q is not found", sought[i].Text)
				}
				continue
			}
			v := found[i][0]
			if v.Verdict.Relation != want[i] || hasSpeakerChanged(&v.Verdict) != (i == 2) || want[i] == compare.Same && v.Report.Outlet != "Radio Kestrel" {
				t.Errorf("%q of %s is %s: %v", v.Text, v.Report.Outlet, v.Verdict.Relation, v.Verdict.Changes)
			}
		}
		own, err := l.Alike(context.Background(), sought[:1], items[0].doc.ID)
		if err != nil || slices.ContainsFunc(own[0], func(v Variant) bool { return v.Report.ID == items[0].doc.ID }) {
			t.Errorf("the report itself is found: %v", err)
		}
	})
}
