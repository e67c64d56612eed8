package score

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// tableLabels say in a table what the figures count.
var tableLabels = [figures]string{
	speakerExact:         "speaker, exact",
	cueExact:             "cue, exact",
	contentExact:         "content, exact",
	contentExactDirect:   "  in quotation marks",
	contentExactMixed:    "  partly",
	contentExactIndirect: "  not",
	speakerPiece:         "speaker, pieces",
	cuePiece:             "cue, pieces",
	contentPiece:         "content, pieces",
	attributionExact:     "all three, exact",
	contentHalf:          "half of content, speaker",
	attribution:          "statement",
	attributionDirect:    "  direct",
	attributionMixed:     "  mixed",
	attributionSpeech:    "  indirect, verb of speech",
	attributionOther:     "  indirect, other cue",
	contentCharacters:    "content by characters",
}

// WriteJSON writes the report as a line of JSON, with the figures by name.
func (r Report) WriteJSON(w io.Writer) error {
	byName := make(map[string]Figure, len(r.Figures))
	for _, f := range r.Figures {
		byName[f.Name] = f
	}
	return json.NewEncoder(w).Encode(struct {
		Report
		Figures map[string]Figure `json:"figures"` // hides the list
	}{r, byName})
}

// WriteTable writes the report for people.
func (r Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles, %d statements marked, %d found\n\n", r.Articles, r.Gold, r.Found)
	fmt.Fprintf(&b, "%-26s %6s %6s %6s  %-14s %6s %6s %6s %6s\n",
		"", "P", "R", "F1", "    95 %", "people", "marked", "found", "right")
	for i, f := range r.Figures {
		if i == speakerPiece || i == attributionExact || i == contentHalf {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%-26s %6.3f %6.3f %6.3f  %.3f to %.3f %6.3f %6d %6d %6d\n",
			tableLabels[i], f.Precision, f.Recall, f.F1, f.Low, f.High, f.Human, f.Gold, f.Found, f.Right)
	}
	a := r.Alpha
	fmt.Fprintf(&b, "\n%-26s %6s %6s %6.3f  %.3f to %.3f %6.3f %6d tokens\n",
		"Krippendorff's alpha", "", "", a.Alpha, a.Low, a.High, a.Human, a.Tokens)
	b.WriteString(`
A statement is right where cue, content and speaker, or its absence, overlap
those of one that was marked. "right" counts those marked; people is the F1 of
one person against another.
`)
	_, err := io.WriteString(w, b.String())
	return err
}
