//go:build amd64 && !purego && !noasm

package nn

import "golang.org/x/sys/cpu"

// fast chooses the assembly. Only tests change it.
var fast = cpu.X86.HasAVX2
