package annotate

import (
	"context"
	"fmt"
	"os"
	"testing"

	"hearsay"
	"hearsay/internal/score"
	"hearsay/read"
)

func TestStolt(t *testing.T) {
	g, err := score.ReadGold("../../shared/reports/stoltenberg-washington.gold.json")
	if err != nil {
		t.Skip(err)
	}
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	f, _ := os.Open("../../shared/reports/stoltenberg-washington.txt")
	for d, err := range read.Documents(context.Background(), read.Input{Name: "s.txt", Body: f}, read.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Blocks) == 0 {
			d.Blocks = plainDoc(d.Text).Blocks
		}
		for _, b := range d.Blocks {
			if b.Kind != "paragraph" {
				fmt.Println(b.Kind, b.In(d.Text))
			}
		}
		for _, r := range d.Repairs {
			fmt.Printf("repair %s %q was %q\n", r.Kind, r.In(d.Text), r.Was)
		}
		ss := a.Statements(d)
		r := g.Compare(d, ss)
		fmt.Println("gold", r.Gold, "matched", r.Matched, "right", r.Right, "byname", r.ByName)
		for _, o := range r.Outcomes {
			st := "ok"
			if o.Found < 0 {
				st = "MISSED"
			} else if !o.ByName && !o.BySpan {
				st = "WRONG " + fmt.Sprintf("%+v", ss[o.Found].Speaker)
			}
			fmt.Printf("%s | %s | %s\n", o.GoldStatement.Name, st, show(g.Text, o.Attribution))
			if o.Found >= 0 {
				s := ss[o.Found]
				fmt.Printf("      %s", show(d.Text, score.Attribution{Cue: []hearsay.Span{s.Cue.Span}, Content: s.Content}))
				if s.Speaker != nil {
					fmt.Printf(" %+v", *s.Speaker)
				}
				fmt.Println()
			}
		}
		for _, i := range r.Extra {
			s := ss[i]
			fmt.Println("EXTRA", s.Because[0].Rule, show(d.Text, score.Attribution{Cue: []hearsay.Span{s.Cue.Span}, Content: s.Content}))
		}
	}
}
