package annotate

import (
	"os"
	"strings"
	"testing"

	"hearsay"
	"hearsay/internal/score"
)

// TestUnknownSpeakers measures on PolNeAR's dev part how many of the statements
// that people marked with a speaker, and that were found, have neither a name nor a
// kind that has none by its nature (a group, somebody unnamed).
func TestUnknownSpeakers(t *testing.T) {
	part := "polnear/dev"
	if p := os.Getenv("POLNEAR_PART"); p != "" {
		part = p
	}
	articles, err := score.PolNeAR(corpora(t, part))
	if err != nil {
		t.Fatal(err)
	}
	a := load(t)
	n := 0
	whys := map[string]int{}
	kinds := map[string]int{}
	shown := map[string]int{}
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
			if shown[key]++; shown[key] <= 40 && os.Getenv("SHOW") != "" {
				speaker := "-"
				if s.Speaker != nil {
					speaker = s.Speaker.In(d.Text)
				}
				from := max(0, s.Cue.Start-300)
				t.Logf("%s: [[%s]] %v\n   %s", key, speaker, s.Because, strings.ReplaceAll(strings.ToValidUTF8(d.Text[from:min(len(d.Text), s.Cue.End+60)], ""), "\n", " ¶ "))
			}
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
