// Package read makes a Document of the bytes of a report: it unpacks and
// decodes them, finds the article, repairs damaged characters and fixes the
// text, its blocks and what is known of it once and for all.
package read

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"hearsay"
)

// An Input is a file or stream of one report or of many.
type Input struct {
	Name string // the path as given, "-" for standard input
	Body io.Reader
	Type string // the media type, where the sender states one
}

// Options say what the caller knows of the reports, which wins over what they
// say themselves, and how much one report may cost.
type Options struct {
	Published   time.Time
	Outlet, URL string
	MaxBytes    int64         // of one report, unpacked; 0 means 16 MiB
	Timeout     time.Duration // for the work on one report; 0 means 10 s
}

// An Error says which input, and which part of it, could not be read.
type Error struct {
	Name   string
	Record int   // number of the report within the input, from 0; -1 for the input as a whole
	Offset int64 // where the record starts in the unpacked input, in bytes
	Err    error
}

func (e *Error) Error() string {
	if e.Record < 0 {
		return fmt.Sprintf("%s: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("%s: record %d, byte %d: %v", e.Name, e.Record, e.Offset, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Documents reads the reports of an input one after the other: plain text,
// an HTML page, JSON Lines of articles, or gzip or zstd of these. For a report
// that cannot be read it yields an *[Error] and goes on with the next.
func Documents(ctx context.Context, in Input, opt Options) iter.Seq2[*hearsay.Document, error] {
	opt = opt.withDefaults()
	return func(yield func(*hearsay.Document, error) bool) {
		body, err := io.ReadAll(in.Body)
		if err != nil {
			yield(nil, &Error{Name: in.Name, Record: -1, Err: err})
			return
		}
		yield(readText(ctx, body, in, opt))
	}
}

func (o Options) withDefaults() Options {
	if o.MaxBytes <= 0 {
		o.MaxBytes = 16 << 20
	}
	if o.Timeout <= 0 {
		o.Timeout = 10 * time.Second
	}
	return o
}

// readText reads a report in plain text.
func readText(ctx context.Context, body []byte, in Input, opt Options) (*hearsay.Document, error) {
	d := decode(body, charsetOf(in.Type))
	doc := &hearsay.Document{Text: d.text, Charset: d.charset, Pieces: d.pieces, Repairs: d.repairs, Original: body}
	if err := repair(ctx, doc); err != nil {
		return nil, err
	}
	doc.Blocks = blocks(doc.Text)
	classify(doc)
	finish(doc, in, opt)
	return doc, nil
}

// charsetOf returns the charset of a media type, "" where it names none.
func charsetOf(media string) string {
	_, after, _ := strings.Cut(strings.ToLower(media), "charset=")
	name, _, _ := strings.Cut(after, ";")
	return strings.Trim(name, " \"'")
}
