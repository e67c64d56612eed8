package read

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

const (
	maxNest   = 256 // elements within one another
	maxSpaces = 100 // names for namespaces
)

var (
	errNest     = fmt.Errorf("has elements nested deeper than %d", maxNest)
	encodingXML = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]{1,40})["']`)
)

// decodeXML makes text of XML, without the control characters that XML does
// not have.
func decodeXML(b []byte, media string) string {
	charset := charsetOf(media)
	if m := encodingXML.FindSubmatch(b[:min(len(b), 512)]); charset == "" && m != nil {
		charset = string(m[1])
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, decode(b, charset).text)
}

// An xmlScan goes through XML that need not be well formed. It expands no
// entities but those of XML and HTML.
type xmlScan struct {
	text string
	d    *xml.Decoder
	base int      // where d began
	path []string // the elements that are open, by plainName, outermost first

	spaces map[string]string // what the prefixes stand for
	before int               // where the last token began
}

func newXMLScan(text string) *xmlScan {
	s := &xmlScan{text: text, spaces: map[string]string{}}
	s.from(0)
	return s
}

// from goes on at a place.
func (s *xmlScan) from(at int) {
	s.base = at
	s.d = xml.NewDecoder(strings.NewReader(s.text[at:]))
	s.d.Strict = false
	s.d.Entity = xml.HTMLEntity
	s.d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
}

// at returns the place behind the last token.
func (s *xmlScan) at() int { return s.base + int(s.d.InputOffset()) }

// next returns the next token; the path is that of its element.
func (s *xmlScan) next() (xml.Token, error) {
	s.before = s.at()
	t, err := s.d.RawToken()
	if err != nil {
		return nil, err
	}
	if start, ok := t.(xml.StartElement); ok {
		if len(s.path) == maxNest {
			return nil, errNest
		}
		s.learn(start.Attr)
		s.path = append(s.path, s.name(start.Name))
	}
	return t, nil
}

// closes returns how many elements are open once an end tag has closed its
// own, and those in it that were not closed: as many as now where none is its
// own.
func (s *xmlScan) closes(end xml.EndElement) int {
	name := s.name(end.Name)
	for i := len(s.path) - 1; i >= 0; i-- {
		if s.path[i] == name {
			return i
		}
	}
	return len(s.path)
}

// known are the namespaces that feeds use, and the prefix that most have for
// them.
var known = map[string]string{
	"http://purl.org/rss/1.0/": "", "http://my.netscape.com/rdf/simple/0.9/": "", "http://backend.userland.com/rss2": "",
	"http://www.w3.org/2005/atom": "atom", "http://purl.org/atom/ns#": "atom",
	"http://purl.org/rss/1.0/modules/content/": "content",
	"http://purl.org/dc/elements/1.1/":         "dc", "http://purl.org/dc/terms/": "dc",
	"http://www.google.com/schemas/sitemap-news/0.9": "news",
	"http://search.yahoo.com/mrss/":                  "media", "http://search.yahoo.com/mrss": "media",
	"http://rssnamespace.org/feedburner/ext/1.0":  "feedburner",
	"http://www.sitemaps.org/schemas/sitemap/0.9": "",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}

func (s *xmlScan) learn(attrs []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space == "xmlns" && len(s.spaces) < maxSpaces {
			if prefix, ok := known[strings.ToLower(strings.TrimSpace(a.Value))]; ok {
				s.spaces[strings.ToLower(a.Name.Local)] = prefix
			}
		}
	}
}

// name is an element's in small letters, with the usual prefix.
func (s *xmlScan) name(n xml.Name) string {
	prefix, local := strings.ToLower(n.Space), strings.ToLower(n.Local)
	if usual, ok := s.spaces[prefix]; ok {
		prefix = usual
	}
	if prefix == "" || prefix == "atom" && (len(s.path) == 0 || s.path[0] == "feed") {
		return local
	}
	return prefix + ":" + local
}

// The element of an entry, by the outermost element.
var itemsOf = map[string]struct {
	item  string
	lists lists
}{
	"rss": {"item", listsReports}, "rdf:rdf": {"item", listsReports}, "feed": {"entry", listsReports}, "channel": {"item", listsReports},
	"urlset": {"url", listsPages}, "sitemapindex": {"sitemap", listsSitemaps},
}

// A feedScan reads the entries of a feed or sitemap in XML.
type feedScan struct {
	*xmlScan
	f        *feed
	element  string // of an entry
	rawStart string // "<item", as this feed writes it
	number   int
	item     *feedItem // the entry being read, nil between two
	depth    int       // of the elements around an entry

	field fieldScan // being read
}

// A fieldScan is an element whose content is wanted.
type fieldScan struct {
	key    string // "" for none
	depth  int    // of the elements around it
	attrs  []xml.Attr
	start  int // of its content
	text   strings.Builder
	marked bool // elements stand in it
}

func (f *feed) openXML(b []byte) error {
	s := &feedScan{xmlScan: newXMLScan(decodeXML(b, f.in.Type)), f: f}
	for {
		t, err := s.next()
		if err != nil {
			return errNoFeed
		}
		if start, ok := t.(xml.StartElement); ok {
			f.rebase(start.Attr)
			break
		}
	}
	if s.path[0] == "opml" {
		return errOPML
	}
	of, ok := itemsOf[s.path[0]]
	if !ok {
		return errNoFeed
	}
	s.element, s.rawStart, f.lists = of.item, "<"+of.item, of.lists
	f.items = s.items
	return nil
}

// rebase takes the address against which those in the feed are resolved from
// the outermost element, where it states one.
func (f *feed) rebase(attrs []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space != "xml" || a.Name.Local != "base" {
			continue
		}
		if u, err := url.Parse(strings.TrimSpace(a.Value)); err == nil && f.base != nil {
			f.base = f.base.ResolveReference(u)
		}
	}
}

// items yields the entries; once.
func (s *feedScan) items(yield func(feedItem) bool) {
	for {
		t, err := s.next()
		var done *feedItem
		switch t := t.(type) {
		case xml.StartElement:
			done = s.opened(t)
		case xml.EndElement:
			done = s.closed(t)
		case xml.CharData:
			if s.field.key != "" {
				s.field.text.Write(t)
			}
		}
		if done != nil && !yield(*done) {
			return
		}
		if err == nil {
			continue
		}
		more := err != io.EOF
		if broken := s.broken(err); broken != nil && !yield(*broken) {
			return
		}
		if !more || err == errNest || !s.resync() {
			return
		}
	}
}

// opened takes in a start tag, and returns the entry that it ends: one without
// an end tag.
func (s *feedScan) opened(t xml.StartElement) (done *feedItem) {
	name, around := s.path[len(s.path)-1], len(s.path)-1
	switch {
	case s.field.key != "" && fieldsOfFeed[s.key()] == nil:
		s.field.marked = true
		return nil
	case name == s.element && around <= 3 && (s.item == nil || around == s.depth+1):
		if s.item != nil {
			done = s.finished()
			s.path = append(s.path[:s.depth], name)
		} else {
			s.depth = around
		}
		s.item = &feedItem{number: s.number, offset: int64(s.before)}
		if rest := s.text[s.before:]; s.number == 0 && len(rest) > 0 && rest[0] == '<' {
			s.rawStart = rest[:max(1, len(rest)-len(strings.TrimLeftFunc(rest[1:], nameRune)))]
		}
		s.number++
		return done
	}
	key := s.key()
	if _, wanted := fieldsOfFeed[key]; wanted {
		s.field = fieldScan{key: key, depth: around, attrs: slices.Clone(t.Attr), start: s.at()}
	}
	return nil
}

func nameRune(r rune) bool {
	return r == ':' || r == '_' || r == '-' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// key names the innermost element: by its path in the entry, or outside one by
// its path in the feed with a slash before.
func (s *feedScan) key() string {
	if s.item != nil {
		if in := s.path[s.depth+1:]; len(in) <= 3 {
			return strings.Join(in, "/")
		}
		return ""
	}
	if in := s.path[1:]; len(in) <= 2 {
		return "/" + strings.TrimPrefix(strings.Join(in, "/"), "channel/")
	}
	return ""
}

// closed takes in an end tag, and returns the entry that it ends.
func (s *feedScan) closed(t xml.EndElement) (done *feedItem) {
	open := s.closes(t)
	if open == len(s.path) {
		return nil
	}
	if s.field.key != "" && open <= s.field.depth {
		s.put()
	}
	s.path = s.path[:open]
	if s.item != nil && open <= s.depth {
		return s.finished()
	}
	return nil
}

func (s *feedScan) finished() *feedItem {
	item := s.item
	s.item, s.field = nil, fieldScan{}
	return item
}

// put hands the field that ends here to what it is a field of.
func (s *feedScan) put() {
	f := s.field
	s.field = fieldScan{}
	text := feedText{f.text.String(), false}
	switch kind := strings.ToLower(attr(f.attrs, "type")); {
	case f.marked || kind == "xhtml": // the markup is part of it
		text.text = s.text[f.start:s.before]
	case s.path[0] == "feed" && (kind == "" || kind == "text" || kind == "text/plain"):
		text.plain = true
	case s.path[0] == "urlset":
		text.plain = true
	}
	if attr(f.attrs, "src") != "" {
		return // stands elsewhere
	}
	if put := fieldsOfFeed[f.key]; put != nil {
		put(s.f, s.item, text, f.attrs)
	}
}

func attr(attrs []xml.Attr, name string) string {
	for _, a := range attrs {
		if a.Name.Space == "" && strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}

// broken returns what is to be told of an error, nil where it is the proper
// end.
func (s *feedScan) broken(err error) *feedItem {
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF && s.item == nil:
		return nil
	case err == io.EOF:
		err = errEndsEarly
	case errors.As(err, &syntax):
		err = errors.New("is no XML: " + syntax.Msg)
	}
	item := s.finished()
	if item == nil {
		item = &feedItem{number: s.number, offset: int64(s.before)}
		s.number++
	}
	return &feedItem{number: item.number, offset: item.offset, err: err}
}

// resync goes to the next entry behind broken XML, and reports whether there is
// one.
func (s *feedScan) resync() bool {
	at := max(s.before+1, min(s.at(), len(s.text)))
	for at < len(s.text) {
		i := strings.Index(s.text[at:], s.rawStart)
		if i < 0 {
			return false
		}
		at += i
		if end := at + len(s.rawStart); end < len(s.text) && !nameRune(rune(s.text[end])) {
			break
		}
		at++
	}
	if at >= len(s.text) {
		return false
	}
	around := min(len(s.path), max(1, s.depth))
	s.path = s.path[:around]
	s.from(at)
	return true
}

// fieldsOfFeed are the fields that are read: of an entry, and with a slash
// before of the feed.
var fieldsOfFeed = map[string]func(f *feed, item *feedItem, text feedText, attrs []xml.Attr){
	"/title": func(f *feed, _ *feedItem, t feedText, _ []xml.Attr) { fill(&f.site.title, t.words()) },
	"/link": func(f *feed, _ *feedItem, t feedText, attrs []xml.Attr) {
		fill(&f.site.url, f.resolve(linkOf(t, attrs)))
		if f.base == nil || f.base.Host == "" {
			f.base, _ = url.Parse(f.site.url)
		}
	},
	"title": func(_ *feed, item *feedItem, t feedText, _ []xml.Attr) { item.title = t },
	"link":  func(_ *feed, item *feedItem, t feedText, attrs []xml.Attr) { fill(&item.url, linkOf(t, attrs)) },
	"atom:link": func(_ *feed, item *feedItem, t feedText, attrs []xml.Attr) {
		fill(&item.permalink, linkOf(t, attrs))
	},
	"feedburner:origlink": func(_ *feed, item *feedItem, t feedText, _ []xml.Attr) { item.url = strings.TrimSpace(t.text) },
	"loc":                 func(_ *feed, item *feedItem, t feedText, _ []xml.Attr) { fill(&item.url, strings.TrimSpace(t.text)) },
	"guid": func(_ *feed, item *feedItem, t feedText, attrs []xml.Attr) {
		if fill(&item.id, strings.TrimSpace(t.text)); strings.HasPrefix(item.id, "http") && !strings.EqualFold(attr(attrs, "isPermaLink"), "false") {
			fill(&item.permalink, item.id)
		}
	},
	"id": func(_ *feed, item *feedItem, t feedText, _ []xml.Attr) { fill(&item.id, strings.TrimSpace(t.text)) },

	"description": teaserField, "summary": teaserField, "media:description": teaserField,
	"content:encoded": wholeField, "content": wholeField, "fulltext": wholeField, "yandex:full-text": wholeField, "body": wholeField, "xhtml:body": wholeField,

	"pubdate": publishedField, "dc:date": publishedField, "dc:created": publishedField, "dc:issued": publishedField, "published": publishedField,
	"issued": publishedField, "created": publishedField, "news:news/news:publication_date": publishedField,
	"updated": changedField, "modified": changedField, "dc:modified": changedField, "atom:updated": changedField, "lastmod": changedField,

	"author": authorField, "dc:creator": authorField, "author/name": authorField, "itunes:author": authorField,
	"news:news/news:title": func(_ *feed, item *feedItem, t feedText, _ []xml.Attr) { item.title = t },
	"source": func(_ *feed, item *feedItem, t feedText, attrs []xml.Attr) {
		fill(&item.outlet, hostOf(attr(attrs, "url")))
	},
}

func fill(at *string, value string) {
	if *at == "" {
		*at = value
	}
}

// linkOf is the address that a link element gives, "" where it is one of
// another thing than the report.
func linkOf(t feedText, attrs []xml.Attr) string {
	href, rel := attr(attrs, "href"), strings.ToLower(attr(attrs, "rel"))
	switch {
	case href == "":
		return strings.TrimSpace(t.text)
	case rel == "" || rel == "alternate":
		return strings.TrimSpace(href)
	}
	return ""
}

func teaserField(_ *feed, item *feedItem, t feedText, _ []xml.Attr) {
	if len(t.text) > len(item.teaser.text) {
		item.teaser = t
	}
}

func wholeField(_ *feed, item *feedItem, t feedText, _ []xml.Attr) {
	if len(t.text) > len(item.whole.text) {
		item.whole = t
	}
}

func publishedField(_ *feed, item *feedItem, t feedText, _ []xml.Attr) {
	if item.published.IsZero() {
		item.published = feedDate(t.words())
	}
}

func changedField(_ *feed, item *feedItem, t feedText, _ []xml.Attr) {
	if item.changed.IsZero() {
		item.changed = feedDate(t.words())
	}
}

func authorField(_ *feed, item *feedItem, t feedText, _ []xml.Attr) {
	if s := t.words(); s != "" && !slices.Contains(item.authors, s) && len(item.authors) < 50 {
		item.authors = append(item.authors, s)
	}
}
