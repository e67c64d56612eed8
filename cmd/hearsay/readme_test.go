package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "put the numbers of statements in README.md right")

var (
	transcript = regexp.MustCompile("(?s)<!-- transcript: ([^\n]*) -->\n```\n(.*?)\n```\n")
	anyNumber  = regexp.MustCompile(`\[[0-9]+\]|^ *[0-9]+  `)
)

// TestTheReadmeShowsWhatIsPrinted runs the program as the README's transcript
// says: its lines stand in the output in this order, but for those left out at
// "[...]". Where only the numbers of statements have changed, go test
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

	var out, errs bytes.Buffer
	a := &app{ctx: context.Background(), out: &out, errs: &errs, talk: newProgress(&errs), getenv: func(string) string { return "" }}
	if status := run(a, args); status != exitDone {
		t.Fatalf("hearsay %s: status %d, %s", strings.Join(args, " "), status, errs.String())
	}
	same := func(a, b string) bool { return a == b }
	if *update {
		same = func(a, b string) bool { return anyNumber.ReplaceAllString(a, "") == anyNumber.ReplaceAllString(b, "") }
	}
	printed, skipped := strings.Split(out.String(), "\n"), false
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
			t.Fatalf("line %d of the transcript is not printed there:\n%s\n\nthe whole output is\n%s", i+1, line, out.String())
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
