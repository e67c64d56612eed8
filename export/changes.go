package export

import (
	"io"

	"hearsay"
)

// Changes are the statements of two versions of an article, each as it was and
// as it is.
type Changes struct {
	Before, After *hearsay.Document
	All           []Change
}

// A Change is what became of one statement.
type Change struct {
	Verdict               string             // "kept", "trimmed", "reworded", "altered", "gone" or "new"
	Before, After         *hearsay.Statement // nil for one that is new, or gone
	TextBefore, TextAfter string             // what was said, the pieces with a space between two
	Edits, Points         []Edit             // from one text to the other, word by word; what a reader would want to see
}

// An Edit is a range of both texts.
type Edit struct {
	Kind string
	A, B hearsay.Span
}

type changesJSON struct {
	Format  int          `json:"hearsay"`
	URL     string       `json:"url,omitempty"`
	Outlet  string       `json:"outlet,omitempty"`
	Before  versionJSON  `json:"before"`
	After   versionJSON  `json:"after"`
	Changes []changeJSON `json:"changes"`
}

type versionJSON struct {
	ID        string `json:"id"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"`
	Moment    string `json:"published_at,omitempty"`
	Fetched   string `json:"fetched,omitempty"`
}

type changeJSON struct {
	Change string     `json:"change"`
	Before *saidJSON  `json:"before,omitempty"`
	After  *saidJSON  `json:"after,omitempty"`
	Edits  []editJSON `json:"edits,omitempty"`
	Points []editJSON `json:"points,omitempty"`
}

type saidJSON struct {
	ID      string `json:"id"`
	Speaker string `json:"speaker,omitempty"`
	Lemma   string `json:"lemma,omitempty"`
	Text    string `json:"text"`
}

type editJSON struct {
	Kind   string `json:"kind"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// Changed writes what changed from one version of an article to the next as a
// line of JSON: docs/json.md describes it.
func Changed(w io.Writer, c Changes) error {
	out := changesJSON{
		Format: 1, URL: c.After.URL, Outlet: c.After.Outlet, Before: versionOf(c.Before), After: versionOf(c.After), Changes: []changeJSON{},
	}
	for i := range c.All {
		one := &c.All[i]
		out.Changes = append(out.Changes, changeJSON{
			one.Verdict, saidOf(one.Before, one.TextBefore), saidOf(one.After, one.TextAfter), editsOf(one.Edits, one), editsOf(one.Points, one),
		})
	}
	return Line(w, out)
}

func versionOf(d *hearsay.Document) versionJSON {
	v := versionJSON{ID: d.ID, Title: d.Title}
	v.Published, v.Moment = dates(d.Published)
	if !d.Fetched.IsZero() {
		v.Fetched = d.Fetched.UTC().Format("2006-01-02T15:04:05Z")
	}
	return v
}

func saidOf(s *hearsay.Statement, text string) *saidJSON {
	if s == nil {
		return nil
	}
	j := &saidJSON{ID: s.ID, Lemma: s.Cue.Lemma, Text: text}
	if s.Speaker != nil {
		j.Speaker = s.Speaker.Name
	}
	return j
}

func editsOf(list []Edit, c *Change) []editJSON {
	var out []editJSON
	for _, e := range list {
		out = append(out, editJSON{e.Kind, e.A.In(c.TextBefore), e.B.In(c.TextAfter)})
	}
	return out
}
