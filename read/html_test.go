package read

import (
	"html"
	"strings"
	"testing"
	"unicode"

	"hearsay"
)

// checkPieces checks that every piece of a document ties characters to bytes
// that stand for them, and returns which part of the text is tied.
func checkPieces(t testing.TB, doc *hearsay.Document, name string) float64 {
	t.Helper()
	original := decode(doc.Original, declaredCharset(doc.Original, "")).text
	tied, all, end := 0, 0, 0
	for _, r := range doc.Text {
		if !unicode.IsSpace(r) {
			all += len(string(r))
		}
	}
	same := original == string(doc.Original)
	for _, p := range doc.Pieces {
		if p.Text.Start < end || p.Text.End > len(doc.Text) || p.Bytes.Start < 0 || p.Bytes.End > len(doc.Original) || p.Text.Empty() || p.Bytes.Empty() {
			t.Errorf("%s: piece %v is out of order or bounds", name, p)
			return 0
		}
		end = p.Text.End
		text := p.Text.In(doc.Text)
		if same && !repaired(doc, p.Text) {
			if from := html.UnescapeString(p.Bytes.In(original)); p.Text.Len() == p.Bytes.Len() && squash(text) != squash(p.Bytes.In(original)) || p.Text.Len() != p.Bytes.Len() && !strings.Contains(squash(from), squash(text)) {
				t.Errorf("%s: piece %v has %q, its bytes say %q", name, p, text, p.Bytes.In(original))
				return 0
			}
		}
		tied += len(squash(text))
	}
	if all == 0 {
		return 1
	}
	return float64(tied) / float64(all)
}

func repaired(doc *hearsay.Document, s hearsay.Span) bool {
	for _, r := range doc.Repairs {
		if r.Overlaps(s) || r.Empty() && s.Start <= r.Start && r.Start <= s.End {
			return true
		}
	}
	return false
}

// squash takes white space out.
func squash(s string) string { return strings.Join(strings.Fields(s), "") }
