package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// story is a report of 130 words in HTML.
var story = "<p>“The pier holds,” Ines Dorva said on Monday.</p>" + strings.Repeat("<p>The tide came in again and the harbour master, who had watched it all night, wrote it down.</p>", 7)

// feedOf reads a feed, and fails where anything is wrong with it.
func feedOf(t *testing.T, name, text string) *Listing {
	t.Helper()
	list, err := Feed(context.Background(), Input{Name: name, Body: strings.NewReader(text)}, Options{URL: "https://www.velmora-times.example/feed.xml"})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return list
}

var feeds = map[string]string{
	"rss 2.0": `<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Velmora Times</title><atom:link rel="self" href="https://www.velmora-times.example/feed.xml"/><link>https://www.velmora-times.example/</link>
<image><title>Logo</title><link>/logo</link></image>
<item><title>Pier &amp;amp; tide &lt;b&gt;hold&lt;/b&gt;</title><link>/pier</link><guid isPermaLink="false">17</guid>
<d:creator>Runa Sellic</d:creator><pubDate>Mon, 06 May 2024 07:08:09 EDT</pubDate>
<description>The pier &lt;i&gt;holds&lt;/i&gt;.</description><content:encoded><![CDATA[` + story + `]]></content:encoded></item>
<item><title>Teaser</title><guid>https://www.velmora-times.example/teaser</guid><author>desk@velmora-times.example (Ola Brandt)</author>
<pubDate>Tue, 7 May 2024 07:08:09 +0200</pubDate><description>Only a teaser &hellip;</description></item>
</channel></rss>`,
	"rss 1.0": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="x"><title>Velmora Times</title><link>https://www.velmora-times.example/</link><items><rdf:Seq><rdf:li resource="a"/></rdf:Seq></items></channel>
<item rdf:about="a"><title>Pier &amp; tide hold</title><link>https://www.velmora-times.example/pier</link><guid>17</guid><dc:creator>Runa Sellic</dc:creator><dc:date>2024-05-06T07:08:09-04:00</dc:date><content:encoded>` + escapeXML(story) + `</content:encoded></item>
<item><title>Teaser</title><link>https://www.velmora-times.example/teaser</link><guid>https://www.velmora-times.example/teaser</guid><dc:creator>Ola Brandt</dc:creator><dc:date>2024-05-07T07:08:09+02:00</dc:date></item></rdf:RDF>`,
	"rss 0.91": `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd"><RSS version="0.91"><channel><title>Velmora Times</title><link>https://www.velmora-times.example/</link>
<Item><TITLE>Pier & tide hold</TITLE><link>https://www.velmora-times.example/pier</link><guid isPermaLink=false>17</guid><author>Runa Sellic</author><pubDate>06 May 2024 07:08:09 -0400</pubDate><description>` + story + story + story + `</description>
<Item><title>Teaser</title><link>https://www.velmora-times.example/teaser</link><guid>https://www.velmora-times.example/teaser</guid><author>Ola Brandt</author><pubDate>07 May 2024 07:08:09 +0200</pubDate></Item></channel></RSS>`,
	"atom": `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Velmora Times</a:title><a:link rel="self" href="/feed.xml"/><a:link href="/"/>
<a:entry><a:id>17</a:id><a:title type="html">Pier &amp;amp; tide &lt;b&gt;hold&lt;/b&gt;</a:title><a:link rel="enclosure" href="/p.mp3"/><a:link rel="alternate" href="/pier"/><a:author><a:name>Runa Sellic</a:name><a:uri>x</a:uri></a:author>
<a:published>2024-05-06T07:08:09-04:00</a:published><a:summary>s</a:summary><a:content type="html">` + escapeXML(story) + `</a:content></a:entry>
<a:entry><a:id>https://www.velmora-times.example/teaser</a:id><a:title>Teaser</a:title><a:link href="https://www.velmora-times.example/teaser"/><a:author><a:name>Ola Brandt</a:name></a:author><a:published>2024-05-07T07:08:09+02:00</a:published><a:content src="/teaser" type="text/html"/></a:entry></a:feed>`,
	"atom, xhtml": `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.velmora-times.example/"><title>Velmora Times</title><link href="https://www.velmora-times.example/"/>
<entry><id>17</id><title type="xhtml"><div>Pier &amp; tide <b>hold</b></div></title><link href="/pier"/><author><name>Runa Sellic</name></author>
<published>2024-05-06T07:08:09-04:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">` + story + `</div></content></entry>
<entry><id>https://www.velmora-times.example/teaser</id><title>Teaser</title><link href="/teaser"/><author><name>Ola Brandt</name></author><issued>2024-05-07T07:08:09+02:00</issued></entry></feed>`,
	"json": `{"version": "https://jsonfeed.org/version/1.1", "title": "Velmora Times", "home_page_url": "https://www.velmora-times.example/", "items": [
{"id": 17, "url": "/pier", "title": "Pier & tide hold", "content_html": "` + strings.ReplaceAll(story, `"`, `\"`) + `", "date_published": "2024-05-06T07:08:09-04:00", "authors": [{"name": "Runa Sellic"}]},
{"id": "https://www.velmora-times.example/teaser", "url": "https://www.velmora-times.example/teaser", "title": "Teaser", "summary": "s", "author": {"name": "Ola Brandt"}, "date_published": "2024-05-07T07:08:09+02:00"}]}`,
}

func TestFeeds(t *testing.T) {
	zone := func(h int) *time.Location { return time.FixedZone("", h*3600) }
	for name, text := range feeds {
		list := feedOf(t, name, text)
		if list.Title != "Velmora Times" || list.URL != "https://www.velmora-times.example/" || len(list.Entries) != 2 {
			t.Fatalf("%s: %q, %q, %d entries", name, list.Title, list.URL, len(list.Entries))
		}
		a, b := list.Entries[0], list.Entries[1]
		doc := a.Document
		a.Document = nil
		want := []Entry{
			{ID: "17", URL: "https://www.velmora-times.example/pier", Title: "Pier & tide hold", Authors: []string{"Runa Sellic"}, Published: time.Date(2024, 5, 6, 7, 8, 9, 0, zone(-4))},
			{ID: "https://www.velmora-times.example/teaser", URL: "https://www.velmora-times.example/teaser", Title: "Teaser", Authors: []string{"Ola Brandt"}, Published: time.Date(2024, 5, 7, 7, 8, 9, 0, zone(2))},
		}
		if diff := cmp.Diff(want, []Entry{a, b}); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if doc == nil {
			t.Errorf("%s: no document", name)
			continue
		}
		checkDocument(t, doc)
		if !strings.HasPrefix(doc.Text, "“The pier holds,” Ines Dorva said on Monday.\n") || len(doc.Blocks) < 8 || doc.Outlet != "velmora-times.example" ||
			doc.URL != want[0].URL || doc.Title != want[0].Title || len(doc.Bylines) != 1 || !doc.Published.Equal(want[0].Published) {
			t.Errorf("%s: %+v", name, doc)
		}

		var passed Passed
		docs, errs := documents("-", "", strings.NewReader(text), Options{URL: "https://www.velmora-times.example/feed.xml", Passed: &passed})
		if len(errs) > 0 || len(docs) != 1 || docs[0].ID != doc.ID || passed != (Passed{Teasers: 1}) {
			t.Errorf("%s: as documents %v, %v, %v", name, docs, errs, passed)
		}
	}
}

func TestWhatCarriesTheWholeReport(t *testing.T) {
	teaser := "<p>" + strings.Repeat("The tide came in again. ", 18)
	for _, c := range []struct {
		name, content, description string
		whole                      bool
	}{
		{"whole", story, "The pier holds.", true},
		{"a short one", "<p>The pier holds.</p>", "", false},
		{"the same as the teaser", teaser, teaser, false},
		{"ends in dots", teaser + "The mayor […]</p>", "", false},
		{"an appeal", teaser + "</p><p><a href='/a'>Continue reading <span>The pier</span> →</a></p>", "", false},
		{"read more", teaser + " <a href='/a'>Read more</a>", "", false},
		{"a teaser of 90 words", "", teaser, false},
		{"a description that is the report", "", strings.Repeat(teaser, 3), true},
		{"a plugin's line", story + "<p>The post <a href=\"a\">Pier</a> appeared first on <a href=\"b\">Velmora</a>.</p>", "", true},
	} {
		list := feedOf(t, c.name, "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><link>/a</link><description>"+escapeXML(c.description)+"</description><content:encoded>"+escapeXML(c.content)+"</content:encoded></item></channel></rss>")
		doc := list.Entries[0].Document
		if (doc != nil) != c.whole {
			t.Errorf("%s: %v", c.name, doc)
		}
		if doc != nil && strings.Contains(doc.Text, "The post") {
			t.Errorf("%s: %s", c.name, doc.Text)
		}
	}
}

func TestBrokenFeeds(t *testing.T) {
	item := func(n int, more string) string {
		return fmt.Sprintf("<item><link>https://a.example/%d</link>%s<title>T%d</title></item>\n", n, more, n)
	}
	for name, c := range map[string]struct {
		text string
		want string // the last parts of the URLs
		errs int
	}{
		"a bad tag":            {"<rss><channel>" + item(1, "") + item(2, "a < b") + item(3, "") + "</channel></rss>", "1 3", 1},
		"control characters":   {"<rss><channel>" + item(1, "\x00\x0b") + item(2, ""), "1 2", 0},
		"ends early":           {"<rss><channel>" + item(1, "") + "<item><link>https://a.exa", "1", 1},
		"tags that do not fit": {"<rss><channel>" + item(1, "<b></i></title></x>") + item(2, ""), "1 2", 0},
		"unknown entities":     {"<rss><channel>" + item(1, "<b>&nope; & &#xffffff; &eacute;</b>") + item(2, ""), "1 2", 0},
		"no end tag":           {"<rss><channel><item><link>https://a.example/1</link>" + item(2, "") + "</channel></rss>", "1 2", 0},
		"markup not escaped":   {"<rss><channel>" + item(1, "<description><p>a<br>b</description>") + item(2, ""), "1 2", 0},
		"too deep":             {"<rss><channel>" + item(1, "") + item(2, strings.Repeat("<a>", 500)) + item(3, ""), "1", 1},
		"latin-1":              {"<?xml version='1.0' encoding='iso-8859-1'?><rss><channel>" + item(1, "<b>\xe9</b>") + "</channel></rss>", "1", 0},
		"utf-8 called utf-16":  {"<?xml version='1.0' encoding='utf-16'?><rss><channel>" + item(1, "<b>é</b>") + "</channel></rss>", "1", 0},
		"json item":            {`{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://a.example/1"},{"url":7},{"url":"https://a.example/3"}]}`, "1 3", 1},
		"javascript":           {"<rss><channel><item><link>javascript:alert(1)</link></item></channel></rss>", "", 0},
	} {
		list, err := Feed(context.Background(), Input{Name: "f", Body: strings.NewReader(c.text)}, Options{})
		if list == nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, e := range list.Entries {
			got = append(got, strings.TrimPrefix(e.URL, "https://a.example/"))
		}
		errs := 0
		var joined interface{ Unwrap() []error }
		if errors.As(err, &joined) {
			errs = len(joined.Unwrap())
		}
		if strings.Join(got, " ") != c.want || errs != c.errs {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for text, want := range map[string]string{
		"": "is empty", "<html><p>x</html>": errNoFeed.Error(), "{}": errNoFeed.Error(), "{": errBadJSON.Error(), "<opml></opml>": errOPML.Error(), "<": errNoFeed.Error(),
	} {
		if _, err := Feed(context.Background(), Input{Name: "f", Body: strings.NewReader(text)}, Options{}); err == nil || errors.Unwrap(err).Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestSitemaps(t *testing.T) {
	pages := `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://a.example/1?x=1&amp;y=2 </loc><lastmod>2024-05-06</lastmod><priority>0.5</priority></url>
<url><loc>https://a.example/2</loc><n:news><n:publication><n:name>A</n:name></n:publication><n:publication_date>2024-05-06T07:08:09Z</n:publication_date><n:title>Pier &amp; tide</n:title></n:news></url></urlset>`
	want := []Entry{
		{ID: "https://a.example/1?x=1&y=2", URL: "https://a.example/1?x=1&y=2", Changed: time.Date(2024, 5, 6, 0, 0, 0, 0, time.UTC)},
		{ID: "https://a.example/2", URL: "https://a.example/2", Title: "Pier & tide", Published: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)},
	}
	for _, text := range []string{pages, string(gzipped([]byte(pages)))} {
		list := feedOf(t, "sitemap.xml.gz", text)
		if diff := cmp.Diff(want, list.Entries); diff != "" {
			t.Error(diff)
		}
	}
	list := feedOf(t, "index.xml", `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.example/1.xml.gz</loc><lastmod>2024-05-06T07:08Z</lastmod></sitemap></sitemapindex>`)
	if len(list.Sitemaps) != 1 || len(list.Entries) != 0 || list.Sitemaps[0].URL != "https://a.example/1.xml.gz" || list.Sitemaps[0].Changed.Hour() != 7 {
		t.Errorf("%+v", list)
	}
	if _, errs := documents("sitemap.xml", "", strings.NewReader(pages), Options{}); len(errs) != 1 || !errors.Is(errs[0], errSitemap) {
		t.Errorf("%v", errs)
	}
}

func TestOPML(t *testing.T) {
	list, err := OPML(Input{Name: "-", Body: strings.NewReader(`<?xml version="1.0"?><opml version="1.1"><head><title>x</title></head><body>
<outline text="News &amp; more"><outline text="Velmora" type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
<outline text="Harbour"><outline title="Gazette" text="G" xmlUrl="feed://b.example/feed"/></outline><outline text="Velmora" xmlUrl="https://a.example/feed"/></outline>
<outline xmlUrl="https://c.example/feed?a=1&b=2"><outline text="no folder"/></outline><outline text="script" xmlUrl="javascript:alert(1)"/></body></opml>`)})
	want := []Subscription{
		{Feed: "https://a.example/feed", Title: "Velmora", Site: "https://a.example/", Folders: []string{"News & more"}},
		{Feed: "http://b.example/feed", Title: "Gazette", Folders: []string{"News & more", "Harbour"}},
		{Feed: "https://c.example/feed?a=1&b=2"},
	}
	if diff := cmp.Diff(want, list); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	var out bytes.Buffer
	if err := PrintOPML(&out, "Feeds <1>", list); err != nil {
		t.Fatal(err)
	}
	again, err := OPML(Input{Name: "-", Body: bytes.NewReader(out.Bytes())})
	if diff := cmp.Diff([]Subscription{want[2], want[0], want[1]}, again); diff != "" || err != nil {
		t.Errorf("%v\n%s\n%s", err, diff, &out)
	}
	for _, text := range []string{"", "<html/>", "{}", "<rss><outline xmlUrl='https://a.example'/></rss>"} {
		if _, err := OPML(Input{Name: "-", Body: strings.NewReader(text)}); !errors.Is(err, errNoOPML) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestHostileFeeds: feeds made to cost much do not.
func TestHostileFeeds(t *testing.T) {
	size := 1 << 20
	if underRace {
		size = 1 << 17
	}
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, text := range map[string]string{
		"depth":         "<rss><channel><item>" + fill("<a:b>"),
		"depth of HTML": "<rss><channel><item><description>" + escapeXML(fill("<b>")),
		"items":         "<rss><channel>" + fill("<item></item>"),
		"open items":    "<rss><channel>" + fill("<item>"),
		"errors":        "<rss><channel>" + fill("<item>< "),
		"entities":      "<!DOCTYPE a [<!ENTITY x \"" + strings.Repeat("y", 1000) + "\">]><rss><channel><item><title>" + fill("&x;"),
		"ends":          "<rss><channel>" + strings.Repeat("<a>", 200) + fill("</b>"),
		"namespaces":    "<rss><channel>" + fill("<a xmlns:b='http://www.w3.org/2005/Atom'/>"),
		"attributes":    "<rss><channel><item><link " + fill("a='' ") + "/>",
		"comments":      fill("<!-- -->") + "<rss>",
		"unclosed":      "<rss><channel>" + fill("<!--"),
		"titles":        "<rss><channel><item>" + fill("<title>x</title>"),
		"folders":       "<opml><body>" + strings.Repeat("<outline text='"+strings.Repeat("x", 100)+"'>", 200) + fill("<outline xmlUrl='https://a.example/'/>"),
		"json":          `{"version":"https://jsonfeed.org/version/1","items":` + fill("["),
	} {
		start := spent()
		list, err := Feed(context.Background(), Input{Name: name, Body: strings.NewReader(text)}, Options{})
		OPML(Input{Name: name, Body: strings.NewReader(text)})
		documents(name, "", strings.NewReader(text), Options{})
		if took := spent() - start; took > 8*time.Second {
			t.Errorf("%s took %v", name, took)
		} else if list != nil {
			t.Logf("%s: %v, %d entries, %.60v", name, took.Round(time.Millisecond), len(list.Entries), err)
		}
	}
}

func TestMutatedFeeds(t *testing.T) {
	files := 2000
	if underRace {
		files = 300
	}
	random := rand.New(rand.NewPCG(5, 6))
	var all []string
	for _, text := range feeds {
		all = append(all, text)
	}
	for n := range files {
		b, _ := mutate(random, []byte(all[n%len(all)]))
		list, _ := Feed(context.Background(), Input{Name: "f", Body: bytes.NewReader(b)}, Options{})
		checkListing(t, list)
	}
}

func checkListing(t *testing.T, list *Listing) {
	t.Helper()
	if list == nil {
		return
	}
	for _, e := range list.Entries {
		if e.Document != nil {
			checkDocument(t, e.Document)
		}
		if e.URL != "" && webAddress(e.URL) == "" {
			t.Errorf("address %q", e.URL)
		}
	}
}

func FuzzFeed(f *testing.F) {
	for _, text := range feeds {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		list, _ := Feed(context.Background(), Input{Name: "f", Body: bytes.NewReader(b)}, Options{MaxBytes: 1 << 20})
		checkListing(t, list)
		subs, _ := OPML(Input{Name: "f", Body: bytes.NewReader(b)})
		var out bytes.Buffer
		if err := PrintOPML(&out, "t", subs); err != nil {
			t.Fatal(err)
		}
		again, err := OPML(Input{Name: "f", Body: &out})
		if len(again) != len(subs) || err != nil {
			t.Fatalf("%d feeds, then %d, %v", len(subs), len(again), err)
		}
	})
}
