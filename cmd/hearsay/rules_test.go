package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTheRulesAreDocumented compares the rules that annotate signs its decisions
// with and those that docs/json.md explains.
func TestTheRulesAreDocumented(t *testing.T) {
	files, err := filepath.Glob("../../annotate/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no code of annotate: %v", err)
	}
	var used []string
	signed := regexp.MustCompile(`(?i)\brule(?::| =) "([a-z-]+)"|"((?:speaker|addressee|medium|place|when|also|holder|check|answer|anonymous)-[a-z-]+)"`)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range signed.FindAllSubmatch(b, -1) {
			used = append(used, string(m[1])+string(m[2]))
		}
	}
	slices.Sort(used)
	used = slices.Compact(used)

	b, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(b), "## The rules of `because`")
	if !ok {
		t.Fatal("docs/json.md has no section on the rules")
	}
	var told []string
	for line := range strings.SplitSeq(section, "\n") {
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
		for _, m := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(cell, -1) {
			told = append(told, m[1])
		}
	}
	slices.Sort(told)
	if !slices.Equal(used, told) {
		t.Errorf("the code signs with\n%v\ndocs/json.md tells of\n%v", used, told)
	}
}
