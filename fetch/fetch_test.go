package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// serve starts a server on this machine, and a client that may ask it.
func serve(t *testing.T, h http.HandlerFunc) (*Client, string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	c := New(Options{AllowPrivate: true, Pause: -1})
	t.Cleanup(c.Close)
	return c, server.URL
}

// site is a server with pages and without a robots.txt.
func site(pages map[string]http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if h := pages[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

func TestGet(t *testing.T) {
	c, at := serve(t, site(map[string]http.HandlerFunc{"/a": func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("User-Agent"); !strings.HasPrefix(got, "hearsay/devel") || r.Header.Get("Cookie")+r.Header.Get("Referer") != "" {
			t.Errorf("header %v", r.Header)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Mon, 06 May 2024 07:08:09 GMT")
		w.Header().Set("Cache-Control", "public, max-age=600")
		w.Header().Set("Set-Cookie", "a=b")
		if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") == "Mon, 06 May 2024 07:08:09 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "the page")
	}}))
	res, err := c.Get(t.Context(), Request{URL: at + "/a#part"})
	if err != nil {
		t.Fatal(err)
	}
	if string(res.Body) != "the page" || res.URL != at+"/a" || res.Type != "text/html; charset=utf-8" || res.MaxAge.Minutes() != 10 || res.Unchanged || res.Moved || res.Fetched.IsZero() {
		t.Errorf("%+v", res)
	}
	res, err = c.Get(t.Context(), Request{at + "/a", res.ETag, res.Modified})
	if err != nil || !res.Unchanged || res.Body != nil || res.ETag != `"1"` {
		t.Errorf("%+v, %v", res, err)
	}
}

func TestCodings(t *testing.T) {
	page := strings.Repeat("the page, again and again. ", 100)
	gz := func(s string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		io.WriteString(w, s)
		w.Close()
		return b.String()
	}
	br := func(s string) string {
		var b bytes.Buffer
		w := brotli.NewWriter(&b)
		io.WriteString(w, s)
		w.Close()
		return b.String()
	}
	for _, test := range []struct{ name, coding, body, want string }{
		{"plain", "", page, page},
		{"gzip", "gzip", gz(page), page},
		{"br", "BR", br(page), page},
		{"cut", "gzip", gz(page)[:40], "error: is damaged or ends early"},
		{"bomb", "gzip", gz(strings.Repeat("\x00", 8<<20)), "error: unpacks to more than 100 times its size"},
		{"long", "", strings.Repeat("x", maxBody+1), "error: is longer than the limit of 20 MiB"},
	} {
		c, at := serve(t, site(map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, _ *http.Request) {
			if test.coding != "" {
				w.Header().Set("Content-Encoding", test.coding)
			}
			io.WriteString(w, test.body)
		}}))
		got := ""
		res, err := c.Get(t.Context(), Request{URL: at})
		if err != nil {
			got = "error" + strings.TrimPrefix(err.Error(), at)
		} else {
			got = string(res.Body)
		}
		if got != test.want {
			t.Errorf("%s: %.200q, not %.200q", test.name, got, test.want)
		}
	}
}

func TestRedirects(t *testing.T) {
	to := func(where string, status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, where, status) }
	}
	pages := map[string]http.HandlerFunc{
		"/page": says("the page"), "/a": to("/page", 301), "/b": to("a", 308), "/c": to("/page", 302), "/d": to("/c", 301),
		"/0": to("/page", 307), "/loop": to("/loop", 302), "/file": to("file:///etc/passwd", 302), "/nowhere": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) },
		"/ftp": to("ftp://a.example/", 301), "/hidden": to("/private/x", 302), "/robots.txt": says("User-agent: *\nDisallow: /private/"),
	}
	for n := 1; n <= 5; n++ {
		pages[fmt.Sprint("/", n)] = to(fmt.Sprint("/", n-1), 302)
	}
	c, at := serve(t, site(pages))
	for path, want := range map[string]error{
		"/loop": ErrRedirects, "/5": ErrRedirects, "/file": ErrScheme, "/ftp": ErrScheme, "/hidden": ErrRobots, "/private/y": ErrRobots,
	} {
		if _, err := c.Get(t.Context(), Request{URL: at + path}); !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	for path, moved := range map[string]bool{"/page": false, "/a": true, "/b": true, "/c": false, "/d": false, "/4": false} {
		res, err := c.Get(t.Context(), Request{URL: at + path})
		if err != nil || string(res.Body) != "the page" || res.URL != at+"/page" || res.Moved != moved {
			t.Errorf("%s: %+v, %v", path, res, err)
		}
	}
	var status *StatusError
	if _, err := c.Get(t.Context(), Request{URL: at + "/nowhere"}); !errors.As(err, &status) || status.Status != 302 {
		t.Errorf("%v", err)
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://a.example/", "//a.example/", "a.example", "http:///a", "javascript:alert(1)", "http://a b/", ""} {
		if _, err := c.Get(t.Context(), Request{URL: address}); err == nil {
			t.Errorf("%q was fetched", address)
		}
	}
}

func TestPasswordsStayWithTheirHost(t *testing.T) {
	var got []string
	note := func(w http.ResponseWriter, r *http.Request) {
		_, password, _ := r.BasicAuth()
		got = append(got, r.Host[:1]+r.URL.Path+" "+password)
		switch r.URL.Path {
		case "/a":
			http.Redirect(w, r, "/b", http.StatusFound)
		case "/b":
			http.Redirect(w, r, "http://ann:other@localhost:"+strings.Split(r.Host, ":")[1]+"/c", http.StatusFound)
		case "/robots.txt":
			http.NotFound(w, r)
		}
	}
	c, at := serve(t, note)
	res, err := c.Get(t.Context(), Request{URL: strings.Replace(at, "http://", "http://ann:secret@", 1) + "/a"})
	want := "1/robots.txt secret, 1/a secret, 1/b secret, l/robots.txt , l/c "
	if err != nil || strings.Join(got, ", ") != want || strings.Contains(res.URL, "@") {
		t.Errorf("%q, %+v, %v", got, res, err)
	}
}

func TestNoWayFromHTTPSToHTTP(t *testing.T) {
	server := httptest.NewTLSServer(site(map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://"+r.Host+"/b", http.StatusFound)
		},
		"/b": says("the page"),
	}))
	defer server.Close()
	c := New(Options{AllowPrivate: true, Pause: -1})
	defer c.Close()
	c.transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
	if _, err := c.Get(t.Context(), Request{URL: server.URL + "/a"}); !errors.Is(err, ErrDowngrade) {
		t.Error(err)
	}
	if res, err := c.Get(t.Context(), Request{URL: server.URL + "/b"}); err != nil || string(res.Body) != "the page" {
		t.Error(res, err)
	}
}

func TestStatus(t *testing.T) {
	c, at := serve(t, site(map[string]http.HandlerFunc{"/busy": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
	}}))
	_, err := c.Get(t.Context(), Request{URL: at + "/none"})
	if want := at + "/none: was answered with status 404 (Not Found)"; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	for _, path := range []string{"/busy", "/none"} { // the second is not even asked for
		var status *StatusError
		if _, err := c.Get(t.Context(), Request{URL: at + path}); !errors.As(err, &status) || status.Status != 503 || status.After.Round(1e9).Seconds() != 120 {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestRobotsOfASite(t *testing.T) {
	for _, test := range []struct {
		name string
		h    http.HandlerFunc
		want error
	}{
		{"none", http.NotFound, nil},
		{"forbidden", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, nil},
		{"broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, ErrRobots},
		{"busy", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(429) }, ErrRobots},
		{"too long", says(strings.Repeat("# x\n", 6<<20)), ErrRobots},
		{"long", says("User-agent: *\nDisallow: /\n" + strings.Repeat("# x\n", 1<<20)), ErrRobots},
		{"for others", says("User-agent: other\nDisallow: /"), nil},
		{"moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/r", http.StatusMovedPermanently) }, ErrRobots},
		{"loop", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/robots.txt", http.StatusMovedPermanently)
		}, nil},
	} {
		c, at := serve(t, site(map[string]http.HandlerFunc{"/robots.txt": test.h, "/a": says("the page"), "/r": says("User-agent: *\nDisallow: /a\nSitemap: /map.xml")}))
		if _, err := c.Get(t.Context(), Request{URL: at + "/a"}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.name, err)
		}
		if test.name == "moved" {
			if list, err := c.Sitemaps(t.Context(), at); err != nil || len(list) != 1 || list[0] != at+"/map.xml" {
				t.Errorf("%v, %v", list, err)
			}
		}
	}
}

// TestDialGuard asks for hosts whose names stand for addresses that are not
// public: nobody is dialled.
func TestDialGuard(t *testing.T) {
	for _, a := range []string{
		"0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.0.0.1", "192.0.2.1", "192.168.1.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
		"168.63.129.16",
		"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::",
		"2001:0:53aa:64c:0:fbff:80ff:fffe", "2001:db8::1", "2001:10::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "5f00::1", "4000::1",
		"2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:192.168.0.1",
	} {
		c := New(Options{Pause: -1})
		c.lookup = func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("93.184.216.34"), netip.MustParseAddr(a)}, nil
		}
		c.connect = func(_ context.Context, _, address string) (net.Conn, error) {
			t.Errorf("%s was dialled", address)
			return nil, errors.New("dialled")
		}
		addresses := []string{"http://pier.example/", "https://pier.example:8443/"}
		if addr := netip.MustParseAddr(a); addr.Is4() {
			addresses = append(addresses, "http://"+a+"/")
		} else if addr.Zone() == "" {
			addresses = append(addresses, "http://["+a+"]:8080/")
		}
		for _, address := range addresses {
			if _, err := c.Get(t.Context(), Request{URL: address}); !errors.Is(err, ErrAddress) {
				t.Errorf("%s: %v", a, err)
			}
		}
	}
	for _, a := range []string{"93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822", "2002:5db8:d822::1", "::ffff:93.184.216.34"} {
		if !public(netip.MustParseAddr(a)) {
			t.Errorf("%s is public", a)
		}
	}
}

// TestRebinding: a name that is public at first and private the next time is
// refused the next time.
func TestRebinding(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		io.WriteString(w, "User-agent: none")
	}))
	defer server.Close()
	c := New(Options{Pause: -1})
	lookups, dialled := 0, 0
	c.lookup = func(context.Context, string) ([]netip.Addr, error) {
		if lookups++; lookups == 1 {
			return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}
	c.connect = func(ctx context.Context, network, address string) (net.Conn, error) {
		if dialled++; address != "93.184.216.34:80" {
			t.Errorf("%s was dialled", address)
		}
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	}
	if _, err := c.Get(t.Context(), Request{URL: "http://pier.example/"}); !errors.Is(err, ErrAddress) || dialled != 1 {
		t.Errorf("%d dialled, %v", dialled, err)
	}
}

func TestNoProxyUnlessAsked(t *testing.T) {
	if New(Options{}).transport.Proxy != nil {
		t.Error("a proxy of the environment is used")
	}
}
