package read

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// A record is one JSON value of an input.
type record struct {
	number int
	offset int64 // of its first byte in the unpacked input
	bytes  []byte
	err    error // why there are no bytes
}

// A recordReader takes the JSON values of an input apart, without holding
// more than one of them, and no more of it than max bytes.
type recordReader struct {
	r      *bufio.Reader
	max    int64
	lines  bool // a record a line, rather than by brackets
	number int
	offset int64 // of the next byte
}

// next returns the next record; false after the last one. After an error of
// the input itself there is no next one.
func (r *recordReader) next() (record, bool) {
	read := r.value
	if r.lines {
		read = r.line
	}
	for {
		b, offset, err := read()
		if err == io.EOF && len(b) == 0 {
			return record{}, false
		}
		var long tooLong
		if err != nil && err != io.EOF && !errors.As(err, &long) && !errors.Is(err, errNoObject) {
			r.r = bufio.NewReader(noMore{})
		}
		if err == io.EOF {
			err = nil
		}
		if err == nil && blankBytes(b) {
			continue
		}
		r.number++
		if err != nil {
			b = nil
		}
		return record{r.number - 1, offset, b, err}, true
	}
}

type noMore struct{}

func (noMore) Read([]byte) (int, error) { return 0, io.EOF }

func blankBytes(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// line reads up to the end of the line.
func (r *recordReader) line() ([]byte, int64, error) {
	start := r.offset
	var b []byte
	long := false
	for {
		part, err := r.r.ReadSlice('\n')
		r.offset += int64(len(part))
		if long = long || int64(len(b)+len(part)) > r.max+1; long {
			b = nil
		} else {
			b = append(b, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case long && (err == nil || err == io.EOF):
			return nil, start, tooLong(r.max)
		case err == nil:
			b = b[:len(b)-1]
		}
		return b, start, err
	}
}

var errNoObject = errors.New("is no JSON object")

// value reads the next object, over as many lines as it has, and passes over
// the brackets and commas of a list around it.
func (r *recordReader) value() ([]byte, int64, error) {
	start, err := r.toObject()
	if err != nil {
		return nil, start, err
	}
	var b []byte
	depth, quoted, escape := 0, false, false
	for {
		c, err := r.r.ReadByte()
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, start, err
		}
		r.offset++
		if r.offset-start <= r.max {
			b = append(b, c)
		}
		switch {
		case escape:
			escape = false
		case quoted:
			escape = c == '\\'
			quoted = c != '"'
		case c == '"':
			quoted = true
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				if r.offset-start > r.max {
					return nil, start, tooLong(r.max)
				}
				return b, start, nil
			}
		}
	}
}

// toObject goes to the next brace, and returns its place. Where something else
// than white space, brackets and commas comes first, it goes past that and
// fails: past a number, a string or a word in a list, otherwise past the line.
func (r *recordReader) toObject() (int64, error) {
	for {
		c, err := r.r.ReadByte()
		if err != nil {
			return r.offset, err
		}
		start := r.offset
		switch c {
		case '{':
			return start, r.r.UnreadByte()
		case ' ', '\t', '\r', '\n', '[', ']', ',', 0xef, 0xbb, 0xbf, 0x1e:
			r.offset++
		default:
			r.offset++
			return start, r.pastValue(c)
		}
	}
}

// pastValue goes past a value that begins with c and is no object or list, as
// far as the comma or bracket that ends it, or past the line.
func (r *recordReader) pastValue(c byte) error {
	quoted, escape := c == '"', false
	for {
		next, err := r.r.Peek(1)
		if err != nil {
			return errNoObject // the end, or what the next read fails with
		}
		if !quoted && (next[0] == ',' || next[0] == ']') {
			return errNoObject
		}
		if _, err := r.r.Discard(1); err != nil {
			return err
		}
		r.offset++
		switch c := next[0]; {
		case c == '\n':
			return errNoObject
		case escape:
			escape = false
		case c == '\\':
			escape = quoted
		case c == '"':
			quoted = !quoted
		}
	}
}

// tooLong is the error of a report that is longer than so many bytes.
type tooLong int64

func (t tooLong) Error() string {
	if t >= 1<<20 && t%(1<<20) == 0 {
		return fmt.Sprintf("is longer than the limit of %d MiB", int64(t)>>20)
	}
	return fmt.Sprintf("is longer than the limit of %d bytes", int64(t))
}

// readAll reads a report that is the whole input.
func readAll(r io.Reader, max int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, max+1))
	if err == nil && int64(len(b)) > max {
		return nil, tooLong(max)
	}
	return b, err // what was read of compressed data that ends early, too
}
