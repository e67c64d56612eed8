package read

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/markusmobius/go-htmldate"
	xhtml "golang.org/x/net/html"

	"hearsay"
)

// describe notes what the page says of the report: title, authors, agencies,
// outlet, date, language and address.
func (p *htmlPage) describe(doc *hearsay.Document, r *pageReport, opt Options) {
	ld := p.linkedData()
	meta := func(names ...string) string { return oneLine(p.head.first(p.head.meta, names...)) }

	doc.URL = cmp.Or(opt.URL, p.address(p.head.first(p.head.links, "canonical"), p.head.first(p.head.meta, "og:url"), ld.url))
	doc.Outlet = outletName(meta("og:site_name"), oneLine(ld.publisher), meta("application-name"), meta("apple-mobile-web-app-title"), p.besideTitle(r))
	doc.Title = p.title(r, ld, cmp.Or(opt.Outlet, doc.Outlet))
	doc.Lang = languageCode(p.head.lang, meta("og:locale"), meta("content-language", "dc.language"), ld.language)
	doc.Bylines, doc.Credits = p.authors(r, ld, cmp.Or(opt.Outlet, doc.Outlet), doc.URL)
	if opt.Published.IsZero() {
		doc.Published = p.published(r, ld, doc.URL)
	}
}

// address returns the first that is an absolute address on the web.
func (p *htmlPage) address(candidates ...string) string {
	base, _ := url.Parse(p.head.base)
	for _, c := range candidates {
		u, err := url.Parse(strings.TrimSpace(c))
		if err != nil || c == "" {
			continue
		}
		if base != nil && base.IsAbs() {
			u = base.ResolveReference(u)
		}
		if (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil {
			u.Fragment = ""
			return u.String()
		}
	}
	return ""
}

// outletName returns the first that is the name of an outlet.
func outletName(candidates ...string) string {
	for _, c := range candidates {
		if host := hostOf(c); host != "" {
			return host
		}
		if c != "" && !strings.HasPrefix(c, "@") && utf8.RuneCountInString(c) <= 60 {
			return c
		}
	}
	return ""
}

// title returns the report's title: its headline on the page where there is
// one, else what the page calls itself, without the outlet's name.
func (p *htmlPage) title(r *pageReport, ld ldArticle, outlet string) string {
	if r.headline != nil {
		return oneLine(p.plain(r.headline))
	}
	for _, t := range []string{ld.headline, p.head.first(p.head.meta, "og:title", "twitter:title"), p.head.title, p.head.first(p.head.meta, "dc.title", "title")} {
		if t = withoutOutlet(oneLine(t), outlet); t != "" {
			return t
		}
	}
	return ""
}

// titleDivider stands between a title and the outlet's name.
var titleDivider = regexp.MustCompile(`\s+[|–—\-»·:•]+\s+`)

// withoutOutlet takes the outlet's name from the end or the start of a title.
func withoutOutlet(title, outlet string) string {
	name := letters(outlet)
	if name == "" {
		return title
	}
	for _, at := range titleDivider.FindAllStringIndex(title, -1) {
		head, tail := title[:at[0]], title[at[1]:]
		if t := letters(tail); t != "" && (t == name || strings.HasPrefix(t, name) || strings.HasPrefix(name, t)) {
			return head
		}
		if h := letters(head); h == name {
			return tail
		}
	}
	return title
}

// besideTitle returns what stands beside the headline in the title of the
// page, which is the outlet's name.
func (p *htmlPage) besideTitle(r *pageReport) string {
	if r.headline == nil {
		return ""
	}
	headline := letters(p.plain(r.headline))
	for _, at := range titleDivider.FindAllStringIndex(p.head.title, -1) {
		before, after := p.head.title[:at[0]], p.head.title[at[1]:]
		switch headline {
		case letters(before):
			return after
		case letters(after):
			return before
		}
	}
	return ""
}

// languageCode returns the ISO 639-1 code of the first that names a language.
func languageCode(candidates ...string) string {
	for _, c := range candidates {
		code, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(c, "_", "-")), "-")
		code = strings.TrimSpace(code)
		if full := languageNames[code]; full != "" {
			return full
		}
		if len(code) == 2 && code[0] >= 'a' && code[0] <= 'z' && code[1] >= 'a' && code[1] <= 'z' {
			return code
		}
	}
	return ""
}

// publishedNames are the names under which pages state when they were
// published, the surest first.
var publishedNames = []string{
	"article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published", "rnews:datepublished",
	"parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "publish_date", "publication_date", "pubdate", "published_time",
	"cxenseparse:recs:publishtime", "bt:pubdate", "article_date_original", "originalpublicationdate", "dc.date.issued", "dcterms.issued",
	"dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "article:created", "citation_publication_date", "timestamp",
}

// published returns when the report was published: what the page states as
// data, else the date about its headline, else that in its address, else a guess.
func (p *htmlPage) published(r *pageReport, ld ldArticle, address string) time.Time {
	candidates := []string{ld.published}
	for _, name := range publishedNames {
		candidates = append(candidates, p.head.first(p.head.meta, name))
	}
	for _, t := range p.head.times {
		if k := strings.ToLower(t.key); strings.Contains(k, "publish") || strings.Contains(k, "pubdate") || strings.Contains(k, "entry-date") {
			candidates = append(candidates, t.value)
		}
	}
	for _, t := range p.head.times {
		if k := strings.ToLower(t.key); !strings.Contains(k, "modif") && !strings.Contains(k, "update") && !strings.Contains(k, "comment") {
			candidates = append(candidates, t.value)
			break
		}
	}
	for _, c := range candidates {
		if t := parseDate(c); !t.IsZero() {
			return t
		}
	}
	if t := p.dateNear(r); !t.IsZero() {
		return t
	}
	if t := dateInPath(address); !t.IsZero() {
		return t
	}
	return guessDate(r.root, address)
}

// earliest and latest are the bounds of a date that is guessed.
var (
	earliest = time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC)
)

// guessDate looks for the date in the whole text of the page: right for four
// pages in five that state none elsewhere.
func guessDate(root *xhtml.Node, address string) (t time.Time) {
	if root == nil {
		return t
	}
	if nodes, _ := measure(root); nodes > maxNodes {
		return t
	}
	defer func() {
		if recover() != nil {
			t = time.Time{}
		}
	}()
	found, err := htmldate.FromDocument(root, htmldate.Options{
		UseOriginalDate: true, SkipExtensiveSearch: true, URL: address, MinDate: earliest, MaxDate: latest,
	})
	if err != nil || found.IsZero() {
		return t
	}
	d := found.DateTime
	// A date without a year would be taken for one of the current year.
	if !strings.Contains(found.SrcString, d.Format("06")) {
		return t
	}
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}
