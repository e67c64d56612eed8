package score

import (
	"cmp"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// corpus returns the folder of a part of PolNeAR, or skips the test.
func corpus(t *testing.T, part string) string {
	t.Helper()
	dir := filepath.Join(cmp.Or(os.Getenv("HEARSAY_CORPORA"), "../../../shared/corpora"), "polnear", part)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("skipped: no PolNeAR: ", err)
	}
	return dir
}

// The measure must find between two people what was found before: then its
// definitions are those of the line that tools are held against.
func TestPeopleAgreeAsPublished(t *testing.T) {
	all, err := annotations(corpus(t, "train"))
	if err != nil {
		t.Fatal(err)
	}
	v := loadVerbs()
	var sum tally
	pairs := 0
	for i, a := range all {
		for _, b := range all[i+1:] {
			if a.Name != b.Name {
				break
			}
			one := v.tally(a.Text, a.Gold, b.Gold)
			sum.add(&one)
			pairs++
		}
	}
	if pairs != 235 {
		t.Errorf("%d pairs of annotators, want 235", pairs)
	}
	for i, c := range sum.counts {
		got := float64(c.right+c.rightFound) / float64(c.gold+c.found)
		if math.Abs(got-human[i]) > .015 {
			t.Errorf("%s: %.3f, the table of human figures has %.3f", names[i], got, human[i])
		}
		t.Logf("%-22s %.3f (table %.3f)", names[i], got, human[i])
	}
	if got := sum.tokens.alpha(); math.Abs(got-humanAlpha) > .015 {
		t.Errorf("alpha: %.3f, the table of human figures has %.3f", got, humanAlpha)
	}
}
