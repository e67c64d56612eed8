package score

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hearsay"
)

// PolNeAR reads a split of the corpus PolNeAR: a folder that holds text/ and
// attributions/. Of an article marked by several people it takes the one whose
// name comes first. The articles are in the order of their names.
func PolNeAR(dir string) ([]Article, error) {
	all, err := annotations(dir)
	if err != nil {
		return nil, err
	}
	return slices.CompactFunc(all, func(a, b Article) bool { return a.Name == b.Name }), nil
}

// annotations reads a split of the corpus with every annotator of every
// article, in the order of the articles' names, then of the annotators'.
func annotations(dir string) ([]Article, error) {
	files, err := os.ReadDir(filepath.Join(dir, "attributions"))
	if err != nil {
		return nil, err
	}
	var all []Article
	for _, f := range files {
		base, ok := strings.CutSuffix(f.Name(), ".ann")
		if !ok || strings.HasPrefix(base, ".") {
			continue
		}
		a := Article{Name: base}
		if cut := strings.LastIndexByte(base, '_'); cut > 0 {
			a.Name, a.Annotator = base[:cut], base[cut+1:]
		}
		if err := a.read(dir, f.Name()); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: %w", dir, errNoArticles)
	}
	slices.SortFunc(all, func(a, b Article) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Annotator, b.Annotator))
	})
	return all, nil
}

var errNoArticles = errors.New("no annotated articles here")

func (a *Article) read(dir, ann string) error {
	text, err := os.ReadFile(filepath.Join(dir, "text", a.Name+".txt"))
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("text of %s: %w", ann, err)
		}
		return err
	}
	path := filepath.Join(dir, "attributions", ann)
	marks, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	a.Text = string(text)
	if a.Gold, err = standoff(a.Text, string(marks)); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// standoffLine is a line of stand-off annotation that says something: others
// are remarks of the annotators or the rest of a covered text with a line
// break in it.
var standoffLine = regexp.MustCompile(`^([TE][0-9]+)\t(.*)$`)

// standoff reads brat's stand-off annotation of text. The attributions come in
// the order of their places in the text.
func standoff(text, marks string) ([]Attribution, error) {
	spans := map[string][]hearsay.Span{}
	byteAt := codePoints(text)
	var all []Attribution
	for _, kind := range "TE" { // the texts first: events may stand before what they name
		for i, line := range strings.Split(marks, "\n") {
			m := standoffLine.FindStringSubmatch(strings.TrimSuffix(line, "\r"))
			if m == nil || rune(m[1][0]) != kind {
				continue
			}
			var err error
			if kind == 'T' {
				spans[m[1]], err = textBound(byteAt, m[2])
			} else {
				all, err = event(all, spans, m[2])
			}
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	slices.SortStableFunc(all, byPlace)
	return all, nil
}

func byPlace(a, b Attribution) int {
	return cmp.Compare(a.first(), b.first())
}

// first returns where the attribution begins in the text.
func (a Attribution) first() int {
	at := -1
	for _, role := range [][]hearsay.Span{a.Speaker, a.Cue, a.Content} {
		for _, s := range role {
			if at < 0 || s.Start < at {
				at = s.Start
			}
		}
	}
	return at
}

// codePoints returns the byte offset of every code point of text, and of its
// end.
func codePoints(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// textBound reads "Type start end[;start end...] TAB text".
func textBound(byteAt []int, line string) ([]hearsay.Span, error) {
	head, _, _ := strings.Cut(line, "\t")
	_, places, ok := strings.Cut(head, " ")
	if !ok {
		return nil, fmt.Errorf("no offsets in %q", head)
	}
	var spans []hearsay.Span
	for piece := range strings.SplitSeq(places, ";") {
		from, to, _ := strings.Cut(piece, " ")
		start, err := strconv.Atoi(from)
		if err != nil {
			return nil, fmt.Errorf("start of %q: %w", piece, err)
		}
		end, err := strconv.Atoi(to)
		if err != nil {
			return nil, fmt.Errorf("end of %q: %w", piece, err)
		}
		s, err := bytesOf(byteAt, start, end)
		if err != nil {
			return nil, err
		}
		spans = append(spans, s)
	}
	return spans, nil
}

// bytesOf turns a range of code points into one of bytes.
func bytesOf(byteAt []int, start, end int) (hearsay.Span, error) {
	if start < 0 || end < start || end >= len(byteAt) {
		return hearsay.Span{}, fmt.Errorf("range %d to %d outside a text of %d code points", start, end, len(byteAt)-1)
	}
	return hearsay.Span{Start: byteAt[start], End: byteAt[end]}, nil
}

// event reads "Role:T1 Role:T2 ..." and appends the attribution if it has
// content.
func event(all []Attribution, spans map[string][]hearsay.Span, line string) ([]Attribution, error) {
	var a Attribution
	for field := range strings.FieldsSeq(line) {
		role, id, _ := strings.Cut(field, ":")
		of, ok := spans[id]
		if !ok {
			return all, fmt.Errorf("%s names %q, which is not there", role, id)
		}
		switch strings.TrimRight(role, "0123456789") {
		case "Source":
			a.Speaker = append(a.Speaker, of...)
		case "Cue":
			a.Cue = append(a.Cue, of...)
		case "Content":
			a.Content = append(a.Content, of...)
		}
	}
	if len(a.Content) == 0 {
		return all, nil
	}
	return append(all, a), nil
}
