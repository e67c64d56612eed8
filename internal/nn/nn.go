// Package nn holds the few tensor kernels that the tagger needs.
//
// A tensor is a slice of rows, one row a token and D numbers a row, where D is
// a multiple of 32. Kernels allocate nothing; the caller owns all memory and
// works in chunks of rows. A slice that is too short for the rows, or a D that
// is no multiple of 32, is a mistake of the caller and panics.
//
// Every kernel gives the same bits on every machine, so that a report has the
// same statements everywhere. There is a path in Go and one in AVX2 assembly,
// whose matrix products use VNNI where the processor has it; integers are exact
// in all of them, floats are multiplied and added in the same order without
// fusing, and sums run in eight lanes that are added in a fixed tree, but those
// of attention, which run in the order of the rows. Only the bits of a NaN may
// differ. The build tags purego and noasm leave the assembly out.
//
// Left out: training, products of float matrices, and every processor but amd64
// in assembly.
package nn

//go:generate go -C asm run . -out ../avx2_amd64.s -stubs ../avx2_amd64.go -pkg nn

// lanes is the number of partial sums in which a row is added up.
const lanes = 8

// sumLanes adds the partial sums of a row.
func sumLanes(l *[lanes]float32) float32 {
	a, b, c, d := l[0]+l[4], l[1]+l[5], l[2]+l[6], l[3]+l[7]
	return (a + c) + (b + d)
}

// larger returns a where it is larger than b, else b: also where a is a NaN,
// as VMAXPS does.
func larger(a, b float32) float32 {
	if a > b {
		return a
	}
	return b
}

// smaller returns a where it is smaller than b, else b: also where a is a NaN,
// as VMINPS does.
func smaller(a, b float32) float32 {
	if a < b {
		return a
	}
	return b
}

// need panics where a caller broke the contract of a kernel.
func need(ok bool, what string) {
	if !ok {
		panic("nn: " + what)
	}
}

// needRows panics unless there are no rows, or d is a width that rows may have.
func needRows(rows, d int) {
	need(rows >= 0, "fewer than no rows")
	need(d > 0 && d%32 == 0, "the width of a row is no multiple of 32")
}
