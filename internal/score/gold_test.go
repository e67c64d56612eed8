package score

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"hearsay"
)

const goldText = "Mayor Ada Quill said “no”. She added that Ostrow would pay. Ostrow: taxes rise\n" +
	"The council in Velm warned of ruin.\n"

// goldFileOf writes a gold file and its text and returns its path.
func goldFileOf(t *testing.T, statements string) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "x.gold.json")
	data := `{"text": "x.txt", "published": "2031-05-04", "aliases": {"Ada Quill": ["Quill", "Mayor Quill"]}, "statements": [` + statements + `]}`
	for name, text := range map[string]string{"x.txt": goldText, "x.gold.json": data} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

const goldStatements = `
{"id": 1, "speaker": "Ada Quill", "source": [{"start": 0, "end": 15, "text": "Mayor Ada Quill"}], "cue": [{"start": 16, "end": 20, "text": "said"}], "content": [{"start": 21, "end": 25, "text": "“no”"}]},
{"id": 2, "speaker": "Ada Quill", "source": [{"start": 27, "end": 30, "text": "She"}], "cue": [{"start": 31, "end": 36}], "content": [{"start": 37, "end": 58}]},
{"id": 3, "speaker": "Republic of Ostrow", "source": [{"start": 60, "end": 66, "text": "Ostrow"}], "cue": [{"start": 66, "end": 67}], "content": [{"start": 68, "end": 78, "text": "taxes rise"}]},
{"id": 4, "speaker": "The council in Vellm", "source": [{"start": 79, "end": 98}], "cue": [{"start": 99, "end": 105}], "content": [{"start": 106, "end": 113}]}`

// said makes a statement from the words of text.
func said(text, speaker, name, cue, content string) hearsay.Statement {
	at := func(words string) hearsay.Span {
		i := strings.Index(text, words)
		return hearsay.Span{Start: i, End: i + len(words)}
	}
	s := hearsay.Statement{Cue: hearsay.Cue{Span: at(cue)}, Content: []hearsay.Span{at(content)}}
	if speaker != "" {
		s.Speaker = &hearsay.Mention{Span: at(speaker), Name: name}
		if strings.EqualFold(speaker, "she") {
			s.Speaker.Kind = hearsay.ByPronoun
		}
	}
	return s
}

func TestGoldCountsRightSpeakers(t *testing.T) {
	g, err := ReadGold(goldFileOf(t, goldStatements))
	if err != nil {
		t.Fatal(err)
	}
	doc := &hearsay.Document{Text: goldText}
	for _, c := range []struct {
		name           string
		statement      hearsay.Statement
		of             int // the gold statement it is, from 0
		byName, bySpan bool
	}{
		{"full name", said(goldText, "Ada Quill", "Ada Quill", "said", "no"), 0, true, false},
		{"alias", said(goldText, "Ada Quill", "Quill", "said", "no"), 0, true, false},
		{"no name for a person", said(goldText, "Ada Quill", "", "said", "no"), 0, false, false},
		{"wrong name", said(goldText, "Ada Quill", "Ostrow", "said", "no"), 0, false, false},
		{"no speaker", said(goldText, "", "", "said", "no"), 0, false, false},
		{"pronoun resolved", said(goldText, "She", "Ada Quill", "added", "Ostrow would"), 1, true, false},
		{"pronoun for a name", said(goldText, "She", "She", "added", "Ostrow would"), 1, false, false},
		{"place by its own words", said(goldText, "Ostrow", "Ostrow", ":", "taxes rise"), 2, false, false},
		{"spelt as in the text", said(goldText, "The council in Velm", "the council in Velm", "warned", "of ruin"), 3, true, false},
		{"group without a name", said(goldText, "The council in Velm", "", "warned", "of ruin"), 3, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "place by its own words" { // the second Ostrow is meant
				at := strings.Index(goldText, "Ostrow:")
				c.statement.Speaker.Span = hearsay.Span{Start: at, End: at + len("Ostrow")}
				c.bySpan = true
			}
			for i, o := range g.Compare(doc, []hearsay.Statement{c.statement}).Outcomes {
				if want := i == c.of; (o.Found == 0) != want {
					t.Errorf("statement %d: found is %d", o.ID, o.Found)
				}
				if i == c.of && (o.ByName != c.byName || o.BySpan != c.bySpan) {
					t.Errorf("by name %v, by span %v; want %v, %v", o.ByName, o.BySpan, c.byName, c.bySpan)
				}
			}
		})
	}
}

func TestGoldNeedsCueAndContent(t *testing.T) {
	g, err := ReadGold(goldFileOf(t, goldStatements))
	if err != nil {
		t.Fatal(err)
	}
	doc := &hearsay.Document{Text: goldText}
	statements := []hearsay.Statement{
		said(goldText, "Ada Quill", "Ada Quill", "added", "no"),
		{Content: []hearsay.Span{{Start: 23, End: 27}}},
	}
	for _, o := range g.Compare(doc, statements).Outcomes {
		if o.Found >= 0 {
			t.Errorf("statement %d found in %d", o.ID, o.Found)
		}
	}
}

func TestReadGoldErrors(t *testing.T) {
	for name, c := range map[string]struct{ statements, want string }{
		"not JSON":    {`{`, "x.gold.json: "},
		"outside":     {`{"id": 7, "content": [{"start": 3, "end": 4000}]}`, "statement 7: range 3 to 4000 outside a text of 115 code points"},
		"other words": {`{"id": 8, "cue": [{"start": 0, "end": 5, "text": "major"}]}`, `statement 8: range 0 to 5 covers "Mayor", want "major"`},
	} {
		if _, err := ReadGold(goldFileOf(t, c.statements)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if n := utf8.RuneCountInString(goldText); n != 115 {
		t.Errorf("the text has %d code points", n)
	}
}

// The report that the product was made for can be read, if it is there.
func TestReadGoldOfReport(t *testing.T) {
	path := filepath.Join(cmp.Or(os.Getenv("HEARSAY_REPORTS"), "../../../shared/reports"), "stoltenberg-washington.gold.json")
	if _, err := os.Stat(path); err != nil {
		t.Skip("skipped: no report with gold: ", err)
	}
	g, err := ReadGold(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Statements) != 34 {
		t.Errorf("%d statements, want 34", len(g.Statements))
	}
}
