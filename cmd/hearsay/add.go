package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"hearsay/read"
)

// addCmd puts reports into the ledger.
type addCmd struct {
	ledgerFlag
	JSON      bool   `name:"json" help:"What came of it as one JSON object."`
	Published day    `placeholder:"DATE" help:"The day of publication, where the reports do not state it or state it wrongly."`
	Outlet    string `placeholder:"NAME" help:"Who published the reports."`
	URL       string `name:"url" placeholder:"URL" help:"Where the report was published."`
	Model     string `default:"fast" placeholder:"MODEL" help:"The model that finds statements, as for hearsay read."`
	Actors    string `placeholder:"FILE" help:"A table of offices of your own, as for hearsay read."`
	Jobs      int    `placeholder:"N" help:"How many reports are read at the same time. Without it, one for each core."`
	Limit     int    `default:"200" placeholder:"N" help:"Fetch at most so many pages that feeds and sitemaps lead to, 200 by default; 0 means all."`

	AllowPrivate bool     `help:"Fetch from this machine and from the local network, too; without it only from the public internet."`
	Paths        []string `arg:"" name:"path" help:"Files of reports, folders of such files, and addresses of pages, feeds and sitemaps; - is standard input."`
}

// Help is the part of the command's help under its first line.
func (addCmd) Help() string {
	return `What hearsay read can read can be added. From a folder, and the folders in it, are taken the files whose names end as those of reports do (.txt, .html, .json, .jsonl, .warc ..., also with .gz or .zst behind); links in it are not followed, names that begin with a dot are left out.

An address that begins with http:// or https:// is fetched. Of a feed or a sitemap the reports that it carries are added, and the pages that it leads to are fetched and added; of a site that is named without a path, as https://example.org, those of the first feed that its front page names.

A report is kept once, however often it is added: the same command again adds what is new, and goes on where it was stopped; files and pages that were added and have not changed are passed over. An article that has changed is added as a new version. What cannot be read is told and left out.

Examples:

    hearsay add report.txt
    hearsay add --outlet "Harbour Gazette" --published 2026-03-04 page.html
    hearsay add --db demo.db examples
    hearsay add --db postgres://news@db.example/news archive/2024
    hearsay add https://example.org/story https://example.org/feed.xml
    hearsay add --limit 1000 https://example.org/sitemap.xml
    hearsay add crawl.warc.gz
    curl -s https://example.org/story | hearsay add --url https://example.org/story -

Exit status: 0 every report is in the ledger, 1 at least one could not be read or kept (the others are in), 2 wrong usage, 130 interrupted (what was added before is in).`
}

// Run adds all reports of all paths.
func (c *addCmd) Run(a *app) error {
	r, err := a.adding(c.ledgerFlag, c.Model, c.Actors, read.Options{Published: c.Published.Time, Outlet: c.Outlet, URL: c.URL})
	if err != nil {
		return err
	}
	a.fetching.AllowPrivate = c.AllowPrivate
	hands, w := jobs(c.Jobs), walkAll(c.Paths)
	r.Others = w.others
	err = r.run(hands, func(ctx context.Context, to chan<- arrival) { r.bring(ctx, w, hands, c.Limit, to) })
	if failed := r.ledger.Close(); err == nil {
		err = failed
	}
	r.Left = int(r.left.Load())
	if told := a.print(r.summary(c.JSON)); err == nil {
		err = told
	}
	switch {
	case err != nil:
		return err
	case a.ctx.Err() != nil:
		return a.ctx.Err()
	case len(r.Problems) > 0:
		return errReported
	}
	return nil
}

// problem tells of something that could not be added.
func (r *adding) problem(err error) {
	p := problem{Record: -1, Reason: err.Error()}
	var at *read.Error
	if errors.As(err, &at) {
		p = problem{at.Name, at.Record, at.Offset, at.Err.Error()}
	}
	r.Problems = append(r.Problems, p)
	r.app.complain(err)
}

// summary says what has come of all.
func (r *adding) summary(asJSON bool) []byte {
	if asJSON {
		line, _ := json.Marshal(r)
		return append(line, '\n')
	}
	parts := []string{r.tally.reports()}
	for _, more := range []struct {
		n    int
		what string
	}{{len(r.Problems), "refused"}, {r.Others, "other files left out"}, {r.Left, "pages left to be fetched"}} {
		if more.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", more.n, more.what))
		}
	}
	if r.Statements > 0 {
		parts = append(parts, counted(r.Statements, "statement"))
	}
	return []byte(strings.Join(parts, " · ") + "\n")
}
