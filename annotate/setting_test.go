package annotate

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/mark"
)

// counts are what was marked, what was found, and what of it was right.
type counts struct{ marked, found, right int }

func (c counts) String() string {
	return fmt.Sprintf("marked %d, found %d, right %d: precision %.3f, recall %.3f", c.marked, c.found, c.right, share(c.right, c.found), share(c.right, c.marked))
}

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// TestSettings holds addressee, medium and place of the marked cases against
// what is found: the same span at the statement of the same cue.
func TestSettings(t *testing.T) {
	files, err := filepath.Glob("testdata/setting/*.marked")
	if err != nil || len(files) == 0 {
		t.Fatalf("no marked settings: %v", err)
	}
	settings(t, 0.97, 0.95, files...)
}

// TestHeldOutSettings measures the same on cases that nothing was tuned on.
func TestHeldOutSettings(t *testing.T) {
	settings(t, 0.90, 0.80, "../corpus/setting.marked")
}

func settings(t *testing.T, precision, recall float64, files ...string) {
	t.Helper()
	a := load(t)
	all := map[byte]*counts{'A': {}, 'M': {}, 'P': {}}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range strings.Split(string(b), "\n---\n") {
			text, marks, err := mark.Parse(withoutComment(c))
			if err != nil {
				t.Fatalf("%s: case %d: %v", file, i+1, err)
			}
			if wrong := compareSettings(report(text), a, marks, all); wrong != "" && !heldOut(file) {
				t.Logf("%s: case %d: %s\n%s", filepath.Base(file), i+1, withoutComment(c), wrong)
			}
		}
	}
	for _, role := range "AMP" {
		c := all[byte(role)]
		t.Logf("%c: %v", role, c)
		if share(c.right, c.found) < precision || share(c.right, c.marked) < recall {
			t.Errorf("%c: %v, want precision %.2f and recall %.2f", role, c, precision, recall)
		}
	}
}

// heldOut reports whether a file is kept out of tuning, so that its cases are not
// to be read.
func heldOut(file string) bool { return strings.HasPrefix(file, "../corpus/") }

// compareSettings counts what is right of one case, and returns what is not.
func compareSettings(d *hearsay.Document, a *Annotator, marks []mark.Mark, all map[byte]*counts) (wrong string) {
	cues, want := map[int]hearsay.Span{}, map[int]map[byte]hearsay.Span{}
	for _, m := range marks {
		if m.Role == 'V' {
			cues[m.Number] = m.Span
		} else if want[m.Number] == nil {
			want[m.Number] = map[byte]hearsay.Span{m.Role: m.Span}
		} else {
			want[m.Number][m.Role] = m.Span
		}
	}
	ss := a.Statements(d)
	taken := map[int]bool{}
	for _, spans := range want {
		for role := range spans {
			if all[role] != nil {
				all[role].marked++
			}
		}
	}
	for i := range ss {
		number := 0
		for _, n := range slices.Sorted(maps.Keys(cues)) {
			if cue := cues[n]; cue.Overlaps(ss[i].Cue.Span) && !taken[n] {
				number, taken[n] = n, true
			}
		}
		for role, m := range map[byte]*hearsay.Mention{'A': ss[i].Addressee, 'M': ss[i].Medium, 'P': ss[i].Place} {
			span, ok := want[number][role]
			if m != nil && number == 0 && role != 'A' && ss[i].Within == "" && want[1][role] == m.Span {
				continue // a telling that is no statement of its own
			}
			if m != nil && (number != 0 || !strings.HasPrefix(ss[i].Cue.Lemma, "sp")) {
				all[role].found++
			}
			switch {
			case m != nil && ok && m.Span == span:
				all[role].right++
			case m != nil && ok:
				wrong += fmt.Sprintf("  %c%d is %q, not %q\n", role, number, m.In(d.Text), span.In(d.Text))
			case m != nil:
				wrong += fmt.Sprintf("  %c%d is %q at %q\n", role, number, m.In(d.Text), ss[i].Cue.In(d.Text))
			case ok:
				wrong += fmt.Sprintf("  %c%d is missing\n", role, number)
			}
		}
	}
	for n := range cues {
		if !taken[n] && len(want[n]) > 0 {
			wrong += fmt.Sprintf("  statement %d is not found\n", n)
		}
	}
	return wrong
}
