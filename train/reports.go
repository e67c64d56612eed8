package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hearsay"
	"hearsay/internal/mark"
	"hearsay/internal/score"
)

// reportsFolder holds whole reports of our own, marked, in the styles that
// PolNeAR lacks. What lies in held/ beside it is never trained on.
const reportsFolder = "corpus/reports/tune"

// readReports returns the marked reports of a folder in the order of their
// names. Statements within others are left out, as PolNeAR marks none.
func readReports(folder string) ([]score.Article, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.marked"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no marked reports", folder)
	}
	var all []score.Article
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		text, marks, err := mark.Parse(strings.TrimSpace(string(b)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		all = append(all, score.Article{Name: filepath.Base(f), Text: text, Gold: outer(attributions(marks))})
	}
	return all, nil
}

// outer returns the attributions whose cue, or whose content where there is no
// cue, lies in no content of another.
func outer(all []score.Attribution) []score.Attribution {
	return slices.DeleteFunc(slices.Clone(all), func(a score.Attribution) bool {
		at := a.Cue
		if len(at) == 0 {
			at = a.Content
		}
		return len(at) == 0 || slices.ContainsFunc(all, func(o score.Attribution) bool {
			return slices.ContainsFunc(o.Content, func(s hearsay.Span) bool { return s != at[0] && s.Contains(at[0]) })
		})
	})
}

// quoted returns articles with double quotation marks, from which a style is
// printed.
func quoted(articles []score.Article) []score.Article {
	out := slices.Clone(articles)
	for i := range out {
		out[i].Text = doubled(out[i].Text)
	}
	return out
}
