package read

import (
	"bufio"
	"bytes"
	"net/url"
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"
)

const (
	maxNaming = 1 << 20 // bytes of a page that are looked at for the feeds that it names
	maxNamed  = 20
)

// NamedFeeds returns the addresses of the feeds that a page names as readers of
// feeds look for them, in its order:
//
//	<link rel="alternate" type="application/rss+xml" href="/feed.xml">
//
// They are resolved against the base of the page and its own address. What is no
// page names none.
func NamedFeeds(page []byte, mediaType, address string) []string {
	form, err := sniff(bufio.NewReaderSize(bytes.NewReader(page), peekSize), Input{Type: mediaType})
	if err != nil || form != formPage {
		return nil
	}
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	text := decode(page[:min(len(page), maxNaming)], charsetOf(mediaType)).text
	var out []string
	z := xhtml.NewTokenizer(strings.NewReader(text))
	for based := false; len(out) < maxNamed; {
		switch z.Next() {
		case xhtml.ErrorToken:
			return out
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
		default:
			continue
		}
		name, more := z.TagName()
		if tag := string(name); tag != "link" && tag != "base" {
			continue
		} else if a := tagAttributes(z, more); tag == "link" && namesFeed(&a) {
			if at := resolved(base, a.get("href")); at != "" && !slices.Contains(out, at) {
				out = append(out, at)
			}
		} else if at, err := base.Parse(strings.TrimSpace(a.get("href"))); tag == "base" && !based && err == nil {
			base, based = at, true
		}
	}
	return out
}

// namesFeed reports whether a link element stands for a feed of its page.
func namesFeed(a *attributes) bool {
	media, _, _ := strings.Cut(strings.ToLower(a.get("type")), ";")
	switch strings.TrimSpace(media) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json":
		return slices.Contains(strings.Fields(strings.ToLower(a.get("rel"))), "alternate")
	}
	return false
}
