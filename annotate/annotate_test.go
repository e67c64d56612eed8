package annotate

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hearsay"
	"hearsay/internal/mark"
	"hearsay/internal/score"
)

var update = flag.Bool("update", false, "write the golden files anew")

func load(t testing.TB) *Annotator {
	t.Helper()
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// report makes a document of text as package read would: a block a line, short
// lines without a full stop being headings.
func report(text string) *hearsay.Document {
	d := &hearsay.Document{Text: text}
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		if s := strings.TrimSpace(line); s != "" {
			start := at + strings.Index(line, s)
			kind := hearsay.Paragraph
			if len(s) < 120 && !strings.ContainsAny(s[len(s)-1:], ".?!\"')") && !strings.HasSuffix(s, "”") && !strings.HasSuffix(s, "’") {
				kind = hearsay.Heading
			}
			d.Blocks = append(d.Blocks, hearsay.Block{Kind: kind, Span: hearsay.Span{Start: start, End: start + len(s)}})
		}
		at += len(line)
	}
	return d
}

// gold turns marks into the attributions they stand for, by number.
func gold(marks []mark.Mark) (numbers []int, all []score.Attribution) {
	byNumber := map[int]*score.Attribution{}
	for _, m := range marks {
		if !strings.ContainsRune("SVC", rune(m.Role)) {
			continue
		}
		at := byNumber[m.Number]
		if at == nil {
			at = &score.Attribution{}
			byNumber[m.Number] = at
			numbers = append(numbers, m.Number)
		}
		switch m.Role {
		case 'S':
			at.Speaker = append(at.Speaker, m.Span)
		case 'V':
			at.Cue = append(at.Cue, m.Span)
		case 'C':
			at.Content = append(at.Content, m.Span)
		}
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		all = append(all, *byNumber[n])
	}
	return numbers, all
}

// TestMarkedSentences measures the annotator on the marked sentences of
// testdata, a file a phenomenon, and holds the counts against the golden file:
// no phenomenon gets worse unseen. Write it anew with -update.
func TestMarkedSentences(t *testing.T) {
	golden(t, "testdata/marked.golden", measure(t, "testdata/*.marked", nil))
}

// TestStyles measures it on passages in twelve styles of reporting, with the
// names of the speakers.
func TestStyles(t *testing.T) {
	b, err := os.ReadFile("testdata/styles/names.json")
	if err != nil {
		t.Fatal(err)
	}
	var names styleNames
	if err := json.Unmarshal(b, &names); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/styles.golden", measure(t, "testdata/styles/*.marked", names))
}

// styleNames holds the names of speakers by file, case and statement.
type styleNames map[string]map[string]map[string]string

// measure counts, for each file of marked passages, the statements marked, found
// and right, and of these, where names are given, those whose speaker has the
// right name (or rightly none), another one, and none.
func measure(t *testing.T, glob string, names styleNames) string {
	t.Helper()
	a := load(t)
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("no marked sentences: %v", err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-20s %5s %5s %5s", "passages", "gold", "found", "right")
	if names != nil {
		fmt.Fprintf(&out, " %6s %6s %6s", "named", "wrong", "empty")
	}
	out.WriteByte('\n')
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".marked")
		var articles []score.Article
		var found [][]score.Attribution
		var tally nameTally
		for i, c := range strings.Split(string(b), "\n---\n") {
			text, marks, err := mark.Parse(withoutComment(c))
			if err != nil {
				t.Fatalf("%s: case %d: %v", file, i+1, err)
			}
			numbers, g := gold(marks)
			d := report(text)
			ss := a.Statements(d)
			f := score.Attributions(d, ss)
			articles = append(articles, score.Article{Name: fmt.Sprint(file, i), Text: text, Gold: g})
			found = append(found, f)
			tally.add(names[name][fmt.Sprint(i+1)], numbers, g, f, ss)
		}
		r := score.Compare(articles, found).Figure("attribution")
		fmt.Fprintf(&out, "%-20s %5d %5d %5d", name, r.Gold, r.Found, r.Right)
		if names != nil {
			fmt.Fprintf(&out, " %6d %6d %6d", tally.right, tally.wrong, tally.empty)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

type nameTally struct{ right, wrong, empty int }

// add compares the names of the speakers of statements whose cue and content
// were found.
func (n *nameTally) add(names map[string]string, numbers []int, g, found []score.Attribution, ss []hearsay.Statement) {
	for i, number := range numbers {
		want, ok := names[fmt.Sprint(number)]
		if !ok {
			continue
		}
		for j, f := range found {
			if !overlap(f.Content, g[i].Content) || !overlap(f.Cue, g[i].Cue) && len(f.Cue)+len(g[i].Cue) > 0 {
				continue
			}
			got := ""
			if ss[j].Speaker != nil {
				got = ss[j].Speaker.Name
			}
			switch {
			case got == want:
				n.right++
			case got == "":
				n.empty++
			default:
				n.wrong++
			}
			break
		}
	}
}

func withoutComment(c string) string {
	c = strings.TrimSuffix(c, "\n---")
	for strings.HasPrefix(c, "#") {
		_, c, _ = strings.Cut(c, "\n")
	}
	return strings.TrimRight(c, "\n")
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", file, d)
	}
}

// TestExampleReports measures statements and speakers' names on the marked
// example reports.
func TestExampleReports(t *testing.T) {
	a := load(t)
	files, err := filepath.Glob("../examples/gold/*.marked")
	if err != nil || len(files) == 0 {
		t.Fatalf("no marked reports: %v", err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-16s %5s %5s %5s %6s\n", "report", "gold", "found", "right", "named")
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, marks, err := mark.Parse(string(b))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		numbers, g := gold(marks)
		names := readNames(t, strings.TrimSuffix(file, ".marked")+".names")
		d := report(text)
		ss := a.Statements(d)
		found := score.Attributions(d, ss)
		f := score.Compare([]score.Article{{Name: file, Text: text, Gold: g}}, [][]score.Attribution{found}).Figure("attribution")
		named := 0
		for i, n := range numbers {
			for j, s := range ss {
				if overlap(found[j].Cue, g[i].Cue) && s.Speaker != nil && s.Speaker.Name == names[fmt.Sprint(n)] {
					named++
					break
				}
			}
		}
		fmt.Fprintf(&out, "%-16s %5d %5d %5d %6d\n", strings.TrimSuffix(filepath.Base(file), ".marked"), f.Gold, f.Found, f.Right, named)
	}
	golden(t, "testdata/examples.golden", out.String())
}

func readNames(t *testing.T, file string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var names map[string]struct{ Name string }
	if err := json.Unmarshal(b, &names); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	out := map[string]string{}
	for n, v := range names {
		out[n] = v.Name
	}
	return out
}

func overlap(a, b []hearsay.Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				return true
			}
		}
	}
	return false
}

// check reports what is wrong with the statements of a document.
func check(d *hearsay.Document, ss []hearsay.Statement) error {
	inside := func(s hearsay.Span) bool {
		return 0 <= s.Start && s.Start < s.End && s.End <= len(d.Text) &&
			utf8.RuneStart(d.Text[s.Start]) && (s.End == len(d.Text) || utf8.RuneStart(d.Text[s.End]))
	}
	ids := map[string]bool{}
	for i, s := range ss {
		spans := slices.Clone(s.Content)
		if !s.Cue.Empty() {
			spans = append(spans, s.Cue.Span)
		}
		for _, m := range []*hearsay.Mention{s.Speaker, s.Addressee} {
			if m != nil {
				spans = append(spans, m.Span)
			}
		}
		for _, r := range s.Because {
			spans = append(spans, r.Span)
		}
		for _, x := range spans {
			if !inside(x) {
				return fmt.Errorf("statement %d: span %v is not within a text of %d bytes or cuts a character", i, x, len(d.Text))
			}
		}
		switch {
		case len(s.Content) == 0:
			return fmt.Errorf("statement %d has no content", i)
		case len(s.Because) == 0 || s.Speaker == nil && len(s.Because) < 2:
			return fmt.Errorf("statement %d: nothing signs its speaker: %v", i, s.Because)
		case s.Speaker != nil && s.Speaker.Name == "" && s.Speaker.Why == "":
			return fmt.Errorf("statement %d: no name and no reason", i)
		case s.Score <= 0 || s.Score > 1:
			return fmt.Errorf("statement %d: score %v", i, s.Score)
		case ids[s.ID]:
			return fmt.Errorf("statement %d: identifier %s stands twice", i, s.ID)
		}
		for k, c := range s.Content {
			if k > 0 && c.Start < s.Content[k-1].End {
				return fmt.Errorf("statement %d: contents %v overlap or are out of order", i, s.Content)
			}
			if c.Overlaps(s.Cue.Span) {
				return fmt.Errorf("statement %d: content %v holds its cue %v", i, c, s.Cue.Span)
			}
		}
		ids[s.ID] = true
	}
	return nil
}

func FuzzStatements(f *testing.F) {
	a, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{
		"“We won,” said Ott. “Nobody else did.”",
		"OTT: Yes.\n\nBRAND: No.\n\nOTT: So be it.",
		"Brand: ‘No more’\n\nThe mayor, a baker, said that it was, as she put it, \"over\".",
		"“One\n\n“two\n\nthree” - Ms Brand, mayor of Thorn",
		"According to the ministry, and Mr. X Jr., who said: 'it', he says.",
		"''''\"\"“”‘’«»„“ said said said: , — …",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := report(text)
		before := *d
		ss := a.Statements(d)
		if err := check(d, ss); err != nil {
			t.Errorf("%v\n%q", err, text)
		}
		if !reflect.DeepEqual(before, *d) {
			t.Error("the document was changed")
		}
		if again := a.Statements(d); !reflect.DeepEqual(ss, again) {
			t.Error("the second run gives other statements")
		}
	})
}

// shapes are texts that cost more than their length where something is not
// linear.
var shapes = map[string]func(n int) string{
	"marks never closed":     func(n int) string { return strings.Repeat("“a ", n) },
	"straight marks":         func(n int) string { return strings.Repeat("\" a", n) },
	"single marks":           func(n int) string { return strings.Repeat("'a b ", n) },
	"closing marks":          func(n int) string { return strings.Repeat("a” ", n) },
	"one sentence of cues":   func(n int) string { return strings.Repeat("he said that ", n) },
	"cues and commas":        func(n int) string { return strings.Repeat("she said, ", n) },
	"quotations in one line": func(n int) string { return strings.Repeat("“Yes, I do,” he said, ", n) },
	"one word":               func(n int) string { return strings.Repeat("a", n) },
	"names":                  func(n int) string { return strings.Repeat("Ann Lee Ott ", n) },
	"and":                    func(n int) string { return strings.Repeat("Ott and ", n) + "said that it was." },
	"of":                     func(n int) string { return strings.Repeat("chief of the ", n) + "said that it was." },
	"commas":                 func(n int) string { return strings.Repeat("Ott, ", n) + "said that it was." },
	"marks without space":    func(n int) string { return "Hi. " + strings.Repeat("“", n) },
	"closers without space":  func(n int) string { return "Hi. " + strings.Repeat("”", n) },
	"straight without space": func(n int) string { return "Hi. " + strings.Repeat("\"", n) },
	"singles without space":  func(n int) string { return "Hi. " + strings.Repeat("'", n) },
	"guillemets":             func(n int) string { return "Hi. " + strings.Repeat("»", n) + strings.Repeat("«", n) },
	"pairs without space":    func(n int) string { return "Hi. " + strings.Repeat("“”", n) },
	"brackets without space": func(n int) string { return "Hi. " + strings.Repeat(")", n) + strings.Repeat("]", n) },
	"commas only":            func(n int) string { return "Ott" + strings.Repeat(", ", n) + "said that it was." },
	"dashes only":            func(n int) string { return "Ott " + strings.Repeat("- ", n) + "said that it was." },
	"closing brackets":       func(n int) string { return "Ott (" + strings.Repeat(") ", n) + "said that it was." },
	"brackets":               func(n int) string { return strings.Repeat("(a) ", n) + "said that it was." },
	"adverbs":                func(n int) string { return "He " + strings.Repeat("also ", n) + "said that it was." },
	"who":                    func(n int) string { return strings.Repeat("Ott, who ", n) + "said that it was." },
	"short blocks":           func(n int) string { return strings.Repeat("“Yes.”\n", n) },
	"labels":                 func(n int) string { return strings.Repeat("OTT: “Yes.\n", n) },
	"pronouns":               func(n int) string { return "Ms Ott said she left. " + strings.Repeat("She said she left. ", n) },
	"speakers": func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "Minister Ann%c%c%c Ott said it. The minister said no. ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		}
		return b.String()
	},
	"according to": func(n int) string { return strings.Repeat("according to Ott, ", n) },
	"colons":       func(n int) string { return strings.Repeat("he was blunt: “We are not.” ", n) },
	"dashes":       func(n int) string { return strings.Repeat("“a b c d.” - Ott, ", n) },
}

// TestShapes reads every shape at a length that takes minutes where the cost is
// quadratic; the limit of the test run is what catches it.
func TestShapes(t *testing.T) {
	a := load(t)
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			d := report(shape(30_000))
			if err := check(d, a.Statements(d)); err != nil {
				t.Error(err)
			}
		})
	}
}
