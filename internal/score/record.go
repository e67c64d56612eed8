package score

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay"
	"hearsay/internal/mark"
)

// A Record is a report with all that a reader marked in it: who said what, to
// whom, when, how many, and what the report says of its truth.
type Record struct {
	Name       string
	Style      string
	Published  time.Time // zero is unknown
	Outlet     string
	Text       string
	Statements []RecordStatement
	Events     []RecordEvent
}

// A RecordStatement is one statement of a Record. The marks give the places, the
// other fields the values; a field that the report does not give is empty.
type RecordStatement struct {
	Attribution
	Addressees, Media, Places, Moments, Quantities, Checked []hearsay.Span // the marks A, M, P, T, N, K

	Mode      hearsay.Mode  `json:"mode"`
	Force     hearsay.Force `json:"force"`
	Negated   bool          `json:"negated"`
	Speaker   RecordMention `json:"speaker"`
	Addressee RecordMention `json:"addressee"`
	Medium    string        `json:"medium"`
	Place     string        `json:"place"`
	When      []string      `json:"when"`
	Within    int           `json:"within"`  // number of the statement, from 1; 0 for none
	Answers   int           `json:"answers"` // the same
	Also      []struct {
		Name string `json:"name"`
	} `json:"also"`
	Numbers []struct {
		Text, Unit, Holder, Did string
		Bound                   hearsay.Bound
		Value, Upto             float64
	} `json:"numbers"`
	Times []struct {
		Text, From, To string
	} `json:"times"`
	Checks []struct {
		Text, By string
		Finding  hearsay.Finding
		Covers   hearsay.Cover
	} `json:"checks"`
}

// A RecordMention is who somebody is.
type RecordMention struct {
	Name string              `json:"name"` // in full; "" where the report gives none
	Kind hearsay.MentionKind `json:"kind"` // "" where nobody is mentioned
}

// A RecordEvent is an event that a Record tells of.
type RecordEvent struct {
	Kind         hearsay.EventKind `json:"kind"`
	Text         string            `json:"text"` // words of the report that tell of it
	Participants []string          `json:"participants"`
	Place        string            `json:"place"`
	From, To     string
	Planned      bool `json:"planned"`
}

// ReadRecords reads the records of a folder, in the order of their names: for
// each the text as NAME.marked and the values as NAME.json. corpus/README.md
// describes the two.
func ReadRecords(dir string) ([]Record, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.marked"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no *.marked files", dir)
	}
	all := make([]Record, 0, len(files))
	for _, file := range files {
		r, err := readRecord(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, r)
	}
	return all, nil
}

func readRecord(file string) (Record, error) {
	r := Record{Name: strings.TrimSuffix(filepath.Base(file), ".marked")}
	marked, err := os.ReadFile(file)
	if err != nil {
		return r, err
	}
	text, marks, err := mark.Parse(string(marked))
	if err != nil {
		return r, err
	}
	values, err := os.ReadFile(strings.TrimSuffix(file, ".marked") + ".json")
	if err != nil {
		return r, err
	}
	var j struct {
		Style, Published, Outlet string
		Statements               map[string]*RecordStatement
		Events                   []RecordEvent
	}
	if err := json.Unmarshal(values, &j); err != nil {
		return r, err
	}
	r.Style, r.Outlet, r.Text, r.Events = j.Style, j.Outlet, text, j.Events
	if r.Published, err = time.Parse(time.DateOnly, j.Published); err != nil && j.Published != "" {
		return r, fmt.Errorf("published: %w", err)
	}
	if r.Statements, err = joined(j.Statements, marks); err != nil {
		return r, err
	}
	return r, nil
}

// joined gives the statements, which are numbered from 1 without gaps, their
// marks.
func joined(values map[string]*RecordStatement, marks []mark.Mark) ([]RecordStatement, error) {
	out := make([]RecordStatement, len(values))
	for _, key := range slices.Sorted(maps.Keys(values)) {
		n, err := strconv.Atoi(key)
		if err != nil || n < 1 || n > len(out) {
			return nil, fmt.Errorf("statement %q of %d", key, len(out))
		}
		out[n-1] = *values[key]
	}
	for _, m := range marks {
		if m.Number > len(out) {
			return nil, fmt.Errorf("mark %c%d has no values", m.Role, m.Number)
		}
		if list := out[m.Number-1].marked(m.Role); list != nil {
			*list = append(*list, m.Span)
		}
	}
	for i := range out {
		if len(out[i].Content) == 0 {
			return nil, fmt.Errorf("statement %d has no content", i+1)
		}
	}
	return out, nil
}

// marked returns the list of the marks of a role, nil for B and W.
func (s *RecordStatement) marked(role byte) *[]hearsay.Span {
	switch role {
	case 'S':
		return &s.Attribution.Speaker
	case 'V':
		return &s.Cue
	case 'C':
		return &s.Content
	case 'A':
		return &s.Addressees
	case 'M':
		return &s.Media
	case 'P':
		return &s.Places
	case 'T':
		return &s.Moments
	case 'N':
		return &s.Quantities
	case 'K':
		return &s.Checked
	}
	return nil
}
