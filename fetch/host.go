package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	robotsKept   = 24 * time.Hour
	robotsRetry  = 10 * time.Minute // after a failure
	maxRobots    = 512 << 10
	manyHosts    = 1000
	manyOrigins  = 4 // of a host
	defaultPause = time.Second
)

// A host is what is known of a host, whatever its ports. Its fields are of
// whoever has the turn.
type host struct {
	turn chan struct{} // holds one while it is somebody's turn
	uses int           // who have it or wait for it; guarded by the client's lock

	next   time.Time // the earliest time of the next request
	until  time.Time // until when it asked to be left alone
	status int       // with which it asked

	said map[string]said // by origin
}

// A said is what the robots.txt of an origin said.
type said struct {
	robots *robots
	failed error     // why there is none
	stale  time.Time // when to ask anew
}

// enter waits for the turn at the host of an address, unless it has it.
func (t *trip) enter(ctx context.Context, u *url.URL) error {
	h := t.c.host(strings.ToLower(u.Hostname()))
	if h == t.at {
		t.c.put(h)
		return nil
	}
	t.leave()
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		t.c.put(h)
		return ctx.Err()
	}
	t.at = h
	if wait := time.Until(h.until); wait > 0 {
		return &StatusError{h.status, wait}
	}
	return sleep(ctx, time.Until(h.next))
}

// leave gives up the turn; where it was used the next one begins after a
// pause.
func (t *trip) leave() {
	h := t.at
	if h == nil {
		return
	}
	t.at = nil
	pause := t.c.opt.Pause
	if pause == 0 {
		pause = defaultPause
	}
	if pause > 0 {
		pause = max(pause, t.delay)
	}
	if t.asked {
		h.next = time.Now().Add(pause)
	}
	t.asked, t.delay = false, 0
	<-h.turn
	t.c.put(h)
}

// host returns what is known of a host, for somebody who hands it back to put.
func (c *Client) host(name string) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[name]
	if h == nil {
		if len(c.hosts) >= manyHosts {
			c.forget()
		}
		h = &host{turn: make(chan struct{}, 1), said: map[string]said{}}
		c.hosts[name] = h
	}
	h.uses++
	return h
}

func (c *Client) put(h *host) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h.uses--
}

// forget forgets the hosts that nobody uses and that may be asked at once. The
// lock is held.
func (c *Client) forget() {
	now := time.Now()
	for name, h := range c.hosts {
		if h.uses == 0 && h.next.Before(now) && h.until.Before(now) {
			delete(c.hosts, name)
		}
	}
}

// rest notes that a host asked to be left alone.
func (h *host) rest(status int, wait time.Duration) {
	h.until, h.status = time.Now().Add(wait), status
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// allowed asks the robots.txt of a host whether we may fetch an address.
func (t *trip) allowed(ctx context.Context, u *url.URL) error {
	r, err := t.robots(ctx, u)
	if err != nil {
		return err
	}
	path := u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	if !r.allows(path) {
		return ErrRobots
	}
	return nil
}

// robots returns what the robots.txt of a host says. It is kept for a day; one
// that cannot be had for ten minutes.
func (t *trip) robots(ctx context.Context, u *url.URL) (*robots, error) {
	now := time.Now()
	s := t.at.said[origin(u)]
	if !now.Before(s.stale) {
		r, err := t.askRobots(ctx, u)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s = said{r, err, now.Add(robotsKept)}
		if err != nil || r == disallowAll {
			s.stale = now.Add(robotsRetry)
		}
		if len(t.at.said) >= manyOrigins {
			clear(t.at.said)
		}
		t.at.said[origin(u)] = s
	}
	if s.robots != nil {
		t.delay = max(t.delay, s.robots.delay)
	}
	return s.robots, s.failed
}

// askRobots fetches a robots.txt. What is not there allows everything, what
// the host fails to give disallows everything.
func (t *trip) askRobots(ctx context.Context, u *url.URL) (*robots, error) {
	u = &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range maxRedirects + 1 {
		a, err := t.send(ctx, u, nil, maxBody)
		if errors.Is(err, ErrTooLong) {
			return disallowAll, nil
		}
		if err != nil {
			return nil, err
		}
		next, err := a.redirect(u)
		switch {
		case err != nil: // to nowhere, or from https to http
			return allowAll, nil
		case next != nil:
			u = next
			continue
		case a.status == http.StatusOK:
			return parseRobots(strings.ToValidUTF8(string(a.body[:min(len(a.body), maxRobots)]), "\ufffd")), nil
		case a.status == http.StatusTooManyRequests || a.status >= 500:
			return disallowAll, nil
		}
		return allowAll, nil
	}
	return allowAll, nil
}

// retryAfter reads after what time a host asks to be tried again, 0 where it
// does not say.
func retryAfter(h http.Header, now time.Time) time.Duration {
	s := strings.TrimSpace(h.Get("Retry-After"))
	wait := time.Duration(0)
	if n, err := strconv.ParseInt(s, 10, 32); err == nil {
		wait = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(s); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), maxWait)
}

// maxAge reads for how long a host says that an answer stays the same.
func maxAge(h http.Header) time.Duration {
	for field := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		if s, ok := strings.CutPrefix(strings.TrimSpace(field), "max-age="); ok {
			if n, err := strconv.ParseInt(strings.Trim(s, `"`), 10, 32); err == nil && n > 0 {
				return min(time.Duration(n)*time.Second, maxWait)
			}
		}
	}
	return 0
}
