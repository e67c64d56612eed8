package nn

import "math"

const (
	headWidth  = 32                  // numbers of a query, a key and a value
	keysAtOnce = 16                  // keys that the kernel multiplies at a time
	queries    = 4                   // with so many queries
	headScale  = 0.17677669529663687 // 1/sqrt(headWidth)
)

// AttentionRoom returns how many numbers Attention needs to work in.
func AttentionRoom(rows int) int { return (2*headWidth + queries) * keyRoom(rows) }

// keyRoom is the number of keys, rounded up to what the kernel takes.
func keyRoom(rows int) int { return (rows + keysAtOnce - 1) / keysAtOnce * keysAtOnce }

// Attention lets every row look at all rows. A row of x holds the queries, the
// keys and the values of all heads, d numbers each and 32 of each head. A row
// of dst, of d numbers, holds for each head the mean of the values of all rows,
// weighted by exp(q*k/sqrt(32)). Weights below exp(-30) of the largest count as
// that. room has AttentionRoom numbers, which are written over. dst, x and room
// do not overlap.
func Attention(dst, x []float32, rows, d int, room []float32) {
	needRows(rows, d)
	need(len(dst) >= rows*d && len(x) >= rows*3*d && len(room) >= AttentionRoom(rows), "a slice is too short for attention")
	if rows == 0 {
		return
	}
	n := keyRoom(rows)
	keys, values, scores := room[:headWidth*n], room[headWidth*n:2*headWidth*n], room[2*headWidth*n:]
	for h := 0; h < d; h += headWidth {
		gather(keys, values, x[h:], rows, d)
		for i := 0; i < rows; i += queries {
			from, many := i, queries
			if left := rows - i; left < queries {
				from, many = max(0, rows-queries), min(rows, queries) // some are computed again
			}
			compare(scores, x[from*3*d+h:], 3*d, keys, many, n)
			for k := range many {
				s := scores[k*n:][:n]
				soften(s)
				weigh(dst[(from+k)*d+h:][:headWidth], s, values, rows)
			}
		}
	}
}

// gather copies the keys and the values of a head. The keys lie in blocks of
// 16, in each number by number; behind the last are copies of it.
func gather(keys, values, x []float32, rows, d int) {
	for j := range keyRoom(rows) {
		from := x[min(j, rows-1)*3*d+d:]
		block := keys[j/keysAtOnce*keysAtOnce*headWidth+j%keysAtOnce:]
		for i, v := range from[:headWidth] {
			block[i*keysAtOnce] = v
		}
		copy(values[j*headWidth:][:headWidth], from[d:])
	}
}

// compare sets rows of n scores to the products of some queries, four at most,
// and all keys.
func compare(scores, q []float32, stride int, keys []float32, many, n int) {
	if fast && many == queries {
		scoresAVX2(&scores[0], n, &q[0], stride, &keys[0], n)
		return
	}
	for k := range many {
		query := q[k*stride:][:headWidth]
		for j := 0; j < n; j += keysAtOnce {
			var sums [keysAtOnce]float32
			for i, v := range query {
				for l, w := range keys[j*headWidth+i*keysAtOnce:][:keysAtOnce] {
					sums[l] += float32(v * w)
				}
			}
			copy(scores[k*n+j:], sums[:])
		}
	}
}

// soften sets the scores to exp((score - most)/sqrt(32)).
func soften(s []float32) {
	if fast {
		softenAVX2(&s[0], len(s))
		return
	}
	most := float32(-math.MaxFloat32)
	for _, v := range s {
		most = larger(v, most)
	}
	for i, v := range s {
		s[i] = float32(float32(most-v) * headScale)
	}
	decay(s, s)
}

// weigh sets dst to the mean of the values, weighted by share.
func weigh(dst, share, values []float32, rows int) {
	if fast {
		weighAVX2(&dst[0], &share[0], &values[0], rows)
		return
	}
	var sums [headWidth]float32
	var all float32
	for j, s := range share[:rows] {
		all += s
		for i, v := range values[j*headWidth:][:headWidth] {
			sums[i] += float32(s * v)
		}
	}
	for i, v := range sums {
		dst[i] = v / all
	}
}
