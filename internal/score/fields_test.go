package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay"
)

const recordMarked = "{T1:On Tuesday} {S1:Ann Ott} {V1:told} {A1:reporters} in {P1:Harrow} {C1:that Marenia had lost {N1:more than 60 ships} in {T1:May}}. {K1:{B1:The Herald} could not verify the figure.} {S2:Marenia} {V2:denied} {C2:it}.\n"

const recordValues = `{"style": "wire", "published": "2026-03-04", "outlet": "The Herald",
 "statements": {
  "1": {"mode": "speech", "force": "claim", "speaker": {"name": "Ann Ott", "kind": "name"}, "addressee": {"name": "", "kind": "group"}, "place": "Harrow",
   "when": ["2026-03-03", "2026-03-03"],
   "numbers": [{"text": "more than 60 ships", "value": 60, "bound": "more_than", "unit": "ship", "holder": "Marenia", "did": "lose"}],
   "times": [{"text": "May", "from": "2025-05-01", "to": "2025-05-31"}],
   "checks": [{"text": "The Herald could not verify the figure", "by": "The Herald", "finding": "could_not_verify", "covers": "statement"}]},
  "2": {"mode": "speech", "force": "deny", "speaker": {"name": "Marenia", "kind": "organisation"}, "answers": 1}},
 "events": [{"kind": "meeting", "text": "told reporters", "participants": ["Ann Ott"], "place": "Harrow", "planned": false}]}`

func recordsOf(t *testing.T, marked, values string) ([]Record, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.marked": marked, "a.json": values} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return ReadRecords(dir)
}

func TestRecordsThatDoNotFitAreRefused(t *testing.T) {
	for _, c := range []struct{ marked, values, want string }{
		{recordMarked, `{"statements": {}}`, "has no values"},
		{recordMarked, "{", "JSON"},
		{"{S1:Ott", recordValues, "never closed"},
		{strings.ReplaceAll(recordMarked, "{C2:it}", "it"), recordValues, "statement 2 has no content"},
		{recordMarked, strings.Replace(recordValues, `"2":`, `"3":`, 1), `statement "3" of 2`},
		{recordMarked, strings.Replace(recordValues, "2026-03-04", "tomorrow", 1), "published"},
	} {
		if _, err := recordsOf(t, c.marked, c.values); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
	if _, err := ReadRecords(t.TempDir()); err == nil {
		t.Error("a folder without records gives no error")
	}
}

// TestFieldsCount finds everything once, and then with a wrong value in most
// fields.
func TestFieldsCount(t *testing.T) {
	records, err := recordsOf(t, recordMarked, recordValues)
	if err != nil {
		t.Fatal(err)
	}
	r := &records[0]
	doc := &hearsay.Document{Text: r.Text}
	at := func(words string) hearsay.Span {
		i := strings.Index(r.Text, words)
		return hearsay.Span{Start: i, End: i + len(words)}
	}
	found := func() ([]hearsay.Statement, []hearsay.Event) {
		ott := &hearsay.Mention{Span: at("Ann Ott"), Kind: hearsay.ByName, Name: "Ann Ott"}
		return []hearsay.Statement{{
				ID: "x", Mode: hearsay.Speech, Force: hearsay.Claim, Speaker: ott, Cue: hearsay.Cue{Span: at("told")},
				Content:   []hearsay.Span{at("that Marenia had lost more than 60 ships in May")},
				Addressee: &hearsay.Mention{Span: at("reporters")}, Place: &hearsay.Mention{Span: at("Harrow")},
				When:    &hearsay.Moment{Span: at("On Tuesday"), From: "2026-03-03", To: "2026-03-03"},
				Numbers: []hearsay.Quantity{{Span: at("more than 60 ships"), Value: 60, Bound: hearsay.MoreThan, Unit: "ship", Holder: &hearsay.Mention{Name: "Marenia"}, Did: "lose"}},
				Times:   []hearsay.Moment{{Span: at("May"), From: "2025-05-01", To: "2025-05-31"}},
				Checks:  []hearsay.Check{{Span: at("The Herald could not verify the figure."), By: &hearsay.Mention{Span: at("The Herald")}, Finding: hearsay.CouldNotVerify, Covers: hearsay.CoversStatement}},
			}, {
				ID: "y", Mode: hearsay.Speech, Force: hearsay.Deny, Cue: hearsay.Cue{Span: at("denied")}, Content: []hearsay.Span{{Start: at("denied it").End - 2, End: at("denied it").End}},
				Speaker: &hearsay.Mention{Kind: hearsay.ByOrganisation, Span: hearsay.Span{Start: at("Marenia denied").Start, End: at(" denied").Start}, Name: "Marenia"}, Answers: "x",
			}},
			[]hearsay.Event{{Kind: hearsay.Meeting, Span: at("told reporters"), Participants: []hearsay.Mention{*ott}, Place: &hearsay.Mention{Span: at("Harrow")}}}
	}
	statements, events := found()
	f := NewFields()
	f.Add(r, doc, statements, events)
	for _, c := range f.Counts() {
		if c.Gold != c.Found || c.Gold != c.Right {
			t.Errorf("all is right, but %+v", c)
		}
	}
	if len(f.Misses()) > 0 {
		t.Errorf("all is right, but %q", f.Misses())
	}

	statements, events = found()
	statements[0].Speaker.Name = "Anna Ott"
	statements[0].Addressee, statements[0].Place.Span = nil, at("The Herald")
	statements[0].When.To = ""
	statements[0].Numbers[0].Value = 61
	statements[0].Numbers = append(statements[0].Numbers, hearsay.Quantity{Span: at("May")})
	statements[0].Times = nil
	statements[0].Checks[0].Finding = hearsay.Verified
	statements[1].Answers = "z"
	events[0].Kind = hearsay.Call
	f = NewFields()
	f.Add(r, doc, statements, events)
	for _, want := range []FieldCount{
		{"speaker name", 2, 2, 1}, {"addressee", 1, 0, 0}, {"place", 1, 1, 0}, {"when", 1, 1, 0}, {"number", 1, 2, 0}, {"unit", 1, 1, 1},
		{"time", 1, 0, 0}, {"check", 1, 1, 1}, {"finding", 1, 1, 0}, {"answers", 1, 1, 0}, {"event", 1, 1, 0},
	} {
		if got := f.Count(want.Field); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}
