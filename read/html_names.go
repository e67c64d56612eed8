package read

import (
	"slices"
	"strings"
)

// noText reports whether an element never holds text of the report.
func noText(name string) bool {
	switch name {
	case "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "canvas", "svg", "math",
		"select", "datalist", "textarea", "audio", "video", "map", "dialog", "rp", "rt", "frameset":
		return true
	}
	return false
}

// isBlock reports whether an element stands on lines of its own.
func isBlock(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
		"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
		"html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody",
		"td", "tfoot", "th", "thead", "tr", "ul":
		return true
	}
	return false
}

// sectioning reports whether an element gathers blocks.
func sectioning(name string) bool {
	switch name {
	case "article", "aside", "blockquote", "body", "center", "details", "div", "fieldset", "footer", "form", "header",
		"main", "nav", "section", "table", "td":
		return true
	}
	return false
}

// traitsOf returns what an element's name says of the text within.
func traitsOf(name string) trait {
	switch name {
	case "a":
		return inLink
	case "h1":
		return inHeading | isHeadline
	case "h2", "h3", "h4", "h5", "h6":
		return inHeading
	case "li", "dd", "dt":
		return inItem
	case "blockquote":
		return inQuote
	case "figcaption":
		return inCaption
	case "pre":
		return inPre
	case "q":
		return inQ
	case "button":
		return inMeta
	case "aside", "nav", "footer":
		return inAside
	}
	return 0
}

// namedTraits returns what the names that the page's author gave an element
// say of the text within.
func namedTraits(name string, attr func(string) string) trait {
	class, id, prop := attr("class"), attr("id"), attr("itemprop")
	if class == "" && id == "" && prop == "" && attr("hidden") == "" && attr("aria-hidden") == "" && attr("style") == "" && attr("rel") == "" {
		return 0
	}
	var t trait
	names := strings.ToLower(class + " " + id)
	if name == "body" || name == "html" || name == "article" || name == "main" {
		names = "" // says what page this is, not what part of it
	}
	if holdsAny(names, "caption", "legende", "bildunterschrift", "image-credit", "photo-credit") {
		t |= inCaption
	}
	switch {
	case prop == "author" || attr("rel") == "author" || holdsAny(names, "byline", "author", "autor", "writer", "contributor"):
		t |= inByline
		if prop == "author" || attr("rel") == "author" {
			t |= isAuthor
		}
	case holdsAny(names, "related", "recommend", "read-more", "readmore", "more-on", "also-read", "most-read", "outbrain", "taboola", "newsletter", "promo"):
		t |= inRelated
	case holdsAny(names, "share", "social", "tags", "breadcrumb", "comment", "cookie", "consent"):
		t |= inMeta
	}
	if holdsAny(names, "lead", "standfirst", "intro", "teaser", "subtitle", "subline", "subhead", "dek", "summary", "excerpt", "vorspann", "chapo", "bajada") {
		t |= inLead
	}
	if name == "h2" && (prop == "headline" || holdsAny(names, "headline", "entry-title", "article-title", "post-title")) {
		t |= isHeadline
	}
	if hasToken(names, "trust", "trust-box", "trust-project", "transparency", "why-trust-us", "about-us", "letterbox") {
		t |= inBox
	}
	if attr("hidden") != "" || attr("aria-hidden") == "true" || attr("style") != "" {
		t |= inHidden
	}
	return t
}

// hasToken reports whether one of the names is one of the words.
func hasToken(names string, words ...string) bool {
	for name := range strings.FieldsSeq(names) {
		if slices.Contains(words, name) {
			return true
		}
	}
	return false
}

func holdsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
