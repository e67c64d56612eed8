package read

import (
	"slices"
	"strings"
	"testing"
)

func TestNamedFeeds(t *testing.T) {
	const at = "https://velmora.example/news/today"
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"each type", `<!doctype html><html><head><title>Velmora Times</title>
			<link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml">
			<LINK REL='Alternate Home' TYPE='Application/Atom+XML; charset=utf-8' HREF='atom?a=1&amp;b=2'/>
			<link rel=alternate type=application/feed+json href=//feeds.example/velmora.json>`,
			[]string{"https://velmora.example/feed.xml", "https://velmora.example/news/atom?a=1&b=2", "https://feeds.example/velmora.json"}},
		{"against the base", `<html><base href="/times/"><base href="/other/"><link rel="alternate" type="application/rss+xml" href="feed"></html>`,
			[]string{"https://velmora.example/times/feed"}},
		{"once", `<html><link rel=alternate type=application/rss+xml href=/f><link rel=alternate type=application/rss+xml href=/f></html>`,
			[]string{"https://velmora.example/f"}},
		{"other links", `<html><link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" type="application/rss+xml" href="/a">
			<link rel="alternate" type="application/json" href="/wp-json/1"><a rel="alternate" type="application/rss+xml" href="/b">
			<!-- <link rel="alternate" type="application/rss+xml" href="/c"> --><script>"<link rel='alternate' type='application/rss+xml' href='/d'>"</script>
			<link rel="alternate" type="application/rss+xml" href=""><link rel="alternate" type="application/rss+xml" href="javascript:x()">
			<link rel="alternate" type="application/rss+xml"></html>`, nil},
		{"no page", `{"rel": "alternate", "x": "<link rel=alternate type=application/rss+xml href=/f>"}`, nil},
		{"a feed", `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="alternate" type="application/rss+xml" href="/f"/></feed>`, nil},
		{"nothing", "", nil},
	} {
		if got := NamedFeeds([]byte(c.page), "", at); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	wide := []byte("\xff\xfe")
	for _, b := range []byte(`<html><link rel=alternate type=application/rss+xml href=/f></html>`) {
		wide = append(wide, b, 0)
	}
	if got := NamedFeeds(wide, "text/html", at); !slices.Equal(got, []string{"https://velmora.example/f"}) {
		t.Errorf("in UTF-16: %q", got)
	}
}

// TestNamedFeedsAreBounded: a page that names more feeds than anybody has, and one
// that never ends, cost no more than what is looked at.
func TestNamedFeedsAreBounded(t *testing.T) {
	for name, unit := range map[string]string{
		"feeds": `<link rel=alternate type=application/rss+xml href=/#>`, "tags": "<a ", "comments": "<!--", "attributes": " x=y", "open": "<<<<",
	} {
		start := spent()
		page := "<html><link " + strings.Repeat(unit, 8<<20/len(unit))
		if got := NamedFeeds([]byte(page), "text/html", "https://velmora.example/"); len(got) > maxNamed {
			t.Errorf("%s: %d feeds", name, len(got))
		}
		if took := spent() - start; took > hostileTime {
			t.Errorf("%s took %v", name, took)
		}
	}
}
