package fetch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"iter"
	"net/http"
	"strings"
	"sync"
	"time"

	"hearsay/read"
)

// How often feeds are asked.
const (
	pollEvery   = 30 * time.Minute
	pollMost    = 24 * time.Hour // after failures, and where the feed says that it changes seldom
	pollAtOnce  = 8              // feeds
	seenKept    = 5000           // entries of a feed
	seenFor     = 90 * 24 * time.Hour
	goneForGood = 10 // failures with 404 in a row
)

// errUnasked is the failure of a host that says of what we do not have that it has not
// changed.
var errUnasked = errors.New("was answered with status 304 (Not Modified), unasked")

// A Feed is the state of a feed that is polled: plain data, to be stored
// between two polls. One with a URL alone is polled at once.
type Feed struct {
	URL      string    `json:"url"`
	Moved    string    `json:"moved,omitempty"` // where it stands now, "" for at URL
	ETag     string    `json:"etag,omitempty"`
	Modified string    `json:"modified,omitempty"`
	Due      time.Time `json:"due"`                // when to poll it next
	Polled   time.Time `json:"polled,omitzero"`    // when it was polled last
	Changed  time.Time `json:"changed,omitzero"`   // when there was last anything new
	Failures int       `json:"failures,omitempty"` // in a row
	Failure  string    `json:"failure,omitempty"`  // the last of these
	Gone     bool      `json:"gone,omitempty"`     // its host says that it will not come back; it is not polled
	Seen     []Seen    `json:"seen,omitempty"`     // the entries that are known
}

// A Seen is an entry of a feed that is known.
type Seen struct {
	ID      string    `json:"id"`               // a hash of the entry's
	Changed time.Time `json:"changed,omitzero"` // as the feed said
	Last    time.Time `json:"last"`             // when the feed last had it
}

// News is what a poll brought.
type News struct {
	Title   string       // of the feed, "" where it has none or was not sent
	Site    string       // the address of its site, likewise
	New     []read.Entry // not seen before, in the order of the feed
	Updated []read.Entry // seen before, and changed since, as the feed says
	Broken  error        // what of the feed could not be read; the rest was
}

// Poll asks a feed for what is new and returns its state from then on, which
// the caller stores once it has taken in the news. It does not look at Due.
// After an error the state says when to try again. Where a page stands at the URL
// of a feed of which nothing is known yet, the first feed that the page names is
// polled in its place, from then on.
func (c *Client) Poll(ctx context.Context, f Feed) (News, Feed, error) {
	res, list, err := c.listing(ctx, Request{cmp.Or(f.Moved, f.URL), f.ETag, f.Modified}, len(f.Seen) == 0)
	if ctx.Err() != nil {
		return News{}, f, ctx.Err()
	}
	f.Seen = append([]Seen(nil), f.Seen...)
	now, every := time.Now(), cmp.Or(c.opt.Every, pollEvery)
	f.Polled = now
	if list == nil && err != nil {
		f.failed(err, now, every)
		return News{}, f, err
	}
	if res.Moved && res.URL != f.URL {
		f.Moved = res.URL
	}
	var news News
	if !res.Unchanged {
		news = f.news(list, res.Fetched)
		news.Broken = err
		if f.ETag, f.Modified = res.ETag, res.Modified; err != nil {
			f.ETag, f.Modified = "", "" // so that the whole of it is sent the next time
		}
	}
	f.Failures, f.Failure = 0, ""
	f.Due = f.later(now, max(every, res.MaxAge))
	return news, f, nil
}

// listing gets and reads a feed. Where it has not changed there is no listing and no
// error. Where it is a page, and one may be followed, it is the feed that the page
// names that is got: as if the page had moved there for good.
func (c *Client) listing(ctx context.Context, req Request, follow bool) (*Response, *read.Listing, error) {
	res, err := c.Get(ctx, req)
	if err != nil || res.Unchanged {
		return res, nil, err
	}
	in := read.Input{Name: res.URL, Body: bytes.NewReader(res.Body), Type: res.Type}
	list, err := read.Feed(ctx, in, read.Options{URL: res.URL})
	if list != nil || !follow {
		return res, list, err
	}
	named := read.NamedFeeds(res.Body, res.Type, res.URL)
	if len(named) == 0 {
		return res, nil, err
	}
	page := res.URL
	res, list, err = c.listing(ctx, Request{URL: named[0]}, false)
	if list == nil { // what the host says of the feed it does not say of the page
		return nil, nil, fmt.Errorf("%s names a feed: %v", page, cmp.Or(err, errUnasked))
	}
	if !res.Moved {
		res.URL, res.Moved = named[0], true
	}
	return res, list, err
}

// failed notes a failure. The wait until the next try doubles with each.
func (f *Feed) failed(err error, now time.Time, wait time.Duration) {
	f.Failures++
	f.Failure = err.Error()
	for range min(f.Failures, 10) {
		wait *= 2
	}
	var s *StatusError
	if errors.As(err, &s) {
		wait = max(wait, s.After)
		missing := s.Status == http.StatusGone || s.Status == http.StatusNotFound && f.Failures >= goneForGood
		switch {
		case missing && f.Moved != "":
			f.Moved, f.ETag, f.Modified, f.Seen = "", "", "", nil // what stands at URL is told as if it were new
		case missing:
			f.Gone = true
		}
	}
	f.Due = f.later(now, wait)
}

// later returns a time about so long from now: a tenth is added or taken off,
// always the same for a feed at a count of failures, so that not all feeds are
// asked at once.
func (f *Feed) later(now time.Time, wait time.Duration) time.Time {
	wait = min(wait, pollMost)
	h := fnv.New32a()
	fmt.Fprintf(h, "%s %d", f.URL, f.Failures)
	return now.Add(wait*9/10 + wait/5*time.Duration(h.Sum32()%1000)/1000)
}

// news tells which entries are new, and notes them.
func (f *Feed) news(list *read.Listing, now time.Time) News {
	news := News{Title: list.Title, Site: list.URL}
	at := map[string]int{}
	for i, s := range f.Seen {
		at[s.ID] = i
	}
	for _, e := range list.Entries {
		if e.ID == "" && e.Document == nil {
			continue
		}
		id := seenID(e)
		i, seen := at[id]
		switch {
		case !seen:
			at[id] = len(f.Seen)
			f.Seen = append(f.Seen, Seen{id, e.Changed, now})
			news.New = append(news.New, e)
			continue
		case e.Changed.After(f.Seen[i].Changed):
			news.Updated = append(news.Updated, e)
			f.Seen[i].Changed = e.Changed
		}
		f.Seen[i].Last = now
	}
	if len(news.New)+len(news.Updated) > 0 {
		f.Changed = now
	}
	f.forget(now)
	return news
}

// seenID tells an entry from others.
func seenID(e read.Entry) string {
	id := e.ID
	if id == "" {
		id = e.Document.ID
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	return fmt.Sprintf("%016x", h.Sum64())
}

// forget drops entries that the feed has not had for long, never one that it
// has now.
func (f *Feed) forget(now time.Time) {
	drop := max(0, len(f.Seen)-seenKept)
	kept := f.Seen[:0]
	for _, s := range f.Seen {
		switch {
		case s.Last.Equal(now):
		case drop > 0:
			drop--
			continue
		case now.Sub(s.Last) > seenFor:
			continue
		}
		kept = append(kept, s)
	}
	f.Seen = kept
}

// A Polled is what came of the poll of one feed.
type Polled struct {
	Feed Feed // its state from now on
	News News
	Err  error
}

// PollDue polls the feeds that are due, several at once, and yields what came
// of each as it is known.
func (c *Client) PollDue(ctx context.Context, feeds []Feed) iter.Seq[Polled] {
	return func(yield func(Polled) bool) {
		feeds := due(feeds, time.Now())
		ctx, cancel := context.WithCancel(ctx)
		todo, done := make(chan Feed), make(chan Polled)
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		for range pollAtOnce {
			workers.Go(func() {
				for f := range todo {
					news, f, err := c.Poll(ctx, f)
					select {
					case done <- Polled{f, news, err}:
					case <-ctx.Done():
						return
					}
				}
			})
		}
		workers.Go(func() {
			defer close(todo)
			for _, f := range feeds {
				select {
				case todo <- f:
				case <-ctx.Done():
					return
				}
			}
		})
		for range feeds {
			select {
			case p := <-done:
				if !yield(p) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// due returns the feeds to poll, those of one host apart, so that workers do
// not all wait for the same.
func due(feeds []Feed, now time.Time) []Feed {
	byHost := map[string]int{}
	var rounds [][]Feed
	for _, f := range feeds {
		if f.Gone || f.Due.After(now) {
			continue
		}
		host := cmp.Or(f.Moved, f.URL)
		if u, err := parse(host); err == nil {
			host = strings.ToLower(u.Host)
		}
		n := byHost[host]
		byHost[host]++
		if n == len(rounds) {
			rounds = append(rounds, nil)
		}
		rounds[n] = append(rounds[n], f)
	}
	var out []Feed
	for _, r := range rounds {
		out = append(out, r...)
	}
	return out
}
