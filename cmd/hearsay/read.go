package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"hearsay"
	"hearsay/export"
	"hearsay/fetch"
	"hearsay/internal/mark"
	"hearsay/read"
)

// readCmd prints reports with their statements.
type readCmd struct {
	JSON         bool     `name:"json" xor:"form" help:"One JSON object a line, one line a report; docs/json.md lists the fields."`
	Marked       bool     `xor:"form" help:"The text with its statements marked: {S1:The mayor} {V1:denied} {C1:any delay}."`
	Published    day      `placeholder:"DATE" help:"The day of publication, as 2026-03-04, where the report does not state it or states it wrongly."`
	Outlet       string   `placeholder:"NAME" help:"Who published the reports."`
	URL          string   `name:"url" placeholder:"URL" help:"Where the report was published."`
	Model        string   `default:"fast" placeholder:"MODEL" help:"The model that finds statements: fast (the default), accurate (better and slower; train/build.sh makes it) or the file of an accurate one."`
	Actors       string   `placeholder:"FILE" help:"A table of offices, of who held which from when to when, that is added to the built-in one and wins over it; docs/cli.md has the form."`
	Mode         []string `placeholder:"MODE,..." enum:"speech,writing,thought,attitude,evidence,act" help:"Only statements of these modes: speech, writing, thought, attitude, evidence, act. Without it, all."`
	AllowPrivate bool     `help:"Fetch from this machine and from the local network, too; without it only from the public internet."`
	Paths        []string `arg:"" name:"path" help:"Files to read, or addresses that begin with http:// or https://; - is standard input."`
}

// Help is the part of the command's help under its first line.
func (readCmd) Help() string {
	return `A file may be plain text, an HTML page, JSON articles (one a line, say), a WARC or a feed, each also compressed with gzip or zstd. Without --json or --marked the report is printed for people: each statement has a number, which stands in brackets behind the words that report it, and a line in the table below the text.

Examples:

    hearsay read report.txt
    hearsay read --published 2026-03-04 --outlet "Harbour Gazette" page.html
    hearsay read --mode speech,writing report.txt
    hearsay read --json archive.jsonl.zst | jq -r '.statements[].speaker.name'
    hearsay read https://example.org/story
    hearsay read --json crawl.warc.gz
    zcat story.txt.gz | hearsay read -

Exit status: 0 every report was read, 1 at least one was not (the others are printed all the same, and the error names the file, record and byte), 2 wrong usage.`
}

// day is a day given as a flag.
type day struct{ time.Time }

// UnmarshalText reads 2006-01-02, or a moment as RFC 3339 has it.
func (d *day) UnmarshalText(text []byte) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			d.Time = t
			return nil
		}
	}
	return fmt.Errorf("want a day such as 2026-03-04, have %q", text)
}

// date is the day, "" where none was given.
func (d day) date() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// Run reads every path in turn. What cannot be read is told and left out.
func (c *readCmd) Run(a *app) error {
	annotator, err := a.annotator(c.Model, c.Actors)
	if err != nil {
		return err
	}
	render := c.renderer(a.screen())
	failed := false
	complain := func(err error) {
		a.complain(err)
		failed = true
	}
	a.fetching.AllowPrivate = c.AllowPrivate
	a.talk.begin(len(c.Paths))
	for _, path := range c.Paths {
		for doc, err := range a.documents(path, c.options()) {
			if a.ctx.Err() != nil {
				return a.ctx.Err()
			}
			if err != nil {
				complain(err)
				continue
			}
			var report bytes.Buffer
			statements, events := annotator.Annotate(doc)
			if err := render(&report, doc, c.wanted(statements), events); err != nil {
				complain(fmt.Errorf("%s: record %d: %w", path, doc.Record, err))
				continue
			}
			a.talk.report()
			if err := a.print(report.Bytes()); err != nil {
				return err
			}
		}
	}
	switch {
	case a.ctx.Err() != nil:
		return a.ctx.Err()
	case failed:
		return errReported
	}
	return nil
}

// wanted returns the statements of the modes asked for.
func (c *readCmd) wanted(all []hearsay.Statement) []hearsay.Statement {
	if len(c.Mode) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(s hearsay.Statement) bool { return !slices.Contains(c.Mode, string(s.Mode)) })
}

func (c *readCmd) options() read.Options {
	return read.Options{Published: c.Published.Time, Outlet: c.Outlet, URL: c.URL}
}

// documents yields the reports of one path, or the error that keeps it shut.
func (a *app) documents(path string, opt read.Options) func(yield func(*hearsay.Document, error) bool) {
	return func(yield func(*hearsay.Document, error) bool) {
		got, err := a.get(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer got.body.Close()
		a.reports(path, got, opt)(yield)
	}
}

// reports yields the reports of an input that is open.
func (a *app) reports(path string, got input, opt read.Options) func(yield func(*hearsay.Document, error) bool) {
	return func(yield func(*hearsay.Document, error) bool) {
		var passed read.Passed
		opt.Passed = &passed
		defer func() { a.tellPassed(path, passed) }()
		opt.URL = cmp.Or(opt.URL, got.url)
		in := read.Input{Name: path, Body: a.talk.watch(got.body, got.size), Type: got.media}
		for doc, err := range read.Documents(a.ctx, in, opt) {
			if doc != nil && doc.Fetched.IsZero() {
				doc.Fetched = got.at
			}
			if !yield(doc, err) {
				return
			}
		}
	}
}

// An input is an open file, or what was fetched.
type input struct {
	body io.ReadCloser
	size int64 // 0 where it cannot be known

	url, media string    // where it was, and what it is by its sender
	at         time.Time // when it was fetched
}

// get opens a file, or fetches an address.
func (a *app) get(path string) (input, error) {
	if !isAddress(path) {
		body, size, err := a.open(path)
		return input{body: body, size: size}, err
	}
	res, err := a.web().Get(a.ctx, fetch.Request{URL: path})
	if err != nil {
		return input{}, err
	}
	return fetched(res), nil
}

// fetched is a response as an input.
func fetched(res *fetch.Response) input {
	return input{io.NopCloser(bytes.NewReader(res.Body)), int64(len(res.Body)), res.URL, res.Type, res.Fetched}
}

// web returns the client for all requests.
func (a *app) web() *fetch.Client {
	a.online.Do(func() {
		a.fetching.Version = release()
		a.client = fetch.New(a.fetching)
	})
	return a.client
}

// isAddress reports whether an argument is an address of the web rather than a
// path.
func isAddress(path string) bool {
	scheme, _, ok := strings.Cut(path, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// tellPassed says how much of a WARC held no report.
func (a *app) tellPassed(path string, passed read.Passed) {
	if s := passed.String(); s != "" && a.ctx.Err() == nil {
		a.complain(fmt.Errorf("%s: passed over: %s", path, s))
	}
}

// open opens a file, or standard input for "-". The size is 0 where it cannot
// be known.
func (a *app) open(path string) (body io.ReadCloser, size int64, err error) {
	if path == "-" {
		return io.NopCloser(a.in), 0, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", path, reason(err))
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		f.Close()
		return nil, 0, fmt.Errorf("%s: %w", path, err)
	case info.IsDir():
		f.Close()
		return nil, 0, fmt.Errorf("%s: is a directory", path)
	}
	return f, info.Size(), nil
}

// renderer returns the function that writes one report in the form asked for.
func (c *readCmd) renderer(screen screen) func(*bytes.Buffer, *hearsay.Document, []hearsay.Statement, []hearsay.Event) error {
	if c.JSON {
		return func(b *bytes.Buffer, doc *hearsay.Document, statements []hearsay.Statement, events []hearsay.Event) error {
			return export.JSON(b, doc, statements, events)
		}
	}
	first := true
	return func(b *bytes.Buffer, doc *hearsay.Document, statements []hearsay.Statement, events []hearsay.Event) error {
		if !first {
			b.WriteByte('\n')
		}
		first = false
		if c.Marked {
			writeMarked(b, doc, statements, screen)
		} else {
			writePage(b, doc, statements, events, screen)
		}
		return nil
	}
}

// print writes to standard output, at once: a report is whole and on its way
// before the next is read.
func (a *app) print(text []byte) error {
	a.talk.clear()
	_, err := a.out.Write(text)
	return err
}

// writeMarked prints the text in marked notation, exactly, unless a terminal
// would obey what stands in it.
func writeMarked(b *bytes.Buffer, doc *hearsay.Document, statements []hearsay.Statement, screen screen) {
	marked := mark.Print(doc.Text, mark.Of(statements))
	if screen.terminal {
		marked = printable(marked)
	}
	b.WriteString(marked)
	if len(marked) == 0 || marked[len(marked)-1] != '\n' {
		b.WriteByte('\n')
	}
}
