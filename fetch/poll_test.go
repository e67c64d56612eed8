package fetch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"hearsay/read"
)

// A pipes is a network without a system under it, for tests in which time is
// not real: every host is answered by one server.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	if c, ok := <-p; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}
func (p pipes) Close() error   { close(p); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// inTime runs a test with a server and a client, in a time of its own.
func inTime(t *testing.T, h http.HandlerFunc, test func(t *testing.T, c *Client)) {
	synctest.Test(t, func(t *testing.T) {
		network := make(pipes)
		server := &http.Server{Handler: h}
		go server.Serve(network)
		c := New(Options{})
		c.lookup = func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		}
		c.connect = func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			network <- theirs
			return ours, nil
		}
		test(t, c)
		c.Close()
		server.Close()
		synctest.Wait()
	})
}

// TestTurns: a host gets one request at a time, with a pause between two; hosts
// do not wait for one another.
func TestTurns(t *testing.T) {
	var mu sync.Mutex
	now, most := map[string]int{}, 0
	inTime(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			if strings.HasPrefix(r.Host, "slow.example") {
				io.WriteString(w, "User-agent: *\nCrawl-delay: 10")
			}
			return
		}
		host, _, _ := strings.Cut(r.Host, ":")
		mu.Lock()
		now[host]++
		most = max(most, now[host])
		mu.Unlock()
		time.Sleep(2 * time.Second)
		mu.Lock()
		now[host]--
		mu.Unlock()
	}, func(t *testing.T, c *Client) {
		start := time.Now()
		took := map[string]time.Duration{}
		var all sync.WaitGroup
		for _, host := range []string{"a.example", "b.example", "slow.example"} {
			var some sync.WaitGroup
			for n := range 5 {
				some.Go(func() {
					port := []string{"", ":81"}[n%2]
					if _, err := c.Get(t.Context(), Request{URL: "http://" + host + port + "/"}); err != nil {
						t.Error(err)
					}
				})
			}
			all.Go(func() {
				some.Wait()
				mu.Lock()
				took[host] = time.Since(start)
				mu.Unlock()
			})
		}
		all.Wait()
		if most != 1 {
			t.Errorf("%d requests to a host at once", most)
		}
		for host, want := range map[string]time.Duration{"a.example": 14 * time.Second, "b.example": 14 * time.Second, "slow.example": 50 * time.Second} {
			if took[host] != want {
				t.Errorf("%s took %v", host, took[host])
			}
		}
	})
}

// TestTimes: nothing takes for ever, and what a host says is kept for as long
// as it should be.
func TestTimes(t *testing.T) {
	asked, status := 0, 500
	inTime(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			asked++
			w.WriteHeader(status)
		case "/slow":
			time.Sleep(time.Hour)
		case "/drip":
			for range 100 {
				io.WriteString(w, "x")
				w.(http.Flusher).Flush()
				time.Sleep(time.Second)
			}
		case "/busy":
			w.Header().Set("Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
			w.WriteHeader(429)
		}
	}, func(t *testing.T, c *Client) {
		get := func(path string) error {
			_, err := c.Get(t.Context(), Request{URL: "http://a.example" + path})
			return err
		}
		expect := func(what string, err, want error, times int) {
			t.Helper()
			if !errors.Is(err, want) || asked != times {
				t.Errorf("%s: %v; robots.txt was asked for %d times", what, err, asked)
			}
		}
		expect("broken robots.txt", get("/"), ErrRobots, 1)
		expect("kept", get("/"), ErrRobots, 1)
		time.Sleep(robotsRetry)
		status = 404
		expect("asked again", get("/"), nil, 2)
		time.Sleep(robotsKept - time.Minute)
		expect("kept for a day", get("/"), nil, 2)
		time.Sleep(2 * time.Minute)
		expect("asked again", get("/"), nil, 3)
		for _, path := range []string{"/slow", "/drip"} {
			start := time.Now()
			if err := get(path); err == nil || !strings.HasSuffix(err.Error(), ": takes longer than the limit of 30s") || time.Since(start) > 32*time.Second {
				t.Errorf("%s: %v after %v", path, err, time.Since(start))
			}
		}
		for range 2 {
			var s *StatusError
			if err := get("/busy"); !errors.As(err, &s) || s.Status != 429 || s.After < 59*time.Minute {
				t.Errorf("%v", err)
			}
		}
		time.Sleep(time.Hour)
		expect("rested", get("/"), nil, 3)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := c.Get(ctx, Request{URL: "http://a.example/"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("stopped while waiting: %v", err)
		}
		time.Sleep(2 * time.Hour) // the server ends what it was asked
	})
}

// feedOf is a feed with entries that have numbers, and changed at a minute.
func feedOf(changed int, numbers ...int) string {
	var b strings.Builder
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Velmora Times</title><link href="/"/>`)
	for _, n := range numbers {
		fmt.Fprintf(&b, `<entry><id>%d</id><link href="/%d"/><updated>2024-05-06T07:%02d:00Z</updated></entry>`, n, n, changed)
	}
	return b.String() + "</feed>"
}

func numbersOf(entries []read.Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, strings.TrimPrefix(e.URL, "http://a.example/"))
	}
	return strings.Join(list, " ")
}

func TestPoll(t *testing.T) {
	var answer http.HandlerFunc
	inTime(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		answer(w, r)
	}, func(t *testing.T, c *Client) {
		f := Feed{URL: "http://a.example/feed"}
		poll := func(what, wantNew, wantUpdated string, fails int, h http.HandlerFunc) {
			t.Helper()
			answer = h
			news, next, err := c.Poll(t.Context(), f)
			if numbersOf(news.New) != wantNew || numbersOf(news.Updated) != wantUpdated || next.Failures != fails || (err != nil) != (fails > 0) {
				t.Errorf("%s: new %q, updated %q, %d failures, %v", what, numbersOf(news.New), numbersOf(news.Updated), next.Failures, err)
			}
			b, err := json.Marshal(next) // what is stored
			if f = (Feed{}); err != nil || json.Unmarshal(b, &f) != nil {
				t.Fatalf("%s: %s, %v", what, b, err)
			}
			time.Sleep(time.Until(f.Due))
		}
		poll("first", "1 2", "", 0, says(feedOf(1, 1, 2)))
		poll("the same", "", "", 0, says(feedOf(1, 1, 2)))
		poll("one more", "3", "", 0, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("ETag", `"x"`)
			io.WriteString(w, feedOf(1, 3, 1, 2))
		})
		poll("unchanged", "", "", 0, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("If-None-Match") != `"x"` {
				t.Error("no condition")
			}
			w.WriteHeader(304)
		})
		poll("updated", "", "2", 0, says(feedOf(2, 2)))
		poll("one comes back", "", "", 0, says(feedOf(1, 1)))
		poll("broken", "4", "", 0, says(strings.Replace(feedOf(1, 1, 4), "</feed>", "<entry><", 1)))
		start := time.Now()
		poll("a page", "", "", 1, says("<html>"))
		if wait := time.Since(start); wait < 54*time.Minute || wait > 66*time.Minute {
			t.Errorf("after a failure %v", wait)
		}
		for n := 2; n <= 9; n++ {
			start := time.Now()
			poll("fails", "", "", n, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) })
			if wait := time.Since(start); f.Gone || n > 6 && (wait < 21*time.Hour || wait > 27*time.Hour) {
				t.Errorf("after %d failures %v, %v", n, wait, f.Gone)
			}
		}
		poll("better", "5", "", 0, says(feedOf(1, 5)))
		poll("moved", "6", "", 0, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/feed" {
				http.Redirect(w, r, "/new", http.StatusMovedPermanently)
				return
			}
			io.WriteString(w, feedOf(1, 6))
		})
		poll("there", "7", "", 0, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/new" {
				t.Error(r.URL)
			}
			io.WriteString(w, feedOf(1, 7))
		})
		gone := func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(410) }
		if poll("gone there", "", "", 1, gone); f.Gone || f.Moved != "" {
			t.Errorf("%+v", f)
		}
		if poll("gone", "", "", 2, gone); !f.Gone || len(due([]Feed{f}, f.Due.Add(pollMost))) > 0 {
			t.Errorf("%+v", f)
		}
	})
}

func TestSeenIsBounded(t *testing.T) {
	var f Feed
	now := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	all := &read.Listing{}
	for n := range 2 * seenKept {
		all.Entries = append(all.Entries, read.Entry{ID: fmt.Sprint(n)})
	}
	if n := len(f.news(all, now).New); n != 2*seenKept || len(f.Seen) != n {
		t.Errorf("%d new, %d kept", n, len(f.Seen))
	}
	if f.news(&read.Listing{Entries: all.Entries[:10]}, now.Add(time.Hour)); len(f.Seen) != seenKept {
		t.Errorf("%d kept", len(f.Seen))
	}
	if n := len(f.news(&read.Listing{Entries: all.Entries[:10]}, now.Add(time.Hour)).New); n != 0 {
		t.Errorf("%d new", n)
	}
	if f.news(&read.Listing{}, now.Add(seenFor+2*time.Hour)); len(f.Seen) != 0 {
		t.Errorf("%d kept", len(f.Seen))
	}
}

func TestPollDue(t *testing.T) {
	inTime(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/feed") {
			io.WriteString(w, feedOf(1, 1))
		}
	}, func(t *testing.T, c *Client) {
		var feeds []Feed
		for n := range 40 {
			feeds = append(feeds, Feed{URL: fmt.Sprintf("http://host%d.example/feed%d", n%10, n)})
		}
		feeds[0].Due = time.Now().Add(time.Hour)
		feeds[1].Gone = true
		feeds[2].URL = "http://host2.example/robots"
		start, polled, failed := time.Now(), map[string]bool{}, 0
		for p := range c.PollDue(t.Context(), feeds) {
			polled[p.Feed.URL] = true
			if p.Err != nil {
				failed++
			} else if len(p.News.New) != 1 {
				t.Errorf("%+v", p)
			}
		}
		if took := time.Since(start); len(polled) != 38 || failed != 1 || took > 4*time.Second {
			t.Errorf("%d polled, %d failed, %v", len(polled), failed, took)
		}
		for range c.PollDue(t.Context(), feeds) {
			break
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for p := range c.PollDue(ctx, feeds) {
			t.Errorf("%+v", p)
		}
	})
}

// TestPollPage: where a page stands at the URL of a feed that is not known yet, the
// feed that it names is polled.
func TestPollPage(t *testing.T) {
	const home = `<!doctype html><html><head><title>Velmora Times</title>
		<link rel="alternate" type="application/atom+xml" href="%s"></head><body><p>The tide came in.</p></body></html>`
	answers, asked := map[string]http.HandlerFunc{}, map[string]int{}
	page := func(feed string) http.HandlerFunc { return says(fmt.Sprintf(home, feed)) }
	inTime(t, func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		if h := answers[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}, func(t *testing.T, c *Client) {
		f := Feed{URL: "http://a.example/times/"}
		poll := func(what, wantNew, moved, failure string) {
			t.Helper()
			news, next, err := c.Poll(t.Context(), f)
			if numbersOf(news.New) != wantNew || next.Moved != moved || next.Failure != failure || (err != nil) != (failure != "") || next.Gone {
				t.Errorf("%s: new %q, moved to %q, %v", what, numbersOf(news.New), next.Moved, err)
			}
			f = next
			time.Sleep(time.Until(f.Due))
		}
		answers["/times/"] = page("../gone.xml")
		poll("a feed that is not there", "", "", "http://a.example/times/ names a feed: http://a.example/gone.xml: was answered with status 404 (Not Found)")
		answers["/times/"], answers["/other/"] = page("/other/"), page("/feed.xml")
		poll("a page that names a page", "", "", "http://a.example/times/ names a feed: http://a.example/other/: is neither a feed nor a sitemap")
		if asked["/feed.xml"] != 0 {
			t.Error("a page that a page names was followed")
		}
		answers["/times/"], answers["/feed.xml"] = page("/feed.xml"), says(feedOf(1, 1, 2))
		poll("a page", "1 2", "http://a.example/feed.xml", "")
		pages := asked["/times/"]
		answers["/feed.xml"] = says(feedOf(1, 3, 1, 2))
		poll("its feed", "3", "http://a.example/feed.xml", "")
		answers["/feed.xml"] = page("/new.xml")
		poll("a page in place of a known feed", "", "http://a.example/feed.xml", "http://a.example/feed.xml: is neither a feed nor a sitemap")
		if asked["/times/"] != pages {
			t.Error("the page was asked again")
		}
		delete(answers, "/feed.xml")
		for f.Moved != "" {
			_, f, _ = c.Poll(t.Context(), f)
			time.Sleep(time.Until(f.Due))
		}
		answers["/times/"], answers["/new.xml"] = page("/new.xml"), says(feedOf(1, 4))
		poll("another feed", "4", "http://a.example/new.xml", "")
	})
}
