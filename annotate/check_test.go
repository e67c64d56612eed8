package annotate

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/mark"
)

// A markedRemark is a remark of a marked passage: where it stands, what came of
// it, how far it reaches, who checked, and the cues of the statements covered.
type markedRemark struct {
	hearsay.Span
	finding hearsay.Finding
	covers  hearsay.Cover
	by      hearsay.Span
	cues    []hearsay.Span
}

// A markedCase is a case of marked text with its lines that begin with "#".
type markedCase struct {
	text  string
	marks []mark.Mark
	lines []string // "checks 1 denied statement"
}

func markedCases(t testing.TB, file string) []markedCase {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []markedCase
	for i, c := range strings.Split(string(b), "\n---\n") {
		text, marks, err := mark.Parse(withoutComment(c))
		if err != nil {
			t.Fatalf("%s: case %d: %v", file, i+1, err)
		}
		p := markedCase{text: text, marks: marks}
		for line := range strings.SplitSeq(c, "\n") {
			if rest, ok := strings.CutPrefix(line, "#"); ok && !strings.HasPrefix(rest, " ") {
				p.lines = append(p.lines, rest)
			}
		}
		out = append(out, p)
	}
	return out
}

func (p *markedCase) find(role byte, number int) hearsay.Span {
	for _, m := range p.marks {
		if m.Role == role && m.Number == number {
			return m.Span
		}
	}
	return hearsay.Span{}
}

// remarks returns the remarks that the lines of a passage tell of.
func (p *markedCase) remarks(t testing.TB) []markedRemark {
	t.Helper()
	var out []markedRemark
	for _, line := range p.lines {
		f := strings.Fields(line)
		if len(f) != 4 || f[0] != "checks" {
			t.Fatalf("no line of checks: %q", line)
		}
		r := markedRemark{finding: hearsay.Finding(f[2]), covers: hearsay.Cover(f[3])}
		for i, s := range strings.Split(f[1], ",") {
			n, err := strconv.Atoi(s)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				r.Span, r.by = p.find('K', n), p.find('B', n)
			}
			r.cues = append(r.cues, p.find('V', n))
		}
		out = append(out, r)
	}
	return out
}

// foundRemarks returns the remarks that statements carry, each once.
func foundRemarks(ss []hearsay.Statement) []markedRemark {
	var out []markedRemark
	for _, s := range ss {
		for _, k := range s.Checks {
			i := slices.IndexFunc(out, func(r markedRemark) bool { return r.Span == k.Span && r.finding == k.Finding })
			if i < 0 {
				r := markedRemark{Span: k.Span, finding: k.Finding, covers: k.Covers}
				if k.By != nil {
					r.by = k.By.Span
				}
				i, out = len(out), append(out, r)
			}
			out[i].cues = append(out[i].cues, s.Cue.Span)
		}
	}
	return out
}

// A checkTally counts remarks: marked, found and right (span and finding), and
// of the right ones those that cover the right statements and name the right
// checker.
type checkTally struct{ passages, empty, gold, found, right, tied, by int }

func (c checkTally) String() string {
	return fmt.Sprintf("%d passages, %d without a remark; remarks: %d marked, %d found, %d right (precision %.3f, recall %.3f); of these tied %d, by whom %d",
		c.passages, c.empty, c.gold, c.found, c.right, float64(c.right)/float64(c.found), float64(c.right)/float64(c.gold), c.tied, c.by)
}

func alike(a, b hearsay.Span) bool {
	shared := min(a.End, b.End) - max(a.Start, b.Start)
	return shared > 0 && 2*shared >= max(a.End, b.End)-min(a.Start, b.Start)
}

func measureChecks(t testing.TB, a *Annotator, file string, tell bool) checkTally {
	t.Helper()
	var c checkTally
	for _, p := range markedCases(t, file) {
		want, got := p.remarks(t), foundRemarks(a.Statements(report(p.text)))
		c.passages++
		if len(want) == 0 {
			c.empty++
		}
		c.gold += len(want)
		c.found += len(got)
		var wrong []string
		for _, w := range want {
			i := slices.IndexFunc(got, func(g markedRemark) bool { return g.finding == w.finding && alike(g.Span, w.Span) })
			if i < 0 {
				wrong = append(wrong, fmt.Sprintf("missed %s %q", w.finding, w.In(p.text)))
				continue
			}
			g := got[i]
			got = slices.Delete(got, i, i+1)
			c.right++
			tied := g.covers == w.covers && len(g.cues) == len(w.cues)
			for k := 0; tied && k < len(w.cues); k++ {
				tied = g.cues[k].Overlaps(w.cues[k])
			}
			if tied {
				c.tied++
			} else {
				wrong = append(wrong, fmt.Sprintf("ties %q to %d statements, %s", g.In(p.text), len(g.cues), g.covers))
			}
			if g.by.Empty() && w.by.Empty() || g.by.Overlaps(w.by) {
				c.by++
			} else {
				wrong = append(wrong, fmt.Sprintf("%q by %q", g.In(p.text), g.by.In(p.text)))
			}
		}
		for _, g := range got {
			wrong = append(wrong, fmt.Sprintf("found %s %q", g.finding, g.In(p.text)))
		}
		if tell && len(wrong) > 0 {
			t.Logf("%s\n\t%s", p.text, strings.Join(wrong, "\n\t"))
		}
	}
	return c
}

// TestRemarks holds what is found on the passages that the lexicon was written
// with.
func TestRemarks(t *testing.T) {
	c := measureChecks(t, load(t), "testdata/checks/remarks.marked", true)
	t.Log(c)
	if c.right*100 < 97*c.found || c.right*100 < 97*c.gold || c.tied*100 < 93*c.right || c.by*100 < 93*c.right {
		t.Error("worse than it was: ", c)
	}
}

// TestHeldOutRemarks measures on passages that were written after the lexicon and
// are kept out of tuning.
func TestHeldOutRemarks(t *testing.T) {
	c := measureChecks(t, load(t), "../corpus/checks.marked", false)
	t.Log(c)
	if c.right*100 < 95*c.found || c.right*100 < 90*c.gold {
		t.Error("below the bars of precision 0.95 and recall 0.90")
	}
}

// TestStoltenbergCheck holds the check and the answer of one real report.
func TestStoltenbergCheck(t *testing.T) {
	text, _ := stoltenberg(t)
	ss := load(t).Statements(report(text))
	remarks := foundRemarks(ss)
	if len(remarks) != 1 || remarks[0].In(text) != "DW has not been able to verify his assertions" || len(remarks[0].cues) != 1 || remarks[0].by.In(text) != "DW" {
		t.Errorf("remarks: %+v", remarks)
	}
	answers := foundAnswers(ss)
	if len(answers) != 1 || answers[0].answer.In(text) != "claims" || answers[0].of.In(text) != "ultimately blames" {
		t.Errorf("answers: %+v", answers)
	}
}

func TestCheckLines(t *testing.T) {
	for _, line := range []string{"denied subject any", "unsure - any denied", "denied nobody any denied", "denied - many denied", "denied - any @lists", "denied - any ... denied", "@list", "party: Kremlin", "answer maybe: deny", "answering:"} {
		l := &lexicon{}
		if l.checkLine(line) == nil {
			t.Errorf("%q is read", line)
		}
	}
}

// BenchmarkChecks times checks and answers on the example reports.
func BenchmarkChecks(b *testing.B) {
	a := load(b)
	text, n := examples(b, 1)
	x := a.analyse(report(text))
	found := a.attributions(x)
	r := newResolver(x, nil)
	ss, parts := x.statements(append(found, a.nested(x, found)...), r)
	for b.Loop() {
		for i := range ss {
			ss[i].Checks, ss[i].Because, ss[i].Answers = nil, nil, ""
		}
		x.checks(ss, parts, r)
		x.answers(ss, parts)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n)/float64(b.N), "ns/word")
}

// TestRemarksAreLinear reads long runs of remarks and answers.
func TestRemarksAreLinear(t *testing.T) {
	a := load(t)
	for _, s := range []string{
		"Ott said it, a claim that could not be verified. ", "Ott accused Brand. Brand denied it. ", "None of his claims in this report could be verified, he said. ",
		"without giving not not no evidence ", "no evidence, a claim he denies, which he denies, ", "The firm did not respond to a request for comment.\n", "did not not not respond to to to ",
	} {
		d := report(strings.Repeat(s, 1500))
		if err := check(d, a.Statements(d)); err != nil {
			t.Error(err)
		}
	}
}
