package ledger

import (
	"maps"
	"testing"
)

// TestAReportTellsTwoThings groups a headline that is tied to two statements of
// its report, and those of a second report: what one report has beside it joins a
// thread only where it says the same.
func TestAReportTellsTwoThings(t *testing.T) {
	const headline, claim, figures, claimElsewhere, figuresElsewhere = 1, 2, 3, 4, 5
	links := map[int64][]tie{}
	link := func(a, b int64, same bool) {
		links[a] = append(links[a], tie{b, same})
		links[b] = append(links[b], tie{a, same})
	}
	link(headline, claim, true)
	link(headline, figures, false)
	link(headline, claimElsewhere, true)
	link(headline, figuresElsewhere, false)
	link(claim, claimElsewhere, true)
	link(figures, figuresElsewhere, true)
	reports := map[int64][]int64{headline: {7}, claim: {7}, figures: {7}, claimElsewhere: {8}, figuresElsewhere: {8}}
	want := map[int64]int64{headline: headline, claim: headline, claimElsewhere: headline, figures: figures, figuresElsewhere: figures}
	if got := group(links, reports); !maps.Equal(got, want) {
		t.Errorf("threads %v, want %v", got, want)
	}
	reports[figures], reports[figuresElsewhere], reports[claimElsewhere] = []int64{9}, []int64{10}, []int64{11}
	if got := group(links, reports); got[figures] != headline {
		t.Errorf("of other reports: %v, want all of them in one", got)
	}
}
