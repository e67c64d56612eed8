package compare

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"hearsay"
)

// A pair of statements, and what people hold them to be.
type pair struct {
	where   string
	a, b    Said
	want    Relation
	changes []ChangeKind
}

// readPairs reads the pairs of a file; testdata/README.md tells how they are
// written.
func readPairs(t testing.TB, file string) []pair {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []pair
	line := 0
	for _, block := range strings.Split(string(text), "\n---\n") {
		p := pair{where: fmt.Sprintf("%s:%d", filepath.Base(file), line+1)}
		lines := strings.Split(block, "\n")
		for i := 0; i < len(lines); i++ {
			switch l := strings.TrimSpace(lines[i]); {
			case l == "" || l == "---" || strings.HasPrefix(l, "#"):
			case strings.HasPrefix(l, "a:") && i+1 < len(lines):
				p.a = said(t, l[2:], lines[i+1])
				i++
			case strings.HasPrefix(l, "b:") && i+1 < len(lines):
				p.b = said(t, l[2:], lines[i+1])
				i++
			case strings.HasPrefix(l, "="):
				p.want, p.changes = relation(l[1:])
			default:
				t.Fatalf("%s: %q", p.where, l)
			}
		}
		line += len(lines) + 1
		if p.want != "" {
			all = append(all, p)
		}
	}
	return all
}

func relation(s string) (Relation, []ChangeKind) {
	words := strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == ',' || c == ':' })
	var kinds []ChangeKind
	for _, w := range words[1:] {
		kinds = append(kinds, ChangeKind(w))
	}
	return Relation(words[0]), kinds
}

// said makes a statement of "speaker | day | outlet | role" and its content.
func said(t testing.TB, head, content string) Said {
	t.Helper()
	f := append(strings.Split(head, "|"), "", "", "")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	day, err := time.Parse("2006-01-02", f[1])
	if err != nil {
		day = time.Time{}
	}
	content = strings.TrimSpace(content)
	speaker := f[0] + "\n"
	doc := &hearsay.Document{Text: speaker + content, Published: day, Outlet: f[2], Lang: "en"}
	s := &hearsay.Statement{
		Content: []hearsay.Span{{Start: len(speaker), End: len(doc.Text)}},
		Quoting: quoting(content),
	}
	if f[0] != "" || f[3] != "" {
		m := &hearsay.Mention{Span: hearsay.Span{Start: 0, End: len(f[0])}, Kind: hearsay.ByNoun, Role: f[3]}
		if name := strings.TrimPrefix(f[0], "the "); name != "" && capitalised(name) {
			m.Kind, m.Name = hearsay.ByName, name
		} else if m.Role == "" {
			m.Role = strings.TrimPrefix(f[0], "the ")
		}
		s.Speaker = m
	}
	return Of(doc, s)
}

func capitalised(name string) bool {
	words := strings.Fields(name)
	return unicode.IsUpper([]rune(words[0])[0]) && unicode.IsUpper([]rune(words[len(words)-1])[0])
}

// quoting tells from its quotation marks how a content is given.
func quoting(content string) hearsay.Quoting {
	r := reader{lex: tables(), near: allVectors()}
	r.piece(content)
	in, out := 0, 0
	for _, w := range r.words {
		if w.quote != 0 {
			in++
		} else {
			out++
		}
	}
	switch {
	case in == 0:
		return hearsay.Indirect
	case out == 0:
		return hearsay.Direct
	}
	return hearsay.Mixed
}
