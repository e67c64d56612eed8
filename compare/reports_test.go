package compare

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"hearsay"
	"hearsay/internal/mark"
)

// A marked report as corpus/reports has it, as far as it is of use here.
type marked struct {
	Published, Outlet string
	Statements        map[string]struct {
		Speaker struct {
			Name, Kind, Why string
		}
	}
}

// reportSaid returns what is said in the marked reports that may be looked at,
// report by report. Headings and first paragraphs are left out: they tell what
// the rest of the report tells again.
func reportSaid(t testing.TB) [][]Said {
	t.Helper()
	files, _ := filepath.Glob("../corpus/reports/tune/*.marked")
	var all [][]Said
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text, marks, err := mark.Parse(string(b))
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		about, err := os.ReadFile(strings.TrimSuffix(f, ".marked") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var m marked
		if err := json.Unmarshal(about, &m); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		all = append(all, saidIn(text, marks, m))
	}
	return all
}

func saidIn(text string, marks []mark.Mark, m marked) []Said {
	day, _ := time.Parse("2006-01-02", m.Published)
	doc := &hearsay.Document{Text: text, Published: day, Outlet: m.Outlet, Lang: "en"}
	content := map[int][]hearsay.Span{}
	most := 0
	for _, k := range marks {
		if k.Role == 'C' {
			content[k.Number] = append(content[k.Number], k.Span)
			most = max(most, k.Number)
		}
	}
	var all []Said
	end := 0
	for n := 1; n <= most; n++ {
		c := content[n]
		if len(c) == 0 || c[0].Start < 400 || c[0].Start < end {
			continue
		}
		end = c[len(c)-1].End
		s := &hearsay.Statement{Content: c}
		var inside []string
		for _, p := range c {
			inside = append(inside, p.In(text))
		}
		s.Quoting = quoting(strings.Join(inside, " "))
		if who := m.Statements[strconv.Itoa(n)].Speaker; who.Name != "" {
			s.Speaker = &hearsay.Mention{Kind: hearsay.ByName, Name: who.Name}
		}
		all = append(all, Of(doc, s))
	}
	return all
}

// otherClaims returns pairs of statements that one speaker made in one report:
// as near to one another as different claims get.
func otherClaims(t testing.TB) []pair {
	t.Helper()
	var all []pair
	for _, said := range reportSaid(t) {
		for i := range said {
			for j := i + 1; j < len(said); j++ {
				if said[i].Speaker.Name != "" && said[i].Speaker.Name == said[j].Speaker.Name {
					all = append(all, pair{where: "reports:" + said[i].Outlet, a: said[i], b: said[j], want: Different})
				}
			}
		}
	}
	return all
}
