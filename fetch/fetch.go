// Package fetch gets pages, feeds and sitemaps from the web: every request of
// the program goes through its one guarded client. It keeps to the public
// internet, to robots.txt and to one request at a time a host, and it polls
// feeds.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"hearsay/read"
)

// The limits of a request.
const (
	maxBody      = 20 << 20 // decoded
	maxHead      = 256 << 10
	maxRedirects = 5
	dialTime     = 10 * time.Second
	totalTime    = 30 * time.Second // without waiting for one's turn
	maxPause     = 30 * time.Second // that robots.txt can ask for between two requests
	maxWait      = 24 * time.Hour   // that an answer can ask for
)

// The reasons for which a request is not made, or an answer not taken.
var (
	ErrRobots    = errors.New("is disallowed by the robots.txt of its host")
	ErrScheme    = errors.New("is no address with http or https")
	ErrRedirects = fmt.Errorf("is redirected more than %d times", maxRedirects)
	ErrDowngrade = errors.New("is redirected from https to http")
	ErrTooLong   = fmt.Errorf("is longer than the limit of %d MiB", maxBody>>20)
)

// A StatusError is an answer with another status than the one hoped for.
type StatusError struct {
	Status int
	After  time.Duration // after which the host asks to be tried again, 0 where it does not say
}

func (e *StatusError) Error() string {
	s := fmt.Sprintf("was answered with status %d", e.Status)
	if text := http.StatusText(e.Status); text != "" {
		s += " (" + text + ")"
	}
	if e.After > 0 {
		s += fmt.Sprintf("; to be tried again in %v", e.After.Round(time.Second))
	}
	return s
}

// Options are what a client may do beyond its defaults. The zero value is the
// careful one.
type Options struct {
	Version      string        // of the program, for the User-Agent
	Contact      string        // an address for those who run the sites, for the User-Agent
	AllowPrivate bool          // hosts of this machine and of the local network, too
	Proxy        bool          // use the proxy that the environment names; it looks up the names of hosts, which are not judged then
	Pause        time.Duration // between two requests to a host; 0 means a second, below 0 none
	Every        time.Duration // between two polls of a feed that does not ask for more; 0 means half an hour
}

// A Client makes requests. It may be used by several goroutines.
type Client struct {
	opt       Options
	agent     string
	transport *http.Transport
	lookup    func(ctx context.Context, host string) ([]netip.Addr, error)
	connect   func(ctx context.Context, network, address string) (net.Conn, error)

	mu      sync.Mutex
	hosts   map[string]*host
	proxies map[string]bool // addresses of proxies, which may be private
}

// New returns a client.
func New(opt Options) *Client {
	c := &Client{opt: opt, hosts: map[string]*host{}, proxies: map[string]bool{}}
	c.agent = product + "/" + cmp.Or(opt.Version, "devel")
	if opt.Contact != "" {
		c.agent += " (+" + opt.Contact + ")"
	}
	c.lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	}
	c.connect = new(net.Dialer).DialContext
	c.transport = &http.Transport{
		DialContext:            c.dial,
		DisableCompression:     true, // so that what is sent can be counted
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: maxHead,
		TLSHandshakeTimeout:    dialTime,
		IdleConnTimeout:        time.Minute,
		MaxIdleConns:           50,
		MaxIdleConnsPerHost:    1,
	}
	if opt.Proxy {
		c.transport.Proxy = c.proxy
	}
	return c
}

// Close lets go of the connections that are kept for the next request.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// A Request names what to get, and what the caller has of it from the last
// time: the ETag and Modified of that Response, "" where there is none.
type Request struct{ URL, ETag, Modified string }

// A Response is what was got.
type Response struct {
	URL       string // where it was in the end, after redirects
	Moved     bool   // URL is the new address for good
	Unchanged bool   // it is the same as the last time; then there is no body
	Type      string // the media type
	Body      []byte // without the compression of its transport
	Fetched   time.Time
	ETag      string
	Modified  string        // the Last-Modified of the answer, as it stands there
	MaxAge    time.Duration // for which the host says that it stays the same
}

// Get gets what stands at an address. It waits until the host may be asked
// again. It fails with an [ErrRobots], [ErrAddress] or the like for what is not
// to be fetched, and with a [*StatusError] for an answer that is no success.
func (c *Client) Get(ctx context.Context, req Request) (*Response, error) {
	res, err := c.get(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", req.URL, plain(err))
	}
	return res, nil
}

func (c *Client) get(ctx context.Context, req Request) (*Response, error) {
	u, err := parse(req.URL)
	if err != nil {
		return nil, err
	}
	t := &trip{c: c, left: totalTime, user: u.User, origin: origin(u)}
	defer t.leave()
	moved := true
	for hops := 0; ; hops++ {
		if err := t.enter(ctx, u); err != nil {
			return nil, err
		}
		if err := t.allowed(ctx, u); err != nil {
			return nil, err
		}
		a, err := t.ask(ctx, u, &req)
		if err != nil {
			return nil, err
		}
		next, err := a.redirect(u)
		switch {
		case err != nil:
			return nil, err
		case next == nil:
			return t.response(a, u, hops > 0 && moved)
		case hops == maxRedirects:
			return nil, ErrRedirects
		}
		moved = moved && (a.status == http.StatusMovedPermanently || a.status == http.StatusPermanentRedirect)
		u = next
	}
}

// Sitemaps returns the addresses of the sitemaps that the robots.txt of a host
// names. The host is that of an address.
func (c *Client) Sitemaps(ctx context.Context, address string) ([]string, error) {
	u, err := parse(address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	t := &trip{c: c, left: totalTime}
	defer t.leave()
	if err := t.enter(ctx, u); err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	r, err := t.robots(ctx, u)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, plain(err))
	}
	var list []string
	for _, s := range r.sitemaps {
		if at, err := u.Parse(s); err == nil && (at.Scheme == "http" || at.Scheme == "https") {
			list = append(list, at.String())
		}
	}
	return list, nil
}

// parse reads an address of the web.
func parse(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, errors.Unwrap(err)
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return nil, ErrScheme
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// origin is what a password is for.
func origin(u *url.URL) string { return u.Scheme + "://" + strings.ToLower(u.Host) }

// plain takes off what an error of the library says about the request.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// A trip is one Get: it has the turn at one host at a time.
type trip struct {
	c      *Client
	left   time.Duration // of the time for all requests of it
	user   *url.Userinfo // to be told to the origin, and nobody else
	origin string
	at     *host
	asked  bool          // at
	delay  time.Duration // that its robots.txt asks for
}

// An answer is what a host answered.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask makes one request.
func (t *trip) ask(ctx context.Context, u *url.URL, req *Request) (*answer, error) {
	return t.send(ctx, u, req, maxBody)
}

func (t *trip) send(ctx context.Context, u *url.URL, req *Request, limit int64) (*answer, error) {
	began := time.Now()
	t.asked = true
	within, cancel := context.WithTimeoutCause(ctx, t.left, fmt.Errorf("takes longer than the limit of %v", totalTime))
	defer cancel()
	a, err := t.exchange(within, u, req, limit)
	t.left -= time.Since(began)
	if err != nil && ctx.Err() == nil && within.Err() != nil {
		err = context.Cause(within)
	}
	return a, err
}

func (t *trip) exchange(ctx context.Context, u *url.URL, req *Request, limit int64) (*answer, error) {
	bare := *u
	bare.User = nil
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, bare.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", t.c.agent)
	r.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5")
	r.Header.Set("Accept-Encoding", "gzip, br, zstd")
	if t.user != nil && origin(u) == t.origin {
		password, _ := t.user.Password()
		r.SetBasicAuth(t.user.Username(), password)
	}
	if req != nil && req.ETag != "" {
		r.Header.Set("If-None-Match", req.ETag)
	}
	if req != nil && req.Modified != "" {
		r.Header.Set("If-Modified-Since", req.Modified)
	}
	res, err := t.c.transport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	a := &answer{status: res.StatusCode, header: res.Header}
	if a.status != http.StatusOK {
		return a, nil
	}
	if a.body, err = readBody(res.Body, limit); err != nil {
		return nil, err
	}
	a.body, err = read.Unwrap(strings.Join(res.Header.Values("Content-Encoding"), ","), a.body, limit)
	return a, err
}

func readBody(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(b)) > limit {
		return nil, ErrTooLong
	}
	return b, err
}

// redirect returns where an answer sends us, nil for nowhere.
func (a *answer) redirect(from *url.URL) (*url.URL, error) {
	switch a.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	at, err := from.Parse(a.header.Get("Location"))
	if err != nil || a.header.Get("Location") == "" {
		return nil, &StatusError{Status: a.status}
	}
	to, err := parse(at.String())
	if err != nil {
		return nil, fmt.Errorf("is redirected to what %w", err)
	}
	if from.Scheme == "https" && to.Scheme == "http" {
		return nil, ErrDowngrade
	}
	to.User = nil
	return to, nil
}

// response makes a Response of the last answer.
func (t *trip) response(a *answer, u *url.URL, moved bool) (*Response, error) {
	bare := *u
	bare.User = nil
	res := &Response{
		URL: bare.String(), Moved: moved, Fetched: time.Now(), Type: a.header.Get("Content-Type"), Body: a.body,
		ETag: a.header.Get("ETag"), Modified: a.header.Get("Last-Modified"), MaxAge: maxAge(a.header),
	}
	switch a.status {
	case http.StatusOK:
		return res, nil
	case http.StatusNotModified:
		res.Unchanged = true
		return res, nil
	}
	after := retryAfter(a.header, time.Now())
	if a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable {
		t.at.rest(a.status, after)
	}
	return nil, &StatusError{a.status, after}
}
