package read

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
)

// holdsJSONFeed tells a JSON Feed by its version.
var holdsJSONFeed = regexp.MustCompile(`^\{[^{]*?"version"\s*:\s*"https?:(\\?/){2}(www\.)?jsonfeed\.org(\\?/)version`)

type jsonAuthor struct {
	Name string `json:"name"`
}

// A jsonItem is an item of a JSON Feed.
type jsonItem struct {
	ID        any          `json:"id"`
	URL       string       `json:"url"`
	Outside   string       `json:"external_url"`
	Title     string       `json:"title"`
	HTML      string       `json:"content_html"`
	Text      string       `json:"content_text"`
	Summary   string       `json:"summary"`
	Published string       `json:"date_published"`
	Modified  string       `json:"date_modified"`
	Author    jsonAuthor   `json:"author"`
	Authors   []jsonAuthor `json:"authors"`
}

func (f *feed) openJSON(b []byte) error {
	var doc struct {
		Version string            `json:"version"`
		Title   string            `json:"title"`
		Home    string            `json:"home_page_url"`
		Items   []json.RawMessage `json:"items"`
		Author  jsonAuthor        `json:"author"`
		Authors []jsonAuthor      `json:"authors"`
	}
	text := decode(b, "utf-8").text
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		return errBadJSON
	}
	if !strings.Contains(doc.Version, "jsonfeed.org") {
		return errNoFeed
	}
	f.site.title, f.site.url = feedText{doc.Title, true}.words(), f.resolve(doc.Home)
	f.items = func(yield func(feedItem) bool) {
		for n, raw := range doc.Items {
			if !yield(itemOfJSON(n, raw)) {
				return
			}
		}
	}
	return nil
}

func itemOfJSON(n int, raw []byte) feedItem {
	item := feedItem{number: n}
	var j jsonItem
	if err := json.Unmarshal(raw, &j); err != nil {
		item.err = errBadJSON
		return item
	}
	switch id := j.ID.(type) {
	case string:
		item.id = id
	case float64:
		item.id = strconv.FormatFloat(id, 'f', -1, 64)
	}
	item.url, item.permalink = j.URL, j.Outside
	item.title = feedText{j.Title, true}
	item.teaser = feedText{j.Summary, true}
	item.whole = feedText{j.HTML, false}
	if j.HTML == "" {
		item.whole = feedText{j.Text, true}
	}
	for _, a := range append(j.Authors, j.Author) {
		if a.Name != "" && (len(item.authors) == 0 || item.authors[len(item.authors)-1] != a.Name) {
			item.authors = append(item.authors, a.Name)
		}
	}
	item.published, item.changed = feedDate(j.Published), feedDate(j.Modified)
	return item
}
