package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay"
	"hearsay/internal/mark"
	"hearsay/internal/score"
)

// headingsFile holds headlines of our own, marked: PolNeAR has few. Its cases
// are parted by a line "---"; a case is a headline, some with a second line or
// the first paragraph of the report.
const headingsFile = "train/headings.marked"

// readHeadings returns the cases of a file, each as an article.
func readHeadings(file string) ([]score.Article, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []score.Article
	for i, c := range strings.Split(strings.TrimSpace(string(b)), "\n---\n") {
		text, marks, err := mark.Parse(strings.TrimSpace(c))
		if err != nil {
			return nil, fmt.Errorf("%s: case %d: %w", file, i+1, err)
		}
		all = append(all, score.Article{Name: fmt.Sprint("heading", i+1), Text: doubled(text), Gold: outer(attributions(marks))})
	}
	return all, nil
}

// doubled returns the text with double quotation marks where it has single ones
// alone, which is what a style is printed from. Both take as many bytes.
func doubled(text string) string {
	if strings.ContainsAny(text, "“”\"") {
		return text
	}
	out := []byte(text)
	for at, c := range text {
		size := utf8.RuneLen(c)
		word := wordAfter(text, at+size)
		switch {
		case c == '‘' && word:
			copy(out[at:], "“")
		case c == '’' && !word && strings.Contains(text[:at], "‘"):
			copy(out[at:], "”")
		case c == '\'' && (word && opens(text, at) || !word && strings.ContainsAny(text[:at], "'")):
			out[at] = '"'
		}
	}
	return string(out)
}

// typed makes headings of the lines of a heading that stands alone: read tells a
// heading by the text that follows it.
func typed(doc *hearsay.Document) {
	for i := range doc.Blocks {
		if !strings.HasSuffix(doc.Blocks[i].In(doc.Text), ".") {
			doc.Blocks[i].Kind = hearsay.Heading
		}
	}
}

// attributions puts the marks with one number together.
func attributions(marks []mark.Mark) []score.Attribution {
	var out []score.Attribution
	at := map[int]int{}
	for _, m := range marks {
		k, ok := at[m.Number]
		if !ok {
			k = len(out)
			at[m.Number] = k
			out = append(out, score.Attribution{})
		}
		switch m.Role {
		case 'S':
			out[k].Speaker = append(out[k].Speaker, m.Span)
		case 'V':
			out[k].Cue = append(out[k].Cue, m.Span)
		case 'C':
			out[k].Content = append(out[k].Content, m.Span)
		}
	}
	return out
}

// pages puts n headings at a time one under the other.
func pages(headings []score.Article, n int) []score.Article {
	var out []score.Article
	for some := range slices.Chunk(headings, n) {
		page := score.Article{Name: some[0].Name}
		for _, h := range some {
			page = under(page, h)
		}
		out = append(out, page)
	}
	return out
}

// under adds the text of b to that of a, as paragraphs of their own.
func under(a, b score.Article) score.Article {
	if a.Text != "" {
		a.Text += "\n\n"
	}
	a.Gold = append(slices.Clone(a.Gold), moveAll(b.Gold, len(a.Text))...)
	a.Text += b.Text
	return a
}

// headed puts a heading before an article and between some of its paragraphs,
// so that headlines are met where headlines stand.
func headed(a score.Article, headings []score.Article, r *rand.Rand) score.Article {
	var edits []edit
	var added []score.Attribution
	by := 0
	for _, at := range breaks(a) {
		if at > 0 && r.IntN(9) > 0 {
			continue
		}
		h := headings[r.IntN(len(headings))]
		e := edit{hearsay.Span{Start: at, End: at}, h.Text + "\n\n"}
		edits = append(edits, e)
		added = append(added, moveAll(h.Gold, at+by)...)
		by += len(e.with)
	}
	out := apply(a, edits)
	out.Gold = append(out.Gold, added...)
	return out
}

// moveAll moves all spans of the attributions on.
func moveAll(all []score.Attribution, by int) []score.Attribution {
	var out []score.Attribution
	for _, g := range all {
		out = append(out, score.Attribution{Speaker: later(g.Speaker, by), Cue: later(g.Cue, by), Content: later(g.Content, by)})
	}
	return out
}

// breaks returns the places where a paragraph begins and no mark runs on.
func breaks(a score.Article) []int {
	inside := make([]bool, len(a.Text)+1)
	for _, g := range a.Gold {
		for _, spans := range [][]hearsay.Span{g.Speaker, g.Cue, g.Content} {
			for _, s := range spans {
				for i := s.Start + 1; i < s.End; i++ {
					inside[i] = true
				}
			}
		}
	}
	at := []int{0}
	for i := range len(a.Text) - 2 {
		if a.Text[i:i+2] == "\n\n" && a.Text[i+2] != '\n' && !inside[i+2] {
			at = append(at, i+2)
		}
	}
	return at
}

// later moves spans on.
func later(spans []hearsay.Span, by int) []hearsay.Span {
	var out []hearsay.Span
	for _, s := range spans {
		out = append(out, hearsay.Span{Start: s.Start + by, End: s.End + by})
	}
	return out
}
