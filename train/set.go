package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"

	"hearsay"
	"hearsay/annotate"
)

// A set is the files of one set of articles while they are written.
type set struct {
	files                          []*os.File
	ids, tags, rules, ends, tokens *bufio.Writer
	n                              uint64 // tokens so far
	err                            error
}

// create opens the files of a set.
func create(base string) (*set, error) {
	s := &set{}
	for _, f := range []struct {
		suffix string
		w      **bufio.Writer
	}{{".ids", &s.ids}, {".tags", &s.tags}, {".rules", &s.rules}, {".ends", &s.ends}, {".words", &s.tokens}} {
		file, err := os.Create(base + f.suffix)
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		s.files = append(s.files, file)
		*f.w = bufio.NewWriterSize(file, 1<<16)
	}
	return s, nil
}

// add writes one article. The first error is kept for close.
func (s *set) add(doc *hearsay.Document, f annotate.Features, tags []annotate.Tag) {
	s.write(s.ids, f.IDs)
	s.write(s.tags, tags)
	s.write(s.rules, f.Rules)
	s.n += uint64(len(f.Tokens))
	s.write(s.ends, s.n)
	for _, t := range f.Tokens {
		s.note(s.tokens.WriteString(t.In(doc.Text) + "\n"))
	}
}

func (s *set) write(w io.Writer, v any) { s.note(0, binary.Write(w, binary.LittleEndian, v)) }

func (s *set) note(_ int, err error) {
	if s.err == nil {
		s.err = err
	}
}

// close writes what is still in memory and returns the first error.
func (s *set) close() error {
	err := s.err
	for _, w := range []*bufio.Writer{s.ids, s.tags, s.rules, s.ends, s.tokens} {
		if w != nil {
			err = errors.Join(err, w.Flush())
		}
	}
	for _, f := range s.files {
		err = errors.Join(err, f.Close())
	}
	return err
}
