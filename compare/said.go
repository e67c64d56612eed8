package compare

import (
	"strings"
	"time"

	"hearsay"
)

// Said is what there is to compare of one statement of one report. Make it
// with [Of]. The zero Said says nothing.
type Said struct {
	Text    string         // the pieces of the content, a space between two
	Pieces  []hearsay.Span // where the pieces stand in the text of the document
	Speaker Known          // zero where unknown
	Quoting hearsay.Quoting
	Force   hearsay.Force
	Negated bool // the report says that it was not said

	Claims []Claim // the numbers in it
	On     Days    // when it was said, as far as the report tells
	// Published is the day of the report, the zero Time where unknown.
	Published time.Time
	Outlet    string
	Lang      string

	words  []word
	weight float32 // of all words
	middle middle
	placed float32 // how much of what it says has a vector, 0 to 1
	hangs  bool    // a condition is in it
}

// Days is a range of days, both inclusive, as 2006-01-02. An end that is open
// or unknown is "".
type Days struct{ From, To string }

// Of returns what there is to compare of a statement of the document.
func Of(doc *hearsay.Document, s *hearsay.Statement) Said {
	said := Said{
		Pieces: s.Content, Quoting: s.Quoting, Force: s.Force, Negated: s.Negated,
		Published: doc.Published, Outlet: doc.Outlet, Lang: doc.Lang,
	}
	if s.Speaker != nil {
		said.Speaker = Known{
			Name: s.Speaker.Name, Role: s.Speaker.Role, Kind: s.Speaker.Kind, Lang: doc.Lang, Outlet: doc.Outlet,
		}
	}
	if s.When != nil {
		said.On = Days{dayOf(s.When.From), dayOf(s.When.To)}
	}
	size := 0
	for _, p := range s.Content {
		size += p.Len() + 1
	}
	var text strings.Builder
	text.Grow(size)
	r := reader{lex: tables(), near: allVectors(), direct: s.Quoting == hearsay.Direct, words: make([]word, 0, size/5+4)}
	for i, p := range s.Content {
		if i > 0 {
			text.WriteByte(' ')
		}
		r.shift = text.Len()
		text.WriteString(p.In(doc.Text))
		r.piece(p.In(doc.Text))
	}
	said.Text = text.String()
	said.words = r.finish()
	var all float32
	for i := range said.words {
		w := &said.words[i]
		said.weight += w.weight
		said.hangs = said.hangs || w.class&condition != 0
		if !w.content() {
			continue
		}
		if !w.proper {
			all += w.weight
		}
		if w.vector != 0 {
			said.placed += w.weight
			said.middle.add(r.near, w.vector, w.weight)
		}
	}
	said.placed = min(1, said.placed/max(1, all))
	if len(s.Numbers) > 0 {
		said.Claims = claims(doc, s, &said)
	}
	return said
}

// dayOf returns the day of a moment of package hearsay.
func dayOf(moment string) string { return moment[:min(len(moment), len("2006-01-02"))] }

// days returns the first and the last day on which it can have been said, as
// numbers of days; ok is false where nothing is known.
func (s *Said) days() (from, to int, ok bool) {
	from, ok = dayNumber(s.On.From)
	to, toOK := dayNumber(s.On.To)
	switch {
	case ok && toOK:
	case ok:
		to = from
	case toOK:
		from, ok = to, true
	case !s.Published.IsZero():
		y, m, d := s.Published.Date()
		to = int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
		from, ok = to-1, true
	}
	return from, to, ok
}

func dayNumber(day string) (int, bool) {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return 0, false
	}
	return int(t.Unix() / 86400), true
}

// apart returns how many days lie between two statements, 0 where they can
// have been made on the same day; ok is false where one is not known.
func apart(a, b *Said) (days int, ok bool) {
	af, at, aok := a.days()
	bf, bt, bok := b.days()
	if !aok || !bok {
		return 0, false
	}
	return max(0, bf-at, af-bt), true
}
