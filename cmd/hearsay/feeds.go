package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"time"

	"hearsay/fetch"
	"hearsay/ledger"
	"hearsay/read"
)

// subscribe adds the feeds that are named to those that are watched.
func (c *watchCmd) subscribe(a *app, l *ledger.Ledger) error {
	var feeds []ledger.Feed
	if c.OPML != "" {
		body, _, err := a.open(c.OPML)
		if err != nil {
			return err
		}
		defer body.Close()
		list, err := read.OPML(read.Input{Name: c.OPML, Body: body})
		if err != nil {
			return err
		}
		for _, s := range list {
			feeds = append(feeds, ledger.Feed{URL: s.Feed, Title: s.Title, Site: s.Site, Folders: s.Folders})
		}
	}
	for _, url := range c.Feeds {
		feeds = append(feeds, ledger.Feed{URL: url})
	}
	_, err := l.Watch(a.ctx, feeds...)
	return err
}

// export writes the list of feeds.
func (c *watchCmd) export(a *app, l *ledger.Ledger) error {
	feeds, err := l.Feeds(a.ctx)
	if err != nil {
		return err
	}
	list := make([]read.Subscription, len(feeds))
	for i, f := range feeds {
		list[i] = read.Subscription{Feed: cmp.Or(f.Moved, f.URL), Title: f.Title, Site: f.Site, Folders: f.Folders}
	}
	var b bytes.Buffer
	if err := read.PrintOPML(&b, "hearsay", list); err != nil {
		return err
	}
	if c.ExportOPML == "-" {
		_, err := io.Copy(a.answer(), &b)
		return err
	}
	return os.WriteFile(c.ExportOPML, b.Bytes(), 0o644)
}

// feedJSON is a feed as --list --json prints it.
type feedJSON struct {
	Format   int      `json:"hearsay"`
	Feed     string   `json:"feed"`
	Title    string   `json:"title,omitempty"`
	Site     string   `json:"site,omitempty"`
	Folders  []string `json:"folders,omitempty"`
	Moved    string   `json:"moved,omitempty"`
	Polled   string   `json:"polled,omitempty"`
	Changed  string   `json:"changed,omitempty"`
	Due      string   `json:"due,omitempty"`
	Failures int      `json:"failures,omitempty"`
	Failure  string   `json:"failure,omitempty"`
	Gone     bool     `json:"gone,omitempty"`
}

// list lists the feeds.
func (c *watchCmd) list(a *app, l *ledger.Ledger) error {
	feeds, err := l.Feeds(a.ctx)
	if err != nil {
		return err
	}
	if len(feeds) == 0 {
		return errNoFeed
	}
	table := &listing{head: []string{"feed", "title", "polled", "changed", "due", "failures", "failure"}}
	short := &listing{head: []string{"feed", "polled", "changed", "due", "failure"}, right: make([]bool, 5)}
	for i := range feeds {
		f := &feeds[i]
		j := feedJSON{
			1, f.URL, f.Title, f.Site, f.Folders, f.Moved,
			moment(f.Polled), moment(f.Changed), moment(f.Due), f.Failures, f.Failure, f.Gone,
		}
		due := localTime(f.Due)
		if f.Gone {
			j.Due, due = "", "never"
		}
		table.add(j, f.URL, f.Title, j.Polled, j.Changed, j.Due, strconv.Itoa(f.Failures), f.Failure)
		short.add(nil, cmp.Or(f.Title, f.URL), localTime(f.Polled), localTime(f.Changed), due, shorten(oneLine(f.Failure), 50))
	}
	return c.print(a, outcome{
		json:  func() ([]any, error) { return table.json, nil },
		table: func() *listing { return table },
		page:  short.draw,
	})
}

// moment is a time as JSON and tables have it, "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func localTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

// stateOf is a feed as it is polled.
func stateOf(f *ledger.Feed) fetch.Feed {
	s := fetch.Feed{
		URL: f.URL, Moved: f.Moved, ETag: f.ETag, Modified: f.Modified, Due: f.Due, Polled: f.Polled, Changed: f.Changed,
		Failures: f.Failures, Failure: f.Failure, Gone: f.Gone,
	}
	if json.Unmarshal(f.Seen, &s.Seen) != nil { // all is new then; the ledger knows what is not
		s.Seen, s.ETag, s.Modified = nil, "", ""
	}
	return s
}

// keepState notes what a poll came to.
func keepState(f *ledger.Feed, p *fetch.Polled) {
	s := &p.Feed
	f.Title, f.Site = cmp.Or(p.News.Title, f.Title), cmp.Or(p.News.Site, f.Site)
	f.Moved, f.ETag, f.Modified, f.Due, f.Polled, f.Changed = s.Moved, s.ETag, s.Modified, s.Due, s.Polled, s.Changed
	f.Failures, f.Failure, f.Gone = s.Failures, s.Failure, s.Gone
	f.Seen, _ = json.Marshal(s.Seen)
}
