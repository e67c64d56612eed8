package compare

import (
	"testing"

	"hearsay/internal/synth"
)

// TestReports finds the variants in made-up news by their keys, as a store
// would, and holds what is found to the bars.
func TestReports(t *testing.T) {
	type known struct {
		said  Said
		truth synth.Truth
	}
	var all []known
	index := map[uint64][]int32{}
	var f figures
	candidates, unkeyed := 0, 0
	for r := range synth.Reports(synth.Options{Seed: 3, Reports: 500}) {
		for i := range r.Statements {
			k := known{Of(r.Document, &r.Statements[i]), r.Truth[i]}
			near := map[int32]bool{}
			for _, key := range Keys(k.said) {
				for _, j := range index[key] {
					near[j] = true
				}
				index[key] = append(index[key], int32(len(all)))
			}
			candidates += len(near)
			for j := range all {
				same := all[j].truth.Thread == k.truth.Thread
				if !same && !near[int32(j)] {
					continue
				}
				if same && !near[int32(j)] {
					unkeyed++
				}
				p := pair{a: all[j].said, b: k.said, want: wanted(all[j].truth, k.truth)}
				if kind := turned(all[j].truth, k.truth); kind != "" && p.want == Altered {
					p.changes = []ChangeKind{kind}
				}
				if p.want == "" {
					continue
				}
				if v := Wording(p.a, p.b); f.count(p, v) && *show == "synth" && p.want != v.Relation && (p.want == Altered || p.want == Different || v.Relation == Different) {
					t.Logf("want %s %v, got %s %v %.2f\n\t%s: %s\n\t%s: %s", p.want, all[j].truth.Change+"/"+k.truth.Change, v.Relation, told(v), v.Likeness, p.a.Speaker.Name, p.a.Text, p.b.Speaker.Name, p.b.Text)
				}
			}
			all = append(all, k)
		}
	}
	t.Logf("%d statements, %.1f candidates each, %d pairs of variants without a key\n%s", len(all), float64(candidates)/float64(len(all)), unkeyed, f)
	if rate := rate(f.turnedFlagged, f.turned); rate < 0.98 {
		t.Errorf("numbers and negations flagged: %.3f", rate)
	}
	p, r := rate(f.right, f.found), rate(f.right, f.variants)
	if f1 := 2 * p * r / (p + r); f1 < 0.9 {
		t.Errorf("F1 of variants: %.3f", f1)
	}
	if f.falseSame*100 > f.pairs {
		t.Errorf("%d of %d are same and are not", f.falseSame, f.pairs)
	}
}

// wanted is what two statements are by what their reports did to them; "" where
// both were changed so that nobody knows.
func wanted(a, b synth.Truth) Relation {
	switch {
	case a.Thread != b.Thread:
		return Different
	case a.Change.Altered() && b.Change.Altered():
		return ""
	case a.Change.Altered() || b.Change.Altered():
		return Altered
	case a.Change == synth.Reworded || b.Change == synth.Reworded:
		return Reworded
	case a.Change == synth.Trimmed || b.Change == synth.Trimmed:
		return Trimmed
	}
	return Same
}

// turned is the change of a number or a negation from one to the other.
func turned(a, b synth.Truth) ChangeKind {
	for _, c := range [...]synth.Change{a.Change, b.Change} {
		switch c {
		case synth.Number:
			return NumberChanged
		case synth.Negation:
			return NegationChanged
		}
	}
	return ""
}
