package read

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// A form is what an unpacked input is.
type form int

const (
	formText form = iota
	formPage
	formLines  // a JSON object a line
	formValues // JSON objects one after the other or in a list
	formWARC
	formFeed
)

// peekSize is how much of an input is looked at to tell its form.
const peekSize = 1 << 16

var (
	errEmpty = errors.New("is empty")
)

// sniff tells the form of an input by its content, its media type and its
// name. It fails on an input that is empty or no text.
func sniff(r *bufio.Reader, in Input) (form, error) {
	h, err := r.Peek(peekSize)
	if len(h) == 0 {
		if err == nil || err == io.EOF {
			err = errEmpty
		}
		return formText, err
	}
	if what := binary(h); what != "" {
		return formText, fmt.Errorf("is binary (%s)", what)
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(h, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(start) == 0 {
		if err == io.EOF {
			err = errEmpty
		}
		return formText, err
	}
	media, _, _ := strings.Cut(strings.ToLower(in.Type), ";")
	switch name := bareExt(in.Name); {
	case name == ".jsonl" || name == ".ndjson" || strings.Contains(media, "jsonl") || strings.Contains(media, "ndjson"):
		return formLines, nil
	case holdsFeed.Match(start), holdsJSONFeed.Match(start):
		return formFeed, nil
	case bytes.HasPrefix(start, []byte("WARC/1.")):
		return formWARC, nil
	case looksJSON(start, name == ".json" || strings.Contains(media, "json")):
		return jsonForm(start), nil
	case name == ".html" || name == ".htm" || name == ".xhtml" || strings.Contains(media, "html"):
		return formPage, nil
	case name != ".txt" && name != ".md" && media != "text/plain" && looksHTML(h, start):
		return formPage, nil
	case (name == "" || name == ".txt") && startsHTML.Match(start):
		return formPage, nil
	}
	return formText, nil
}

// bareExt returns the extension of a name without that of a compression.
func bareExt(name string) string {
	name = strings.ToLower(name)
	for _, packed := range []string{".gz", ".zst", ".zstd"} {
		name = strings.TrimSuffix(name, packed)
	}
	return path.Ext(name)
}

var (
	holdsFeed  = regexp.MustCompile(`^(?is)((<!--.*?-->|<[?!][^>]*>)\s*)*<([a-z0-9]+:)?(rss|feed|RDF|urlset|sitemapindex|opml)[\s>]`)
	startsHTML = regexp.MustCompile(`^(?i)(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b`)
	tagsHTML   = regexp.MustCompile(`(?i)<(head|body|p|div|article|main|section|h1|h2|title|meta|br|table|span|a)(\s[^<>]*)?/?>`)
)

// looksHTML reports whether an input is a page or a part of one.
func looksHTML(head, start []byte) bool {
	wide := bytes.ReplaceAll(start[:min(len(start), 512)], []byte{0}, nil) // UTF-16 becomes ASCII
	if startsHTML.Match(bytes.TrimLeft(wide, "\xff\xfe")) {
		return true
	}
	return startsHTML.Match(start) || start[0] == '<' && len(tagsHTML.FindAll(head, 3)) == 3
}

// looksJSON reports whether an input is JSON. Where its sender does not say
// so, its first value must hold the text of an article.
func looksJSON(start []byte, stated bool) bool {
	if start[0] != '{' && start[0] != '[' {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(start))
	if start[0] == '[' {
		if _, err := d.Token(); err != nil {
			return stated
		}
	}
	var first map[string]json.RawMessage
	switch err := d.Decode(&first); {
	case stated:
		return true
	case errors.Is(err, io.ErrUnexpectedEOF):
		return startsObject.Match(start)
	case err != nil:
		return false
	}
	for key := range first {
		if f := fieldOf(key); f == "text" || f == "html" {
			return true
		}
	}
	return false
}

var startsObject = regexp.MustCompile(`^(\[\s*)?\{\s*"[^"\n]*"\s*:`)

// jsonForm tells an object a line from objects over several lines.
func jsonForm(start []byte) form {
	if start[0] == '[' {
		return formValues
	}
	line, _, ended := bytes.Cut(start, []byte("\n"))
	if ended && !json.Valid(line) {
		return formValues
	}
	return formLines
}

// magics tells kinds of files that are no text by their first bytes.
var magics = []struct{ start, name string }{
	{"%PDF-", "PDF"}, {"\x7fELF", "ELF"}, {"\x89PNG", "PNG"}, {"PK\x03\x04", "ZIP"}, {"PK\x05\x06", "ZIP"},
	{"GIF87a", "GIF"}, {"GIF89a", "GIF"}, {"\xff\xd8\xff", "JPEG"}, {"RIFF", "RIFF"}, {"BZh", "bzip2"},
	{"\xfd7zXZ\x00", "xz"}, {"7z\xbc\xaf", "7-Zip"}, {"Rar!\x1a", "RAR"}, {"SQLite format 3\x00", "SQLite"},
	{"\xd0\xcf\x11\xe0", "Microsoft Office"}, {"{\\rtf", "RTF"}, {"OggS\x00", "Ogg"}, {"ID3\x03", "MP3"}, {"ID3\x04", "MP3"},
	{"\xca\xfe\xba\xbe", "Java or Mach-O"}, {"\xcf\xfa\xed\xfe", "Mach-O"}, {"MZ\x90\x00", "Windows program"},
	{"\x00asm", "WebAssembly"}, {"wOFF", "WOFF"}, {"wOF2", "WOFF"}, {"\x1f\x9d", "compress"}, {"\x04\x22\x4d\x18", "lz4"},
	{"PAR1", "Parquet"}, {"%!PS", "PostScript"},
}

// binary names the kind of a file that is no text, "" for text.
func binary(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.start)) {
			return m.name
		}
	}
	if len(head) > 12 && string(head[4:8]) == "ftyp" {
		return "MP4"
	}
	if name, _ := byteOrder(head); name != "" {
		return ""
	}
	zeros, control := 0, 0
	for _, c := range head {
		if c == 0 {
			zeros++
		}
		if c < 0x20 && (c < '\t' || c > '\r') && c != 0x1b && c != 0x1a || c == 0x7f {
			control++
		}
	}
	switch {
	case zeros*100 > len(head):
		return "zero bytes"
	case control*100 > len(head)*3:
		return "control characters"
	}
	return ""
}

// cause strips what an error of the file system says about the name of the
// input, which an Error says already.
func cause(err error, name string) error {
	var p *fs.PathError
	if errors.As(err, &p) && p.Path == name {
		return p.Err
	}
	return err
}
