package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hearsay/fetch"
)

// TestWatchWaits: between two rounds is the time until something is due, a
// minute at most; a page that fails is tried again, later each time, and given
// up in the end.
func TestWatchWaits(t *testing.T) {
	polls, tries := 0, 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed.xml":
			polls++
			io.WriteString(w, `<rss version="2.0"><channel><title>Rivermouth</title><item><title>Lock</title><link>/lock.html</link></item></channel></rss>`)
		case "/lock.html":
			tries++
			w.WriteHeader(http.StatusBadGateway)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer server.Close()
	var out, errs bytes.Buffer
	prepare := func() (*app, context.CancelFunc) {
		ctx, stop := context.WithCancel(context.Background())
		return &app{
			ctx: ctx, in: strings.NewReader(""), out: &out, errs: &errs, talk: newProgress(io.Discard), getenv: func(string) string { return "" },
			fetching: fetch.Options{Pause: -1},
		}, stop
	}
	a, stop := prepare()
	defer stop()
	var waits []time.Duration
	a.wait = func(_ context.Context, d time.Duration) {
		if waits = append(waits, d); len(waits) == 3 {
			stop()
		}
	}
	db := filepath.Join(t.TempDir(), "news.db")
	if status := run(a, []string{"watch", "--db", db, "--allow-private", "--every", "30s", server.URL + "/feed.xml"}); status != exitInterrupted {
		t.Errorf("exit status %d: %s", status, &errs)
	}
	if polls != 1 || tries != 1 {
		t.Errorf("%d polls, %d tries before anything was due", polls, tries)
	}
	for _, d := range waits {
		if d < 20*time.Second || d > mostWait {
			t.Errorf("waits %v", d)
		}
	}

	a, stop = prepare()
	defer stop()
	rounds := 0
	a.wait = func(context.Context, time.Duration) {
		if rounds++; rounds == 400 {
			stop()
		}
		time.Sleep(time.Millisecond)
	}
	errs.Reset()
	run(a, []string{"watch", "--db", filepath.Join(t.TempDir(), "other.db"), "--allow-private", "--every", "1ms", server.URL + "/feed.xml"})
	if tries != 1+mostTries || strings.Count(errs.String(), "tried again") != mostTries-1 {
		t.Errorf("%d tries: %s", tries, &errs)
	}
	if polls < 5 || out.Len() > 0 {
		t.Error(fmt.Sprint(polls, " polls: ", &out))
	}
}
