package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"hearsay/fetch"
	"hearsay/ledger"
	"hearsay/read"
)

// An errand is an address to be fetched.
type errand struct {
	url                string
	lists              bool      // it may be a feed or a sitemap
	published, changed time.Time // as the feed says; zero where it does not
}

// found is what a feed, a sitemap or the front page of a site leads to.
type found struct{ pages, lists []errand }

// The most hosts that are asked at once, and the most feeds and sitemaps that others
// lead to and that are read in one run.
const (
	mostHosts = 8
	mostLists = 50
)

// visitAll fetches addresses, and at most so many pages that the feeds and
// sitemaps among them lead to (0 means all).
func (r *adding) visitAll(ctx context.Context, addresses []string, limit int, to chan<- arrival) {
	seen := map[string]bool{}
	var pages, todo []errand
	for _, at := range addresses {
		if !seen[at] {
			seen[at] = true
			todo = append(todo, errand{url: at, lists: true})
		}
	}
	enough := func() bool { return limit > 0 && len(pages) > limit }
	for lists := 0; len(todo) > 0 && ctx.Err() == nil; {
		got := make([]found, len(todo))
		byHost(todo, func(i int) {
			b := &batch{}
			defer b.close(ctx, to)
			more, err := r.visit(ctx, todo[i], b, to)
			if got[i] = more; err != nil {
				b.send(ctx, to, nil, err)
			}
		})
		todo = nil
		for _, g := range got {
			for _, p := range g.pages {
				if !seen[p.url] && !r.has(ctx, p) {
					pages = append(pages, p)
				}
				seen[p.url] = true
			}
			for _, s := range g.lists {
				if !seen[s.url] && lists < mostLists && !enough() {
					lists++
					todo = append(todo, s)
				}
				seen[s.url] = true
			}
		}
		r.app.talk.more(len(todo))
	}
	if enough() {
		r.left.Store(int64(len(pages) - limit))
		pages = pages[:limit]
	}
	r.app.talk.more(len(pages))
	byHost(pages, func(i int) {
		b := &batch{}
		defer b.close(ctx, to)
		if _, err := r.visit(ctx, pages[i], b, to); err != nil {
			b.send(ctx, to, nil, err)
		}
	})
	if left := r.left.Load(); left > 0 && ctx.Err() == nil {
		r.app.complain(fmt.Errorf("%d pages are not fetched: more than --limit %d; the same command again goes on with them", left, limit))
	}
}

// has reports whether a page was taken in, and not changed since as far as the
// feed says.
func (r *adding) has(ctx context.Context, e errand) bool {
	k, err := r.ledger.Taken(ctx, r.key(e.url))
	return err == nil && k != nil && !e.changed.After(k.At)
}

// byHost does errands: those of one host one after the other, so that nobody
// waits for a host that another is at, and those of several hosts at once.
func byHost(errands []errand, do func(i int)) {
	hosts := map[string]int{}
	var rows [][]int
	for i, e := range errands {
		host := ""
		if u, err := url.Parse(e.url); err == nil {
			host = strings.ToLower(u.Hostname())
		}
		n, ok := hosts[host]
		if !ok {
			n = len(rows)
			hosts[host] = n
			rows = append(rows, nil)
		}
		rows[n] = append(rows[n], i)
	}
	var all sync.WaitGroup
	free := make(chan struct{}, mostHosts)
	for _, row := range rows {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			for _, i := range row {
				do(i)
			}
		})
	}
	all.Wait()
}

// visit fetches an address, unless it has not changed since it was taken in,
// and sends its reports. It returns what a feed or a sitemap leads to, and the
// error of what cannot be fetched.
func (r *adding) visit(ctx context.Context, e errand, b *batch, to chan<- arrival) (found, error) {
	if ctx.Err() != nil {
		return found{}, nil
	}
	known, err := r.ledger.Taken(ctx, r.key(e.url))
	if err != nil {
		send(ctx, to, arrival{batch: b, broken: err})
		return found{}, nil
	}
	req := fetch.Request{URL: e.url}
	if known != nil {
		req.ETag, req.Modified = known.ETag, known.Modified
	}
	res, err := r.app.web().Get(ctx, req)
	switch {
	case ctx.Err() != nil:
		return found{}, nil
	case err != nil:
		r.app.talk.passed(0)
		return found{}, err
	case known != nil && (res.Unchanged || sumOf(res.Body) == known.Sum):
		b.known = known.Reports
		r.app.talk.passed(0)
		return found{}, nil
	}
	if e.lists {
		in := read.Input{Name: e.url, Body: bytes.NewReader(res.Body), Type: res.Type}
		opt := r.read
		opt.URL = cmp.Or(opt.URL, res.URL)
		list, err := read.Feed(ctx, in, opt)
		if list != nil {
			r.app.talk.passed(0)
			return r.listed(ctx, list, err, res.Fetched, b, to), nil
		}
		if named := read.NamedFeeds(res.Body, res.Type, res.URL); len(named) > 0 && isSite(e.url) {
			r.app.talk.passed(0)
			return found{lists: []errand{{url: named[0], lists: true}}}, nil
		}
	}
	r.page(ctx, e, res, b, to)
	return found{}, nil
}

// isSite reports whether an address is that of a site, whose page is no report but
// leads to them.
func isSite(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// page sends the reports of what was fetched.
func (r *adding) page(ctx context.Context, e errand, res *fetch.Response, b *batch, to chan<- arrival) {
	opt := r.read
	if !e.lists { // --url is of what was named
		opt.URL = ""
	}
	for doc, err := range r.app.reports(e.url, fetched(res), opt) {
		if doc != nil && doc.Published.IsZero() {
			doc.Published = e.published
		}
		if !b.send(ctx, to, doc, err) {
			return
		}
	}
	k := ledger.Taken{Key: r.key(e.url), Name: e.url, Sum: sumOf(res.Body), Size: int64(len(res.Body)), Reports: b.sent, ETag: res.ETag, Modified: res.Modified}
	end := b.end
	b.end = func(refused int) (err error) {
		if refused == 0 {
			err = r.take(k)
		}
		if end != nil {
			err = cmp.Or(err, end(refused))
		}
		return err
	}
}

// listed sends the reports that a feed carries, and what of it is broken, and
// returns what it leads to.
func (r *adding) listed(ctx context.Context, list *read.Listing, broken error, at time.Time, b *batch, to chan<- arrival) found {
	var f found
	sendErrors(ctx, broken, b, to)
	for i := range list.Entries {
		e := &list.Entries[i]
		if e.Document != nil {
			e.Document.Fetched = at
			b.send(ctx, to, e.Document, nil)
		} else if e.URL != "" {
			f.pages = append(f.pages, errand{url: e.URL, published: e.Published, changed: e.Changed})
		}
	}
	for _, s := range list.Sitemaps {
		if s.URL != "" {
			f.lists = append(f.lists, errand{url: s.URL, lists: true})
		}
	}
	return f
}

// sendErrors sends each of several errors that are joined.
func sendErrors(ctx context.Context, err error, b *batch, to chan<- arrival) {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range several.Unwrap() {
			b.send(ctx, to, nil, one)
		}
	} else if err != nil {
		b.send(ctx, to, nil, err)
	}
}

// forGood reports whether it is no use to try again what could not be fetched.
func forGood(err error) bool {
	for _, never := range []error{fetch.ErrScheme, fetch.ErrAddress, fetch.ErrRedirects, fetch.ErrDowngrade, fetch.ErrTooLong} {
		if errors.Is(err, never) {
			return true
		}
	}
	var s *fetch.StatusError
	return errors.As(err, &s) && s.Status >= 400 && s.Status < 500 && s.Status != 408 && s.Status != 425 && s.Status != 429
}
