package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const (
	panel  = 16 // outputs of a panel: two vectors of sums
	groups = 4  // groups of four inputs that the inner loop takes at a time
)

// product is what the parts of mul share.
type product struct {
	add, vnni   bool
	dst, stride GPVirtual // the rows of outputs, and from one to the next
	q, k, k3    GPVirtual // the rows of bytes, k bytes from one to the next, and 3k
	scale       GPVirtual
	rows        GPVirtual
	pairs       VecVirtual // sixteen times 1, which adds up pairs
}

// mul writes the product of rows with a panel of weights: four rows at a time,
// and then one at a time. With VNNI one instruction does what takes three
// without it.
func mul(name string, add, vnni bool) {
	signature := "func(dst *float32, dstStride int, q *uint8, k int, scale *float32, rows int, w *int8, start *int32, wscale, bias *float32)"
	if add {
		signature = "func(dst *float32, dstStride int, q *uint8, k int, scale *float32, rows int, w *int8, start *int32, wscale *float32)"
	}
	begin(name, signature, "computes 16 outputs of rows, which are not 0; k is a multiple of 32.")
	p := product{
		add: add, vnni: vnni, dst: param("dst"), stride: floatsOf("dstStride"), q: param("q"), k: param("k"),
		scale: param("scale"), rows: param("rows"), k3: GP64(), pairs: YMM(),
	}
	LEAQ(Mem{Base: p.k, Index: p.k, Scale: 2}, p.k3)
	if !vnni {
		VPCMPEQW(p.pairs, p.pairs, p.pairs)
		VPSRLW(Imm(15), p.pairs, p.pairs)
	}

	Label("four")
	CMPQ(p.rows, Imm(4))
	JL(LabelRef("one"))
	p.block("fourInputs", 4)
	LEAQ(Mem{Base: p.q, Index: p.k, Scale: 4}, p.q)
	LEAQ(Mem{Base: p.dst, Index: p.stride, Scale: 4}, p.dst)
	ADDQ(U32(4*float), p.scale)
	SUBQ(Imm(4), p.rows)
	JMP(LabelRef("four"))

	Label("one")
	TESTQ(p.rows, p.rows)
	JZ(LabelRef("done"))
	p.block("oneInputs", 1)
	ADDQ(p.k, p.q)
	ADDQ(p.stride, p.dst)
	ADDQ(U32(float), p.scale)
	SUBQ(Imm(1), p.rows)
	JMP(LabelRef("one"))

	Label("done")
	end()
}

// block computes 16 outputs of some rows.
func (p *product) block(label string, rows int) {
	start := param("start")
	sums := make([][2]VecVirtual, rows)
	for r := range sums {
		for c := range sums[r] {
			sums[r][c] = YMM()
			VMOVDQU(Mem{Base: start, Disp: c * vector}, sums[r][c])
		}
	}
	q, w, left := GP64(), param("w"), GP64()
	MOVQ(p.q, q)
	MOVQ(p.k, left)
	from := []Mem{{Base: q}, {Base: q, Index: p.k, Scale: 1}, {Base: q, Index: p.k, Scale: 2}, {Base: q, Index: p.k3, Scale: 1}}
	loop(label, left, 4*groups, func() {
		for g := range groups {
			weights := [2]VecVirtual{YMM(), YMM()}
			for c := range weights {
				VMOVDQU(Mem{Base: w, Disp: (2*g + c) * vector}, weights[c])
			}
			for r := range sums {
				bytes := YMM()
				VPBROADCASTD(from[r].Offset(4*g), bytes)
				for c := range weights {
					if p.vnni {
						addProducts(weights[c], bytes, sums[r][c])
						continue
					}
					t := YMM()
					VPMADDUBSW(weights[c], bytes, t)
					VPMADDWD(p.pairs, t, t)
					VPADDD(t, sums[r][c], sums[r][c])
				}
			}
		}
		ADDQ(U32(4*groups), q)
		ADDQ(U32(2*groups*vector), w)
	})
	p.store(sums)
}

// addProducts writes VPDPBUSD, which the generator does not know: it adds to each
// sum the products of four bytes with four weights.
func addProducts(weights, bytes, sums VecVirtual) {
	Instruction(&ir.Instruction{
		Opcode:   "VPDPBUSD",
		Operands: []Op{weights, bytes, sums},
		Inputs:   []Op{weights, bytes, sums},
		Outputs:  []Op{sums},
		ISA:      []string{"AVX512VL", "AVX512VNNI"},
	})
}

// store scales the sums and writes them.
func (p *product) store(sums [][2]VecVirtual) {
	wscale, dst := param("wscale"), GP64()
	MOVQ(p.dst, dst)
	var bias GPVirtual
	if !p.add {
		bias = param("bias")
	}
	for r := range sums {
		scale := YMM()
		VBROADCASTSS(Mem{Base: p.scale, Disp: r * float}, scale)
		for c, sum := range sums[r] {
			t := YMM()
			VMULPS(Mem{Base: wscale, Disp: c * vector}, scale, t)
			VCVTDQ2PS(sum, sum)
			VMULPS(sum, t, t)
			to := Mem{Base: dst, Disp: c * vector}
			if p.add {
				VADDPS(to, t, t)
			} else {
				VADDPS(Mem{Base: bias, Disp: c * vector}, t, t)
			}
			VMOVUPS(t, to)
		}
		if r < len(sums)-1 {
			ADDQ(p.stride, dst)
		}
	}
}
