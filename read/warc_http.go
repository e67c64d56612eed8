package read

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// An httpHead is what we look at in the head of an answer over HTTP.
type httpHead struct {
	status                    int
	media, transfer, encoding string
}

// parseHTTP parses the head of an answer, and returns where its body begins;
// 0 where the bytes are no answer.
func parseHTTP(b []byte) (h httpHead, body int) {
	if !bytes.HasPrefix(b, []byte("HTTP/")) {
		return h, 0
	}
	end, body := headEnd(b)
	if end < 0 {
		end, body = len(b), len(b)
	}
	first, lines, _ := strings.Cut(string(b[:end]), "\n")
	if words := strings.Fields(first); len(words) > 1 {
		h.status, _ = strconv.Atoi(words[1])
	}
	eachHeader(lines, func(key, value string) {
		switch key {
		case "content-type":
			h.media = value
		case "transfer-encoding":
			h.transfer = strings.ToLower(value)
		case "content-encoding":
			h.encoding = strings.ToLower(value)
		}
	})
	return h, body
}

const maxCodings = 3

const noteDamaged = "The body of the page is damaged or ends early."

var (
	errCodings = errors.New("is compressed too often")
	errDamaged = errors.New("is damaged or ends early")
)

// unwrap returns a body without the codings that its head names. Crawlers take
// them off and leave the names in the head, so that a body that is not coded
// so is taken as it is. The note says where the body ends early.
func (h httpHead) unwrap(body []byte, limit int64) (out []byte, note string, err error) {
	codings := strings.FieldsFunc(h.encoding+","+h.transfer, func(r rune) bool { return r == ',' || r == ' ' })
	if len(codings) > maxCodings {
		return nil, "", errCodings
	}
	for i := len(codings) - 1; i >= 0; i-- {
		r := decoder(codings[i], body)
		if r == nil {
			continue
		}
		decoded, err := readCoded(r, int64(len(body)), limit)
		switch {
		case err == errBomb || errors.As(err, new(tooLong)):
			return nil, "", err
		case err != nil && len(decoded) == 0:
			continue
		case err != nil:
			note = noteDamaged
		}
		body = decoded
	}
	if int64(len(body)) > limit {
		return nil, "", tooLong(limit)
	}
	return body, note, nil
}

// Unwrap returns the body of an answer over HTTP without the codings that its
// Content-Encoding names: gzip, deflate, br, zstd. A body that is not coded so
// is returned as it is. It fails where more than limit bytes come of it, or,
// after the first MiB, more than 100 times as many as there were.
func Unwrap(encoding string, body []byte, limit int64) ([]byte, error) {
	out, note, err := httpHead{encoding: strings.ToLower(encoding)}.unwrap(body, limit)
	if err == nil && note != "" {
		err = errDamaged
	}
	return out, err
}

// decoder returns a reader of what a coded body stands for, nil where it is
// not coded so.
func decoder(coding string, body []byte) (r io.Reader) {
	in := bytes.NewReader(body)
	var err error
	switch coding {
	case "chunked":
		if !startsChunk(body) {
			return nil
		}
		return httputil.NewChunkedReader(bufio.NewReader(in))
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(in)
	case "deflate":
		if r, err = zlib.NewReader(in); err != nil {
			return flate.NewReader(bytes.NewReader(body))
		}
	case "br":
		return brotli.NewReader(in)
	case "zstd":
		var z *zstd.Decoder
		z, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(32<<20))
		if err == nil {
			r = z.IOReadCloser()
		}
	default:
		return nil
	}
	if err != nil {
		return nil
	}
	return r
}

// startsChunk reports whether a body begins with the length of a chunk, on a
// line of its own.
func startsChunk(body []byte) bool {
	line, _, ended := bytes.Cut(body[:min(len(body), 100)], []byte("\n"))
	size, _, _ := bytes.Cut(line, []byte(";"))
	_, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 40)
	return ended && err == nil
}

// readCoded reads what a coded body stands for, within limits.
func readCoded(r io.Reader, coded, limit int64) ([]byte, error) {
	if c, ok := r.(io.Closer); ok {
		defer c.Close()
	}
	most := limit
	if bomb := max(bombFrom, bombRatio*coded); bomb < limit {
		most = bomb
	}
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case int64(len(b)) <= most:
		return b, err
	case most < limit:
		return nil, errBomb
	}
	return nil, tooLong(limit)
}
