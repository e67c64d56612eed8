//go:build amd64 && !purego && !noasm

package nn

import "golang.org/x/sys/cpu"

// fast chooses the assembly. Only tests change it.
var fast = cpu.X86.HasAVX2

// vnni chooses the products for processors that have them in hardware. Only
// tests change it.
var vnni = cpu.X86.HasAVX512VNNI && cpu.X86.HasAVX512VL
