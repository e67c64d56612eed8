//go:build !linux

package read

import "time"

var begun = time.Now()

// spent is the time since the program began, where the processor's is not asked for.
func spent() time.Duration { return time.Since(begun) }
