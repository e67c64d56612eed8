package annotate

import (
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/score"
)

// TestUnknownSpeakers measures on PolNeAR's dev part how many of the statements
// that people marked with a speaker, and that were found, have neither a name nor a
// kind that has none by its nature (a group, somebody unnamed).
func TestUnknownSpeakers(t *testing.T) {
	articles, err := score.PolNeAR(corpora(t, "polnear/dev"))
	if err != nil {
		t.Fatal(err)
	}
	a := load(t)
	n := 0
	whys := map[string]int{}
	kinds := map[string]int{}
	for _, article := range articles {
		d := report(article.Text)
		ss := a.Statements(d)
		found := score.Attributions(d, ss)
		for i, s := range ss {
			if !markedWithSpeaker(article.Gold, found[i]) {
				continue
			}
			n++
			key := "none"
			if m := s.Speaker; m != nil {
				kinds[string(m.Kind)]++
				if m.Name != "" {
					continue
				}
				if m.Why == hearsay.WhyUnnamed {
					whys["kept: "+string(m.Kind)]++
					continue
				}
				key = string(m.Kind) + " " + m.Why
			}
			whys[key]++
		}
	}
	unknown := 0
	for _, k := range sortedKeys(whys) {
		if !strings.HasPrefix(k, "kept") {
			unknown += whys[k]
		}
		t.Logf("%-24s %d", k, whys[k])
	}
	t.Log(kinds)
	if unknown*10 >= n {
		t.Errorf("%d of %d are unknown, want less than a tenth", unknown, n)
	}
	t.Logf("%d of %d without a name and not kept as such: %.3f", unknown, n, float64(unknown)/float64(n))
}

// markedWithSpeaker reports whether people marked a statement with cue and
// content that overlap those found, and with a speaker.
func markedWithSpeaker(gold []score.Attribution, f score.Attribution) bool {
	for _, g := range gold {
		if len(g.Speaker) > 0 && overlap(g.Cue, f.Cue) && overlap(g.Content, f.Content) {
			return true
		}
	}
	return false
}
