package score

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay"
)

// writeCorpus writes a part of a corpus and returns its folder. Names without
// a folder are annotations.
func writeCorpus(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const velmText = "“Señor Ruiz pays,” said Ada, “or leaves.”\n\nBob hopes\nto win. “Talks,” they agreed.\n"

// The marks of a made-up annotator, with everything that the corpus has:
// events before what they name, a remark, an empty event, types to be left
// out, a covered text with a line break, pieces, a second content, no speaker.
const velmMarks = "E1\tAttribution:T4 Content:T1 Cue:T2 Source:T3\n" +
	"T1\tContent 0 18;29 41\t“Señor Ruiz pays,” “or leaves.”\n" +
	"T2\tCue 19 23\tsaid\n" +
	"T3\tSource 24 27;27 28\tAda\n" +
	"T4\tAttribution 19 23\tsaid\n" +
	"#1\tAnnotatorNotes T3\tE9\tis this one?\n" +
	"T5\tDiscuss 0 5\t“Seño\n" +
	"E2\t\n" +
	"T6\tContent 53 59\tto wi\nn extra line\n" +
	"T7\tCue 47 52\thopes\n" +
	"T8\tSource 43 46\tBob\n" +
	"T12\tContent 59 60\t.\n" +
	"E3\tAttribution:T7 Content:T6 Content2:T12 Cue:T7 Source:T8\r\n" +
	"T9\tContent 61 69\t“Talks,”\n" +
	"T10\tCue 75 81\tagreed\n" +
	"E4\tAttribution-no-source:T10 Cue:T10 Content:T9\n" +
	"E5\tAttribution:T10 Cue:T10\n"

func words(text string, spans []hearsay.Span) string {
	var all []string
	for _, s := range spans {
		all = append(all, s.In(text))
	}
	return strings.Join(all, "|")
}

func TestPolNeAR(t *testing.T) {
	dir := writeCorpus(t, map[string]string{
		"text/velm_1.txt":            velmText,
		"attributions/velm_1_bb.ann": "",
		"attributions/velm_1_aa.ann": velmMarks,
		"text/alder.txt":             "None.\n",
		"attributions/alder_cc.ann":  "",
		"attributions/.hidden_a.ann": "",
		"attributions/notes.txt":     "",
	})
	articles, err := PolNeAR(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range articles {
		got = append(got, a.Name+" "+a.Annotator)
		for _, g := range a.Gold {
			got = append(got, words(a.Text, g.Speaker)+" / "+words(a.Text, g.Cue)+" / "+words(a.Text, g.Content))
		}
	}
	want := []string{
		"alder cc",
		"velm_1 aa",
		"Ada|, / said / “Señor Ruiz pays,”|“or leaves.”",
		"Bob / hopes / to win|.",
		" / agreed / “Talks,”",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	all, err := annotations(dir)
	if err != nil || len(all) != 3 || all[2].Annotator != "bb" {
		t.Errorf("all annotators: %v, %v", all, err)
	}
}

func TestPolNeARErrors(t *testing.T) {
	for name, c := range map[string]struct{ marks, want string }{
		"outside":    {"\nT1\tCue 3 900\tx\n", "x_a.ann: line 2: range 3 to 900 outside a text of 2 code points"},
		"backwards":  {"T1\tCue 2 1\tx\n", "line 1: range 2 to 1"},
		"no offsets": {"T1\tCue\tx\n", `line 1: no offsets in "Cue"`},
		"no number":  {"T1\tCue 0 x\tx\n", `line 1: end of "0 x"`},
		"half":       {"T1\tCue ;0 1\tx\n", `line 1: start of ""`},
		"not there":  {"T1\tCue 0 1\tx\nE1\tCue:T1 Content:T3\n", `line 2: Content names "T3", which is not there`},
	} {
		dir := writeCorpus(t, map[string]string{"text/x.txt": "é\n", "attributions/x_a.ann": c.marks})
		if _, err := PolNeAR(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if _, err := PolNeAR(writeCorpus(t, map[string]string{"attributions/x_a.ann": ""})); err == nil || !strings.Contains(err.Error(), "text of x_a.ann") {
		t.Errorf("without a text: %v", err)
	}
	if _, err := PolNeAR(writeCorpus(t, map[string]string{"attributions/x": ""})); err == nil || !strings.Contains(err.Error(), "no annotated articles") {
		t.Errorf("empty: %v", err)
	}
	if _, err := PolNeAR(t.TempDir()); err == nil {
		t.Error("a folder without attributions is read")
	}
}

// The corpus itself, if it is there: as many as its description counts.
func TestPolNeARWhole(t *testing.T) {
	articles, err := PolNeAR(corpus(t, "dev"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, a := range articles {
		n += len(a.Gold)
	}
	if len(articles) != 84 || n != 2192 {
		t.Errorf("%d articles, %d attributions; want 84, 2192", len(articles), n)
	}
}
