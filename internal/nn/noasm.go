//go:build !amd64 || purego || noasm

package nn

// fast and vnni choose the assembly, of which there is none here.
var fast, vnni = false, false

func mulVNNI(dst *float32, dstStride int, q *uint8, k int, scale *float32, rows int, w *int8, start *int32, wscale, bias *float32) {
}

func mulAddVNNI(dst *float32, dstStride int, q *uint8, k int, scale *float32, rows int, w *int8, start *int32, wscale *float32) {
}

func mulAVX2(dst *float32, dstStride int, q *uint8, k int, scale *float32, rows int, w *int8, start *int32, wscale, bias *float32) {
}

func mulAddAVX2(dst *float32, dstStride int, q *uint8, k int, scale *float32, rows int, w *int8, start *int32, wscale *float32) {
}

func quantizeAVX2(q *uint8, scale, x *float32, rows, k int)                                 {}
func layerNormAVX2(dst, x, gain, bias *float32, rows, d int)                                {}
func addAVX2(dst, x *float32, n int)                                                        {}
func addRowAVX2(dst *float32, row *byte, scale float32, n int)                              {}
func sigmoidAVX2(dst, x *float32, n int)                                                    {}
func geluAVX2(dst, x *float32, n int)                                                       {}
func gluAVX2(dst, x *float32, rows, d int)                                                  {}
func sruAVX2(dst *float32, dstStep int, x *float32, xStep int, rows, d int, state *float32) {}
func scoresAVX2(dst *float32, dstStride int, q *float32, qStride int, keys *float32, n int) {}
func softenAVX2(x *float32, n int)                                                          {}
func weighAVX2(dst, share, values *float32, rows int)                                       {}
