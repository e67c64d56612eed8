package read

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
)

// A Subscription is a feed in a list of feeds.
type Subscription struct {
	Feed    string   // its address
	Title   string   // "" where the list gives none
	Site    string   // the address of the site, "" likewise
	Folders []string // in which it stands, outermost first
}

var errNoOPML = errors.New("is no OPML")

// OPML reads a list of feeds as readers of feeds hand it on, OPML 1 or 2. A
// feed that is listed twice in one folder is returned once. Where the list is
// broken it returns what stands before, with the error.
func OPML(in Input) ([]Subscription, error) {
	body, stop, err := unpack(bufio.NewReaderSize(in.Body, peekSize))
	defer stop()
	if err != nil {
		return nil, &Error{in.Name, -1, 0, cause(err, in.Name)}
	}
	b, err := readAll(body, maxListing)
	if err != nil {
		return nil, &Error{in.Name, -1, 0, cause(err, in.Name)}
	}
	list, at, err := readOPML(newXMLScan(decodeXML(b, in.Type)))
	if err != nil {
		return list, &Error{in.Name, len(list), int64(at), err}
	}
	return list, nil
}

func readOPML(s *xmlScan) (list []Subscription, at int, err error) {
	var folders []string // one for each open element, "" for one that is no folder
	seen := map[string]bool{}
	for {
		t, err := s.next()
		switch {
		case err == io.EOF && s.path == nil:
			return nil, 0, errNoOPML
		case err == io.EOF:
			return list, s.before, nil
		case err != nil:
			return list, s.before, fmt.Errorf("is no XML: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if s.path[0] != "opml" {
				return nil, 0, errNoOPML
			}
			folder := ""
			if s.path[len(s.path)-1] == "outline" {
				sub, is := subscription(t.Attr, folders)
				if !is {
					folder = sub.Title
				} else if key := sub.Feed + "\n" + strings.Join(sub.Folders, "\n"); !seen[key] && len(list) < maxEntries {
					seen[key] = true
					list = append(list, sub)
				}
			}
			folders = append(folders, folder)
		case xml.EndElement:
			open := s.closes(t)
			s.path, folders = s.path[:open], folders[:open]
		}
	}
}

// subscription makes one of an outline, and reports whether it is one rather
// than a folder.
func subscription(attrs []xml.Attr, folders []string) (sub Subscription, is bool) {
	sub.Feed = webAddress(attr(attrs, "xmlUrl"))
	sub.Site = webAddress(attr(attrs, "htmlUrl"))
	for _, name := range []string{"title", "text"} {
		if s := oneLine(attr(attrs, name)); s != "" && sub.Title == "" {
			sub.Title = s
		}
	}
	if sub.Title == sub.Feed {
		sub.Title = ""
	}
	for _, f := range folders {
		if f != "" {
			sub.Folders = append(sub.Folders, f)
		}
	}
	return sub, sub.Feed != ""
}

// webAddress returns an address of the web, "" for anything else. Some readers
// write feed: for http:.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "feed:"); ok {
		if s = rest; strings.HasPrefix(s, "//") {
			s = "http:" + s
		}
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// PrintOPML writes a list of feeds as OPML 2, in folders, in the order of the
// list within each.
func PrintOPML(w io.Writer, title string, list []Subscription) error {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Subscription) int { return slices.Compare(a.Folders, b.Folders) })
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>%s</title>\n  </head>\n  <body>\n", escapeXML(title))
	var open []string
	indent := func() string { return strings.Repeat("  ", len(open)+2) }
	to := func(folders []string) {
		same := 0
		for same < len(open) && same < len(folders) && open[same] == folders[same] {
			same++
		}
		for len(open) > same {
			open = open[:len(open)-1]
			out.WriteString(indent() + "</outline>\n")
		}
		for _, f := range folders[same:] {
			fmt.Fprintf(out, "%s<outline text=\"%s\">\n", indent(), escapeXML(f))
			open = append(open, f)
		}
	}
	for _, s := range list {
		to(s.Folders)
		text := s.Title
		if text == "" {
			text = s.Feed
		}
		fmt.Fprintf(out, `%s<outline type="rss" text="%s"`, indent(), escapeXML(text))
		if s.Title != "" {
			fmt.Fprintf(out, ` title="%s"`, escapeXML(s.Title))
		}
		fmt.Fprintf(out, ` xmlUrl="%s"`, escapeXML(s.Feed))
		if s.Site != "" {
			fmt.Fprintf(out, ` htmlUrl="%s"`, escapeXML(s.Site))
		}
		out.WriteString("/>\n")
	}
	to(nil)
	out.WriteString("  </body>\n</opml>\n")
	return out.Flush()
}

func escapeXML(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}
