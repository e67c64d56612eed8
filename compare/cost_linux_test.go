package compare

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hostile texts: what makes an alignment dear.
func hostile(n int) map[string][2]string {
	var rising, falling, mixed strings.Builder
	for i := range n {
		fmt.Fprintf(&rising, "w%dx ", i)
		fmt.Fprintf(&falling, "w%dx ", n-i)
		fmt.Fprintf(&mixed, "w%dx the ", i*7919%n)
	}
	return map[string][2]string{
		"equal":    {rising.String(), rising.String()},
		"reversed": {rising.String(), falling.String()},
		"shuffled": {rising.String(), mixed.String()},
		"repeated": {strings.Repeat("a b ", n/2), strings.Repeat("b a a ", n/3)},
		"almost":   {strings.Repeat("a ", n), strings.Repeat("a ", n/2) + "b " + strings.Repeat("a ", n/3)},
		"nots":     {strings.Repeat("not gone ", n/2), strings.Repeat("gone never ", n/2)},
		"numbers":  {strings.Repeat("7 ", n), strings.Repeat("8 9 ", n/2)},
		"thirds":   {strings.Repeat("one in ", n/2), strings.Repeat("a third ", n/2)},
		"slots":    {strings.ReplaceAll(rising.String(), "x ", "x 7 "), strings.ReplaceAll(rising.String(), "x ", "x 8 ")},
		"lost":     {strings.ReplaceAll(rising.String(), "x ", "x not gone "), strings.ReplaceAll(rising.String(), "x ", "x gone never ")},
		"moved":    {"“" + rising.String() + "”", "“" + falling.String() + "”"},
		"if":       {strings.Repeat("not gone if ", n/3), strings.Repeat("gone away if ", n/3)},
		"unlikely": {strings.ReplaceAll(rising.String(), "x ", "x was unlikely. "), rising.String() + "only"},
		"scarce":   {strings.ReplaceAll(rising.String(), "x ", "x hardly more than 7 "), strings.ReplaceAll(falling.String(), "x ", "x few ")},
		"parted":   {strings.Repeat("turn it it it ", n/4), strings.Repeat("put it off it ", n/4)},
		"clocks":   {strings.Repeat("half past four ", n/3), strings.Repeat("4.30 p.m. ", n/2)},
		"seasons":  {strings.Repeat("spring morning ", n/2), strings.Repeat("winter night ", n/2)},
		"marks":    {strings.Repeat("“ a ” ", n/2), strings.Repeat("' a \" ", n/2)},
	}
}

// TestCostIsLinear compares the processor's time of texts with that of texts of eight
// times the length. What is quadratic takes 64 times as long; a busy machine takes up to twice.
func TestCostIsLinear(t *testing.T) {
	cost := func(n int, name string) time.Duration {
		p := hostile(n)[name]
		a, b := krelSaid(t, p[0]), krelSaid(t, p[1])
		best := time.Hour
		for range 3 {
			begun := processor(t)
			Wording(a, b)
			Keys(a)
			best = min(best, processor(t)-begun)
		}
		return best
	}
	const times = 8
	for name := range hostile(1) {
		one, long := cost(10000, name), cost(times*10000, name)
		if ratio := float64(long) / float64(one); ratio > 3*times && long > 50*time.Millisecond {
			t.Errorf("%s: %v, and %v for %d times as much", name, one, long, times)
		}
	}
}

// processor returns the time that the processor has spent on the test so far.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
