package read

import (
	"embed"
	"strings"
	"sync"
)

// data holds the lists of words that the rules go by: one entry a line, "#"
// begins a comment.
//
//go:embed data/*.txt
var data embed.FS

// lines returns the entries of a list.
func lines(name string) []string {
	b, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(err) // the list is part of the program
	}
	var list []string
	for line := range strings.Lines(string(b)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// groups returns the entries of a list whose lines begin with the name of a
// group and a colon.
func groups(name string) map[string][]string {
	m := map[string][]string{}
	for _, line := range lines(name) {
		group, rest, _ := strings.Cut(line, ":")
		m[group] = append(m[group], strings.Fields(rest)...)
	}
	return m
}

// set returns words as a set.
func set(words []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// fieldNames tells what the fields of a JSON article hold.
var fieldNames = sync.OnceValue(func() map[string]fieldName {
	m := map[string]fieldName{}
	for holds, names := range groups("fields") {
		for rank, name := range names {
			m[plainName(name)] = fieldName{holds, rank}
		}
	}
	return m
})
