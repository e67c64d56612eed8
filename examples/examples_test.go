package examples_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/mark"
)

// A speaker is what NAME.names tells of one statement's speaker.
type speaker struct {
	Name string              `json:"name"`
	Kind hearsay.MentionKind `json:"kind"`
	Why  string              `json:"why"`
}

// roles holds the marks of one statement by role.
type roles map[byte][]hearsay.Span

func TestMarksStandOnTheReport(t *testing.T) {
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			marked := contents(t, "gold/"+name+".marked")
			text, marks, err := mark.Parse(marked)
			if err != nil {
				t.Fatal(err)
			}
			if report := contents(t, name+".txt"); text != report {
				t.Errorf("without its marks gold/%s.marked is not %s.txt", name, name)
			}
			if mark.Print(text, marks) != marked {
				t.Error("printed again, the marks differ")
			}
			for _, m := range marks {
				checkSpan(t, text, m)
			}
			for number, r := range statements(marks) {
				checkStatement(t, text, number, r)
			}
		})
	}
}

// checkSpan refuses spans that no statement has: with blanks at their ends, or
// from one paragraph into the next.
func checkSpan(t *testing.T, text string, m mark.Mark) {
	t.Helper()
	words := m.In(text)
	if strings.TrimSpace(words) != words || strings.Contains(words, "\n") {
		t.Errorf("%c%d: %q", m.Role, m.Number, words)
	}
}

func checkStatement(t *testing.T, text string, number int, r roles) {
	t.Helper()
	if len(r['C']) == 0 {
		t.Errorf("statement %d has no content", number)
	}
	if len(r['V']) == 0 && !needsNoCue(text, r) {
		t.Errorf("statement %d has no cue", number)
	}
}

// needsNoCue reports whether a statement is of the kinds that have no cue: a
// quotation that stands alone, a question of a transcript, a headline with its
// speaker behind a dash.
func needsNoCue(text string, r roles) bool {
	content := r['C'][0].In(text)
	if len(r['S']) == 0 {
		return strings.HasPrefix(content, "‘")
	}
	before := text[:r['S'][0].Start]
	return r['S'][0].In(text) == "Q" || strings.HasSuffix(before, " - ")
}

func TestEverySpeakerIsNamedOrToldWhyNot(t *testing.T) {
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			var speakers map[string]speaker
			d := json.NewDecoder(strings.NewReader(contents(t, "gold/"+name+".names")))
			d.DisallowUnknownFields()
			if err := d.Decode(&speakers); err != nil {
				t.Fatal(err)
			}
			_, marks, err := mark.Parse(contents(t, "gold/"+name+".marked"))
			if err != nil {
				t.Fatal(err)
			}
			all := statements(marks)
			if len(all) != len(speakers) {
				t.Errorf("%d statements, %d speakers", len(all), len(speakers))
			}
			for number := 1; number <= len(all); number++ {
				s, ok := speakers[strconv.Itoa(number)]
				if !ok {
					t.Errorf("no speaker for statement %d", number)
				}
				checkSpeaker(t, number, s, len(all[number]['S']) > 0)
			}
		})
	}
}

func checkSpeaker(t *testing.T, number int, s speaker, mentioned bool) {
	t.Helper()
	kinds := []hearsay.MentionKind{hearsay.ByName, hearsay.ByPronoun, hearsay.ByNoun,
		hearsay.ByGroup, hearsay.ByOrganisation, hearsay.ByAnonymous}
	if mentioned != slices.Contains(kinds, s.Kind) {
		t.Errorf("statement %d: speaker marked: %t, kind %q", number, mentioned, s.Kind)
	}
	reasons := []string{hearsay.WhyAmbiguous, hearsay.WhyUnnamed, hearsay.WhyNotInReport}
	if (s.Name == "") != slices.Contains(reasons, s.Why) {
		t.Errorf("statement %d: name %q, why %q", number, s.Name, s.Why)
	}
}

func TestWireHoldsTheThreeReportsOfTheDam(t *testing.T) {
	lines := bufio.NewScanner(strings.NewReader(contents(t, "wire.jsonl")))
	lines.Buffer(nil, 1<<20)
	for _, name := range []string{"dam-agency", "dam-courier", "dam-gazette"} {
		if !lines.Scan() {
			t.Fatalf("no line for %s", name)
		}
		var article struct{ URL, Outlet, Title, Published, Text string }
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			t.Fatal(err)
		}
		if article.Text != contents(t, name+".txt") {
			t.Errorf("text differs from %s.txt", name)
		}
		page := contents(t, name+".html")
		if !strings.Contains(page, article.URL) || !strings.Contains(page, article.Published) {
			t.Errorf("%s.html: no %q of %q", name, article.URL, article.Published)
		}
	}
	if lines.Scan() {
		t.Error("a fourth line")
	}
}

func TestPagesLoadNothing(t *testing.T) {
	for _, name := range names(t) {
		page := []byte(contents(t, name+".html"))
		for _, loads := range []string{"<img", "<iframe", "<script src", "stylesheet", "url(", "@import"} {
			if bytes.Contains(page, []byte(loads)) {
				t.Errorf("%s.html: %s", name, loads)
			}
		}
	}
}

// names returns the names of the reports.
func names(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("*.txt")
	if err != nil || len(paths) < 8 {
		t.Fatalf("reports: %v, %v", paths, err)
	}
	for i, p := range paths {
		paths[i] = strings.TrimSuffix(p, ".txt")
	}
	return paths
}

func contents(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func statements(marks []mark.Mark) map[int]roles {
	all := map[int]roles{}
	for _, m := range marks {
		if all[m.Number] == nil {
			all[m.Number] = roles{}
		}
		all[m.Number][m.Role] = append(all[m.Number][m.Role], m.Span)
	}
	return all
}
