package annotate

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/internal/mark"
	"hearsay/internal/score"
)

func TestZZNames(t *testing.T) {
	a := load(t)
	var files []string
	f1, _ := filepath.Glob("../examples/gold/*.marked")
	f2, _ := filepath.Glob("testdata/styles/*.marked")
	files = append(f1, f2...)
	b, _ := os.ReadFile("testdata/styles/names.json")
	var names styleNames
	json.Unmarshal(b, &names)
	tot := map[string]int{}
	for _, file := range files {
		b, _ := os.ReadFile(file)
		cases := []string{string(b)}
		ex := strings.Contains(file, "examples")
		if !ex {
			cases = strings.Split(string(b), "\n---\n")
		}
		base := strings.TrimSuffix(filepath.Base(file), ".marked")
		for ci, c := range cases {
			if !ex {
				c = withoutComment(c)
			}
			text, marks, err := mark.Parse(c)
			if err != nil {
				t.Fatal(err)
			}
			numbers, g := gold(marks)
			want := names[base][fmt.Sprint(ci+1)]
			if ex {
				want = readNames(t, strings.TrimSuffix(file, ".marked")+".names.json")
			}
			d := report(text)
			ss := a.Statements(d)
			f := score.Attributions(d, ss)
			for i, n := range numbers {
				w, ok := want[fmt.Sprint(n)]
				if !ok {
					continue
				}
				for j := range f {
					if !overlap(f[j].Cue, g[i].Cue) || !overlap(f[j].Content, g[i].Content) {
						continue
					}
					got, sp, why := "", "-", ""
					if ss[j].Speaker != nil {
						got, sp, why = ss[j].Speaker.Name, ss[j].Speaker.In(text), ss[j].Speaker.Why
					}
					key := "right"
					if got != w {
						key = "WRONG"
						if got == "" {
							key = "empty"
						}
						gs := "-"
						if len(g[i].Speaker) > 0 {
							gs = g[i].Speaker[0].In(text)
						}
						t.Logf("%s %s/%d/%d: [%s] gold [%s] got %q (%s) want %q | %v", key, base, ci+1, n, sp, gs, got, why, w, ss[j].Because[len(ss[j].Because)-1].Rule)
					}
					if ex {
						key = "ex " + key
					}
					tot[key]++
					break
				}
			}
		}
	}
	t.Log(tot)
}
