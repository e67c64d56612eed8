package nn

import "math"

const (
	mostLevel = 127        // of a quantised number, either way of the zero point
	leastMax  = 0x1p-100   // a row that has nothing larger is quantised to zeros
	epsilon   = 1e-5       // what LayerNorm adds to a variance
	roundBits = 0x4b400000 // the bits of roundUp
	roundUp   = 3 << 22    // adding it rounds a small number to an integer, half to even, in the low bits
)

// Quantize sets q to the rows of x in bytes, and scale to one number a row: a
// byte less 128, times the scale, is the number. The largest of a row becomes
// 127 levels. A row of zeros, or of numbers below 1e-30, has scale 0. What is
// infinite counts as the largest float, and a NaN becomes the lowest level.
func Quantize(q []uint8, scale []float32, x []float32, rows, k int) {
	needRows(rows, k)
	need(len(q) >= rows*k && len(scale) >= rows && len(x) >= rows*k, "a slice is too short for quantising")
	if rows == 0 {
		return
	}
	if fast {
		quantizeAVX2(&q[0], &scale[0], &x[0], rows, k)
		return
	}
	for r := range rows {
		scale[r] = quantizeGo(q[r*k:(r+1)*k], x[r*k:(r+1)*k])
	}
}

func quantizeGo(q []uint8, x []float32) (scale float32) {
	var most float32
	for _, v := range x {
		most = larger(math.Float32frombits(math.Float32bits(v)&^(1<<31)), most)
	}
	if most < leastMax {
		for i := range q {
			q[i] = zeroPoint
		}
		return 0
	}
	most = smaller(most, math.MaxFloat32)
	levels := mostLevel / most
	for i, v := range x {
		v = smaller(larger(v*levels, -mostLevel), mostLevel)
		q[i] = uint8(math.Float32bits(v+roundUp) + zeroPoint)
	}
	return most / mostLevel
}

// LayerNorm sets the rows of dst to those of x with mean 0 and variance 1,
// times gain, plus bias. dst may be x.
func LayerNorm(dst, x []float32, gain, bias []float32, rows, d int) {
	needRows(rows, d)
	need(len(dst) >= rows*d && len(x) >= rows*d && len(gain) >= d && len(bias) >= d, "a slice is too short for a norm")
	if rows == 0 {
		return
	}
	if fast {
		layerNormAVX2(&dst[0], &x[0], &gain[0], &bias[0], rows, d)
		return
	}
	for r := range rows {
		layerNormGo(dst[r*d:(r+1)*d], x[r*d:(r+1)*d], gain[:d], bias[:d])
	}
}

func layerNormGo(dst, x []float32, gain, bias []float32) {
	var sums [lanes]float32
	for i, v := range x {
		sums[i%lanes] += v
	}
	mean := sumLanes(&sums) / float32(len(x))
	sums = [lanes]float32{}
	for i, v := range x {
		v -= mean
		sums[i%lanes] += float32(v * v)
	}
	variance := sumLanes(&sums) / float32(len(x))
	inverse := 1 / float32(math.Sqrt(float64(variance+epsilon)))
	for i, v := range x {
		v = float32(float32(v-mean) * inverse)
		dst[i] = float32(v*gain[i]) + bias[i]
	}
}

// Add adds x to dst, which is as long.
func Add(dst, x []float32) {
	need(len(dst) == len(x), "a sum of slices of two lengths")
	n := 0
	if fast && len(x) >= lanes {
		n = len(x) / lanes * lanes
		addAVX2(&dst[0], &x[0], n)
	}
	for i := n; i < len(x); i++ {
		dst[i] += x[i]
	}
}

// AddRow adds a row of a table, times its scale, to dst. Its bytes are of int8.
func AddRow(dst []float32, row []byte, scale float32) {
	need(len(dst) == len(row), "a row of a table has another length")
	n := 0
	if fast && len(row) >= lanes {
		n = len(row) / lanes * lanes
		addRowAVX2(&dst[0], &row[0], scale, n)
	}
	for i := n; i < len(row); i++ {
		dst[i] += float32(scale * float32(int8(row[i])))
	}
}
