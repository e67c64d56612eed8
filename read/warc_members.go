package read

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// The first bytes of a gzip member, of a frame of zstd, of one that decoders
// pass over, and of one of these that holds the dictionary of a WARC.
const (
	magicGzip = "\x1f\x8b\x08"
	magicZstd = "\x28\xb5\x2f\xfd"
	magicSkip = "\x2a\x4d\x18" // after a byte from 0x50 to 0x5f
	magicDict = "\x5d" + magicSkip
)

const maxDictionary = 16 << 20

var (
	errMember    = errors.New("is followed by bytes that are not compressed")
	errNoDict    = errors.New("the dictionary of the file is damaged")
	errEndsEarly = errors.New("ends early")
)

// A begin is where a member begins: in the file, and in what it unpacks to.
type begin struct{ packed, unpacked int64 }

// members reads the members of a compressed file one after the other. After an
// error, resync goes to the next one that can be read.
type members struct {
	file *tape
	in   *bufio.Reader // reads from file
	zstd bool

	member io.Reader // the member being read, nil between two
	begins []begin   // of the members of late
	out    int64     // bytes unpacked so far, of all members

	gz    *gzip.Reader
	trial *gzip.Reader
	z     *zstd.Decoder
}

// newPacked reads the members of a file that begins with start.
func newPacked(file *tape, start []byte) *members {
	return &members{
		file: file, in: bufio.NewReaderSize(file, 64<<10),
		zstd: bytes.HasPrefix(start, []byte(magicZstd)) || skippable(start),
	}
}

func skippable(b []byte) bool {
	return len(b) >= 4 && b[0]&0xf0 == 0x50 && string(b[1:4]) == magicSkip
}

func (m *members) close() {
	if m.z != nil {
		m.z.Close()
	}
}

// place returns the next byte of the file.
func (m *members) place() int64 { return m.file.offset() - int64(m.in.Buffered()) }

// within reports whether the member being read holds bytes before a place of
// what was unpacked.
func (m *members) within(unpacked int64) bool {
	return len(m.begins) > 0 && m.begins[len(m.begins)-1].unpacked < unpacked
}

// at returns where in the file the member begins that holds a byte of what it
// unpacks to.
func (m *members) at(unpacked int64) int64 {
	for len(m.begins) > 1 && m.begins[1].unpacked <= unpacked {
		m.begins = m.begins[1:]
	}
	if len(m.begins) == 0 {
		return 0
	}
	return m.begins[0].packed
}

func (m *members) Read(b []byte) (int, error) {
	if m.member == nil {
		if err := m.next(); err != nil {
			return 0, err
		}
	}
	n, err := m.member.Read(b)
	m.out += int64(n)
	last := m.begins[len(m.begins)-1]
	switch packed, unpacked := m.place()-last.packed, m.out-last.unpacked; {
	case err == io.EOF:
		m.member, err = nil, nil
	case err == io.ErrUnexpectedEOF:
		err = errEndsEarly
	case err != nil:
		err = fmt.Errorf("is damaged: %w", err)
	case unpacked > bombFrom && unpacked > bombRatio*packed:
		err = errBomb
	}
	return n, err
}

// next begins the next member; io.EOF where there is none.
func (m *members) next() error {
	if err := m.padding(); err != nil {
		return err
	}
	at := m.place()
	m.file.mark(at)
	m.begins = append(m.begins, begin{at, m.out})
	var err error
	if m.zstd {
		err = m.nextFrame()
	} else {
		err = m.nextGzip()
	}
	switch {
	case err == nil, err == io.EOF && m.place() == at:
		return err
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return errEndsEarly
	}
	return err
}

// padding passes over zero bytes between members.
func (m *members) padding() error {
	for {
		b, err := m.in.Peek(1)
		if err != nil || b[0] != 0 {
			return err
		}
		if _, err := m.in.Discard(1); err != nil {
			return err
		}
	}
}

func (m *members) nextGzip() (err error) {
	if b, _ := m.in.Peek(len(magicGzip)); string(b) != magicGzip {
		return errMember
	}
	if m.gz == nil {
		m.gz, err = gzip.NewReader(m.in)
	} else {
		err = m.gz.Reset(m.in)
	}
	if err != nil {
		return err
	}
	m.gz.Multistream(false)
	m.member = m.gz
	return nil
}

// nextFrame begins the next frame of zstd; those to be passed over, it passes
// over, but for the dictionary that the first may hold.
func (m *members) nextFrame() error {
	for {
		b, err := m.in.Peek(8)
		if len(b) < 8 {
			return err
		}
		if !skippable(b) {
			break
		}
		size := int64(b[4]) | int64(b[5])<<8 | int64(b[6])<<16 | int64(b[7])<<24
		dict := string(b[:4]) == magicDict && m.z == nil && size <= maxDictionary
		if _, err := m.in.Discard(8); err != nil {
			return err
		}
		if dict {
			err = m.dictionary(size)
		} else {
			_, err = io.CopyN(io.Discard, m.in, size)
		}
		if err != nil {
			return err
		}
		m.begins[len(m.begins)-1].packed = m.place()
		m.file.mark(m.place())
	}
	if m.z == nil {
		if err := m.decoder(); err != nil {
			return err
		}
	}
	frame := &zstdFrame{in: m.in}
	if err := frame.start(); err != nil {
		return err
	}
	if err := m.z.Reset(frame); err != nil {
		return err
	}
	m.member = m.z
	return nil
}

func (m *members) decoder(more ...zstd.DOption) (err error) {
	m.z, err = zstd.NewReader(nil, append(more, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))...)
	return err
}

// dictionary reads the dictionary of the file, which may be compressed itself.
func (m *members) dictionary(size int64) error {
	dict, err := io.ReadAll(io.LimitReader(m.in, size))
	if err == nil && int64(len(dict)) < size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	if bytes.HasPrefix(dict, []byte(magicZstd)) {
		z, err := zstd.NewReader(bytes.NewReader(dict), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))
		if err != nil {
			return err
		}
		defer z.Close()
		if dict, err = io.ReadAll(io.LimitReader(z, maxDictionary)); err != nil {
			return errNoDict
		}
	}
	how := zstd.WithDecoderDicts(dict)
	if !bytes.HasPrefix(dict, []byte("\x37\xa4\x30\xec")) {
		how = zstd.WithDecoderDictRaw(0, dict)
	}
	if m.decoder(how) != nil {
		m.z = nil
		return errNoDict
	}
	return nil
}

// resync goes to the next member behind a broken one, and reports whether
// there is one. The broken one is looked through again, for its damage may
// have led the decoder past the beginning of the next.
func (m *members) resync() bool {
	m.member = nil
	here := m.place()
	m.file.back(here)
	if len(m.begins) > 0 {
		m.file.back(m.begins[len(m.begins)-1].packed + 1)
	}
	m.in.Reset(m.file)
	magic := []byte(magicGzip)
	if m.zstd {
		magic = []byte(magicZstd)
	}
	for {
		b := m.file.peek(64 << 10)
		i := bytes.Index(b, magic)
		switch {
		case i < 0 && len(b) < len(magic):
			return false
		case i < 0:
			m.file.skip(int64(len(b) - len(magic) + 1))
			continue
		}
		m.file.skip(int64(i))
		if m.promising() {
			m.in.Reset(m.file)
			return true
		}
		m.file.skip(1)
	}
}

// promising reports whether a member that can be read seems to begin here.
func (m *members) promising() bool {
	b := m.file.peek(512)
	if m.zstd {
		var h zstd.Header
		return h.Decode(b) == nil && !h.Skippable && (!h.FirstBlock.OK || h.FirstBlock.CompressedSize <= 128<<10)
	}
	return startsWARC(b, &m.trial)
}

// startsWARC reports whether the beginning of a gzip member unpacks to that of
// a WARC record.
func startsWARC(b []byte, reuse **gzip.Reader) (is bool) {
	if len(b) < 10 || b[3]&0xe0 != 0 {
		return false
	}
	var err error
	if *reuse == nil {
		*reuse, err = gzip.NewReader(bytes.NewReader(b))
	} else {
		err = (*reuse).Reset(bytes.NewReader(b))
	}
	if err != nil {
		return false
	}
	var start [len(warcStart)]byte
	io.ReadFull(*reuse, start[:])
	return string(start[:]) == warcStart
}

// A zstdFrame gives the bytes of one frame of zstd and no more.
type zstdFrame struct {
	in   *bufio.Reader
	left int // of the part being given
	last bool
	sum  bool // a checksum is at the end
	done bool
}

// start reads the head of the frame.
func (f *zstdFrame) start() error {
	b, err := f.in.Peek(zstd.HeaderMaxSize)
	if err != nil && err != io.EOF {
		return err
	}
	var h zstd.Header
	if err := h.Decode(b); err != nil {
		return err
	}
	f.left, f.sum = h.HeaderSize, h.HasCheckSum
	return nil
}

func (f *zstdFrame) Read(b []byte) (int, error) {
	for f.left == 0 {
		if err := f.part(); err != nil {
			return 0, err
		}
	}
	n, err := f.in.Read(b[:min(len(b), f.left)])
	f.left -= n
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// part begins the next block, or the checksum.
func (f *zstdFrame) part() error {
	switch {
	case f.done || f.last && !f.sum:
		return io.EOF
	case f.last:
		f.left, f.done = 4, true
		return nil
	}
	b, err := f.in.Peek(3)
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	head := int(b[0]) | int(b[1])<<8 | int(b[2])<<16
	f.last = head&1 == 1
	f.left = 3 + head>>3
	if head>>1&3 == 1 { // one byte, repeated
		f.left = 3 + 1
	}
	return nil
}
