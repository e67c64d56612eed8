package score

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"hearsay"
)

// of finds the words of an attribution, given as "speaker / cue / content"
// with pieces parted by "|", in text.
func of(t *testing.T, text, parts string) Attribution {
	t.Helper()
	role := strings.Split(parts, " / ")
	find := func(words string) []hearsay.Span {
		var spans []hearsay.Span
		at := 0
		for piece := range strings.SplitSeq(words, "|") {
			if piece == "" {
				continue
			}
			n := strings.Index(text[at:], piece)
			if n < 0 {
				t.Fatalf("no %q in %q", piece, text)
			}
			spans = append(spans, hearsay.Span{Start: at + n, End: at + n + len(piece)})
			at += n + len(piece)
		}
		return spans
	}
	return Attribution{find(role[0]), find(role[1]), find(role[2])}
}

func TestClass(t *testing.T) {
	v := loadVerbs()
	for _, c := range []struct {
		text, parts string
		want        class
	}{
		{"“We won,” Ada said.", "Ada / said / “We won,”", direct},
		{"“We won,” Ada said.", "Ada / said / We won", direct}, // marks left out
		{"\"We won\", Ada said.", "Ada / said / \"We won\"", direct},
		{"\"We won.\" Ada said.", "Ada / said / \"We won.\"", direct},
		{"''We won,'' Ada said.", "Ada / said / ''We won,''", direct},
		{"'We can't win,' Ada said.", "Ada / said / 'We can't win,'", direct},
		{"‘We can’t win,’ Ada said.", "Ada / said / ‘We can’t win,’", direct},
		{"«We won», Ada said.", "Ada / said / «We won»", direct},
		{"“We won,” Ada said, “and left.”", "Ada / said / “We won,”|“and left.”", direct},
		{"“We won.\n\n“We left,” Ada said.", "Ada / said / “We won.\n\n“We left,”", direct},
		{"\"We won.\n\n\"We left,\" Ada said.", "Ada / said / \"We won.\n\n\"We left,\"", direct},
		{"“We ‘won’ it,” Ada said.", "Ada / said / “We ‘won’ it,”", direct},
		{"“Bob says we won,” Ada said.", "Bob / says / we won", speech},
		{"“We won.\n\nWe left,” Ada said.", "Ada / said / “We won.\n\nWe left,”", direct},
		{"Ada said they “won it”.", "Ada / said / they “won it”", mixed},
		{"Ada said “A” and “B”.", "Ada / said / “A” and “B”", mixed},
		{"“We won,” Ada said, and left.", "Ada / said / “We won,”|and left", mixed},
		{"Ada said the workers' pay won't rise.", "Ada / said / the workers' pay won't rise", speech},
		{"Ada said that 6' is 2 m.", "Ada / said / that 6' is 2 m", speech},
		{"Ada has repeatedly said no.", "Ada / has repeatedly said / no", speech},
		{"Ada didn’t tell why.", "Ada / didn’t tell / why", speech},
		{"Ada hopes to win.", "Ada / hopes / to win", other},
		{"Ada's claim that it rained", "Ada / claim / that it rained", speech},
		{"According to Ada, it rained", "Ada / According to / it rained", other},
		{"Ada: it rained", "Ada / : / it rained", other},
		{"It rained", " /  / It rained", other},
		{"Ada refused to say why", "Ada / refused to say / why", other},
	} {
		a := of(t, c.text, c.parts)
		if got := v.classOf(c.text, a); got != c.want {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}

func TestSpeechVerbsAreWrittenOnce(t *testing.T) {
	seen := verbs{}
	n := 0
	for line := range strings.Lines(speechVerbs) {
		n++
		for form := range strings.FieldsSeq(line) {
			if seen[form] || form != strings.ToLower(form) {
				t.Errorf("%s stands twice, or not in lower case", form)
			}
			seen[form] = true
		}
	}
	if n < 70 || n > 90 {
		t.Errorf("%d verbs", n)
	}
}

func TestTidy(t *testing.T) {
	text := "ab cd\n\nef gh"
	for _, c := range []struct{ spans, want []hearsay.Span }{
		{nil, []hearsay.Span{}},
		{[]hearsay.Span{{Start: 3, End: 6}, {Start: 0, End: 3}}, []hearsay.Span{{Start: 0, End: 2}, {Start: 3, End: 5}}}, // a blank is a gap
		{[]hearsay.Span{{Start: 7, End: 9}, {Start: 3, End: 5}}, []hearsay.Span{{Start: 3, End: 9}}},                     // a line end is none
		{[]hearsay.Span{{Start: 0, End: 1}, {Start: 1, End: 2}}, []hearsay.Span{{Start: 0, End: 2}}},
		{[]hearsay.Span{{Start: 0, End: 5}, {Start: 1, End: 2}}, []hearsay.Span{{Start: 0, End: 5}}},
		{[]hearsay.Span{{Start: 5, End: 7}, {Start: 10, End: 99}}, []hearsay.Span{{Start: 10, End: 12}}},
	} {
		given := slices.Clone(c.spans)
		if got := tidy(text, c.spans); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.spans, got, c.want)
		}
		if !slices.Equal(given, c.spans) {
			t.Errorf("%v changed to %v", given, c.spans)
		}
	}
}

func TestAttributionsGoBackToTheFile(t *testing.T) {
	// The file has "é" broken into four bytes and a carriage return more.
	doc := &hearsay.Document{Text: "né\nso", Pieces: []hearsay.Piece{
		{Text: hearsay.Span{Start: 0, End: 1}, Bytes: hearsay.Span{Start: 0, End: 1}},
		{Text: hearsay.Span{Start: 1, End: 3}, Bytes: hearsay.Span{Start: 1, End: 5}},
		{Text: hearsay.Span{Start: 3, End: 4}, Bytes: hearsay.Span{Start: 5, End: 7}},
		{Text: hearsay.Span{Start: 4, End: 6}, Bytes: hearsay.Span{Start: 7, End: 9}},
	}}
	for _, c := range []struct{ text, file hearsay.Span }{
		{hearsay.Span{Start: 0, End: 1}, hearsay.Span{Start: 0, End: 1}},
		{hearsay.Span{Start: 0, End: 3}, hearsay.Span{Start: 0, End: 5}},
		{hearsay.Span{Start: 1, End: 3}, hearsay.Span{Start: 1, End: 5}},
		{hearsay.Span{Start: 4, End: 5}, hearsay.Span{Start: 7, End: 8}},
		{hearsay.Span{Start: 5, End: 6}, hearsay.Span{Start: 8, End: 9}},
		{hearsay.Span{Start: 1, End: 6}, hearsay.Span{Start: 1, End: 9}},
	} {
		got := Attributions(doc, []hearsay.Statement{{Content: []hearsay.Span{c.text}}})
		if len(got[0].Content) != 1 || got[0].Content[0] != c.file || got[0].Cue != nil || got[0].Speaker != nil {
			t.Errorf("%v: %v, want content %v", c.text, got[0], c.file)
		}
	}
	doc.Pieces = nil
	s := hearsay.Statement{Speaker: &hearsay.Mention{Span: hearsay.Span{Start: 0, End: 3}}, Cue: hearsay.Cue{Span: hearsay.Span{Start: 4, End: 6}}}
	got := Attributions(doc, []hearsay.Statement{s})[0]
	if words(doc.Text, got.Speaker) != "né" || words(doc.Text, got.Cue) != "so" || got.Content != nil {
		t.Errorf("without pieces: %v", got)
	}
}

// As many pairs as possible, though the greedy choice would find one only.
func TestMatchFindsMostPairs(t *testing.T) {
	span := func(start, end int) Attribution {
		return Attribution{Content: []hearsay.Span{{Start: start, End: end}}}
	}
	gold := []Attribution{span(0, 10), span(10, 14)}
	found := []Attribution{span(2, 14), span(0, 2)}
	got := match(gold, found, sameStatement)
	if want := []pair{{0, 1}, {1, 0}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := match(gold, nil, sameStatement); got != nil {
		t.Errorf("nothing found: %v", got)
	}
}

func TestAlpha(t *testing.T) {
	var example table // 12 units, each with the labels of the two coders
	for _, u := range []string{"00", "11", "31", "11", "11", "22", "33", "01", "22", "22", "33", "33"} {
		example[u[0]-'0'][u[1]-'0']++
	}
	// 24 values: 0 three times, 1 eight, 2 six, 3 seven; 2 of 12 units disagree.
	want := 1 - (24.-20.)*23/(24*23-(3*2+8*7+6*5+7*6))
	if got := example.alpha(); math.Abs(got-want) > 1e-12 {
		t.Errorf("%v, want %v", got, want)
	}
	for name, c := range map[string]struct {
		t    table
		want float64
	}{
		"nothing":   {table{}, 1},
		"one label": {table{{5}}, 1},
		"perfect":   {table{{5}, {0, 2}}, 1},
		"chance":    {table{{1, 1}, {1, 1}}, 1 - 4.*7/(56-24)},
	} {
		if got := c.t.alpha(); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestLabelsByRank(t *testing.T) {
	text := "Ada said Bob won, too"
	inner, outer := of(t, text, "Bob / won / too"), of(t, text, "Ada / said / Bob won, too")
	got := label(tokenise(text), []Attribution{inner, outer})
	if want := []uint8{inSpeaker, inCue, inSpeaker, inCue, inContent, inContent}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

const compared = "Ada said it rained. Bob hopes to win. “We lost,” they wrote. Kit: it snowed.\n"

func TestCompare(t *testing.T) {
	gold := []Attribution{
		of(t, compared, "Ada / said / it rained"),
		of(t, compared, "Bob / hopes / to win"),
		of(t, compared, " / wrote / “We lost,”"),
	}
	found := []Attribution{
		of(t, compared, "Ada / said / it rained. Bob"),
		of(t, compared, "Ada / hopes / to win"),          // another speaker
		of(t, compared, "they / wrote / “We lost,”"),     // a speaker where none is marked
		of(t, compared, "Kit / : / it snowed"),           // not marked
		of(t, compared, "Ada / said / it rained"),        // the second for the first
		{Cue: []hearsay.Span{{Start: 4, End: 8}}},        // without content
		of(t, compared, "Bob / hopes / it rained. Bob "), // another content
	}
	r := Compare([]Article{{Name: "a", Text: compared, Gold: gold}}, [][]Attribution{found})
	for _, c := range []struct {
		name               string
		gold, found, right int
	}{
		{"speaker_exact", 2, 6, 2},
		{"cue_exact", 3, 7, 3},
		{"content_exact", 3, 6, 3},
		{"content_exact_direct", 1, 1, 1},
		{"content_exact_mixed", 0, 0, 0},
		{"content_exact_indirect", 2, 5, 2},
		{"attribution_exact", 3, 7, 1},
		{"content_half", 3, 7, 1},
		{"attribution", 3, 7, 1},
		{"attribution_direct", 1, 1, 0},
		{"attribution_speech", 1, 3, 1},
		{"attribution_other", 1, 3, 0},
		{"content_characters", 25, 39, 25},
	} {
		f := r.Figure(c.name)
		if f.Gold != c.gold || f.Found != c.found || f.Right != c.right {
			t.Errorf("%s: gold %d, found %d, right %d; want %d, %d, %d", c.name, f.Gold, f.Found, f.Right, c.gold, c.found, c.right)
		}
	}
	if f := r.Figure("attribution"); f.Precision != 1./7 || f.Recall != 1./3 || f.F1 != .2 || f.Low != .2 || f.High != .2 {
		t.Errorf("attribution: %+v", f)
	}
	if r.Figure("no such figure").Name != "" {
		t.Error("a figure that is not there")
	}
}

func TestCompareWithItself(t *testing.T) {
	gold := []Attribution{of(t, compared, "Ada / said / it rained"), of(t, compared, " / wrote / “We lost,”")}
	r := Compare([]Article{{Text: compared, Gold: gold}}, [][]Attribution{gold})
	for _, f := range r.Figures {
		if f.Gold > 0 && f.F1 != 1 {
			t.Errorf("%s: F1 %v", f.Name, f.F1)
		}
	}
	if r.Alpha.Alpha != 1 || r.Alpha.Tokens != 23 {
		t.Errorf("alpha %+v", r.Alpha)
	}
}

func TestIntervalHoldsTheFigure(t *testing.T) {
	var articles []Article
	var found [][]Attribution
	for i := range 40 {
		gold := []Attribution{of(t, compared, "Ada / said / it rained"), of(t, compared, "Bob / hopes / to win")}
		articles = append(articles, Article{Text: compared, Gold: gold})
		found = append(found, gold[:1+i%2])
	}
	r := Compare(articles, found)
	f := r.Figure("attribution")
	if f.Low >= f.F1 || f.F1 >= f.High || f.High-f.Low > .2 {
		t.Errorf("%.3f in %.3f to %.3f", f.F1, f.Low, f.High)
	}
	if again := Compare(articles, found); !slices.Equal(again.Figures, r.Figures) || again.Alpha != r.Alpha {
		t.Error("the same again is not the same")
	}
	empty := Compare(nil, nil)
	if f := empty.Figure("attribution"); f.F1 != 0 || f.Low != 0 || f.High != 0 {
		t.Errorf("of nothing: %+v", f)
	}
}

func TestMisses(t *testing.T) {
	a := Article{Text: compared, Gold: []Attribution{
		of(t, compared, "Ada / said / it rained"),
		of(t, compared, "Bob / hopes / to win"),
		of(t, compared, " / wrote / “We lost,”"),
	}}
	found := []Attribution{
		of(t, compared, "Kit / : / it snowed"),
		of(t, compared, "Ada / hopes / to win"),
		of(t, compared, " / wrote / We lost"),
	}
	var got []string
	for _, m := range Misses(a, found) {
		word := "missed "
		if m.Extra {
			word = "extra "
		}
		got = append(got, word+words(compared, m.Cue)+": "+m.Class+", "+m.Lacks)
	}
	want := []string{
		"missed said: speech, other cue and other content",
		"extra hopes: other, other speaker",
		"missed hopes: other, other speaker",
		"extra :: other, nothing near",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWrite(t *testing.T) {
	gold := []Attribution{of(t, compared, "Ada / said / it rained")}
	r := Compare([]Article{{Text: compared, Gold: gold}}, [][]Attribution{gold})
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Articles int
		Figures  map[string]struct {
			F1, Human float64
			Low       *float64
		}
		Alpha struct{ Alpha, Human float64 }
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	speaker := got.Figures["speaker_exact"]
	if got.Articles != 1 || len(got.Figures) != figures || speaker.F1 != 1 || speaker.Human != .767 || speaker.Low == nil ||
		got.Alpha.Alpha != 1 || got.Alpha.Human != .754 {
		t.Errorf("%s", b.Bytes())
	}
	b.Reset()
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if len(line) > 92 {
			t.Errorf("long line: %s", line)
		}
	}
	if !strings.Contains(b.String(), "\nspeaker, exact              1.000  1.000  1.000  1.000 to 1.000  0.767      1      1      1\n") {
		t.Errorf("%s", b.String())
	}
}
