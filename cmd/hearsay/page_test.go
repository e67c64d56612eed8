package main

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay"
)

var (
	escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")
	numbers = regexp.MustCompile(`\[[0-9]+\]`)
)

// TestPageKeepsTheWords draws texts, blocks and statements whose parts overlap
// in any way: taking the colours and the numbers away leaves the words of the
// blocks in their order, and each statement has its number in the text.
func TestPageKeepsTheWords(t *testing.T) {
	alphabet := []rune("abc  \n“”é名\U0001F600-")
	rapid.Check(t, func(t *rapid.T) {
		text := "x" + string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 400).Draw(t, "text")) + "x"
		var bounds []int
		for i := range text {
			bounds = append(bounds, i)
		}
		bounds = append(bounds, len(text))
		span := func(name string) hearsay.Span {
			a, b := rapid.SampledFrom(bounds).Draw(t, name), rapid.SampledFrom(bounds).Draw(t, name)
			return hearsay.Span{Start: min(a, b), End: max(a, b)}
		}
		doc := &hearsay.Document{Text: text, Blocks: []hearsay.Block{{Kind: hearsay.Paragraph, Span: hearsay.Span{End: len(text)}}}}
		var statements []hearsay.Statement
		for range rapid.IntRange(0, 5).Draw(t, "statements") {
			statements = append(statements, hearsay.Statement{
				Content: []hearsay.Span{span("content"), span("content")},
				Cue:     hearsay.Cue{Span: span("cue")},
				Speaker: &hearsay.Mention{Span: span("speaker")},
			})
		}
		columns := rapid.IntRange(leastColumns, mostColumns).Draw(t, "columns")
		p := newPage(&bytes.Buffer{}, doc, statements, screen{colored: true, columns: columns})
		p.text()
		got := escapes.ReplaceAllString(p.w.String(), "")
		if len(statements) > 0 {
			_, got, _ = strings.Cut(got, "\n") // the legend
		}
		for i := range statements {
			if n := "[" + strconv.Itoa(i+1) + "]"; strings.Count(got, n) != 1 {
				t.Fatalf("%s stands %d times in %q", n, strings.Count(got, n), got)
			}
		}
		got = numbers.ReplaceAllString(got, "")
		if a, b := withoutSpace(text), withoutSpace(got); a != b {
			t.Fatalf("the words were %q and are %q", a, b)
		}
		for _, line := range strings.Split(got, "\n") {
			if cells(line) > textColumns+1 {
				t.Fatalf("%d cells in %q", cells(line), line)
			}
		}
	})
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestFlowWrapsBetweenWordsOnly(t *testing.T) {
	var b bytes.Buffer
	p := sheet{w: &b, columns: 16}
	p.flow([]words{{plain, "The dam at "}, {speakerColor, "Veshny"}, {plain, ", which\nhas held, "}, {plain, "unbelievablylongword."}}, "• ", "  ")
	want := "• The dam at\n  Veshny, which\n  has held,\n  unbelievablylo\n  ngword.\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"three gates", 11, "three gates"},
		{"three gates opened", 14, "three gates…"},
		{"threegates opened", 6, "three…"},
		{"名前名前", 5, "名前…"},
		{"“yes,” she", 8, "“yes,”…"},
	} {
		if got := shorten(c.text, c.columns); got != c.want || cells(got) > c.columns {
			t.Errorf("shorten(%q, %d) = %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"plain text, né 名前 👩‍👩": "plain text, né 名前 👩‍👩",
		"a\tb\n":                "a\tb\n",
		"a\x1b[31mb\x00\x7f":    "a<U+001B>[31mb<U+0000><U+007F>",
		"\u009b31m\u202eabc":    "<U+009B>31m<U+202E>abc",
		"a\u2066b\u200fc\ufeff": "a<U+2066>b<U+200F>c<U+FEFF>",
		"a\rb\u2028c":           "a<U+000D>b<U+2028>c",
		"bad \xff byte":         "bad \ufffd byte",
	} {
		if got := printable(text); got != want {
			t.Errorf("printable(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestColoursCanBeReadOnAnyBackground computes the contrast of each colour with
// a white, a black and two grey-ish backgrounds as terminals have them. Three to
// one is what the web's rules ask of large and bold text; plain terminals offer
// less.
func TestColoursCanBeReadOnAnyBackground(t *testing.T) {
	backgrounds := map[string]float64{
		"white": 1, "black": 0, "#1e1e1e": luminance(0x1e, 0x1e, 0x1e), "#fdf6e3": luminance(0xfd, 0xf6, 0xe3),
	}
	for s, code := range colorCodes {
		if code == "" {
			continue
		}
		n, err := strconv.Atoi(code[strings.LastIndexByte(code, ';')+1:])
		if err != nil {
			t.Fatal(err)
		}
		y := xtermLuminance(n)
		for name, background := range backgrounds {
			if c := (max(y, background) + 0.05) / (min(y, background) + 0.05); c < 3 {
				t.Errorf("colour %d of style %d has contrast %.1f on %s", n, s, c, name)
			}
		}
	}
}

// xtermLuminance is the luminance of one of the 256 colours, from 16 up.
func xtermLuminance(n int) float64 {
	if n >= 232 {
		grey := 8 + 10*(n-232)
		return luminance(grey, grey, grey)
	}
	steps := [6]int{0, 95, 135, 175, 215, 255}
	n -= 16
	return luminance(steps[n/36], steps[n/6%6], steps[n%6])
}

func luminance(r, g, b int) float64 {
	linear := func(c int) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestProgressSpeaksAfterASecond(t *testing.T) {
	var b bytes.Buffer
	p := &progress{w: &b, on: true}
	p.begin(3)
	r := p.watch(strings.NewReader(strings.Repeat("x", 2_000_000)), 4_000_000)
	buf := make([]byte, 2_000_000)
	r.Read(buf)
	if b.Len() > 0 {
		t.Errorf("wrote %q at once", b.String())
	}
	p.started = time.Now().Add(-2 * time.Second)
	p.report()
	want := "\r\x1b[Kreading file 1 of 3, 2.0 MB of 4.0 MB (50 %), 1 report, 1.0 MB/s"
	if b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
	p.report() // too soon after the last time
	p.clear()
	p.clear()
	if b.String() != want+"\r\x1b[K" {
		t.Errorf("wrote %q", b.String())
	}
}

// BenchmarkPage prints 1, 10 and 100 times the same report, and one line
// without a space: the time for a byte must not grow.
func BenchmarkPage(b *testing.B) {
	paragraph := "“The dam held – né?” she said, and the río rose to its mark again that night.\n"
	for _, n := range []int{100, 1000, 10_000} {
		b.Run(fmt.Sprintf("%dparagraphs", n), func(b *testing.B) {
			doc, statements := repeated(paragraph, n)
			benchmarkPage(b, doc, statements)
		})
		b.Run(fmt.Sprintf("%dwithoutspace", n*len(paragraph)), func(b *testing.B) {
			text := strings.Repeat("x", n*len(paragraph))
			doc := &hearsay.Document{Text: text, Blocks: []hearsay.Block{{Kind: hearsay.Paragraph, Span: hearsay.Span{End: len(text)}}}}
			benchmarkPage(b, doc, nil)
		})
	}
}

// repeated makes a report of n times the paragraph, a statement in each.
func repeated(paragraph string, n int) (*hearsay.Document, []hearsay.Statement) {
	doc := &hearsay.Document{Text: strings.Repeat(paragraph, n)}
	var statements []hearsay.Statement
	at := func(i int, words string) hearsay.Span {
		start := i*len(paragraph) + strings.Index(paragraph, words)
		return hearsay.Span{Start: start, End: start + len(words)}
	}
	for i := range n {
		doc.Blocks = append(doc.Blocks, hearsay.Block{Kind: hearsay.Paragraph, Span: at(i, strings.TrimSpace(paragraph))})
		statements = append(statements, hearsay.Statement{
			Content: []hearsay.Span{at(i, "“The dam held – né?”")}, Cue: hearsay.Cue{Span: at(i, "said")},
			Speaker: &hearsay.Mention{Span: at(i, "she")},
		})
	}
	return doc, statements
}

func benchmarkPage(b *testing.B, doc *hearsay.Document, statements []hearsay.Statement) {
	if !utf8.ValidString(doc.Text) {
		b.Fatal("not UTF-8")
	}
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		writePage(&bytes.Buffer{}, doc, statements, nil, screen{colored: true, columns: 100})
	}
}

// TestPageTellsTheSetting prints a statement of which the report says all that
// it can say, and an event.
func TestPageTellsTheSetting(t *testing.T) {
	text := "On Tuesday Ott told Radio Kestrel in Harrow that Marenia had lost 60 ships. Ott met Brand. The radio could not verify it."
	at := func(words string) hearsay.Span {
		i := strings.Index(text, words)
		return hearsay.Span{Start: i, End: i + len(words)}
	}
	who := func(words, name string) *hearsay.Mention { return &hearsay.Mention{Span: at(words), Name: name} }
	tuesday := &hearsay.Moment{Span: at("Tuesday"), From: "2026-03-03", To: "2026-03-03"}
	radio := who("Radio Kestrel", "Radio Kestrel")
	statement := hearsay.Statement{
		ID: "a", Cue: hearsay.Cue{Span: at("told"), Lemma: "tell"}, Content: []hearsay.Span{at("that Marenia had lost 60 ships")}, Speaker: who("Ott", "Ann Ott"),
		Addressee: radio, Medium: radio, Place: who("Harrow", ""), When: tuesday, Also: []hearsay.Voice{{Mention: *who("Brand", "Emil Brand"), When: tuesday}},
		Numbers: []hearsay.Quantity{{Span: at("60 ships"), Value: 60, Holder: who("Marenia", "Marenia"), Did: "lose"}},
		Checks:  []hearsay.Check{{Span: at("The radio could not verify it"), By: radio, Finding: hearsay.CouldNotVerify}},
		Answers: "b",
	}
	answered := hearsay.Statement{ID: "b", Content: []hearsay.Span{at("it")}}
	event := hearsay.Event{Kind: hearsay.Meeting, Span: at("Ott met Brand"), Participants: []hearsay.Mention{*who("Ott", "Ann Ott"), *who("Brand", "Emil Brand")}, Place: who("Harrow", ""), When: tuesday, Planned: true}
	var b bytes.Buffer
	writePage(&b, &hearsay.Document{Text: text}, []hearsay.Statement{statement, answered}, []hearsay.Event{event}, screen{columns: 200})
	for _, want := range []string{
		"   to Radio Kestrel · in Harrow · Tuesday (2026-03-03) · also Emil Brand, Tuesday (2026-03-03)",
		"answers 2",
		"   numbers: 60 ships (Marenia, lose)",
		"   could not verify, by Radio Kestrel: The radio could not verify it",
		"Events\nmeeting · Ann Ott and Emil Brand · Harrow · Tuesday (2026-03-03) · planned\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page does not have %q:\n%s", want, b.String())
		}
	}
}

func TestTextInPiecesIsPrintable(t *testing.T) {
	text := "né \x1b[31m 🚢 “ok”\u202e\n"
	for size := 1; size < 7; size++ {
		var b bytes.Buffer
		v := &visibleWriter{w: &b}
		for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
			if _, err := v.Write([]byte(rest[:min(size, len(rest))])); err != nil {
				t.Fatal(err)
			}
		}
		if b.String() != printable(text) {
			t.Errorf("in pieces of %d bytes: %q", size, b.String())
		}
	}
}
