// Package read makes a Document of the bytes of a report: it unpacks and
// decodes them, finds the article, repairs damaged characters and fixes the
// text, its blocks and what is known of it once and for all.
package read

import (
	"bufio"
	"context"
	"errors"
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
	Passed      *Passed       // where not nil, counts the records of a WARC and the entries of a feed that hold no report
}

// An Error says which input, and which part of it, could not be read.
type Error struct {
	Name   string
	Record int   // number of the report (or of the record of a WARC) within the input, from 0; -1 for the input as a whole
	Offset int64 // where the record starts in the unpacked input, in bytes; of a WARC, where it or the compressed member with it starts in the file
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
// an HTML page, JSON Lines of articles, a WARC, a feed whose entries carry the
// reports, or gzip or zstd of these. For a report that cannot be read it yields
// an *[Error] and goes on with the next.
func Documents(ctx context.Context, in Input, opt Options) iter.Seq2[*hearsay.Document, error] {
	opt = opt.withDefaults()
	return func(yield func(*hearsay.Document, error) bool) {
		file := bufio.NewReaderSize(&cancelReader{ctx, in.Body}, peekSize)
		if isWARC(file, in) {
			warcDocuments(ctx, file, in, opt, yield)
			return
		}
		body, stop, err := unpack(file)
		defer stop()
		if err != nil {
			yield(nil, &Error{in.Name, -1, 0, cause(err, in.Name)})
			return
		}
		body = plainRecords(body, in)
		kind, err := sniff(body, in)
		switch {
		case err != nil:
			yield(nil, &Error{in.Name, -1, 0, cause(err, in.Name)})
		case kind == formWARC:
			warcDocuments(ctx, body, in, opt, yield)
		case kind == formFeed:
			feedDocuments(ctx, body, in, opt, yield)
		case kind == formLines || kind == formValues:
			articles(ctx, body, kind, in, opt, yield)
		default:
			doc, err := one(ctx, body, kind, in, opt)
			if err != nil {
				err = &Error{in.Name, -1, 0, cause(err, in.Name)}
			}
			yield(doc, err)
		}
	}
}

// one reads the only report of an input.
func one(ctx context.Context, body io.Reader, kind form, in Input, opt Options) (*hearsay.Document, error) {
	b, err := readAll(body, opt.MaxBytes)
	cut := errors.Is(err, io.ErrUnexpectedEOF) && len(b) > 0
	if err != nil && !cut {
		return nil, err
	}
	doc, err := within(ctx, opt, func(ctx context.Context) (*hearsay.Document, error) {
		if kind == formPage {
			return readHTML(ctx, b, in, opt)
		}
		return readText(ctx, b, in, opt)
	})
	if err == nil && cut {
		doc.Notes = append(doc.Notes, "The compressed data ends early.")
	}
	return doc, err
}

// within does the work on one report in the time for it.
func within(ctx context.Context, opt Options, read func(context.Context) (*hearsay.Document, error)) (*hearsay.Document, error) {
	limited, cancel := context.WithTimeout(ctx, opt.Timeout)
	defer cancel()
	doc, err := read(limited)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		err = fmt.Errorf("takes longer than the limit of %v: %w", opt.Timeout, err)
	}
	return doc, err
}

// articles reads the JSON articles of an input.
func articles(ctx context.Context, body *bufio.Reader, kind form, in Input, opt Options, yield func(*hearsay.Document, error) bool) {
	records := recordReader{r: body, max: opt.MaxBytes, lines: kind == formLines}
	for {
		r, ok := records.next()
		if !ok {
			return
		}
		var doc *hearsay.Document
		err := r.err
		if err == nil {
			doc, err = within(ctx, opt, func(ctx context.Context) (*hearsay.Document, error) {
				return readArticle(ctx, r.bytes, in, opt)
			})
		}
		if err != nil {
			doc, err = nil, &Error{in.Name, r.number, r.offset, cause(err, in.Name)}
		} else {
			doc.Record = r.number
		}
		if !yield(doc, err) || ctx.Err() != nil {
			return
		}
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
	if err := settle(ctx, doc); err != nil {
		return nil, err
	}
	finish(doc, in, opt)
	return doc, nil
}

// settle fixes the text and the blocks of a report in plain text.
func settle(ctx context.Context, doc *hearsay.Document) error {
	if err := repair(ctx, doc); err != nil {
		return err
	}
	if doc.Blocks = blocks(doc.Text); len(doc.Blocks) == 0 {
		return errEmpty
	}
	classify(doc)
	markHeadings(doc)
	return ctx.Err()
}

// charsetOf returns the charset of a media type, "" where it names none.
func charsetOf(media string) string {
	_, after, _ := strings.Cut(strings.ToLower(media), "charset=")
	name, _, _ := strings.Cut(after, ";")
	return strings.Trim(name, " \"'")
}
