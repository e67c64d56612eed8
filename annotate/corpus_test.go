package annotate

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/mark"
	"hearsay/internal/score"
)

// TestHeldOutStyles measures the annotator on the passages of corpus/styles,
// which nothing was tuned on, style by style, and holds the figures against the
// golden file. No style falls below 0.80 on direct speech and on indirect
// speech with a verb of speech, but for indirect speech in headlines.
func TestHeldOutStyles(t *testing.T) {
	a := load(t)
	files, err := filepath.Glob("../corpus/styles/*.marked")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d styles: %v", len(files), err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-12s %5s %5s  %s %s %s %s %s  %s %s\n", "style", "gold", "found", "  all", "direct", "mixed", "speech", "other", "mode", "force")
	var all tallyOf
	for _, file := range files {
		p := passages(t, a, file)
		name := strings.TrimSuffix(filepath.Base(file), ".marked")
		p.line(&out, name)
		if name == "nested" {
			continue // measured by TestNested
		}
		for _, class := range []string{"attribution_direct", "attribution_speech"} {
			if f := score.Compare(p.articles, p.found).Figure(class); f.Gold >= 5 && f.F1 < 0.80 {
				t.Errorf("%s: %s has F1 %.2f, want 0.80", name, class, f.F1)
			}
		}
		all.add(p)
	}
	all.line(&out, "all")
	golden(t, "testdata/heldout.golden", out.String())
}

// A tallyOf holds the passages of one style with what was found in them.
type tallyOf struct {
	articles              []score.Article
	found                 [][]score.Attribution
	matched, modes, force int // statements found, and of these those with the right mode and force
}

func (p *tallyOf) add(o *tallyOf) {
	p.articles, p.found = append(p.articles, o.articles...), append(p.found, o.found...)
	p.matched, p.modes, p.force = p.matched+o.matched, p.modes+o.modes, p.force+o.force
}

func (p *tallyOf) line(out *strings.Builder, name string) {
	r := score.Compare(p.articles, p.found)
	f := r.Figure("attribution")
	fmt.Fprintf(out, "%-12s %5d %5d  %5.3f", name, f.Gold, f.Found, f.F1)
	for _, class := range []string{"direct", "mixed", "speech", "other"} {
		if f := r.Figure("attribution_" + class); f.Gold < 5 {
			fmt.Fprintf(out, " %6s", "-") // too few to say
		} else {
			fmt.Fprintf(out, " %6.3f", f.F1)
		}
	}
	fmt.Fprintf(out, "  %.3f %.3f\n", float64(p.modes)/float64(p.matched), float64(p.force)/float64(p.matched))
}

// passages annotates the cases of a file.
func passages(t *testing.T, a *Annotator, file string) *tallyOf {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &tallyOf{}
	for i, c := range strings.Split(string(b), "\n---\n") {
		text, marks, err := mark.Parse(withoutComment(c))
		if err != nil {
			t.Fatalf("%s: case %d: %v", file, i+1, err)
		}
		numbers, g := gold(marks)
		d := report(text)
		ss := a.Statements(d)
		if filepath.Base(file) != "nested.marked" {
			ss = score.Outermost(ss)
		}
		f := score.Attributions(d, ss)
		p.articles = append(p.articles, score.Article{Name: fmt.Sprint(file, i), Text: text, Gold: g})
		p.found = append(p.found, f)
		p.acts(actsOf(c), numbers, g, f, ss)
	}
	return p
}

// acts compares mode and force of the statements found.
func (p *tallyOf) acts(want map[int][2]string, numbers []int, g, found []score.Attribution, ss []hearsay.Statement) {
	for i, n := range numbers {
		for j, f := range found {
			if want[n][0] == "" || !overlap(f.Content, g[i].Content) || !overlap(f.Cue, g[i].Cue) {
				continue
			}
			p.matched++
			if string(ss[j].Mode) == want[n][0] {
				p.modes++
			}
			if string(ss[j].Force) == want[n][1] {
				p.force++
			}
			break
		}
	}
}

// actsOf reads the line "#modes 1 speech say, 2 act order" above a case.
func actsOf(c string) map[int][2]string {
	want := map[int][2]string{}
	for line := range strings.SplitSeq(c, "\n") {
		rest, ok := strings.CutPrefix(line, "#modes ")
		if !ok {
			continue
		}
		for part := range strings.SplitSeq(rest, ",") {
			if f := strings.Fields(part); len(f) == 3 {
				n, _ := strconv.Atoi(f[0])
				want[n] = [2]string{f[1], f[2]}
			}
		}
	}
	return want
}

// TestNested measures what is found of statements inside statements, and
// whether each is told which one it stands in.
func TestNested(t *testing.T) {
	a := load(t)
	b, err := os.ReadFile("../corpus/styles/nested.marked")
	if err != nil {
		t.Fatal(err)
	}
	inner, found, right := 0, 0, 0
	for i, c := range strings.Split(string(b), "\n---\n") {
		text, marks, err := mark.Parse(withoutComment(c))
		if err != nil {
			t.Fatalf("case %d: %v", i+1, err)
		}
		_, g := gold(marks)
		ss := a.Statements(report(text))
		f := score.Attributions(report(text), ss)
		for k := range g {
			host := hostOf(g, k)
			if host < 0 {
				continue
			}
			inner++
			mine, its := partner(g[k], f), partner(g[host], f)
			if mine < 0 {
				continue
			}
			found++
			if its >= 0 && ss[mine].Within == ss[its].ID {
				right++
			}
		}
	}
	golden(t, "testdata/nested.golden", fmt.Sprintf("statements inside others %d, found %d, tied to the right one %d\n", inner, found, right))
}

// hostOf returns the attribution with the shortest content that holds the cue
// of attribution k, -1 for none.
func hostOf(g []score.Attribution, k int) int {
	best, least := -1, 0
	for i := range g {
		for _, c := range g[i].Content {
			if i != k && len(g[k].Cue) > 0 && c.Contains(g[k].Cue[0]) && (best < 0 || c.Len() < least) {
				best, least = i, c.Len()
			}
		}
	}
	return best
}

// partner returns the first attribution found whose cue and content overlap
// those of g, -1 for none.
func partner(g score.Attribution, found []score.Attribution) int {
	for i, f := range found {
		if overlap(f.Cue, g.Cue) && overlap(f.Content, g.Content) {
			return i
		}
	}
	return -1
}
