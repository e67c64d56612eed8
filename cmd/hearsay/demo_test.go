package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hearsay/export"
)

var ledgerTranscript = regexp.MustCompile("(?s)\n\\$ hearsay ([^\n]*)\n(.*?)(?:\n\n|\n```\n)")

// TestTheReadmeShowsTheLedger runs the commands of the README's ledger, one after
// the other: what stands behind each is the beginning of what is printed, up to
// "[...]". go test ./cmd/hearsay -run Readme -update writes them anew.
func TestTheReadmeShowsTheLedger(t *testing.T) {
	t.Chdir("../..")
	file, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(file), "<!-- ledger -->\n```")
	shown, after, closed := strings.Cut(rest, "\n```\n")
	if !found || !closed {
		t.Fatal("README.md has no transcript of a ledger")
	}
	shown += "\n```\n"
	demo := filepath.Join(t.TempDir(), "demo.db")
	commands := ledgerTranscript.FindAllStringSubmatch(strings.ReplaceAll(shown, "\n\n$ ", "\n\n\n$ "), -1)
	if len(commands) < 3 {
		t.Fatalf("found %d commands in README.md", len(commands))
	}
	var now []string
	for _, c := range commands {
		out, errs := hearsayOutput(arguments(t, c[1], demo)...)
		want, cut := strings.CutSuffix(c[2], "\n[...]")
		lines := strings.Split(strings.TrimRight(out, "\n"), "\n")
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
		if cut {
			lines = lines[:min(len(lines), strings.Count(want, "\n")+1)]
		}
		got := tight(lines)
		if got != tight(strings.Split(want, "\n")) && !*update {
			t.Errorf("hearsay %s prints\n%s\n%s\nREADME.md has\n%s", c[1], got, errs, want)
		}
		if cut {
			got += "\n[...]"
		}
		now = append(now, "$ hearsay "+c[1]+"\n"+got)
	}
	if *update {
		text := before + "<!-- ledger -->\n```\n" + strings.Join(now, "\n\n") + "\n```\n" + after
		if err := os.WriteFile("README.md", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tight is lines without those that are empty.
func tight(lines []string) string {
	var out []string
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// arguments are those of a command line of the README, as a shell would pass
// them on, with another ledger.
func arguments(t *testing.T, line, demo string) []string {
	t.Helper()
	var args []string
	for _, word := range strings.Fields(line) {
		switch files, err := filepath.Glob(word); {
		case err == nil && len(files) > 0 && strings.Contains(word, "*"):
			args = append(args, files...)
		case word == "demo.db":
			args = append(args, demo)
		default:
			args = append(args, strings.Trim(word, `"'`))
		}
	}
	return args
}

// TestTheFormatsCanBeAskedFor holds the values of --format against the formats
// that there are.
func TestTheFormatsCanBeAskedFor(t *testing.T) {
	field, _ := reflect.TypeFor[exportCmd]().FieldByName("Form")
	var names []string
	for _, f := range export.Formats {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	asked := strings.Split(field.Tag.Get("enum"), ",")
	slices.Sort(asked)
	if !slices.Equal(asked, names) {
		t.Errorf("--format takes %v, there are %v", asked, names)
	}
}
