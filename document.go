package hearsay

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// A Span is a half-open range of bytes of a Document's Text. The zero Span is
// empty and means that nothing is there. Byte offsets are used everywhere
// inside the program; JSON and exports count Unicode code points.
type Span struct{ Start, End int }

// Empty reports whether the span covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Len returns the number of bytes covered.
func (s Span) Len() int { return max(0, s.End-s.Start) }

// In returns the words that the span covers. It panics, as slicing does, when
// the span was not made for this text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Overlaps reports whether the two spans share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// A Document is one report as one outlet published it. Its Text never changes
// after package read has made it; every other record is a span of that Text.
// An empty field is unknown.
type Document struct {
	ID     string // DocumentID of outlet, URL and Text
	File   string // the name of the input, as the caller gave it
	Record int    // number of the report within that input, from 0

	URL      string
	Outlet   string
	Title    string
	Bylines  []string // the authors, as named in the byline
	Credits  []string // the agencies of the credit line, e.g. "AFP"
	Initials []string // initials of desk editors in the credit line, e.g. "rm"
	Lang     string   // ISO 639-1 code, e.g. "en"

	// Published is the day, and where the report states it the time, of
	// publication in the zone that the report states. The zero Time is unknown.
	Published time.Time

	// Fetched is when the report was fetched from the web. The zero Time is
	// unknown.
	Fetched time.Time

	Text    string   // UTF-8
	Blocks  []Block  // in order, not overlapping; the bytes between them are white space
	Repairs []Repair // in order of Span.Start; what was changed to make Text
	Notes   []string // what kept the report from being read as it should be, in a sentence each

	Original []byte  // the bytes of the report as they came, decompressed
	SHA256   string  // of Original, in hexadecimal
	Charset  string  // IANA name of the encoding of Original, e.g. "utf-8"
	Pieces   []Piece // which bytes of Original each part of Text came from
}

// BlockKind says what a block of text is for.
type BlockKind string

// The kinds of block. Statements are looked for in all but credit lines and
// boilerplate.
const (
	Paragraph   BlockKind = "paragraph"
	Heading     BlockKind = "heading"
	ListItem    BlockKind = "list_item"
	Blockquote  BlockKind = "blockquote"
	Caption     BlockKind = "caption"
	Credit      BlockKind = "credit"      // agencies, initials, bylines
	Boilerplate BlockKind = "boilerplate" // tag lines, navigation, appeals to subscribe
)

// A Block is a paragraph or what else stands on lines of its own.
type Block struct {
	Kind BlockKind
	Span
}

// A Repair records a change made to the text that was read. Span is what
// stands in Text now (empty where something was taken out); Was is what stood
// there before ("" where something was put in).
type Repair struct {
	Kind RepairKind
	Span
	Was string
}

// RepairKind names the damage that was repaired.
type RepairKind string

// The kinds of repair.
const (
	Mojibake      RepairKind = "mojibake"       // UTF-8 read as another encoding
	BrokenQuote   RepairKind = "broken_quote"   // another character where a quotation mark stood
	RepeatedWords RepairKind = "repeated_words" // a word or phrase that stood twice
	LostFullStop  RepairKind = "lost_full_stop"
	InvalidBytes  RepairKind = "invalid_bytes" // bytes that are no character: U+FFFD stands for them
	ControlChars  RepairKind = "control_chars" // control characters taken out
	LineEnds      RepairKind = "line_ends"     // CR, CRLF, NEL, U+2028, U+2029 to LF
	Entities      RepairKind = "entities"      // HTML entities left in plain text
	DrawnQuote    RepairKind = "drawn_quote"   // a quotation mark that a browser draws for an HTML q element
)

// A Piece ties a range of Text to the range of Original that it was made
// from. Where both have the same length they correspond byte for byte,
// elsewhere only as a whole.
type Piece struct {
	Text  Span // of Document.Text
	Bytes Span // of Document.Original
}

// DocumentID returns the identifier of a report: the same report of the same
// outlet has the same one, wherever and whenever it is read.
func DocumentID(outlet, url, text string) string {
	return hash(outlet, url, text)
}

// hash returns 24 hexadecimal digits of the SHA-256 of the parts, each led by
// its length, so that no two lists of parts run together.
func hash(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(strconv.Itoa(len(p)))
		b.WriteByte(':')
		b.WriteString(p)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:12])
}
