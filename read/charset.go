package read

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf16enc "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"hearsay"
)

// A decoded is the text of some bytes.
type decoded struct {
	text    string
	charset string           // IANA name, in lower case
	pieces  []hearsay.Piece  // which of the bytes each part of the text came from
	repairs []hearsay.Repair // of bytes that are no character of the charset
}

// decode makes text of bytes. Declared is the charset that the sender names,
// "" for none. Valid UTF-8 always wins; a declared charset that the bytes
// contradict is not believed. Bytes that are no character become U+FFFD, with a
// repair each. A byte order mark is dropped.
func decode(b []byte, declared string) decoded {
	if name, mark := byteOrder(b); name == "utf-8" {
		return decodeUTF8(b, mark)
	} else if name != "" {
		return decodeAs(b, mark, name)
	}
	stated := canonical(declared)
	if stated == "iso-2022-jp" || bytes.Contains(head(b), []byte("\x1b$B")) {
		return decodeAs(b, 0, "iso-2022-jp")
	}
	if utf8.Valid(b) {
		return decodeUTF8(b, 0)
	}
	if believable(b, stated) {
		return decodeAs(b, 0, stated)
	}
	if mostlyUTF8(b) {
		return decodeUTF8(b, 0)
	}
	return decodeAs(b, 0, detect(b))
}

// sampled is how much of a report is looked at to tell its charset.
const sampled = 1 << 16

func head(b []byte) []byte { return b[:min(len(b), sampled)] }

// telling returns the part of a report, that is beyond ASCII, to tell its
// charset by.
func telling(b []byte) []byte {
	first := bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
	return head(b[max(0, first-sampled/2):])
}

// byteOrder tells UTF-8, UTF-16 and UTF-32 by the byte order mark, whose
// length it returns too, or by the place of the zero bytes.
func byteOrder(b []byte) (name string, mark int) {
	for _, m := range []struct{ mark, name string }{
		{"\xef\xbb\xbf", "utf-8"},
		{"\xff\xfe\x00\x00", "utf-32le"},
		{"\x00\x00\xfe\xff", "utf-32be"},
		{"\xff\xfe", "utf-16le"},
		{"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			return m.name, len(m.mark)
		}
	}
	h := head(b)
	if len(h) < 4 || bytes.IndexByte(h, 0) < 0 {
		return "", 0
	}
	var zero [4]int
	for i, c := range h {
		if c == 0 {
			zero[i%4]++
		}
	}
	// Text in a Latin alphabet has one byte that is not zero in each unit.
	quarter := len(h) / 4
	many, few := quarter*3/4, quarter/4
	switch even, odd := zero[0]+zero[2], zero[1]+zero[3]; {
	case zero[1] > many && zero[2] > many && zero[3] > many && zero[0] < few:
		return "utf-32le", 0
	case zero[0] > many && zero[1] > many && zero[2] > many && zero[3] < few:
		return "utf-32be", 0
	case odd > 2*many && even < few:
		return "utf-16le", 0
	case even > 2*many && odd < few:
		return "utf-16be", 0
	}
	return "", 0
}

// canonical returns the name of the charset that a label stands for, "" where
// nobody knows it or where it says no more than the bytes do.
func canonical(label string) string {
	e, err := htmlindex.Get(strings.Trim(label, " \t\r\n\"'"))
	if err != nil || e == encoding.Replacement {
		return ""
	}
	name, err := htmlindex.Name(e)
	if err != nil || strings.HasPrefix(name, "utf-") {
		return ""
	}
	return name
}

// encodingOf returns the encoding of a name. Where htmlindex knows it with a
// byte order mark, it is taken without.
func encodingOf(name string) encoding.Encoding {
	switch name {
	case "utf-16le":
		return utf16enc.UTF16(utf16enc.LittleEndian, utf16enc.IgnoreBOM)
	case "utf-16be":
		return utf16enc.UTF16(utf16enc.BigEndian, utf16enc.IgnoreBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return charmap.Windows1252
	}
	return e
}

// believable reports whether the bytes, which are no valid UTF-8, can be of
// the stated charset: not more than one in a hundred of the characters beyond
// ASCII may be damaged.
func believable(b []byte, stated string) bool {
	if stated == "" {
		return false
	}
	if _, single := encodingOf(stated).(*charmap.Charmap); single && mostlyUTF8(b) {
		return false
	}
	bad, all := undecoded(decodeAs(telling(b), 0, stated).text)
	return bad*100 <= all+99
}

// undecoded counts the characters beyond ASCII, and those of them that could
// not be decoded or are control characters.
func undecoded(text string) (bad, all int) {
	for _, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		if r == utf8.RuneError || r < 0xa0 || unicode.Is(unicode.Co, r) {
			bad++
		}
	}
	return bad, all
}

// mostlyUTF8 reports whether bytes that are no valid UTF-8 are UTF-8 with
// some damage: bytes by themselves among ASCII, one in ten at most of those
// beyond ASCII, or letters of windows-1252 in a text with punctuation in UTF-8.
func mostlyUTF8(b []byte) bool {
	good, goodBytes := 0, 0
	bad, badBytes, marks, alone := 0, 0, 0, 0
	h := telling(b)
	for i := 0; i < len(h); {
		if h[i] < utf8.RuneSelf {
			i++
			continue
		}
		end := badRun(h, i)
		if end == i {
			_, n := utf8.DecodeRune(h[i:])
			good, goodBytes, i = good+1, goodBytes+n, i+n
			continue
		}
		if end == len(h) && len(h) == sampled {
			break // cut off by us
		}
		bad, badBytes = bad+1, badBytes+end-i
		if besideASCII(h[:i], true) && besideASCII(h[end:], false) {
			alone++
			if punctuation1252(h[i:end]) {
				marks++
			}
		}
		i = end
	}
	switch {
	case bad == 0, badBytes*10 <= goodBytes:
		return true
	case good == 0:
		return bad == 1 && b[len(b)-1] >= 0xc2 // cut off within a character
	}
	return bad == marks || bad == alone && bad <= good || bytes.Contains(h, []byte("\xe2\x80")) && strays1252(h)
}

// besideASCII reports whether b, which ends or begins where there is damage,
// has ASCII there, or punctuation such as a quotation mark in UTF-8.
func besideASCII(b []byte, ends bool) bool {
	switch n := len(b); {
	case n == 0:
		return true
	case ends:
		return b[n-1] < utf8.RuneSelf || n >= 3 && b[n-3] == 0xe2 && b[n-2] == 0x80
	default:
		return b[0] < utf8.RuneSelf || n >= 3 && b[0] == 0xe2 && b[1] == 0x80
	}
}

// badRun returns the end of the run of bytes from i on that are no UTF-8.
func badRun(b []byte, i int) int {
	for i < len(b) && b[i] >= utf8.RuneSelf {
		if r, n := utf8.DecodeRune(b[i:]); r != utf8.RuneError || n > 1 {
			break
		}
		i++
	}
	return i
}

// punctuation1252 reports whether each byte is a quotation mark, dash,
// ellipsis, space or the like of windows-1252.
func punctuation1252(b []byte) bool {
	for _, c := range b {
		switch {
		case c >= 0x91 && c <= 0x97, c == 0x80, c == 0x82, c == 0x84, c == 0x85, c == 0x99, c == 0xa0,
			c == 0xa3, c == 0xa7, c == 0xa9, c == 0xab, c == 0xad, c == 0xae, c == 0xb0, c == 0xb7, c == 0xbb:
		default:
			return false
		}
	}
	return len(b) > 0
}

// decodeUTF8 decodes UTF-8 that may have some damage. What stands for the
// damaged bytes is U+FFFD, or the characters of windows-1252 where all of
// them are punctuation of it, as happens when texts are put together, or where
// all in the text are that or letters within its words.
func decodeUTF8(b []byte, mark int) decoded {
	d := decoded{charset: "utf-8"}
	if utf8.Valid(b[mark:]) {
		d.text = string(b[mark:])
		d.pieces = onePiece(len(d.text), mark)
		return d
	}
	var text strings.Builder
	text.Grow(len(b))
	var list pieceList
	list.bytes = mark
	strays := strays1252(b[mark:])
	for i := mark; i < len(b); {
		if b[i] >= utf8.RuneSelf {
			if end := badRun(b, i); end > i {
				put, kind := "\ufffd", hearsay.InvalidBytes
				if strays || punctuation1252(b[i:end]) {
					put, kind = decodeSingle(charmap.Windows1252, b[i:end]), hearsay.Mojibake
				}
				start := text.Len()
				text.WriteString(put)
				list.add(len(put), end-i)
				d.repairs = noteBytes(d.repairs, kind, start, text.Len(), b[i:end])
				i = end
				continue
			}
		}
		_, n := utf8.DecodeRune(b[i:])
		text.Write(b[i : i+n])
		list.add(n, n)
		i += n
	}
	d.text, d.pieces = text.String(), list.done()
	return d
}

// noteBytes records what stood where bytes were no characters. Past manyEdits
// one record stands for all that follow.
func noteBytes(list []hearsay.Repair, kind hearsay.RepairKind, start, end int, was []byte) []hearsay.Repair {
	if n := len(list); n > manyEdits {
		list[n-1].End = end
		return list
	}
	return append(list, hearsay.Repair{Kind: kind, Span: hearsay.Span{Start: start, End: end}, Was: escaped(was)})
}

// escaped writes bytes as \x93\x94, which is valid UTF-8 whatever they are.
func escaped(b []byte) string {
	var s strings.Builder
	for _, c := range b[:min(len(b), 256)] {
		fmt.Fprintf(&s, `\x%02x`, c)
	}
	return s.String()
}

func decodeSingle(c *charmap.Charmap, b []byte) string {
	var s strings.Builder
	for _, x := range b {
		s.WriteRune(c.DecodeByte(x))
	}
	return s.String()
}

// decodeAs decodes bytes of a known charset, after a mark of the given
// length.
func decodeAs(b []byte, mark int, name string) decoded {
	d := decoded{charset: name}
	var text strings.Builder
	text.Grow(len(b))
	var list pieceList
	list.bytes = mark
	next := stepper(b, name)
	for i := mark; i < len(b); {
		put, n := next(i)
		start := text.Len()
		text.WriteString(put)
		list.add(len(put), n)
		if put == "\ufffd" && !bytes.Equal(b[i:i+n], []byte{0xff, 0xfd}) && !bytes.Equal(b[i:i+n], []byte{0xfd, 0xff}) {
			d.repairs = noteBytes(d.repairs, hearsay.InvalidBytes, start, text.Len(), b[i:i+n])
		}
		i += n
	}
	d.text, d.pieces = text.String(), list.done()
	return d
}

// stepper returns a function that decodes the character at a place and says
// how many bytes it has.
func stepper(b []byte, name string) func(i int) (string, int) {
	enc := encodingOf(name)
	if single, ok := enc.(*charmap.Charmap); ok {
		var table [256]string
		for i := range table {
			table[i] = string(single.DecodeByte(byte(i)))
		}
		return func(i int) (string, int) { return table[b[i]], 1 }
	}
	least, ascii := 1, name != "iso-2022-jp"
	if strings.HasPrefix(name, "utf-") {
		least, ascii = 2, false
	}
	dec := enc.NewDecoder()
	var dst [32]byte
	return func(i int) (string, int) {
		if ascii && b[i] < utf8.RuneSelf {
			return string(rune(b[i])), 1
		}
		for n := least; n <= 8 && i+n <= len(b); n++ {
			wrote, ate, _ := dec.Transformer.Transform(dst[:], b[i:i+n], false)
			if ate > 0 {
				return string(dst[:wrote]), ate
			}
		}
		return "\ufffd", min(least, len(b)-i)
	}
}
