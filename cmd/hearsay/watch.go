package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"hearsay/fetch"
	"hearsay/ledger"
	"hearsay/read"
)

// watchCmd adds what feeds bring.
type watchCmd struct {
	ledgerFlag
	listFlags
	Once         bool          `help:"Ask the feeds that are due, fetch what they lead to, and end: for cron."`
	Every        time.Duration `default:"30m" placeholder:"TIME" help:"How often a feed is asked that does not ask to be asked less often: 30m by default, a minute at least."`
	Limit        int           `default:"200" placeholder:"N" help:"Fetch at most so many pages before the feeds are looked at again, 200 by default; 0 means all. The others come next."`
	OPML         string        `name:"opml" placeholder:"FILE" help:"Watch the feeds of this list, too; - is standard input."`
	ExportOPML   string        `name:"export-opml" placeholder:"FILE" help:"Write the list of feeds as OPML and end; - is standard output."`
	List         bool          `help:"List the feeds and end."`
	Remove       []string      `sep:"none" placeholder:"URL" help:"Watch this feed no longer, and end; may be given several times."`
	Model        string        `default:"fast" placeholder:"MODEL" help:"The model that finds statements, as for hearsay read."`
	Actors       string        `placeholder:"FILE" help:"A table of offices of your own, as for hearsay read."`
	Jobs         int           `placeholder:"N" help:"How many reports are annotated at the same time. Without it, one for each core."`
	AllowPrivate bool          `help:"Fetch from this machine and from the local network, too; without it only from the public internet."`
	Feeds        []string      `arg:"" optional:"" name:"url" help:"Feeds (RSS, Atom, JSON Feed), sitemaps or pages that name their feed, to watch from now on, beside those of the ledger."`
}

// Help is the part of the command's help under its first line.
func (watchCmd) Help() string {
	return `Asks feeds for what is new and adds it: reports that a feed carries, and the pages that it leads to. Of a page, such as the front page of an outlet, the first feed that it names is asked. The feeds are kept in the ledger, each with what is known of it, so that nothing is fetched twice; another run goes on where the last one was stopped. Feeds are asked whether they have changed before they are sent, not more often than they wish, and as their robots.txt allows; after failures they are asked less and less often, up to once a day.

Examples:

    hearsay watch https://example.org/feed.xml
    hearsay watch https://example.org
    hearsay watch --opml feeds.opml --once
    hearsay watch --list
    hearsay watch --remove https://example.org/feed.xml
    hearsay watch --export-opml feeds.opml

Exit status: 0 done, 1 something failed (the rest was added), 2 wrong usage, 3 there is no such feed, or none at all, 130 interrupted (what was added before is in).`
}

// Validate says what is wrong with the arguments.
func (c *watchCmd) Validate() error {
	if c.Every < time.Minute && (!c.AllowPrivate || c.Every <= 0) {
		return fmt.Errorf("--every: want a minute (1m) or more, have %v", c.Every)
	}
	for _, feed := range slices.Concat(c.Feeds, c.Remove) {
		if !isAddress(feed) {
			return fmt.Errorf("want an address that begins with http:// or https://, have %q", feed)
		}
	}
	return nil
}

// Run does what is asked for, and watches unless that is all.
func (c *watchCmd) Run(a *app) error {
	subscribes := len(c.Feeds) > 0 || c.OPML != ""
	ends := c.List || c.ExportOPML != "" || len(c.Remove) > 0
	if ends && !subscribes {
		return c.with(a, c.manage)
	}
	r, err := a.adding(c.ledgerFlag, c.Model, c.Actors, read.Options{})
	if err != nil {
		return err
	}
	if err = c.subscribe(a, r.ledger); err == nil && ends {
		err = c.manage(a, r.ledger)
	} else if err == nil {
		a.fetching.AllowPrivate, a.fetching.Every = c.AllowPrivate, c.Every
		err = (&watching{adding: r, cmd: c}).watch()
	}
	return errors.Join(err, r.ledger.Close())
}

// manage changes and lists what is watched.
func (c *watchCmd) manage(a *app, l *ledger.Ledger) error {
	for _, feed := range c.Remove {
		if err := l.Unwatch(a.ctx, feed); err != nil {
			return err
		}
	}
	if c.ExportOPML != "" {
		if err := c.export(a, l); err != nil {
			return err
		}
	}
	if c.List {
		return c.list(a, l)
	}
	return nil
}

// errNoFeed ends a command that needs a feed.
var errNoFeed = fmt.Errorf("no feed is watched; hearsay watch URL watches one: %w", errNothing)

// watching is feeds being watched.
type watching struct {
	*adding
	cmd    *watchCmd
	failed bool
}

// news is what came of one feed in a round.
type news struct {
	Format int    `json:"hearsay"`
	Feed   string `json:"feed"`
	Title  string `json:"title,omitempty"`
	Polled string `json:"polled,omitempty"`
	Due    string `json:"due,omitempty"`
	tally
	Failed  int    `json:"failed,omitempty"` // entries and pages
	Failure string `json:"failure,omitempty"`
}

// mostWait is after what time the feeds are looked at again, though none was
// due: another process may have added some.
const mostWait = time.Minute

// watch asks feeds when they are due until it is interrupted, or once.
func (w *watching) watch() error {
	for w.app.ctx.Err() == nil {
		next, err := w.round()
		switch {
		case err != nil:
			return err
		case w.app.ctx.Err() != nil:
		case w.cmd.Once && w.failed:
			return errReported
		case w.cmd.Once:
			return nil
		default:
			w.app.talk.clear()
			w.app.wait(w.app.ctx, min(max(time.Until(next), 0), mostWait))
		}
	}
	return w.app.ctx.Err()
}

// round asks the feeds that are due, fetches pages that they led to, and tells
// what came of it. It returns when something is due next.
func (w *watching) round() (next time.Time, err error) {
	feeds, err := w.ledger.Feeds(w.app.ctx)
	if err == nil && len(feeds) == 0 {
		err = errNoFeed
	}
	if err != nil {
		return next, err
	}
	w.tally, w.Problems = tally{}, nil
	told := map[string]*news{}
	for i := range feeds {
		told[feeds[i].URL] = &news{Format: 1, Feed: feeds[i].URL, Title: feeds[i].Title}
	}
	hands := jobs(w.cmd.Jobs)
	w.app.talk.beginAdding(0, 0)
	err = w.run(hands, func(ctx context.Context, to chan<- arrival) { w.poll(ctx, feeds, told, to) })
	if err != nil || w.app.ctx.Err() != nil {
		return next, err
	}
	links, err := w.ledger.Links(w.app.ctx)
	if err != nil {
		return next, err
	}
	due, left := w.dueLinks(links)
	if len(due) > 0 {
		w.app.talk.more(len(due))
		err = w.run(hands, func(ctx context.Context, to chan<- arrival) { w.fetchAll(ctx, due, told, to) })
	}
	if left > 0 && w.cmd.Once && w.app.ctx.Err() == nil {
		w.app.complain(fmt.Errorf("%d pages are left to be fetched: more than --limit %d; the next run goes on with them", left, w.cmd.Limit))
	}
	w.failed = len(w.Problems) > 0
	return w.next(), errors.Join(err, w.tell(feeds, told))
}

// next returns when something is due.
func (w *watching) next() time.Time {
	feeds, err := w.ledger.Feeds(w.app.ctx)
	links, failed := w.ledger.Links(w.app.ctx)
	next := time.Now().Add(mostWait)
	if err != nil || failed != nil {
		return next
	}
	for i := range feeds {
		if !feeds[i].Gone && feeds[i].Due.Before(next) {
			next = feeds[i].Due
		}
	}
	for i := range links {
		if links[i].Due.Before(next) {
			next = links[i].Due
		}
	}
	return next
}

// poll asks the feeds that are due.
func (w *watching) poll(ctx context.Context, feeds []ledger.Feed, told map[string]*news, to chan<- arrival) {
	states := make([]fetch.Feed, len(feeds))
	known := map[string]*ledger.Feed{}
	for i := range feeds {
		states[i] = stateOf(&feeds[i])
		known[feeds[i].URL] = &feeds[i]
	}
	for p := range w.app.web().PollDue(ctx, states) {
		if ctx.Err() != nil {
			return
		}
		w.polled(ctx, p, known[p.Feed.URL], told[p.Feed.URL], to)
	}
}

// polled sends the reports that a feed carries. Its state is kept when they are,
// together with the pages that it leads to.
func (w *watching) polled(ctx context.Context, p fetch.Polled, f *ledger.Feed, t *news, to chan<- arrival) {
	b := &batch{into: &t.tally}
	defer b.close(ctx, to)
	keepState(f, &p)
	t.Title, t.Due, t.Polled = f.Title, moment(f.Due), moment(f.Polled)
	if t.Failure = f.Failure; p.Err != nil {
		b.send(ctx, to, nil, fmt.Errorf("%w; it is asked again on %s", p.Err, f.Due.Local().Format("2 January, 15:04")))
	}
	sendErrors(ctx, p.News.Broken, b, to)
	var links []ledger.Link
	for i, e := range slices.Concat(p.News.New, p.News.Updated) {
		switch {
		case e.Document != nil:
			e.Document.Fetched = f.Polled
			b.send(ctx, to, e.Document, nil)
		case e.URL != "" && (i >= len(p.News.New) || !w.has(ctx, errand{url: e.URL, changed: e.Changed})):
			links = append(links, ledger.Link{URL: e.URL, Feed: f.URL, Published: e.Published, Due: f.Polled})
		}
	}
	b.end = func(refused int) error {
		t.Failed += refused
		return w.ledger.Polled(w.app.ctx, *f, links)
	}
}

// dueLinks returns the pages to be fetched now, and how many others there are.
func (w *watching) dueLinks(links []ledger.Link) (due []ledger.Link, left int) {
	now := time.Now()
	links = slices.DeleteFunc(links, func(k ledger.Link) bool { return k.Due.After(now) })
	slices.SortStableFunc(links, func(a, b ledger.Link) int { return a.Due.Compare(b.Due) })
	if w.cmd.Limit > 0 && len(links) > w.cmd.Limit {
		return links[:w.cmd.Limit], len(links) - w.cmd.Limit
	}
	return links, 0
}

// fetchAll fetches pages.
func (w *watching) fetchAll(ctx context.Context, links []ledger.Link, told map[string]*news, to chan<- arrival) {
	errands := make([]errand, len(links))
	for i, k := range links {
		errands[i] = errand{url: k.URL, published: k.Published}
	}
	byHost(errands, func(i int) {
		t := told[links[i].Feed]
		if t == nil { // not watched any more
			t = &news{}
		}
		b := &batch{into: &t.tally}
		defer b.close(ctx, to)
		b.end = func(refused int) error {
			t.Failed += refused
			return w.ledger.Drop(w.app.ctx, links[i].URL)
		}
		_, err := w.visit(ctx, errands[i], b, to)
		if ctx.Err() != nil {
			b.end = nil
		} else if err != nil {
			b.end, err = w.again(links[i], t, err)
			b.send(ctx, to, nil, err)
		}
	})
}

// How often a page is tried that cannot be fetched; and one that a host does not
// allow, whose robots.txt may only have been out of order.
const (
	mostTries      = 5
	mostDisallowed = 2
)

// again says what is to be done about a page that could not be fetched, and what
// is told.
func (w *watching) again(k ledger.Link, t *news, err error) (end func(int) error, told error) {
	k.Tries++
	if forGood(err) || k.Tries >= mostTries || k.Tries >= mostDisallowed && errors.Is(err, fetch.ErrRobots) {
		return func(int) error {
			t.Failed++
			return w.ledger.Drop(w.app.ctx, k.URL)
		}, err
	}
	pause := w.cmd.Every << k.Tries
	var s *fetch.StatusError
	if errors.As(err, &s) {
		pause = max(pause, s.After)
	}
	k.Due = time.Now().Add(min(pause, 24*time.Hour))
	told = fmt.Errorf("%w; it is tried again on %s", err, k.Due.Local().Format("2 January, 15:04"))
	return func(int) error {
		t.Failed++
		return w.ledger.Postpone(w.app.ctx, k)
	}, told
}

// tell prints what came of the feeds of a round: of all that were asked as JSON,
// of those that brought something for people.
func (w *watching) tell(feeds []ledger.Feed, told map[string]*news) error {
	w.app.talk.clear()
	for i := range feeds {
		t := told[feeds[i].URL]
		brought := t.tally != tally{}
		if w.cmd.JSON && (brought || t.Polled != "" || t.Failed > 0) {
			line, err := json.Marshal(t)
			if err != nil {
				return err
			}
			if err := w.app.print(append(line, '\n')); err != nil {
				return err
			}
		} else if !w.cmd.JSON && brought {
			if err := w.app.print([]byte(oneLine(cmp.Or(t.Title, t.Feed)) + ": " + t.words() + "\n")); err != nil {
				return err
			}
		}
	}
	if w.cmd.Once && !w.cmd.JSON && w.tally == (tally{}) {
		return w.app.print([]byte("no new report\n"))
	}
	return nil
}
