package read

import (
	"syscall"
	"time"
)

// spent is the time that the processor has given to this program so far: others may run
// on the machine, too.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano())
}
