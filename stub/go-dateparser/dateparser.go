// Package dateparser stands in for github.com/markusmobius/go-dateparser, which
// go-htmldate imports for its extensive search for dates. hearsay never runs
// that search, and the module's tables cost every start of the program 0.2
// seconds and 70 MB. Only what go-htmldate names is here, and nothing parses.
package dateparser

import (
	"errors"
	"time"
)

// ParserType names a way of parsing.
type ParserType uint8

// The ways of parsing that go-htmldate asks for.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// PreferredDateSource says which date an incomplete one stands for.
type PreferredDateSource uint8

// Past prefers dates in the past.
const Past PreferredDateSource = 1

// Parser is the parser's configuration.
type Parser struct{ ParserTypes []ParserType }

// Configuration is what a call can choose.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
	CurrentTime         time.Time
}

// Date is a date that was found; there never is one.
type Date struct{ Time time.Time }

var errNever = errors.New("dates are not searched for extensively")

// Parse returns no date and an error.
func (*Parser) Parse(*Configuration, string) (Date, error) { return Date{}, errNever }
