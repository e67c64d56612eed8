package read

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// An ldArticle is what the JSON-LD of a page says of its report.
type ldArticle struct {
	headline, publisher, published, language, url, body string
	authors                                             []string

	rank int // how surely it is the report of the page
}

// Limits of one page's JSON-LD.
const (
	maxLDValues = 20_000
	maxLDDepth  = 24
)

// linkedData returns what the page's JSON-LD says of the report. Data that are
// no JSON are passed over.
func (p *htmlPage) linkedData() ldArticle {
	r := ldReader{byID: map[string]map[string]any{}, titles: p.titles()}
	var roots []any
	for _, script := range p.head.ld {
		if v, ok := parseLD(script); ok {
			roots = append(roots, v)
			r.index(v, 0)
		}
	}
	r.values = 0
	for _, v := range roots {
		r.find(v, 0)
	}
	return r.best
}

// parseLD parses the content of a JSON-LD script, which may be wrapped in a
// comment and may have raw line ends in its strings.
func parseLD(script string) (v any, ok bool) {
	script = strings.TrimSpace(script)
	for _, wrap := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		script = strings.TrimSpace(strings.TrimPrefix(script, wrap))
	}
	for _, wrap := range []string{"-->", "//]]>", "/*]]>*/", "]]>", ";"} {
		script = strings.TrimSpace(strings.TrimSuffix(script, wrap))
	}
	if json.Unmarshal([]byte(script), &v) == nil {
		return v, true
	}
	clean := strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, script)
	clean = trailingComma.ReplaceAllString(clean, "$1")
	return v, json.Unmarshal([]byte(clean), &v) == nil
}

var trailingComma = regexp.MustCompile(`,(\s*[}\]])`)

// An ldReader looks for the article among the objects of JSON-LD.
type ldReader struct {
	byID   map[string]map[string]any
	titles []string
	values int
	best   ldArticle
}

// index notes the objects that others refer to.
func (r *ldReader) index(v any, depth int) {
	if r.values++; r.values > maxLDValues || depth > maxLDDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.index(e, depth+1)
		}
	case map[string]any:
		if id, _ := v["@id"].(string); id != "" && (v["name"] != nil || v["@type"] != nil) {
			r.byID[id] = v
		}
		for _, e := range v {
			r.index(e, depth+1)
		}
	}
}

// find looks for the article within v.
func (r *ldReader) find(v any, depth int) {
	if r.values++; r.values > maxLDValues || depth > maxLDDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.find(e, depth+1)
		}
	case map[string]any:
		if a := r.article(v); a.rank > 0 && a.rank > r.best.rank {
			r.best = a
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "subjectOf"} {
			if v[key] != nil {
				r.find(v[key], depth+1)
			}
		}
	}
}

// article reads an object as an article; its rank is 0 where it is none.
func (r *ldReader) article(v map[string]any) ldArticle {
	rank := 0
	for _, kind := range texts(v["@type"]) {
		kind = kind[strings.LastIndexByte(kind, '/')+1:]
		switch {
		case strings.HasSuffix(kind, "NewsArticle"), kind == "BlogPosting", kind == "LiveBlogPosting", kind == "PressRelease":
			rank = max(rank, 4)
		case strings.HasSuffix(kind, "Article"), kind == "Report", kind == "SocialMediaPosting":
			rank = max(rank, 3)
		case kind == "WebPage", kind == "ItemPage", kind == "CreativeWork", kind == "VideoObject":
			rank = max(rank, 1)
		}
	}
	if rank == 0 {
		return ldArticle{}
	}
	a := ldArticle{
		headline:  first(texts(v["headline"]), texts(v["name"])),
		publisher: first(r.names(v["publisher"], 0), r.names(v["sourceOrganization"], 0)),
		published: first(texts(v["datePublished"]), texts(v["dateCreated"])),
		language:  first(texts(v["inLanguage"])),
		url:       first(texts(v["url"]), ids(v["mainEntityOfPage"]), ids(v["@id"])),
		body:      first(texts(v["articleBody"])),
		authors:   append(r.names(v["author"], 0), r.names(v["creator"], 0)...),
		rank:      rank * 2,
	}
	for _, t := range r.titles {
		if l := letters(a.headline); l != "" && strings.HasPrefix(letters(t), l) {
			a.rank++
			break
		}
	}
	return a
}

// names returns the names of persons or organisations: strings, objects with a
// name, or references to such objects.
func (r *ldReader) names(v any, depth int) (out []string) {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if s := ldText(v); s != "" {
			out = append(out, s)
		}
	case []any:
		for _, e := range v[:min(len(v), 40)] {
			out = append(out, r.names(e, depth+1)...)
		}
	case map[string]any:
		if list := texts(v["name"]); len(list) > 0 {
			return list
		}
		if id, _ := v["@id"].(string); id != "" && r.byID[id] != nil {
			return texts(r.byID[id]["name"])
		}
	}
	return out
}

// texts returns the string or strings of a value.
func texts(v any) (out []string) {
	switch v := v.(type) {
	case string:
		if s := ldText(v); s != "" {
			out = append(out, s)
		}
	case []any:
		for _, e := range v[:min(len(v), 40)] {
			if s, ok := e.(string); ok && ldText(s) != "" {
				out = append(out, ldText(s))
			}
		}
	case map[string]any:
		if s, ok := v["@value"].(string); ok {
			return texts(s)
		}
	}
	return out
}

// ids returns the addresses that a value refers to.
func ids(v any) []string {
	if m, ok := v.(map[string]any); ok {
		return append(texts(m["@id"]), texts(m["url"])...)
	}
	return texts(v)
}

func ldText(s string) string { return strings.TrimSpace(html.UnescapeString(s)) }

// first returns the first string of the first list that has any.
func first(lists ...[]string) string {
	for _, list := range lists {
		if len(list) > 0 {
			return list[0]
		}
	}
	return ""
}
