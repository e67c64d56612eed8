package score

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hearsay"
)

// A Gold is one report with the statements that a reader marked in it, and
// with the names of those who made them.
type Gold struct {
	File       string // of the report's text
	Published  string // the day, as 2023-06-13; "" is unknown
	Outlet     string
	Text       string // the file, byte for byte
	Statements []GoldStatement
}

// A GoldStatement is a statement with the name of its speaker.
type GoldStatement struct {
	ID int
	Attribution
	Name    string   // as a reader would say it in full; "" for no speaker
	Aliases []string // what the report calls the speaker, and may stand for the name
}

// goldFile is the form of a gold file. All offsets are code points of the text
// beside it.
type goldFile struct {
	Text       string              `json:"text"`
	Published  string              `json:"published"`
	Outlet     string              `json:"outlet"`
	Aliases    map[string][]string `json:"aliases"`
	Statements []struct {
		ID      int         `json:"id"`
		Speaker string      `json:"speaker"`
		Holder  []goldRange `json:"source"`
		Cue     []goldRange `json:"cue"`
		Content []goldRange `json:"content"`
	} `json:"statements"`
}

type goldRange struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// ReadGold reads a gold file, in JSON, and the text that it names, which lies
// beside it.
func ReadGold(path string) (*Gold, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var f goldFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if !filepath.IsLocal(f.Text) {
		return nil, fmt.Errorf("%s: text is %q, want a file beside this one", path, f.Text)
	}
	g := &Gold{File: filepath.Join(filepath.Dir(path), f.Text), Published: f.Published, Outlet: f.Outlet}
	text, err := os.ReadFile(g.File)
	if err != nil {
		return nil, err
	}
	g.Text = string(text)
	byteAt := codePoints(g.Text)
	for _, s := range f.Statements {
		st := GoldStatement{ID: s.ID, Name: s.Speaker, Aliases: f.Aliases[s.Speaker]}
		for _, role := range []struct {
			spans  *[]hearsay.Span
			ranges []goldRange
		}{{&st.Speaker, s.Holder}, {&st.Cue, s.Cue}, {&st.Content, s.Content}} {
			if *role.spans, err = goldSpans(g.Text, byteAt, role.ranges); err != nil {
				return nil, fmt.Errorf("%s: statement %d: %w", path, s.ID, err)
			}
		}
		g.Statements = append(g.Statements, st)
	}
	return g, nil
}

// goldSpans returns the ranges as spans, after a look at the words they cover.
func goldSpans(text string, byteAt []int, ranges []goldRange) ([]hearsay.Span, error) {
	var spans []hearsay.Span
	for _, r := range ranges {
		s, err := bytesOf(byteAt, r.Start, r.End)
		if err != nil {
			return nil, err
		}
		if r.Text != "" && s.In(text) != r.Text {
			return nil, fmt.Errorf("range %d to %d covers %q, want %q", r.Start, r.End, s.In(text), r.Text)
		}
		spans = append(spans, s)
	}
	return tidy(text, spans), nil
}

// An Outcome tells what became of one statement of a Gold.
type Outcome struct {
	GoldStatement
	Found  int  // number of the statement found for it, -1 for none
	ByName bool // that statement names the speaker rightly
	InFull bool // and by the full name
	BySpan bool // it gives no name but the words of the report, and these are the right ones
}

// A GoldReport is how far the statements of a Gold were found.
type GoldReport struct {
	Gold     int       `json:"gold"`    // statements that the reader marked
	Found    int       `json:"found"`   // statements found
	Matched  int       `json:"matched"` // of Gold, found with cue and content
	Right    int       `json:"right"`   // of these, with the right speaker: ByName and BySpan
	ByName   int       `json:"by_name"`
	InFull   int       `json:"in_full"` // of ByName
	BySpan   int       `json:"by_span"`
	Outcomes []Outcome `json:"-"` // one for each statement of the Gold
	Extra    []int     `json:"-"` // the numbers of the statements found that match none
}

// Compare finds for every gold statement the statement of doc that is the same,
// if any: cue and content overlap, or neither has a cue. One found statement
// stands for one gold statement at most.
func (g *Gold) Compare(doc *hearsay.Document, statements []hearsay.Statement) GoldReport {
	gold := make([]Attribution, len(g.Statements))
	r := GoldReport{Gold: len(gold), Found: len(statements)}
	for i, s := range g.Statements {
		gold[i] = s.Attribution
		r.Outcomes = append(r.Outcomes, Outcome{GoldStatement: s, Found: -1})
	}
	found := tidyAll(g.Text, Attributions(doc, statements))
	matched := make([]bool, len(found))
	for _, p := range match(gold, found, sameWords) {
		matched[p.found] = true
		o := &r.Outcomes[p.gold]
		o.Found = p.found
		o.judge(g.Text, statements[p.found].Speaker, found[p.found].Speaker)
		r.count(*o)
	}
	for i, ok := range matched {
		if !ok {
			r.Extra = append(r.Extra, i)
		}
	}
	return r
}

// WriteJSON writes the counts as a line of JSON.
func (r GoldReport) WriteJSON(w io.Writer) error { return json.NewEncoder(w).Encode(r) }

// WriteTable writes the counts for people.
func (r GoldReport) WriteTable(w io.Writer) error {
	_, err := fmt.Fprintf(w, `%5d statements marked
%5d found with cue and content
%5d of these with the right speaker: %d by name (%d in full), %d by the words of the report
%5d found that match none
`, r.Gold, r.Matched, r.Right, r.ByName, r.InFull, r.BySpan, len(r.Extra))
	return err
}

func (r *GoldReport) count(o Outcome) {
	r.Matched++
	if o.ByName {
		r.ByName++
	}
	if o.InFull {
		r.InFull++
	}
	if o.BySpan {
		r.BySpan++
	}
	r.Right = r.ByName + r.BySpan
}

// judge compares the speaker, nil for none, and its place in text with the
// gold one.
func (o *Outcome) judge(text string, speaker *hearsay.Mention, found []hearsay.Span) {
	if speaker == nil {
		o.ByName = o.Name == "" && len(o.Speaker) == 0
		return
	}
	o.ByName = o.named(text, speaker.Name)
	o.InFull = o.ByName && fold(speaker.Name) == fold(o.Name)
	o.BySpan = !o.ByName && o.pointedAt(text, speaker, found)
}

// sameWords asks that cue and content overlap; the speaker decides between two
// that share the same words.
func sameWords(g, f Attribution) int {
	cue, content := shared(g.Cue, f.Cue), shared(g.Content, f.Content)
	if content == 0 || cue == 0 && len(g.Cue)+len(f.Cue) > 0 {
		return 0
	}
	return cue + content + shared(g.Speaker, f.Speaker)
}

// named reports whether name is the speaker's: the full one, an alias, or the
// full one as the report spells it.
func (s GoldStatement) named(text, name string) bool {
	for _, right := range append([]string{s.Name}, s.Aliases...) {
		if right != "" && fold(name) == fold(right) {
			return true
		}
	}
	for _, span := range s.Speaker {
		if fold(name) == fold(span.In(text)) && respelt(fold(s.Name), fold(name)) {
			return true
		}
	}
	return false
}

// pointedAt reports whether the mention is the words of the gold one and has no
// other name. That is right for an organisation or a place, which the report
// may name by any of its names: not for anybody who has aliases, nor for a
// pronoun.
func (s GoldStatement) pointedAt(text string, m *hearsay.Mention, found []hearsay.Span) bool {
	if len(s.Aliases) > 0 || m.Kind == hearsay.ByPronoun || len(s.Speaker) == 0 || len(found) == 0 {
		return false
	}
	words := fold(s.Speaker[0].In(text))
	return shared(s.Speaker, found) > 0 && fold(found[0].In(text)) == words && (m.Name == "" || fold(m.Name) == words)
}

// fold returns a name without what may differ: case, an article, white space.
func fold(name string) string {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	return strings.TrimPrefix(name, "the ")
}

// respelt reports whether two names have the same words but for the spelling
// of one, which begins with the same letter.
func respelt(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) || len(x) < 2 {
		return false
	}
	other := 0
	for i := range x {
		if x[i] != y[i] {
			other++
		}
		if x[i][0] != y[i][0] {
			return false
		}
	}
	return other <= 1
}
