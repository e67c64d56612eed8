package read

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	maxLayers = 2       // of compression around a report
	bombFrom  = 1 << 20 // bytes unpacked before the ratio counts
	bombRatio = 100
)

var (
	errLayers = fmt.Errorf("is compressed more than %d times over", maxLayers)
	errBomb   = fmt.Errorf("unpacks to more than %d times its size", bombRatio)
)

// unpack returns the bytes of r without the compression around them, which it
// tells by content. The caller calls stop when done with them.
func unpack(r *bufio.Reader) (out *bufio.Reader, stop func(), err error) {
	out = r
	stop = func() {}
	for layer := 0; ; layer++ {
		magic, err := out.Peek(4)
		if err != nil && err != io.EOF {
			return nil, stop, err
		}
		packed := &countReader{r: out}
		var unpacked io.Reader
		switch {
		case bytes.HasPrefix(magic, []byte("\x1f\x8b\x08")):
			unpacked, err = newMembers(packed, out)
		case bytes.HasPrefix(magic, []byte("\x28\xb5\x2f\xfd")):
			var z *zstd.Decoder
			z, err = zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))
			if err == nil {
				unpacked, stop = z, z.Close
			}
		default:
			return out, stop, nil
		}
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return nil, stop, err
		case err != nil:
			return nil, stop, io.ErrUnexpectedEOF
		case layer == maxLayers:
			return nil, stop, errLayers
		}
		out = bufio.NewReaderSize(&ratioReader{r: unpacked, packed: packed}, peekSize)
	}
}

// A cancelReader stops when its context does.
type cancelReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// A countReader counts what is read through it.
type countReader struct {
	r *bufio.Reader
	n int64
}

func (c *countReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

func (c *countReader) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// A memberReader reads the members of a gzip file one after the other, and
// the padding after them.
type memberReader struct {
	z      *gzip.Reader
	packed *countReader
	rest   *bufio.Reader // what packed reads from
}

func newMembers(packed *countReader, rest *bufio.Reader) (io.Reader, error) {
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &memberReader{z, packed, rest}, nil
}

func (m *memberReader) Read(b []byte) (int, error) {
	n, err := m.z.Read(b)
	if err != io.EOF || n > 0 {
		return n, drop(err, io.EOF)
	}
	for {
		next, err := m.rest.Peek(1)
		switch {
		case err != nil:
			return 0, err
		case next[0] != 0:
			if err := m.z.Reset(m.packed); err != nil {
				return 0, err
			}
			m.z.Multistream(false)
			return 0, nil
		}
		if _, err := m.packed.ReadByte(); err != nil {
			return 0, err
		}
	}
}

// drop returns an error unless it is the one that can wait.
func drop(err, wait error) error {
	if err == wait {
		return nil
	}
	return err
}

// A ratioReader refuses to go on where a little unpacks to very much.
type ratioReader struct {
	r      io.Reader
	packed *countReader
	n      int64
}

func (c *ratioReader) Read(b []byte) (int, error) {
	if c.n > bombFrom && c.n > bombRatio*c.packed.n {
		return 0, errBomb
	}
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}
