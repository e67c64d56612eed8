package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hearsay"
	"hearsay/export"
)

// find returns the span of the words in the text.
func find(t *testing.T, text, words string) hearsay.Span {
	t.Helper()
	at := strings.Index(text, words)
	if at < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	return hearsay.Span{Start: at, End: at + len(words)}
}

func TestJSONWritesEveryFieldInOrder(t *testing.T) {
	text := "Fähre gesunken\n“Die Fähre sank”, sagte Ana Krål <ana@example.org> dem Rat.\n"
	span := func(words string) hearsay.Span { return find(t, text, words) }
	doc := &hearsay.Document{
		ID: "d1", File: "a.txt", Record: 2, URL: "https://example.org/?a=1&b=2", Outlet: "example.org",
		Title: "Fähre gesunken", Bylines: []string{"Ana Krål"}, Credits: []string{"AFP"}, Initials: []string{"rm"}, Lang: "de",
		Published: time.Date(2026, 3, 4, 18, 30, 0, 0, time.FixedZone("", 3600)),
		Text:      text,
		Blocks:    []hearsay.Block{{Kind: hearsay.Heading, Span: span("Fähre gesunken")}},
		Repairs:   []hearsay.Repair{{Kind: hearsay.Mojibake, Span: span("ä"), Was: "Ã¤"}},
		SHA256:    "ff", Charset: "utf-8", Notes: []string{"cut short"},
	}
	statements := []hearsay.Statement{{
		ID: "s1", Quoting: hearsay.Direct, Mode: hearsay.Speech, Force: hearsay.Say, Negated: true,
		Content:   []hearsay.Span{span("“Die Fähre sank”")},
		Cue:       hearsay.Cue{Span: span("sagte"), Lemma: "sagen"},
		Speaker:   &hearsay.Mention{Span: span("Ana Krål"), Kind: hearsay.ByName, Name: "Ana Krål", Role: "Rätin"},
		Addressee: &hearsay.Mention{Span: span("dem Rat"), Kind: hearsay.ByNoun, Why: hearsay.WhyUnnamed},
		Within:    "s0",
		Because:   []hearsay.Reason{{Rule: "quote-cue", Span: span("sagte")}, {Rule: "no-span"}},
		Score:     0.5,
	}}
	want := `{"hearsay":1,"document":{"id":"d1","file":"a.txt","record":2,"url":"https://example.org/?a=1&b=2","outlet":"example.org",` +
		`"title":"Fähre gesunken","bylines":["Ana Krål"],"credits":["AFP"],"initials":["rm"],"lang":"de",` +
		`"published":"2026-03-04","published_at":"2026-03-04T18:30:00+01:00",` +
		`"text":"Fähre gesunken\n“Die Fähre sank”, sagte Ana Krål <ana@example.org> dem Rat.\n","sha256":"ff","charset":"utf-8",` +
		`"blocks":[{"kind":"heading","start":0,"end":14}],"repairs":[{"kind":"mojibake","start":1,"end":2,"was":"Ã¤"}],"notes":["cut short"]},` +
		`"statements":[{"id":"s1","quoting":"direct","mode":"speech","force":"say","negated":true,` +
		`"content":[{"start":15,"end":31,"text":"“Die Fähre sank”"}],"cue":{"start":33,"end":38,"text":"sagte","lemma":"sagen"},` +
		`"speaker":{"start":39,"end":47,"text":"Ana Krål","kind":"name","name":"Ana Krål","role":"Rätin"},` +
		`"addressee":{"start":66,"end":73,"text":"dem Rat","kind":"noun","why":"unnamed"},"within":"s0",` +
		`"because":[{"rule":"quote-cue","start":33,"end":38},{"rule":"no-span"}],"score":0.5}]}` + "\n"
	var b bytes.Buffer
	if err := export.JSON(&b, doc, statements, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestJSONLeavesOutWhatHasNothingToSay(t *testing.T) {
	var b bytes.Buffer
	doc := &hearsay.Document{Published: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}
	if err := export.JSON(&b, doc, nil, nil); err != nil {
		t.Fatal(err)
	}
	want := `{"hearsay":1,"document":{"record":0,"published":"2026-03-04","text":""},"statements":[]}` + "\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestJSONRefusesWhatIsNoSpanOfTheText(t *testing.T) {
	text := "“Né”"
	bad := map[string]hearsay.Span{
		"before the text":    {Start: -1, End: 3},
		"behind the text":    {Start: 0, End: len(text) + 1},
		"backwards":          {Start: 4, End: 3},
		"within a character": {Start: 0, End: 1},
	}
	for name, s := range bad {
		var b bytes.Buffer
		err := export.JSON(&b, &hearsay.Document{Text: text}, []hearsay.Statement{{Content: []hearsay.Span{s}}}, nil)
		if err == nil || b.Len() > 0 {
			t.Errorf("%s: error %v, wrote %q", name, err, b.String())
		}
	}
	var b bytes.Buffer
	if err := export.JSON(&b, &hearsay.Document{Text: "caf\xe9"}, nil, nil); err == nil {
		t.Error("a text that is not UTF-8 was written")
	}
}

func TestJSONWritesNothingThatATerminalObeys(t *testing.T) {
	title := "a\x1b[31m\x7f\u009b31m\u202eb\u2066\u2028 <b>&amp;"
	var b bytes.Buffer
	if err := export.JSON(&b, &hearsay.Document{Title: title}, nil, nil); err != nil {
		t.Fatal(err)
	}
	line := strings.TrimSuffix(b.String(), "\n")
	if i := strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
		t.Errorf("%q stands in %q", line[i:i+1], line)
	}
	if !strings.Contains(line, "<b>&amp;") {
		t.Errorf("HTML is escaped in %q", line)
	}
	var got struct{ Document struct{ Title string } }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got.Document.Title != title {
		t.Errorf("title came back as %q, %v", got.Document.Title, err)
	}
}

func TestJSONReturnsTheErrorOfTheWriter(t *testing.T) {
	if err := export.JSON(fullDisk{}, &hearsay.Document{}, nil, nil); !errors.Is(err, errFull) {
		t.Errorf("error is %v", err)
	}
}

var errFull = errors.New("disk full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// decoded is what a reader of the JSON sees of the spans.
type decoded struct {
	Document struct {
		Text    string
		Blocks  []decodedSpan
		Repairs []decodedSpan
	}
	Statements []struct {
		Content                 []decodedSpan
		Cue, Speaker, Addressee *decodedSpan
		Medium, Place, When     *decodedSpan
		Also                    []struct {
			decodedSpan
			Place, When *decodedSpan
		}
		Numbers, Times, Checks []decodedSpan
		Because                []struct{ Start, End *int }
	}
	Events []struct {
		decodedSpan
		When *decodedSpan
	}
}

type decodedSpan struct {
	Start, End int
	Text       *string
}

// TestJSONSpansAreSlicesOfTheText draws texts of characters of one to four
// bytes with spans anywhere in them, and cuts them out of the decoded text
// again by code points.
func TestJSONSpansAreSlicesOfTheText(t *testing.T) {
	alphabet := []rune("ab \n“”é—ß名前\U0001F1FA\U0001F600\u0301\u202e\x00\u2028")
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 300).Draw(t, "text"))
		var bounds []int
		for i := range text {
			bounds = append(bounds, i)
		}
		bounds = append(bounds, len(text))
		drawSpan := rapid.Custom(func(t *rapid.T) hearsay.Span {
			a, b := rapid.SampledFrom(bounds).Draw(t, "a"), rapid.SampledFrom(bounds).Draw(t, "b")
			return hearsay.Span{Start: min(a, b), End: max(a, b)}
		})
		span := func() hearsay.Span { return drawSpan.Draw(t, "span") }
		doc := &hearsay.Document{
			Text:    text,
			Blocks:  []hearsay.Block{{Kind: hearsay.Paragraph, Span: span()}},
			Repairs: []hearsay.Repair{{Kind: hearsay.Mojibake, Span: span()}},
		}
		s := hearsay.Statement{
			Content: []hearsay.Span{span(), span()}, Cue: hearsay.Cue{Span: span()},
			Speaker: &hearsay.Mention{Span: span()}, Addressee: &hearsay.Mention{Span: span()},
			Medium: &hearsay.Mention{Span: span()}, Place: &hearsay.Mention{Span: span()}, When: &hearsay.Moment{Span: span()},
			Also:    []hearsay.Voice{{Mention: hearsay.Mention{Span: span()}, Place: &hearsay.Mention{Span: span()}, When: &hearsay.Moment{Span: span()}}},
			Numbers: []hearsay.Quantity{{Span: span(), Of: span(), Holder: &hearsay.Mention{Span: span()}}},
			Times:   []hearsay.Moment{{Span: span()}},
			Checks:  []hearsay.Check{{Span: span(), By: &hearsay.Mention{Span: span()}}},
			Because: []hearsay.Reason{{Rule: "r", Span: span()}},
		}
		e := hearsay.Event{Span: span(), Participants: []hearsay.Mention{{Span: span()}}, When: &hearsay.Moment{Span: span()}}
		var b bytes.Buffer
		if err := export.JSON(&b, doc, []hearsay.Statement{s}, []hearsay.Event{e}); err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(b.Bytes()) || bytes.Count(b.Bytes(), []byte("\n")) != 1 {
			t.Fatalf("not one line of UTF-8: %q", b.Bytes())
		}
		var got decoded
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Document.Text != text {
			t.Fatalf("text %q came back as %q", text, got.Document.Text)
		}
		runes := []rune(text)
		same := func(what string, want hearsay.Span, got decodedSpan) {
			words := string(runes[got.Start:got.End])
			if words != want.In(text) || got.Text != nil && *got.Text != words {
				t.Errorf("%s %v is %q, came back as %q", what, want, want.In(text), words)
			}
		}
		found := got.Statements[0]
		same("block", doc.Blocks[0].Span, got.Document.Blocks[0])
		same("repair", doc.Repairs[0].Span, got.Document.Repairs[0])
		same("content", s.Content[0], found.Content[0])
		same("second content", s.Content[1], found.Content[1])
		same("speaker", s.Speaker.Span, *found.Speaker)
		same("addressee", s.Addressee.Span, *found.Addressee)
		same("medium", s.Medium.Span, *found.Medium)
		same("place", s.Place.Span, *found.Place)
		same("when", s.When.Span, *found.When)
		same("also", s.Also[0].Span, found.Also[0].decodedSpan)
		same("place of also", s.Also[0].Place.Span, *found.Also[0].Place)
		same("when of also", s.Also[0].When.Span, *found.Also[0].When)
		same("number", s.Numbers[0].Span, found.Numbers[0])
		same("time", s.Times[0].Span, found.Times[0])
		same("check", s.Checks[0].Span, found.Checks[0])
		same("event", e.Span, got.Events[0].decodedSpan)
		same("when of event", e.When.Span, *got.Events[0].When)
		if found.Cue != nil {
			same("cue", s.Cue.Span, *found.Cue)
		} else if !s.Cue.Empty() {
			t.Error("the cue is missing")
		}
		if r := found.Because[0]; r.Start != nil {
			same("reason", s.Because[0].Span, decodedSpan{Start: *r.Start, End: *r.End})
		} else if !s.Because[0].Empty() {
			t.Error("the span of the reason is missing")
		}
	})
}

// BenchmarkJSON writes 1, 10 and 100 times the same report: the time for a
// byte must not grow.
func BenchmarkJSON(b *testing.B) {
	paragraph := "“The dam held – né?” she said, and the río rose to its mark again that night.\n"
	for _, n := range []int{1000, 10_000, 100_000} {
		doc := &hearsay.Document{Text: strings.Repeat(paragraph, n)}
		var statements []hearsay.Statement
		for i := range n / 10 {
			at := i * 10 * len(paragraph)
			statements = append(statements, hearsay.Statement{
				ID:      "s",
				Content: []hearsay.Span{{Start: at, End: at + strings.Index(paragraph, " she")}},
				Speaker: &hearsay.Mention{Span: hearsay.Span{Start: at, End: at + 3}},
			})
		}
		b.Run(strconv.Itoa(n)+"paragraphs", func(b *testing.B) {
			b.SetBytes(int64(len(doc.Text)))
			for b.Loop() {
				if err := export.JSON(&bytes.Buffer{}, doc, statements, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestTheFieldsAreDocumented holds docs/json.md against the code: every field
// that is written and every word that may stand in one.
func TestTheFieldsAreDocumented(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	manual := read("../docs/json.md")
	field, word := regexp.MustCompile("`json:\"([a-z0-9_]+)"), regexp.MustCompile(`(?m)^\s+[A-Z]\w+\s.*= "([a-z_]+)"`)
	found := field.FindAllStringSubmatch(read("json.go")+read("record.go"), -1)
	found = append(found, word.FindAllStringSubmatch(read("../document.go")+read("../statement.go"), -1)...)
	if len(found) < 60 {
		t.Fatalf("found only %d fields and words in the code", len(found))
	}
	for _, m := range found {
		if !strings.Contains(manual, "`"+m[1]+"`") {
			t.Errorf("docs/json.md does not have `%s`", m[1])
		}
	}
}
