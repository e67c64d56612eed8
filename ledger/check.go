package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay"
)

// mostStatements is how many statements a report may have: their number is the
// lower part of the key of a statement.
const mostStatements = 1 << numberBits

// checkDocument returns why a document cannot be kept, if so: what is made from
// content must fit it, and a span must be one.
func checkDocument(d *hearsay.Document) error {
	switch {
	case !utf8.ValidString(d.Text):
		return errors.New("the text is not UTF-8")
	case d.ID != hearsay.DocumentID(d.Outlet, d.URL, d.Text):
		return errors.New("the ID is not that of outlet, URL and text")
	}
	if sum := sha256.Sum256(d.Original); (d.SHA256 != "" || d.Original != nil) && d.SHA256 != hex.EncodeToString(sum[:]) {
		return errors.New("the SHA-256 is not that of the original bytes")
	}
	heads := slices.Concat([]string{d.URL, d.Outlet, d.Title, d.Lang, d.Charset, d.Text}, d.Bylines, d.Credits, d.Initials, d.Notes)
	for _, s := range heads {
		if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
			return fmt.Errorf("%.60q is not UTF-8, or has a NUL", s)
		}
	}
	for i, b := range d.Blocks {
		if !isSpan(d.Text, b.Span) {
			return notASpan("block", i, "", 0, b.Span)
		}
	}
	for i, r := range d.Repairs {
		if !isSpan(d.Text, r.Span) {
			return notASpan("repair", i, "", 0, r.Span)
		}
	}
	for i, p := range d.Pieces {
		if !isSpan(d.Text, p.Text) || p.Bytes.Start < 0 || p.Bytes.End < p.Bytes.Start || p.Bytes.End > len(d.Original) {
			return notASpan("piece", i, "", 0, p.Text)
		}
	}
	return nil
}

// checkStatements returns why statements or events cannot be kept, if so, and
// names the statement and the field.
func checkStatements(text string, statements []hearsay.Statement, events []hearsay.Event) error {
	if len(statements) > mostStatements || len(events) > mostStatements {
		return fmt.Errorf("more than %d statements or events", mostStatements)
	}
	seen := make(map[string]int, len(statements))
	for i := range statements {
		s := &statements[i]
		other, twice := seen[s.ID]
		switch {
		case s.ID == "":
			return fmt.Errorf("statement %d: has no ID", i)
		case twice:
			return fmt.Errorf("statement %d: has the ID of statement %d, %s", i, other, s.ID)
		case len(s.Content) == 0:
			return fmt.Errorf("statement %d (%s): has no content", i, s.ID)
		}
		seen[s.ID] = i
		var err error
		eachSpan(s, func(field string, n int, sp hearsay.Span) {
			if err == nil && !isSpan(text, sp) {
				err = notASpan("statement", i, field, n, sp)
			}
		})
		if err != nil {
			return err
		}
	}
	for i := range events {
		var err error
		eachSpanOfEvent(&events[i], func(field string, n int, sp hearsay.Span) {
			if err == nil && !isSpan(text, sp) {
				err = notASpan("event", i, field, n, sp)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func notASpan(what string, i int, field string, n int, s hearsay.Span) error {
	name := fmt.Sprintf("%s %d", what, i)
	if field != "" {
		name += fmt.Sprintf(", %s %d", field, n)
	}
	return fmt.Errorf("%s: bytes %d to %d are no span of the text", name, s.Start, s.End)
}

// isSpan reports whether s lies in the text and cuts no character in two.
func isSpan(text string, s hearsay.Span) bool {
	return s.Start <= s.End && onBoundary(text, s.Start) && onBoundary(text, s.End)
}

func onBoundary(text string, i int) bool {
	return i == len(text) || i >= 0 && i < len(text) && utf8.RuneStart(text[i])
}

// eachSpan calls f with every span of a statement, with the field that it
// stands in and the number of the element in that field.
func eachSpan(s *hearsay.Statement, f func(field string, n int, sp hearsay.Span)) {
	mention := func(field string, n int, m *hearsay.Mention) {
		if m != nil {
			f(field, n, m.Span)
		}
	}
	moment := func(field string, n int, m *hearsay.Moment) {
		if m != nil {
			f(field, n, m.Span)
		}
	}
	for i, piece := range s.Content {
		f("content", i, piece)
	}
	f("cue", 0, s.Cue.Span)
	mention("speaker", 0, s.Speaker)
	mention("addressee", 0, s.Addressee)
	mention("medium", 0, s.Medium)
	mention("place", 0, s.Place)
	moment("when", 0, s.When)
	for i := range s.Also {
		f("also", i, s.Also[i].Span)
		mention("place of also", i, s.Also[i].Place)
		moment("when of also", i, s.Also[i].When)
	}
	for i := range s.Numbers {
		f("numbers", i, s.Numbers[i].Span)
		f("of of numbers", i, s.Numbers[i].Of)
		mention("holder of numbers", i, s.Numbers[i].Holder)
	}
	for i := range s.Times {
		f("times", i, s.Times[i].Span)
	}
	for i := range s.Checks {
		f("checks", i, s.Checks[i].Span)
		mention("by of checks", i, s.Checks[i].By)
	}
	for i := range s.Because {
		f("because", i, s.Because[i].Span)
	}
}

func eachSpanOfEvent(e *hearsay.Event, f func(field string, n int, sp hearsay.Span)) {
	f("words", 0, e.Span)
	for i := range e.Participants {
		f("participants", i, e.Participants[i].Span)
	}
	if e.Place != nil {
		f("place", 0, e.Place.Span)
	}
	if e.When != nil {
		f("when", 0, e.When.Span)
	}
}
