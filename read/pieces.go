package read

import "hearsay"

// onePiece returns the pieces of a text that is its bytes from mark on.
func onePiece(length, mark int) []hearsay.Piece {
	if length == 0 {
		return nil
	}
	return []hearsay.Piece{{Text: hearsay.Span{End: length}, Bytes: hearsay.Span{Start: mark, End: mark + length}}}
}

// A pieceList makes pieces while a text is decoded from its beginning to its
// end. Characters that are as long in the text as in the bytes make one piece.
// Of others some sixteen do, together with short runs of the first sort
// between them, for a piece each would cost more than the text.
type pieceList struct {
	list        []hearsay.Piece
	text, bytes int // how far the text and the bytes have come

	even, evenChars int // the run of characters of equal length at the end, in bytes and in characters

	odd      hearsay.Piece // before that run: a piece that corresponds as a whole
	oddChars int           // its characters; 0 for no such piece
	first    [2]int        // the length of its first character, in the text and in the bytes
}

const pieceChars = 16

// add notes a character (or several of equal length) of so many bytes in the
// text, from so many bytes.
func (l *pieceList) add(text, bytes int) {
	if text == bytes {
		l.even += text
		l.evenChars++
		l.text, l.bytes = l.text+text, l.bytes+bytes
		return
	}
	if l.oddChars > 0 && l.oddChars+l.evenChars < pieceChars {
		l.join()
	} else {
		l.flush()
		l.odd = hearsay.Piece{
			Text:  hearsay.Span{Start: l.text, End: l.text},
			Bytes: hearsay.Span{Start: l.bytes, End: l.bytes},
		}
		l.first = [2]int{text, bytes}
	}
	l.oddChars++
	l.text, l.bytes = l.text+text, l.bytes+bytes
	l.odd.Text.End, l.odd.Bytes.End = l.text, l.bytes
}

// join makes the run of equal length a part of the piece before it.
func (l *pieceList) join() {
	l.oddChars += l.evenChars
	l.odd.Text.End, l.odd.Bytes.End = l.text, l.bytes
	l.even, l.evenChars = 0, 0
}

// flush ends the last pieces.
func (l *pieceList) flush() {
	if l.oddChars > 0 && l.evenChars < pieceChars {
		l.join()
	}
	if l.oddChars > 0 {
		p := l.odd
		// A whole must not look as if it corresponded byte for byte.
		if p.Text.Len() == p.Bytes.Len() {
			f := p
			f.Text.End, f.Bytes.End = f.Text.Start+l.first[0], f.Bytes.Start+l.first[1]
			l.put(f)
			p.Text.Start, p.Bytes.Start = f.Text.End, f.Bytes.End
		}
		l.put(p)
	}
	l.put(hearsay.Piece{
		Text:  hearsay.Span{Start: l.text - l.even, End: l.text},
		Bytes: hearsay.Span{Start: l.bytes - l.even, End: l.bytes},
	})
	l.oddChars, l.even, l.evenChars = 0, 0, 0
}

func (l *pieceList) put(p hearsay.Piece) {
	if !p.Text.Empty() {
		l.list = append(l.list, p)
	}
}

// done returns the pieces.
func (l *pieceList) done() []hearsay.Piece {
	l.flush()
	return l.list
}
