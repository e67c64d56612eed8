package compare

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

var show = flag.String("show", "", "print the pairs of this file that are judged otherwise")

// TestQuality compares the pairs of testdata and of corpus/pairs/tune with what
// people hold them to be, and holds the figures to those of the golden file.
func TestQuality(t *testing.T) {
	hold(t, "testdata/quality.golden", "testdata/*.txt", "../corpus/pairs/tune/*.txt")
}

// TestHeldOut does the same with pairs that nobody may look at, and prints
// none of them.
func TestHeldOut(t *testing.T) {
	hold(t, "testdata/heldout.golden", "../corpus/pairs/held/*.txt")
}

func hold(t *testing.T, golden string, patterns ...string) {
	t.Helper()
	var out strings.Builder
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no pairs in %s: %v", pattern, err)
		}
		var sum figures
		for _, f := range files {
			open := !strings.Contains(f, "held") && *show != "" && strings.Contains(f, *show)
			judge(t, &sum, readPairs(t, f), open)
		}
		fmt.Fprintf(&out, "%s\n%s", pattern, sum)
	}
	t.Logf("\n%s", out.String())
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("the figures are now\n%sand were\n%s", got, want)
	}
}

// figures of a set of pairs.
type figures struct {
	pairs                        int
	found, right, variants       int // as variants
	relations                    int // right relations
	altered, flagged             int
	turned, turnedFlagged        int // numbers and negations
	turnedApart                  int // not held to be variants
	told                         int // with their kind of change
	same, falseSame              int
	keyed                        int // variants that share a key
	foundKeyed                   int // those that are found to be variants, too
	strangers, strangersWithKeys int // different ones, and those that share one
}

func judge(t *testing.T, f *figures, pairs []pair, print bool) {
	for _, p := range pairs {
		v := Wording(p.a, p.b)
		wrong := f.count(p, v)
		if wrong && print {
			t.Logf("%s: want %s %v, got %s %v %.2f sure %v\n\t%s: %s\n\t%s: %s", p.where, p.want, p.changes, v.Relation, told(v), v.Likeness, v.Sure,
				p.a.Speaker.Name, p.a.Text, p.b.Speaker.Name, p.b.Text)
		}
		if print && p.want != Different && !share(Keys(p.a), Keys(p.b)) {
			t.Logf("%s: no key in common\n\t%s\n\t%s", p.where, p.a.Text, p.b.Text)
		}
	}
}

func (f *figures) count(p pair, v Verdict) (wrong bool) {
	add := func(n *int, ok bool) {
		if ok {
			*n++
		}
	}
	variant, is := v.Relation != Different, p.want != Different
	f.pairs++
	add(&f.found, variant)
	add(&f.variants, is)
	add(&f.right, variant && is)
	add(&f.relations, v.Relation == p.want)
	add(&f.altered, p.want == Altered)
	add(&f.flagged, p.want == Altered && v.Relation == Altered)
	turned := slices.ContainsFunc(p.changes, func(k ChangeKind) bool { return k == NumberChanged || k == NegationChanged })
	add(&f.turned, turned)
	add(&f.turnedFlagged, turned && v.Relation == Altered)
	add(&f.turnedApart, turned && !variant)
	kinds := p.want == Altered
	for _, k := range p.changes {
		kinds = kinds && slices.ContainsFunc(v.Changes, func(c Change) bool {
			return c.Kind == k || k == NegationChanged && c.Kind == OppositeChanged
		})
	}
	add(&f.told, kinds)
	add(&f.same, v.Relation == Same)
	add(&f.falseSame, v.Relation == Same && p.want != Same)
	keyed := share(Keys(p.a), Keys(p.b))
	add(&f.keyed, is && keyed)
	add(&f.foundKeyed, is && variant && keyed)
	add(&f.strangers, !is)
	add(&f.strangersWithKeys, !is && keyed)
	return v.Relation != p.want || p.want == Altered && !kinds
}

func share(a, b []uint64) bool {
	return slices.ContainsFunc(a, func(k uint64) bool { return slices.Contains(b, k) })
}

func told(v Verdict) []ChangeKind {
	var kinds []ChangeKind
	for _, c := range v.Changes {
		kinds = append(kinds, c.Kind)
	}
	return kinds
}

func rate(n, of int) float64 { return float64(n) / max(1, float64(of)) }

func (f figures) String() string {
	p, r := rate(f.right, f.found), rate(f.right, f.variants)
	var b strings.Builder
	line := func(name string, v float64, of int) { fmt.Fprintf(&b, "  %-38s %.3f of %d\n", name, v, of) }
	line("variants: precision", p, f.found)
	line("variants: recall", r, f.variants)
	line("variants: F1", 2*p*r/max(1e-9, p+r), f.pairs)
	line("right relation", rate(f.relations, f.pairs), f.pairs)
	line("altered, and flagged", rate(f.flagged, f.altered), f.altered)
	line("numbers and negations, flagged", rate(f.turnedFlagged, f.turned), f.turned)
	line("  not held to be variants", rate(f.turnedApart, f.turned), f.turned)
	line("altered, and every kind told", rate(f.told, f.altered), f.altered)
	line("same, and are not", rate(f.falseSame, f.pairs), f.pairs)
	line("variants that share a key", rate(f.keyed, f.variants), f.variants)
	line("variants found that share a key", rate(f.foundKeyed, f.right), f.right)
	line("different ones that share a key", rate(f.strangersWithKeys, f.strangers), f.strangers)
	return b.String()
}
