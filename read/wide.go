package read

import (
	"bufio"
	"bytes"

	"golang.org/x/text/transform"
)

// plainRecords returns articles that are in UTF-16 or UTF-32 as UTF-8, for a
// line end or a bracket in these is more than a byte, and such a byte may be
// part of a letter. It leaves all other input as it is.
func plainRecords(r *bufio.Reader, in Input) *bufio.Reader {
	h, _ := r.Peek(peekSize)
	name, mark := byteOrder(h)
	if name == "" || name == "utf-8" {
		return r
	}
	text := []byte(decodeAs(h[:len(h)-len(h)%4], mark, name).text)
	start := bytes.TrimLeft(text, " \t\r\n")
	stated := false
	switch bareExt(in.Name) {
	case ".json", ".jsonl", ".ndjson":
		stated = true
	}
	if len(start) == 0 || !looksJSON(start, stated) {
		return r
	}
	if _, err := r.Discard(mark); err != nil {
		return r
	}
	return bufio.NewReaderSize(transform.NewReader(r, encodingOf(name).NewDecoder()), peekSize)
}
