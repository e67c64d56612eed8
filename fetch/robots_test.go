package fetch

import (
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	for _, c := range []struct{ name, text, allowed, disallowed string }{
		{"empty", "", "/ /a", ""},
		{"all", "User-agent: *\nDisallow: /", "/robots.txt", "/ /a"},
		{"nothing", "User-agent: *\nDisallow:", "/ /a", ""},
		{"ours rather than all", "User-agent: *\nDisallow: /\n\nUser-agent: Hearsay/2.0\nDisallow: /b", "/ /a", "/b /b/c /bb"},
		{"ours first", "User-agent: hearsay\nAllow: /\nUser-agent: *\nDisallow: /", "/ /a", ""},
		{"two groups of ours", "User-agent: hearsay\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: hearsay\nDisallow: /b", "/ /c", "/a /b"},
		{"several agents", "User-agent: x\nUser-agent: hearsay\nDisallow: /a\nUser-agent: y\nDisallow: /b", "/b", "/a"},
		{"of another with our name in it", "User-agent: hearsaybot\nDisallow: /", "/a", ""},
		{"longest", "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b /a/bx /b", "/a /a/x /a/b/c"},
		{"tie", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", ""},
		{"wildcard", "User-agent: *\nDisallow: /*.pdf\nDisallow: /p*/x", "/a /pa/y /pdf", "/a.pdf /a.pdf?x /b/c.pdf /p/x /pq/r/x"},
		{"end", "User-agent: *\nDisallow: /*.php$\nDisallow: /a$", "/a.php?x /ab /a/", "/a.php /a"},
		{"end behind a part twice", "User-agent: *\nDisallow: /*ab$", "/abc", "/ab /abab /xaabab"},
		{"query", "User-agent: *\nDisallow: /*?print=", "/a /a?x=1", "/a?print=1 /?print="},
		{"escapes", "User-agent: *\nDisallow: /b%7Ec\nDisallow: /grüße\nDisallow: /x%2fy", "/x/y", "/b~c /b%7ec /gr%C3%BC%C3%9Fe /x%2Fy"},
		{"line ends and comments", "\ufeffuser-AGENT :*#x\rdisALLOW: /a # y\r\n  Disallow:/b", "/c", "/a /b"},
		{"nonsense", "Disallow: /a\n::\n\x00\nUser-agent\nUser-agent: *\nNonsense: /b\nDisallow: /c", "/a /b", "/c"},
		{"sitemap between", "User-agent: *\nSitemap: https://a.example/s.xml\nDisallow: /a", "/b", "/a"},
	} {
		r := parseRobots(c.text)
		for path := range strings.FieldsSeq(c.allowed) {
			if !r.allows(path) {
				t.Errorf("%s: %s is not allowed", c.name, path)
			}
		}
		for path := range strings.FieldsSeq(c.disallowed) {
			if r.allows(path) {
				t.Errorf("%s: %s is allowed", c.name, path)
			}
		}
	}
	for text, want := range map[string]time.Duration{"7": 7 * time.Second, "0.5": time.Second / 2, "100000": maxPause, "-1": 0, "x": 0, "1e400": 0, "NaN": 0} {
		if got := parseRobots("User-agent: *\nCrawl-delay: " + text).delay; got != want {
			t.Errorf("a delay of %s is %v", text, got)
		}
	}
}

func TestHostileRobots(t *testing.T) {
	path := "/" + strings.Repeat("a", 8000)
	for name, text := range map[string]string{
		"wildcards": "User-agent: *\nDisallow: /" + strings.Repeat("*a", maxRobots/2-20) + "b",
		"rules":     "User-agent: *\n" + strings.Repeat("Disallow:*aaaa*b\n", maxRobots/17-2),
		"agents":    strings.Repeat("User-agent: *\n", maxRobots/14),
		"escapes":   "User-agent: *\nDisallow: /" + strings.Repeat("%61", maxRobots/3-20),
	} {
		start := time.Now()
		parseRobots(text).allows(path)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a$\nCrawl-delay: 3", "/a%7E")
	f.Fuzz(func(t *testing.T, text, path string) {
		r := parseRobots(text)
		r.allows(path)
		if n := normal(path); normal(n) != n && !strings.Contains(path, "%25") {
			t.Errorf("%q becomes %q, then %q", path, n, normal(n))
		}
	})
}
