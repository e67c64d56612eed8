package annotate

import (
	"fmt"
	"math/rand"
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

// TestTimesOfAnything puts the words of times in any order: nothing panics, and the times found are
// in order and do not overlap.
func TestTimesOfAnything(t *testing.T) {
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields("on in at the a Monday Sunday, May 3 11-12 2014 2014-2018 last next this previous following week day weekend year quarter first second third of to and - until from between early late end since by before after two few ago earlier later p.m. 2:30 GMT ( ) / 12 6 2023-06-13 1990s mid-May Q3 Christmas Eve today tomorrow night morning was will said . “ ” ' s noon 31 February 29 century 9999 century o'clock eight 's recent that same turn out is By six ten at least no than later have demanded comes March summer")
	r := rand.New(rand.NewSource(1))
	for n := range 3000 {
		var b strings.Builder
		for range 25 {
			b.WriteString(words[r.Intn(len(words))])
			b.WriteByte(" \n  "[r.Intn(4)])
		}
		published := time.Date(2024, 5, 15, 0, 0, 0, 0, time.UTC)
		if n%5 == 0 {
			published = time.Time{}
		}
		x, got := timesOf(lex, published, strings.Split(b.String(), "\n")...)
		end := 0
		for i := range got {
			if m := &got[i]; m.at.from < end || m.at.to > len(x.ts) || m.at.empty() || m.days.from > m.days.to && m.days.to != noDay {
				t.Fatalf("%q: %q %v %s", b.String(), x.span(m.at).In(x.text), m.at, daysOf(x.moment(m)))
			}
			end = got[i].at.to
		}
	}
}

func BenchmarkTimes(b *testing.B) {
	lex, err := loadLexicon()
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat("Dara Fenn told the council in Harrow on Tuesday that the roof of the old mill by the river was safe, and that work would go on. ", 400)
	published := time.Date(2024, 5, 15, 0, 0, 0, 0, time.UTC)
	x, _ := timesOf(lex, published, strings.SplitAfter(text, ". ")...)
	b.ResetTimer()
	for range b.N {
		x.readTimes()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(strings.Fields(text))), "ns/word")
}
