package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"os"
	"runtime/debug"
	"time"

	"hearsay/ledger"
	"hearsay/read"
)

// basisOf returns all that reports depend on but the name and the bytes of
// their input: what the user says of them, and the program.
func basisOf(model, actors string, opt read.Options) (string, error) {
	basis := []any{model, annotatorVersion(model), build(), opt.Published, opt.Outlet, opt.URL}
	if actors != "" {
		table, err := os.ReadFile(actors)
		if err != nil {
			return "", err
		}
		basis = append(basis, sumOf(table))
	}
	text, err := json.Marshal(basis)
	return string(text), err
}

// build tells this build of the program from others, as far as it knows.
func build() string {
	name := release()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" || s.Key == "vcs.modified" {
				name += " " + s.Value
			}
		}
	}
	return name
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// key is that of a file or an address among those taken in.
func (r *adding) key(name string) string { return sumOf([]byte(r.basis + "\x00" + name)) }

// take notes what was taken in, not at once each.
func (r *adding) take(k ledger.Taken) error {
	k.At = time.Now()
	r.taken = append(r.taken, k)
	return r.note(100)
}

// note writes what is to be noted, where it is more than so many.
func (r *adding) note(atMost int) error {
	if len(r.taken) <= atMost {
		return nil
	}
	err := r.ledger.Take(context.WithoutCancel(r.app.ctx), r.taken...)
	r.taken = nil
	return err
}

// file reads one file, unless it was taken in before and has not changed.
func (r *adding) file(ctx context.Context, name string, to chan<- arrival) {
	b := &batch{}
	defer b.close(ctx, to)
	known, err := r.unchanged(ctx, name)
	if err != nil {
		send(ctx, to, arrival{batch: b, broken: err})
		return
	}
	if known != nil {
		b.known = known.Reports
		r.app.talk.passed(known.Size)
		return
	}
	got, err := r.app.get(name)
	if err != nil {
		b.send(ctx, to, nil, err)
		return
	}
	defer got.body.Close()
	body := &summing{r: got.body, h: sha256.New()}
	got.body = io.NopCloser(body)
	for doc, err := range r.app.reports(name, got, r.read) {
		if !b.send(ctx, to, doc, err) {
			return
		}
	}
	if _, err := io.Copy(io.Discard, body); err != nil || name == "-" {
		return
	}
	k := ledger.Taken{Key: r.key(name), Name: name, Sum: hex.EncodeToString(body.h.Sum(nil)), Size: body.n, Reports: b.sent}
	b.end = func(refused int) error {
		if refused > 0 {
			return nil
		}
		return r.take(k)
	}
}

// unchanged returns what is known of a file that was taken in and has not
// changed; else nil.
func (r *adding) unchanged(ctx context.Context, name string) (*ledger.Taken, error) {
	if name == "-" {
		return nil, nil
	}
	known, err := r.ledger.Taken(ctx, r.key(name))
	if known == nil || err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil // whoever reads it says what is wrong
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() != known.Size {
		return nil, nil
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil || hex.EncodeToString(h.Sum(nil)) != known.Sum {
		return nil, nil
	}
	return known, nil
}

// summing is a reader that sums up what is read.
type summing struct {
	r io.Reader
	h hash.Hash
	n int64
}

func (s *summing) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	s.h.Write(b[:n])
	s.n += int64(n)
	return n, err
}
