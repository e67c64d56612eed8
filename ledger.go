package hearsay

import (
	"sort"
	"time"
	"unicode/utf8"
)

// A Record is a statement as a ledger keeps it: with what there is to know of
// its report, and with the words of its spans, so that it can be shown without
// the text of the report.
type Record struct {
	Statement
	Report   Head
	Excerpts []Excerpt // in order of Start; every span of the Statement lies in one
}

// A Head is what is known of a report beside its text. Its fields are those of
// the Document.
type Head struct {
	ID, File                          string
	Record                            int
	URL, Outlet, Title, Lang          string
	Bylines, Credits, Initials, Notes []string
	Published                         time.Time
	SHA256, Charset                   string
	Version                           int // of the annotator that found its statements
}

// An Excerpt is a part of the text of a report.
type Excerpt struct {
	Span
	Point int // the code points before it in the text
	Words string
}

// Words returns the words of a span of the statement and the number of code
// points before it in the text of the report. It is false where the record
// does not hold them: the span is none of the statement's.
func (r *Record) Words(s Span) (words string, point int, ok bool) {
	for i := sort.Search(len(r.Excerpts), func(i int) bool { return r.Excerpts[i].Start > s.Start }) - 1; i >= 0; i-- {
		if e := &r.Excerpts[i]; e.Contains(s) && s.Start <= s.End {
			from := s.Start - e.Start
			return e.Words[from : from+s.Len()], e.Point + utf8.RuneCountInString(e.Words[:from]), true
		}
	}
	return "", 0, s == Span{}
}
