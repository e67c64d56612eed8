// Command asm writes the assembly of package nn, for amd64 with AVX2. It is a
// module of its own, so that the program needs no generator. Run it with go
// generate in the folder above.
//
// Each kernel does the float operations of its like in Go, in the same order.
// There is no fused multiplication on purpose: the bits must be the same.
// Operands stand in the order of Go's assembler: what is subtracted or divided
// by comes first, and of VMAXPS and VMINPS the first is what a NaN becomes.
package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const (
	vector = 32 // bytes of a vector
	float  = 4  // bytes of a float
)

func main() {
	ConstraintExpr("amd64,!purego,!noasm")
	mul("mulAVX2", false, false)
	mul("mulAddAVX2", true, false)
	mul("mulVNNI", false, true)
	mul("mulAddVNNI", true, true)
	quantize()
	layerNorm()
	each("addAVX2", func(dst, x Mem, v VecVirtual) {
		VMOVUPS(dst, v)
		VADDPS(x, v, v)
	})
	each("sigmoidAVX2", func(dst, x Mem, v VecVirtual) {
		one := ones()
		VMOVUPS(x, v)
		shut(v, one)
		VDIVPS(v, one, v)
	})
	each("geluAVX2", func(dst, x Mem, v VecVirtual) {
		gate := YMM()
		VMOVUPS(x, v)
		VMULPS(v, v, gate)
		VMULPS(v, gate, gate)
		VMULPS(floats("geluCubic", 0.044715), gate, gate)
		VADDPS(v, gate, gate)
		VMULPS(floats("geluLinear", 1.5957691216), gate, gate)
		shut(gate, ones())
		VDIVPS(gate, v, v)
	})
	addRow()
	glu()
	sru()
	scores()
	soften()
	weigh()
	Generate()
}

// begin starts a function.
func begin(name, signature, doc string) {
	TEXT(name, NOSPLIT, signature)
	Pragma("noescape")
	Doc(name + " " + doc)
}

// param loads a parameter into a register.
func param(name string) GPVirtual {
	return Load(Param(name), GP64()).(GPVirtual)
}

// floatsOf loads a parameter that counts floats, and makes it count bytes.
func floatsOf(name string) GPVirtual {
	n := param(name)
	SHLQ(U8(2), n)
	return n
}

// end returns to Go, which has no use for the upper halves of vectors.
func end() {
	VZEROUPPER()
	RET()
}

// tables are the constants that stand in the file by now.
var tables = map[string]Mem{}

// words returns a constant vector of eight words.
func words(name string, w ...uint32) Mem {
	m, ok := tables[name]
	if !ok {
		m = GLOBL(name, RODATA|NOPTR)
		for i := range 8 {
			DATA(i*4, U32(w[i%len(w)]))
		}
		tables[name] = m
	}
	return m
}

// floats returns a constant vector of eight times the same float.
func floats(name string, f float32) Mem { return words(name, math.Float32bits(f)) }

// ones returns a register with eight times 1.
func ones() VecVirtual {
	one := YMM()
	VMOVUPS(floats("one", 1), one)
	return one
}

// loop repeats body until count, which is not 0 before, has been lowered to 0.
func loop(label string, count GPVirtual, by int, body func()) {
	Label(label)
	body()
	SUBQ(Imm(uint64(by)), count)
	JNZ(LabelRef(label))
}

// each writes a kernel that computes a vector of dst from one of x at a time.
func each(name string, body func(dst, x Mem, v VecVirtual)) {
	begin(name, "func(dst, x *float32, n int)", "computes n numbers, a multiple of 8 and not 0.")
	dst, x, n := param("dst"), param("x"), param("n")
	loop("vectors", n, 8, func() {
		v := YMM()
		body(Mem{Base: dst}, Mem{Base: x}, v)
		VMOVUPS(v, Mem{Base: dst})
		ADDQ(U32(vector), dst)
		ADDQ(U32(vector), x)
	})
	end()
}

// addRow writes AddRow.
func addRow() {
	begin("addRowAVX2", "func(dst *float32, row *byte, scale float32, n int)", "computes n numbers, a multiple of 8 and not 0.")
	dst, bytes, n := param("dst"), param("row"), param("n")
	scale := YMM()
	from, err := Param("scale").Resolve()
	if err != nil {
		panic(err)
	}
	VBROADCASTSS(from.Addr, scale)
	loop("vectors", n, 8, func() {
		v := YMM()
		VPMOVSXBD(Mem{Base: bytes}, v)
		VCVTDQ2PS(v, v)
		VMULPS(scale, v, v)
		VADDPS(Mem{Base: dst}, v, v)
		VMOVUPS(v, Mem{Base: dst})
		ADDQ(U32(vector), dst)
		ADDQ(U32(8), bytes)
	})
	end()
}
