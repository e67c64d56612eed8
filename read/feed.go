package read

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"time"

	xhtml "golang.org/x/net/html"

	"hearsay"
)

// A Listing is what a feed or a sitemap lists.
type Listing struct {
	Title, URL string  // of the site, "" where it does not say
	Entries    []Entry // in the order of the feed
	Sitemaps   []Entry // the sitemaps that a sitemap lists
}

// An Entry is one report that a feed or a sitemap lists. An empty field is
// unknown.
type Entry struct {
	ID                 string // as the feed gives it, else the URL
	URL, Title         string
	Authors            []string
	Published, Changed time.Time
	Document           *hearsay.Document // the report, where the entry carries all of it; else it stands at URL
}

// The most that is read of a feed or a sitemap. A sitemap may have 50 MiB and
// 50,000 entries by its standard.
const (
	maxListing  = 64 << 20
	maxEntries  = 100_000
	maxFailures = 20 // that are told
)

var (
	errNoFeed      = errors.New("is neither a feed nor a sitemap")
	errSitemap     = errors.New("is a sitemap, which only lists pages")
	errOPML        = errors.New("is OPML, which only lists feeds")
	errManyEntries = fmt.Errorf("has more than %d entries", maxEntries)
)

// Feed reads a feed (RSS, Atom or JSON Feed) or a sitemap, also compressed
// with gzip or zstd. The URL of the options is its own address, against which
// those in it are resolved. Where some of it is broken it returns the rest, and
// an error that joins an *[Error] for each broken entry.
func Feed(ctx context.Context, in Input, opt Options) (*Listing, error) {
	file := bufio.NewReaderSize(&cancelReader{ctx, in.Body}, peekSize)
	body, stop, err := unpack(file)
	defer stop()
	if err != nil {
		return nil, &Error{in.Name, -1, 0, cause(err, in.Name)}
	}
	f, err := openFeed(ctx, body, in, opt)
	if err != nil {
		return nil, &Error{in.Name, -1, 0, cause(err, in.Name)}
	}
	list := &Listing{}
	var failed []error
	for e, err := range f.entries {
		switch {
		case err != nil && len(failed) < maxFailures:
			failed = append(failed, err)
		case err != nil:
		case f.lists == listsSitemaps:
			list.Sitemaps = append(list.Sitemaps, e)
		default:
			list.Entries = append(list.Entries, e)
		}
	}
	list.Title, list.URL = f.site.title, f.site.url
	return list, errors.Join(failed...)
}

// feedDocuments reads the reports that the entries of a feed carry.
func feedDocuments(ctx context.Context, body *bufio.Reader, in Input, opt Options, yield func(*hearsay.Document, error) bool) {
	passed := cmp.Or(opt.Passed, &Passed{})
	f, err := openFeed(ctx, body, in, opt)
	if err == nil && f.lists != listsReports {
		err = errSitemap
	}
	if err != nil {
		yield(nil, &Error{in.Name, -1, 0, cause(err, in.Name)})
		return
	}
	for e, err := range f.entries {
		if err == nil && e.Document == nil {
			passed.Teasers++
			continue
		}
		if !yield(e.Document, err) || ctx.Err() != nil {
			return
		}
	}
}

// What a listing lists.
type lists int

const (
	listsReports lists = iota
	listsPages
	listsSitemaps
)

// A feed is one being read.
type feed struct {
	ctx  context.Context
	in   Input
	opt  Options
	base *url.URL // for addresses that are relative, may be nil

	lists lists
	site  struct{ title, url string }
	items func(yield func(feedItem) bool)
}

// A feedItem is an entry as it stands in the feed.
type feedItem struct {
	number int
	offset int64
	err    error // why nothing else is known

	id, permalink, url, outlet string
	title, teaser, whole       feedText
	authors                    []string
	published, changed         time.Time
}

// A feedText is the content of a field: HTML, or plain text.
type feedText struct {
	text  string
	plain bool
}

func openFeed(ctx context.Context, body *bufio.Reader, in Input, opt Options) (*feed, error) {
	b, err := readAll(body, maxListing)
	if err != nil {
		return nil, err
	}
	f := &feed{ctx: ctx, in: in, opt: opt.withDefaults()}
	f.base, _ = url.Parse(opt.URL)
	start := bytes.TrimLeft(bytes.TrimPrefix(head(b), []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(start) == 0:
		return nil, errEmpty
	case start[0] == '{':
		return f, f.openJSON(b)
	}
	return f, f.openXML(b)
}

// entries yields the entries, or the error for one that is broken.
func (f *feed) entries(yield func(Entry, error) bool) {
	for item := range f.items {
		e := Entry{}
		err := item.err
		switch {
		case err == nil && item.number >= maxEntries:
			err = errManyEntries
		case err == nil:
			e, err = f.entry(&item)
		}
		if err != nil {
			err = &Error{f.in.Name, item.number, item.offset, err}
		}
		if !yield(e, err) || item.number >= maxEntries || f.ctx.Err() != nil {
			return
		}
	}
}

// entry makes an Entry of what stands in the feed.
func (f *feed) entry(item *feedItem) (Entry, error) {
	e := Entry{
		URL:       f.resolve(cmp.Or(item.url, item.permalink)),
		Title:     item.title.words(),
		Published: item.published, Changed: item.changed,
	}
	e.ID = cmp.Or(item.id, e.URL)
	for _, a := range item.authors {
		e.Authors = append(e.Authors, bylineNames(authorName(a))...)
	}
	text := item.wholeText()
	if f.lists != listsReports || text.text == "" {
		return e, nil
	}
	doc, err := f.document(item, e, text)
	if errors.Is(err, errNoText) || errors.Is(err, errEmpty) {
		return e, nil
	}
	e.Document = doc
	return e, err
}

func (f *feed) document(item *feedItem, e Entry, text feedText) (*hearsay.Document, error) {
	opt, in := f.opt, f.in
	if opt.URL = ""; int64(len(text.text)) > opt.MaxBytes {
		return nil, tooLong(opt.MaxBytes)
	}
	doc, err := within(f.ctx, opt, func(ctx context.Context) (*hearsay.Document, error) {
		if text.plain {
			in.Type = "text/plain; charset=utf-8"
			return readText(ctx, []byte(text.text), in, opt)
		}
		in.Type = "text/html; charset=utf-8"
		return readHTML(ctx, []byte(text.text), in, opt)
	})
	if err != nil {
		return nil, err
	}
	doc.Record, doc.URL = item.number, e.URL
	doc.Title = cmp.Or(e.Title, doc.Title)
	doc.Outlet = cmp.Or(item.outlet, hostOf(e.URL))
	if !e.Published.IsZero() {
		doc.Published = e.Published
	}
	if len(e.Authors) > 0 {
		doc.Bylines = e.Authors
	}
	finish(doc, in, opt)
	return doc, nil
}

func (f *feed) resolve(address string) string { return resolved(f.base, address) }

// resolved makes an address of the web of one that may be relative, "" where it is
// none.
func resolved(base *url.URL, address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || address == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// The words from which on the text of an entry is taken for the whole report:
// in a field for the whole text, and in one that is mostly for a teaser.
const (
	wholeWords  = 80
	teaserWords = 250
)

// wholeText returns the text of the report, where the entry seems to carry all
// of it. A teaser that is taken for the whole would be a report cut short; a
// whole that is taken for a teaser is only fetched once more.
func (item *feedItem) wholeText() feedText {
	whole, teaser := item.whole.withoutAppeal(), item.teaser.withoutAppeal()
	switch {
	case whole.isWhole(wholeWords) && len(whole.text) > len(teaser.text):
		return whole
	case teaser.isWhole(teaserWords):
		return teaser
	}
	return feedText{}
}

func (t feedText) isWhole(least int) bool {
	words := t.words()
	return len(strings.Fields(words)) >= least && !goesOn.MatchString(words[max(0, len(words)-300):])
}

var (
	// goesOn matches the end of a text that is cut short.
	goesOn = regexp.MustCompile(`(?i)(\.\.\.|…|\[\s*…\s*\]|\[\.\.\.\]|&hellip;|read (more|on|the (full|whole|rest)[\w ]*)|continue reading[^.]{0,120}|(full|whole) (story|article)|more)\s*[»›>→\]\)]*\s*$`)
	// firstOn matches what a plugin of WordPress puts behind each report.
	firstOn = regexp.MustCompile(`(?is)<p>\s*The post\s+<a\s[^>]*>[^<]*</a>\s+(first appeared|appeared first) on\s+<a\s[^>]*>[^<]*</a>\.?\s*</p>\s*$`)
)

// withoutAppeal takes off what is added to every entry of a feed.
func (t feedText) withoutAppeal() feedText {
	tail := t.text[max(0, len(t.text)-4<<10):]
	if at := firstOn.FindStringIndex(tail); at != nil {
		t.text = t.text[:len(t.text)-len(tail)+at[0]]
	}
	return t
}

// words returns the text without markup, on one line.
func (t feedText) words() string {
	if t.plain {
		return strings.Join(strings.Fields(t.text), " ")
	}
	if !strings.ContainsAny(t.text, "<&") {
		return strings.Join(strings.Fields(t.text), " ")
	}
	var b strings.Builder
	z := xhtml.NewTokenizer(strings.NewReader(t.text))
	z.SetMaxBuf(maxListing)
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case xhtml.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case xhtml.StartTagToken, xhtml.EndTagToken, xhtml.SelfClosingTagToken:
			if name, _ := z.TagName(); !inlineTags[string(name)] {
				b.WriteByte(' ')
			}
		}
	}
}

var inlineTags = map[string]bool{"a": true, "b": true, "i": true, "em": true, "strong": true, "span": true, "u": true, "sup": true, "sub": true, "q": true}

// authorName takes the name out of "desk@example.org (Ana Dorva)".
func authorName(s string) string {
	if m := mailAndName.FindStringSubmatch(s); m != nil {
		return m[1] + m[2]
	}
	if strings.Contains(s, "@") {
		return ""
	}
	return s
}

var mailAndName = regexp.MustCompile(`^\s*(?:\S+@\S+\s*\(([^()]+)\)|([^<>@]+)\s*<\S+@\S+>)\s*$`)

// feedDate reads a date as feeds give it. Of the names of zones the library
// knows the offset of UTC alone.
func feedDate(s string) time.Time {
	s = strings.TrimSuffix(strings.Join(strings.Fields(s), " "), " Z")
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if minutes, ok := zones[s[i+1:]]; ok {
			s = s[:i+1] + time.Time{}.In(time.FixedZone("", minutes*60)).Format("-0700")
		}
	}
	if t := parseDate(s); !t.IsZero() {
		return t
	}
	for _, layout := range []string{"Mon, 2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04 -0700", "Mon, 2 Jan 06 15:04:05 -0700", "Mon, 2 Jan 2006", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
