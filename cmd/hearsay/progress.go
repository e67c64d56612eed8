package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress is one line on standard error that tells how far a long run is. It
// says nothing where standard error is no terminal, and nothing in the first
// second.
type progress struct {
	w  io.Writer
	on bool

	mu      sync.Mutex
	started time.Time
	told    time.Time // when the line was last written
	shown   bool      // the line stands on the screen

	files, file    int   // how many there are, and the number of the one being read
	bytes          int64 // read so far, of all files
	inFile, sizeOf int64 // read of the one being read, and its size; 0 is unknown
	reports        int

	adding     bool
	total      int64 // bytes of all files, 0 where unknown
	statements int
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	on := ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
	return &progress{w: w, on: on}
}

// begin starts the clock of a run over so many files.
func (p *progress) begin(files int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files, p.started = files, time.Now()
}

// beginAdding is begin for a run that adds files of so many bytes to a ledger.
func (p *progress) beginAdding(files int, total int64) {
	p.begin(files)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.adding, p.total = true, total
}

// more says that there are so many more files than was known.
func (p *progress) more(files int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files += files
}

// passed counts a file of so many bytes that is not read.
func (p *progress) passed(size int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.file++
	p.bytes += size
	p.tell()
}

// added counts one report, and its statements.
func (p *progress) added(statements int) {
	p.mu.Lock()
	p.statements += statements
	p.mu.Unlock()
	p.report()
}

// counted says how many statements have been written.
func (p *progress) counted(statements int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.statements = statements
	p.tell()
}

// watch returns a reader of r, the next file, that counts its bytes.
func (p *progress) watch(r io.Reader, size int64) io.Reader {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.file++
	p.inFile, p.sizeOf = 0, size
	return watched{r, p}
}

// report counts one report.
func (p *progress) report() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reports++
	p.tell()
}

// clear takes the line off the screen, before something else is printed.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		io.WriteString(p.w, "\r\x1b[K")
		p.shown = false
	}
}

type watched struct {
	r io.Reader
	p *progress
}

func (w watched) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	w.p.mu.Lock()
	defer w.p.mu.Unlock()
	w.p.bytes += int64(n)
	w.p.inFile += int64(n)
	w.p.tell()
	return n, err
}

// tell writes the line, five times a second at most. The lock is held.
func (p *progress) tell() {
	if !p.on {
		return
	}
	now := time.Now()
	if now.Sub(p.started) < time.Second || now.Sub(p.told) < 200*time.Millisecond {
		return
	}
	p.told, p.shown = now, true
	fmt.Fprintf(p.w, "\r\x1b[K%s", p.line(now.Sub(p.started)))
}

// line is what tell writes.
func (p *progress) line(elapsed time.Duration) string {
	if p.files == 0 {
		return fmt.Sprintf("%d reports, %d statements, %.0f s", p.reports, p.statements, elapsed.Seconds())
	}
	if p.adding {
		return p.lineAdding(elapsed)
	}
	s := fmt.Sprintf("reading file %d of %d, %s", p.file, p.files, megabytes(p.inFile))
	if p.sizeOf > 0 {
		s += fmt.Sprintf(" of %s (%d %%)", megabytes(p.sizeOf), 100*p.inFile/p.sizeOf)
	}
	if p.reports > 0 {
		s += ", " + counted(p.reports, "report")
	}
	rate := float64(p.bytes) / elapsed.Seconds()
	return s + ", " + megabytes(int64(rate)) + "/s"
}

// lineAdding tells of reports and statements, and how long the rest will take
// by the bytes that are left.
func (p *progress) lineAdding(elapsed time.Duration) string {
	s := fmt.Sprintf("adding file %d of %d, %d reports, %d statements, %.0f reports/s",
		p.file, p.files, p.reports, p.statements, float64(p.reports)/elapsed.Seconds())
	done, all := float64(p.bytes), float64(p.total)
	if p.total == 0 { // pages: their size is not known before
		done, all = float64(p.file-1), float64(p.files)
	}
	if done > 0 && all > done {
		s += ", " + roughly(time.Duration(float64(elapsed)/done*(all-done))) + " left"
	}
	return s
}

// roughly is a time that is only guessed.
func roughly(d time.Duration) string {
	switch {
	case d < 90*time.Second:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 90*time.Minute:
		return fmt.Sprintf("%.0f min", d.Minutes())
	}
	return fmt.Sprintf("%.0f h", d.Hours())
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
