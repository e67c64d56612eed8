package read

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"hearsay"
)

var (
	errNoText  = errors.New("holds no text")
	errBadJSON = errors.New("is no valid JSON")
)

// readArticle reads a report that is a JSON object.
func readArticle(ctx context.Context, line []byte, in Input, opt Options) (*hearsay.Document, error) {
	d := decode(line, "utf-8")
	if !json.Valid([]byte(d.text)) {
		return nil, errBadJSON
	}
	if first := strings.TrimLeft(d.text, " \t\r\n"); first[0] != '{' {
		return nil, errNoObject
	}
	a := scanArticle(d.text)
	var doc *hearsay.Document
	var err error
	switch text, html := a.best("text"), a.best("html"); {
	case text.Empty() && html.Empty():
		return nil, errNoText
	case text.Empty():
		doc, err = a.page(ctx, html, d, in, opt)
	case holdsTags.MatchString(d.text[text.Start:text.End]):
		doc, err = a.page(ctx, text, d, in, opt)
	default:
		doc, err = a.plain(ctx, text, d)
	}
	if err != nil {
		return nil, err
	}
	a.describe(doc)
	doc.Original, doc.Charset = line, d.charset
	finish(doc, in, opt)
	return doc, nil
}

// holdsTags tells a text field that holds HTML.
var holdsTags = regexp.MustCompile(`(?i)<(p|div|br|article|h[1-6]|ul)(\s[^<>]*)?/?>`)

// An article is a JSON object of which the fields that we know were found.
type article struct {
	json   string
	fields map[string][]field // by what they hold
}

// A field is the value of a name that stands at a place of fields.txt.
type field struct {
	rank  int
	value hearsay.Span // of the JSON value, with its quotation marks or brackets
}

// scanArticle finds the fields of a valid JSON object.
func scanArticle(text string) article {
	a := article{text, map[string][]field{}}
	s := jsonScanner{text: text}
	s.skip("{")
	for s.peek() == '"' {
		key := s.value()
		s.skip(":")
		value := s.value()
		name, _ := jsonString(key.In(text))
		if f, ok := fieldNames()[plainName(name)]; ok && value.In(text) != "null" {
			a.fields[f.holds] = append(a.fields[f.holds], field{f.rank, value})
		}
		s.skip(",")
	}
	for _, list := range a.fields {
		slices.SortStableFunc(list, func(a, b field) int { return a.rank - b.rank })
	}
	return a
}

// best returns the best field that holds a string, or a list of strings, that
// is not blank.
func (a article) best(holds string) hearsay.Span {
	for _, f := range a.fields[holds] {
		for _, s := range a.strings(f.value) {
			if t, _ := jsonString(s.In(a.json)); strings.TrimSpace(t) != "" {
				return f.value
			}
		}
	}
	return hearsay.Span{}
}

// strings returns where the strings of a value stand: of a string itself, of
// a list its strings, of an object its name.
func (a article) strings(value hearsay.Span) []hearsay.Span {
	switch a.json[value.Start] {
	case '"':
		return []hearsay.Span{value}
	case '[':
		var list []hearsay.Span
		s := jsonScanner{a.json, value.Start + 1}
		for s.peek() != ']' {
			if v := s.value(); a.json[v.Start] != '[' {
				list = append(list, a.strings(v)...)
			}
			s.skip(",")
		}
		return list
	case '{':
		s := jsonScanner{a.json, value.Start + 1}
		for s.peek() == '"' {
			key := s.value()
			s.skip(":")
			v := s.value()
			if name, _ := jsonString(key.In(a.json)); plainName(name) == "name" && a.json[v.Start] == '"' {
				return []hearsay.Span{v}
			}
			s.skip(",")
		}
	}
	return nil
}

// words returns the strings of the first field that has any.
func (a article) words(holds string) []string {
	for _, f := range a.fields[holds] {
		var list []string
		for _, s := range a.strings(f.value) {
			if t, _ := jsonString(s.In(a.json)); strings.TrimSpace(t) != "" {
				list = append(list, strings.Join(strings.Fields(t), " "))
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// word returns the first string of a field.
func (a article) word(holds string) string {
	if list := a.words(holds); len(list) > 0 {
		return list[0]
	}
	return ""
}

// extract makes a document of the strings of a value, a line end between two.
func (a article) extract(value hearsay.Span, d decoded) *hearsay.Document {
	doc := &hearsay.Document{Text: d.text, Pieces: d.pieces}
	for _, r := range d.repairs {
		if value.Contains(r.Span) {
			doc.Repairs = append(doc.Repairs, r)
		}
	}
	e := &edits{text: d.text}
	at, between := 0, ""
	for _, s := range a.strings(value) {
		e.add(at, s.Start+1, between, "")
		unescape(e, s.Start+1, s.End-1)
		at, between = s.End-1, "\n"
	}
	e.add(at, len(d.text), "", "")
	e.apply(doc)
	return doc
}

// plain makes a document of a field that holds plain text.
func (a article) plain(ctx context.Context, value hearsay.Span, d decoded) (*hearsay.Document, error) {
	doc := a.extract(value, d)
	return doc, settle(ctx, doc)
}

// page makes a document of a field that holds HTML.
func (a article) page(ctx context.Context, value hearsay.Span, d decoded, in Input, opt Options) (*hearsay.Document, error) {
	html := a.extract(value, d)
	doc, err := readHTML(ctx, []byte(html.Text), Input{Name: in.Name, Type: "text/html; charset=utf-8"}, opt)
	if err != nil {
		return nil, err
	}
	doc.Pieces = through(doc.Pieces, html.Pieces)
	return doc, nil
}

// describe notes what the fields say of the report, which wins over what was
// found in its text.
func (a article) describe(doc *hearsay.Document) {
	if s := a.word("title"); s != "" {
		doc.Title = s
	}
	if s := a.word("url"); s != "" {
		doc.URL = s
	}
	if s := a.word("outlet"); s != "" {
		doc.Outlet = s
		if host := hostOf(s); host != "" {
			doc.Outlet = host
		}
		doc.Outlet = strings.TrimPrefix(doc.Outlet, "www.")
	}
	if s := a.word("lang"); s != "" {
		code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(s), "_", "-"), "-")
		if full, ok := languageNames[code]; ok {
			code = full
		}
		if len(code) == 2 {
			doc.Lang = code
		}
	}
	for _, f := range a.fields["published"] {
		if t := parseDate(strings.Trim(f.value.In(a.json), `"`)); !t.IsZero() {
			doc.Published = t
			break
		}
	}
	var names []string
	for _, s := range a.words("bylines") {
		names = append(names, bylineNames(s)...)
	}
	if len(names) > 0 {
		doc.Bylines = names
	}
}

var languageNames = map[string]string{
	"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl",
	"russian": "ru", "ukrainian": "uk", "polish": "pl", "turkish": "tr", "arabic": "ar", "chinese": "zh", "japanese": "ja",
	"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl",
}

// A jsonScanner finds the values of a JSON text that is known to be valid.
type jsonScanner struct {
	text string
	at   int
}

// peek returns the next byte that is not white space, 0 at the end.
func (s *jsonScanner) peek() byte {
	for ; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// skip passes over a token, where it is next.
func (s *jsonScanner) skip(token string) {
	if s.peek(); strings.HasPrefix(s.text[s.at:], token) {
		s.at += len(token)
	}
}

// value passes over a value and returns where it stands.
func (s *jsonScanner) value() hearsay.Span {
	s.peek()
	start, depth := s.at, 0
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch c {
		case '"':
			s.at = stringEnd(s.text, s.at)
		case '{', '[':
			depth++
			s.at++
		case '}', ']':
			depth--
			s.at++
		default:
			s.at++
		}
		if depth > 0 {
			continue
		}
		scalar := c != '"' && c != '}' && c != ']'
		if !scalar || s.at == len(s.text) || strings.IndexByte(",]} \t\r\n", s.text[s.at]) >= 0 {
			break
		}
	}
	return hearsay.Span{Start: start, End: s.at}
}

// stringEnd returns the end of the JSON string that starts at a place.
func stringEnd(text string, at int) int {
	for at++; text[at] != '"'; at++ {
		if text[at] == '\\' {
			at++
		}
	}
	return at + 1
}

// unescape notes what the escapes of text[start:end], the inside of a JSON
// string, stand for.
func unescape(e *edits, start, end int) {
	for at := start; at < end; {
		next := strings.IndexByte(e.text[at:end], '\\')
		if next < 0 {
			return
		}
		at += next
		put, length := escapeAt(e.text[at:end])
		kind := hearsay.RepairKind("")
		if put == "\ufffd" && !strings.EqualFold(e.text[at:at+length], `\ufffd`) {
			kind = hearsay.InvalidBytes
		}
		e.add(at, at+length, put, kind)
		at += length
	}
}

// escapeAt returns what the escape at the start of s stands for, and its
// length.
func escapeAt(s string) (put string, length int) {
	switch s[1] {
	case 'n':
		return "\n", 2
	case 't':
		return "\t", 2
	case 'r':
		return "\r", 2
	case 'b':
		return "\b", 2
	case 'f':
		return "\f", 2
	case 'u':
		r := hex4(s[2:])
		if !utf16.IsSurrogate(r) {
			return string(r), 6
		}
		if len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
			if both := utf16.DecodeRune(r, hex4(s[8:])); both != utf8.RuneError {
				return string(both), 12
			}
		}
		return "\ufffd", 6
	}
	return s[1:2], 2
}

func hex4(s string) rune {
	n, _ := strconv.ParseUint(s[:4], 16, 32)
	return rune(n)
}

// jsonString returns what a JSON string stands for.
func jsonString(quoted string) (string, error) {
	var s string
	err := json.Unmarshal([]byte(quoted), &s)
	return s, err
}

// A fieldName is what a field of some name holds, and how good a name it is.
type fieldName struct {
	holds string
	rank  int
}

// fieldOf says what a field of some name holds, "" for nothing that we know.
func fieldOf(name string) string { return fieldNames()[plainName(name)].holds }

var plainNames = strings.NewReplacer("_", "", "-", "", " ", "", ":", "", ".", "")

func plainName(name string) string { return plainNames.Replace(strings.ToLower(name)) }

// dateLayouts are the forms of a date in data, the most exact first.
var dateLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999",
	"2006-01-02T15:04", "2006-01-02 15:04", "20060102T150405Z", "20060102150405",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700",
	time.RFC850, time.UnixDate, time.RubyDate, time.ANSIC,
	"January 2, 2006 3:04 PM", "January 2, 2006, 3:04 PM", "Jan 2, 2006 3:04 PM", "January 2, 2006 15:04", "2 January 2006 15:04",
	time.DateOnly, "2006/01/02", "2006.01.02", "20060102", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "2 January 2006", "2 Jan 2006",
	"Monday, January 2, 2006", "Monday, 2 January 2006", "02.01.2006",
}

// parseDate reads a date as data give it; the zero Time where it cannot.
func parseDate(s string) time.Time {
	s = strings.Join(strings.Fields(s), " ")
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 1600 {
			return t
		}
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 1e8 || n > 1e14 {
		return time.Time{}
	}
	if n > 1e11 { // milliseconds
		n /= 1000
	}
	return time.Unix(int64(n), 0).UTC()
}
