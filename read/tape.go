package read

import "io"

// How far a tape goes back: it keeps at most tapeKept bytes, and to go back
// costs credit that is earned by reading on, so that all of it together stays
// linear in the length of the stream.
const (
	tapeFirst  = 128 << 10
	tapeKept   = 4 << 20
	tapeCredit = 32 << 20
)

// A tape reads a stream and can go back a little: as far as the place that was
// marked last, where that is not too long ago.
type tape struct {
	r      io.Reader
	buf    []byte // what was read, and is kept
	at     int    // in buf: the next byte
	marked int    // in buf: kept from here on
	base   int64  // the place of buf[0] in the stream
	credit int64
	err    error // of r, after the last byte of buf
}

func newTape(r io.Reader) *tape {
	return &tape{r: r, buf: make([]byte, 0, tapeFirst), credit: tapeCredit}
}

// offset returns the place of the next byte.
func (t *tape) offset() int64 { return t.base + int64(t.at) }

// mark keeps what follows a place, as far as it is there.
func (t *tape) mark(offset int64) {
	t.marked = int(max(0, min(offset-t.base, int64(len(t.buf)))))
}

// back goes back to a place, or as near to it as can be.
func (t *tape) back(offset int64) {
	to := int(max(0, min(offset-t.base, int64(len(t.buf)))))
	if cost := int64(t.at - to); cost > 0 {
		if cost > t.credit {
			return
		}
		t.credit -= cost
	}
	t.at = to
}

// more reads on, and returns an error where there is no more.
func (t *tape) more() error {
	if t.err != nil {
		return t.err
	}
	if cap(t.buf)-len(t.buf) < tapeFirst/4 {
		t.makeRoom()
	}
	for range 100 {
		n, err := t.r.Read(t.buf[len(t.buf):cap(t.buf)])
		t.buf = t.buf[:len(t.buf)+n]
		t.credit += int64(n)
		t.err = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	t.err = io.ErrNoProgress
	return t.err
}

// makeRoom forgets what need not be kept, or gets a larger buffer.
func (t *tape) makeRoom() {
	keep := min(t.marked, t.at)
	if t.at-keep > tapeKept {
		keep = t.at
	}
	old, kept := t.buf, t.buf[keep:]
	if keep < cap(old)/2 {
		t.buf = make([]byte, 0, 2*cap(old))
	}
	t.buf = t.buf[:len(kept)]
	copy(t.buf, kept)
	t.at, t.marked, t.base = t.at-keep, max(0, t.marked-keep), t.base+int64(keep)
}

// peek returns the next n bytes, or as many as there are before the end or an
// error.
func (t *tape) peek(n int) []byte {
	for len(t.buf)-t.at < n && t.more() == nil {
	}
	return t.buf[t.at:min(len(t.buf), t.at+n)]
}

// skip passes over n bytes, and returns an error where there are fewer.
func (t *tape) skip(n int64) error {
	for {
		step := min(n, int64(len(t.buf)-t.at))
		t.at += int(step)
		if n -= step; n == 0 {
			return nil
		}
		if err := t.more(); err != nil {
			return err
		}
	}
}

// take returns a copy of the next n bytes, or an error where there are fewer.
func (t *tape) take(n int64) ([]byte, error) {
	b := make([]byte, 0, min(n, 1<<20))
	for {
		step := int(min(n-int64(len(b)), int64(len(t.buf)-t.at)))
		b = append(b, t.buf[t.at:t.at+step]...)
		t.at += step
		if int64(len(b)) == n {
			return b, nil
		}
		if err := t.more(); err != nil {
			return b, err
		}
	}
}

func (t *tape) Read(b []byte) (int, error) {
	if t.at == len(t.buf) {
		if err := t.more(); err != nil {
			return 0, err
		}
	}
	n := copy(b, t.buf[t.at:])
	t.at += n
	return n, nil
}
