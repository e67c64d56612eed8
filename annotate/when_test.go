package annotate

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"hearsay"
)

// TestTimes reads testdata/times.txt.
func TestTimes(t *testing.T) {
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("testdata/times.txt")
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, " | ")
		published, _ := time.Parse("2006-01-02", f[0])
		x, got := timesOf(lex, published, f[1])
		var have []string
		for i := range got {
			m := x.moment(&got[i])
			have = append(have, m.In(x.text)+" = "+daysOf(m))
		}
		if want := strings.Join(f[2:], " | "); strings.Join(have, " | ") != want {
			t.Errorf("times.txt:%d: %s\nhave %s\nwant %s", n+1, f[1], strings.Join(have, " | "), want)
		}
	}
}

// daysOf writes the days of a moment as testdata has them.
func daysOf(m *hearsay.Moment) string {
	from, to := m.From, m.To
	if from == "" {
		from = "-"
	}
	if to == "" {
		to = "-"
	}
	if from == to {
		return from
	}
	return from + ".." + to
}

// TestWhen reads testdata/when.txt.
func TestWhen(t *testing.T) {
	a := load(t)
	b, err := os.ReadFile("testdata/when.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(b), "\n---\n") {
		text, want, ok := strings.Cut(part, "\n=\n")
		for strings.HasPrefix(text, "#") {
			_, text, _ = strings.Cut(text, "\n")
		}
		day, text, _ := strings.Cut(strings.TrimSpace(text), "\n")
		if !ok {
			t.Fatalf("no = in %q", part)
		}
		doc := report(text)
		doc.Published, _ = time.Parse("2006-01-02", day)
		var have []string
		for _, s := range a.Statements(doc) {
			line := s.Cue.In(doc.Text) + ":"
			if s.When != nil {
				line += fmt.Sprintf(" %s (%s)", daysOf(s.When), s.When.In(doc.Text))
			}
			for _, r := range s.Because {
				if strings.HasPrefix(r.Rule, "when-") {
					line += " " + r.Rule
				}
			}
			for _, m := range s.Times {
				line += " | " + m.In(doc.Text) + " = " + daysOf(&m)
			}
			have = append(have, line)
		}
		if h := strings.Join(have, "\n"); h != strings.TrimSpace(want) {
			t.Errorf("%s\nhave\n%s\nwant\n%s", text, h, want)
		}
	}
}
