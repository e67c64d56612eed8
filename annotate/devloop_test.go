package annotate

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/score"
)

func plainDoc(text string) *hearsay.Document {
	d := &hearsay.Document{Text: text}
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		t := strings.TrimSpace(line)
		if t != "" {
			s := at + strings.Index(line, t)
			k := hearsay.Paragraph
			if len(t) < 120 && !strings.HasSuffix(t, ".") && !strings.ContainsAny(t[len(t)-1:], "?!\"") && !strings.HasSuffix(t, "”") {
				k = hearsay.Heading
			}
			d.Blocks = append(d.Blocks, hearsay.Block{Kind: k, Span: hearsay.Span{Start: s, End: s + len(t)}})
		}
		at += len(line)
	}
	return d
}

func TestDevLoop(t *testing.T) {
	dir := os.Getenv("DEV")
	if dir == "" {
		t.Skip()
	}
	arts, err := score.PolNeAR(dir)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var found [][]score.Attribution
	type st struct{ n, hit int }
	byRule := map[string]*st{}
	var out []string
	for _, art := range arts {
		d := plainDoc(art.Text)
		ss := a.Statements(d)
		at := score.Attributions(d, ss)
		found = append(found, at)
		used := make([]bool, len(art.Gold))
		for i, f := range at {
			rule := ss[i].Because[0].Rule
			key := []string{"rule " + rule, "ruleq " + rule + " " + string(ss[i].Quoting), "cue " + rule + " " + ss[i].Cue.Lemma}
			hit := -1
			for j, g := range art.Gold {
				if !used[j] && ov(f.Cue, g.Cue) && ov(f.Content, g.Content) && (ov(f.Speaker, g.Speaker) || len(f.Speaker) == 0 && len(g.Speaker) == 0) {
					hit = j
				}
			}
			if hit >= 0 {
				used[hit] = true
			}
			for _, k := range key {
				if byRule[k] == nil {
					byRule[k] = &st{}
				}
				byRule[k].n++
				if hit >= 0 {
					byRule[k].hit++
				}
			}
			if hit < 0 {
				near := ""
				for _, g := range art.Gold {
					if ov(f.Cue, g.Cue) {
						near = "GOLD " + show(art.Text, g)
					}
				}
				out = append(out, "FP "+rule+" "+ctx(art.Text, f)+"\n     FOUND "+show(art.Text, f)+"\n     "+near)
			}
		}
		for j, g := range art.Gold {
			if !used[j] {
				near := ""
				for _, f := range at {
					if ov(f.Cue, g.Cue) {
						near = "FOUND " + show(art.Text, f)
					}
				}
				out = append(out, "FN "+ctx(art.Text, g)+"\n     GOLD "+show(art.Text, g)+"\n     "+near)
			}
		}
	}
	r := score.Compare(arts, found)
	fmt.Println("gold", r.Gold, "found", r.Found, "alpha", r.Alpha.Alpha)
	for _, f := range r.Figures {
		fmt.Printf("%-26s P %.3f R %.3f F %.3f  human %.3f  gold %d found %d\n", f.Name, f.Precision, f.Recall, f.F1, f.Human, f.Gold, f.Found)
	}
	var keys []string
	for k := range byRule {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return byRule[keys[i]].n > byRule[keys[j]].n })
	f, _ := os.Create("/tmp/an/rules.txt")
	for _, k := range keys {
		fmt.Fprintf(f, "%-40s %5d %.2f\n", k, byRule[k].n, float64(byRule[k].hit)/float64(byRule[k].n))
	}
	f.Close()
	os.WriteFile("/tmp/an/errs.txt", []byte(strings.Join(out, "\n")), 0o644)
}

func ov(a, b []hearsay.Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

func ctx(text string, f score.Attribution) string {
	s, e := 1<<30, 0
	for _, l := range [][]hearsay.Span{f.Speaker, f.Cue, f.Content} {
		for _, x := range l {
			s = min(s, x.Start)
			e = max(e, x.End)
		}
	}
	s = max(0, s-40)
	e = min(len(text), e+40)
	x := strings.ReplaceAll(text[s:e], "\n", "¶")
	if len(x) > 500 {
		x = x[:250] + " ~~~ " + x[len(x)-250:]
	}
	return x
}

func show(text string, f score.Attribution) string {
	j := func(l []hearsay.Span) string {
		var p []string
		for _, x := range l {
			s := x.In(text)
			if len(s) > 80 {
				s = s[:40] + " ~ " + s[len(s)-40:]
			}
			p = append(p, s)
		}
		return strings.Join(p, " || ")
	}
	return "S[" + j(f.Speaker) + "] V[" + j(f.Cue) + "] C[" + j(f.Content) + "]"
}
