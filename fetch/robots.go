package fetch

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"
)

// product is our name in robots.txt.
const product = "hearsay"

// A robots is what the robots.txt of a host says to us, by RFC 9309.
type robots struct {
	rules    []robotsRule
	delay    time.Duration // between two requests, 0 where it does not say
	sitemaps []string
}

// A robotsRule allows or disallows the paths that a pattern matches.
type robotsRule struct {
	pattern string // "*" stands for anything, "$" at the end for the end
	allow   bool
}

var (
	allowAll    = &robots{}
	disallowAll = &robots{rules: []robotsRule{{"/", false}}}
)

// parseRobots takes our rules out of a robots.txt: those of the groups for our
// name, or where there are none those of the groups for all.
func parseRobots(text string) *robots {
	var ours, others robots
	named := false                              // a group is for us by name
	forUs, forAll, begun := false, false, false // of the group being read; begun: it has rules
	for line := range strings.FieldsFuncSeq(strings.TrimPrefix(text, "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if !ok {
			continue
		}
		switch key {
		case "user-agent":
			if begun {
				forUs, forAll, begun = false, false, false
			}
			agent, _, _ := strings.Cut(strings.ToLower(value), "/")
			forUs = forUs || agent == product
			forAll = forAll || agent == "*"
			named = named || forUs
		case "allow", "disallow", "crawl-delay":
			begun = true
			if forUs {
				ours.rule(key, value)
			}
			if forAll {
				others.rule(key, value)
			}
		case "sitemap":
			if len(ours.sitemaps) < 1000 {
				ours.sitemaps = append(ours.sitemaps, value)
			}
		}
	}
	if !named {
		others.sitemaps = ours.sitemaps
		return &others
	}
	return &ours
}

// rule adds a line of a group.
func (r *robots) rule(key, value string) {
	switch {
	case key == "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && !math.IsInf(s, 0) {
			r.delay = max(r.delay, time.Duration(min(s, maxPause.Seconds())*float64(time.Second)))
		}
	case value != "":
		r.rules = append(r.rules, robotsRule{normal(value), key == "allow"})
	}
}

// allows reports whether a path, with its query, may be fetched. The longest
// pattern that matches decides; of two as long, the one that allows.
func (r *robots) allows(path string) bool {
	path = normal(cmp.Or(path, "/"))
	if path == "/robots.txt" {
		return true
	}
	longest, allow := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && matches(rule.pattern, path) {
			longest, allow = n, rule.allow
		}
	}
	return allow
}

// matches reports whether a path begins as a pattern says.
func matches(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		if anchored && i == len(parts)-2 {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !anchored || path == ""
}

// normal writes a path or pattern so that two that mean the same are equal:
// bytes beyond ASCII as escapes, escapes in capitals, and none for a character
// that needs none.
func normal(path string) string {
	if !strings.ContainsFunc(path, func(r rune) bool { return r == '%' || r >= 0x7f || r <= ' ' }) {
		return path
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				i += 2
				if c = byte(n); c == '-' || c == '.' || c == '_' || c == '~' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
					b.WriteByte(c)
				} else {
					b.WriteString("%" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1])
				}
				continue
			}
		}
		if c >= 0x7f || c <= ' ' {
			b.WriteString("%" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
