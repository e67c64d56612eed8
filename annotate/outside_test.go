package annotate

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
)

// corpora returns the folder of a corpus, and skips the test where it is not.
func corpora(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join(cmp.Or(os.Getenv("HEARSAY_CORPORA"), "../../shared/corpora"), name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("skipped: no corpus %s", name)
	}
	return dir
}

// stoltenberg returns the text of one real report and, as JSON, what people found
// in it, and skips the test where they are not.
func stoltenberg(t *testing.T) (text string, gold []byte) {
	t.Helper()
	dir := cmp.Or(os.Getenv("HEARSAY_REPORTS"), "../../shared/reports")
	b, err := os.ReadFile(filepath.Join(dir, "stoltenberg-washington.txt"))
	if err != nil {
		t.Skip("skipped: no report with gold: ", err)
	}
	gold, err = os.ReadFile(filepath.Join(dir, "stoltenberg-washington.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b), gold
}
