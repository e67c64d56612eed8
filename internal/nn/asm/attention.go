package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const (
	headWidth  = 32 // numbers of a query, a key and a value
	keysAtOnce = 16 // two vectors of scores
	queries    = 4
)

// scores writes the products of four queries with all keys, which lie in blocks
// of 16, number by number.
func scores() {
	begin("scoresAVX2", "func(dst *float32, dstStride int, q *float32, qStride int, keys *float32, n int)",
		"compares four queries with n keys, a multiple of 16 and not 0.")
	dst, dstStride, first, qStride := param("dst"), floatsOf("dstStride"), param("q"), floatsOf("qStride")
	keys, n := param("keys"), param("n")
	dst3, q3, q, left := GP64(), GP64(), GP64(), GP64()
	LEAQ(Mem{Base: dstStride, Index: dstStride, Scale: 2}, dst3)
	LEAQ(Mem{Base: qStride, Index: qStride, Scale: 2}, q3)
	from := []Mem{{Base: q}, {Base: q, Index: qStride, Scale: 1}, {Base: q, Index: qStride, Scale: 2}, {Base: q, Index: q3, Scale: 1}}
	to := []Mem{{Base: dst}, {Base: dst, Index: dstStride, Scale: 1}, {Base: dst, Index: dstStride, Scale: 2}, {Base: dst, Index: dst3, Scale: 1}}
	Label("blocks")
	var sums [queries][2]VecVirtual
	for r := range sums {
		for c := range sums[r] {
			sums[r][c] = YMM()
			VXORPS(sums[r][c], sums[r][c], sums[r][c])
		}
	}
	MOVQ(first, q)
	MOVQ(U32(headWidth), left)
	const atOnce = 4
	loop("numbers", left, atOnce, func() {
		for i := range atOnce {
			for r := range sums {
				v := YMM()
				VBROADCASTSS(from[r].Offset(i*float), v)
				for c := range sums[r] {
					t := YMM()
					VMULPS(Mem{Base: keys, Disp: (2*i + c) * vector}, v, t)
					VADDPS(t, sums[r][c], sums[r][c])
				}
			}
		}
		ADDQ(U32(atOnce*float), q)
		ADDQ(U32(2*atOnce*vector), keys)
	})
	for r := range sums {
		for c := range sums[r] {
			VMOVUPS(sums[r][c], to[r].Offset(c*vector))
		}
	}
	ADDQ(U32(2*vector), dst)
	SUBQ(U32(keysAtOnce), n)
	JNZ(LabelRef("blocks"))
	end()
}

// soften writes the numerators of a softmax.
func soften() {
	begin("softenAVX2", "func(x *float32, n int)", "computes n numbers, a multiple of 16 and not 0.")
	x, n, one := param("x"), param("n"), ones()
	from, left := GP64(), GP64()
	MOVQ(x, from)
	MOVQ(n, left)
	most := [2]VecVirtual{YMM(), YMM()}
	for _, m := range most {
		VMOVUPS(floats("lowest", -math.MaxFloat32), m)
	}
	loop("most", left, keysAtOnce, func() {
		for c, m := range most {
			v := YMM()
			VMOVUPS(Mem{Base: from, Disp: c * vector}, v)
			VMAXPS(m, v, m)
		}
		ADDQ(U32(2*vector), from)
	})
	VMAXPS(most[0], most[1], most[0])
	low, other, top := XMM(), XMM(), YMM()
	VEXTRACTF128(Imm(1), most[0], other)
	VMAXPS(most[0].AsX(), other, low)
	VMOVHLPS(low, low, other)
	VMAXPS(low, other, low)
	VMOVSHDUP(low, other)
	VMAXSS(low, other, low)
	VBROADCASTSS(low, top)
	loop("powers", n, 8, func() {
		v := YMM()
		VSUBPS(Mem{Base: x}, top, v)
		VMULPS(floats("headScale", 0.17677669529663687), v, v)
		decay(v, one)
		VMOVUPS(v, Mem{Base: x})
		ADDQ(U32(vector), x)
	})
	end()
}

// weigh writes the weighted mean of rows of values.
func weigh() {
	begin("weighAVX2", "func(dst, share, values *float32, rows int)", "weighs rows of 32 values, which are not 0.")
	dst, share, values, rows := param("dst"), param("share"), param("values"), param("rows")
	all := YMM()
	VXORPS(all, all, all)
	sums := make([]VecVirtual, headWidth*float/vector)
	for c := range sums {
		sums[c] = YMM()
		VXORPS(sums[c], sums[c], sums[c])
	}
	loop("rows", rows, 1, func() {
		s := YMM()
		VBROADCASTSS(Mem{Base: share}, s)
		VADDPS(s, all, all)
		for c, sum := range sums {
			t := YMM()
			VMULPS(Mem{Base: values, Disp: c * vector}, s, t)
			VADDPS(t, sum, sum)
		}
		ADDQ(U32(float), share)
		ADDQ(U32(headWidth*float), values)
	})
	for c, sum := range sums {
		VDIVPS(all, sum, sum)
		VMOVUPS(sum, Mem{Base: dst, Disp: c * vector})
	}
	end()
}
