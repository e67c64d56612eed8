package annotate

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay"
)

// TestEvents holds the events of the marked passages against those found: of the
// same kind, participants and place, planned or not.
func TestEvents(t *testing.T) {
	events(t, 0.97, 0.95, "testdata/events/told.txt")
}

// TestHeldOutEvents measures the same on passages that nothing was tuned on.
func TestHeldOutEvents(t *testing.T) {
	events(t, 0.90, 0.75, "../corpus/events.txt")
}

func events(t *testing.T, precision, recall float64, file string) {
	t.Helper()
	a := load(t)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var c counts
	for i, passage := range strings.Split(string(b), "\n---\n") {
		text, want := eventLines(withoutComment(passage))
		_, es := a.Annotate(report(text))
		var got []string
		for k := range es {
			got = append(got, eventLine(&es[k], text))
		}
		c.marked, c.found = c.marked+len(want), c.found+len(got)
		right := 0
		for _, w := range want {
			if slices.Contains(got, w) {
				right++
			}
		}
		c.right += right
		if (right < len(want) || right < len(got)) && !heldOut(file) {
			t.Logf("%s: case %d: %s\n  want %q\n   got %q", filepath.Base(file), i+1, text, want, got)
		}
	}
	t.Log(c)
	if share(c.right, c.found) < precision || share(c.right, c.marked) < recall {
		t.Errorf("%v, want precision %.2f and recall %.2f", c, precision, recall)
	}
}

// eventLines parts the text of a case from its events.
func eventLines(passage string) (text string, want []string) {
	var lines []string
	for line := range strings.SplitSeq(passage, "\n") {
		if e, ok := strings.CutPrefix(line, "= "); ok {
			f := strings.Split(e, "|")
			for i := range f {
				f[i] = strings.TrimSpace(f[i])
			}
			who := strings.Split(f[1], "; ")
			slices.Sort(who)
			want = append(want, f[0]+"|"+strings.Join(who, "; ")+"|"+f[2]+"|"+f[3])
		} else {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n"), want
}

// eventLine writes an event as a line of a case, the participants in the order of
// the alphabet.
func eventLine(e *hearsay.Event, text string) string {
	var who []string
	for _, m := range e.Participants {
		if m.Name != "" {
			who = append(who, m.Name)
		} else {
			who = append(who, m.In(text))
		}
	}
	slices.Sort(who)
	place, planned := "", ""
	if e.Place != nil {
		if place = e.Place.Name; place == "" {
			place = e.Place.In(text)
		}
	}
	if e.Planned {
		planned = "planned"
	}
	return string(e.Kind) + "|" + strings.Join(who, "; ") + "|" + place + "|" + planned
}

// TestEventTimes holds the times of events in clauses that tell of two.
func TestEventTimes(t *testing.T) {
	a := load(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Ann Ott visited Harrow on Monday and met Pavo Brand in Sarrow on Tuesday.", []string{"2026-03-09", "2026-03-10"}},
		{"On Monday Ann Ott met Pavo Brand, and on Tuesday she left.", []string{"2026-03-09"}},
		{"Ann Ott will meet Pavo Brand on 20 March to discuss a deal agreed on 1 March.", []string{"2026-03-20"}},
		{"Ann Ott, who was elected in January, met Pavo Brand in Harrow on Tuesday.", []string{"2026-03-10"}},
		{"Lind said on Tuesday that Ann Ott had met Pavo Brand in Harrow.", []string{""}},
	} {
		d := report(c.text)
		d.Published = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
		_, es := a.Annotate(d)
		var got []string
		for i := range es {
			day := ""
			if es[i].When != nil {
				day = es[i].When.From
			}
			got = append(got, day)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: times %q, want %q", c.text, got, c.want)
		}
	}
}

// TestOwnOutlet holds what those are called who printed the report.
func TestOwnOutlet(t *testing.T) {
	a := load(t)
	for text, want := range map[string]string{
		"Ann Ott told the Lantern that the dam would hold.":      "Morning Lantern",
		"Ann Ott told this newspaper that the dam would hold.":   "Morning Lantern",
		"Ann Ott told the Lantern Club that the dam would hold.": "Lantern Club",
		"Ann Ott told the Harrow Post that the dam would hold.":  "Harrow Post",
	} {
		d := report(text)
		d.Outlet = "The Morning Lantern"
		ss := a.Statements(d)
		if len(ss) != 1 || ss[0].Addressee == nil || ss[0].Addressee.Name != want {
			t.Errorf("%s: %+v, want %q", text, ss, want)
		}
	}
}
