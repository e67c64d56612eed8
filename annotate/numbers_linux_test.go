package annotate

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"hearsay"
)

// TestNumbersInTime holds the time that numbers take against the length of the
// text: twenty times the text takes no more than a little over twenty times as
// long. The time is the processor's, for others may run on the machine.
func TestNumbersInTime(t *testing.T) {
	a := load(t)
	took := func(n int) time.Duration {
		text := strings.Repeat("it lost more than 1 or more of its two hundred and fifty-one tanks and ", n)
		x := a.analyse(&hearsay.Document{Text: text, Blocks: []hearsay.Block{{Kind: hearsay.Paragraph, Span: hearsay.Span{End: len(text)}}}})
		r := newResolver(x, nil)
		parts := []attribution{{content: []words{{0, len(x.ts)}}}}
		least := time.Hour
		for range 3 {
			start := processor(t)
			x.quantities(make([]hearsay.Statement, 1), parts, r)
			least = min(least, processor(t)-start)
		}
		return least
	}
	once, long := took(400), took(8000)
	if long > 20*4*max(once, time.Millisecond) {
		t.Errorf("20 times the text takes %v, once %v", long, once)
	}
}

// processor returns the time that this process has used.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano())
}
