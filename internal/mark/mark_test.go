package mark

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay"
)

func at(role byte, number, start, end int) Mark {
	return Mark{role, number, hearsay.Span{Start: start, End: end}}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		marked, text string
		marks        []Mark
	}{
		{"", "", nil},
		{"no marks: none", "no marks: none", nil},
		{"{S1:Ada} {V1:said} {C1:no}.", "Ada said no.", []Mark{at('S', 1, 0, 3), at('V', 1, 4, 8), at('C', 1, 9, 11)}},
		{"{C12:a {N2:b}} c", "a b c", []Mark{at('C', 12, 0, 3), at('N', 2, 2, 3)}},
		{"{C1:a}, {V1:she said}, {C1:b}", "a, she said, b", []Mark{at('C', 1, 0, 1), at('V', 1, 3, 11), at('C', 1, 13, 14)}},
		{"{C1:a}{C1:b}", "ab", []Mark{at('C', 1, 0, 2)}},
		{"{C1:a {C1:b} c}", "a b c", []Mark{at('C', 1, 0, 5)}},
		{"{S2:{S1:Ada}}", "Ada", []Mark{at('S', 1, 0, 3), at('S', 2, 0, 3)}},
		{"{C1:a{C2:b}}{C2:c}", "abc", []Mark{at('C', 1, 0, 2), at('C', 2, 1, 3)}},
		{`\{C1:a\} \\{T1:“é”}`, `{C1:a} \“é”`, []Mark{at('T', 1, 8, 16)}},
		{"{K1:{B1:DW} could not}", "DW could not", []Mark{at('K', 1, 0, 12), at('B', 1, 0, 2)}},
		{"{A1:a}{P1:b}{M1:c}{W1:d}", "abcd", []Mark{at('A', 1, 0, 1), at('P', 1, 1, 2), at('M', 1, 2, 3), at('W', 1, 3, 4)}},
	} {
		text, marks, err := Parse(c.marked)
		if err != nil {
			t.Errorf("%q: %v", c.marked, err)
			continue
		}
		if text != c.text {
			t.Errorf("%q: text %q, want %q", c.marked, text, c.text)
		}
		if !slices.Equal(marks, c.marks) {
			t.Errorf("%q: marks %v, want %v", c.marked, marks, c.marks)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for marked, want := range map[string]string{
		"é {x}":                     "byte 3: brace without a role",
		"{":                         "byte 0: brace without a role",
		"a {S:b}":                   "byte 2: role S without a number",
		"{S0:b}":                    "byte 0: role S without a number",
		"{S01:b}":                   "byte 0: role S without a number",
		"{S99999999999999999999:b}": "byte 0: role S without a number from 1",
		"{S1 b}":                    "byte 0: no colon after S1",
		"{S1":                       "byte 0: no colon after S1",
		"a {S1:b} }":                "byte 9: brace closes nothing",
		"a {S1:b {V1:c}":            "byte 2: mark is never closed",
		"a {S1:}":                   "byte 6: mark S1 is empty",
		`a \n`:                      `byte 2: backslash without`,
		`a \`:                       `byte 2: backslash without`,
	} {
		text, marks, err := Parse(marked)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s ...", marked, err, want)
		}
		if text != "" || marks != nil {
			t.Errorf("%q: text and marks beside an error", marked)
		}
	}
}

func TestPrint(t *testing.T) {
	for _, c := range []struct {
		text  string
		marks []Mark
		want  string
	}{
		{"Ada said no.", []Mark{at('C', 1, 9, 11), at('V', 1, 4, 8), at('S', 1, 0, 3)}, "{S1:Ada} {V1:said} {C1:no}."},
		{"abc", []Mark{at('C', 1, 0, 2), at('C', 2, 1, 3)}, "{C1:a{C2:b}}{C2:c}"},
		{"abc", []Mark{at('C', 1, 0, 2), at('C', 1, 2, 3)}, "{C1:abc}"},
		{"abc", []Mark{at('C', 1, 1, 1), at('C', 2, 2, 9), at('C', 3, 7, 9)}, "ab{C2:c}"},
		{`{\}`, []Mark{at('C', 1, 1, 2)}, `\{{C1:\\}\}`},
	} {
		if got := Print(c.text, c.marks); got != c.want {
			t.Errorf("%q %v: %s, want %s", c.text, c.marks, got, c.want)
		}
	}
}

func TestOf(t *testing.T) {
	statements := []hearsay.Statement{
		{
			Content:   []hearsay.Span{{Start: 0, End: 2}, {Start: 20, End: 22}},
			Cue:       hearsay.Cue{Span: hearsay.Span{Start: 4, End: 8}},
			Speaker:   &hearsay.Mention{Span: hearsay.Span{Start: 9, End: 12}},
			Addressee: &hearsay.Mention{Span: hearsay.Span{Start: 13, End: 15}},
		},
		{Content: []hearsay.Span{{Start: 30, End: 33}}},
	}
	want := []Mark{at('S', 1, 9, 12), at('A', 1, 13, 15), at('V', 1, 4, 8), at('C', 1, 0, 2), at('C', 1, 20, 22), at('C', 2, 30, 33)}
	if diff := cmp.Diff(want, Of(statements)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Marks of any kind, crossing ones too, come back as they were, in order and
// with touching pieces joined.
func TestPrintedMarksAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune(`ab {}\:1S“é`)), 0, 30, -1).Draw(t, "text")
		marks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Mark {
			return at(
				rapid.SampledFrom([]byte(roles)).Draw(t, "role"),
				rapid.IntRange(1, 3).Draw(t, "number"),
				rapid.IntRange(0, len(text)).Draw(t, "start"),
				rapid.IntRange(0, len(text)).Draw(t, "end"))
		}), 0, 20).Draw(t, "marks")
		given := slices.Clone(marks)
		printed := Print(text, marks)
		if diff := cmp.Diff(given, marks); diff != "" {
			t.Fatalf("Print changed its argument\n%s", diff)
		}
		gotText, got, err := Parse(printed)
		if err != nil {
			t.Fatalf("%s: %v", printed, err)
		}
		if gotText != text {
			t.Fatalf("%s: text %q, want %q", printed, gotText, text)
		}
		if diff := cmp.Diff(covered(marks), covered(got)); diff != "" {
			t.Fatalf("%s: (-want +got)\n%s", printed, diff)
		}
		for i, m := range got {
			if i > 0 && inOrder(got[i-1], m) >= 0 {
				t.Fatalf("%s: %v before %v", printed, got[i-1], m)
			}
		}
	})
}

// covered tells, in another way than normal, what is marked as what.
func covered(marks []Mark) map[Mark]bool {
	set := map[Mark]bool{}
	for _, m := range marks {
		for i := m.Start; i < m.End; i++ {
			set[at(m.Role, m.Number, i, i+1)] = true
		}
	}
	return set
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"{S1:Ada} {V1:said} {C1:no}.", `\{\}\\`, "{C1:a{C2:b}}{C2:c}", "{C1:a {C1:b} c}", "{S1:{S2:x}}", "{"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, marked string) {
		text, marks, err := Parse(marked)
		if err != nil {
			return
		}
		printed := Print(text, marks)
		again, marksAgain, err := Parse(printed)
		if err != nil || again != text {
			t.Fatalf("%q: printed %q: text %q, want %q (%v)", marked, printed, again, text, err)
		}
		if diff := cmp.Diff(marks, marksAgain); diff != "" {
			t.Fatalf("%q: printed %q: (-want +got)\n%s", marked, printed, diff)
		}
	})
}

// Deep nesting, many marks and marks that all cross cost no more than in
// proportion.
func TestTimeIsLinear(t *testing.T) {
	const n = 50_000
	text := strings.Repeat("x", 2*n)
	nested, crossing := make([]Mark, n), make([]Mark, n)
	for i := range n {
		nested[i] = at('C', i+1, i, 2*n-i)
		crossing[i] = at('C', i+1, i, i+n)
	}
	for name, marks := range map[string][]Mark{"nested": nested, "crossing": crossing} {
		start := time.Now()
		_, got, err := Parse(Print(text, marks))
		if err != nil || len(got) != n {
			t.Fatalf("%s: %d marks, %v", name, len(got), err)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s: %d marks took %v", name, n, d)
		}
	}
}
