package compare

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

var dump = flag.String("features", "", "write the evidence of the pairs to this file, for train/trainer/evidence.py")

// TestFeatures writes what the weights of the evidence are fitted on.
func TestFeatures(t *testing.T) {
	if *dump == "" {
		t.Skip("no file is asked for")
	}
	out, err := os.Create(*dump)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	write := func(p pair, name string) {
		x := align(&p.a, &p.b)
		regions := x.regions()
		e := x.weigh(regions, x.changes(regions))
		fmt.Fprintf(out, "%s %s %v", name, p.want, e.ruled())
		for _, v := range e.features() {
			fmt.Fprintf(out, " %.4f", v)
		}
		fmt.Fprintln(out)
	}
	for i, p := range otherClaims(t) {
		write(p, fmt.Sprintf("reports%d:", i%3+1))
	}
	for _, pattern := range []string{"testdata/*.txt", "../corpus/pairs/tune/*.txt"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			for _, p := range readPairs(t, f) {
				write(p, p.where)
			}
		}
	}
}
