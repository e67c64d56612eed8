package read

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"testing"

	"hearsay"
)

// In the corpora, which are clean but for the noise of the real world, the
// repairs were looked at one by one: all are right but for four misread names
// that were normalised beyond repair. More of a kind are an alarm.
func TestRepairsInCorporaAreFew(t *testing.T) {
	dir := cmp.Or(os.Getenv("HEARSAY_CORPORA"), "../../shared/corpora")
	var files []string
	for _, pattern := range []string{"polnear/*/text/*.txt", "open-news/*.jsonl.gz"} {
		found, _ := filepath.Glob(filepath.Join(dir, pattern))
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("skipped: no corpora in " + dir)
	}
	count := map[hearsay.RepairKind]int{}
	documents := 0
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for doc, err := range Documents(context.Background(), Input{Name: name, Body: f}, Options{}) {
			if err != nil {
				t.Error(err)
				continue
			}
			documents++
			checkDocument(t, doc)
			for _, r := range doc.Repairs {
				count[r.Kind]++
			}
		}
		f.Close()
	}
	t.Logf("%d documents: %v", documents, count)
	most := map[hearsay.RepairKind]int{hearsay.Mojibake: 150, hearsay.ControlChars: 40, hearsay.RepeatedWords: 30, hearsay.LostFullStop: 2}
	for kind, n := range count {
		if n > most[kind] {
			t.Errorf("%d repairs of kind %s, more than %d", n, kind, most[kind])
		}
	}
}
