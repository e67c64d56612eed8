package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "put the numbers and columns of the transcript in README.md right")

var (
	transcript = regexp.MustCompile("(?s)<!-- transcript: ([^\n]*) -->\n```\n(.*?)\n```\n")
	movable    = regexp.MustCompile(`[0-9 ]+`)
)

// TestTheReadmeShowsWhatIsPrinted runs the program as the README's transcript
// says: its lines stand in the output in this order, but for those left out at
// "[...]". Where only numbers and the width of columns have changed, go test
// ./cmd/hearsay -run Readme -update puts them right.
func TestTheReadmeShowsWhatIsPrinted(t *testing.T) {
	t.Chdir("../..")
	file, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(file)
	at := transcript.FindStringSubmatchIndex(readme)
	if at == nil {
		t.Fatal("README.md has no transcript")
	}
	args, shown := strings.Fields(readme[at[2]:at[3]]), strings.Split(readme[at[4]:at[5]], "\n")

	out, errs := hearsayOutput(args...)
	if errs != "" {
		t.Fatal(errs)
	}
	same := func(a, b string) bool { return a == b }
	if *update {
		same = func(a, b string) bool { return movable.ReplaceAllString(a, "") == movable.ReplaceAllString(b, "") }
	}
	printed, skipped := strings.Split(out, "\n"), false
	for i, line := range shown {
		switch line {
		case "": // blank lines do not count
			continue
		case "[...]":
			skipped = true
			continue
		}
		for len(printed) > 0 && (printed[0] == "" || skipped && !same(line, printed[0])) {
			printed = printed[1:]
		}
		if len(printed) == 0 || !same(line, printed[0]) {
			t.Fatalf("line %d of the transcript is not printed there:\n%s\n\nthe whole output is\n%s", i+1, line, out)
		}
		shown[i], printed, skipped = printed[0], printed[1:], false
	}
	if *update {
		readme = readme[:at[4]] + strings.Join(shown, "\n") + readme[at[5]:]
		if err := os.WriteFile("README.md", []byte(readme), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTheManualShowsWhatIsPrinted runs the program on the report of the example
// in docs/json.md.
func TestTheManualShowsWhatIsPrinted(t *testing.T) {
	manual, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(manual), "\n```json\n")
	example, _, found := strings.Cut(rest, "\n```\n")
	if !found {
		t.Fatal("docs/json.md has no example")
	}
	var want, got any
	if err := json.Unmarshal([]byte(example), &want); err != nil {
		t.Fatal(err)
	}
	text, _ := lookup(want, []string{"document", "text"})
	t.Chdir(t.TempDir())
	if err := os.WriteFile("dam.txt", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	out, errs := hearsayOutput("read", "--json", "--outlet", "Harbour Gazette", "--published", "2026-03-04", "dam.txt")
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %s%s", err, out, errs)
	}
	near := cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) < 0.02 }) // scores move with every training
	if diff := cmp.Diff(want, got, near); diff != "" {
		t.Errorf("the example differs from what is printed:\n%s\n%s", diff, out)
	}
}

// hearsayOutput runs the program without a terminal and an environment.
func hearsayOutput(args ...string) (out, errs string) {
	var o, e bytes.Buffer
	run(&app{ctx: context.Background(), out: &o, errs: &e, talk: newProgress(&e), getenv: func(string) string { return "" }}, args)
	return o.String(), e.String()
}
