package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// quantize writes Quantize.
func quantize() {
	begin("quantizeAVX2", "func(q *uint8, scale, x *float32, rows, k int)", "computes rows, which are not 0; k is a multiple of 32.")
	q, scale, x, rows, k := param("q"), param("scale"), param("x"), param("rows"), param("k")
	sign, absolute, order, levels := YMM(), YMM(), YMM(), YMM()
	VMOVDQU(words("zeroPoints", 0x80808080), sign)
	VMOVUPS(words("absolute", 0x7fffffff), absolute)
	VMOVDQU(words("order", 0, 4, 1, 5, 2, 6, 3, 7), order)
	from, left := GP64(), GP64()

	Label("rows")
	most := largest(x, k, absolute)
	VUCOMISS(floats("leastMax", 0x1p-100), most)
	JCS(LabelRef("zeros"))
	VMINSS(floats("mostFloat", math.MaxFloat32), most, most)
	level := XMM()
	VMOVSS(floats("mostLevel", 127), level)
	VDIVSS(most, level, level)
	VBROADCASTSS(level, levels)
	VDIVSS(floats("mostLevel", 127), most, most)
	VMOVSS(most, Mem{Base: scale})
	MOVQ(x, from)
	MOVQ(k, left)
	loop("bytes", left, 32, func() {
		v := make([]VecVirtual, 4)
		for i := range v {
			v[i] = YMM()
			VMULPS(Mem{Base: from, Disp: i * vector}, levels, v[i])
			VMAXPS(floats("leastLevel", -127), v[i], v[i])
			VMINPS(floats("mostLevel", 127), v[i], v[i])
			VCVTPS2DQ(v[i], v[i])
		}
		VPACKSSDW(v[1], v[0], v[0])
		VPACKSSDW(v[3], v[2], v[2])
		VPACKSSWB(v[2], v[0], v[0])
		VPERMD(v[0], order, v[0])
		VPXOR(sign, v[0], v[0])
		VMOVDQU(v[0], Mem{Base: q})
		ADDQ(U32(4*vector), from)
		ADDQ(U32(vector), q)
	})
	JMP(LabelRef("next"))

	Label("zeros")
	MOVL(U32(0), Mem{Base: scale})
	MOVQ(k, left)
	loop("fill", left, 32, func() {
		VMOVDQU(sign, Mem{Base: q})
		ADDQ(U32(vector), q)
	})

	Label("next")
	ADDQ(U32(float), scale)
	LEAQ(Mem{Base: x, Index: k, Scale: float}, x)
	SUBQ(Imm(1), rows)
	JNZ(LabelRef("rows"))
	end()
}

// largest writes the search for the largest magnitude of a row, which passes
// over a NaN.
func largest(x, k GPVirtual, absolute VecVirtual) VecVirtual {
	from, left := GP64(), GP64()
	MOVQ(x, from)
	MOVQ(k, left)
	most := [2]VecVirtual{YMM(), YMM()}
	for _, m := range most {
		VXORPS(m, m, m)
	}
	loop("largest", left, 32, func() {
		for i := range 4 {
			v := YMM()
			VANDPS(Mem{Base: from, Disp: i * vector}, absolute, v)
			VMAXPS(most[i%2], v, most[i%2])
		}
		ADDQ(U32(4*vector), from)
	})
	VMAXPS(most[0], most[1], most[0])
	low, other := XMM(), XMM()
	VEXTRACTF128(Imm(1), most[0], other)
	VMAXPS(most[0].AsX(), other, low)
	VMOVHLPS(low, low, other)
	VMAXPS(low, other, low)
	VMOVSHDUP(low, other)
	VMAXSS(low, other, low)
	return low
}

// layerNorm writes LayerNorm.
func layerNorm() {
	begin("layerNormAVX2", "func(dst, x, gain, bias *float32, rows, d int)", "computes rows, which are not 0; d is a multiple of 32.")
	dst, x, gain, bias, rows, d := param("dst"), param("x"), param("gain"), param("bias"), param("rows"), floatsOf("d")
	width, mean, inverse := XMM(), YMM(), YMM()
	count, at := param("d"), GP64()
	VXORPS(width, width, width)
	VCVTSI2SSQ(count, width, width)

	// Offsets run from -d to 0.
	for _, p := range []GPVirtual{dst, x, gain, bias} {
		ADDQ(d, p)
	}
	along := func(label string, body func(at Mem)) {
		MOVQ(d, at)
		NEGQ(at)
		Label(label)
		for i := range 4 {
			body(Mem{Index: at, Scale: 1, Disp: i * vector})
		}
		ADDQ(U32(4*vector), at)
		JNZ(LabelRef(label))
	}
	of := func(base GPVirtual, m Mem) Mem {
		m.Base = base
		return m
	}

	Label("rows")
	sum := YMM()
	VXORPS(sum, sum, sum)
	along("sum", func(m Mem) { VADDPS(of(x, m), sum, sum) })
	average := addUp(sum)
	VDIVSS(width, average, average)
	VBROADCASTSS(average, mean)

	squares := YMM()
	VXORPS(squares, squares, squares)
	along("squares", func(m Mem) {
		v := YMM()
		VMOVUPS(of(x, m), v)
		VSUBPS(mean, v, v)
		VMULPS(v, v, v)
		VADDPS(v, squares, squares)
	})
	variance, one := addUp(squares), XMM()
	VDIVSS(width, variance, variance)
	VADDSS(floats("epsilon", 1e-5), variance, variance)
	VSQRTSS(variance, variance, variance)
	VMOVSS(floats("one", 1), one)
	VDIVSS(variance, one, one)
	VBROADCASTSS(one, inverse)

	along("write", func(m Mem) {
		v := YMM()
		VMOVUPS(of(x, m), v)
		VSUBPS(mean, v, v)
		VMULPS(inverse, v, v)
		VMULPS(of(gain, m), v, v)
		VADDPS(of(bias, m), v, v)
		VMOVUPS(v, of(dst, m))
	})
	ADDQ(d, x)
	ADDQ(d, dst)
	SUBQ(Imm(1), rows)
	JNZ(LabelRef("rows"))
	end()
}

// addUp writes the tree that adds up the lanes of a sum.
func addUp(sum VecVirtual) VecVirtual {
	low, other := XMM(), XMM()
	VEXTRACTF128(Imm(1), sum, other)
	VADDPS(other, sum.AsX(), low)
	VMOVHLPS(low, low, other)
	VADDPS(other, low, low)
	VMOVSHDUP(low, other)
	VADDSS(other, low, low)
	return low
}
