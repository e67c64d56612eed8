package annotate

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
)

// A meantime is a document of MEANTIME.
type meantime struct {
	Tokens []struct {
		ID       string `xml:"t_id,attr"`
		Sentence int    `xml:"sentence,attr"`
		Text     string `xml:",chardata"`
	} `xml:"token"`
	Markables struct {
		Values []struct {
			Type    string `xml:"type,attr"`
			Anchors []struct {
				ID string `xml:"t_id,attr"`
			} `xml:"token_anchor"`
		} `xml:"VALUE"`
		Other []struct {
			Anchors []struct {
				ID string `xml:"t_id,attr"`
			} `xml:"token_anchor"`
		} `xml:",any"`
	}
}

// TestMeantimeValues measures which of the values that people marked in the
// MEANTIME news are found, and how much of what is found they marked. Only
// where the value lies is marked there, not how much it is. Lengths of time
// count as times there and are left out; so are sentences behind the last one
// with a mark, which nobody read.
func TestMeantimeValues(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(corpora(t, "meantime"), "intra-doc_annotation", "*", "*.xml"))
	if len(files) == 0 {
		t.Fatal("no news in MEANTIME")
	}
	a := load(t)
	marked, hit, got, good := 0, 0, 0, 0
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var m meantime
		if err := xml.Unmarshal(b, &m); err != nil {
			t.Fatal(file, err)
		}
		text, at, last := m.text()
		x, fs := foundIn(a, text)
		inside := make([]bool, len(fs))
		for _, v := range m.Markables.Values {
			if len(v.Anchors) == 0 {
				continue
			}
			marked++
			s := hearsay.Span{Start: at[v.Anchors[0].ID].Start, End: at[v.Anchors[len(v.Anchors)-1].ID].End}
			ok := false
			for i, f := range fs {
				n := x.span(f.number)
				if n.Start < s.End && s.Start < n.End {
					ok, inside[i] = true, true
				}
			}
			if ok {
				hit++
			} else if testing.Verbose() {
				t.Logf("missed %s %q", v.Type, text[max(0, s.Start-30):min(len(text), s.End+30)])
			}
		}
		for i, f := range fs {
			s := x.span(f.words)
			if f.kind == timeUnit || s.Start >= last {
				continue
			}
			got++
			if inside[i] {
				good++
			} else if testing.Verbose() {
				t.Logf("not marked %q", text[max(0, s.Start-30):min(len(text), s.End+30)])
			}
		}
	}
	p, r := float64(good)/float64(got), float64(hit)/float64(marked)
	t.Logf("%d marked, %d found of these (recall %.3f); %d found, %d marked (precision %.3f); F1 %.3f", marked, hit, r, got, good, p, 2*p*r/(p+r))
	if r < 0.85 || p < 0.80 {
		t.Errorf("recall %.3f, precision %.3f", r, p)
	}
}

// text writes the sentences as paragraphs, and returns where each token lies
// and where the last sentence with a mark ends.
func (m *meantime) text() (text string, at map[string]hearsay.Span, last int) {
	var b strings.Builder
	at = map[string]hearsay.Span{}
	sentenceOf, end := map[string]int{}, map[int]int{}
	for i, tok := range m.Tokens {
		if i > 0 {
			sep := " "
			if tok.Sentence != m.Tokens[i-1].Sentence {
				sep = "\n"
			}
			b.WriteString(sep)
		}
		start := b.Len()
		b.WriteString(strings.ReplaceAll(tok.Text, "#", "£"))
		at[tok.ID] = hearsay.Span{Start: start, End: b.Len()}
		sentenceOf[tok.ID], end[tok.Sentence] = tok.Sentence, b.Len()
	}
	note := func(id string) { last = max(last, end[sentenceOf[id]]) }
	for _, v := range m.Markables.Values {
		for _, x := range v.Anchors {
			note(x.ID)
		}
	}
	for _, v := range m.Markables.Other {
		for _, x := range v.Anchors {
			note(x.ID)
		}
	}
	return b.String(), at, last
}

// foundIn returns the figures of a text with a paragraph a line.
func foundIn(a *Annotator, text string) (*analysis, []figure) {
	d := &hearsay.Document{Text: text}
	at := 0
	for line := range strings.SplitSeq(text, "\n") {
		d.Blocks = append(d.Blocks, hearsay.Block{Kind: hearsay.Paragraph, Span: hearsay.Span{Start: at, End: at + len(line)}})
		at += len(line) + 1
	}
	x := a.analyse(d)
	var fs []figure
	for _, w := range x.claimed([]attribution{{content: []words{{0, len(x.ts)}}}}) {
		fs = append(fs, x.figures(w)...)
	}
	return x, fs
}
