package compare

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var dump = flag.String("features", "", "write the evidence of the pairs to this file, for train/trainer/evidence.py")

// TestWeights holds the weights against the evidence that they were fitted on: the
// likeness of the pairs that no rule decides says more than to call none of them
// likelier than another. A change to the evidence that the weights were not
// fitted to anew is seen here. With -features it writes what they are fitted on.
func TestWeights(t *testing.T) {
	var out strings.Builder
	var loss, variants, all float64
	weigh := func(p pair, name string) {
		x := align(&p.a, &p.b)
		regions := x.regions()
		e := x.weigh(regions, x.changes(regions))
		fmt.Fprintf(&out, "%s %s %v", name, p.want, e.ruled())
		for _, v := range e.features() {
			fmt.Fprintf(&out, " %.4f", v)
		}
		fmt.Fprintln(&out)
		if e.ruled() {
			return
		}
		chance := e.likeness()
		if all++; p.want == Different {
			chance = 1 - chance
		} else {
			variants++
		}
		loss -= math.Log(max(chance, 1e-9))
	}
	for i, p := range otherClaims(t) {
		weigh(p, fmt.Sprintf("reports%d:", i%3+1))
	}
	said := contents(t)
	for i, s := range said { // and what has nothing to do with it, said by one speaker on one day
		for k := 1; k <= 3; k++ {
			if other := said[(i+k*31)%len(said)]; other != s {
				weigh(pair{a: krelSaid(t, s), b: krelSaid(t, other), want: Different}, fmt.Sprintf("reports%d:", i%3+1))
			}
		}
	}
	for _, pattern := range []string{"testdata/*.txt", "../corpus/pairs/tune/*.txt"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			for _, p := range readPairs(t, f) {
				weigh(p, p.where)
			}
		}
	}
	rate := variants / all
	none := -rate*math.Log(rate) - (1-rate)*math.Log(1-rate)
	if loss /= all; !(loss < none/2) {
		t.Errorf("a loss of %.3f a pair, and %.3f for knowing nothing", loss, none)
	}
	t.Logf("%.0f pairs: a loss of %.3f, and %.3f for knowing nothing", all, loss, none)
	if *dump != "" {
		if err := os.WriteFile(*dump, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// ruled reports whether a rule decides, whatever the likeness.
func (e *evidence) ruled() bool {
	return e.tie == NotTied || e.days > farDays || (e.same || e.part) && !e.swapped
}
