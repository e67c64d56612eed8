package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// shut writes 1+exp(-x) into x, by which a gate divides. one is a register of
// ones.
func shut(x, one VecVirtual) {
	decay(x, one)
	VADDPS(one, x, x)
}

// decay writes exp(-x) into x.
func decay(x, one VecVirtual) {
	rounded, n, p := YMM(), YMM(), YMM()
	VMAXPS(floats("gateLeast", -30), x, x)
	VMINPS(floats("gateMost", 30), x, x)
	VMULPS(floats("minusLog2e", -1.44269504088896341), x, x)
	VADDPS(floats("roundUp", 3<<22), x, rounded)
	VSUBPS(floats("roundUp", 3<<22), rounded, n)
	VSUBPS(n, x, x)
	VMULPS(floats("power5", 0.00132647273), x, p)
	VADDPS(floats("power4", 0.00967151299), p, p)
	VMULPS(x, p, p)
	VADDPS(floats("power3", 0.0555073358), p, p)
	VMULPS(x, p, p)
	VADDPS(floats("power2", 0.240222424), p, p)
	VMULPS(x, p, p)
	VADDPS(floats("power1", 0.693147004), p, p)
	VMULPS(x, p, p)
	VADDPS(one, p, p)
	VPSLLD(Imm(23), rounded, rounded)
	VPADDD(rounded, p, x)
}

// glu writes GLU.
func glu() {
	begin("gluAVX2", "func(dst, x *float32, rows, d int)", "computes rows, which are not 0; d is a multiple of 32.")
	dst, x, rows, d, one := param("dst"), param("x"), param("rows"), floatsOf("d"), ones()
	left := GP64()
	Label("rows")
	MOVQ(d, left)
	loop("vectors", left, vector, func() {
		gate, value := YMM(), YMM()
		VMOVUPS(Mem{Base: x, Index: d, Scale: 1}, gate)
		shut(gate, one)
		VMOVUPS(Mem{Base: x}, value)
		VDIVPS(gate, value, value)
		VMOVUPS(value, Mem{Base: dst})
		ADDQ(U32(vector), x)
		ADDQ(U32(vector), dst)
	})
	ADDQ(d, x)
	SUBQ(Imm(1), rows)
	JNZ(LabelRef("rows"))
	end()
}

// sru writes SRU. Steps are from row to row, and less than 0 where it runs
// back.
func sru() {
	begin("sruAVX2", "func(dst *float32, dstStep int, x *float32, xStep int, rows, d int, state *float32)",
		"computes rows, which are not 0; d is a multiple of 32.")
	dst, dstStep, x, xStep := param("dst"), floatsOf("dstStep"), param("x"), floatsOf("xStep")
	rows, d, state, one := param("rows"), floatsOf("d"), param("state"), ones()
	at, from := GP64(), GP64()
	Label("rows")
	XORQ(at, at)
	MOVQ(x, from)
	Label("vectors")
	forget, reset, c, t := YMM(), YMM(), YMM(), YMM()
	VMOVUPS(Mem{Base: from, Index: d, Scale: 1}, forget)
	VMOVUPS(Mem{Base: from, Index: d, Scale: 2}, reset)
	shut(forget, one)
	shut(reset, one)
	VDIVPS(forget, one, forget)
	VMULPS(Mem{Base: state, Index: at, Scale: 1}, forget, c)
	VSUBPS(forget, one, t)
	VMULPS(Mem{Base: from}, t, t)
	VADDPS(t, c, c)
	VMOVUPS(c, Mem{Base: state, Index: at, Scale: 1})
	VDIVPS(reset, c, reset)
	VMOVUPS(reset, Mem{Base: dst, Index: at, Scale: 1})
	ADDQ(U32(vector), from)
	ADDQ(U32(vector), at)
	CMPQ(at, d)
	JNE(LabelRef("vectors"))
	ADDQ(dstStep, dst)
	ADDQ(xStep, x)
	SUBQ(Imm(1), rows)
	JNZ(LabelRef("rows"))
	end()
}
